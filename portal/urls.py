from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("tim-kiem/", lambda r: HttpResponse("x"), name="search"),
    path("so-do/", lambda r: HttpResponse("x"), name="site-map"),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False),
]
