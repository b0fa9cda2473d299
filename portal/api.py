"""The APIs, put together: our read API at /api/v1/, Wagtail's pages at /api/v2/, its preview behind a setting."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from ninja.openapi.docs import Swagger
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

import announcements.api
import departments.api
import plans.api
import search.api
import search.suggest_api
import services.api
import services.api_statistics
from core.read_api.answers import with_headers
from core.read_api.openapi import ReadAPI
from core.read_api.problems import problem

V1_PREFIX = "/api/v1/"
DESCRIPTION = """Services, dossier statistics, official documents, announcements and units of this authority; search.

Only what everybody may read. Lists give `items`, `total` and `next`; they take the filters of the portal's own lists
under the same names. Days are given as 2019-11-15, moments with their offset. Errors are problem details (RFC 9457).
Answers carry `ETag` and `Last-Modified`; ask again with `If-None-Match` and get 304 while nothing has changed.
"""

v1 = ReadAPI(
    title="Read API",
    version="1.1.0",
    description=DESCRIPTION,
    urls_namespace="portal-v1",
    docs=Swagger(settings={"supportedSubmitMethods": ["get"], "validatorUrl": None}),
    # The style sheet of the description draws its icons from data: addresses; nothing else is let in.
    docs_decorator=csp_update({"img-src": "data:"}),
)
v1.add_router("/services", services.api.router)
v1.add_router("/statistics", services.api_statistics.router)
v1.add_router("/directives", announcements.api.directive_router)
v1.add_router("/announcements", announcements.api.announcement_router)
v1.add_router("/departments", departments.api.router)
v1.add_router("/plans", plans.api.router)
v1.add_router("/search", search.api.router)
v1.add_router("/suggest", search.suggest_api.router)
search.api.add_particulars("service", services.api.search_particulars)
search.api.add_particulars("directive", announcements.api.search_particulars)


class PublicPages(PagesAPIViewSet):
    """Wagtail's own list of pages, for what everybody may read: no session is looked at, no alias given twice."""

    authentication_classes = ()
    renderer_classes = (JSONRenderer,)

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().public().filter(alias_of__isnull=True)


v2 = WagtailAPIRouter("wagtailapi")
v2.register_endpoint("pages", PublicPages)


def preview() -> list[Any]:
    """Wagtail's next API, which also writes; off unless PORTAL_API_V3_PREVIEW is set.

    Without its lists of images and documents: they name to everybody what no page shows yet.
    """
    if not getattr(settings, "PORTAL_API_V3_PREVIEW", False):
        return []
    from wagtail.api.v3.urls import api

    return [re_path(r"^api/v3-preview/(?:images|documents)\b", nothing_here), path("api/v3-preview/", api.urls)]


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404("not offered")


urlpatterns = [
    path("api/v1/", v1.urlpatterns()),
    path("api/v2/", v2.urls),
    *preview(),
]


def problems_under_api(status: int, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An error handler that answers as the API does below it, and with `page` everywhere else."""

    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path_info.startswith(V1_PREFIX):
            return with_headers(problem(status, "The request cannot be answered."), settings.LANGUAGE_CODE)
        return page(request, *args, **kwargs)

    return handler
