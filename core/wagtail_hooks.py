from django.contrib.auth.models import AbstractUser
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import ReferenceIndex

from core.accounts import refuse_superusers
from core.admin_api import OwnDocuments, OwnImages
from core.document_list import DocumentListView
from core.file_access import may_read
from core.file_text.extraction import State
from core.models import PortalDocument


@hooks.register("before_serve_document")
def refuse_unpublished_file(document, request) -> None:
    """404 rather than 403: whoever guesses addresses does not learn that the file exists."""
    if not may_read(request, document):
        raise Http404("The file is not published.")


@hooks.register("register_admin_urls", order=-1)
def document_list_urls():
    """Before Wagtail's own, at the same addresses: its list of files takes no further columns."""
    return [
        path("documents/", DocumentListView.as_view(), name="portal_documents"),
        path("documents/results/", DocumentListView.as_view(results_only=True), name="portal_documents_results"),
    ]


@hooks.register("construct_admin_api", order=1)
def list_own_files(router) -> None:
    """In place of Wagtail's own lists, which show every file to everybody who may open the admin."""
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)


@hooks.register("before_edit_page")
def tell_of_scans(request, page) -> None:
    """Whoever opens a page for editing is told which of its files nobody can search."""
    if request.method != "GET":
        return
    shown = ReferenceIndex.get_references_for_object(page).values_list("to_object_id", "to_content_type__model")
    wanted = [pk for pk, model in shown if model == PortalDocument._meta.model_name]
    scans = PortalDocument.objects.filter(pk__in=wanted, text_state=State.NO_TEXT).order_by("pk") if wanted else ()
    for document in scans:
        messages.warning(
            request,
            _("The file “%(name)s” is a scan without a text layer: it cannot be found by what it says.")
            % {"name": document.title},
        )


@hooks.register("before_create_user")
def refuse_to_make_superusers(request) -> None:
    refuse_superusers(request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def refuse_to_take_over_superusers(request, user) -> None:
    refuse_superusers(request, [user])


@hooks.register("before_bulk_action")
def refuse_to_take_over_superusers_in_bulk(request, action_type, objects, action) -> None:
    refuse_superusers(request, [user for user in objects if isinstance(user, AbstractUser)])
