"""A superuser publishes without the approval of others, for a reason that is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import log
from wagtail.models import Page

from core.tree import tree_held
from editorial.guard import decided


def publish_alone(*, page: Page, user: Any, reason: str) -> None:
    """Publish the latest revision of a page; a review that is under way is cancelled.

    PermissionDenied for anybody but a superuser; ValidationError where the publish gate refuses the page.
    """
    if not user.is_superuser or not reason.strip():
        raise PermissionDenied
    with tree_held(), decided():
        page = page.specific_class.objects.get(pk=page.pk)
        revision = page.get_latest_revision() or page.save_revision(user=user, changed=False)
        log(instance=page, action="editorial.publish_alone", user=user, data={"comment": reason}, revision=revision)
        revision.publish(user=user)
