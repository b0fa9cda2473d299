"""The query string of a report: its page and its downloads take the same form."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.filters import DayField
from core.page_cache import today
from core.templatetags.portal import vn_date
from editorial.kinds import kind_choices
from editorial.reports.scope import Scope

#: value of the filter by unit for pages that no unit publishes
OUTSIDE = "outside"
#: days that can be asked for
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
FORMATS = ("csv", "xlsx")


class ReportFilter(forms.Form):
    """Unit and kind, the page of the list, and the format of a download. Unknown parameters are ignored."""

    use_required_attribute = False

    unit = forms.ChoiceField(required=False, label=gettext_lazy("Unit"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Kind of content"))
    page = forms.IntegerField(
        required=False, min_value=1, label=gettext_lazy("Number of the page"), widget=forms.HiddenInput
    )
    format = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in FORMATS],
        label=gettext_lazy("Format of the download"),
        widget=forms.HiddenInput,
    )

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data)
        self.scope = scope
        outside = [(OUTSIDE, _("Outside of sections"))] if scope.is_whole else []
        units = [(str(pk), name) for pk, name in scope.unit_names.items()]
        self.fields["unit"].choices = [("", _("All units")), *units, *outside]
        self.kind_names = dict(kind_choices())
        self.fields["kind"].choices = [("", _("All kinds")), *self.kind_names.items()]

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1

    def query(self, **changes: Any) -> str:
        """Query string of the same report with some values changed, or left out where None; without page and format."""
        values = {name: self.data.get(name, "") for name in self.fields if name not in ("page", "format")}
        values |= changes
        return "?" + urlencode([(name, value) for name, value in values.items() if value not in ("", None)])

    # --- what the filters select -----------------------------------------------------------------------------------

    @property
    def narrows_pages(self) -> bool:
        """True where not every page that ever was is asked for."""
        return not self.scope.is_whole or bool(self.cleaned_data["unit"])

    def pages(self) -> PageQuerySet:
        """Pages of the scope that pass the filters by unit and kind, with their `unit`."""
        pages, unit = self.scope.pages, self.cleaned_data["unit"]
        if unit:
            pages = pages.filter(unit=None if unit == OUTSIDE else int(unit))
        if kind := self.cleaned_data["kind"]:
            pages = pages.filter(content_type=content_type(kind))
        return pages

    def kind_name(self, kind: str) -> str:
        """What people call a kind; an unknown one is called by its key."""
        return str(self.kind_names.get(kind, kind))

    def unit_name(self, unit: int | None) -> str:
        return self.scope.unit_names.get(unit, "") if unit else ""


class PeriodFilter(ReportFilter):
    """A report about a period: this year where no days are given."""

    since = DayField(label=gettext_lazy("From day"))
    until = DayField(label=gettext_lazy("To day"))
    field_order = ["since", "until", "unit", "kind"]

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        given = data.copy()
        for name, usual in (("since", today().replace(month=1, day=1)), ("until", today())):
            if not given.get(name, "").strip():
                given[name] = vn_date(usual)
        super().__init__(given, scope=scope)

    def clean_since(self) -> date:
        return _known_day(self.cleaned_data["since"])

    def clean_until(self) -> date:
        return _known_day(self.cleaned_data["until"])

    def clean(self) -> None:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period cannot end before it begins."))


def content_type(kind: str) -> ContentType:
    """The content type of a kind as `editorial.kinds` names it."""
    return ContentType.objects.get_by_natural_key(*kind.split("."))


def kind_of_type(number: int) -> str:
    """The kind that a content type stands for."""
    found = ContentType.objects.get_for_id(number)
    return f"{found.app_label}.{found.model}"


def _known_day(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(_("Enter a day between %(first)s and %(last)s.") % _bounds())
    return day


def _bounds() -> dict[str, str]:
    return {"first": vn_date(FIRST_DAY), "last": vn_date(LAST_DAY)}


def title_of(page: Page) -> str:
    """What the admin calls a page: the title of its latest draft."""
    return page.draft_title or page.title
