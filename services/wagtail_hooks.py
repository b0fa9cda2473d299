"""Procedures, maturity records and their vocabularies in the admin's menu."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.admin import PageListItem
from editorial.log_actions import WithReason
from services.dossiers import views as dossier_views
from services.exporting.listing import ServiceIndexView
from services.exporting.views import download_with_drafts
from services.levels import bulk_views, lookup_views, views
from services.levels.policy import LevelPolicy
from services.levels.viewsets import MaturityRecordViewSet
from services.models import Audience, LifeEvent, MaturityRecord, Procedure, ServicePage
from services.quality.menu import completeness_menu_item


class ProcedureViewSet(SnippetViewSet):
    model = Procedure
    icon = "form"
    menu_label = _("Procedures")
    list_display = ["code", "name", "field", "in_force_from", "in_force_until"]
    list_filter = ["field"]
    search_backend_name = None
    search_fields = ["code", "name", "aliases__code"]
    ordering = ["code"]
    inspect_view_enabled = True


register_permission_policy(MaturityRecord, LevelPolicy(MaturityRecord))


class Annulled(WithReason):
    """Annulling a record, in Wagtail's log."""

    label = _("Annul a record of a level")
    message = _("The record of a level was annulled")


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "user"
    menu_label = _("Audiences")
    list_display = ["name", "group"]
    search_backend_name = None
    search_fields = ["name"]


class LifeEventViewSet(SnippetViewSet):
    model = LifeEvent
    icon = "calendar"
    menu_label = _("Life events")
    list_display = ["name", "position"]
    search_backend_name = None
    search_fields = ["name"]


class ServiceGroup(SnippetViewSetGroup):
    items = (ProcedureViewSet, MaturityRecordViewSet, AudienceViewSet, LifeEventViewSet)
    menu_label = _("Procedures and levels")
    menu_icon = "form"
    menu_order = 510


register_snippet(ServiceGroup)


LEVEL_URLS = [
    path("annul/<int:record_id>/", views.annul_record, name="annul"),
    path("chosen/", bulk_views.record_chosen, name="chosen"),
    path("file/", bulk_views.record_file, name="file"),
    path("lookup/", lookup_views.look_up, name="lookup"),
    path("lookup/save/", lookup_views.save, name="save"),
    path("lookup/<int:lookup_id>/delete/", lookup_views.delete, name="delete"),
    path("lookup/<int:lookup_id>/mail/", lookup_views.change_mail, name="mail"),
]


STATISTICS_URLS = [
    path("", dossier_views.show_report, name="report"),
    path("hand-in/", dossier_views.hand_in, name="hand_in"),
]


@hooks.register("register_admin_urls")
def level_urls() -> list:
    return [
        path("levels/", include((LEVEL_URLS, "levels"), namespace="levels")),
        path("statistics/", include((STATISTICS_URLS, "statistics"), namespace="statistics")),
    ]


hooks.register("register_reports_menu_item", dossier_views.report_menu_item)


hooks.register("register_reports_menu_item", completeness_menu_item)
hooks.register("register_admin_menu_item", lookup_views.menu_item)


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action("services.annul")(Annulled)


FILE_URLS = [path("<slug:form>/", download_with_drafts, name="all")]


@hooks.register("register_admin_urls")
def catalogue_urls() -> list:
    return [path("catalogue/", include((FILE_URLS, "catalogue-files"), namespace="catalogue-files"))]


class ServiceListing(PageListingViewSet):
    """All services of the portal, whichever unit's section they stand in."""

    index_view_class = ServiceIndexView
    model = ServicePage
    name = "services"
    icon = "form"
    menu_label = _("Public services")
    menu_name = "services"
    menu_order = 130
    menu_item_class = PageListItem
    add_to_admin_menu = True
    columns = [*PageListingViewSet.columns, Column("procedure.code", label=_("Code"), sort_key="procedure__code")]


@hooks.register("register_admin_viewset")
def register_listing() -> ServiceListing:
    return ServiceListing()
