"""What a user may write, and where: shortcuts for the kinds of content, and the choice of a place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Locale, Page

from core.models import BasePage
from core.page_cache import today
from departments.models import DepartmentPage
from editorial.places import FRONT_DEPTH, writing_roots


@dataclass(frozen=True, slots=True)
class Shortcut:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A section or a front page in which a user may write; a shortcut for each kind of content, by its key."""

    title: str
    language: str
    is_own_language: bool
    shortcuts: dict[str, Shortcut] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extra:
    """Something else to write than a page, for whoever has the permission; apps register it."""

    label: Any
    url_name: str
    permission: str


_extras: list[Extra] = []


def register_extra(extra: Extra) -> None:
    _extras.append(extra)


def places_of(user: Any) -> list[Place]:
    """Where a user may write: units that last, by name, the portal's own language first; then the front pages."""
    roots = writing_roots(user)
    found = [*_sections(roots), *(page for page in roots if page.depth == FRONT_DEPTH)]
    locales = Locale.objects.in_bulk()
    places = [
        Place(page.title, locale.get_display_name(), locale.is_default, _shortcuts(page))
        for page in found
        for locale in [locales[page.locale_id]]
    ]
    places.sort(key=lambda place: not place.is_own_language)
    return [place for place in places if place.shortcuts]


def shortcuts_of(user: Any, places: Iterable[Place]) -> list[Shortcut]:
    """One shortcut a kind: to the editor where one place in the portal's language takes it, else to the choice."""
    found = []
    for kind, choices in _by_kind(places).items():
        near = [shortcut for place, shortcut in choices if place.is_own_language] or [
            shortcut for _, shortcut in choices
        ]
        found.append(near[0] if len(near) == 1 else Shortcut(near[0].label, _choice_url(kind)))
    extras = [extra for extra in _extras if user.has_perm(extra.permission)]
    return [*found, *(Shortcut(str(extra.label), reverse(extra.url_name)) for extra in extras)]


def kinds_to_write(places: Iterable[Place]) -> dict[str, Shortcut]:
    """By key, the kinds that can be written in a place or more; each leads to the choice of the place."""
    return {kind: Shortcut(choices[0][1].label, _choice_url(kind)) for kind, choices in _by_kind(places).items()}


def places_by_language(places: Iterable[Place], kind: str) -> dict[str, list[Shortcut]]:
    """By the name of their language, the places that take a kind, each with the way to its editor."""
    found: dict[str, list[Shortcut]] = {}
    for place in places:
        if kind in place.shortcuts:
            found.setdefault(place.language, []).append(Shortcut(place.title, place.shortcuts[kind].url))
    return found


def _by_kind(places: Iterable[Place]) -> dict[str, list[tuple[Place, Shortcut]]]:
    found: dict[str, list[tuple[Place, Shortcut]]] = {}
    for place in places:
        for kind, shortcut in place.shortcuts.items():
            found.setdefault(kind, []).append((place, shortcut))
    return found


def _choice_url(kind: str) -> str:
    return f"{reverse('editorial:write')}?kind={kind}"


def _sections(roots: list[Page]) -> list[DepartmentPage]:
    below = Q(pk__in=[])
    for root in roots:
        below |= Q(path__startswith=root.path)
    lasting = Q(department__valid_to=None) | Q(department__valid_to__gte=today())
    return list(DepartmentPage.objects.filter(below, lasting).order_by("title", "path"))


def _shortcuts(page: Page) -> dict[str, Shortcut]:
    """Kinds that may be written at a place as often as one likes, unlike lists, of which there is one."""
    found = {}
    for model in page.specific_class.allowed_subpage_models():
        if issubclass(model, BasePage) and model.is_creatable and model.max_count_per_parent is None:
            options = model._meta
            url = reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, page.pk])
            found[options.label_lower] = Shortcut(capfirst(str(options.verbose_name)), url)
    return dict(sorted(found.items()))
