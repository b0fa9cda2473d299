"""One at a time where pages change their place: a page saved while its section moves would write its old place back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from core.page_cache import STAFF


@contextmanager
def tree_held() -> Iterator[None]:
    """A transaction in which nobody else moves, deletes or publishes pages; read pages inside of it.

    The root page's row is the lock. SQLite has one writer at a time anyhow.
    """
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).order_by()
    with transaction.atomic():
        list(root.select_for_update().values_list("pk"))
        yield


#: views of the admin that change places in the tree
MOVING = frozenset(
    {
        "wagtailadmin_pages:move_confirm",
        "wagtailadmin_pages:set_page_position",
        "wagtailadmin_pages:delete",
        "wagtail_bulk_action",
    }
)


class TreeMiddleware:
    """Holds the tree around the views of the admin that change it: they read before they begin to write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not moves_pages(request.path_info):
            return self.get_response(request)
        with tree_held():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def moves_pages(path: str) -> bool:
    try:
        return path.startswith(STAFF) and resolve(path).view_name in MOVING
    except Resolver404:
        return False
