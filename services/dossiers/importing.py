"""Taking over the figures of a file: all of it or nothing, as often as one likes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from services.dossiers.comparing import Comparison, compare
from services.dossiers.header import HEADER
from services.dossiers.rights import allowed_units, may_import
from services.dossiers.stored import write
from services.tables.problems import UnreadableFile
from services.tables.reading import read_table
from services.tables.values import Row

#: rows of a file: every unit and month of a year with a hundred procedures, and to spare
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that somebody handed in; `digest` is its SHA-256."""

    rows: Iterable[Row]
    name: str
    digest: str


def open_file(path: Path) -> HandedIn:
    """A file whose rows are read one by one. UnreadableFile where nothing of it can be read, now or at the first."""
    rows = read_table(path, HEADER, most_rows=MOST_ROWS)
    return HandedIn(rows, path.name, digest_of(path) if path.is_file() else "")


def read_file(path: Path, *, name: str, most_rows: int) -> HandedIn:
    """A small file, read whole. UnreadableFile where nothing of it can be read."""
    return HandedIn(list(read_table(path, HEADER, most_rows=most_rows)), name, digest_of(path))


def import_statistics(file: HandedIn, *, user: Any) -> Comparison:
    """Store the figures of a file in the name of `user`; nothing where a row is refused or nothing is new.

    PermissionDenied for whoever may not import, UnreadableFile where nothing can be read.
    """
    if not may_import(user):
        raise PermissionDenied(_("%(user)s may not import dossier statistics.") % {"user": user.get_username()})
    try:
        with transaction.atomic():
            found = compare(file.rows, allowed=allowed_units(user))
            if found.writes:
                write(
                    [(key, found.stated[key].counts) for key in found.writes],
                    found.changed,
                    user=user,
                    user_name=user.get_full_name() or user.get_username(),
                    file_name=file.name[:255],
                    digest=file.digest,
                )
    except IntegrityError as error:
        message = _("Somebody imported the same figures at this moment; compare the file once more.")
        raise UnreadableFile(message) from error
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of the file, by which it is found again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
