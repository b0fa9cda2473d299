"""Wagtail's view for pages, spared the walk down the tree where an address was found before.

Under one public version an address leads to one page, so the walk (site, language, every ancestor) is remembered; the
page itself is read anew, and rights are asked as ever.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site
from wagtail.models.sites import get_site_for_hostname
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from core.page_cache import per_version


def serve(request: HttpRequest, path: str) -> HttpResponse:
    site = _site(*_host(request))
    request._wagtail_site = site
    place = _place(site.pk, get_language() or "", path)
    if place is not None:
        model, pk, kwargs = place
        # Between a commit and the new version the page may be gone or a draft: then Wagtail walks and answers.
        found = model.objects.select_related(*getattr(model, "served_with", ())).filter(pk=pk, live=True).order_by()
        page = next(iter(found), None)
        if page is not None:
            page.locale = known_locales()[page.locale_id]
            request._wagtail_route_for_request = RouteResult(page, kwargs=dict(kwargs))
    return wagtail_serve(request, path)


def _host(request: HttpRequest) -> tuple[str, str]:
    host = request.get_host()
    name, _colon, port = host.partition(":")
    return name, port or request.get_port()


@per_version
def _site(name: str, port: str) -> Site:
    return get_site_for_hostname(name, port)


@per_version
def _place(site_id: int, language: str, path: str) -> tuple[type[Page], int, tuple[tuple[str, Any], ...]] | None:
    """Class and id of the page at a path of a site, with what its `serve` is told; Http404 is not remembered."""
    root = Site.objects.select_related("root_page").get(pk=site_id).root_page.localized.specific
    result = root.route(None, [part for part in path.split("/") if part])
    if result is None or result.args:
        return None
    return type(result.page), result.page.pk, tuple(result.kwargs.items())


@per_version
def known_locales() -> dict[int, Locale]:
    return {locale.pk: locale for locale in Locale.objects.all()}
