"""What the templates of documents and announcements are given."""

from typing import Any


def announcement_context(page: Any, request: Any) -> dict[str, Any]:
    return {}


def directive_context(page: Any, request: Any) -> dict[str, Any]:
    return {}
