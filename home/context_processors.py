"""Header and footer of every public page: names, navigation, urgent banner, languages."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from announcements.models import AnnouncementIndexPage, AnnouncementPage
from core.addresses import language_urls
from core.page_cache import per_version, today
from departments.presentation import telephone
from home.models import ContentPage, HomePage, SiteSettings

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class Urgent:
    """The one line above the header: an urgent announcement, or how many there are."""

    text: str
    url: str
    link_text: str
    count: int
    language: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What of header and footer is the same on every page of a language."""

    site_name: str
    short_name: str
    portal_label: str
    home_url: str
    search_url: str
    emblem_url: str
    menu: tuple[tuple[str, str], ...]
    footer: dict[str, Any]
    contact: dict[str, str] | None
    urgent: Urgent | None


@dataclass(frozen=True, slots=True)
class Markup:
    """What is drawn of the frame once, and not for every page."""

    brand: SafeString
    search_box: SafeString
    urgent_banner: SafeString
    footer_groups: SafeString
    head_links: SafeString


@dataclass(frozen=True, slots=True)
class Navigation:
    """The main menu in its two forms, drawn for one place: items of the phone's menu, and the row."""

    menu_items: SafeString
    row: SafeString


@dataclass(frozen=True, slots=True)
class Chrome:
    """Header and footer of one page: the frame, with the current place and the other languages."""

    frame: Frame
    markup: Markup
    navigation: Navigation | None = None
    languages: list[dict[str, Any]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.frame, name)


def chrome(request: Any) -> dict[str, Any]:
    if request.path_info.startswith(("/admin/", "/_util/")):
        return {}
    language = get_language() or "vi"
    frame, markup = _frame(language)
    current = tuple(url for _title, url in frame.menu if request.path.startswith(url))
    navigation = _navigation(frame.menu, current) if frame.menu else None
    return {"chrome": Chrome(frame, markup, navigation, _languages(request, language)), "contact": frame.contact}


@per_version
def _navigation(menu: tuple[tuple[str, str], ...], current: tuple[str, ...]) -> Navigation:
    items = [{"title": title, "url": url, "current": url in current} for title, url in menu]
    return Navigation(*_drawn({"items": items}, "menu_items", "navigation"))


def _drawn(context: dict[str, Any], *names: str) -> list[SafeString]:
    return [render_to_string(f"components/{name}.html", context) for name in names]


@per_version
def _frame(language: str) -> tuple[Frame, Markup]:
    frame = _described(language)
    box = {"id": "site-search", "action": frame.search_url, "label": _("Search the portal"), "hint": True}
    context = {"chrome": frame, "urgent": frame.urgent} | box
    return frame, Markup(*_drawn(context, "brand", "search_box", "urgent_banner", "footer_groups", "head_links"))


def _described(language: str) -> Frame:
    site = Site.objects.get(is_default_site=True)
    names = SiteSettings.for_site(site)
    home = HomePage.objects.live().filter(locale__language_code=language).first()
    menu = home.get_children().live().public().in_menu().specific() if home else []
    links = tuple((page.title, page.get_url() or "/") for page in menu)
    return Frame(
        site_name=names.text("authority_name") or _("Portal"),
        short_name=names.text("short_name") or names.text("authority_name") or _("Portal"),
        portal_label=names.text("portal_label"),
        home_url=(home.get_url() if home else None) or "/",
        search_url=reverse("search"),
        emblem_url=names.emblem.get_rendition("max-96x96").url if names.emblem else "",
        menu=links,
        footer=_footer(names, language, links),
        contact=_contact(names),
        urgent=_urgent(language),
    )


def _footer(names: SiteSettings, language: str, menu: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    pages = ContentPage.objects.live().public().filter(locale__language_code=language, depth=3).order_by("path")
    plain = [{"title": page.title, "url": page.get_url()} for page in pages]
    half = -(-len(plain) // 2)
    groups = [
        {"title": _("Look up"), "links": [{"title": title, "url": url} for title, url in menu]},
        {"title": _("About the portal"), "links": plain[:half]},
        {"title": _("Data and help"), "links": [*plain[half:], {"title": _("Site map"), "url": reverse("site-map")}]},
    ]
    return {
        "address": names.text("address"),
        "phone": names.phone,
        "email": names.email,
        "responsible": names.text("responsible"),
        "note": names.text("footer_note"),
        "groups": [group for group in groups if group["links"]],
    }


def _contact(names: SiteSettings) -> dict[str, str] | None:
    """Whom to ask, for those who do not find: the authority's telephone, else its e-mail."""
    if names.phone:
        return {"text": _("Ring %(phone)s") % {"phone": names.phone}, "url": telephone(names.phone)}
    if names.email:
        return {"text": _("Write to %(email)s") % {"email": names.email}, "url": f"mailto:{names.email}"}
    return None


def _urgent(language: str) -> Urgent | None:
    """What is urgent now, in the reader's language where it is there and in the portal's own where it is not."""
    own, pages = Locale.get_default(), _urgent_pages(language)
    if not pages:
        return None
    if len(pages) == 1:
        page = pages[0]
        with translation.override(page.locale.language_code):
            text, link = _until(page), _("See what to do")
        return Urgent(text, page.get_url() or "", link, 1, page.locale.language_code)
    languages = {page.locale.language_code for page in pages}
    shown = language if languages == {language} else own.language_code
    with translation.override(shown):
        index = AnnouncementIndexPage.objects.live().filter(locale__language_code=shown).first()
        text = _("%(count)s urgent announcements are in force.") % {"count": len(pages)}
        return Urgent(text, f"{index.get_url()}?urgent=1" if index else "", _("See the list"), len(pages), shown)


def _urgent_pages(language: str) -> list[AnnouncementPage]:
    """Urgent announcements, newest first; of one that is there in both languages, that of the reader."""
    found = {}
    for code in dict.fromkeys((Locale.get_default().language_code, language)):
        locale = Locale.objects.get(language_code=code)
        for page in AnnouncementPage.objects.readable(locale.pk).urgent(today()).select_related("locale"):
            found[page.translation_key] = page
    return sorted(found.values(), key=lambda page: (page.effective_on, page.pk), reverse=True)


def _until(page: AnnouncementPage) -> str:
    if page.expires_on is None:
        return page.title
    return _("%(title)s, until %(day)s.") % {"title": page.title, "day": f"{page.expires_on:%d/%m/%Y}"}


def _languages(request: Any, language: str) -> list[dict[str, Any]]:
    """The switcher: this page in each language; without an address where it is not there."""
    page = getattr(request, "portal_page", None)
    urls = dict(language_urls(page.translation_key)) if page else {}
    other = getattr(request, "portal_other_language_url", None)
    return [
        {
            "code": code,
            "name": name,
            "url": urls.get(code) or (other if code != language else None),
            "current": code == language,
        }
        for code, name in LANGUAGE_NAMES.items()
    ]
