"""Fields and audiences by name: the same folded name is the same row; what is missing is made when it is written."""

from dataclasses import dataclass, field

from core.text import fold
from departments.models import Field
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
        return self.fields.setdefault(fold(name), Field(name=name))

    def audience(self, name: str) -> Audience:
        key = fold(name)
        return self.audiences.setdefault(key, Audience(name=name, group=audience_group(name)))

    @staticmethod
    def saved(row: Field | Audience) -> Field | Audience:
        if row.pk is None:
            row.save()
        return row
