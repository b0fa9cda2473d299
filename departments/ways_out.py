"""From the results of a search on to somebody to ask: the unit of the first hit, or the list of all units."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.addresses import index_address
from core.languages import locale_of
from core.page_cache import per_version
from departments.models import DepartmentPage
from search.kinds import Known


def contact(request: HttpRequest, found: Sequence[Known]) -> dict[str, str] | None:
    """None where the language has no list of units."""
    locale_id = locale_of(get_language()).pk
    units = tuple(found[0].facets.get("unit", ())) if found else ()
    if len(units) == 1 and units[0] in _pages(locale_id):
        name, url = _pages(locale_id)[units[0]]
        return {"text": _("ask %(unit)s") % {"unit": name}, "url": url}
    address = index_address("departments.DepartmentIndexPage", locale_id)
    return {"text": _("find the unit to ask"), "url": address.path} if address else None


@per_version
def _pages(locale_id: int) -> Mapping[str, tuple[str, str]]:
    """Name and address of the readable page of each unit, by the unit's slug."""
    pages = DepartmentPage.objects.live().public().filter(locale_id=locale_id).select_related("department")
    return {page.department.slug: (page.title, page.get_url() or "") for page in pages}
