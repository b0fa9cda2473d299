"""What the staff hands in and asks about dossier statistics in the admin."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.models import DepartmentKind
from departments.vocabularies import field_choices, unit_choices
from services.dossiers.filters import StatisticsFilter
from services.dossiers.importing import HandedIn, read_file
from services.tables.problems import UnreadableFile
from services.tables.values import Row

#: rows and bytes of a file that is handed in by the browser; larger ones by the command
MOST_ROWS = 20_000
LARGEST_FILE = 4 * 1024 * 1024
#: characters of a preview that come back with the confirmation; Django refuses longer posts
LONGEST_PREVIEW = 2 * 1024 * 1024
#: how long a preview may be confirmed, in seconds
PREVIEW_LASTS = 3600
SALT = "dossiers.preview"


class StatisticsFileForm(forms.Form):
    """A file of dossier statistics."""

    file = forms.FileField(
        label=gettext_lazy("File of dossier statistics (CSV or XLSX)"),
        help_text=gettext_lazy("Nothing is stored before you have seen what changes."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        """What is in it is kept in `handed_in`."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": LARGEST_FILE // 1024**2})
        with tempfile.NamedTemporaryFile() as kept:
            for part in file.chunks():
                kept.write(part)
            kept.flush()
            try:
                self.handed_in = read_file(Path(kept.name), name=file.name, most_rows=MOST_ROWS)
            except UnreadableFile as error:
                raise forms.ValidationError(str(error)) from error
        if not self.handed_in.rows:
            raise forms.ValidationError(_("The file has no rows."))
        return file


def sealed(file: HandedIn) -> str:
    """What was previewed, so that the browser hands back the very same; empty where it is too much for that."""
    rows = [(row.line, row.values) for row in file.rows]
    text = signing.dumps({**asdict(file), "rows": rows}, salt=SALT, compress=True)
    return text if len(text) <= LONGEST_PREVIEW else ""


def unsealed(text: str) -> HandedIn:
    """The file of a preview. UnreadableFile where it is too old or was tampered with."""
    try:
        found = signing.loads(text, salt=SALT, max_age=PREVIEW_LASTS)
    except signing.BadSignature as error:
        raise UnreadableFile(_("The preview is too old: hand in the file again.")) from error
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
