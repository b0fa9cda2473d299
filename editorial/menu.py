"""The admin's menu by role: what somebody may act on, and nothing that answers with a refusal."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, admin_menu
from wagtail.admin.ui.sidebar import LinkMenuItem, PageExplorerMenuItem
from wagtail.models import Page

from editorial.deciders import is_on_board
from editorial.places import own_section
from editorial.waiting import waiting_in

#: Wagtail's reports on the whole portal: for the portal board
WHOLE_PORTAL = frozenset({"site-history", "aging-pages", "page-types-usage", "locked-pages"})
#: Wagtail's reports on reviews, which know no deadlines: the portal's own stand in their place
BY_WAGTAIL = frozenset({"workflows", "workflow-tasks"})


class DeskItem(MenuItem):
    """The front page of the admin, with the number of pages that wait for the user."""

    def render_component(self, request: Any) -> LinkMenuItem:
        number = len(waiting_in(request).to_decide)
        attrs = {"data-waiting": str(number)} if number else {}
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


class SectionItem(MenuItem):
    """Pages of the unit: begins at its section rather than at the top of the tree."""

    def __init__(self, section: Page) -> None:
        url = reverse("wagtailadmin_explore", args=[section.pk])
        super().__init__(_("Pages of the unit"), url, name="explorer", icon_name="folder-open-inverse", order=100)
        self.section = section

    def render_component(self, request: Any) -> PageExplorerMenuItem:
        return PageExplorerMenuItem(self.name, self.label, self.url, self.section.pk, icon_name=self.icon_name)


def desk_item() -> DeskItem:
    return DeskItem(_("Waiting for me"), reverse("wagtailadmin_home"), name="desk", icon_name="home", order=1)


def arrange_main_menu(request: Any, items: list[MenuItem]) -> None:
    """Let whoever works in one section begin there."""
    section = own_section(request.user)
    if section is not None:
        items[:] = [SectionItem(section) if item.name == "explorer" else item for item in items]


def arrange_reports(request: Any, items: list[MenuItem]) -> None:
    user = request.user
    hidden = set(BY_WAGTAIL)
    if not (user.is_superuser or is_on_board(user)):
        hidden |= WHOLE_PORTAL
    items[:] = [item for item in items if item.name not in hidden]
    if not user_has_any_page_permission(user):
        translations = reverse("wagtail_localize:translations_report")
        items[:] = [item for item in items if item.url != translations]


def arrange_help(request: Any, items: list[MenuItem]) -> None:
    """Help of Wagtail's authors lies on other hosts, which a closed network does not reach."""
    items[:] = [item for item in items if "target" not in item.attrs]


def links_of(request: Any) -> list[tuple[str, str]]:
    """Label and address of what the user's menu leads to, with the entries of its groups, without front page and help.

    The groups of the menu are flattened in their order.
    """
    found = []
    for item in sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order):
        if item.name in {"desk", "help"}:
            continue
        inner = item.menu.menu_items_for_request(request) if isinstance(item, SubmenuMenuItem) else [item]
        found += [(str(entry.label), entry.url) for entry in sorted(inner, key=lambda entry: entry.order)]
    return found
