"""What a process of its own does while pages are published and taken down between being read and being written."""

#: then somebody keeps to a page for longer than is waited for, and all is written in two processes
REBUILD_UNDER_WAY = """
import os
from threading import Event, Thread
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page
from home.models import ContentPage, HomePage
from search import entries, rebuilding
from search.comparison import compare
from search.models import SearchEntry

def publish(page):
    page.title = f"{page.title}, mới"
    page.save_revision().publish()

def rename(page):
    page.title = f"{page.title}, mới"
    page.save()

def apart(change, page):
    def work():
        change(page)
        connection.close()
    thread = Thread(target=work)
    thread.start()
    thread.join()

home = HomePage.objects.get(locale__language_code="vi")
pages = [home.add_child(instance=ContentPage(title=f"Trang {number}", locale=home.locale)) for number in range(6)]
missing, gone = [page.pk for page in pages[:3]], pages[1].pk
SearchEntry.objects.filter(pk__in=missing).delete()
changes = {pages[0].pk: publish, pages[4].pk: rename, pages[5].pk: publish, gone: ContentPage.unpublish}
build = entries.build_entry

def build_late(page, language):
    made = build(page, language)
    if change := changes.pop(page.pk, None):
        apart(change, ContentPage.objects.get(pk=page.pk))
    return made

def look(done, total):
    assert gone in changes or not SearchEntry.objects.filter(pk=gone).exists(), "found, though taken down"

entries.build_entry = build_late
rebuilding.BATCH = 1  # a change of one is to be seen by itself
count = rebuilding.rebuild(look)
assert not changes, "nothing was changed meanwhile"
assert (differences := compare()) == {}, differences
assert SearchEntry.objects.filter(title__endswith=", mới").count() == 3
entries.build_entry = build

held, let_go, waited = Event(), Event(), []

def hold():
    with transaction.atomic():
        Page.objects.filter(pk=pages[0].pk).update(draft_title="Bản nháp")
        held.set()
        assert let_go.wait(60)
    connection.close()

def wait(seconds):
    waited.append(seconds)
    let_go.set()

if connection.vendor == "sqlite":
    connection.settings_dict["OPTIONS"]["timeout"] = 0.1
    connection.close()
SearchEntry.objects.filter(pk__in=missing).delete()
thread = Thread(target=hold)
thread.start()
assert held.wait(60)
rebuilding.time.sleep = wait
assert rebuilding.rebuild() == count
thread.join()
assert waited, "nobody was waited for"
assert (differences := compare()) == {}, differences

store, tries = rebuilding.store_entries, []

def fail(*arguments, **options):
    tries.append(arguments)
    connection.cursor().execute("SELECT * FROM no_such_table")

rebuilding.store_entries = fail
try:
    rebuilding.rebuild()
except DatabaseError:
    pass
assert len(tries) == 1, "what is no conflict was tried again"
rebuilding.store_entries = store

shared_out, results_of = [], rebuilding.results_of

def share_out(work, parts):
    shared_out.extend(parts)
    return results_of(work, parts)

rebuilding.results_of = share_out
SearchEntry.objects.filter(pk__in=missing).delete()
rebuilding.BATCH, rebuilding.FEW = 2, 1
assert rebuilding.rebuild() == count
assert len(shared_out) == 2 or os.cpu_count() == 1
assert (differences := compare()) == {}, differences
"""
