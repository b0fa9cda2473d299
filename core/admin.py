"""Parts of the admin that several apps use."""

from typing import Any

from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column

from core.templatetags.portal import vn_date


class DayColumn(Column):
    """A day as 15/11/2019: Wagtail's own column says how long ago it was, also of days to come."""

    def get_value(self, instance: Any) -> str:
        return vn_date(super().get_value(instance))


class PageListItem(MenuItem):
    """A list of pages in the menu: for those who work with pages, as others are refused it."""

    def is_shown(self, request: Any) -> bool:
        return user_has_any_page_permission(request.user)
