"""Where a user may write: the pages below which their roles let them add others."""

from typing import Any

from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

#: depth of the front pages, one a language: whoever writes there writes everywhere
FRONT_DEPTH = 2


def writing_roots(user: Any) -> list[Page]:
    """The topmost pages below which a user adds pages, in the order of the tree: sections, or the front pages."""
    if user.is_superuser:
        return list(Page.objects.filter(depth=FRONT_DEPTH).order_by("path"))
    given = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    pages = {right.page_id: right.page for right in given if right.permission.codename == "add_page"}
    return sorted(pages.values(), key=lambda page: page.path)


def writes_everywhere(user: Any) -> bool:
    return any(page.depth <= FRONT_DEPTH for page in writing_roots(user))


def own_section(user: Any) -> Page | None:
    """The section in which a user works, where it is one: in the portal's own language before its translations."""
    roots = writing_roots(user)
    if any(page.depth <= FRONT_DEPTH for page in roots):
        return None
    own = Locale.get_default().pk
    sections = [page for page in roots if page.locale_id == own] or roots
    return sections[0] if len(sections) == 1 else None
