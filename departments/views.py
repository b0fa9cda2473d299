"""Admin view that gives a unit its section and rights, after asking."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from departments.models import Department
from departments.opening import missing_sections, open_sections
from departments.roles import UNIT_ROLES

LIST = "wagtailsnippets_departments_department:list"


class ProvideUnitView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """GET says what would be made, POST makes it."""

    model = Department
    permission_required = "provide"
    page_title = gettext_lazy("Section and rights of the unit")
    header_icon = "group"
    template_name = "departments/admin/provide.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        units = {"url": reverse(LIST), "label": capfirst(Department._meta.verbose_name_plural)}
        return [*self.breadcrumbs_items, units, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.department = get_object_or_404(Department, pk=pk)
        languages = [index.locale.get_display_name() for index in missing_sections(self.department)]
        roles = [str(role.group) for role in UNIT_ROLES]
        return self.render_to_response(
            self.get_context_data(department=self.department, languages=languages, roles=roles)
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        department = get_object_or_404(Department, pk=pk)
        pages = open_sections(department=department, user=request.user)
        text = _("“%(unit)s” has its groups, its collection of files and %(number)d new pages as drafts.")
        edit = [
            messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title)
            for page in pages
            if page.permissions_for_user(request.user).can_edit()
        ]
        messages.success(request, text % {"unit": department.name, "number": len(pages)}, buttons=edit)
        return redirect(LIST)
