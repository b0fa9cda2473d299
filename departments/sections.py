"""Kinds of content that a unit's page shows: each is registered by the app that owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A panel of a unit's page: `context` gets (section, request) and returns what `template` shows, or None."""

    name: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    order: int
    wide: bool = False


_blocks: dict[str, SectionBlock] = {}


def register_section_block(block: SectionBlock) -> None:
    _blocks[block.name] = block


def section_panels(page: Any, request: Any) -> list[dict[str, Any]]:
    """Filled panels of a unit's page in their order; empty ones are left out."""
    found = []
    for block in sorted(_blocks.values(), key=lambda block: block.order):
        context = block.context(page, request)
        if context:
            found.append({"template": block.template, "wide": block.wide, **context})
    return found
