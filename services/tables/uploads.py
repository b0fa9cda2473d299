"""A table that is handed in by the browser: read and shown first, and handed back unchanged when it is confirmed."""

import tempfile
from collections.abc import Sized
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.tables.problems import UnreadableFile

#: characters of a preview that come back with the confirmation; Django refuses longer posts
LONGEST_PREVIEW = 2 * 1024 * 1024
#: how long a preview may be confirmed, in seconds
PREVIEW_LASTS = 3600


class TableForm(forms.Form):
    """A file with a table; subclasses say what is read of it."""

    label: ClassVar[Promise]
    #: bytes; larger files are handed in by the command
    largest: ClassVar[int]

    file = forms.FileField(
        help_text=gettext_lazy("Nothing is stored before you have seen what changes."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = self.label

    def clean_file(self) -> UploadedFile:
        """What `read` makes of it is kept in `found`."""
        file = self.cleaned_data["file"]
        if file.size > self.largest:
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": self.largest // 1024**2})
        with tempfile.NamedTemporaryFile() as kept:
            for part in file.chunks():
                kept.write(part)
            kept.flush()
            try:
                self.found = self.read(Path(kept.name), file.name)
            except UnreadableFile as error:
                raise forms.ValidationError(str(error)) from error
        if not self.found:
            raise forms.ValidationError(_("The file has no rows."))
        return file

    def read(self, path: Path, name: str) -> Sized:
        """The rows of the file at `path`, which its owner calls `name`. UnreadableFile where nothing can be read."""
        raise NotImplementedError


def sealed(content: Any, *, purpose: str) -> str:
    """What was previewed, so that the browser hands back the very same; empty where it is too much for that."""
    text = signing.dumps(content, salt=purpose, compress=True)
    return text if len(text) <= LONGEST_PREVIEW else ""


def unsealed(text: str, *, purpose: str) -> Any:
    """What was sealed for this purpose. UnreadableFile where it is too old or was tampered with."""
    try:
        return signing.loads(text, salt=purpose, max_age=PREVIEW_LASTS)
    except signing.BadSignature as error:
        raise UnreadableFile(_("The preview is too old: hand in the file again.")) from error
