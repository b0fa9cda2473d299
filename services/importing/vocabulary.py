"""Fields and audiences by name: the same folded name is the same row; what is missing is made when it is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.text import fold
from departments.models import Field
from services.importing.indexes import index_for_choosers
from services.importing.parsing import audience_group
from services.models import Audience


@dataclass(slots=True)
class Vocabulary:
    """Rows by folded name; those without a primary key are still to be saved."""

    fields: dict[str, Field] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)

    def reload(self) -> None:
        self.fields = {fold(row.name): row for row in Field.objects.order_by("-pk")}
        self.audiences = {fold(row.name): row for row in Audience.objects.order_by("-pk")}

    def field(self, name: str) -> Field:
        key = fold(name)
        if key not in self.fields:
            self.fields[key] = Field(name=name)
        return self.fields[key]

    def audience(self, name: str) -> Audience:
        key = fold(name)
        if key not in self.audiences:
            self.audiences[key] = Audience(name=name, group=audience_group(name))
        return self.audiences[key]


def save_new(rows: Iterable[Field | Audience]) -> None:
    """Save those that are new, all of a model together, as `Named.save` would one by one: with slug and chooser index.

    Their signals are not sent: nobody refers to a new row yet, so no page and no entry of search changes.
    """
    new = list({id(row): row for row in rows if row.pk is None}.values())
    for model in (Field, Audience):
        listed = [row for row in new if isinstance(row, model)]
        if listed:
            model.give_slugs(listed)
            model.objects.bulk_create(listed)
            index_for_choosers(model, listed)
