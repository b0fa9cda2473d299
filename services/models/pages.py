"""The text of a procedure in one language, and the catalogue's index page."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.addresses import index_address
from core.models import BasePage
from core.page_cache import per_version, today
from core.publishing import MissingItem
from departments.models import Department
from services import blocks, completeness
from services.maturity import current_records
from services.models.procedures import Audience, Procedure, RelatedProcedure
from services.national.panel import NationalPanel
from services.presentation import service_context
from services.querysets import ServicePageQuerySet


def stream(name: str, block) -> StreamBlock:
    return StreamBlock([(name, block)], required=False)


class ServicePage(BasePage):
    """A public service (dịch vụ công): the text of a procedure as readers see it."""

    index_model = "services.ServiceIndexPage"
    served_with = ("procedure__field",)

    procedure = models.ForeignKey(
        Procedure, verbose_name=_("procedure"), on_delete=models.PROTECT, related_name="pages"
    )
    full_name = models.TextField(_("full name"), blank=True, help_text=_("As announced; the title is its short form."))
    agency_text = models.TextField(
        _("executing agency"), blank=True, help_text=_("As the procedure names it; the units are in its record.")
    )
    competent_unit = models.ForeignKey(
        Department, verbose_name=_("competent unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    competent_text = models.TextField(_("competent agency"), blank=True)
    place = models.CharField(_("where to apply"), max_length=255, blank=True)
    place_note = models.CharField(_("note on the place"), max_length=255, blank=True)
    steps = StreamField(stream("step", blocks.StepBlock()), verbose_name=_("steps"), blank=True)
    channels = StreamField(stream("channel", blocks.ChannelBlock()), verbose_name=_("ways of applying"), blank=True)
    cases = StreamField(stream("case", blocks.CaseBlock()), verbose_name=_("papers"), blank=True)
    dossier_count = models.PositiveSmallIntegerField(_("number of dossiers"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    conditions = models.TextField(_("requirements and conditions"), blank=True)
    legal_bases = StreamField(
        stream("legal_basis", blocks.LegalBasisBlock()), verbose_name=_("legal bases"), blank=True
    )
    decision_number = models.CharField(_("announcing decision"), max_length=120, blank=True)
    decision_date = models.DateField(_("date of the decision"), null=True, blank=True)
    apply_url = models.URLField(_("address for applying online"), max_length=500, blank=True)
    source_url = models.URLField(_("page in the national database"), max_length=500, blank=True)
    keywords = models.TextField(
        _("keywords"), blank=True, help_text=_("One a line: how people call this service. Search reads them.")
    )
    #: digest of the imported record, so that a second import of the same file changes nothing
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = PageManager.from_queryset(ServicePageQuerySet)()

    content_panels = [
        NationalPanel(heading=_("The national list says otherwise")),
        *BasePage.content_panels,
        FieldPanel("procedure"),
        FieldPanel("full_name"),
        FieldPanel("cases"),
        FieldPanel("dossier_count"),
        FieldPanel("channels"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("place_note")]),
        FieldPanel("apply_url"),
        FieldPanel("steps"),
        FieldPanel("result"),
        FieldPanel("conditions"),
        FieldPanel("agency_text"),
        FieldRowPanel([FieldPanel("competent_unit"), FieldPanel("competent_text")]),
        FieldPanel("legal_bases"),
        FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decision_date")]),
        FieldPanel("keywords"),
        FieldPanel("source_url"),
    ]
    parent_page_types = ["departments.DepartmentPage"]
    subpage_types: list[str] = []
    template = "services/service_page.html"
    override_translatable_fields = [
        SynchronizedField("apply_url"),
        SynchronizedField("source_url"),
        SynchronizedField("decision_number"),
        TranslatableField("keywords"),
    ]

    class Meta:
        verbose_name = _("public service")
        verbose_name_plural = _("public services")

    def clean(self) -> None:
        super().clean()
        if self.procedure_id and self.locale_id:
            twin = ServicePage.objects.filter(procedure_id=self.procedure_id, locale_id=self.locale_id)
            if twin.exclude(pk=self.pk).exists():
                raise ValidationError({"procedure": _("This procedure has a page in this language already.")})

    # --- the publish gate ------------------------------------------------------------------------------------------

    def missing_items(self) -> list[MissingItem]:
        return completeness.missing(self, self.requirement())

    def requirement(self) -> completeness.Requirement:
        """What the highest level in force today, of any unit, asks of this page."""
        records = current_records(self.procedure.counting_records, today()) if self.procedure_id else {}
        return completeness.Requirement.highest(
            completeness.Requirement.of(record.level, record.extent, record.flags) for record in records.values()
        )

    @property
    def channel_values(self) -> list:
        return [child.value for child in self.channels]

    @property
    def papers(self) -> list:
        """Papers of all cases, in order."""
        return [paper for case in self.cases for paper in case.value["papers"]]

    @property
    def has_papers(self) -> bool:
        return bool(self.papers)

    @property
    def has_form(self) -> bool:
        return any(paper.get("form") for paper in self.papers)

    @property
    def has_time_limit(self) -> bool:
        return any(
            channel.get("time_value") is not None or (channel.get("time_text") or "").strip()
            for channel in self.channel_values
        )

    @property
    def has_audience(self) -> bool:
        return bool(self.procedure_id) and self.procedure.audiences.exists()

    @property
    def has_agency(self) -> bool:
        if self.agency_text.strip() or self.competent_text.strip() or self.competent_unit_id:
            return True
        return bool(self.procedure_id) and self.procedure.units.exists()

    @property
    def is_free(self) -> bool:
        """True where no channel states a fee above nothing."""
        fees = [fee for channel in self.channel_values for fee in channel.get("fees") or []]
        return all(fee.get("amount") == 0 for fee in fees)

    @cached_property
    def display_name(self) -> str:
        return self.full_name or self.title

    schema_type = "GovernmentService"

    @cached_property
    def audiences(self) -> Sequence[Audience]:
        return audiences_by_procedure().get(self.procedure_id, ())

    @property
    def identifier(self) -> str:
        return self.procedure.code

    def structured_data(self) -> list[tuple[str, str]]:
        """GovernmentService of schema.org, as far as it has words for a procedure."""
        properties = [
            ("provider", self.competent_text or self.agency_text),
            ("serviceOperator", self.agency_text),
            ("category", self.procedure.field.name),
            ("audience", ", ".join(audience.name for audience in self.audiences)),
            ("serviceOutput", self.result),
            ("termsOfService", self.conditions),
        ]
        return super().structured_data() + [(name, content) for name, content in properties if content]

    def breadcrumbs(self, request) -> list[dict[str, str]]:
        field, address = self.procedure.field, index_address(self.index_model, self.locale_id)
        url = f"{address.path}?field={field.slug}" if address else ""
        return [*super().breadcrumbs(request), {"title": field.local_name, "url": url}]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs) | service_context(self)
        field = self.procedure.field
        address = index_address(self.index_model, self.locale_id)
        context["field"] = {"name": field.local_name, "url": f"{address.path}?field={field.slug}" if address else ""}
        context["related"] = related_links(self.procedure_id, self.locale_id)
        return context


@per_version
def audiences_by_procedure() -> Mapping[int, Sequence[Audience]]:
    """Audiences in their order; read for all procedures at once, since every service's page names its own."""
    found: dict[int, list[Audience]] = {}
    links = Procedure.audiences.through.objects.select_related("audience")
    for link in links.order_by(*(f"audience__{name}" for name in Audience._meta.ordering)):
        found.setdefault(link.procedure_id, []).append(link.audience)
    return found


@per_version
def related_links(procedure_id: int, locale_id: int) -> list[dict[str, str]]:
    """Name and address of the services related to one, those that are there in the language."""
    targets = RelatedProcedure.objects.filter(procedure=procedure_id).values("target")
    pages = ServicePage.objects.readable(locale_id).filter(procedure__in=targets)
    return [{"title": page.title, "url": page.get_url() or ""} for page in pages]
