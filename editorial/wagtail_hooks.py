"""The review in the admin: who is offered what, and where the rules are kept."""

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, RestartWorkflowMenuItem, UnpublishMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from editorial import desk_views, menu, report_views, submit_views, upkeep_views, views, withdraw_views
from editorial.desk import hooks as desk_hooks
from editorial.models import ApprovalRule
from editorial.page_buttons import page_buttons
from editorial.submit_menu import offer_sending, open_form, tell_of_review
from editorial.viewsets import RULES


@hooks.register("register_admin_urls")
def editorial_urls() -> list:
    patterns = [
        path("publish/<int:page_id>/", views.publish_with_reason, name="publish"),
        path("submit/<int:page_id>/", submit_views.submit, name="submit"),
        path("reports/<slug:name>/", report_views.show_report, name="report"),
        path("withdraw/<int:page_id>/", withdraw_views.withdraw_page, name="withdraw"),
        path("unschedule/<int:page_id>/", withdraw_views.unschedule_page, name="unschedule"),
        path("confirm/<int:page_id>/", upkeep_views.confirm_page, name="confirm"),
        path("waiting/", desk_views.waiting, name="waiting"),
        path("waiting/others/", desk_views.handed_on, name="handed_on"),
        path("sent/", desk_views.sent, name="sent"),
        path("duties/", desk_views.duties, name="duties"),
        path("write/", desk_views.write, name="write"),
    ]
    return [path("editorial/", include((patterns, "editorial"), namespace="editorial"))]


class PublishWithReasonItem(ActionMenuItem):
    """Leads a superuser to the page that asks for the reason; what was typed is saved before."""

    label = _("Publish without approval…")
    name = "action-publish-with-reason"
    icon_name = "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["request"].user.is_superuser

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("editorial:publish", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")
def offer_what_works(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Publishing and taking down pass through decisions: buttons that the guard would refuse are not offered."""
    refused = (PublishMenuItem, UnpublishMenuItem, RestartWorkflowMenuItem)
    menu_items[:] = [item for item in menu_items if not isinstance(item, refused)]
    offer_sending(menu_items)
    alone = PublishWithReasonItem(order=900)
    if alone.is_shown(context):
        menu_items.append(alone)


@hooks.register("register_page_header_buttons")
def offer_decisions(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from page_buttons(page, user)


class WithReason(LogFormatter):
    """A step whose reason the history shows."""

    def format_comment(self, log_entry: Any) -> str:
        return log_entry.data.get("comment", "")


def _with_reason(label: Any, message: Any) -> type[WithReason]:
    return type("_WithReason", (WithReason,), {"label": label, "message": message})


@hooks.register("register_log_actions")
def editorial_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("editorial.vote", _("Approve as one of several"), _("Approved, others are still asked"))
    actions.register_action(
        "editorial.publish_alone", _("Publish without approval"), _("Published without the approval of others")
    )
    actions.register_action(
        "editorial.escalate", _("Hand on for approval"), _("Not decided in time: others were asked to decide")
    )
    actions.register_action(
        "editorial.confirm", _("Confirm that it still holds"), _("Confirmed: it still holds as it is")
    )
    withdrawn = _with_reason(_("Withdraw a page"), _("Withdrawn"))
    held_back = _with_reason(_("Cancel the day of publication"), _("The day of publication was cancelled"))
    actions.register_action("editorial.withdraw")(withdrawn)
    actions.register_action("editorial.unschedule")(held_back)


class ApprovalRuleViewSet(SnippetViewSet):
    model = ApprovalRule
    icon = "check"
    menu_label = _("Rules of approval")
    menu_order = 700
    add_to_settings_menu = True
    list_display = ["__str__", "needs_board", "unit_quorum", "board_quorum"]
    search_backend_name = None
    search_fields = ["kind"]


register_snippet(ApprovalRuleViewSet)
for viewset in RULES:
    register_snippet(viewset)

hooks.register("after_create_page", open_form)
hooks.register("after_edit_page", open_form)
hooks.register("before_edit_page", tell_of_review, order=-10)
hooks.register("register_reports_menu_item", report_views.reports_menu_item)

hooks.register("register_admin_menu_item", menu.desk_item)
hooks.register("construct_main_menu", menu.arrange_main_menu)
hooks.register("construct_reports_menu", menu.arrange_reports)
hooks.register("construct_help_menu", menu.arrange_help)
hooks.register("construct_homepage_panels", desk_hooks.show_desk, order=1000)
hooks.register("construct_homepage_summary_items", desk_hooks.show_no_summary, order=1000)
hooks.register("insert_global_admin_css", desk_hooks.style)
