"""Two communes and a division, what they carry out, and the command that imports their figures."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from services.models import DossierFigure
from tests import factories as make


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def office(db, in_english):
    """`births` is carried out by both communes, `copies` by the division alone."""
    first = make.add_unit("Xã Bắc Sơn", kind="commune", aliases="UBND xã Bắc Sơn")
    second = make.add_unit("Xã Minh Phú", kind="commune")
    division = make.add_unit("Phòng Tư pháp")
    births, copies = make.add_field("Hộ tịch"), make.add_field("Chứng thực")
    return SimpleNamespace(
        sections={"first": first, "second": second, "division": division},
        first=first.department,
        second=second.department,
        division=division.department,
        births=make.add_procedure(births, code="1.001193", units=[first.department, second.department]),
        copies=make.add_procedure(copies, code="2.000815", units=[division.department]),
        admin=make.add_administrator(),
    )


@pytest.fixture
def run(office):
    """Run the command; what it said, and the error with which it ended."""

    def _run(path, *options):
        out, error = StringIO(), ""
        try:
            call_command("import_statistics", path, *options, stdout=out)
        except CommandError as ended:
            error = str(ended)
        return out.getvalue(), error

    return _run


@pytest.fixture
def apply(run):
    return lambda path, *options: run(path, "--apply", "--user", "quan-tri", *options)


def stored(**only):
    """Current figures: unit, month and the six counts of each."""
    names = ("received_online", "received_in_person", "received_by_post")
    names += ("finished_early", "finished_on_time", "finished_late")
    rows = DossierFigure.objects.filter(is_current=True, **only).order_by("month", "unit__name", "pk")
    return [(str(row.unit), f"{row.month:%m/%Y}", *(getattr(row, name) for name in names)) for row in rows]
