"""The list of services in the admin offers the whole catalogue as a file."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button

from services.exporting.files import FORMATS


class ServiceIndexView(PageListingViewSet.index_view_class):
    """The list, with a download in each format: for superusers with what is not live, so that it can be imported."""

    def get_header_more_buttons(self) -> list[Button]:
        return sorted([*super().get_header_more_buttons(), *_downloads(self.request.user)])


def _downloads(user: Any) -> list[Button]:
    route = "catalogue-files:all" if user.is_superuser else "catalogue-file"
    return [
        Button(
            _("Download the catalogue as %(format)s") % {"format": form.upper()},
            url=reverse(route, args=[form]),
            icon_name="download",
            priority=100 + at,
        )
        for at, form in enumerate(FORMATS)
    ]
