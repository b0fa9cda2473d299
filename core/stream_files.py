"""Files that stand in the text of a page: in blocks, in structs and lists of them, and as links of running text."""

import re
from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from core.blocks import FileBlock

_LINK = re.compile(r"<a\b[^>]*\blinktype=\"document\"[^>]*>")
_NUMBER = re.compile(r"\bid=\"(\d+)\"")


def files_in(*streams: Any) -> Iterator[tuple[int, str]]:
    """Number and name shown ("" where it is the file's own) of the files in StreamFields, as they are stored.

    No block is built and no file fetched, so one that is gone may be among them.
    """
    for stream in streams:
        yield from _in_value(stream.stream_block, stream.raw_data)


def _in_value(block: blocks.Block, value: Any) -> Iterator[tuple[int, str]]:
    if not value:
        return
    if isinstance(block, DocumentChooserBlock):
        yield int(value), ""
    elif isinstance(block, blocks.RichTextBlock):
        yield from ((int(number[1]), "") for link in _LINK.findall(value) if (number := _NUMBER.search(link)))
    else:
        shown = value.get("title") or "" if isinstance(block, FileBlock) else ""
        for part, content in _parts(block, value):
            yield from ((pk, name or shown) for pk, name in _in_value(part, content))


def _parts(block: blocks.Block, value: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """What a block is made of, each part with its stored value; nothing of a block without parts."""
    if isinstance(block, blocks.StructBlock):
        yield from ((part, value.get(name)) for name, part in block.child_blocks.items())
    elif isinstance(block, blocks.ListBlock):
        yield from ((block.child_block, item["value"] if _is_item(item) else item) for item in value)
    elif isinstance(block, blocks.StreamBlock):
        kinds = block.child_blocks
        yield from ((kinds[child["type"]], child["value"]) for child in value if child["type"] in kinds)


def _is_item(item: Any) -> bool:
    """Whether an item of a list is wrapped, as all are that were stored by a newer Wagtail."""
    return isinstance(item, dict) and item.get("type") == "item"
