"""The front page of the admin: what waits for each role, what each has sent, what each may write."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from departments.roles import ADMINISTRATOR, STAFF_READER, TRANSLATOR
from editorial.calendar import office_calendar
from editorial.models.submissions import Submission
from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import decide, edit


def text_of(client, name="wagtailadmin_home"):
    return " ".join(unescape(client.get(reverse(name)).content.decode()).split())


def due(page, days):
    """Set the deadline of a page under review to `days` working days from today."""
    calendar, today = office_calendar(), timezone.localdate()
    day = calendar.after(today, days) if days > 0 else today
    while days < 0 and calendar.left(day, today) > days:
        day -= timedelta(days=1)
    Submission.objects.filter(workflow_state__object_id=str(page.pk)).update(due_on=day)


def test_the_head_finds_what_waits_with_sender_and_the_way_to_it(sent, as_):
    html = text_of(as_("head"))
    assert "Chờ tôi duyệt" in html and "Xem và duyệt" in html
    assert reverse("editorial:review", args=[sent.pk]) in html
    assert f"Dịch vụ công, {sent.procedure.code}" in html
    assert 'data-waiting": "1"' in html


@pytest.mark.parametrize("name", ["author", "colleague", "other_head", "board"])
def test_what_others_decide_is_not_on_my_desk(sent, as_, name):
    html = text_of(as_(name))
    assert "Xem và duyệt" not in html and "data-waiting" not in html


@pytest.mark.parametrize(
    ("days", "words"), [(-2, "Quá hạn 2 ngày làm việc"), (0, "Hạn hôm nay"), (2, "Còn 2 ngày làm việc")]
)
def test_the_deadline_is_said_in_working_days(sent, as_, days, words):
    due(sent, days)
    assert words in text_of(as_("head"))


def test_what_i_changed_waits_for_others(draft, as_):
    edit(as_("head"), draft, conditions="Điều kiện của trưởng phòng")
    edit(as_("author"), draft, "submit")
    html = text_of(as_("head"))
    assert "Không có trang nào chờ" in html and "1 trang chờ người khác duyệt." in html
    others = text_of(as_("head"), "editorial:handed_on")
    assert draft.title in others and "Xem và duyệt" not in others
    assert "Xem và duyệt" in text_of(as_("deputy"))


def test_whoever_has_approved_is_not_asked_again(sent, as_):
    decide(as_("head"), sent, "approve")
    assert "Xem và duyệt" not in text_of(as_("head"))
    assert "Xem và duyệt" in text_of(as_("board"))


def test_what_i_sent_shows_where_it_waits(sent, as_):
    assert "Chờ trưởng đơn vị duyệt từ" in text_of(as_("author"))
    decide(as_("head"), sent, "approve")
    assert "Chờ Ban Biên tập xuất bản từ" in text_of(as_("author"))


def test_what_came_back_shows_the_reason(sent, as_):
    decide(as_("head"), sent, "reject", comment="Thiếu <b>tệp</b> phụ lục")
    html = as_("author").get(reverse("wagtailadmin_home")).content.decode()
    assert "Cần sửa" in html and "Bị trả lại: Thiếu &lt;b&gt;tệp&lt;/b&gt; phụ lục" in html


def test_what_was_published_says_when_and_goes_after_a_month(sent, as_):
    decide(as_("head"), sent, "approve")
    decide(as_("board"), sent, "approve")
    assert f"Đã xuất bản ngày {timezone.localdate():%d/%m/%Y}" in text_of(as_("author"))
    states = ServicePage.objects.get(pk=sent.pk).workflow_states.get().task_states
    states.update(finished_at=timezone.now() - timedelta(days=31))
    assert sent.title not in text_of(as_("author"), "editorial:sent")


def test_the_author_may_write_each_kind_in_the_own_section(section, as_):
    html = text_of(as_("author"))
    for app, model in (
        ("services", "servicepage"),
        ("announcements", "directivepage"),
        ("announcements", "announcementpage"),
    ):
        assert reverse("wagtailadmin_pages:add", args=[app, model, section.pk]) in html
    assert "Ghi mức độ dịch vụ" not in html and "Trang thông tin" not in html


def choice(client, kind="services.servicepage"):
    return client.get(reverse("editorial:write"), {"kind": kind}).content.decode()


def test_whoever_has_many_sections_chooses_one(section, office, as_):
    client = as_("board")
    html = text_of(client)
    assert reverse("wagtailadmin_pages:add", args=["services", "servicepage", section.pk]) not in html
    assert "Ghi mức độ dịch vụ" in html and f"{reverse('editorial:write')}?kind=services.servicepage" in html
    places = choice(client)
    for place in (section, office.other, office.english):
        url = reverse("wagtailadmin_pages:add", args=["services", "servicepage", place.pk])
        assert url in places and client.get(url).status_code == 200


def test_the_author_may_choose_the_translated_section(section, office, as_):
    places = choice(as_("author"))
    assert f"servicepage/{section.pk}/" in places and f"servicepage/{office.english.pk}/" in places
    assert f"servicepage/{office.other.pk}/" not in places


@pytest.mark.parametrize("kind", ["", "services.unknown", "home.homepage", "<script>"])
def test_a_kind_that_cannot_be_written_gives_the_choice_of_kinds(as_, kind):
    html = choice(as_("author"), kind)
    assert "?kind=announcements.announcementpage" in html


def test_a_unit_that_has_ended_is_offered_to_nobody(section, office, as_):
    section.department.valid_to = timezone.localdate() - timedelta(days=1)
    section.department.save()
    places = choice(as_("board"))
    assert f"servicepage/{section.pk}/" not in places and f"servicepage/{office.other.pk}/" in places


def test_the_heading_names_person_role_unit_and_day(as_, people):
    people.head.first_name = "Lê Văn Cường"
    people.head.save()
    html = text_of(as_("head"))
    assert "Lê Văn Cường · Người duyệt, Phòng Tư pháp · " in html
    assert f"{timezone.localdate():%d/%m/%Y}" in html


@pytest.mark.parametrize("role", [STAFF_READER, ADMINISTRATOR])
def test_whoever_neither_writes_nor_decides_finds_lists_and_reports(client, section, role):
    client.force_login(make.add_member(role, section, "nguoi-moi"))
    html = text_of(client)
    assert "Danh mục và báo cáo" in html and reverse("wagtailsnippets_departments_department:list") in html
    assert "Chờ tôi duyệt" not in html and "Viết mới" not in html


def test_the_translator_writes_in_the_translated_section_only(client, office, section):
    client.force_login(make.add_member(TRANSLATOR, section, "phien-dich"))
    html = text_of(client)
    assert f"servicepage/{office.english.pk}/" in html and f"servicepage/{section.pk}/" not in html


@pytest.mark.parametrize("name", ["waiting", "handed_on", "sent", "duties", "write"])
def test_the_lists_behind_the_front_page_say_when_they_are_empty(as_, name):
    client = as_("head")
    assert client.get(reverse(f"editorial:{name}"), {"p": "hai"}).status_code == 200
    assert client.get(reverse(f"editorial:{name}"), {"p": "99"}).status_code == 200


def reviewed(page, months):
    """Put the day on which the page was last published so many months back."""
    ServicePage.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=30.5 * months))


def test_the_owner_confirms_a_page_that_is_due(section, as_):
    page = make.add_service(section, "Chứng thực chữ ký")
    reviewed(page, 7)
    client = as_("author")
    html = text_of(client)
    assert "Chứng thực chữ ký" in html and "Xác nhận còn đúng" in html and "Rà soát gần nhất" in html
    confirm = reverse("editorial:confirm", args=[page.pk])
    answer = client.post(confirm, {"next": reverse("editorial:duties")})
    assert answer.url == reverse("editorial:duties")
    assert confirm in html and confirm not in text_of(client) + text_of(client, "editorial:duties")


@pytest.mark.parametrize("name", ["other_head", "board"])
def test_what_another_unit_must_review_is_not_on_my_desk(section, as_, name):
    reviewed(make.add_service(section, "Chứng thực chữ ký"), 7)
    assert "Chứng thực chữ ký" not in text_of(as_(name))


def test_a_long_list_is_cut_and_paged(section, as_):
    for page in (make.add_service(section, f"Thủ tục số {number}") for number in range(30)):
        reviewed(page, 7)
    html = text_of(as_("author"))
    assert html.count("Xác nhận còn đúng<") == 10 and "Xem tất cả 30 trang" in html
    second = as_("author").get(reverse("editorial:duties"), {"p": 2}).content.decode()
    assert second.count("Xác nhận còn đúng<") == 5
