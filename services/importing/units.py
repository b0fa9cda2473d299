"""Agencies of the file matched to the portal's units, and the section under which a page is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.page_cache import today
from core.text import fold
from departments.models import Department, DepartmentIndexPage, DepartmentKind, DepartmentPage

#: section of what no unit of the portal carries out
DEFAULT_SECTION = "co-quan-khac"


@dataclass(slots=True)
class UnitNames:
    """Every name of every unit, folded. A name that two existing units share means neither."""

    by_name: dict[str, list[Department]] = field(default_factory=dict)
    by_slug: dict[str, Department] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "UnitNames":
        names = cls()
        for unit in Department.objects.all():
            names.by_slug[unit.slug] = unit
            for name in {fold(name) for name in unit.names}:
                names.by_name.setdefault(name, []).append(unit)
        return names

    def find(self, name: str) -> Department | None:
        """The unit of that name: the one that exists today where several have had it."""
        found = self.by_name.get(fold(name), [])
        if len(found) > 1:
            found = [unit for unit in found if unit.valid_to is None or unit.valid_to >= today()]
        return found[0] if len(found) == 1 else None

    def named(self, name: str) -> Department | None:
        """The unit that a file means by a name or a slug."""
        return self.find(name) or self.by_slug.get(name)

    def called(self, unit: Department) -> str:
        """What a file must call the unit to mean it: its name, or its slug where the name is another's as well."""
        found = self.find(unit.name)
        return unit.name if found and found.pk == unit.pk else unit.slug

    def match(self, agencies: Iterable[str]) -> list[Department]:
        units = (self.find(agency) for agency in agencies)
        return list({unit.pk: unit for unit in units if unit}.values())


@dataclass(slots=True)
class Sections:
    """Where pages go: the section of the first matched unit that has one, else the section given or the default one."""

    locale: Locale
    by_unit: dict[int, DepartmentPage]
    #: None: the default section, not there yet
    other: DepartmentPage | None
    index: DepartmentIndexPage | None

    @classmethod
    def load(cls, slug: str) -> "Sections":
        """CommandError where the section does not exist and is not the default one."""
        locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        pages = DepartmentPage.objects.filter(locale=locale).select_related("department").order_by("path")
        by_unit: dict[int, DepartmentPage] = {}
        for page in pages:
            by_unit.setdefault(page.department_id, page)
        other = next((page for page in pages if page.slug == slug), None)
        if other is None and slug != DEFAULT_SECTION:
            raise CommandError(_("There is no section “%(slug)s”.") % {"slug": slug})
        index = DepartmentIndexPage.objects.filter(locale=locale).first()
        if other is None and index is None:
            raise CommandError(_("There is no list of units to put the section under: run manage.py migrate."))
        return cls(locale, by_unit, other, index)

    def of(self, units: Sequence[Department]) -> DepartmentPage | None:
        """The section for a page of these units; None stands for the default section that is still to be made."""
        return next((self.by_unit[unit.pk] for unit in units if unit.pk in self.by_unit), self.other)

    def forget_new(self) -> None:
        """After a rollback: a section made in the transaction is gone."""
        if self.other is not None and not DepartmentPage.objects.filter(pk=self.other.pk).exists():
            self.other = None

    def make_default(self, user) -> DepartmentPage:
        """Create the default section, with a unit that stands for all others; of the kinds, a public unit fits best."""
        unit, _created = Department.objects.get_or_create(
            slug=DEFAULT_SECTION,
            defaults={
                "name": _in(self.locale.language_code),
                "name_en": _in("en"),
                "kind": DepartmentKind.PUBLIC_UNIT,
            },
        )
        page = DepartmentPage(
            title=unit.name, slug=DEFAULT_SECTION, department=unit, locale=self.locale, owner=user, live=True
        )
        self.other = self.index.add_child(instance=page)
        return self.other


def _in(language: str) -> str:
    with translation.override(language):
        return _("Procedures of other authorities")
