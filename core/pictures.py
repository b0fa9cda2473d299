"""Pictures as readers get them, in the sizes that pages ask for; the originals are given to nobody."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.static import serve

from core.file_access import is_shown_to_readers, may_read
from core.models import PortalImage, PortalRendition

FOLDER = "images"
LIFETIME = 3600  # seconds that a browser or a proxy may keep a public picture


def serve_picture(request: HttpRequest, path: str) -> HttpResponse:
    """404 rather than 403: whoever guesses addresses does not learn that there is a picture."""
    rendition = PortalRendition.objects.select_related("image").filter(file=f"{FOLDER}/{path}").first()
    if rendition is None:
        raise Http404("There is no such picture.")
    if is_shown_to_readers(PortalImage, rendition.image_id):
        response = _file(request, path)
        patch_cache_control(response, public=True, max_age=LIFETIME)
    elif may_read(request, rendition.image):
        response = _file(request, path)
        patch_cache_control(response, private=True, no_store=True)
    else:
        raise Http404("The picture is not published.")
    return response


def _file(request: HttpRequest, path: str) -> HttpResponse:
    return serve(request, path, document_root=Path(settings.MEDIA_ROOT) / FOLDER)
