"""What is entered for many services at once: one level for a selection, or a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from services.levels.batches import Entry, procedures_for_batches
from services.levels.policy import units_covered
from services.levels.reading import rows_of
from services.maturity import Capability
from services.models import CAPABILITY_LABELS, MaturityRecord, Procedure
from services.tables.uploads import TableForm, sealed, unsealed
from services.tables.values import Row

#: services of one selection
MOST_CHOSEN = 500
#: rows of a file that is handed in by the browser; larger ones by the command
MOST_ROWS = 1_000
PURPOSE = "levels.preview"


class Chosen(forms.Form):
    """The services that were chosen in a list, by the id of their procedure."""

    service = forms.TypedMultipleChoiceField(
        coerce=int, choices=(), error_messages={"required": gettext_lazy("Choose at least one service.")}
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        given = data.getlist("service")
        numbers = {int(value) for value in given if value.isascii() and value.isdigit() and len(value) < 12}
        self.too_many = len(numbers) > MOST_CHOSEN
        wanted = () if self.too_many else numbers
        self.procedures = list(procedures_for_batches().filter(pk__in=wanted))
        if self.too_many:
            del self.fields["service"]
            return
        self.fields["service"].choices = [(procedure.pk, str(procedure)) for procedure in self.procedures]

    def clean(self) -> dict[str, Any]:
        if self.too_many:
            message = _("At most %(number)d services are recorded at once: narrow the list, or hand in a file.")
            raise forms.ValidationError(message % {"number": MOST_CHOSEN})
        return super().clean()


class OneLevelForm(forms.ModelForm):
    """The level that is recorded for every chosen service."""

    flags = forms.MultipleChoiceField(
        label=gettext_lazy("What it allows"),
        required=False,
        choices=[(flag.value, CAPABILITY_LABELS[flag]) for flag in Capability],
        initial=[Capability.INFORMATION.value],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MaturityRecord
        fields = ("unit", "level", "extent", "date", "decision_number", "note")
        widgets = {"date": AdminDateInput}

    field_order = ("unit", "level", "extent", "date", "decision_number", "flags", "note")

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = units_covered(user)
        self.fields["decision_number"].required = True

    def entries(self, procedures: Iterable[Procedure]) -> list[Entry]:
        """A record of this level for each procedure. The form must be valid."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields}
        flags = {flag.value: flag.value in self.cleaned_data["flags"] for flag in Capability}
        return [
            Entry(line, MaturityRecord(procedure=procedure, **values, **flags))
            for line, procedure in enumerate(procedures, start=1)
        ]


class FileForm(TableForm):
    """A file of levels."""

    label = gettext_lazy("File of levels (CSV or XLSX)")
    largest = 2 * 1024 * 1024

    def read(self, path: Path, name: str) -> list[Row]:
        return rows_of(path, most_rows=MOST_ROWS)


def sealed_rows(rows: Iterable[Row]) -> str:
    return sealed([(row.line, row.values) for row in rows], purpose=PURPOSE)


def unsealed_rows(text: str) -> list[Row]:
    """The rows of a preview. UnreadableFile where it is too old or was tampered with."""
    return [Row(line, values) for line, values in unsealed(text, purpose=PURPOSE)]
