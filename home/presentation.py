from typing import Any


def front_context(page: Any, request: Any) -> dict[str, Any]:
    return {}


def page_end(page: Any, request: Any) -> dict[str, Any]:
    return {}
