"""Sample dossier statistics of the demo: the rules of statistics.toml, spread by a digest, so always the same."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from departments.models import Department
from home.demo.reading import read
from services.dossiers.stored import Key, write
from services.dossiers.totals import Levels
from services.models import DossierFigure, Procedure

#: share of the month's dossiers that are finished in it, and of these before their time
FINISHED, EARLY = 0.97, 0.3


def load_statistics() -> None:
    """Store the figures of the year; what is there already is kept."""
    if DossierFigure.objects.exists():
        return
    data = read("statistics")
    procedures = list(Procedure.objects.select_related("field").prefetch_related("units").order_by("code"))
    levels = Levels.of([procedure.pk for procedure in procedures])
    figures = [
        found
        for procedure in procedures
        for unit in procedure.units.all()
        for found in _figures(procedure, unit, data, levels)
    ]
    if figures:
        write(
            figures,
            {},
            user_name="Dữ liệu mẫu",
            file_name=f"so-lieu-mau-{data['year']}.csv",
            digest=hashlib.sha256(repr(figures).encode()).hexdigest(),
            is_sample=True,
        )


def _figures(
    procedure: Procedure, unit: Department, data: dict[str, Any], levels: Levels
) -> Iterator[tuple[Key, tuple[int, ...]]]:
    rule = _rule(procedure, unit, data["rule"])
    for number in range(1, data["last_month"].get(unit.name, 12) + 1):
        month = date(data["year"], number, 1)
        whole = round(rule["volume"] * (0.6 + 0.8 * _spread(procedure.code, unit.slug, number)))
        online = _in_month(rule["online"], number) if levels.online(procedure.pk, unit.pk, month) else 0.0
        chance = _spread(unit.slug, procedure.code, number)
        counts = _counts(whole, online, _in_month(rule["late"], number), rule["post"], chance)
        if whole or not rule["volume"]:
            yield (unit.pk, month, procedure.pk, procedure.field_id), counts


def _rule(procedure: Procedure, unit: Department, rules: list[dict[str, Any]]) -> dict[str, Any]:
    """The values of all rules that hold, those of later ones over those of earlier."""
    own = {"units": unit.name, "kinds": unit.kind, "fields": procedure.field.name}
    found: dict[str, Any] = {}
    for rule in rules:
        if all(own[name] in rule[name] for name in own if name in rule):
            found |= rule
    return found


def _in_month(january_and_december: list[float], number: int) -> float:
    begin, end = january_and_december
    return begin + (end - begin) * (number - 1) / 11


def _counts(whole: int, online_share: float, late_share: float, post_share: float, chance: float) -> tuple[int, ...]:
    """The six numbers of a month in the order of `COUNTS`; `chance` (0 to 1) decides how the late ones are rounded."""
    online = round(whole * online_share)
    by_post = round((whole - online) * post_share)
    finished = round(whole * FINISHED)
    late = min(finished, int(finished * late_share + chance)) if late_share else 0
    early = min(round(finished * EARLY), finished - late)
    return (online, whole - online - by_post, by_post, early, finished - early - late, late)


def _spread(*parts: Any) -> float:
    """A number from 0 to 1 that is always the same for the same parts."""
    digest = hashlib.sha256("|".join(map(str, parts)).encode()).digest()
    return digest[0] / 255
