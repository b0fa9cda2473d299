"""Texts of the e-mails about reviews: plain, in the recipient's language, with a link to what has to be done."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.users.models import UserProfile

from core.templatetags.portal import vn_date
from editorial.kinds import kind_name, kind_of
from editorial.models import ReviewState
from editorial.models.limits import Urgency
from editorial.models.notices import ASKING, Notice, NoticeKind
from editorial.models.submissions import Submission

SUBJECTS = {
    NoticeKind.ASKED: _("For approval: %(title)s"),
    NoticeKind.DUE: _("To be approved by %(day)s: %(title)s"),
    NoticeKind.OVERDUE: _("Approval overdue since %(day)s: %(title)s"),
    NoticeKind.ESCALATED: _("Handed on to you for approval: %(title)s"),
    NoticeKind.RETURNED: _("Sent back for changes: %(title)s"),
    NoticeKind.PASSED_ON: _("Approved by the unit, waits for the portal board: %(title)s"),
    NoticeKind.PUBLISHED: _("Approved: %(title)s"),
}
OPENINGS = {
    NoticeKind.ASKED: _("A page waits for your approval."),
    NoticeKind.DUE: _("A page that waits for your approval is to be published soon."),
    NoticeKind.OVERDUE: _("A page that waits for your approval should have been published already."),
    NoticeKind.ESCALATED: _("Nobody has decided about a page so far. You are asked to decide in place of others."),
    NoticeKind.RETURNED: _("A page that you sent for approval came back. It has to be changed and sent again."),
    NoticeKind.PASSED_ON: _("The unit has approved a page that you sent. It waits for the portal board now."),
    NoticeKind.PUBLISHED: _("A page that you sent for approval was approved."),
}


def compose(notice: Notice) -> EmailMessage:
    """The e-mail of a notice. Sent a second time after a crash, it has the same Message-ID, by which it is known."""
    language = UserProfile.get_for_user(notice.recipient).preferred_language or settings.LANGUAGE_CODE
    state = notice.state
    page = state.revision.as_object()
    submission = Submission.objects.of(state)
    with translation.override(language):
        values = {"title": page.get_admin_display_title(), "day": vn_date(submission.due_on) if submission else ""}
        subject = str(SUBJECTS[NoticeKind(notice.kind)]) % values
        lines = [str(OPENINGS[NoticeKind(notice.kind)]), "", *facts(notice.kind, state, page, submission)]
        lines += ["", gettext("Open it here:"), address(notice.kind, page), "", str(settings.WAGTAIL_SITE_NAME)]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n".join(lines),
        to=[notice.recipient.email],
        headers={"Message-ID": f"<review-{notice.pk}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )


def facts(kind: str, state: ReviewState, page: Any, submission: Submission | None) -> list[str]:
    """What the recipient has to know, a line each: what has no value is left out."""
    found = [(gettext("Page"), page.get_admin_display_title()), (gettext("Kind of content"), kind_name(kind_of(page)))]
    if state.department_id:
        found.append((gettext("Unit"), state.department.label))
    if submission is not None:
        found.append((gettext("Sent by"), get_user_display_name(submission.submitted_by)))
        found.append((gettext("Urgency"), Urgency(submission.urgency).label))
        found.append((gettext("To be published by"), vn_date(submission.due_on)))
        found.append((gettext("Note"), submission.note))
    found += decision(kind, state)
    return [f"{label}: {value}" for label, value in found if value]


def decision(kind: str, state: ReviewState) -> list[tuple[str, str]]:
    """Who decided, and what they said about it."""
    if kind not in {NoticeKind.RETURNED, NoticeKind.PUBLISHED}:
        return []
    said = gettext("What has to be changed") if kind == NoticeKind.RETURNED else gettext("Note")
    return [(gettext("Decided by"), get_user_display_name(state.finished_by)), (said, state.comment)]


def address(kind: str, page: Any) -> str:
    """Where it is decided about the page, or where it is changed."""
    name = "editorial:review" if kind in ASKING else "wagtailadmin_pages:edit"
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=[page.pk])


def _host() -> str:
    return settings.WAGTAILADMIN_BASE_URL.split("://")[-1].split("/")[0].split(":")[0]
