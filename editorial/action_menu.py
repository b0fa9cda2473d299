"""The buttons at the foot of the page editor: what works, and nothing else."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)

from editorial.submit_menu import offer_sending

#: the guard refuses what these do, or a page of ours does it better
NOT_OFFERED = (PublishMenuItem, UnpublishMenuItem, RestartWorkflowMenuItem, WorkflowMenuItem, CancelWorkflowMenuItem)


class ReviewItem(ActionMenuItem):
    """Leads whoever decides, or wrote the page, to where it is read and decided about."""

    label = _("Read and decide")
    name = "action-review"
    icon_name = "glasses"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["page"].workflow_in_progress

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("editorial:review", args=[parent_context["page"].pk])


class TakeBackItem(CancelWorkflowMenuItem):
    """Ends the review of a page so that it can be changed: for whoever sent it, and superusers."""

    label = _("Take back to change it")
    icon_name = "undo"

    def is_shown(self, context: dict[str, Any]) -> bool:
        if not super().is_shown(context):
            return False
        user, state = context["request"].user, context["page"].current_workflow_state
        return user.is_superuser or user.pk == state.requested_by_id


class PublishWithReasonItem(ActionMenuItem):
    """Leads a superuser to the page that asks for the reason; what was typed is saved before."""

    label = _("Publish without approval…")
    name = "action-publish-with-reason"
    icon_name = "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["request"].user.is_superuser

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("editorial:publish", args=[parent_context["page"].pk])


def offer_what_works(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Put what leads to a decision first, and leave out what the guard would refuse."""
    menu_items[:] = [item for item in menu_items if not isinstance(item, NOT_OFFERED)]
    offer_sending(menu_items)
    ours = (ReviewItem(order=-10), TakeBackItem(order=50), PublishWithReasonItem(order=900))
    menu_items += [item for item in ours if item.is_shown(context)]
    menu_items.sort(key=lambda item: item.order)
