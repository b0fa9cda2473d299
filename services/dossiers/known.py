"""What the portal knows and a file may name: units, procedures, fields; and whether they go together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from core.text import fold
from departments.models import Department, Field
from services.dossiers.period import last_of
from services.dossiers.stating import Stated
from services.dossiers.stored import Key
from services.models.procedures import Procedure, ProcedureAlias
from services.tables.problems import Problem


@dataclass(frozen=True, slots=True)
class KnownProcedure:
    pk: int
    code: str
    field: int
    in_force_from: date | None
    in_force_until: date | None
    units: frozenset[int]


class Mismatch(Exception):
    """Why a row does not fit what the portal knows: the column and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True, slots=True)
class Known:
    """Everything by folded name or code. `allowed` are the units whose figures may be given; None: all."""

    units: dict[str, list[Department]]
    procedures: dict[str, KnownProcedure]
    fields: dict[str, Field]
    #: units that carry out a procedure of the field
    units_of_field: dict[int, frozenset[int]]
    allowed: frozenset[int] | None

    @classmethod
    def load(cls, allowed: frozenset[int] | None) -> Self:
        units: dict[str, list[Department]] = defaultdict(list)
        for unit in Department.objects.order_by("pk"):
            for name in {fold(name) for name in (*unit.names, unit.slug)}:
                units[name].append(unit)
        procedures = _procedures()
        by_field: dict[int, set[int]] = defaultdict(set)
        for procedure in procedures.values():
            by_field[procedure.field].update(procedure.units)
        fields = {fold(name): field for field in Field.objects.all() for name in (*field.names, field.slug)}
        units_of_field = {field: frozenset(found) for field, found in by_field.items()}
        return cls(dict(units), procedures, fields, units_of_field, allowed)

    def key(self, stated: Stated) -> Key:
        """What the row is about; Mismatch where that cannot be."""
        unit = self._unit(stated)
        if not stated.code:
            field = self._field(stated)
            if unit.pk not in self.units_of_field.get(field.pk, frozenset()):
                message = _("%(unit)s carries out no procedure of this field")
                raise Mismatch("field", message % {"unit": unit.label})
            return (unit.pk, stated.month, None, field.pk)
        procedure = self._procedure(stated)
        if unit.pk not in procedure.units:
            message = _("%(unit)s does not carry out procedure %(code)s")
            raise Mismatch("code", message % {"unit": unit.label, "code": procedure.code})
        if stated.field and self._field(stated).pk != procedure.field:
            raise Mismatch("field", _("procedure %(code)s belongs to another field") % {"code": procedure.code})
        return (unit.pk, stated.month, procedure.pk, procedure.field)

    def _unit(self, stated: Stated) -> Department:
        named = self.units.get(fold(stated.unit), [])
        if not named:
            raise Mismatch("unit", _("no unit is called “%(name)s”") % {"name": stated.unit[:60]})
        existing = [unit for unit in named if _overlaps(unit.valid_from, unit.valid_to, stated.month)]
        if not existing:
            message = _("%(unit)s did not exist in %(month)s")
            raise Mismatch("month", message % {"unit": named[0].label, "month": f"{stated.month:%m/%Y}"})
        if len(existing) > 1:
            raise Mismatch("unit", _("more than one unit is called “%(name)s”") % {"name": stated.unit[:60]})
        if self.allowed is not None and existing[0].pk not in self.allowed:
            raise Mismatch("unit", _("figures of %(unit)s are not yours to give") % {"unit": existing[0].label})
        return existing[0]

    def _procedure(self, stated: Stated) -> KnownProcedure:
        procedure = self.procedures.get(fold(stated.code))
        if procedure is None:
            raise Mismatch("code", _("no procedure has the code “%(code)s”") % {"code": stated.code[:40]})
        if not _overlaps(procedure.in_force_from, procedure.in_force_until, stated.month):
            message = _("procedure %(code)s was not in force in %(month)s")
            raise Mismatch("month", message % {"code": procedure.code, "month": f"{stated.month:%m/%Y}"})
        return procedure

    def _field(self, stated: Stated) -> Field:
        field = self.fields.get(fold(stated.field))
        if field is None:
            raise Mismatch("field", _("no field is called “%(name)s”") % {"name": stated.field[:60]})
        return field


def problem_of(stated: Stated, mismatch: Mismatch) -> Problem:
    return Problem(stated.line, mismatch.column, mismatch.reason)


def _overlaps(begin: date | None, end: date | None, month: date) -> bool:
    return (begin is None or begin <= last_of(month)) and (end is None or end >= month)


def _procedures() -> dict[str, KnownProcedure]:
    units: dict[int, set[int]] = defaultdict(set)
    for procedure, unit in Procedure.units.through.objects.values_list("procedure_id", "department_id"):
        units[procedure].add(unit)
    columns = ("pk", "code", "field_id", "in_force_from", "in_force_until")
    found = {}
    by_pk = {}
    for pk, code, *rest in Procedure.objects.order_by().values_list(*columns):
        by_pk[pk] = found[fold(code)] = KnownProcedure(pk, code, *rest, units=frozenset(units[pk]))
    for pk, code in ProcedureAlias.objects.values_list("procedure_id", "code"):
        found.setdefault(fold(code), by_pk[pk])
    return found
