"""Parts of the admin that several apps use."""

from typing import Any

from wagtail.admin.ui.tables import Column

from core.templatetags.portal import vn_date


class DayColumn(Column):
    """A day as 15/11/2019: Wagtail's own column says how long ago it was, also of days to come."""

    def get_value(self, instance: Any) -> str:
        return vn_date(super().get_value(instance))
