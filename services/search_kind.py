"""How search knows services: their texts, codes, facets, and what a hit shows."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.addresses import index_address
from core.blocks import plain_values
from core.facets import Chosen
from core.file_access import live_pages_with
from core.file_text.records import file_texts
from core.models import PortalDocument
from core.page_cache import per_version, per_version_each, per_version_few
from core.stream_files import files_in
from core.text import nfc
from departments.models import Department, Field
from departments.vocabularies import field_choices, field_names, unit_choices, unit_words
from search.analysis import find_code
from search.kinds import EntryData, Kind, Known, LiveFacets, SearchFacet
from services import wording
from services.catalogue import RESULTS_KEPT, CatalogueItem, all_items, item_of
from services.filters import LEVELS
from services.maturity import OnlineExtent
from services.models import Procedure, ProcedureAlias, ServicePage
from services.models.maturity import EXTENT_CHOICES

#: of services that answer a question equally well, those of the levels nearest to people come first
PRIORS = (("commune", 1.0), ("district", 0.7), ("province", 0.3))
#: what people call the levels and extents when they ask
LEVEL_WORDS = {
    str(level): (f"mức {level}", f"mức độ {level}", f"cấp độ {level}", f"level {level}") for level in range(1, 5)
}
EXTENT_WORDS = {
    OnlineExtent.FULL.value: ("toàn trình", "nộp trực tuyến", "nộp online", "làm online", "qua mạng", "fully online"),
    OnlineExtent.PARTIAL.value: ("một phần", "partially online"),
}


def entry(page: ServicePage) -> EntryData:
    procedure = page.procedure
    aliases = [alias.code for alias in procedure.aliases.all()]
    return EntryData(
        title=page.title,
        summary=page.summary,
        body="\n".join(_body(page)),
        keywords=tuple(line.strip() for line in page.keywords.splitlines() if line.strip()),
        identifiers=(procedure.code, *aliases),
        facets={
            "field": (procedure.field.slug,),
            "unit": tuple(unit.slug for unit in procedure.units.all()),
        },
        files=file_texts(files_in(page.cases)),
        date=page.last_published_at.date() if page.last_published_at else None,
        prior=_prior(procedure),
    )


def _prior(procedure: Any) -> float:
    return next((prior for tier, prior in PRIORS if getattr(procedure, f"at_{tier}")), 0.0)


def _body(page: ServicePage) -> Iterator[str]:
    """The long name, field, agencies, papers, steps, conditions, legal bases: raw values, no block is built."""
    yield from (page.full_name, page.procedure.field.name, page.agency_text, page.competent_text, page.result)
    for case in page.cases.raw_data:
        yield case["value"].get("name") or ""
        for paper in case["value"].get("papers", []):
            value = paper.get("value", paper)
            yield value.get("name") or ""
    for step in page.steps.raw_data:
        yield f"{step['value'].get('title') or ''} {step['value'].get('text') or ''}"
    yield page.conditions
    for basis in page.legal_bases.raw_data:
        yield f"{basis['value'].get('title') or ''} {basis['value'].get('number') or ''}"


def pages() -> QuerySet[ServicePage]:
    related = ("procedure__units", "procedure__aliases")
    return ServicePage.objects.select_related("procedure__field", "locale").prefetch_related(*related)


def recognise(text: str) -> Sequence[str]:
    """A national code in any sloppy form, else the text as typed where it may be an old local code."""
    code = find_code(text)
    if code:
        return (code,)
    typed = nfc(text).strip().upper()
    return (typed,) if any(char.isdigit() for char in typed) and " " not in typed else ()


def live_facets(locale_id: int, chosen: Chosen) -> LiveFacets:
    """Level and extent of each service; where units are chosen, as the catalogue's list has them: theirs."""
    units = tuple(sorted(chosen.get("unit", ())))
    return _states_at(locale_id, units) if units else _states(locale_id)


@per_version
def _states(locale_id: int) -> LiveFacets:
    return {item.page_id: _state(item) for item in all_items(locale_id)}


@per_version_few(RESULTS_KEPT)
def _states_at(locale_id: int, units: tuple[str, ...]) -> LiveFacets:
    executed = (item for item in all_items(locale_id) if not set(units).isdisjoint(item.units))
    return {**_states(locale_id), **{item.page_id: _state(item.for_units(units)) for item in executed}}


def _state(item: CatalogueItem) -> dict[str, tuple[str, ...]]:
    facets = item.facets
    return {name: facets[name] for name in ("level", "extent")}


def hits(entries: Sequence[Known], request: HttpRequest) -> dict[int, dict[str, Any]]:
    """Level, time limit, fee and place of services found. Level and extent are those by which facets count them."""
    if not entries:
        return {}
    shown = _shown([entry.pk for entry in entries], entries[0].locale_id)
    return {entry.pk: facts | _level_of(entry) for entry, facts in zip(entries, shown, strict=True) if facts}


def _level_of(entry: Known) -> dict[str, Any]:
    level, extent = (next(iter(entry.facets.get(name, ())), "") for name in ("level", "extent"))
    return {"level": int(level) if level.isdigit() else None, "extent": extent}


@per_version_each(lambda page_id: page_id)
def _shown(ids: Sequence[int], locale_id: int) -> list[dict[str, Any]]:
    """What a hit shows of each of these services, whatever was asked, in one query; nothing of one that is gone."""
    names = field_names()
    address = index_address(ServicePage.index_model, locale_id)
    columns = ("pk", "place", "agency_text", "channels", "apply_url")
    found = {}
    for page in ServicePage.objects.filter(pk__in=ids).values_list(*columns, named=True):
        item = item_of(page.pk, locale_id)
        if item is None:
            continue
        channels = plain_values(page.channels)
        time, place = wording.short_time(channels), page.place or page.agency_text
        url = f"{address.path}{item.slug}/" if address else ""
        found[page.pk] = {
            "url": url,
            "show_level": True,
            "meta": [item.code, names.get(item.field, "")],
            "time": time,
            "fee": wording.short_fee(channels),
            "place": place,
            "papers_url": f"{url}#papers",
            "apply_url": page.apply_url,
        }
    return [found.get(page_id, {}) for page_id in ids]


KIND = Kind(
    name="service",
    label=_("Public services"),
    model=ServicePage,
    entry=entry,
    pages=pages,
    facets=(
        SearchFacet("field", _("Field"), field_choices, by_count=True),
        SearchFacet("level", _("Level"), lambda: LEVELS, live=True, words=lambda: LEVEL_WORDS),
        SearchFacet("extent", _("Online extent"), lambda: EXTENT_CHOICES, live=True, words=lambda: EXTENT_WORDS),
        SearchFacet("unit", _("Unit"), unit_choices, by_count=True, words=unit_words),
    ),
    recognise=recognise,
    live_facets=live_facets,
    hits=hits,
    leads=True,
    affected=(
        (Procedure, lambda procedure: ServicePage.objects.filter(procedure=procedure)),
        (ProcedureAlias, lambda alias: ServicePage.objects.filter(procedure=alias.procedure_id)),
        (Field, lambda field: ServicePage.objects.filter(procedure__field=field)),
        (Department, lambda unit: ServicePage.objects.filter(procedure__units=unit)),
        (PortalDocument, partial(live_pages_with, ServicePage)),
    ),
)
