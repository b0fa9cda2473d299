"""Announcements (thông báo) of the units."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager

from announcements.presentation import announcement_context
from announcements.querysets import AnnouncementQuerySet
from core.blocks import BodyBlock
from core.files import Attachment
from core.models import BasePage
from core.page_cache import today


class AnnouncementKind(models.TextChoices):
    GENERAL = "general", _("General")
    SCHEDULE = "schedule", _("Schedules, receptions")
    RECRUITMENT = "recruitment", _("Recruitment")
    CONSULTATION = "consultation", _("Consultations")
    TENDER = "tender", _("Tenders, auctions")
    DISASTER = "disaster", _("Disasters, epidemics")
    OUTAGE = "outage", _("Interruptions of service")


class AnnouncementPage(BasePage):
    """An announcement: in force from a day, perhaps until a day, perhaps urgent."""

    index_model = "announcements.AnnouncementIndexPage"

    kind = models.CharField(_("kind"), max_length=20, choices=AnnouncementKind, default=AnnouncementKind.GENERAL)
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Shown above every page of the portal until the announcement expires.")
    )
    effective_on = models.DateField(_("date"), default=date.today, db_index=True)
    expires_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("From the next day on, the page says that it has expired.")
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(AnnouncementQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("is_urgent")]),
        FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
        FieldPanel("body"),
        InlinePanel("hotlines", label=_("hotline"), heading=_("Hotlines")),
        InlinePanel("files", label=_("file"), heading=_("Attachments")),
    ]
    parent_page_types = ["departments.DepartmentPage"]
    subpage_types: list[str] = []
    template = "announcements/announcement_page.html"

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    @property
    def has_expired(self) -> bool:
        """True from the day after the last day on."""
        return self.expires_on is not None and self.expires_on < today()

    @property
    def is_urgent_now(self) -> bool:
        return self.is_urgent and not self.has_expired and self.effective_on <= today()

    @property
    def dated_on(self) -> date:
        return dated_on(self.effective_on, self.first_published_at)

    def clean(self) -> None:
        super().clean()
        if self.expires_on and self.effective_on and self.expires_on < self.effective_on:
            raise ValidationError({"expires_on": _("The last day cannot come before the announcement's date.")})
        if self.is_urgent and not self.expires_on:
            raise ValidationError({"expires_on": _("An urgent announcement needs a last day.")})

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | announcement_context(self, request)


def dated_on(effective_on: date, published_at: datetime | None) -> date:
    """The day shown: that of publication; one entered later than it took effect keeps its own, earlier day."""
    return min(effective_on, timezone.localdate(published_at)) if published_at else effective_on


class AnnouncementFile(Attachment):
    page = ParentalKey(AnnouncementPage, on_delete=models.CASCADE, related_name="files")


class Hotline(Orderable):
    """A telephone number to ring about the announcement."""

    page = ParentalKey(AnnouncementPage, on_delete=models.CASCADE, related_name="hotlines")
    label = models.CharField(_("who answers"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=60)

    panels = [FieldPanel("label"), FieldPanel("phone")]

    def __str__(self) -> str:
        return f"{self.label}: {self.phone}"
