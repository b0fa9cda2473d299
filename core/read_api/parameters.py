"""Query parameters of the read API, made from the very filters of the pages: described once, checked once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.filters import DayField, FacetField, ListFilter
from core.page_cache import per_version
from core.read_api.problems import BadParameters

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
DEFAULT_LIMIT, MOST = 20, 200
PAGING = ("limit", "cursor")

Parameter = dict[str, Any]
FilterFactory = Callable[[QueryDict, int], ListFilter]

LOCALE: Parameter = {
    "name": "locale",
    "in": "query",
    "required": False,
    "description": "Language of texts and labels. Pages that are not there in this language are left out.",
    "schema": {"type": "string", "enum": list(LANGUAGES), "default": settings.LANGUAGE_CODE},
}
LIMIT: Parameter = {
    "name": "limit",
    "in": "query",
    "required": False,
    "description": "The most items to give at once.",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
}
CURSOR: Parameter = {
    "name": "cursor",
    "in": "query",
    "required": False,
    "description": "Where to go on: taken from `next` of the answer before, never made up.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
}


# --- description ------------------------------------------------------------------------------------------------------


def described(
    fields: Mapping[str, forms.Field] | None = None, required: Iterable[str] = (), *, paged: bool = True
) -> dict[str, Any]:
    """OpenAPI parameters of an operation: those of a list with these filters, or, without any, of one record.

    `paged` is False for an operation with filters that gives everything at once.
    """
    with translation.override("en"):
        filters = [_parameter(name, field, name in required) for name, field in (fields or {}).items()]
    paging = [] if fields is None or not paged else [LIMIT, CURSOR]
    return {"parameters": [*filters, LOCALE, *paging]}


def _parameter(name: str, field: forms.Field, required: bool) -> Parameter:
    found: Parameter = {"name": name, "in": "query", "required": required, "description": _description(field)}
    if isinstance(field, FacetField):
        return found | {"schema": {"type": "array", "items": _facet_value(field)}, "style": "form", "explode": True}
    if isinstance(field, DayField):
        return found | {"schema": {"type": "string", "format": "date"}}
    length = {"maxLength": field.max_length} if getattr(field, "max_length", None) else {}
    return found | {"schema": {"type": "string", **({"minLength": 1} if required else {}), **length}}


def _is_vocabulary(field: FacetField) -> bool:
    """True where editors or the calendar change the values: they are read when they are needed, never described."""
    return isinstance(field.choices, CallableChoiceIterator)


def _facet_value(field: FacetField) -> dict[str, Any]:
    if _is_vocabulary(field):
        return {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
    return {"type": "string", "enum": [str(value) for value, _label in field.choices]}


def _description(field: forms.Field) -> str:
    label = f"{field.label}."
    if isinstance(field, DayField):
        meaning = field.help_text or "The day itself belongs to the range."
        return f"{label} {meaning} Written as 2019-11-15 or 15/11/2019."
    if not isinstance(field, FacetField):
        return f"{label} {field.help_text}".strip()
    if _is_vocabulary(field):
        return f"{label} Short words of the portal's own vocabulary, as items carry them. Several: any of them."
    values = "; ".join(f"`{value}` {text}" for value, text in field.choices)
    return f"{label} {values}. Several: any of them."


# --- checking ---------------------------------------------------------------------------------------------------------


def wanted_language(request: HttpRequest) -> str:
    """The language asked for; the portal's own where it is not one of its languages (see `check_names`)."""
    wanted = request.GET.get("locale", settings.LANGUAGE_CODE)
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE


@per_version
def _locale_ids() -> Mapping[str, int]:
    return dict(Locale.objects.values_list("language_code", "pk"))


def locale_id(request: HttpRequest) -> int:
    """Id of the language asked for; 0, which no page has, where the portal has no pages in it."""
    return _locale_ids().get(wanted_language(request), 0)


def check_names(request: HttpRequest, fields: Mapping[str, forms.Field] | None = None) -> None:
    """BadParameters for parameters that nobody knows, that stand twice where one is meant, or for a wrong language."""
    if errors := _name_errors(request, fields):
        raise BadParameters(errors)


def read_filters(request: HttpRequest, make: FilterFactory, *, paged: bool = True) -> ListFilter:
    """The filters of a list, checked; BadParameters with every parameter at fault."""
    filters = make(request.GET, locale_id(request))
    errors = _name_errors(request, filters.fields, paged)
    errors += [(name, str(reason)) for name, reasons in filters.errors.items() for reason in reasons]
    if errors:
        raise BadParameters(errors)
    return filters


def _name_errors(
    request: HttpRequest, fields: Mapping[str, forms.Field] | None, paged: bool = True
) -> list[tuple[str, str]]:
    paging = dict.fromkeys(PAGING) if paged else {}
    known = {"locale": None, **({} if fields is None else {**fields, **paging})}
    errors = []
    for name, values in request.GET.lists():
        if name not in known:
            errors.append((name, _("There is no such parameter.")))
        elif len(values) > 1 and not isinstance(known[name], FacetField):
            errors.append((name, _("This parameter may be given only once.")))
        elif values == [""] and isinstance(known[name], DayField):
            errors.append((name, _("Leave the parameter out where no day is meant.")))
    if request.GET.get("locale", settings.LANGUAGE_CODE) not in LANGUAGES:
        errors.append(("locale", _("The language must be one of %(values)s.") % {"values": ", ".join(LANGUAGES)}))
    return errors
