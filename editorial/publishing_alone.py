"""A superuser publishes without the approval of others, for a reason that is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from editorial.guard import decided


@transaction.atomic
def publish_alone(*, page: Page, user: Any, reason: str) -> None:
    """Publish the latest revision of a page; a review that is under way is cancelled.

    PermissionDenied for anybody but a superuser; ValidationError where the publish gate refuses the page.
    """
    if not user.is_superuser or not reason.strip():
        raise PermissionDenied
    revision = page.get_latest_revision() or page.save_revision(user=user, changed=False)
    log(instance=page, action="editorial.publish_alone", user=user, data={"comment": reason}, revision=revision)
    with decided():
        revision.publish(user=user)
