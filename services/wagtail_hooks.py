"""Procedures, maturity records and their vocabularies in the admin's menu."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.admin import PageListItem
from services.levels.policy import LevelPolicy
from services.maturity import warnings
from services.models import Audience, LifeEvent, MaturityRecord, Procedure, ServicePage
from services.models.maturity import warning_words


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


class MaturityRecordViewSet(SnippetViewSet):
    model = MaturityRecord
    icon = "success"
    menu_label = _("Levels")
    list_display = ["procedure", "unit", "level", "extent", "date", "decision_number"]
    list_filter = {"level": ["exact"], "extent": ["exact"], "unit": ["exact"], "date": ["gte", "lte"]}
    search_backend_name = None
    search_fields = ["procedure__code", "decision_number"]
    ordering = ["-date"]
    inspect_view_enabled = True


register_permission_policy(MaturityRecord, LevelPolicy(MaturityRecord))


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


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def warn_of_odd_flags(request, instance) -> None:
    """Flags that do not fit the level are said, not refused."""
    if not isinstance(instance, MaturityRecord):
        return
    for warning in warnings(instance.level, instance.extent, instance.flags):
        messages.warning(request, warning_words(warning))


class ServiceListing(PageListingViewSet):
    """All services of the portal, whichever unit's section they stand in."""

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
