"""Parts of the admin's front page that higher apps add."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: what the block shows a user; None where it is of no concern to that user
Content = Callable[[Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class DeskBlock:
    """A template that is given `content`; blocks stand in the order of `order`."""

    template: str
    content: Content
    order: int = 100


_blocks: list[DeskBlock] = []


def register_desk_block(block: DeskBlock) -> None:
    _blocks.append(block)
    _blocks.sort(key=lambda each: each.order)


def blocks_for(user: Any) -> list[dict[str, Any]]:
    """The blocks that have something for a user, each with its template."""
    contents = ((block.template, block.content(user)) for block in _blocks)
    return [{"template": template, "content": content} for template, content in contents if content is not None]
