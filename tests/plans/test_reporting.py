from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Measure, Report, Scope
from plans.outcomes import OutcomeState, outcomes
from tests import factories as make
from tests.plans.build import add_report, add_target

pytestmark = pytest.mark.usefixtures("third_quarter")
SEPTEMBER = date(2019, 9, 30)
GOOD = {"numerator": "95", "denominator": "100", "url": "https://example.org/bao-cao"}


def form_url(target, unit, number=3):
    return reverse("plans:report", args=[target.pk, unit.pk, number])


def post(client, target, section, number=3, **changes):
    return client.post(form_url(target, section.department, number), GOOD | changes)


def decide(client, report, decision="confirm", **values):
    return client.post(reverse("plans:decide", args=[report.pk]), {"decision": decision, **values})


def text_of(response):
    return response.content.decode()


def test_the_form_leads_to_the_earlier_periods_and_to_no_later_one(sign_in, target, commune):
    page = text_of(sign_in("author").get(form_url(target, commune.department)))
    assert all(form_url(target, commune.department, number) in page for number in (1, 2))
    assert form_url(target, commune.department, 4) not in page


# --- reporting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("author", True),
        ("reviewer", True),
        ("superuser", True),
        ("publisher", False),
        ("staff_reader", False),
        ("other author", False),
        ("other reviewer", False),
    ],
)
def test_a_unit_is_reported_for_by_its_own_people(sign_in, target, commune, role, may):
    post(sign_in(role), target, commune)
    assert Report.objects.filter(numerator=95, denominator=100, period_end=SEPTEMBER).exists() is may


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"numerator": "101"}, "numerator", "Tử số không thể lớn hơn mẫu số."),
        ({"numerator": ""}, "numerator", "bắt buộc"),
        ({"numerator": "-1"}, "numerator", "0"),
        ({"numerator": "1,5"}, "numerator", "số nguyên"),
        ({"denominator": "99999999999999"}, "denominator", "100000000"),
        ({"url": ""}, "evidence", "minh chứng"),
        ({"url": "không phải địa chỉ"}, "url", "URL"),
    ],
)
def test_impossible_figures_are_refused_with_the_field_and_what_was_typed_stays(
    sign_in, target, commune, changes, field, said
):
    response = post(sign_in("author"), target, commune, note="Đã đối chiếu", **changes)
    assert said in " ".join(response.context["form"].errors[field])
    assert "Đã đối chiếu" in text_of(response)
    assert not Report.objects.exists()


def test_a_period_that_has_not_ended_cannot_be_reported(sign_in, target, commune):
    assert post(sign_in("author"), target, commune, number=4).status_code == 404
    assert post(sign_in("author"), target, commune, number=5).status_code == 404


def test_a_unit_reports_only_what_it_is_asked_for(sign_in, plan, commune):
    district = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.DISTRICT)
    computed = add_target(plan, Measure.LEVELS, 55)
    assert post(sign_in("author"), district, commune).status_code == 404
    assert post(sign_in("author"), computed, commune).status_code == 404
    assert not Report.objects.exists()


def test_a_file_of_evidence_lies_with_the_unit_and_readers_do_not_get_it(client, sign_in, target, commune):
    file = SimpleUploadedFile("bang-ke.pdf", b"%PDF-1.4 bang ke")
    post(sign_in("author"), target, commune, url="", evidence=file)
    document = Report.objects.get().evidence
    assert document.collection == make.collection_of(commune.department)
    assert client.get(document.url).status_code == 200
    client.logout()
    assert client.get(document.url).status_code in {302, 403, 404}


def test_a_file_that_is_no_document_is_refused(sign_in, target, commune):
    response = post(sign_in("author"), target, commune, evidence=SimpleUploadedFile("a.exe", b"MZ"))
    assert "evidence" in response.context["form"].errors


def test_yes_or_no_is_one_click(sign_in, plan, commune):
    target = add_target(plan, Measure.REPORTED_ANSWER, 100, scope=Scope.COMMUNES)
    response = sign_in("author").post(form_url(target, commune.department), {"numerator": "1", "url": GOOD["url"]})
    assert response.status_code == 302
    assert Report.objects.values_list("numerator", "denominator").get() == (1, 1)


def test_a_correction_is_a_new_row_and_keeps_the_evidence(sign_in, target, commune):
    post(sign_in("author"), target, commune)
    page = sign_in("author").get(form_url(target, commune.department))
    assert page.context["form"]["numerator"].value() == 95
    post(sign_in("author"), target, commune, numerator="96", url="")
    rows = Report.objects.order_by("pk").values_list("numerator", "evidence_url")
    assert list(rows) == [(95, GOOD["url"]), (96, GOOD["url"])]


def test_the_form_shows_deadline_target_and_the_last_period(sign_in, target, commune):
    add_report(target, commune.department, 80, 90, date(2019, 6, 30))
    html = text_of(sign_in("author").get(form_url(target, commune.department)))
    for text in ("07/10/2019", "80/90 (88,9%), 30/06/2019", "≥ 95%"):
        assert text in html


