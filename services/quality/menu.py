"""The entry of the admin's menu that leads to what services lack."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from services.quality.reports import CompletenessReport
from services.quality.scope import scope_of_services


class CompletenessItem(MenuItem):
    """For those who read the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return scope_of_services(request.user) is not None


def completeness_menu_item() -> MenuItem:
    report = CompletenessReport
    url = reverse("editorial:report", args=[report.name])
    return CompletenessItem(report.title, url, name="completeness", icon_name="tasks", order=990)
