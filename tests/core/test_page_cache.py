"""Whole pages kept for readers: when they are answered from memory, when they are dropped, who passes by."""

import time
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from announcements.models import AnnouncementPage
from core import page_cache
from core.models import PublicVersion
from core.page_cache import PageCacheMiddleware, per_version, per_version_each, read_version
from home.models import SiteSettings
from tests import factories as make

FRONT, SERVICE = "/", "/dich-vu-cong/dang-ky-khai-sinh/"
PUBLIC = [FRONT, SERVICE, "/dich-vu-cong/", "/dich-vu-cong/?q=khai+sinh", "/don-vi/", "/don-vi/phong-tu-phap/"]
PUBLIC += ["/van-ban/", "/thong-bao/", "/tim-kiem/?q=khai+sinh", "/en/", "/en/services/"]


@pytest.fixture(scope="module")
def made(rolled_back):
    section = make.add_unit("Phòng Tư pháp", slug="phong-tu-phap")
    return [section, make.add_service(section), make.add_administrator()]


@pytest.fixture
def town(db, made):
    section, service, user = (type(one).objects.get(pk=one.pk) for one in made)
    return SimpleNamespace(section=section, service=service, user=user)


@pytest.fixture
def visit(db, town):
    """Ask as a new reader; `hit`, `miss` or None tells how the answer was made."""

    def visit(url=SERVICE, **options):
        response = Client().get(url, **options)
        response.cache = response.headers.get("X-Portal-Cache")
        return response

    return visit


@pytest.fixture
def editor(client, db, town):
    client.force_login(town.user)
    return client


# --- kept ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", PUBLIC)
def test_a_page_is_made_once_and_then_answered_from_memory(visit, url):
    assert (visit(url).cache, visit(url).cache) == ("miss", "hit")


def test_an_answer_from_memory_is_the_same_answer(visit):
    first, second = visit(), visit()
    assert (second.content, second.status_code) == (first.content, first.status_code)


def test_an_answer_from_memory_carries_the_same_headers(visit):
    first, second = ({**visit().headers, "X-Portal-Cache": ""} for _ in range(2))
    assert second == first


def test_an_answer_from_memory_asks_the_database_for_nothing_but_the_version(visit):
    visit()
    with CaptureQueriesContext(connection) as queries:
        visit()
    assert len(queries) == 1


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_sets_no_cookie(visit, url):
    assert not visit(url).cookies


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_page_varies_neither_by_cookie_nor_by_language(visit, url):
    assert not {"cookie", "accept-language"} & set(visit(url).headers.get("Vary", "").lower().split(", "))


def test_parameters_that_no_page_knows_do_not_split_the_cache(visit):
    visit("/dich-vu-cong/")
    assert visit("/dich-vu-cong/?utm_source=thu&fbclid=1").cache == "hit"


def test_parameters_that_a_list_knows_are_told_apart(visit):
    visit("/dich-vu-cong/")
    assert visit("/dich-vu-cong/?level=unknown").cache == "miss"


def test_the_order_of_parameters_does_not_split_the_cache(visit):
    visit("/dich-vu-cong/?q=khai&level=unknown")
    assert visit("/dich-vu-cong/?level=unknown&q=khai").cache == "hit"


def test_two_host_names_have_answers_of_their_own(visit):
    visit()
    assert visit(headers={"host": "localhost"}).cache == "miss"


def test_a_reader_s_page_writes_nothing_to_the_database(visit):
    with CaptureQueriesContext(connection) as queries:
        visit()
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


# --- passes by -----------------------------------------------------------------------------------------------------


def test_who_has_a_session_passes_by(visit, editor):
    visit()
    assert "X-Portal-Cache" not in editor.get(SERVICE).headers


def test_a_page_made_for_a_session_is_not_kept(visit, editor):
    editor.get(SERVICE)
    assert visit().cache == "miss"


@pytest.mark.parametrize(
    "url", ["/khong-co/", "/dich-vu-cong/khong-co/", "/dich-vu-cong/?level=9", "/van-ban/?page=99"]
)
def test_errors_are_not_kept(visit, url):
    visit(url)
    assert visit(url).cache is None


def test_a_private_page_is_not_kept(visit, town):
    make.restrict(town.service)
    visit()
    assert visit().cache is None


@pytest.mark.parametrize("url", ["/admin/login/", "/health/live", "/documents/1/x.pdf"])
def test_what_is_no_page_for_readers_is_not_kept(visit, url):
    visit(url)
    assert visit(url).cache is None


def test_only_reading_is_answered_from_memory(visit):
    visit()
    assert "X-Portal-Cache" not in Client().post(SERVICE).headers


