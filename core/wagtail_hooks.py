from django.http import Http404
from wagtail import hooks

from core.file_access import may_read


@hooks.register("before_serve_document")
def refuse_unpublished_file(document, request) -> None:
    """404 rather than 403: whoever guesses addresses does not learn that the file exists."""
    if not may_read(request.user, document):
        raise Http404("The file is not published.")
