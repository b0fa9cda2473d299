"""Pages that are no content: errors, site map, robots, security contact, favicon."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from wagtail.models import Page, Site

from core.addresses import Withdrawn
from core.page_cache import per_version
from editorial.withdrawn import withdrawal_notice
from home.models import HomePage, SiteSettings
from services.models.index import fields_with_counts


def site_map(request: HttpRequest) -> HttpResponse:
    """Every section, every field with the number of its services: nothing is further than three links away."""
    request.portal_other_language_url = _other_language_url("site-map")
    return render(request, "home/sitemap.html", _site_map(get_language() or "vi") | {"page_title": _("Site map")})


def _other_language_url(name: str) -> str:
    with translation.override("vi" if get_language() == "en" else "en"):
        return reverse(name)


@per_version
def _site_map(language: str) -> dict[str, Any]:
    home = HomePage.objects.live().filter(locale__language_code=language).first()
    if home is None:
        return {"sections": [], "fields": []}
    sections = [_section(page) for page in home.get_children().live().public().specific()]
    return {"sections": sections, "fields": fields_with_counts(home.locale_id)}


def _section(page: Page) -> dict[str, Any]:
    children = page.get_children().live().public().specific()
    return {
        "title": page.title,
        "url": page.get_url(),
        "pages": [{"title": child.title, "url": child.get_url()} for child in children],
    }


@cache_control(max_age=86400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /_util/",
        "Disallow: /tim-kiem/",
        "Disallow: /en/search/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(max_age=86400, public=True)
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a weakness; 404 while the authority has no e-mail address."""
    email = SiteSettings.for_site(Site.objects.get(is_default_site=True)).email
    if not email:
        raise Http404("no contact")
    expires = timezone.now().replace(microsecond=0) + timedelta(days=180)
    lines = [f"Contact: mailto:{email}", f"Expires: {expires.isoformat()}", "Preferred-Languages: vi, en"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("img/favicon.svg"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with the page's other languages where its address is known there; `withdrawn` for one that was taken back."""
    if isinstance(exception, Withdrawn):
        return withdrawn(request, exception.page)
    elsewhere = _elsewhere(request)
    request.portal_other_language_url = elsewhere[0]["url"] if elsewhere else None
    return render(request, "404.html", {"other_languages": elsewhere}, status=404)


def withdrawn(request: HttpRequest, page: Page) -> HttpResponse:
    """Leads to what replaces the page, for now: it may come back. Else 410 with the day, the reason and the list."""
    notice = withdrawal_notice(page, request)
    if notice and notice["moved_to"]:
        return HttpResponseRedirect(notice["moved_to"])
    listed_at = page.breadcrumbs(request)[-1:]
    return render(request, "410.html", {"withdrawn": notice, "listed_at": listed_at}, status=410)


def _elsewhere(request: HttpRequest) -> list[dict[str, str]]:
    slug = request.path.rstrip("/").rsplit("/", 1)[-1]
    if not slug:
        return []
    pages = Page.objects.live().public().filter(slug=slug, depth__gt=2, alias_of__isnull=True)
    others = pages.exclude(locale__language_code=get_language()).select_related("locale").specific()[:3]
    return [
        {"code": page.locale.language_code, "name": page.locale.get_display_name(), "url": page.get_url()}
        for page in others
    ]
