"""What the staff hands in and asks about dossier statistics in the admin."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from departments.models import DepartmentKind
from departments.vocabularies import field_choices, unit_choices
from services.dossiers.filters import StatisticsFilter
from services.dossiers.importing import HandedIn, read_file
from services.tables.uploads import TableForm, sealed, unsealed
from services.tables.values import Row

#: rows of a file that is handed in by the browser; larger ones by the command
MOST_ROWS = 20_000
PURPOSE = "dossiers.preview"


class StatisticsFileForm(TableForm):
    """A file of dossier statistics."""

    label = gettext_lazy("File of dossier statistics (CSV or XLSX)")
    largest = 4 * 1024 * 1024

    def read(self, path: Path, name: str) -> list[Row]:
        self.handed_in = read_file(path, name=name, most_rows=MOST_ROWS)
        return self.handed_in.rows


def sealed_file(file: HandedIn) -> str:
    rows = [(row.line, row.values) for row in file.rows]
    return sealed({**asdict(file), "rows": rows}, purpose=PURPOSE)


def unsealed_file(text: str) -> HandedIn:
    """The file of a preview. UnreadableFile where it is too old or was tampered with."""
    found = unsealed(text, purpose=PURPOSE)
    return HandedIn(**{**found, "rows": [Row(line, values) for line, values in found["rows"]]})


# --- report --------------------------------------------------------------------------------------------------------


def _or_all(label: Any, choices: Any) -> Any:
    return lambda: [("", label), *choices()]


class StatisticsReportFilter(StatisticsFilter):
    """Months, one unit, one kind of units, one field; what the rows are; the format of a download."""

    by = forms.ChoiceField(
        required=False,
        label=gettext_lazy("A row for each"),
        choices=[
            ("unit", gettext_lazy("unit")),
            ("unit-month", gettext_lazy("unit and month")),
            ("month", gettext_lazy("month")),
            ("field", gettext_lazy("field")),
        ],
    )
    unit = forms.ChoiceField(
        required=False, label=gettext_lazy("Unit"), choices=_or_all(gettext_lazy("All units"), unit_choices)
    )
    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Kind of unit"),
        choices=[("", gettext_lazy("All kinds of units")), *DepartmentKind.choices],
    )
    field = forms.ChoiceField(
        required=False, label=gettext_lazy("Field"), choices=_or_all(gettext_lazy("All fields"), field_choices)
    )
    format = forms.ChoiceField(required=False, choices=[("csv", "csv"), ("xlsx", "xlsx")], widget=forms.HiddenInput)
    field_order = ["by", "month_from", "month_to", "unit", "kind", "field", "format"]

    def clean_by(self) -> str:
        return self.cleaned_data["by"] or "unit"
