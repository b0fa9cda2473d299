"""Nothing goes live from a request unless it was decided: the one place that every door of the site passes.

Rights alone do not close the doors: whoever may publish could do so past the workflow, in the editor, in bulk, through
an API or by a translation. So within a request every save that readers would see is refused, except inside `decided()`,
which only those modules enter that have asked who decides. Commands and the scheduler run outside of requests: they
publish what was approved, or ask for a superuser and a reason themselves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

_in_request: ContextVar[bool] = ContextVar("in_request", default=False)
_is_decided: ContextVar[bool] = ContextVar("is_decided", default=False)


class NotDecided(ValidationError):
    """Something would be published, changed or taken down that nobody has decided about."""

    def __init__(self) -> None:
        super().__init__(
            {"__all__": [_("This page goes live when its approval is complete. Save it and send it for approval.")]}
        )


class StillOnline(ValidationError):
    """Something would be deleted that readers see: it is withdrawn first, by whoever decides that, for a reason."""

    def __init__(self) -> None:
        super().__init__({"__all__": [_("A page that is online is withdrawn first, with a reason; then delete it.")]})


@contextmanager
def decided() -> Iterator[None]:
    """What is saved in this block was decided by somebody who may decide it."""
    token = _is_decided.set(True)
    try:
        yield
    finally:
        _is_decided.reset(token)


def needs_decision() -> bool:
    """True within a request, outside of `decided()`."""
    return _in_request.get() and not _is_decided.get()


class GuardMiddleware:
    """Says that what happens until the answer happens in a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _in_request.set(True)
        try:
            return self.get_response(request)
        finally:
            _in_request.reset(token)


#: columns that readers do not see: where a page stands in the tree, what its drafts are, who holds it
UNSEEN = frozenset(
    {
        "path",
        "depth",
        "numchild",
        "url_path",
        "latest_revision_id",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
        "locked",
        "locked_at",
        "locked_by_id",
        "owner_id",
        "alias_of_id",
    }
)


def refuse_undecided_page(page: Any, update_fields: Any = None) -> None:
    """Raise NotDecided where saving the page would change what readers see of it."""
    if not needs_decision():
        return
    columns = [field for field in page._meta.concrete_fields if field.attname not in UNSEEN]
    if update_fields is not None:
        columns = [field for field in columns if {field.name, field.attname} & set(update_fields)]
    if not columns:
        return
    stored = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    if not page.live and (stored is None or not stored.live):
        return  # a draft stays a draft
    if stored is None or any(_value(page, field) != _value(stored, field) for field in columns):
        raise NotDecided


def _value(page: Any, field: Any) -> Any:
    return field.get_prep_value(getattr(page, field.attname))


def refuse_to_delete_online(page: Any) -> None:
    """Raise StillOnline where readers see the page, also where it goes with the page above it."""
    if page.live and needs_decision():
        raise StillOnline


def refuse_undecided_schedule(revision: Any, update_fields: Any = None) -> None:
    """A page is scheduled by storing the day on its revision: that door asks, too."""
    if update_fields is not None and "approved_go_live_at" not in update_fields:
        return
    if revision.approved_go_live_at is not None and needs_decision():
        raise NotDecided
