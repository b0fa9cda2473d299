from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.blocks import BodyBlock
from core.models import BasePage
from home.presentation import front_context


class HomePage(BasePage):
    """Front page of one language: the search box first, then what people come for."""

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.ContentPage",
        "departments.DepartmentIndexPage",
        "services.ServiceIndexPage",
        "plans.PlanIndexPage",
        "announcements.DirectiveIndexPage",
        "announcements.AnnouncementIndexPage",
    ]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | front_context(self, request)


class ContentPage(BasePage):
    """A plain page: about, help, accessibility, privacy."""

    body = StreamField(BodyBlock(required=False), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    template = "home/content_page.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
