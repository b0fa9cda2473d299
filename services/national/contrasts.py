"""How one procedure of the national list differs from the portal's: name, fees, papers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from services import wording
from services.blocks import CHANNEL_KINDS
from services.importing.parsing import short_title
from services.importing.record import Record
from services.models.national import FindingKind

#: kind → what the portal says, what the list says
Contrast = dict[FindingKind, tuple[str, str]]
#: longest name that is compared (characters)
_LONGEST_NAME = 4_000


def contrasts(here: Record, there: Record) -> Contrast:
    """Name, fees and papers where they differ; of the last two only what the list speaks of."""
    found: Contrast = {}
    if _name(here) != _name(there):
        found[FindingKind.NAME] = (here.page["full_name"], there.page["full_name"])
    if fees := _fees(here, there):
        found[FindingKind.FEE] = fees
    if papers := _papers(here, there):
        found[FindingKind.PAPERS] = papers
    return found


def _name(record: Record) -> str:
    """The name without "Thủ tục" and without a full stop, in small letters: what is left is a difference."""
    return short_title(record.page["full_name"], _LONGEST_NAME).casefold().rstrip(" .;")


# --- fees ----------------------------------------------------------------------------------------------------------


def _values(stream: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Values of a StreamField's raw data, lists of items as lists of their values."""
    return [
        {key: [item["value"] for item in part] if isinstance(part, list) else part for key, part in value.items()}
        for value in (child["value"] for child in stream)
    ]


def _fees(here: Record, there: Record) -> tuple[str, str] | None:
    """Fees of the channels that both have."""
    ours, theirs = _channels(here), _channels(there)
    shared = [kind for kind in ours if kind in theirs]
    differing = [kind for kind in shared if _amounts(ours[kind]) != _amounts(theirs[kind])]
    if not differing:
        return None
    return _fees_in_words(ours, differing), _fees_in_words(theirs, differing)


def _channels(record: Record) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for channel in _values(record.page.get("channels", ())):
        found.setdefault(channel["kind"], []).append(channel)
    return found


def _amounts(channels: Iterable[Mapping[str, Any]]) -> set[Any]:
    """Amounts, and words where there is no amount; no fee at all is as good as none to pay."""
    fees = [fee for channel in channels for fee in channel["fees"]]
    return {fold(fee["text"]) if fee["amount"] is None else fee["amount"] for fee in fees} or {0}


def _fees_in_words(channels: Mapping[str, list[dict[str, Any]]], kinds: Iterable[str]) -> str:
    names = dict(CHANNEL_KINDS)
    lines = []
    for kind in kinds:
        fees = [line for channel in channels[kind] for line in wording.fee_lines(channel)]
        said = ", ".join(" ".join(filter(None, [line["amount"], line["note"]])) for line in fees)
        lines.append(f"{names[kind]}: {said or '–'}")
    return "; ".join(lines)


# --- papers --------------------------------------------------------------------------------------------------------


def _papers(here: Record, there: Record) -> tuple[str, str] | None:
    """Papers that only one of the two asks for."""
    if "cases" not in there.page:
        return None
    ours, theirs = _asked(here), _asked(there)
    if ours.keys() == theirs.keys():
        return None
    return (
        "; ".join(words for key, words in ours.items() if key not in theirs),
        "; ".join(words for key, words in theirs.items() if key not in ours),
    )


def _asked(record: Record) -> dict[tuple[str, int, int], str]:
    """Papers by what they are compared by: folded name, originals, copies; with their words."""
    found = {}
    for case in _values(record.page.get("cases", ())):
        for paper in case["papers"]:
            originals, copies = paper["originals"] or 0, paper["copies"] or 0
            counted = _("%(name)s (originals: %(originals)d, copies: %(copies)d)")
            words = counted % {"name": paper["name"], "originals": originals, "copies": copies}
            found[(fold(paper["name"]).strip(" .;,-"), originals, copies)] = words
    return found
