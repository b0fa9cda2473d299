"""Services of the demo: procedures with their units, pages in both languages, levels with history."""

from typing import Any

from departments.models import Department, DepartmentKind, Field
from home.demo.files import provide_document
from home.demo.pages import Progress, locale, publish, section_of
from home.demo.reading import read_services
from services.models import Audience, LifeEvent, MaturityRecord, Procedure, RelatedProcedure, ServicePage

TEXTS = (
    "title",
    "full_name",
    "summary",
    "place",
    "place_note",
    "result",
    "conditions",
    "decision_number",
    "decision_date",
    "apply_url",
    "dossier_count",
)


def load_services(progress: Progress) -> None:
    rows = read_services()
    for row in rows:
        if not Procedure.objects.filter(code=row["code"]).exists():
            procedure = _procedure(row)
            page = publish(_page(row, procedure, "vi"), section_of(row["section"]))
            _levels(row, procedure)
            if row.get("en"):
                english = _page(_english(row), procedure, "en")
                english.translation_key = page.translation_key
                publish(english, section_of(row["section"], "en"))
            progress(row["title"])
    for row in rows:
        related = Procedure.objects.filter(code__in=row.get("related", []))
        procedure = Procedure.objects.get(code=row["code"])
        if related and not procedure.related_procedures.exists():
            procedure.related_procedures.set([RelatedProcedure(target=target) for target in related])
            procedure.save()


def _procedure(row: dict[str, Any]) -> Procedure:
    procedure = Procedure(code=row["code"], name=row["full_name"], field=Field.objects.get(name=row["field"]))
    for tier in row["government"]:
        setattr(procedure, f"at_{tier}", True)
    procedure.save()
    procedure.audiences.set(Audience.objects.filter(name__in=row["audiences"]))
    procedure.events.set(LifeEvent.objects.filter(slug__in=row["events"]))
    procedure.units.set(_units(row["units"]))
    procedure.save()
    return procedure


def _units(names: list[str]) -> list[Department]:
    if "*communes" in names:
        communes = [DepartmentKind.COMMUNE, DepartmentKind.TOWN]
        return list(Department.objects.filter(kind__in=communes)) + _units([n for n in names if n != "*communes"])
    found = list(Department.objects.filter(name__in=names))
    if len(found) != len(names):
        raise ValueError(f"Not all of these units are in the demo: {names}")
    return found


def _english(row: dict[str, Any]) -> dict[str, Any]:
    """The English texts over the Vietnamese record; forms, counts and addresses are the same."""
    merged = row | row["en"]
    for case, source in zip(merged["cases"], row["cases"], strict=True):
        for paper, original in zip(case["papers"], source["papers"], strict=True):
            paper.setdefault("form", original.get("form", ""))
    return merged


def _page(row: dict[str, Any], procedure: Procedure, code: str) -> ServicePage:
    page = ServicePage(
        procedure=procedure,
        locale=locale(code),
        agency_text=row["agency"],
        competent_text=row["competent"],
        keywords="\n".join(row["keywords"]) if code == "vi" else "",
        steps=[("step", step) for step in row["steps"]],
        channels=[("channel", channel) for channel in row["channels"]],
        cases=[("case", _case(case)) for case in row["cases"]],
        legal_bases=[("legal_basis", basis) for basis in row["legal_bases"]],
        **{name: row[name] for name in TEXTS if row.get(name)},
    )
    return page


def _case(case: dict[str, Any]) -> dict[str, Any]:
    return {"name": case["name"], "papers": [_paper(paper) for paper in case["papers"]]}


def _paper(paper: dict[str, Any]) -> dict[str, Any]:
    form = paper.get("form")
    document = _form(form, paper["name"]) if form else None
    return paper | {"form": document}


def _form(slug: str, name: str) -> Any:
    blanks = [
        f"{label}: ……………………………………………………………………"
        for label in (
            "Kính gửi",
            "Họ, chữ đệm, tên người yêu cầu",
            "Nơi cư trú",
            "Giấy tờ tùy thân",
            "Nội dung đề nghị",
        )
    ]
    closing = ["Tôi cam đoan những nội dung khai trên đây là đúng sự thật.", "Mẫu minh họa cho bản trình diễn."]
    return provide_document(slug, f"Mẫu: {slug}", [name], [*blanks, *closing])


def _levels(row: dict[str, Any], procedure: Procedure) -> None:
    for level in row["levels"]:
        flags = {
            flag: flag in level["flags"]
            for flag in (
                "information",
                "forms",
                "online_submission",
                "online_payment",
                "online_result",
                "postal_result",
                "presence_required",
            )
        }
        unit = Department.objects.get(name=level["unit"]) if level.get("unit") else None
        MaturityRecord.objects.create(
            procedure=procedure,
            unit=unit,
            level=level.get("level"),
            extent=level.get("extent") or None,
            date=level["date"],
            decision_number=level.get("decision", ""),
            is_sample=True,
            **flags,
        )
