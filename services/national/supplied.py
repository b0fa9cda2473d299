"""The file of the national list that the authority puts in a place that the settings name."""

import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

#: endings of files that an import can read
ENDINGS = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".csv", ".tsv", ".csv.gz", ".xlsx")


def supplied_file() -> Path | None:
    """The file that is set, or the newest one of the folder that is set; None where there is none."""
    if not settings.PORTAL_NATIONAL_LIST:
        return None
    place = Path(settings.PORTAL_NATIONAL_LIST)
    if place.is_dir():
        files = [path for path in place.iterdir() if path.is_file() and path.name.lower().endswith(ENDINGS)]
        return max(files, key=lambda path: (path.stat().st_mtime, path.name), default=None)
    return place if place.is_file() else None


def day_of(path: Path) -> datetime.date:
    """The day on which the file was last written, in the portal's time zone."""
    moment = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC)
    return timezone.localtime(moment).date()
