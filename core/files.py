"""Files attached to pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class Attachment(Orderable):
    """A file of a page with the name that readers see; subclasses add the page."""

    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("name shown"), max_length=255, blank=True)

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title or self.document.title


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a reader is told of a file before opening it: `size` in bytes, `kind` in capitals, `pages` where known.

    `has_text`: a PDF whose words can be searched and read out.
    """

    title: str
    url: str
    kind: str
    size: int | None
    pages: int | None = None
    has_text: bool = False


def file_row(document, title: str = "") -> FileRow:
    kind = PurePath(document.filename).suffix.lstrip(".").upper() or "TỆP"
    return FileRow(
        title or document.title,
        document.url,
        kind,
        document.get_file_size(),
        document.page_count,
        document.has_text_layer,
    )


def file_rows(attachments: Iterable[Attachment]) -> list[FileRow]:
    return [file_row(attachment.document, attachment.title) for attachment in attachments]


def attached(attachments: Iterable[Attachment]) -> list[tuple[int, str]]:
    """Number of each file and the name that readers see, "" where it is the file's own."""
    return [(attachment.document_id, attachment.title) for attachment in attachments]
