"""Entries follow pages, and the records named in their text, at once and in the same transaction."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction

from departments.models import DepartmentLeader
from home.models import ContentPage
from search.engines import database_engine
from search.entries import COMPARED, postponed, remove_entry, write_entries, write_entry
from search.models import SearchEntry, SearchIdentifier
from search.rebuilding import rebuild

#: what the engine of the database stores
INDEXED = {
    "sqlite": "SELECT id, texts FROM search_indexed ORDER BY id",
    "postgresql": (
        "SELECT id, tokens::text FROM search_titles UNION ALL SELECT id, tokens::text FROM search_texts ORDER BY 1, 2"
    ),
}


def rows():
    """Everything that search knows, the index of the engine included; not how often it changed."""
    entries = list(SearchEntry.objects.order_by("pk").values("pk", *COMPARED))
    identifiers = list(SearchIdentifier.objects.order_by("entry_id", "value").values_list("entry_id", "value"))
    with connection.cursor() as cursor:
        cursor.execute(INDEXED[connection.vendor])
        return entries, identifiers, cursor.fetchall()


def entry(page):
    return SearchEntry.objects.filter(pk=page.pk).first()


def test_a_published_page_is_found_at_once(ask, add_page):
    page = add_page("Xin phép xây nhà", live=False)
    assert ask("xin phép xây nhà").total == 0
    page.save_revision().publish()
    assert ask("xin phép xây nhà").titles == ["Xin phép xây nhà"]


def test_an_unpublished_page_is_found_no_more(ask, add_page):
    page = add_page("Xin phép xây nhà")
    page.unpublish()
    assert entry(page) is None
    assert ask("xin phép xây nhà").total == 0


def test_a_draft_of_a_live_page_is_not_found_until_it_is_published(ask, add_page):
    page = add_page("Xin phép xây nhà")
    page.title = "Đào giếng"
    revision = page.save_revision()
    assert (ask("đào giếng").total, ask("xin phép xây nhà").total) == (0, 1)
    revision.publish()
    assert (ask("đào giếng").total, ask("xin phép xây nhà").total) == (1, 0)


def test_a_page_unpublished_as_a_bare_page_is_found_no_more(add_page):
    page = Page.objects.get(pk=add_page("Xin phép xây nhà").pk)
    assert page.specific.live
    page.live = False
    page.save()
    assert entry(page) is None


def test_a_moved_page_keeps_its_entry_and_is_linked_at_its_new_address(ask, add_page):
    page, target = add_page("Xin phép xây nhà"), add_page("Xây dựng")
    below = add_page("Mẫu đơn xây nhà", parent=page)
    ask("xây nhà")
    page.move(target, pos="last-child")
    urls = ask("xây nhà").urls
    assert {Page.objects.get(pk=moved.pk).specific.get_url() for moved in (page, below)} <= set(urls)
    assert all(url.startswith("/xay-dung/") for url in urls)


def test_a_deleted_page_and_those_below_it_leave_nothing(add_page):
    page = add_page("Xin phép xây nhà", "Mã 1.000656.")
    add_page("Mẫu đơn xây nhà", parent=page)
    page.delete()
    assert rows() == ([], [], [])


def test_pages_deleted_by_a_queryset_leave_nothing(add_page):
    add_page("Xin phép xây nhà", "Mã 1.000656.")
    ContentPage.objects.filter(title="Xin phép xây nhà").delete()
    assert rows() == ([], [], [])


def test_a_restriction_and_its_end_show_at_once(ask, add_page):
    page = add_page("Xin phép xây nhà")
    add_page("Mẫu đơn xây nhà", parent=page)
    ask("xây nhà")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert ask("xây nhà").total == 0
    restriction.delete()
    assert ask("xây nhà").total == 2


def test_a_page_moved_below_a_restricted_one_is_found_no_more(ask, add_page):
    page, private = add_page("Xin phép xây nhà"), add_page("Nội bộ")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    page.move(private, pos="last-child")
    assert ask("xây nhà").total == 0


def test_a_typed_code_is_not_a_way_to_a_private_page(ask, add_page):
    page = add_page("Xin phép xây nhà", "Mã 1.000656.")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert ask("1.000656").total == 0


def test_an_alias_has_no_entry_until_it_becomes_a_page(add_page, home_en):
    alias = add_page("Xin phép xây nhà").create_alias(parent=home_en, update_locale=home_en.locale)
    assert entry(alias) is None
    from wagtail.actions.convert_alias import ConvertAliasPageAction

    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    assert entry(alias) is not None


def test_a_renamed_unit_is_found_under_its_new_name(ask, add_unit):
    page = add_unit("Phòng Tư pháp")
    page.department.name = "Phòng Nội vụ"
    page.department.save()
    assert ask("noi vu").titles == ["Phòng Tư pháp"]


def test_inline_children_of_a_page_that_is_being_saved_are_in_its_entry(add_unit):
    page = add_unit("Phòng Tư pháp", leaders=[DepartmentLeader(name="Nguyễn Văn A", position="Trưởng phòng")])
    assert entry(page).body == "Nguyễn Văn A"
    page.leaders = [DepartmentLeader(name="Trần Thị B", position="Trưởng phòng")]
    page.save_revision().publish()
    assert entry(page).body == "Trần Thị B"


def test_a_change_that_is_rolled_back_leaves_the_entry_as_it_was(add_page):
    page, other = add_page("Xin phép xây nhà", "Mã 1.000656."), add_page("Đào giếng")
    before = rows()
    with pytest.raises(RuntimeError), transaction.atomic():
        page.title = "Tên khác"
        page.summary = "Mã 2.000111."
        page.save()
        other.delete()
        add_page("Trang mới")
        raise RuntimeError
    assert rows() == before


def test_a_failing_entry_undoes_the_publication(add_page, monkeypatch):
    page = add_page("Xin phép xây nhà", live=False)

    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(type(database_engine()), "write", fail)
    with pytest.raises(RuntimeError):
        page.save_revision().publish()
    assert not Page.objects.get(pk=page.pk).live


def test_a_save_that_changes_nothing_public_writes_no_row(add_page):
    page = add_page("Xin phép xây nhà")
    before = entry(page).version
    page.save()
    page.save_revision()
    assert entry(page).version == before


def test_every_change_raises_the_version(add_page):
    page = add_page("Xin phép xây nhà")
    page.title = "Đào giếng"
    page.save()
    assert entry(page).version == 2


def test_identifiers_follow_the_entry(add_page):
    page = add_page("Xin phép xây nhà", "Mã 1.000656.")
    page.summary = "Mã 2.000111, trước là 1.000656 và 2.000111."
    page.save()
    assert sorted(SearchIdentifier.objects.values_list("value", flat=True)) == ["1.000656", "2.000111"]


def test_an_entry_can_be_written_and_removed_by_hand(add_page):
    page = add_page("Xin phép xây nhà")
    before = rows()
    remove_entry(page.pk)
    remove_entry(page.pk)
    assert rows() == ([], [], [])
    write_entry(page)
    assert rows() == before


def test_postponed_entries_are_written_together_at_the_end(add_page):
    with postponed():
        page, gone = add_page("Xin phép xây nhà"), add_page("Đào giếng")
        gone.delete()
        assert entry(page) is None
    assert entry(page).title == "Xin phép xây nhà"
    assert entry(gone) is None


def test_an_exception_within_postponed_writes_nothing(add_page):
    with pytest.raises(RuntimeError), transaction.atomic(), postponed():
        add_page("Xin phép xây nhà")
        raise RuntimeError
    assert rows() == ([], [], [])


def test_many_entries_take_no_more_queries_than_one(add_page):
    with postponed(), transaction.atomic():
        pages = [add_page(f"Họp thôn số {number}") for number in range(20)]
        SearchEntry.objects.all().delete()
    SearchEntry.objects.all().delete()
    counts = []
    for batch in (pages[:1], pages[1:]):
        with CaptureQueriesContext(connection) as captured:
            assert write_entries(batch) == len(batch)
        # Rows of one statement are handed over one by one: what counts are the statements.
        counts.append(len({query["sql"][:60] for query in captured}))
    assert counts[0] == counts[1]


def test_a_rebuild_makes_the_same_rows(add_page, add_unit):
    add_page("Xin phép xây nhà", "Mã 1.000656.", "<p>Nộp đơn tại xã.</p>")
    add_unit("Phòng Tư pháp")
    add_page("Bản nháp", live=False)
    before = rows()
    assert rebuild() == 2
    assert rows() == before
    SearchEntry.objects.all().delete()
    rebuild()
    assert rows() == before


def test_a_rebuild_mends_what_changed_without_a_signal(ask, add_page):
    stays, goes = add_page("Xin phép xây nhà"), add_page("Đào giếng")
    ContentPage.objects.filter(pk=stays.pk).update(title="Cấp phép xây nhà", summary="Mới")
    ContentPage.objects.filter(pk=goes.pk).update(live=False)
    rebuild()
    assert [row.title for row in SearchEntry.objects.all()] == ["Cấp phép xây nhà"]
    assert ask("cap phep xay nha").titles == ["Cấp phép xây nhà"]


def test_a_rebuild_leaves_out_what_no_kind_knows_any_more(add_page, add_unit, monkeypatch):
    from search import kinds

    add_page("Xin phép xây nhà")
    add_unit("Phòng Tư pháp")
    monkeypatch.delitem(kinds._kinds, "page")
    assert rebuild() == 1


def test_entries_of_a_kind_that_is_gone_break_no_question(ask, add_page, monkeypatch):
    from search import kinds

    add_page("Xin phép xây nhà")
    monkeypatch.delitem(kinds._kinds, "page")
    assert ask("xây nhà").total == 0


def test_the_command_says_how_many_entries_there_are(add_page, capsys):
    add_page("Xin phép xây nhà")
    call_command("rebuild_search")
    assert capsys.readouterr().out.startswith("1 entries in ")


def test_progress_goes_from_nothing_to_all(add_page):
    for number in range(3):
        add_page(f"Họp thôn số {number}")
    seen = []
    rebuild(lambda done, total: seen.append((done, total)))
    assert (seen[0], seen[-1]) == ((0, 3), (3, 3))


def test_text_is_stored_in_the_words_of_the_page_and_folded(add_page):
    page = add_page("Xin phép", "Đơn xin.", "<p>Nhà ở riêng lẻ</p>")
    stored = entry(page)
    assert stored.locale == Locale.objects.get(language_code="vi")
    assert (stored.summary, " ".join(stored.text_tokens)) == ("Đơn xin.", "don xin p nha o rieng le p")
    assert stored.text_length == 8