# --- deciding ------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(target, commune, staff):
    return add_report(target, commune.department, 95, 100, is_confirmed=None, reported_by=staff["author"])


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reviewer", True),
        ("publisher", True),
        ("superuser", True),
        ("author", False),
        ("staff_reader", False),
        ("other author", False),
        ("other reviewer", False),
    ],
)
@pytest.mark.parametrize("decision", ["confirm", "return"])
def test_figures_are_decided_about_by_the_head_of_the_unit_or_the_board(sign_in, waiting, role, may, decision):
    decide(sign_in(role), waiting, decision, reason="Thiếu tháng 9")
    waiting.refresh_from_db()
    expected = (decision == "confirm") if may else None
    assert waiting.is_confirmed is expected


def test_nobody_confirms_figures_that_they_reported(sign_in, target, commune):
    post(sign_in("reviewer"), target, commune)
    report = Report.objects.get()
    assert decide(sign_in("reviewer"), report).status_code == 302
    report.refresh_from_db()
    assert report.is_confirmed is None
    decide(sign_in("second reviewer"), report)
    report.refresh_from_db()
    assert report.is_confirmed is True


def test_figures_count_once_they_are_confirmed(sign_in, plan, target, commune, waiting):
    add_report(target, Report.objects.get().unit.__class__.objects.get(name="Xã Nam Sơn"), 100, 100)
    assert outcomes(plan, SEPTEMBER)[0].state == OutcomeState.NOT_REPORTED
    decide(sign_in("reviewer"), waiting)
    assert outcomes(plan, SEPTEMBER)[0].rate.numerator == 195


def test_sending_back_needs_a_reason_which_the_author_reads(sign_in, target, commune, waiting):
    decide(sign_in("reviewer"), waiting, "return")
    waiting.refresh_from_db()
    assert waiting.is_confirmed is None
    decide(sign_in("reviewer"), waiting, "return", reason="Thiếu văn bản tháng 9 <b>")
    html = text_of(sign_in("author").get(form_url(target, commune.department)))
    assert "Thiếu văn bản tháng 9 &lt;b&gt;" in html


def test_what_was_decided_or_corrected_is_not_decided_again(sign_in, target, commune, waiting, staff):
    newer = add_report(target, commune.department, 96, 100, is_confirmed=None, reported_by=staff["author"])
    decide(sign_in("reviewer"), waiting)
    decide(sign_in("reviewer"), newer)
    decide(sign_in("publisher"), newer, "return", reason="Sai")
    rows = Report.objects.order_by("pk").values_list("is_confirmed", flat=True)
    assert list(rows) == [None, True]


def test_a_decision_is_posted(sign_in, waiting):
    url = reverse("plans:decide", args=[waiting.pk])
    assert sign_in("reviewer").get(url).status_code == 405
    assert sign_in("reviewer").post(url, {"decision": "nonsense"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.is_confirmed is None


# --- what is due ---------------------------------------------------------------------------------------------------


def desk(client):
    return text_of(client.get(reverse("wagtailadmin_home")))


def test_the_front_page_of_the_admin_lists_what_the_unit_has_to_report(sign_in, target, third_quarter):
    html = desk(sign_in("author"))
    assert "Văn bản xử lý qua mạng" in html and "Hạn 07/10/2019" in html
    third_quarter.set(2019, 10, 8, 9)
    assert "Quá hạn báo cáo" in desk(sign_in("author"))


def test_it_lists_what_waits_for_the_head_and_nothing_when_all_is_done(sign_in, target, waiting):
    assert "1 báo cáo chờ tôi xác nhận" in desk(sign_in("reviewer"))
    decide(sign_in("reviewer"), waiting)
    assert 'id="reports"' not in desk(sign_in("reviewer"))


def test_other_units_are_not_asked_for_what_is_reported_or_not_theirs(sign_in, plan, commune):
    add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[commune.department])
    assert 'id="reports"' not in desk(sign_in("other author"))
    assert 'id="reports"' in desk(sign_in("author"))


@pytest.mark.parametrize(
    ("role", "status"),
    [("author", 200), ("reviewer", 200), ("publisher", 200), ("superuser", 200), ("staff_reader", 302)],
)
def test_the_list_of_reports_is_for_whoever_reports_or_decides(sign_in, target, role, status):
    assert sign_in(role).get(reverse("plans:reports")).status_code == status


def test_the_list_takes_the_same_queries_with_more_indicators(sign_in, plan, target, commune, staff):
    client, page = sign_in("reviewer"), reverse("plans:reports")
    add_report(target, commune.department, 1, 2, is_confirmed=None, reported_by=staff["author"])
    add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.COMMUNES)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(12):
        more = add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.COMMUNES, name=f"Chỉ tiêu {number}")
        if number % 2:
            add_report(more, commune.department, 1, 2, is_confirmed=None, reported_by=staff["author"])
    with CaptureQueriesContext(connection) as many:
        response = client.get(page)
    assert (len(response.context["duties"]), len(many)) == (14, len(few))