def test_the_cache_can_be_switched_off(visit, settings):
    settings.PORTAL_PAGE_CACHE = False
    visit()
    assert visit().cache is None


# --- dropped -------------------------------------------------------------------------------------------------------


def publish(town):
    town.service.title = "Khai sinh mới"
    town.service.save_revision().publish()


def unpublish(town):
    town.service.unpublish()


def rename_unit(town):
    unit = town.section.department
    unit.name = "Phòng Tư pháp và Hộ tịch"
    unit.save()


def restrict(town):
    make.restrict(town.service)


def restrict_the_section(town):
    make.restrict(town.section)


def set_level(town):
    make.add_level(town.service.procedure, 1)


def change_procedure(town):
    town.service.procedure.in_force_until = date(2019, 1, 1)
    town.service.procedure.save()


def change_units_of_procedure(town):
    town.service.procedure.units.set([])
    town.service.procedure.save()


def rename_authority(town):
    names = SiteSettings.for_site(Site.objects.get())
    names.authority_name = "Ủy ban nhân dân huyện"
    names.save()


def delete(town):
    town.service.delete()


def change_slug(town):
    town.service.slug = "khai-sinh"
    town.service.save_revision().publish()


CHANGES = [publish, unpublish, rename_unit, restrict, restrict_the_section, set_level, change_procedure]
CHANGES += [change_units_of_procedure, rename_authority, delete, change_slug]
each_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


@each_change
def test_a_change_that_readers_see_drops_the_page(visit, committed, town, change):
    visit()
    with committed():
        change(town)
    assert visit().cache != "hit"


@each_change
def test_other_workers_learn_of_a_change_by_the_version_number(visit, committed, town, change):
    before = read_version()
    with committed():
        change(town)
    assert read_version() > before


def test_a_change_raises_the_version_once_however_much_it_writes(committed, town, db):
    before = read_version()
    with committed():
        publish(town)
        rename_unit(town)
    assert read_version() == before + 1


def test_a_version_raised_by_another_worker_drops_the_page(visit):
    visit()
    PublicVersion.objects.update_or_create(pk=1, defaults={"number": read_version() + 1})
    assert visit().cache == "miss"


def test_readers_see_what_was_published(visit, committed, town):
    visit()
    with committed():
        publish(town)
    assert "Khai sinh mới" in visit().content.decode()


def test_readers_see_a_new_name_of_a_unit_on_its_page(visit, committed, town):
    visit("/dich-vu-cong/?unit=phong-tu-phap")
    with committed():
        rename_unit(town)
    assert "Phòng Tư pháp và Hộ tịch" in visit("/dich-vu-cong/?unit=phong-tu-phap").content.decode()


def test_a_page_that_became_private_is_read_by_nobody_who_has_not_signed_in(visit, committed, town):
    visit()
    with committed():
        restrict(town)
    assert visit().status_code == 302


@each_change
def test_a_change_that_is_rolled_back_changes_nothing(visit, committed, town, change):
    visit()
    with committed(), pytest.raises(ZeroDivisionError), transaction.atomic():
        change(town)
        raise ZeroDivisionError
    assert visit().cache == "hit"


def test_a_change_after_one_that_was_rolled_back_drops_the_page(visit, committed, town):
    visit()
    with committed():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rename_unit(town)
            raise ZeroDivisionError
        publish(town)
    assert visit().cache == "miss"


def test_a_new_draft_of_a_live_page_drops_nothing(visit, committed, editor, town):
    visit()
    with committed():
        editor.post(f"/admin/pages/{town.service.pk}/edit/", make.service_form(town.service, result="Bản chính"))
    assert visit().cache == "hit"


def test_a_draft_of_a_new_page_drops_nothing(visit, committed, town):
    page = make.new_service(town.section, "Bản nháp", live=False)
    visit()
    with committed():
        town.section.add_child(instance=page)
        page.save_revision()
    assert visit().cache == "hit"


# --- the calendar --------------------------------------------------------------------------------------------------


@pytest.fixture
def tomorrow(monkeypatch):
    """Call it to let midnight pass."""
    today = timezone.localdate()

    def pass_midnight():
        monkeypatch.setattr(timezone, "localdate", lambda *args: today + timedelta(days=1))

    return pass_midnight


def test_every_page_is_made_anew_on_a_new_day(visit, tomorrow):
    visit()
    tomorrow()
    assert visit().cache == "miss"


def test_an_urgent_announcement_leaves_the_banner_at_the_midnight_after_its_last_day(visit, tomorrow, town):
    today = timezone.localdate()
    notice = AnnouncementPage(title="Bão số 5", is_urgent=True, effective_on=today, expires_on=today)
    notice.locale = town.section.locale
    town.section.add_child(instance=notice)
    shown = "Bão số 5" in visit("/don-vi/").content.decode()
    tomorrow()
    assert (shown, "Bão số 5" in visit("/don-vi/").content.decode()) == (True, False)


