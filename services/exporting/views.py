"""The whole catalogue as a download, by the columns that an import reads."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe

from services.exporting.files import FORMATS, response


@require_safe
def download(request: HttpRequest, form: str) -> Any:
    """What everybody may read; 404 for a format that there is not."""
    if form not in FORMATS:
        raise Http404("no such format")
    return response(form)


@require_safe
def download_with_drafts(request: HttpRequest, form: str) -> Any:
    """Services that are not live as well: for those who may import, superusers."""
    if not request.user.is_superuser:
        raise PermissionDenied
    if form not in FORMATS:
        raise Http404("no such format")
    return response(form, drafts=True)
