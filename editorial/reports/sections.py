"""Stale and empty sections: what each unit shows in each language, and when it last published."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, Max
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.coreutils import get_content_languages
from wagtail.query import PageQuerySet

from core.page_cache import today
from departments.models import DepartmentPage
from editorial.reports.filters import OUTSIDE, ReportFilter, content_type, kind_of_type
from editorial.reports.scope import Scope
from editorial.reports.table import Cell, Report
from editorial.upkeep import overdue

#: days without a publication, in words
QUIET = {
    "30": gettext_lazy("30 days or longer"),
    "90": gettext_lazy("90 days or longer"),
    "180": gettext_lazy("180 days or longer"),
    "365": gettext_lazy("a year or longer"),
}


class SectionFilter(ReportFilter):
    language = forms.ChoiceField(required=False, label=gettext_lazy("Language of the section"))
    quiet = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Nothing published for"),
        choices=[("", gettext_lazy("any time")), *QUIET.items(), ("empty", gettext_lazy("only empty sections"))],
    )
    overdue = forms.BooleanField(required=False, label=gettext_lazy("Only with overdue reviews"))
    field_order = ["unit", "language", "kind", "quiet", "overdue"]

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data, scope=scope)
        self.fields["language"].choices = [("", _("All languages")), *get_content_languages().items()]


@dataclass
class Shown:
    """What a unit shows in a language: numbers of live pages by kind, the last publication, reviews overdue."""

    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    published_at: datetime | None = None
    overdue: int = 0

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    @property
    def published_on(self) -> date | None:
        return timezone.localdate(self.published_at) if self.published_at else None

    def add(self, kind: str, number: int, latest: datetime | None) -> None:
        self.numbers[kind] += number
        self.published_at = max(filter(None, (self.published_at, latest)), default=None)


class SectionReport(Report):
    """Empty sections come first, then those that published longest ago."""

    name = "sections"
    title = gettext_lazy("Stale and empty sections")
    note = gettext_lazy(
        "Pages that are online, without the section's own page; closed units are left out once their section is empty."
        " With a kind of content, only pages of this kind count."
    )
    file_name = "chuyen-muc"
    filter_class = SectionFilter

    def columns(self) -> Sequence[Any]:
        return (
            gettext_lazy("Unit"),
            gettext_lazy("Language of the section"),
            gettext_lazy("State of the section"),
            *(self.filters.kind_name(kind) for kind in self._kinds),
            gettext_lazy("Pages online"),
            gettext_lazy("Last publication"),
            gettext_lazy("Days since then"),
            gettext_lazy("Reviews overdue"),
        )

    def count(self) -> int:
        return len(self._listed)

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        return [self._row(section, shown) for section, shown in self._listed[start:stop]]

    def _row(self, section: DepartmentPage, shown: Shown) -> list[Any]:
        since = (today() - shown.published_on).days if shown.published_on else None
        return [
            Cell(section.department.label, reverse("wagtailadmin_explore", args=[section.pk])),
            get_content_languages().get(section.locale.language_code, section.locale.language_code),
            Cell(_state(section, shown), alarms=not shown.total),
            *(shown.numbers[kind] for kind in self._kinds),
            shown.total,
            shown.published_on,
            since,
            Cell(shown.overdue, alarms=shown.overdue > 0),
        ]

    @cached_property
    def _kinds(self) -> list[str]:
        """Kinds that a section may hold, or the one that is asked for."""
        if kind := self.filters.cleaned_data["kind"]:
            return [kind]
        return sorted(model._meta.label_lower for model in DepartmentPage.creatable_subpage_models())

    @cached_property
    def _listed(self) -> list[tuple[DepartmentPage, Shown]]:
        figures = self._figures()
        found = [(section, figures[section.department_id, section.locale_id]) for section in self._sections()]
        listed = [(section, shown) for section, shown in found if self._is_asked(section, shown)]
        return sorted(listed, key=_longest_quiet_first)

    def _sections(self) -> PageQuerySet:
        asked, scope = self.filters.cleaned_data, self.filters.scope
        sections = DepartmentPage.objects.filter(alias_of__isnull=True).select_related("department", "locale")
        if scope.units is not None:
            sections = sections.filter(department__in=scope.units)
        if asked["unit"] == OUTSIDE:
            return sections.none()
        if asked["unit"]:
            sections = sections.filter(department=int(asked["unit"]))
        if asked["language"]:
            sections = sections.filter(locale__language_code=asked["language"])
        return sections

    def _figures(self) -> dict[tuple[int, int], Shown]:
        """What is shown, by unit and language."""
        figures: dict[tuple[int, int], Shown] = defaultdict(Shown)
        own_page = content_type(DepartmentPage._meta.label_lower)
        live = self.filters.pages().live().exclude(content_type=own_page).order_by()
        counted = live.values("unit", "locale_id", "content_type_id").annotate(
            number=Count("pk"), latest=Max("last_published_at")
        )
        for row in counted:
            kind = kind_of_type(row["content_type_id"])
            figures[row["unit"], row["locale_id"]].add(kind, row["number"], row["latest"])
        for unit, locale, number in self._overdue().values_list("unit", "locale_id").annotate(Count("pk")):
            figures[unit, locale].overdue = number
        return figures

    def _overdue(self) -> PageQuerySet:
        pages = overdue(today()).order_by()
        kind = self.filters.cleaned_data["kind"]
        return pages.filter(content_type=content_type(kind)) if kind else pages

    def _is_asked(self, section: DepartmentPage, shown: Shown) -> bool:
        asked = self.filters.cleaned_data
        if section.is_closed and not shown.total:
            return False
        if asked["overdue"] and not shown.overdue:
            return False
        if asked["quiet"] == "empty":
            return not shown.total
        if not asked["quiet"] or shown.published_on is None:
            return True
        return (today() - shown.published_on).days >= int(asked["quiet"])


def _longest_quiet_first(listed: tuple[DepartmentPage, Shown]) -> tuple[Any, ...]:
    section, shown = listed
    return (shown.total > 0, shown.published_on or date.min, section.department.name, section.locale_id)


def _state(section: DepartmentPage, shown: Shown) -> str:
    if section.is_closed:
        return _("the unit is closed")
    if not section.live:
        return _("the section is not online")
    return pgettext("state of a section", "in use") if shown.total else pgettext("state of a section", "empty")
