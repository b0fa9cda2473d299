"""Addresses of the portal. Pages are Wagtail's; what is no page stands before them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.views.defaults import server_error
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.pictures import serve_picture
from core.routing import serve as serve_page
from home import sitemaps, views
from portal import api, health
from search.doors import opensearch
from search.views import chosen, results
from services.exporting.views import download as download_catalogue


def in_language(**routes: str) -> str:
    """A route that differs by language; not through gettext, so that no missing catalogue can move an address."""
    return lazy(lambda: routes.get(get_language() or "vi", routes["vi"]), str)()


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures only: files of editors go through the view above. Both ask whether they may be read.
    path("media/images/<path:path>", serve_picture),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("du-lieu/danh-muc-thu-tuc.<slug:form>", download_catalogue, name="catalogue-file"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", views.robots),
    path("favicon.ico", views.favicon),
    path(".well-known/security.txt", views.security_txt),
    *api.urlpatterns,
    *i18n_patterns(
        path(in_language(vi="tim-kiem/", en="search/"), results, name="search"),
        path(in_language(vi="tim-kiem/chon/", en="search/chosen/"), chosen, name="search-chosen"),
        path("opensearch.xml", opensearch, name="opensearch"),
        path(in_language(vi="so-do-trang/", en="site-map/"), views.site_map, name="site-map"),
        re_path(wagtail_urls.serve_pattern, serve_page),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = api.problems_under_api(400, views.bad_request)
handler403 = api.problems_under_api(403, views.forbidden)
handler404 = api.problems_under_api(404, views.not_found)
handler500 = api.problems_under_api(500, server_error)
