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
    elif isinstance(block, FileBlock):
        yield from ((pk, value.get("title") or "") for pk, _own in _in_struct(block, value))
    elif isinstance(block, blocks.StructBlock):
        yield from _in_struct(block, value)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _in_value(block.child_block, item["value"] if _is_item(item) else item)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            if kind := block.child_blocks.get(child["type"]):
                yield from _in_value(kind, child["value"])


def _in_struct(block: blocks.StructBlock, value: Any) -> Iterator[tuple[int, str]]:
    for name, child in block.child_blocks.items():
        yield from _in_value(child, value.get(name))


def _is_item(item: Any) -> bool:
    """Whether an item of a list is wrapped, as all are that were stored by a newer Wagtail."""
    return isinstance(item, dict) and item.get("type") == "item"
