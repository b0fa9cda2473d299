"""The portal's addresses with Wagtail's own API v3, as PORTAL_API_V3_PREVIEW mounts it."""

from django.urls import path
from wagtail.api.v3.urls import api

from portal import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [path("api/v3-preview/", api.urls), *urls.urlpatterns]
