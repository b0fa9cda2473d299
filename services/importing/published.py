"""A procedure as the national portal's new interface gives it (executionMethods, executionCases…), by our columns.

Time limits and fees stay on their channel, papers on their case. No database.
"""

import datetime
import re
from typing import Any

from django.utils.translation import gettext as _

from services.importing import parsing
from services.importing.nodes import Node
from services.importing.package import fee, paper, read_amount, time_limit
from services.importing.structures import MOST_COPIES
from services.tables.values import clean

CHANNELS = {"DIRECT": "direct", "ONLINE": "online", "POSTAL": "post"}
UNITS = {
    "HOUR": "hour",
    "WORKING_HOUR": "working_hour",
    "DAY": "day",
    "WORKING_DAY": "working_day",
    "MONTH": "month",
    "YEAR": "year",
}
LEVELS = {"isMinistry": "bộ", "isProvince": "tỉnh", "isDistrict": "huyện", "isWard": "xã"}
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)

#: column of the portal → key of the interface that a problem with it is named by
PLACES = {
    "code": "code",
    "name": "name",
    "field": "categoriesDetails",
    "agency": "departmentsExecuting",
    "competent_agency": "departmentsAuthority",
    "audience": "subjectTypesDetails",
    "channels": "executionMethods",
    "documents": "executionCases",
    "steps": "executionSteps",
    "result": "resultsDetails",
    "conditions": "requirementsAndConditions",
    "legal_basis": "legalBasisesDetails",
    "decision_number": "procedureProposal.decisionNumber",
    "decision_date": "procedureProposal.decisionDate",
    "keywords": "keywords",
}


def columns(node: Node) -> dict[str, Any]:
    """Values by the portal's columns; a key that the interface does not give makes no column."""
    values: dict[str, Any] = {"code": node.text("code"), "name": node.text("name"), "field": _field(node)}
    if any(key in node.keys for key in LEVELS):
        values["level"] = [name for key, name in LEVELS.items() if node.truth(key)]
    for column, read in _READERS.items():
        if PLACES[column] in node.keys:
            values[column] = read(node)
    if "executingAgencies" in node.keys and not values.get("agency"):
        values["agency"] = node.text("executingAgencies")
    return values | _decision(node)


def _field(node: Node) -> str:
    found = node.names("categoriesDetails", "name")
    if len(found) > 1:
        node.walk.unread.add("categoriesDetails[1…]")
    return found[0] if found else ""


def _decision(node: Node) -> dict[str, str]:
    """Number and day of the decision that announced the procedure; days are milliseconds since 1970, or ISO."""
    proposal = node.node("procedureProposal")
    if proposal is None:
        return {}
    number = proposal.text("decisionNumber") or proposal.text("proposalNumber")
    return {"decision_number": number, "decision_date": _day(proposal, "decisionDate")}


def _day(node: Node, key: str) -> str:
    text = node.text(key).strip()
    if not re.fullmatch(r"-?\d{9,15}", text, re.ASCII):
        return text[:10] if re.match(r"\d{4}-\d\d-\d\dT", text) else text
    try:
        # the national portal's days begin at midnight in Vietnam, seven hours before that of UTC
        zone = datetime.timezone(datetime.timedelta(hours=7))
        return datetime.datetime.fromtimestamp(int(text) / 1000, zone).date().isoformat()
    except (OverflowError, OSError, ValueError):
        node.note(key, _("milliseconds since 1970 are expected, not “%(text)s”") % {"text": text[:40]})
        return ""


def _channels(node: Node) -> list[dict[str, Any]]:
    found = []
    for method in node.nodes("executionMethods"):
        name = method.text("submissionMethod").strip()
        kind = CHANNELS.get(name)
        if kind is None:
            message = _("DIRECT, ONLINE or POSTAL is expected, not “%(text)s”")
            method.note("submissionMethod", message % {"text": name[:40]})
        limit = _limit(method)
        found.append({"kind": kind, **limit, "fees": [_fee(one) for one in method.nodes("fees")]})
    return found


def _limit(node: Node) -> dict[str, Any]:
    number, unit = node.text("processingTime").strip(), node.text("processingTimeUnit").strip()
    if number and not _NUMBER.fullmatch(number):
        node.note("processingTime", _("a number is expected, not “%(text)s”") % {"text": number[:40]})
        number = ""
    words = parsing.without_markup(node.text("description"))
    return time_limit(number, UNITS.get(unit, ""), unit, words)


def _fee(node: Node) -> dict[str, Any]:
    number, currency = node.text("value").strip(), node.text("currencyId").strip()
    return fee(read_amount(node, "value", number), number, currency, parsing.without_markup(node.text("description")))


def _documents(node: Node) -> list[dict[str, Any]]:
    found = []
    for case in node.nodes("executionCases"):
        name, papers = case.text("name"), case.nodes("profileComponents")
        found.append({"name": name, "papers": [_paper(one, name) for one in papers]})
    if common := node.nodes("profileComponents"):
        found.append({"name": "", "papers": [_paper(one, "") for one in common]})
    return found


def _paper(node: Node, case: str) -> dict[str, Any]:
    name = parsing.without_markup(node.text("name"))
    if not name.strip():
        node.note("name", _("missing"))
    originals, copies = node.whole("originalQty", MOST_COPIES), node.whole("copyQty", MOST_COPIES)
    return paper(name, originals, copies, "; ".join(node.names("attachments", "fileName")), case)


def _steps(node: Node) -> list[dict[str, str]]:
    """The steps; where all of them are one text ("Bước 1: … Bước 2: …") it is split as prose is."""
    found = []
    for step in node.nodes("executionSteps"):
        title = clean(step.text("name"))
        text = clean(parsing.without_markup(step.text("description")))
        if title and len(title) <= 255:
            found.append({"title": title, "text": text})
        else:
            found += parsing.steps(f"{title}\n{text}".strip())
    return found


def _legal_bases(node: Node) -> list[dict[str, Any]]:
    found = []
    for act in node.nodes("legalBasisesDetails"):
        number, title = act.text("code").strip(), act.text("name").strip()
        if number or title:
            found.append({"number": number, "title": title or number, "url": ""})
    return found


def _names(key: str) -> Any:
    return lambda node: "\n".join(node.names(key, "name"))


_READERS = {
    "agency": _names("departmentsExecuting"),
    "competent_agency": _names("departmentsAuthority"),
    "audience": lambda node: node.names("subjectTypesDetails", "name"),
    "channels": _channels,
    "documents": _documents,
    "steps": _steps,
    "result": _names("resultsDetails"),
    "conditions": lambda node: parsing.without_markup(node.text("requirementsAndConditions")),
    "legal_basis": _legal_bases,
    "keywords": lambda node: node.text("keywords"),
}
