"""The outside engine is told everything, whenever and in whatever order the pushes arrive."""

import datetime
import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from search import outbox
from search.analysis import query_terms
from search.engines.base import Asked, Document, Filters
from search.engines.outside import OutsideFault, Removal
from search.entries import write_entry
from search.models import SearchEntry, Tombstone
from search.outbox import backlog, push_changes, rebuild_outside, sync
from tests.search.outside import drop_indexes, outside, proxy  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def configured(settings):
    """An outside engine is set, though nobody listens there."""
    settings.SEARCH_ELASTICSEARCH_URL = "http://127.0.0.1:9"


def row(page):
    return SearchEntry.objects.filter(pk=page.pk).values_list("version", "pushed_version").first()


def document(page):
    return Document.of(SearchEntry.objects.get(pk=page.pk), "vi")


def tombstone(page):
    return Tombstone.objects.filter(pk=page.pk).values_list("version", "pushed_version").first()


def queued():
    return DBTaskResult.objects.ready().filter(task_path=push_changes.module_path).count()


def found(outside, question, page):  # noqa: F811
    terms = query_terms(question)
    asked = Asked((*terms.informative, *terms.pairs), terms.informative)
    return page.pk in outside.candidates(asked, Filters(page.locale_id)).ids


def test_a_published_page_waits_until_it_is_pushed(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    assert (row(page), backlog()["waiting"], found(outside, "xây nhà", page)) == ((1, 0), 1, False)
    assert sync(outside).pushed == 1
    assert (row(page), backlog()["waiting"], found(outside, "xây nhà", page)) == ((1, 1), 0, True)


def test_a_save_that_changes_nothing_public_does_not_wait(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    sync(outside)
    page.save_revision()
    page.save()
    assert sync(outside).pushed == 0


def test_an_unpublished_page_leaves_a_tombstone_until_it_comes_back(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    sync(outside)
    page.unpublish()
    assert (row(page), tombstone(page)) == (None, (2, 1))
    sync(outside)
    assert (tombstone(page), found(outside, "xây nhà", page)) == ((2, 2), False)
    page.save_revision().publish()
    assert (row(page), tombstone(page)) == ((3, 2), None)
    sync(outside)
    assert found(outside, "xây nhà", page)


def test_a_deleted_page_and_those_below_it_are_taken_out(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    below = add_page("Mẫu đơn xây nhà", parent=page)
    sync(outside)
    Page.objects.get(pk=page.pk).delete()
    assert sync(outside).pushed == 2
    assert not found(outside, "xây nhà", page) and not found(outside, "xây nhà", below)


def test_a_tombstone_is_above_a_version_that_came_after_the_row_was_read(add_page):
    page = add_page("Xin phép xây nhà")
    stale = SearchEntry.objects.get(pk=page.pk)
    page.title = "Xin phép sửa nhà"
    page.save()
    stale.delete()
    assert tombstone(page) == (3, 0)


def test_a_deletion_that_is_rolled_back_leaves_no_tombstone(add_page):
    page = add_page("Xin phép xây nhà")
    with pytest.raises(RuntimeError), transaction.atomic():
        Page.objects.get(pk=page.pk).delete()
        raise RuntimeError
    assert (row(page), tombstone(page)) == ((1, 0), None)


def test_pushes_out_of_order_do_not_bring_old_text_back(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    old = document(page)
    page.title = "Đào giếng"
    page.save()
    sync(outside)
    outbox.push(outside, [old], outbox.Report())
    assert (found(outside, "đào giếng", page), found(outside, "xây nhà", page), row(page)) == (True, False, (2, 2))
    old = document(page)
    page.unpublish()
    sync(outside)
    outbox.push(outside, [old], outbox.Report())
    assert not found(outside, "đào giếng", page)


def test_a_change_that_comes_while_its_predecessor_is_pushed_goes_on_waiting(outside, add_page, monkeypatch):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    push = type(outside).push

    def overtaken(engine, changes):
        monkeypatch.undo()
        page.title = "Đào giếng"
        page.save()
        return push(engine, changes)

    monkeypatch.setattr(type(outside), "push", overtaken)
    sync(outside)
    assert row(page) == (2, 1)
    sync(outside)
    assert (row(page), found(outside, "đào giếng", page)) == ((2, 2), True)


def test_a_removal_that_comes_while_the_entry_is_pushed_goes_on_waiting(outside, add_page, monkeypatch):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    push = type(outside).push

    def overtaken(engine, changes):
        monkeypatch.undo()
        page.unpublish()
        return push(engine, changes)

    monkeypatch.setattr(type(outside), "push", overtaken)
    sync(outside)
    sync(outside)
    assert (tombstone(page), found(outside, "xây nhà", page)) == ((2, 2), False)


def test_one_task_is_queued_for_a_burst(configured, add_page, committed):
    with committed():
        pages = [add_page(f"Họp thôn số {number}") for number in range(3)]
    with committed():
        pages[0].unpublish()
        pages[1].delete()
    assert queued() == 1


def test_a_deletion_alone_queues_a_task(configured, add_page, committed):
    page = add_page("Xin phép xây nhà")
    with committed():
        page.delete()
    assert queued() == 1


def test_without_an_outside_engine_no_task_is_queued(add_page, committed):
    with committed():
        add_page("Xin phép xây nhà")
    assert queued() == 0
    push_changes.call()


def test_the_queued_task_pushes(outside, add_page, committed, run_queued_tasks):  # noqa: F811
    with committed():
        page = add_page("Xin phép xây nhà")
    assert run_queued_tasks() == [push_changes.module_path]
    assert row(page) == (1, 1)


def test_while_the_engine_is_away_changes_wait_and_it_is_said_once(outside, proxy, add_page, caplog):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    proxy.refuse()
    with caplog.at_level(logging.INFO, logger="search.outbox"):
        push_changes.call()
        push_changes.call()
        assert row(page) == (1, 0)
        proxy.accept()
        push_changes.call()
    assert row(page) == (1, 1)
    assert [record.levelname for record in caplog.records if record.name == "search.outbox"] == ["WARNING", "INFO"]


def test_the_command_pushes_and_fails_while_the_engine_is_away(outside, proxy, add_page, capsys):  # noqa: F811
    add_page("Xin phép xây nhà")
    proxy.refuse()
    with pytest.raises(CommandError, match="changes wait"):
        call_command("sync_search")
    proxy.accept()
    call_command("sync_search")
    assert capsys.readouterr().out == "1 changes pushed, 0 wait\n"


def test_an_engine_that_lost_its_data_is_filled_anew(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    sync(outside)
    drop_indexes(outside)
    sync(outside)
    assert found(outside, "xây nhà", page)


def test_no_change_is_lost_while_new_indexes_are_filled(outside, add_page):  # noqa: F811
    changed, gone, kept = (add_page(title) for title in ("Xin phép xây nhà", "Đào giếng", "Họp thôn"))
    sync(outside)
    added = []

    def meanwhile(done, total):
        if done == 0:
            return
        changed.title = "Đăng ký tạm trú"
        changed.save()
        gone.unpublish()
        added.append(add_page("Khai sinh"))
        assert found(outside, "họp thôn", kept)
        sync(outside)
        assert found(outside, "tạm trú", changed)

    assert rebuild_outside(outside, meanwhile) == 3
    assert [found(outside, "tạm trú", changed), found(outside, "khai sinh", added[0])] == [True, True]
    assert [found(outside, "xây nhà", changed), found(outside, "đào giếng", gone)] == [False, False]
    assert backlog()["waiting"] == 0


def test_a_rebuild_that_fails_leaves_the_old_indexes(outside, proxy, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    sync(outside)

    def fail(done, total):
        if done:
            proxy.refuse()

    with pytest.raises(OutsideFault):
        rebuild_outside(outside, fail)
    proxy.accept()
    assert found(outside, "xây nhà", page)
    rebuild_outside(outside)
    assert found(outside, "xây nhà", page)


def test_what_waits_is_counted_with_the_age_of_the_oldest(add_page):
    add_page("Xin phép xây nhà")
    add_page("Đào giếng").unpublish()
    SearchEntry.objects.update(changed_at=timezone.now() - datetime.timedelta(seconds=90))
    assert (backlog()["waiting"], backlog()["oldest_seconds"] // 10) == (2, 9)


def test_tombstones_of_pages_that_are_gone_are_forgotten_after_a_month(outside, add_page):  # noqa: F811
    gone, back = add_page("Xin phép xây nhà"), add_page("Đào giếng")
    gone.delete()
    back.unpublish()
    sync(outside)
    Tombstone.objects.update(removed_at=timezone.now() - datetime.timedelta(days=40))
    sync(outside)
    assert (tombstone(gone), tombstone(back)) == (None, (2, 2))


def test_an_entry_that_comes_back_after_a_lingering_removal_is_newer(outside, add_page):  # noqa: F811
    page = add_page("Xin phép xây nhà")
    page.unpublish()
    lingering = Removal(page.pk, tombstone(page)[0], page.locale_id)
    page.live = True
    page.save()
    write_entry(page)
    sync(outside)
    outside.push([lingering])
    assert found(outside, "xây nhà", page)
