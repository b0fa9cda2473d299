"""The query string of the reports on what services lack, and the findings that it selects."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.reports.filters import OUTSIDE, ReportFilter
from services.quality.findings import KINDS, Finding, failing_links, findings
from services.quality.scope import ServiceScope

LIVE, DRAFT = "live", "draft"
STATES = {LIVE: gettext_lazy("What readers see"), DRAFT: gettext_lazy("Drafts")}


class CompletenessFilter(ReportFilter):
    """Unit, kind of finding, and whether of pages online or of drafts; staff readers are told of no drafts."""

    kind = forms.ChoiceField(required=False, label=gettext_lazy("What is missing"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("Pages online or drafts"))
    field_order = ["unit", "kind", "state"]
    scope: ServiceScope

    def __init__(self, data: Any, **values: Any) -> None:
        super().__init__(data, **values)
        states = STATES if self.scope.writes else {LIVE: STATES[LIVE]}
        self.fields["kind"].choices = [("", _("Whatever is missing")), *KINDS.items()]
        self.fields["state"].choices = [("", _("Pages online and drafts")), *states.items()]

    @cached_property
    def failing(self) -> dict[str, str]:
        """Addresses that fail, and why."""
        return failing_links()

    @cached_property
    def _all(self) -> list[Finding]:
        return findings()

    def examined(self, state: str) -> list[Finding]:
        """Pages online, or drafts, of the units asked for, whether or not something is missing."""
        asked = self.cleaned_data
        if asked["state"] not in ("", state) or (state == DRAFT and not self.scope.writes):
            return []
        found = [finding for finding in self._all if finding.is_draft == (state == DRAFT)]
        if asked["unit"] == OUTSIDE:
            return [finding for finding in found if finding.unit is None]
        units = {int(asked["unit"])} if asked["unit"] else self.scope.units
        return [finding for finding in found if units is None or finding.unit in units]

    def kinds_of(self, finding: Finding) -> set[str]:
        """What is missing, of the kind that is asked for."""
        kinds, asked = finding.kinds(self.failing), self.cleaned_data["kind"]
        return kinds & {asked} if asked else kinds
