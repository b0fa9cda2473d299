"""Types of documents in the admin's menu, lists of documents and announcements for editors, a warning of duplicates."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from announcements.models import AnnouncementPage, DirectivePage, DocumentType
from core.admin import DayColumn, PageListItem


class DocumentTypeViewSet(SnippetViewSet):
    model = DocumentType
    icon = "list-ul"
    menu_label = _("Types of documents")
    menu_order = 530
    add_to_admin_menu = True
    list_display = ["name", "abbreviation", "is_legal"]
    list_filter = ["is_legal"]
    search_backend_name = None
    search_fields = ["name", "name_en", "abbreviation"]
    ordering = ["name"]


register_snippet(DocumentTypeViewSet)


class DirectiveListing(PageListingViewSet):
    """All documents of the portal, whichever unit's section they stand in."""

    model = DirectivePage
    name = "directives"
    icon = "doc-full"
    menu_label = pgettext_lazy("menu of the admin", "Official documents")
    menu_name = "directives"
    menu_order = 110
    menu_item_class = PageListItem
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns,
        Column("reference", label=_("Number and symbol"), sort_key="reference"),
        DayColumn("issued_on", label=_("Date of issue"), sort_key="issued_on"),
    ]


class AnnouncementListing(PageListingViewSet):
    """All announcements of the portal."""

    model = AnnouncementPage
    name = "announcements"
    icon = "mail"
    menu_label = _("Announcements")
    menu_name = "announcements"
    menu_order = 120
    menu_item_class = PageListItem
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns,
        DayColumn("effective_on", label=_("Date"), sort_key="effective_on"),
        DayColumn("expires_on", label=_("Last day"), sort_key="expires_on"),
    ]


@hooks.register("register_admin_viewset")
def register_listings() -> list[PageListingViewSet]:
    return [DirectiveListing(), AnnouncementListing()]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_namesakes(request: Any, page: Any) -> None:
    """The same reference of the same issuer in the same year is probably one document entered twice: say so."""
    if not isinstance(page, DirectivePage):
        return
    page = page.get_latest_revision_as_object() if page.latest_revision_id else page
    namesakes = list(DirectivePage.objects.namesakes_of(page)[:5])
    if not namesakes:
        return
    editors = ((reverse("wagtailadmin_pages:edit", args=[twin.pk]), twin.title) for twin in namesakes)
    links = format_html_join(", ", '<a href="{}">{}</a>', editors)
    text = gettext("%(reference)s of %(issuer)s in %(year)s has been entered already. Check whether it is the same:")
    particulars = {"reference": page.reference, "issuer": page.issuer, "year": page.issued_on.year}
    messages.warning(request, format_html("{} {}", text % particulars, links))
