"""A unit's section: the page under which it publishes, and the list of all units."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from core.blocks import BodyBlock
from core.models import BasePage, SectionMixin
from core.page_cache import today
from departments.models.records import Department
from departments.presentation import index_context, page_context


class DepartmentIndexPage(BasePage):
    """List of all units by kind."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["departments.DepartmentPage"]
    template = "departments/department_index_page.html"

    class Meta:
        verbose_name = _("list of units")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class DepartmentPage(SectionMixin, BasePage):
    """A unit's section; its announcements, documents and services live under it."""

    department = models.ForeignKey(Department, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="pages")
    duties = StreamField(BodyBlock(required=False), verbose_name=_("duties"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("department"),
        FieldPanel("duties"),
        InlinePanel("leaders", label=_("leader"), heading=_("Leaders")),
    ]
    parent_page_types = ["departments.DepartmentIndexPage"]
    template = "departments/department_page.html"
    override_translatable_fields = [SynchronizedField("slug"), TranslatableField("summary")]

    class Meta:
        verbose_name = _("section of a unit")
        verbose_name_plural = _("sections of units")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | page_context(self, request)

    @property
    def is_closed(self) -> bool:
        return self.department.has_ended(today())


class DepartmentLeader(Orderable):
    """Somebody who leads the unit: name, position, tasks, telephone."""

    page = ParentalKey(DepartmentPage, on_delete=models.CASCADE, related_name="leaders")
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=120)
    task = models.CharField(_("in charge of"), max_length=255, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)

    panels = [FieldPanel("name"), FieldPanel("position"), FieldPanel("task"), FieldPanel("phone")]

    def __str__(self) -> str:
        return self.name
