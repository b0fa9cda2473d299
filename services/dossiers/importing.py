"""Taking over the figures of a file: all of it or nothing, as often as one likes."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from services.dossiers.comparing import Comparison, compare
from services.dossiers.rights import allowed_units, may_import
from services.dossiers.stored import write
from services.tables.problems import UnreadableFile


def import_statistics(path: Path, *, user: Any, file_name: str = "", is_sample: bool = False) -> Comparison:
    """Store the figures of a file in the name of `user`; nothing where a row is refused or nothing is new.

    PermissionDenied for whoever may not import, UnreadableFile where nothing can be read.
    """
    if not may_import(user):
        raise PermissionDenied(_("%(user)s may not import dossier statistics.") % {"user": user.get_username()})
    try:
        with transaction.atomic():
            found = compare(path, allowed=allowed_units(user), is_sample=is_sample)
            if found.writes:
                write(
                    [(key, found.stated[key].counts) for key in found.writes],
                    found.changed,
                    user=user,
                    user_name=user.get_full_name() or user.get_username(),
                    file_name=(file_name or path.name)[:255],
                    digest=digest_of(path),
                    is_sample=is_sample,
                )
    except IntegrityError as error:
        message = _("Somebody imported the same figures at this moment; compare the file once more.")
        raise UnreadableFile(message) from error
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of the file, by which it is found again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
