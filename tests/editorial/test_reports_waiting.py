"""What waits for a decision: for whom, since when, until when."""

import pytest
from django.urls import reverse

from core.templatetags.portal import vn_date
from editorial.models import ReviewState, Submission
from tests import factories as make
from tests.editorial.clock import clock  # noqa: F401 - fixture
from tests.editorial.conftest import decide
from tests.editorial.test_reports import ask, queries_of, table_of
from tests.editorial.test_submitting import send

PAGE, KIND, UNIT, STEP, ASKED, BY, SINCE, WAITED, DUE, LEFT = range(10)


def rows_of(client, **query):
    return table_of(ask(client, "waiting", format="csv", **query))[1:]


def test_a_page_waits_for_the_heads_of_its_unit_where_nobody_was_named(sent, as_):
    (row,) = rows_of(as_("board"))
    assert (row[PAGE], row[UNIT], row[BY]) == (sent.title, "Phòng Tư pháp", "bien-tap")
    assert row[STEP] == "đơn vị duyệt" and row[ASKED] == "Lãnh đạo Phòng Tư pháp"


def test_a_page_waits_for_the_reviewer_who_was_named(draft, as_, people):
    send(as_("author"), draft, reviewer=people.deputy.pk)
    (row,) = rows_of(as_("board"))
    assert row[ASKED] == "pho-phong"


def test_at_the_last_step_it_waits_for_the_board(draft, as_, people):
    send(as_("author"), draft, reviewer=people.deputy.pk)
    decide(as_("deputy"), draft, "approve")
    (row,) = rows_of(as_("board"))
    assert row[ASKED] == "Ban Biên tập"


def test_a_step_that_was_handed_on_waits_for_the_board_as_well(sent, as_, clock):  # noqa: F811
    ReviewState.objects.update(escalated_at=clock.now)
    (row,) = rows_of(as_("board"))
    assert row[ASKED] == "Lãnh đạo Phòng Tư pháp; Ban Biên tập"


def test_the_days_waited_and_left_are_working_days(sent, as_, clock):  # noqa: F811
    clock.set(2026, 6, 8, 10)
    (row,) = rows_of(as_("board"))
    assert (row[SINCE], row[WAITED], row[DUE], row[LEFT]) == ("2026-06-01", "5", "2026-06-08", "Hạn hôm nay")


def test_the_day_after_the_last_one_it_is_overdue(sent, as_, clock):  # noqa: F811
    clock.set(2026, 6, 8, 23, 59)
    assert rows_of(as_("board"), overdue="on") == []
    clock.set(2026, 6, 9, 0, 1)
    (row,) = rows_of(as_("board"), overdue="on")
    assert row[LEFT] == "Quá hạn 1 ngày làm việc"


def test_what_is_due_first_comes_first(section, people, as_, draft):
    second = make.add_service(section, "Đăng ký kết hôn", live=False)
    second.save_revision(user=people.author)
    send(as_("author"), draft)
    send(as_("author"), second, urgency="urgent")
    assert [row[PAGE] for row in rows_of(as_("board"))] == ["Đăng ký kết hôn", draft.title]


def test_what_was_decided_waits_no_more(sent, as_):
    decide(as_("head"), sent, "reject", comment="Thiếu căn cứ")
    assert rows_of(as_("board")) == []


def test_a_head_reads_of_the_own_unit_at_both_steps(sent, as_):
    assert len(rows_of(as_("head"))) == 1
    assert rows_of(as_("other_head")) == []
    decide(as_("head"), sent, "approve")
    assert len(rows_of(as_("head"))) == 1


def test_a_head_of_two_units_reads_of_both_and_can_ask_for_one(sent, as_, people, office):
    people.other_head.groups.add(*people.head.groups.all())
    client = as_("other_head")
    assert len(rows_of(client)) == 1
    assert rows_of(client, unit=office.other.department_id) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "services.servicepage"}, 1),
        ({"kind": "announcements.directivepage"}, 0),
        ({"step": "unit"}, 1),
        ({"step": "board"}, 0),
        ({"unit": "outside"}, 0),
    ],
)
def test_the_filters_narrow(sent, as_, query, found):
    assert len(rows_of(as_("board"), **query)) == found


def test_a_step_that_there_is_not_is_answered_with_the_field_named(as_):
    answer = ask(as_("board"), "waiting", step="mayor")
    assert answer.status_code == 400 and "step" in answer.context["form"].errors


def test_a_review_from_before_deadlines_were_kept_is_reported_without_one(sent, as_):
    Submission.objects.all().delete()
    (row,) = rows_of(as_("board"))
    assert (row[DUE], row[LEFT]) == ("", "")


def test_the_page_shows_days_as_people_write_them_and_leads_to_the_review(sent, as_, clock):  # noqa: F811
    text = ask(as_("board"), "waiting").content.decode()
    assert vn_date(clock.now) in text and reverse("editorial:review", args=[sent.pk]) in text


def test_of_sixty_rows_the_page_shows_fifty_and_the_file_all(section, people, as_):
    send_more(section, people, as_, 51)
    client = as_("board")
    assert len(ask(client, "waiting").context["rows"]) == 50
    assert len(ask(client, "waiting", page=2).context["rows"]) == 1
    assert len(rows_of(client)) == 51
    assert ask(client, "waiting", page=3).status_code == 404


def send_more(section, people, as_, number):
    for count in range(number):
        page = make.add_service(section, f"Thủ tục {count}", live=False)
        page.save_revision(user=people.author)
        page.get_workflow().start(page, people.author)


def test_twenty_rows_take_as_many_queries_as_one(section, people, as_):
    client = as_("board")
    send_more(section, people, as_, 1)
    first = queries_of(client, "waiting")
    send_more(section, people, as_, 19)
    assert queries_of(client, "waiting") == first
