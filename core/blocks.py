"""Blocks that texts of every kind share."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


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
