"""A service's page: what it tells, where it stands, and what is answered where it no longer does."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from services.models import ServicePage
from tests import factories as make

PAST = date(2019, 1, 1)


@pytest.fixture(scope="module")
def made(rolled_back):
    justice, culture = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    return [justice, culture, make.add_administrator()]


@pytest.fixture
def justice(db, made):
    return type(made[0]).objects.get(pk=made[0].pk)


@pytest.fixture
def culture(db, made):
    return type(made[1]).objects.get(pk=made[1].pk)


@pytest.fixture
def editor(client, justice, made):
    client.force_login(made[2])
    return client


def text(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


# --- what it tells -------------------------------------------------------------------------------------------------


def test_the_page_opens_with_papers_time_fee_place_and_the_button_to_apply(client, justice):
    fees = [{"amount": 8_000, "text": "", "exemption": ""}]
    texts = {"papers": [make.paper("Tờ khai"), make.paper("Giấy chứng sinh")], "channels": [make.channel(fees=fees)]}
    page = make.add_service(justice, apply_url="https://dvc.example/nop", place="Bộ phận một cửa", **texts)
    answer = client.get(page.get_url()).content.decode().split('class="detail"')[0]
    parts = ["Tờ khai; Giấy chứng sinh", "8.000", "Bộ phận một cửa", "https://dvc.example/nop"]
    assert [part for part in parts if part not in answer] == []


def test_every_case_and_every_paper_is_on_the_page(client, justice):
    cases = [("case", {"name": f"Trường hợp {n}", "papers": [make.paper(f"Giấy {n}")]}) for n in (1, 2)]
    shown = text(client.get(make.add_service(justice, cases=cases).get_url()))
    assert [part for part in ("Trường hợp 1", "Giấy 1", "Trường hợp 2", "Giấy 2") if part not in shown] == []


def test_every_channel_has_its_own_time_limit_and_fee(client, justice):
    fee = {"amount": 50_000, "text": "", "exemption": "Miễn cho hộ nghèo"}
    channels = [make.channel("online", time_value=2), make.channel("post", time_value=5, fees=[fee])]
    rows = client.get(make.add_service(justice, channels=channels).get_url()).context_data["channels"]
    assert [(row["times"][0][0], len(row["fees"])) for row in rows] == [("2", 0), ("5", 1)]


def test_the_full_name_is_shown_where_it_is_longer_than_the_title(client, justice):
    name = "Thủ tục đăng ký khai sinh " * 20
    assert name.strip() in text(client.get(make.add_service(justice, full_name=name.strip()).get_url()))


def main_text(client, page):
    """What stands between header and footer, as markup."""
    return client.get(page.get_url()).content.decode().split("<main")[1].split("</main>")[0]


def test_the_page_names_the_unit_that_is_responsible(client, justice):
    assert '<a href="/don-vi/phong-tu-phap/">Phòng Tư pháp</a>' in main_text(client, make.add_service(justice))


def test_the_page_says_when_it_was_last_changed(client, justice):
    page = make.add_service(justice)
    day = timezone.localtime(page.last_published_at).strftime("%d/%m/%Y")
    assert day in main_text(client, page)


def test_the_page_leads_to_the_list_of_its_field(client, justice):
    page = make.add_service(justice)
    assert client.get(page.get_url()).context_data["field"]["url"] == "/dich-vu-cong/?field=ho-tich"


def test_breadcrumbs_lead_by_the_catalogue_and_not_by_the_unit(client, justice):
    trail = client.get(make.add_service(justice).get_url()).context_data["breadcrumbs"]
    assert [step["url"] for step in trail] == ["/", "/dich-vu-cong/", "/dich-vu-cong/?field=ho-tich"]


def test_related_services_are_named_only_where_they_can_be_read(client, justice):
    page, other = make.add_service(justice), make.add_service(justice, "Đăng ký kết hôn")
    hidden = make.add_service(justice, "Bản nháp", live=False)
    make.relate(page.procedure, other.procedure, hidden.procedure)
    related = client.get(page.get_url()).context_data["related"]
    assert [item["title"] for item in related] == ["Đăng ký kết hôn"]


def test_a_procedure_no_longer_in_force_says_so(client, justice):
    procedure = make.add_procedure(units=[justice.department], in_force_until=PAST)
    assert (
        "01/01/2019"
        in client.get(make.add_service(justice, procedure=procedure).get_url()).context_data["notice"]["title"]
    )


def test_a_procedure_in_force_has_no_notice(client, justice):
    procedure = make.add_procedure(units=[justice.department], in_force_until=date.today() + timedelta(days=1))
    assert client.get(make.add_service(justice, procedure=procedure).get_url()).context_data["notice"] is None


def test_sample_levels_are_marked_as_such(client, justice):
    page = make.add_service(justice)
    make.add_level(page.procedure, 1, PAST, is_sample=True)
    assert client.get(page.get_url()).context_data["maturity"]["note"]


def test_what_an_editor_typed_is_not_run_as_markup(client, justice):
    page = make.add_service(justice, result="<script>alert(1)</script>", place="<b>x</b>")
    html = client.get(page.get_url()).content.decode()
    assert "<script>alert" not in html and "<b>x</b>" not in html


def test_the_form_of_a_paper_can_be_opened_from_the_page(client, justice):
    file = make.add_file()
    page = make.add_service(justice, papers=[make.paper(form=file)])
    assert f'href="{file.url}"' in client.get(page.get_url()).content.decode()


# --- slugs ---------------------------------------------------------------------------------------------------------


def create(client, section, title, *actions, **changes):
    page = make.new_service(section, title)
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk])
    client.post(url, make.service_form(page, *actions, **changes))
    return ServicePage.objects.filter(title=title).last()


def test_a_slug_is_made_of_plain_letters(justice):
    assert make.add_service(justice, "Đăng ký đất đai").slug == "dang-ky-dat-dai"


def test_a_draft_has_such_a_slug_as_well(justice):
    assert make.add_service(justice, "Đăng ký đất đai", live=False).slug == "dang-ky-dat-dai"


@pytest.mark.parametrize("actions", [(), ("submit",)])
def test_the_editor_s_form_makes_the_slug_where_it_was_left_empty(editor, justice, actions):
    assert create(editor, justice, "Đăng ký đất đai", *actions).slug == "dang-ky-dat-dai"


def test_the_editor_may_choose_a_slug(editor, justice):
    assert create(editor, justice, "Đăng ký đất đai", slug="dat-dai").slug == "dat-dai"


def test_the_browser_is_not_asked_to_propose_a_slug(editor, justice):
    url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", justice.pk])
    field = re.search(r'<(?:input|textarea)[^>]*name="title"[^>]*>', editor.get(url).content.decode())[0]
    assert "#id_slug" not in field


def test_a_title_without_letters_has_a_slug_all_the_same(justice):
    assert make.add_service(justice, "???").slug


def test_the_same_title_under_one_unit_gets_a_number(justice):
    slugs = [make.add_service(justice, "Đăng ký đất đai").slug for _ in range(3)]
    assert slugs == ["dang-ky-dat-dai", "dang-ky-dat-dai-2", "dang-ky-dat-dai-3"]


def test_the_same_title_under_another_unit_gets_a_number(justice, culture):
    slugs = [make.add_service(section, "Đăng ký đất đai").slug for section in (justice, culture)]
    assert slugs == ["dang-ky-dat-dai", "dang-ky-dat-dai-2"]


def test_a_slug_typed_in_the_editor_that_another_unit_has_gets_a_number(editor, justice, culture):
    make.add_service(justice, "Đăng ký đất đai")
    assert create(editor, culture, "Đất", "submit", slug="dang-ky-dat-dai").slug == "dang-ky-dat-dai-2"


def test_the_slug_of_a_live_page_stays_when_its_title_changes(justice):
    page = make.add_service(justice, "Đăng ký đất đai")
    page.title = "Đăng ký quyền sử dụng đất"
    page.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).slug == "dang-ky-dat-dai"


def test_each_language_has_slugs_of_its_own(justice):
    english = make.add_section(justice.department, "en", title="Justice Division")
    make.add_service(justice, "Hotline")
    assert make.add_service(english, "Hotline").slug == "hotline"


# --- addresses -----------------------------------------------------------------------------------------------------


def test_the_public_address_does_not_name_the_unit(client, justice):
    make.add_service(justice)
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 200


def test_asked_for_by_its_place_in_the_tree_a_page_leads_to_its_public_address(client, justice):
    page = make.add_service(justice)
    response = client.get(f"{justice.get_url()}{page.slug}/")
    assert (response.status_code, response.url) == (301, "/dich-vu-cong/dang-ky-khai-sinh/")


def test_a_draft_is_not_told_of_by_its_place_in_the_tree(client, justice):
    page = make.add_service(justice, live=False)
    assert client.get(f"{justice.get_url()}{page.slug}/").status_code == 404


def test_a_page_that_moves_to_another_unit_keeps_its_address(client, justice, culture):
    page = make.add_service(justice)
    page.move(culture, pos="last-child")
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 200


def test_a_page_that_moved_names_its_new_unit(client, justice, culture):
    page = make.add_service(justice)
    page.move(culture, pos="last-child")
    assert '<a href="/don-vi/phong-van-hoa/">Phòng Văn hóa</a>' in main_text(
        client, ServicePage.objects.get(pk=page.pk)
    )


def test_a_unit_s_new_slug_leaves_the_addresses_of_its_services_alone(client, justice):
    page = make.add_service(justice)
    justice.slug = "tu-phap"
    justice.save_revision().publish()
    assert ServicePage.objects.get(pk=page.pk).get_url() == "/dich-vu-cong/dang-ky-khai-sinh/"


def test_the_old_address_leads_to_the_new_one_after_a_new_slug(client, committed, justice):
    page = make.add_service(justice)
    page.slug = "khai-sinh"
    with committed():
        page.save_revision().publish()
    response = client.get("/dich-vu-cong/dang-ky-khai-sinh/")
    assert (response.status_code, response.get("Location")) == (301, "/dich-vu-cong/khai-sinh/"), Redirect.objects.all()


def test_the_page_names_its_public_address_as_the_right_one(client, justice):
    html = client.get(make.add_service(justice).get_url()).content.decode()
    assert '<link rel="canonical" href="http://testserver/dich-vu-cong/dang-ky-khai-sinh/">' in html


# --- taken back, never there, private ------------------------------------------------------------------------------


def test_a_page_that_was_taken_back_is_answered_with_410(client, justice):
    make.add_service(justice).unpublish()
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 410


def test_a_page_that_was_taken_back_and_published_again_is_read_again(client, justice):
    page = make.add_service(justice)
    page.unpublish()
    page.save_revision().publish()
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 200


def test_a_page_that_was_never_published_is_answered_with_404(client, justice):
    make.add_service(justice, live=False)
    assert client.get("/dich-vu-cong/dang-ky-khai-sinh/").status_code == 404


@pytest.mark.parametrize("path", ["khong-co", "khong-co/sau-hon", "%C4%91", "..%2f", "a" * 300])
def test_what_was_never_there_is_answered_with_404(client, justice, path):
    assert client.get(f"/dich-vu-cong/{path}/").status_code == 404


def test_a_private_page_asks_to_sign_in(client, justice):
    page = make.add_service(justice)
    make.restrict(page)
    assert client.get(page.get_url()).status_code == 302


def test_a_page_below_a_private_section_asks_to_sign_in(client, justice):
    page = make.add_service(justice)
    make.restrict(justice)
    assert client.get(page.get_url()).status_code == 302


# --- number of queries ---------------------------------------------------------------------------------------------


def test_the_page_takes_the_same_number_of_queries_with_more_papers_levels_and_relatives(client, justice, settings):
    settings.PORTAL_PAGE_CACHE = False
    few, many = (
        make.add_service(justice),
        make.add_service(justice, "Nhiều", papers=[make.paper(f"{n}") for n in range(30)]),
    )
    others = [make.add_service(justice, f"Khác {n}") for n in range(4)]
    for page, related in ((few, others[:1]), (many, others)):
        make.relate(page.procedure, *(other.procedure for other in related))
        for year in range(len(related)):
            make.add_level(page.procedure, 1, date(2015 + year, 1, 1), unit=justice.department)
    numbers = []
    for page in (few, many):
        client.get(page.get_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(page.get_url())
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 40
