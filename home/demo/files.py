"""Small PDF files with a text layer, made from the demo's own texts."""

import io
from collections.abc import Iterable
from functools import cache

from django.core.files.base import ContentFile
from font_roboto import Roboto
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from core.models import PortalDocument

FONT = "Roboto"


@cache
def _styles() -> tuple[ParagraphStyle, ParagraphStyle, ParagraphStyle]:
    pdfmetrics.registerFont(TTFont(FONT, Roboto))
    text = ParagraphStyle("text", fontName=FONT, fontSize=11.5, leading=18, spaceAfter=6)
    title = ParagraphStyle("title", parent=text, fontSize=15, leading=22, alignment=TA_CENTER, spaceAfter=12)
    head = ParagraphStyle("head", parent=text, fontSize=10, leading=15, alignment=TA_CENTER, spaceAfter=2)
    return text, title, head


def pdf(title: str, head: Iterable[str], lines: Iterable[str]) -> bytes:
    """An A4 file: lines of the head, the title, the text."""
    text_style, title_style, head_style = _styles()
    buffer = io.BytesIO()
    margins = {"leftMargin": 25 * mm, "rightMargin": 20 * mm, "topMargin": 20 * mm, "bottomMargin": 20 * mm}
    document = SimpleDocTemplate(buffer, pagesize=A4, title=title, lang="vi", invariant=1, **margins)
    story = [Paragraph(line, head_style) for line in head]
    story += [Spacer(1, 8 * mm), Paragraph(title, title_style)]
    story += [Paragraph(line, text_style) for line in lines]
    document.build(story)
    return buffer.getvalue()


def provide_document(name: str, title: str, head: Iterable[str], lines: Iterable[str]) -> PortalDocument:
    """The demo's file `name`.pdf: made once, found again by its title and name on later runs."""
    found = PortalDocument.objects.filter(title=title, file__contains=name.replace(" ", "_")).first()
    if found:
        return found
    content = pdf(title, head, lines)
    document = PortalDocument(title=title, file_size=len(content))
    document.file.save(f"{name}.pdf", ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return document
