"""What plans add to the admin, in one list."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.admin import DayColumn
from plans import copy_views, menu, report_views, state_views
from plans.models import Plan, Report

URLS = [
    path("state/", state_views.show_state, name="state"),
    path("reports/", report_views.show_reports, name="reports"),
    path("reports/<int:target_id>/<int:unit_id>/<int:number>/", report_views.report_figures, name="report"),
    path("reports/<int:report_id>/decide/", report_views.decide, name="decide"),
    path("<int:plan_id>/copy/", copy_views.copy, name="copy"),
]


class PlanViewSet(SnippetViewSet):
    """Its entry in the menu stands with those of the reports, so Wagtail offers none of its own."""

    model = Plan
    menu_item_is_registered = True
    icon = "list-ul"
    list_display = ["number", "year", DayColumn("date", label=gettext_lazy("issued on"), sort_key="date"), "title"]
    search_backend_name = None
    search_fields = ["number", "title"]
    ordering = ["-year"]


register_snippet(PlanViewSet)


@hooks.register("register_admin_urls")
def plan_urls() -> list:
    return [path("plans/", include((URLS, "plans"), namespace="plans"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "plans.report", gettext_lazy("Report figures"), gettext_lazy("Figures of a unit were reported")
    )
    actions.register_action(
        "plans.confirm", gettext_lazy("Confirm the figures"), gettext_lazy("Figures of a unit were confirmed")
    )
    actions.register_action(
        "plans.send_back", gettext_lazy("Send back for correction"), gettext_lazy("Figures of a unit were sent back")
    )


@hooks.register("register_snippet_listing_buttons")
def copy_button(snippet, user, next_url=None):
    if isinstance(snippet, Plan) and user.has_perm("plans.add_plan"):
        yield Button(_("Copy the plan"), reverse("plans:copy", args=[snippet.pk]), priority=60, icon_name="copy")


@hooks.register("before_delete_snippet")
def keep_reported_plans(request, instances):
    """A plan on which units have reported stays: their figures would be lost with it."""
    plans = [instance for instance in instances if isinstance(instance, Plan)]
    if plans and Report.objects.filter(target__plan__in=plans).exists():
        messages.error(request, _("Units have reported on this plan: it cannot be deleted. Hide it from readers."))
        return redirect("wagtailsnippets_plans_plan:list")
    return None


hooks.register("register_admin_menu_item", menu.plans_item)
