"""Official documents in which the leadership directs (văn bản chỉ đạo, điều hành)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from announcements import reference
from announcements.forms import DirectiveForm
from announcements.models.relations import DirectiveRelation
from announcements.models.types import DocumentType
from announcements.presentation import directive_context
from announcements.querysets import DirectiveQuerySet
from announcements.titles import made_slug, short_title
from announcements.validity import Change, State, Validity, state_on
from announcements.wording import reference_error
from core.blocks import BodyBlock
from core.files import Attachment
from core.models import BasePage
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
        _("abstract"),
        blank=True,
        help_text=_("The whole abstract, of any length. The title is its short form: made from it where left empty."),
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
        InlinePanel("relations", label=_("relation"), heading=_("What it does to earlier documents")),
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
    override_translatable_fields = [
        SynchronizedField("reference"),
        SynchronizedField("signer"),
        TranslatableField("abstract"),
    ]

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")

    # --- what is made from other fields ----------------------------------------------------------------------------

    def full_clean(self, *args, **kwargs) -> None:
        self.complete()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.complete()
        super().minimal_clean()

    def complete(self) -> None:
        """Make the parts of the reference, a missing title and slug; an unreadable reference is left to `clean`."""
        try:
            parsed = reference.parse(self.reference)
        except reference.InvalidReference:
            self.reference_key, self.number = "", None
        else:
            self.reference, self.reference_key, self.number = parsed.text, parsed.key, parsed.number
        if self.title in ("", self.reference):
            self.title = self.made_title
        if not self.slug:
            self.slug = self.find_free_slug(made_slug(self.reference, self.issued_on, self.title))

    @property
    def made_title(self) -> str:
        """The short form of the abstract; the reference where a draft has no abstract yet."""
        return short_title(self.abstract) or self.reference

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.reference and (message := reference_error(self.reference)):
            errors["reference"] = message
        if self.begins_on and self.expires_on and self.expires_on < self.begins_on:
            errors["expires_on"] = _("The document cannot end before it begins.")
        if self.issued_on and self.issued_on > today():
            errors["issued_on"] = _("The date of issue lies in the future.")
        if errors:
            raise ValidationError(errors)

    # --- validity --------------------------------------------------------------------------------------------------

    @cached_property
    def changing_relations(self) -> list[DirectiveRelation]:
        """What later documents that everybody may read do to this one, the latest first."""
        if not self.pk:
            return []
        sources = DirectivePage.objects.readable(self.locale_id)
        relations = DirectiveRelation.objects.filter(target_id=self.pk, page__in=sources)
        found = relations.exclude(page=self.pk).select_related("page__document_type").order_by("pk")
        dated = [relation for relation in found if relation.page.begins_on]
        return sorted(dated, key=lambda relation: relation.page.begins_on, reverse=True)

    @property
    def begins_on(self) -> date | None:
        """The first day in force: that of its issue where it names no other."""
        return self.effective_on or self.issued_on

    @property
    def state(self) -> State:
        """Validity on today's date: computed from dates and relations, never stored."""
        changes = [
            Change(relation.kind, relation.page_id, relation.page.begins_on) for relation in self.changing_relations
        ]
        return state_on(self.effective_on, self.expires_on, changes, today())

    @property
    def in_place_of_it(self) -> "DirectivePage":
        """What holds in its place: the end of the line of replacements; itself where nothing replaces it."""
        page, seen = self, {self.pk}
        while (state := page.state).validity is Validity.REPLACED and state.by and state.by.source not in seen:
            source = state.by.source
            seen.add(source)
            page = next(relation.page for relation in page.changing_relations if relation.page_id == source)
        return page

    def readable_targets(self, relations: Iterable[DirectiveRelation]) -> set[int]:
        """Ids of the documents that these relations aim at and everybody may read."""
        targets = [relation.target_id for relation in relations if relation.target_id]
        readable = DirectivePage.objects.readable(self.locale_id).filter(pk__in=targets)
        return set(readable.values_list("pk", flat=True)) if targets else set()

    # --- publish gate ----------------------------------------------------------------------------------------------

    def missing_items(self) -> list[MissingItem]:
        """Number, type, date, issuer, abstract, and a file or a text (NĐ 30/2020 Điều 8; NĐ 42/2022 Điều 4)."""
        required = [
            ("reference", self.reference.strip(), gettext("Missing for publishing: number and symbol.")),
            ("document_type", self.document_type_id, gettext("Missing for publishing: type of document.")),
            ("issued_on", self.issued_on, gettext("Missing for publishing: date of issue.")),
            ("issuer", self.issuer_id, gettext("Missing for publishing: issuer.")),
            ("abstract", self.abstract.strip(), gettext("Missing for publishing: abstract.")),
            ("body", len(self.body) or self.files.all(), gettext("Missing for publishing: a file or the text.")),
        ]
        return [MissingItem(field, field, message) for field, given, message in required if not given]

    @property
    def counted_from(self) -> date | None:
        """The day of signing (NĐ 43/2011/NĐ-CP, Điều 17)."""
        return self.issued_on

    # --- what templates are given ----------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        """Kế hoạch 45/KH-UBND."""
        kind = self.document_type.local_name if self.document_type else ""
        return f"{kind} {self.reference}".strip()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | directive_context(self, request, context["breadcrumbs"])


class DirectiveFile(Attachment):
    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="files")
