"""What the templates of services are given."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.blocks import plain_values
from core.files import FileRow, file_row
from core.models import PortalDocument
from core.page_cache import today
from core.templatetags.portal import filesize_vn, vn_date
from services import wording
from services.blocks import CHANNEL_KINDS
from services.levels import history

#: key of the context, anchor, heading
CONTENTS = (
    ("cases", "papers", gettext_lazy("Papers needed")),
    ("channels", "channels", gettext_lazy("How to apply, time limit and fee")),
    ("step_groups", "steps", gettext_lazy("Steps")),
    ("facts", "result", gettext_lazy("Result and conditions")),
    ("maturity", "level", gettext_lazy("Level of the online service")),
    ("legal_bases", "legal", gettext_lazy("Legal bases")),
)


def service_context(page: Any) -> dict[str, Any]:
    """Context of a service's page, with its level on today's date."""
    procedure = page.procedure
    levels = history.shown(procedure.pk)
    channels, cases, steps = plain_values(page.channels), plain_values(page.cases), plain_values(page.steps)
    files = _files(cases)
    context = {
        "full_name": page.full_name,
        "level": levels.state.level,
        "extent": levels.state.extent,
        "code": procedure.code,
        "tiers": ", ".join(tier_names(procedure.government_levels)),
        "notice": _notice(procedure),
        "answer": _answer(page, channels, cases),
        "dossier_count": ngettext("%(n)s set", "%(n)s sets", page.dossier_count) % {"n": page.dossier_count}
        if page.dossier_count
        else "",
        "cases": [_case(case, files) for case in cases],
        "channels": [_channel(channel) for channel in channels],
        "step_groups": [{"title": "", "steps": steps}] if steps else [],
        "facts": _facts(page),
        "maturity": levels.maturity,
        "legal_bases": [_basis(basis) for basis in plain_values(page.legal_bases)],
        "decision": {"number": page.decision_number, "date": page.decision_date} if page.decision_number else None,
    }
    context["contents"] = [{"title": title, "id": anchor} for key, anchor, title in CONTENTS if context[key]]
    return context


def tier_names(tiers: Iterable[str]) -> list[str]:
    names = {
        "ministry": _("Ministry level"),
        "province": _("Province level"),
        "district": _("District level"),
        "commune": _("Commune level"),
    }
    return [names[tier] for tier in tiers]


def _notice(procedure: Any) -> dict[str, str] | None:
    end = procedure.in_force_until
    if end and end < today():
        title = _("This procedure is no longer in force since %(day)s. Kept for reference.") % {"day": vn_date(end)}
        return {"kind": "grey", "title": title}
    return None


def _answer(page: Any, channels: Sequence[Any], cases: Sequence[Any]) -> dict[str, Any]:
    time = wording.short_time(channels)
    notes = [(channel["time_text"] or "").strip() for channel in channels]
    note = next((text for text in notes if text and text != time), "")
    exemptions = [fee["exemption"] for channel in channels for fee in channel["fees"] or () if fee["exemption"]]
    fee_note = exemptions[0] if exemptions and len(exemptions[0]) <= 160 else ""
    papers = wording.papers_needed(cases)
    names = [paper["name"] for paper in cases[0]["papers"] or () if not paper["show_only"]] if cases else []
    listed = "; ".join(names[:2])
    place = page.place or page.agency_text or page.competent_text
    return {
        "papers": {"value": papers, "note": listed if len(listed) <= 160 else "", "url": ""},
        "time": {"value": time, "note": note if len(note) <= 160 else ""},
        "fee": {"value": wording.short_fee(channels), "note": fee_note},
        "place": {
            "value": place if len(place) <= 120 else place[:117].rsplit(" ", 1)[0] + " …",
            "note": page.place_note,
        },
        "apply_url": page.apply_url,
        "apply_site": urlsplit(page.apply_url).netloc if page.apply_url else "",
    }


def _files(cases: Sequence[Any]) -> dict[int, FileRow]:
    """The forms of all papers by id, in one query."""
    wanted = {paper["form"] for case in cases for paper in case["papers"] or () if paper["form"]}
    found = PortalDocument.objects.in_bulk(wanted) if wanted else {}
    return {pk: file_row(document) for pk, document in found.items()}


def _case(case: Any, files: Mapping[int, FileRow]) -> dict[str, Any]:
    papers = [_paper(paper, files) for paper in case["papers"] or () if not paper["show_only"]]
    shown = [{"name": paper["name"], "note": paper["note"]} for paper in case["papers"] or () if paper["show_only"]]
    return {"title": case["name"], "note": "", "papers": papers, "shown": shown}


def _paper(paper: Any, files: Mapping[int, FileRow]) -> dict[str, Any]:
    form = files.get(paper["form"])
    return {
        "name": paper["name"],
        "note": paper["note"],
        "originals": paper["originals"],
        "copies": paper["copies"],
        "form": {"url": form.url, "type": form.kind, "size": filesize_vn(form.size)} if form else None,
    }


def _channel(channel: Any) -> dict[str, Any]:
    return {
        "name": dict(CHANNEL_KINDS).get(channel["kind"], channel["kind"]),
        "times": wording.time_limits(channel),
        "fees": wording.fee_lines(channel),
    }


def _facts(page: Any) -> list[dict[str, str]]:
    audiences = ", ".join(audience.local_name for audience in page.audiences)
    facts = [
        (_("Result"), page.result),
        (_("Who may apply"), audiences),
        (_("Executing agency"), page.agency_text),
        (_("Competent agency"), page.competent_text if page.competent_text != page.agency_text else ""),
        (_("Conditions"), page.conditions),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _basis(basis: Any) -> dict[str, str]:
    since = date.fromisoformat(basis["in_force"]) if basis["in_force"] else None
    effective = _("in force since %(day)s") % {"day": vn_date(since)} if since else ""
    return {"title": basis["title"], "url": basis["url"], "number": basis["number"], "effective": effective}


def service_row(item: Any, page: Any, field_name: str, url: str) -> dict[str, Any]:
    """A row of a list of services."""
    channels = plain_values(page.channels)
    return {
        "title": item.title,
        "url": url,
        "code": item.code,
        "field": field_name,
        "unit": page.place or page.agency_text,
        "time": wording.short_time(channels),
        "fee": wording.short_fee(channels),
        "level": item.state.level,
        "extent": item.state.extent,
    }
