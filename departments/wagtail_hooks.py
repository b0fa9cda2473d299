"""Units and fields in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from departments.models import Department, Field


class DepartmentViewSet(SnippetViewSet):
    model = Department
    icon = "group"
    menu_label = _("Units")
    list_display = ["name", "short_name", "abbreviation", "kind", "phone", "valid_to"]
    list_filter = ["kind"]
    search_backend_name = None
    search_fields = ["name", "short_name", "abbreviation", "aliases"]
    ordering = ["name"]
    edit_handler = ObjectList(Department.panels)


class FieldViewSet(SnippetViewSet):
    model = Field
    icon = "tag"
    menu_label = _("Fields")
    list_display = ["name", "name_en", "slug"]
    search_backend_name = None
    search_fields = ["name", "name_en"]


class DepartmentGroup(SnippetViewSetGroup):
    items = (DepartmentViewSet, FieldViewSet)
    menu_label = _("Units and fields")
    menu_icon = "group"
    menu_order = 200


register_snippet(DepartmentGroup)
