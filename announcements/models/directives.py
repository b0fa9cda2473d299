"""Official documents in which the leadership directs (văn bản chỉ đạo, điều hành), and their index."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from announcements import reference
from announcements.forms import DirectiveForm
from announcements.models.types import DocumentType
from announcements.presentation import directive_context
from announcements.querysets import DirectiveQuerySet
from core.blocks import BodyBlock
from core.files import Attachment
from core.models import BasePage, IndexPageMixin
from core.page_cache import today
from core.publishing import MissingItem
from departments.models import Department, Field


class Urgency(models.TextChoices):
    URGENT = "khan", _("Urgent")
    VERY_URGENT = "thuong_khan", _("Very urgent")
    EXPRESS = "hoa_toc", _("Express")


class Authority(models.TextChoices):
    """By what authority the document is signed (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

    ON_BEHALF = "TM", _("on behalf of (TM.)")
    FOR = "KT", _("for (KT.)")
    BY_ORDER = "TL", _("by order of (TL.)")
    BY_DELEGATION = "TUQ", _("by delegation of (TUQ.)")
    ACTING = "Q", _("acting (Q.)")


class DirectivePage(BasePage):
    """An official document: reference, type, issuer, dates, signer, abstract, text, files."""

    index_model = "announcements.DirectiveIndexPage"

    reference = models.CharField(_("number and symbol"), max_length=80, help_text=_("For example 45/KH-UBND."))
    reference_key = models.CharField(max_length=80, editable=False, db_index=True)
    number = models.PositiveIntegerField(null=True, editable=False)
    document_type = models.ForeignKey(
        DocumentType, verbose_name=_("type"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issuer = models.ForeignKey(
        Department, verbose_name=_("issuer"), null=True, blank=True, on_delete=models.PROTECT, related_name="issued"
    )
    drafting_unit = models.ForeignKey(
        Department, verbose_name=_("drafting unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField(_("date of issue"), null=True, blank=True, db_index=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expires_on = models.DateField(_("in force until"), null=True, blank=True)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    authority = models.CharField(_("authority"), max_length=10, blank=True, choices=Authority)
    abstract = models.TextField(
        _("abstract"), blank=True, help_text=_("The whole abstract; the title is its short form.")
    )
    field = models.ForeignKey(
        Field, verbose_name=_("field"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    urgency = models.CharField(_("urgency"), max_length=20, blank=True, choices=Urgency)
    recipients = models.TextField(_("recipients"), blank=True)
    body = StreamField(BodyBlock(required=False), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(DirectiveQuerySet)()

    base_form_class = DirectiveForm
    content_panels = [
        FieldRowPanel([FieldPanel("reference"), FieldPanel("document_type")]),
        FieldPanel("abstract"),
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("drafting_unit")]),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on"), FieldPanel("expires_on")]),
        InlinePanel("files", label=_("file"), heading=_("Files")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("signer"), FieldPanel("position"), FieldPanel("authority")]),
                FieldRowPanel([FieldPanel("field"), FieldPanel("urgency")]),
                FieldPanel("recipients"),
            ],
            heading=_("Further particulars"),
        ),
    ]
    parent_page_types = ["departments.DepartmentPage"]
    subpage_types: list[str] = []
    template = "announcements/directive_page.html"
    override_translatable_fields = [SynchronizedField("reference"), TranslatableField("abstract")]

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")

    def full_clean(self, *args, **kwargs) -> None:
        self._read_reference()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.effective_on and self.expires_on and self.expires_on < self.effective_on:
            raise ValidationError({"expires_on": _("The document cannot end before it begins.")})
        if self.issued_on and self.issued_on > today():
            raise ValidationError({"issued_on": _("The date of issue lies in the future.")})

    def _read_reference(self) -> None:
        """Put the reference into its canonical form and keep its parts; ValidationError where it cannot be read."""
        try:
            parsed = reference.parse(self.reference)
        except reference.InvalidReference as error:
            raise ValidationError(
                {"reference": _now("This is no document number: %(reason)s") % {"reason": error}}
            ) from error
        self.reference, self.reference_key, self.number = parsed.text, parsed.key, parsed.number

    @property
    def validity(self) -> str:
        """State on today's date: pending, in_force or expired; computed, never stored."""
        return validity_on(self.effective_on, self.expires_on, today())

    def missing_items(self) -> list[MissingItem]:
        """Type, number, date, issuer, abstract, and a file or a text (NĐ 30/2020; domain practice)."""
        required = [
            ("document_type", self.document_type_id, _now("Missing for publishing: type of document.")),
            ("issued_on", self.issued_on, _now("Missing for publishing: date of issue.")),
            ("issuer", self.issuer_id, _now("Missing for publishing: issuer.")),
            ("abstract", self.abstract.strip(), _now("Missing for publishing: abstract.")),
            ("body", len(self.body) or self.files.all(), _now("Missing for publishing: a file or the text.")),
        ]
        return [MissingItem(field, field, message) for field, given, message in required if not given]

    def namesakes(self):
        """Other documents with the same reference of the same issuer in the same year: probably entered twice."""
        if not (self.issued_on and self.issuer_id and self.reference_key):
            return DirectivePage.objects.none()
        same = DirectivePage.objects.filter(
            reference_key=self.reference_key,
            issuer_id=self.issuer_id,
            issued_on__year=self.issued_on.year,
            locale_id=self.locale_id,
        )
        return same.exclude(pk=self.pk)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | directive_context(self, request)


def validity_on(effective_on: date | None, expires_on: date | None, day: date) -> str:
    if effective_on and effective_on > day:
        return "pending"
    return "expired" if expires_on and expires_on < day else "in_force"


class DirectiveFile(Attachment):
    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="files")


class DirectiveIndexPage(IndexPageMixin, BasePage):
    """List of official documents, newest first by date of issue."""

    listed_model = "announcements.DirectivePage"
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "announcements/directive_index_page.html"

    class Meta:
        verbose_name = _("list of official documents")
