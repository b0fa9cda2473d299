"""Who published what: what went online and what was taken from readers in a period, by the audit log."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import DateTimeField as Moment
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import PageLogEntry

from core.exports import as_moment
from editorial.models import ReviewTask, Step
from editorial.reports.filters import PeriodFilter, content_type, kind_of_type
from editorial.reports.scope import Scope
from editorial.reports.table import Cell, Report, local

ALONE = "editorial.publish_alone"
#: actions of the log, in words
EVENTS = {
    "wagtail.publish": pgettext_lazy("event of a report", "Published"),
    "wagtail.publish.scheduled": _("Published on the day set"),
    ALONE: _("Published without approval"),
    "editorial.withdraw": pgettext_lazy("event of a report", "Withdrawn"),
    "wagtail.unpublish": pgettext_lazy("event of a report", "Withdrawn"),
    "wagtail.unpublish.scheduled": _("Withdrawn on the day set"),
}
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled", ALONE)
APPROVALS = ("wagtail.workflow.approve", "editorial.vote")
#: a review that begins again: approvals before it do not count
NEW_BEGINNINGS = ("wagtail.workflow.start", "wagtail.workflow.reject", "wagtail.workflow.cancel")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class PublicationFilter(PeriodFilter):
    """Also by person: whoever published, withdrew or approved."""

    user = forms.ModelChoiceField(queryset=None, required=False, label=_("Person"), empty_label=_("All persons"))
    field_order = ["since", "until", "unit", "kind", "user"]

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data, scope=scope)
        logged = PageLogEntry.objects.filter(action__in=(*EVENTS, *APPROVALS)).order_by()
        if not scope.is_whole:
            logged = logged.filter(page__in=scope.pages.values("pk"))
        users = get_user_model().objects.filter(pk__in=logged.values("user_id"))
        self.fields["user"].queryset = users.order_by("last_name", "first_name", "username")


class PublicationReport(Report):
    name = "publications"
    title = _("Who published what")
    note = _("By the history of the pages. A page counts for the unit in whose section it lies today.")
    file_name = "ai-xuat-ban-gi"
    filter_class = PublicationFilter

    def columns(self) -> Sequence[Any]:
        return (
            pgettext_lazy("column of a report", "Time"),
            _("What happened"),
            pgettext_lazy("column of a report", "Page"),
            _("Kind of content"),
            _("Unit"),
            _("By whom"),
            _("Approved for the unit by"),
            _("Approved for the portal board by"),
            pgettext_lazy("column of a report", "Reason"),
        )

    def count(self) -> int:
        return self._entries().count()

    def rows(self, start: int, stop: int) -> list[list[Any]]:
        entries = list(self._entries().select_related("user")[start:stop])
        pages = self.filters.scope.pages.filter(pk__in=[entry.page_id for entry in entries])
        units = dict(pages.values_list("pk", "unit"))
        approvers = _approvers(entries)
        return [self._row(entry, units, approvers[entry.pk]) for entry in entries]

    def _row(self, entry: PageLogEntry, units: dict[int, int | None], approvers: dict[str, list[str]]) -> list[Any]:
        url = reverse("wagtailadmin_pages:history", args=[entry.page_id]) if entry.page_id in units else ""
        return [
            local(entry.timestamp),
            Cell(EVENTS[entry.action], alarms=entry.action == ALONE),
            Cell(entry.label, url),
            self.filters.kind_name(kind_of_type(entry.content_type_id)),
            self.filters.unit_name(units.get(entry.page_id)),
            entry.user_display_name,
            "; ".join(approvers[Step.UNIT]),
            "; ".join(approvers[Step.BOARD]),
            entry.data.get("comment", ""),
        ]

    def _entries(self) -> QuerySet:
        asked = self.filters.cleaned_data
        entries = published_or_withdrawn().filter(
            timestamp__gte=as_moment(asked["since"]), timestamp__lt=as_moment(asked["until"] + DAY)
        )
        if self.filters.narrows_pages:
            entries = entries.filter(page__in=self.filters.pages().values("pk"))
        elif asked["kind"]:
            entries = entries.filter(content_type=content_type(asked["kind"]))
        if asked["user"]:
            entries = entries.filter(Q(user=asked["user"]) | _approved_by(asked["user"]))
        return entries.order_by("-timestamp", "-pk")


def published_or_withdrawn() -> QuerySet:
    """Entries of the log by which a page went online or was taken from its readers, one for each time.

    Publishing alone is followed by an ordinary entry about the same revision, which is left out.
    """
    moment = ExpressionWrapper(OuterRef("timestamp") - MINUTE, output_field=Moment())
    alone = PageLogEntry.objects.filter(
        action=ALONE, page=OuterRef("page"), revision=OuterRef("revision"), timestamp__gte=moment, pk__lt=OuterRef("pk")
    )
    return PageLogEntry.objects.filter(action__in=EVENTS).exclude(Q(action="wagtail.publish") & Exists(alone))


def _approved_by(user: Any) -> Q:
    """Publications of revisions that the user approved."""
    approvals = PageLogEntry.objects.filter(action__in=APPROVALS, user=user, revision__isnull=False)
    return Q(action__in=PUBLISHED, revision__in=approvals.order_by().values("revision"))


def _approvers(entries: Sequence[PageLogEntry]) -> dict[int, dict[str, list[str]]]:
    """Who approved what went online: {pk of the entry: {step: names}}, from the last review before it."""
    revisions = [entry.revision_id for entry in entries if entry.revision_id]
    decisions = PageLogEntry.objects.filter(action__in=(*APPROVALS, *NEW_BEGINNINGS), revision__in=revisions)
    by_revision = defaultdict(list)
    for decision in decisions.select_related("user").order_by("pk"):
        by_revision[decision.revision_id].append(decision)
    steps = dict(ReviewTask.objects.values_list("pk", "step"))
    return {entry.pk: _approvers_before(entry.pk, by_revision[entry.revision_id], steps) for entry in entries}


def _approvers_before(pk: int, decisions: Sequence[PageLogEntry], steps: dict[int, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.pk > pk:
            break
        if decision.action in NEW_BEGINNINGS:
            found.clear()
        elif (name := decision.user_display_name) not in (names := found[_step(decision, steps)]):
            names.append(name)
    return found


def _step(decision: PageLogEntry, steps: dict[int, str]) -> str:
    if decision.action == "editorial.vote":
        return decision.data.get("step", "")
    return steps.get(decision.data["workflow"]["task"]["id"], "")
