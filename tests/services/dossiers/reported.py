"""Figures of units as tests need them, and files that say the same."""

import csv
from datetime import date

from services.dossiers.stored import current, key_of, write

#: headings of a file by procedure
HEADINGS = ["Kỳ báo cáo", "Đơn vị", "Mã thủ tục", "Tiếp nhận trực tuyến", "Tiếp nhận trực tiếp"]
HEADINGS += ["Tiếp nhận qua bưu chính", "Giải quyết trước hạn", "Giải quyết đúng hạn", "Giải quyết quá hạn"]


def report(unit, month, counts, *, procedure=None, field=None, is_sample=False):
    """Store six figures of a unit (`Department`) for a month, given as (year, month)."""
    day = date(*month, 1)
    key = key_of(unit.pk, day, procedure.pk if procedure else None, procedure.field_id if procedure else field.pk)
    old = {found: stored for found, stored in current([unit.pk], [day]).items() if found == key}
    return write([(key, tuple(counts))], old, user_name="Cán bộ", file_name="a.csv", digest="0", is_sample=is_sample)


def csv_file(path, *rows, headings=HEADINGS, delimiter=","):
    """A file with these rows below the headings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    return path
