"""Units of the authority and the fields they work in: one row for all languages."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain, count
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.text import fold, slugify
from departments.querysets import DepartmentQuerySet


class Named(index.Indexed, models.Model):
    """A row with a Vietnamese name and, where it has one, an English name."""

    name = models.CharField(_("name"), max_length=255)
    name_en = models.CharField(_("name in English"), max_length=255, blank=True)
    slug = models.SlugField(
        _("short word in addresses"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Made from the name where left empty. Addresses of filtered lists use it."),
    )

    #: a change of a name is seen by readers at once
    shown_to_readers = True

    search_fields = [index.AutocompleteField("name"), index.AutocompleteField("folded")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.local_name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or self.free_slug()
        super().save(*args, **kwargs)

    @property
    def local_name(self) -> str:
        """Name in the language of the request; the Vietnamese one where there is no other."""
        return (self.name_en if get_language() == "en" else "") or self.name

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or self.free_slug()

    def folded(self) -> str:
        """Names without marks, so that a chooser finds what is typed without them."""
        return fold(" ".join(self.names))

    @property
    def names(self) -> list[str]:
        """Every name under which this may be meant."""
        return [name for name in (self.name, self.name_en) if name]

    def free_slug(self) -> str:
        others = type(self)._default_manager.exclude(pk=self.pk)
        return self._slug_outside(lambda slug: others.filter(slug=slug).exists())

    @classmethod
    def give_slugs(cls, rows: Iterable[Self]) -> None:
        """Free slugs for new rows that are about to be saved in bulk, those that `save` would give one by one."""
        taken = set(cls._default_manager.values_list("slug", flat=True))
        for row in rows:
            row.slug = row.slug or row._slug_outside(taken.__contains__)
            taken.add(row.slug)

    def _slug_outside(self, is_taken: Callable[[str], bool]) -> str:
        wanted = slugify(self.name, max_length=70) or "muc"
        candidates = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(slug for slug in candidates if not is_taken(slug))


class DepartmentKind(models.TextChoices):
    """Kinds of units, in the order in which they are listed."""

    LEADERSHIP = "leadership", _("Leadership")
    OFFICE = "office", _("Office")
    DIVISION = "division", _("Specialised division")
    PUBLIC_UNIT = "public_unit", _("Public unit")
    TOWN = "town", _("Town")
    COMMUNE = "commune", _("Commune")


class Department(Named):
    """A unit (đơn vị): what it is called, how to reach it, from when till when it exists, who follows it."""

    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    abbreviation = models.CharField(
        _("abbreviation in document numbers"), max_length=30, blank=True, help_text=_("For example TNMT.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DepartmentKind, db_index=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("superior unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    address = models.CharField(_("address"), max_length=255, blank=True)
    address_en = models.CharField(_("address in English"), max_length=255, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("office hours"), max_length=255, blank=True)
    hours_en = models.CharField(_("office hours in English"), max_length=255, blank=True)
    contact_person = models.CharField(_("person who gives information"), max_length=120, blank=True)
    aliases = models.TextField(
        _("other names"), blank=True, help_text=_("One a line: names under which files and documents mention the unit.")
    )
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        permissions = [("provide_department", "Can give a unit its section and rights")]

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("name_en"),
                FieldPanel("short_name"),
                FieldPanel("abbreviation"),
                FieldPanel("kind"),
                FieldPanel("parent"),
                FieldPanel("aliases"),
                FieldPanel("slug"),
            ],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("address"), FieldPanel("address_en")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("hours_en")]),
                FieldPanel("contact_person"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]), FieldPanel("successor")],
            heading=_("Validity"),
        ),
    ]

    @property
    def label(self) -> str:
        """The short name in Vietnamese, the English name in English."""
        return (self.name_en if get_language() == "en" else self.short_name) or self.name

    @property
    def local_address(self) -> str:
        return (self.address_en if get_language() == "en" else "") or self.address

    @property
    def local_hours(self) -> str:
        return (self.hours_en if get_language() == "en" else "") or self.hours

    @property
    def names(self) -> list[str]:
        """Every name under which this unit may be meant."""
        found = [self.name, self.short_name, self.name_en, *self.aliases.splitlines()]
        return [name.strip() for name in found if name.strip()]

    def has_ended(self, on: date) -> bool:
        return self.valid_to is not None and self.valid_to < on

    def in_charge(self, on: date) -> Self | None:
        """The unit that keeps this one's section in order: itself until it ends, then its first lasting successor."""
        passed: set[int] = set()
        unit: Self | None = self
        while unit is not None and unit.has_ended(on):
            passed.add(unit.pk)
            unit = None if unit.successor_id in passed else unit.successor
        return unit

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The unit cannot end before it begins.")})
        if self.pk and self.parent_id == self.pk:
            raise ValidationError({"parent": _("A unit cannot be its own superior.")})
        if self.pk and self.successor_id == self.pk:
            raise ValidationError({"successor": _("A unit cannot follow itself.")})


class Field(Named):
    """A field of administration (lĩnh vực), shared by services and documents."""

    class Meta:
        ordering = ["name"]
        verbose_name = _("field")
        verbose_name_plural = _("fields")

    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug")]
