"""The list of maturity records in the admin: added to, annulled, never changed."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import CreateView, IndexView, InspectView, SnippetViewSet

from services.levels.forms import LevelForm
from services.levels.policy import may_annul
from services.levels.recording import record_level
from services.models import MaturityRecord

PANELS = [panel for panel in MaturityRecord.panels if getattr(panel, "field_name", "") != "is_sample"]


def annul_button(record: MaturityRecord, user: Any) -> list[Button]:
    """The way to annul a record, for whoever may."""
    if record.is_annulled or not may_annul(user, record):
        return []
    return [Button(_("Annul"), url=reverse("levels:annul", args=[record.pk]), icon_name="cross", priority=20)]


class RecordView(CreateView):
    """The form of a new record."""

    def save_instance(self) -> MaturityRecord:
        return record_level(record=self.form.instance, user=self.request.user)

    def get_success_buttons(self) -> list[Any]:
        return []


class RecordsView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        """Nothing is done to many stored records at once."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.permission_policy.user_has_permission(self.request.user, "add"):
            return super().header_more_buttons
        by_file = Button(_("Record levels from a file"), url=reverse("levels:file"), icon_name="upload", priority=5)
        return [by_file, *super().header_more_buttons]

    def get_list_more_buttons(self, instance: MaturityRecord) -> list[Button]:
        return [*super().get_list_more_buttons(instance), *annul_button(instance, self.request.user)]


class RecordInspectView(InspectView):
    @property
    def header_more_buttons(self) -> list[Button]:
        return annul_button(self.object, self.request.user)


class MaturityRecordViewSet(SnippetViewSet):
    model = MaturityRecord
    icon = "success"
    menu_label = gettext_lazy("Levels")
    list_display = [
        "procedure",
        "unit",
        "level",
        "extent",
        "date",
        "decision_number",
        Column("state", label=gettext_lazy("Validity")),
    ]
    list_filter = {"level": ["exact"], "extent": ["exact"], "unit": ["exact"], "date": ["gte", "lte"]}
    search_backend_name = None
    search_fields = ["procedure__code", "decision_number"]
    ordering = ["-date"]
    inspect_view_enabled = True
    inspect_view_class = RecordInspectView
    add_view_class = RecordView
    index_view_class = RecordsView
    copy_view_enabled = False
    edit_handler = ObjectList([*PANELS, FieldPanel("as_entered")], base_form_class=LevelForm)
