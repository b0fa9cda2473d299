"""The admin's list of files, with a column and a filter that show which files nobody can search."""

from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import DocumentsFilterSet, IndexView

from core.models import PortalDocument


class DocumentFilterSet(DocumentsFilterSet):
    class Meta(DocumentsFilterSet.Meta):
        fields = ["text_state"]


class DocumentListView(IndexView):
    filterset_class = DocumentFilterSet

    @cached_property
    def columns(self):
        field = PortalDocument._meta.get_field("text_state")
        state = Column("text_state", label=field.verbose_name.capitalize(), accessor="get_text_state_display")
        return [*super().columns, state]