# --- memos and the store -------------------------------------------------------------------------------------------


@pytest.fixture
def counted():
    """A remembered function and the list of its calls."""
    calls = []

    @per_version
    def double(number):
        calls.append(number)
        return number * 2

    return double, calls


def in_a_request(function, method="get", url="/"):
    """Run `function` as a reader's request would."""

    def answer(request):
        function()
        return HttpResponse("")

    PageCacheMiddleware(answer)(getattr(RequestFactory(), method)(url))


def twice(double):
    return [double(4), double(4)]


def test_a_memo_is_computed_once_in_a_request(counted, db):
    in_a_request(lambda: twice(counted[0]))
    assert counted[1] == [4]


def test_a_memo_is_kept_for_the_next_request(counted, db):
    for url in ("/a/", "/b/"):
        in_a_request(lambda: counted[0](4), url=url)
    assert counted[1] == [4]


def test_a_memo_is_computed_anew_after_a_change(counted, db, committed, town):
    in_a_request(lambda: counted[0](4))
    with committed():
        publish(town)
    in_a_request(lambda: counted[0](4), url="/b/")
    assert counted[1] == [4, 4]


def test_outside_of_requests_nothing_is_remembered(counted):
    twice(counted[0])
    assert counted[1] == [4, 4]


@pytest.mark.parametrize(("method", "url"), [("post", "/"), ("get", "/admin/pages/"), ("get", "/documents/1/x/")])
def test_where_something_may_be_rolled_back_nothing_is_remembered(counted, db, method, url):
    in_a_request(lambda: twice(counted[0]), method, url)
    assert counted[1] == [4, 4]


def test_a_result_of_none_is_remembered_as_well(db):
    calls = []
    nothing = per_version(lambda: calls.append(1))
    in_a_request(lambda: (nothing(), nothing()))
    assert calls == [1]


@pytest.fixture
def tripled():
    """A function remembered for each of many items, and the lists of items with which it was called."""
    calls = []

    @per_version_each(lambda item: item)
    def triple(items):
        calls.append(items)
        return (item * 3 for item in items)

    return triple, calls


def test_of_many_items_only_those_are_made_that_are_not_remembered(tripled, db):
    triple, calls = tripled
    in_a_request(lambda: [triple([1, 2]), triple([3, 2, 1, 4])])
    assert calls == [[1, 2], [3, 4]]


def test_of_many_items_each_has_its_own_result_in_their_order(tripled, db):
    found = []
    in_a_request(lambda: [found.append(tripled[0](items)) for items in ([1, 2], [3, 2, 1, 4])])
    assert found == [[3, 6], [9, 6, 3, 12]]


def test_what_is_remembered_of_many_items_is_made_anew_after_a_change(tripled, db, committed, town):
    in_a_request(lambda: tripled[0]([1]))
    with committed():
        publish(town)
    in_a_request(lambda: tripled[0]([1]), url="/b/")
    assert tripled[1] == [[1], [1]]


def test_what_is_remembered_of_many_items_is_made_anew_on_a_new_day(tripled, db, tomorrow):
    in_a_request(lambda: tripled[0]([1]))
    tomorrow()
    in_a_request(lambda: tripled[0]([1]), url="/b/")
    assert tripled[1] == [[1], [1]]


def test_outside_of_requests_nothing_is_remembered_of_many_items(tripled):
    assert [tripled[0]([1, 2]), tripled[0]([2])] == [[3, 6], [6]]
    assert tripled[1] == [[1, 2], [2]]


@pytest.fixture
def two_memos(monkeypatch):
    """A worker that has room for two memos."""
    monkeypatch.setattr(page_cache, "_memos", type(page_cache._memos)(2))


def test_what_was_not_asked_for_for_longest_is_forgotten(counted, db, two_memos):
    double, calls = counted
    in_a_request(lambda: [double(number) for number in (1, 2, 1, 3, 1, 2)])
    assert calls == [1, 2, 3, 2]


def test_nothing_is_remembered_for_longer_than_five_minutes(counted, db, monkeypatch):
    in_a_request(lambda: counted[0](4))
    later = time.monotonic() + 301
    monkeypatch.setattr(time, "monotonic", lambda: later)
    in_a_request(lambda: counted[0](4), url="/b/")
    assert counted[1] == [4, 4]


def test_a_page_is_kept_for_five_minutes_at_most(visit, monkeypatch):
    visit()
    later = time.monotonic() + 301
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert visit().cache == "miss"
