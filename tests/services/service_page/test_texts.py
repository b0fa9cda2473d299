"""What a service's page tells, and how few queries that takes."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories as make
from tests.services.service_page.conftest import PAST, main_text, text


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
