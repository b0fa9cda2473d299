"""What the hooks of Wagtail's front page call: its own panels and summary give way to the desk."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial.desk.panel import DeskPanel


def show_desk(request: Any, panels: list[Any]) -> None:
    panels[:] = [DeskPanel(request)]


def show_no_summary(request: Any, items: list[Any]) -> None:
    items.clear()


def style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/desk.css"))
