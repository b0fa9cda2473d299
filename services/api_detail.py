"""The long form of a service in the read API: text, channels, papers by case, dated levels."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import Field

from core.page_cache import today
from core.read_api.schemas import Answer, File, Item, Term, file_of, named, terms
from services.catalogue import CatalogueItem
from services.levels.history import decision_urls
from services.maturity import Capability, current_records
from services.models import RelatedProcedure, ServicePage

Level = Annotated[
    Literal[1, 2, 3, 4] | None,
    Field(description="Level by NĐ 43/2011/NĐ-CP, Điều 3. `null`: not determined, which is neither 0 nor 1."),
]
Extent = Annotated[
    Literal["full", "partial", "information"] | None,
    Field(
        description="Online extent by NĐ 42/2022/NĐ-CP, Điều 11: `full` toàn trình, `partial` một phần, `information` "
        "cung cấp thông tin. Recorded apart from the level; no act converts one into the other. `null`: not determined."
    ),
]


class Step(Answer):
    title: str
    text: str


class TimeLimit(Answer):
    """A value with its unit, words, or both."""

    value: float | None = Field(description="How many of `unit`; `null` where only words are given.")
    unit: Literal["working_hour", "hour", "working_day", "day", "month", "year"] | None = Field(
        description="`working_day` leaves out weekends and public holidays, so it is no length of time by the calendar."
    )
    text: str


class Fee(Answer):
    amount: int | None = Field(description="In đồng (VND); 0 is free of charge, `null`: see the text.")
    text: str
    exemption: str = Field(description="Who pays less or nothing.")


class Channel(Answer):
    """A way of applying. Time limit and fees hang on it."""

    kind: Literal["online", "direct", "post"]
    time_limit: TimeLimit
    fees: list[Fee]


class Paper(Answer):
    name: str
    originals: int | None = Field(description="Number of originals to hand in; `null`: not said.")
    copies: int | None = Field(description="Number of copies to hand in; `null`: not said.")
    note: str
    show_only: bool = Field(description="Shown to the official, not handed in.")
    form: File | None = Field(description="The form to fill in, where there is one.")


class Case(Answer):
    """The papers of one case; most services have one case without a name."""

    name: str
    papers: list[Paper]


class LegalBasis(Answer):
    number: str
    title: str
    in_force_since: date | None
    url: str


class UnitLevel(Answer):
    unit: Term
    level: Level
    extent: Extent


class LevelRecord(Answer):
    """A dated fact: from `since` on, until the next record of the same unit."""

    unit: Term | None = Field(description="`null`: all units that have no record of their own.")
    level: Level
    extent: Extent
    since: date
    until: date | None = Field(description="The last day; `null` where no later record follows.")
    is_current: bool
    decision_number: str
    decision_url: str | None = Field(description="Page of the decision on this portal, where everybody may read it.")
    capabilities: list[Literal[tuple(flag.value for flag in Capability)]]
    is_sample: bool = Field(description="Made up to show how the portal works; no fact.")


class Related(Item):
    code: str
    title: str


class ServiceText(Answer):
    """What only the long form has."""

    other_codes: list[str] = Field(description="Codes under which the procedure was known before.")
    full_name: str = Field(description="As announced.")
    summary: str
    in_force_from: date | None
    in_force_until: date | None
    applicants: list[Term] = Field(description="Who may apply, as the national database names it.")
    competent_unit: Term | None
    competent_agency: str
    place: str
    place_note: str
    channels: list[Channel]
    cases: list[Case]
    dossier_count: int | None = Field(description="Number of sets of papers to hand in.")
    steps: list[Step]
    result: str
    conditions: str
    legal_bases: list[LegalBasis]
    decision_number: str = Field(description="Decision that announced the procedure.")
    decision_date: date | None
    source_url: str = Field(description="Page of the procedure in the national database.")
    related: list[Related]
    updated_at: datetime | None = Field(description="When the page was last published.")


def text_of(page: ServicePage, request: HttpRequest) -> dict[str, Any]:
    """Values of `ServiceText`; absent texts of blocks are empty."""
    procedure = page.procedure
    plain = ("summary", "place", "place_note", "dossier_count", "result", "conditions", "source_url")
    return {
        **{name: getattr(page, name) for name in plain},
        "other_codes": sorted(alias.code for alias in procedure.aliases.all()),
        "full_name": page.display_name,
        "in_force_from": procedure.in_force_from,
        "in_force_until": procedure.in_force_until,
        "applicants": [named(audience) for audience in procedure.audiences.all()],
        "competent_unit": named(page.competent_unit),
        "competent_agency": page.competent_text,
        "channels": [channel(child.value) for child in page.channels],
        "cases": [case(child.value, request) for child in page.cases],
        "steps": [Step(title=_text(child.value["title"]), text=_text(child.value["text"])) for child in page.steps],
        "legal_bases": [legal_basis(child.value) for child in page.legal_bases],
        "decision_number": page.decision_number,
        "decision_date": page.decision_date,
        "related": related(page, request),
        "updated_at": page.last_published_at,
    }


def _text(value: Any) -> str:
    return (value or "").strip()


def channel(value: Mapping[str, Any]) -> Channel:
    amount = value["time_value"]
    limit = TimeLimit(
        value=None if amount is None else float(amount),
        unit=value["time_unit"] or None,
        text=_text(value["time_text"]),
    )
    fees = [
        Fee(amount=fee["amount"], text=_text(fee["text"]), exemption=_text(fee["exemption"])) for fee in value["fees"]
    ]
    return Channel(kind=value["kind"], time_limit=limit, fees=fees)


def case(value: Mapping[str, Any], request: HttpRequest) -> Case:
    return Case(name=_text(value["name"]), papers=[paper(item, request) for item in value["papers"]])


def paper(value: Mapping[str, Any], request: HttpRequest) -> Paper:
    return Paper(
        name=value["name"],
        originals=value["originals"],
        copies=value["copies"],
        note=_text(value["note"]),
        show_only=bool(value["show_only"]),
        form=file_of(value["form"], request) if value["form"] else None,
    )


def legal_basis(value: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(
        number=_text(value["number"]),
        title=value["title"],
        in_force_since=value["in_force"],
        url=_text(value["url"]),
    )


def related(page: ServicePage, request: HttpRequest) -> list[Related]:
    targets = RelatedProcedure.objects.filter(procedure=page.procedure_id).values("target")
    pages = ServicePage.objects.readable(page.locale_id).filter(procedure__in=targets)
    return [
        Related(
            id=other.pk,
            url=request.build_absolute_uri(other.get_url(request)),
            code=other.procedure.code,
            title=other.title,
        )
        for other in pages.select_related("procedure").order_by("slug", "pk")
    ]


def unit_levels(item: CatalogueItem, names: Mapping[str, str]) -> list[UnitLevel]:
    own = item.unit_states()
    states = [(unit, own[unit.slug]) for unit in terms(item.units, names) if unit.slug in own]
    return [UnitLevel(unit=unit, level=state.level, extent=state.extent) for unit, state in states]


def level_records(procedure: Any, request: HttpRequest) -> list[LevelRecord]:
    """The history of both scales, of all units and of each unit of its own."""
    records = list(procedure.maturity_records.valid().select_related("unit"))
    current = {record.pk for record in current_records(procedure.counting_records, today()).values()}
    addresses = decision_urls(records)
    following: dict[int | None, date] = {}
    found = []
    for record in records:  # the newest first
        later, url = following.get(record.unit_id), addresses.get(record.decision_page_id)
        found.append(
            LevelRecord(
                unit=named(record.unit),
                level=record.level,
                extent=record.extent,
                since=record.date,
                until=later - timedelta(days=1) if later else None,
                is_current=record.pk in current,
                decision_number=record.decision_number,
                decision_url=request.build_absolute_uri(url) if url else None,
                capabilities=[flag.value for flag in Capability if flag.value in record.flags],
                is_sample=record.is_sample,
            )
        )
        following[record.unit_id] = record.date
    return found
