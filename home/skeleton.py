"""The pages that every portal has, in both languages: made after each migrate, so that a database which only
migrations have filled can be read, edited and imported into."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Locale, Page, Site

from announcements.models import AnnouncementIndexPage, DirectiveIndexPage
from departments.models import DepartmentIndexPage
from home.models import HomePage, SiteSettings
from plans.models import PlanIndexPage
from services.models import ServiceIndexPage

#: page class → English title (msgid) and slug by language
INDEXES = (
    (DirectiveIndexPage, gettext_noop("Official documents"), {"vi": "van-ban", "en": "documents"}),
    (AnnouncementIndexPage, gettext_noop("Announcements"), {"vi": "thong-bao", "en": "announcements"}),
    (ServiceIndexPage, gettext_noop("Public services"), {"vi": "dich-vu-cong", "en": "services"}),
    (PlanIndexPage, gettext_noop("Plan and figures"), {"vi": "ke-hoach-so-lieu", "en": "plans"}),
    (DepartmentIndexPage, gettext_noop("Divisions and communes"), {"vi": "don-vi", "en": "departments"}),
)


def ensure_skeleton(using: str = "default", **_kwargs: Any) -> None:
    """Create what is missing: both languages, their front pages, the index pages, the site. Repeatable."""
    if using != "default":
        return
    homes = {}
    for code in ("vi", "en"):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        with translation.override(code):
            homes[code] = _home(locale)
            for model, title, slugs in INDEXES:
                _index(homes[code], model, title, slugs[code], homes["vi"] if code == "en" else None)
    SiteSettings.for_site(_site(homes["vi"]))  # made here, or the first reader would write it
    _drop_welcome_page()


def _site(home: HomePage) -> Site:
    """The default site; one that still shows Wagtail's welcome page gets the front page."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    if type(site.root_page.specific) is Page:
        site.root_page = home
        site.save()
    return site


def _home(locale: Locale) -> HomePage:
    found = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    page = HomePage(title=_("Home"), slug=f"trang-chu-{locale.language_code}", locale=locale)
    original = HomePage.objects.exclude(locale=locale).first()
    if original:
        page.translation_key = original.translation_key
    root = Page.get_first_root_node()
    return root.add_child(instance=page)


def _index(home: HomePage, model: type, title: str, slug: str, original_home: HomePage | None) -> None:
    if model.objects.child_of(home).exists():
        return
    page = model(title=_(title), slug=slug, locale=home.locale, show_in_menus=True)
    original = model.objects.child_of(original_home).first() if original_home else None
    if original:
        page.translation_key = original.translation_key
    home.add_child(instance=page)


def _drop_welcome_page() -> None:
    """Wagtail's first migration leaves a page that welcomes developers."""
    for page in Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to your new Wagtail"):
        if type(page.specific) is Page:
            page.delete()
