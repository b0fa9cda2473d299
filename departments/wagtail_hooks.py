"""Units and fields in the admin's menu; whoever adds a unit is offered its section and rights."""

from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from departments.models import Department, Field
from departments.opening import is_complete
from departments.rights_log import ACTION
from departments.views import ProvideUnitView


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
    menu_order = 500


register_snippet(DepartmentGroup)


@hooks.register("register_log_actions")
def rights_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(ACTION, _("Change the rights of a role"), _("Rights brought to what the role has"))


@hooks.register("register_admin_urls")
def provisioning_urls():
    return [path("departments/<int:pk>/provide/", ProvideUnitView.as_view(), name="departments_provide")]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def offer_section(request, instance) -> None:
    """A unit that has no section or no groups yet gets them with one more click, if it is wanted."""
    if not isinstance(instance, Department) or is_complete(instance):
        return
    if request.user.has_perm("departments.provide_department"):
        text = gettext("“%(unit)s” cannot publish yet: it has no section of its own, or nobody has rights in it.")
        buttons = [messages.button(_provide_url(instance), gettext("Give it a section and rights"))]
        messages.warning(request, text % {"unit": instance.name}, buttons=buttons)


@hooks.register("register_snippet_listing_buttons")
def section_button(snippet, user, next_url=None):
    if isinstance(snippet, Department) and user.has_perm("departments.provide_department"):
        yield Button(gettext("Section and rights"), _provide_url(snippet), priority=60, icon_name="group")


def _provide_url(department: Department) -> str:
    return reverse("departments_provide", args=[department.pk])
