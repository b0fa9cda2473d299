"""Mức độ và hồ sơ còn thiếu: what services lack, by unit, and the services behind each figure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from departments.models import Department
from editorial.reports.filters import OUTSIDE
from editorial.reports.table import Cell, Report
from services.quality.filters import DRAFT, LIVE, STATES, CompletenessFilter
from services.quality.findings import FORM, ITEM, KINDS, LEVEL, LINK, Finding
from services.quality.scope import scope_of_services

WORDS = {
    LIVE: pgettext_lazy("state of a service's page", "online"),
    DRAFT: pgettext_lazy("state of a service's page", "draft"),
}


def _note() -> str:
    note = _(
        "Services in Vietnamese whose procedure has not ended; each counts for the unit in whose section it lies."
        " A link fails after three checks on different days."
    )
    off = _("Links are not checked: this is switched off (PORTAL_LINK_CHECK).")
    return note if settings.PORTAL_LINK_CHECK else f"{note} {off}"


class CompletenessReport(Report):
    """A row for each unit, those with most services that lack something first, after all units together."""

    name = "completeness"
    title = gettext_lazy("Levels and dossiers incomplete")
    note = lazy(_note, str)()
    file_name = "muc-do-va-ho-so-con-thieu"
    filter_class = CompletenessFilter
    scope_of = staticmethod(scope_of_services)
    filters: CompletenessFilter

    def columns(self) -> Sequence[Any]:
        return (
            gettext_lazy("Unit"),
            gettext_lazy("Services online"),
            gettext_lazy("Services with something missing"),
            *KINDS.values(),
            gettext_lazy("Drafts with something missing"),
        )

    def count(self) -> int:
        return len(self._listed)

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        return self._listed[start:stop]

    @cached_property
    def _listed(self) -> list[list[Any]]:
        online, drafts = self._by_unit(LIVE), self._by_unit(DRAFT)
        units = online.keys() | drafts.keys()
        rows = [self._row(self._unit_name(unit), online[unit], drafts[unit], unit=unit or OUTSIDE) for unit in units]
        rows.sort(key=lambda row: (-row[2].value, row[0]))
        if len(rows) < 2:
            return rows
        return [self._row(_("All units together"), _joined(online.values()), _joined(drafts.values())), *rows]

    def _by_unit(self, state: str) -> dict[int | None, list[Finding]]:
        found = defaultdict(list)
        for finding in self.filters.examined(state):
            found[finding.unit].append(finding)
        return found

    def _unit_name(self, unit: int | None) -> str:
        return self.filters.unit_name(unit) or _("Outside of sections")

    def _row(self, name: str, online: list[Finding], drafts: list[Finding], **chosen: Any) -> list[Any]:
        lacking = [kinds for finding in online if (kinds := self.filters.kinds_of(finding))]
        counts = Counter(kind for kinds in lacking for kind in kinds)
        return [
            name,
            len(online),
            self._linked(len(lacking), state=LIVE, **chosen),
            *(self._linked(counts[kind], state=LIVE, kind=kind, **chosen) for kind in KINDS),
            self._linked(sum(bool(self.filters.kinds_of(draft)) for draft in drafts), state=DRAFT, **chosen),
        ]

    def _linked(self, number: int, **query: Any) -> Cell:
        """A figure that leads to the services behind it."""
        url = reverse("editorial:report", args=[FindingsReport.name]) + self.filters.query(**query)
        return Cell(number, url if number else "")


class FindingsReport(Report):
    """The services that lack something, by unit and title."""

    name = "completeness-services"
    title = gettext_lazy("Levels and dossiers incomplete: the services")
    note = CompletenessReport.note
    is_part = True
    file_name = "dich-vu-con-thieu"
    filter_class = CompletenessFilter
    scope_of = staticmethod(scope_of_services)
    filters: CompletenessFilter

    def columns(self) -> Sequence[Any]:
        return (
            pgettext_lazy("column of a report", "Service"),
            pgettext_lazy("column of a report", "Code"),
            gettext_lazy("Unit"),
            gettext_lazy("State of the page"),
            pgettext_lazy("column of a report", "Stated level"),
            *KINDS.values(),
        )

    def count(self) -> int:
        return len(self._listed)

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        shown = self._listed[start:stop]
        names = dict(self.filters.scope.unit_names)
        others = {unit for finding in shown for unit in finding.unstated} - names.keys()
        if others:
            names |= {unit.pk: unit.label for unit in Department.objects.filter(pk__in=others)}
        return [self._row(finding, names) for finding in shown]

    @cached_property
    def _listed(self) -> list[Finding]:
        found = [finding for state in STATES for finding in self.filters.examined(state)]
        return sorted(filter(self.filters.kinds_of, found), key=self._order)

    def _order(self, finding: Finding) -> tuple[Any, ...]:
        return (self.filters.unit_name(finding.unit), finding.title, finding.page, finding.is_draft)

    def _row(self, finding: Finding, names: dict[int, str]) -> list[Any]:
        url = reverse("wagtailadmin_pages:edit", args=[finding.page]) if self.filters.scope.writes else ""
        words = {
            ITEM: "; ".join(map(str, finding.items)),
            LEVEL: _level_words(finding, names),
            FORM: _form_words(finding),
            LINK: "; ".join(self._failing(finding)),
        }
        return [
            Cell(finding.title, url),
            finding.code,
            self.filters.unit_name(finding.unit),
            WORDS[DRAFT if finding.is_draft else LIVE],
            finding.level or None,
            *(words[kind] for kind in KINDS),
        ]

    def _failing(self, finding: Finding) -> Iterable[str]:
        failing = self.filters.failing
        return (f"{address}: {failing[address]}" for address in finding.addresses if address in failing)


def _level_words(finding: Finding, names: dict[int, str]) -> str:
    if finding.no_level:
        return _("no record at all")
    return ", ".join(sorted(names.get(unit, "") for unit in finding.unstated))


def _form_words(finding: Finding) -> str:
    none = [_("no form, which the level asks for")] if finding.no_form else []
    return "; ".join([*none, *finding.papers])


def _joined(groups: Iterable[list[Finding]]) -> list[Finding]:
    return [finding for group in groups for finding in group]
