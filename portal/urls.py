"""Addresses of the portal. Pages are Wagtail's; what is no page stands before them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.functional import lazy
from django.utils.translation import get_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import sitemaps, views
from portal import api, health
from search.views import results


def in_language(**routes: str) -> str:
    """A route that differs by language; not through gettext, so that no missing catalogue can move an address."""
    return lazy(lambda: routes.get(get_language() or "vi", routes["vi"]), str)()


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", views.robots),
    path("favicon.ico", views.favicon),
    path(".well-known/security.txt", views.security_txt),
    *api.urlpatterns,
    *i18n_patterns(
        path(in_language(vi="tim-kiem/", en="search/"), results, name="search"),
        path(in_language(vi="so-do-trang/", en="site-map/"), views.site_map, name="site-map"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "home.views.bad_request"
handler403 = "home.views.forbidden"
handler404 = "home.views.not_found"
