"""From the results of a search on to a list of the catalogue: that of the field which the first hits share, or all."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.addresses import index_address
from core.languages import locale_of
from core.page_cache import per_version
from core.templatetags.portal import vn_number
from departments.vocabularies import field_names
from search.kinds import Known
from services.catalogue import catalogue
from services.models import ServicePage

#: so many services that answer best tell which field is meant
ASKED = 3


def browse(request: HttpRequest, found: Sequence[Known]) -> dict[str, str] | None:
    """None where the language has no catalogue."""
    locale_id = locale_of(get_language()).pk
    address = index_address(ServicePage.index_model, locale_id)
    if address is None:
        return None
    field = _field_of(found)
    if field not in field_names() or not (number := _counts(locale_id).get(field)):
        return {"text": _("look through the whole catalogue of services"), "url": address.path}
    words = {"field": field_names()[field], "n": vn_number(number)}
    return {
        "text": _("see all services of the field %(field)s (%(n)s)") % words,
        "url": f"{address.path}?field={field}",
    }


def _field_of(found: Sequence[Known]) -> str:
    """The field that the first services have in common; "" where they have none."""
    first = [tuple(entry.facets.get("field", ())) for entry in found if entry.kind == "service"][:ASKED]
    return first[0][0] if len(set(first)) == 1 and first[0] else ""


@per_version
def _counts(locale_id: int) -> dict[str, int]:
    """How many services the catalogue lists of each field."""
    listed = catalogue(locale_id)
    return dict(listed.count(listed.everything, "field"))
