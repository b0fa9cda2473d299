"""A rebuild of the entries of every kind: pages are read with all that their entries need."""

import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import ContentPage
from search.entries import COMPARED
from search.models import SearchEntry
from search.rebuilding import rebuild
from tests import factories as make
from tests.announcements.conftest import add_announcement, add_directive
from tests.architecture.source import ROOT
from tests.portal.rebuild_script import REBUILD_UNDER_WAY

pytestmark = pytest.mark.django_db

ADD = {
    "service": lambda unit, number: make.add_service(unit, f"Đăng ký khai sinh {number}"),
    "directive": lambda unit, number: add_directive(unit, f"{number}/KH-UBND", issuer=unit.department),
    "announcement": lambda unit, number: add_announcement(unit, f"Lịch cắt nước số {number}"),
}


def statements():
    """Kinds of statements of a rebuild; rows of one statement may be handed over one by one."""
    with CaptureQueriesContext(connection) as captured:
        rebuild()
    return [query["sql"][:60] for query in captured if query["sql"].startswith("SELECT")]


@pytest.mark.parametrize("kind", ADD)
def test_more_pages_take_no_more_queries(kind):
    unit = make.add_unit()
    ADD[kind](unit, 1)
    few = statements()
    for number in range(2, 6):
        ADD[kind](unit, number)
    assert len(statements()) <= len(few)


@pytest.mark.parametrize("kind", ADD)
def test_an_entry_says_the_same_as_after_publishing(kind):
    ADD[kind](make.add_unit(), 1)
    published = list(SearchEntry.objects.order_by("pk").values(*COMPARED))
    SearchEntry.objects.all().delete()
    rebuild()
    assert list(SearchEntry.objects.order_by("pk").values(*COMPARED)) == published


def test_a_heading_and_the_text_below_it_are_two_words():
    text = [("text", "<h2>Mục tiêu</h2><p>Cổng hướng tới mọi người</p>")]
    unit = make.add_unit()
    unit.duties = text
    unit.save()
    page = unit.get_parent().add_child(instance=ContentPage(title="Trợ giúp", body=text, locale=unit.locale))
    for one in (unit, page):
        assert SearchEntry.objects.get(pk=one.pk).text_tokens[:4] == ["muc", "tieu", "cong", "huong"]


def test_a_rebuild_believes_nothing_that_was_remembered_before_it():
    unit = make.add_unit()
    page = add_announcement(unit, "Lịch cắt nước")
    rebuild()
    type(unit.department).objects.update(slug="phong-moi")
    rebuild()
    assert SearchEntry.objects.get(pk=page.pk).facets["unit"] == ["phong-moi"]


def test_a_rebuild_loses_no_publication(migrated_file, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{shutil.copy(migrated_file, tmp_path)}",
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", REBUILD_UNDER_WAY]
    run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
