"""Blocks that texts of every kind share."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from core.files import file_row

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


def stream_text(stream: Any) -> str:
    """The words of a StreamField: paragraphs are apart, blocks separated by an empty line."""
    texts = map(str, stream.stream_block.get_searchable_content(stream))
    return "\n\n".join(text.strip() for text in texts if text.strip())


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alternative_text = blocks.CharBlock(label=_("alternative text"), max_length=255)
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/figure.html"


class NoteBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("heading"), max_length=160)
    text = blocks.TextBlock(label=_("text"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "blocks/note.html"


class FileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("name shown"), required=False, max_length=255)

    def get_context(self, value, parent_context=None):
        document = value["document"]
        row = file_row(document, value["title"]) if document else None
        return super().get_context(value, parent_context=parent_context) | {"file": row}

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "blocks/file.html"


class BodyBlock(blocks.StreamBlock):
    """Running text of a page."""

    text = blocks.RichTextBlock(label=_("Running text"), features=TEXT_FEATURES, template="blocks/text.html")
    figure = FigureBlock()
    note = NoteBlock()
    file = FileBlock()


class PlainValue(dict[str, Any]):
    """A stored struct; what an older version of its block did not have is None."""

    def __missing__(self, name: str) -> None:
        return None


def plain_values(stream: Any) -> list[Any]:
    """Values of a stream as stored: numbers, texts, lists, structs. No block is built, no file fetched.

    A list block stores its items as {"type": "item", "value": …, "id": …}; here they are the values alone.
    """
    return [_unwrapped(child["value"]) for child in stream.raw_data]


def _unwrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return PlainValue((name, _unwrapped(part)) for name, part in value.items())
    if isinstance(value, list):
        return [
            _unwrapped(item["value"] if isinstance(item, dict) and item.get("type") == "item" else item)
            for item in value
        ]
    return value
