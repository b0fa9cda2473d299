from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from core.admin_search import folded_words
from core.file_text.extraction import Problem, State


class FoldedTitle:
    """The admin's search finds a title by its words without marks, too."""

    search_fields = [index.AutocompleteField("folded_title"), index.SearchField("folded_title")]

    def folded_title(self) -> str:
        return folded_words(self.title)


class PortalImage(FoldedTitle, AbstractImage):
    """A picture with the words that stand for it where it cannot be seen."""

    alt_text = models.CharField(_("alternative text"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt_text")
    search_fields = [*AbstractImage.search_fields, *FoldedTitle.search_fields]

    class Meta(AbstractImage.Meta):
        permissions = [("choose_portalimage", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]


class PortalDocument(FoldedTitle, AbstractDocument):
    """A file: served by a view that asks for rights, so a draft's file stays with its editors.

    What the file says is read in the background (`core.file_text`); `text_made_from` is the name of the file read:
    storage gives the same to no two files one after the other.
    """

    text_state = models.CharField(
        _("text layer"), max_length=10, choices=State.choices, default=State.WAITING, editable=False, db_index=True
    )
    text_problem = models.CharField(max_length=10, choices=Problem.choices, blank=True, editable=False)
    text_made_from = models.CharField(max_length=255, blank=True, editable=False)
    page_count = models.PositiveIntegerField(_("number of pages"), null=True, editable=False)

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, *FoldedTitle.search_fields, index.FilterField("text_state")]
    #: the rows of files on public pages say how many pages a file has
    shown_to_readers = True
    TEXT_FIELDS = ("text_state", "text_problem", "text_made_from", "page_count")

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_portaldocument", "Can choose document")]

    @property
    def text_notice(self) -> str:
        """What the editor of the file should know: why nobody will find it by what it says."""
        if self.text_state == State.NO_TEXT:
            return gettext(
                "This file is a scan without a text layer: it cannot be found by what it says, and screen readers have "
                "nothing to read out. Recognise its text (OCR) or export it from the word processor, then replace it."
            )
        if self.text_state == State.TOO_LARGE:
            return gettext("This file is too large: it cannot be found by what it says.")
        if self.text_state == State.FAILED:
            return gettext("This file cannot be found by what it says. %(reason)s") % {
                "reason": self.get_text_problem_display()
            }
        return ""

    @property
    def has_text_layer(self) -> bool:
        return self.text_state == State.DONE and self.file_extension.lower() == "pdf"

    def save(self, *args: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
        """What was read of another file is no longer said of this one."""
        if self.text_state != State.WAITING and self.text_made_from != self.file.name:
            self.text_state, self.text_problem, self.page_count = State.WAITING, "", None
            if update_fields is not None:
                update_fields = {*update_fields, *self.TEXT_FIELDS}
        super().save(*args, update_fields=update_fields, **kwargs)


class DocumentText(models.Model):
    """The words of a file, apart from it: they are long, and lists of files need none."""

    document = models.OneToOneField(PortalDocument, on_delete=models.CASCADE, primary_key=True, related_name="text_row")
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.document_id}: {self.text[:60]}"
