"""How well search answers labelled questions about imported procedures."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from core.languages import locale_of
from core.page_cache import as_reader
from search.engines import engine_name, only
from search.engines.outside import OutsideFault
from search.evaluation import VARIANTS, Labelled, Outcome, by_kind, evaluate, measures
from search.query import Results, search
from services.models import ServicePage

TRIES = 4
ENGINES = ("sqlite", "postgresql", "elasticsearch")


class Command(BaseCommand):
    help = (
        "Ask labelled questions (an object a line: query, expected_codes, kind) in eight manners of typing and print "
        "MRR@10, success at 1 and 5, and the share of empty answers. Only imported services in Vietnamese count."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--engine", choices=ENGINES, help="default: the engine of the database")
        parser.add_argument("--variant", action="append", choices=list(VARIANTS), help="one manner of typing only")
        parser.add_argument(
            "--part",
            metavar="K/N",
            help="only questions whose procedure falls into part K of N, such as the one that was not looked at",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = _imported()
        labelled, left_out = _questions(options["file"], set(codes.values()), _part(options["part"]))
        if not labelled:
            raise CommandError(_("No question is left: import the procedures that the file names first."))
        engine = options["engine"] or engine_name()
        locale = locale_of("vi")

        def ask(text: str) -> Sequence[str]:
            found = _patiently(lambda: search(text, locale, {"kind": ["service"]}))
            return [codes[hit.page_id] for hit in found.items if hit.page_id in codes]

        try:
            with only(engine), as_reader(), translation.override("vi"):
                outcomes = evaluate(labelled, ask, options["variant"] or tuple(VARIANTS), self._progress)
        except ValueError as error:
            raise CommandError(str(error)) from error
        report = _report(engine, labelled, outcomes, left_out)
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _table(report))

    def _progress(self, variant: str) -> None:
        self.stderr.write(f"  {variant}", ending="\n")


def _patiently(ask: Callable[[], Results]) -> Results:
    """An engine outside that was slow is asked again: quality is measured here, not speed."""
    for _again in range(TRIES - 1):
        with suppress(OutsideFault):
            return ask()
    return ask()


def _imported() -> dict[int, str]:
    """Code by page of live Vietnamese services that came with an import."""
    pages = ServicePage.objects.filter(live=True, locale__language_code="vi").exclude(import_digest="")
    return dict(pages.values_list("pk", "procedure__code"))


def _part(text: str | None) -> tuple[int, int] | None:
    if not text:
        return None
    part, _slash, parts = text.partition("/")
    if not (part.isdigit() and parts.isdigit() and 1 <= int(part) <= int(parts)):
        raise CommandError(_("--part is two numbers such as 2/2."))
    return int(part), int(parts)


def _questions(path: Path, live: set[str], part: tuple[int, int] | None) -> tuple[list[Labelled], int]:
    """The questions to ask, and how many were left out since all procedures they are about are drafts or missing."""
    found, left_out = [], 0
    for row in _rows(path):
        codes = row["expected_codes"]
        if not codes or (part and _part_of(codes, part[1]) != part[0]):
            continue
        expected = frozenset(codes) & live
        left_out += not expected
        if expected:
            found.append(Labelled(row["query"], expected, row.get("kind", "")))
    return found, left_out


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(_("%(path)s cannot be read: %(error)s") % {"path": path, "error": error}) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            well_formed = isinstance(row["query"], str) and isinstance(row["expected_codes"], list)
        except (ValueError, KeyError, TypeError):
            well_formed = False
        if not well_formed:
            raise CommandError(_("Line %(number)d is no object with query and expected_codes.") % {"number": number})
        yield row


def _part_of(codes: Sequence[str], parts: int) -> int:
    """Questions about one procedure fall into one part."""
    return int(hashlib.sha1(min(codes).encode(), usedforsecurity=False).hexdigest(), 16) % parts + 1


def _report(
    engine: str, labelled: Sequence[Labelled], outcomes: dict[str, list[Outcome]], left_out: int
) -> dict[str, Any]:
    first = next(iter(outcomes.values()))
    return {
        "engine": engine,
        "n": len(labelled),
        "left_out": left_out,
        "variants": {name: measures(found) for name, found in outcomes.items()},
        "kinds": by_kind(labelled, first),
    }


def _table(report: dict[str, Any]) -> str:
    head = _("%(engine)s: %(n)d questions, %(left_out)d left out since their procedures are not live") % report
    rows = [f"  {'':22}{'MRR@10':>8}{'S@1':>8}{'S@5':>8}{'empty':>8}"]
    for found in (report["variants"], report["kinds"]):
        rows += [
            f"  {name:22}" + "".join(f"{value:8.3f}" for value in measured.values()) for name, measured in found.items()
        ]
    return "\n".join([head, *rows])
