"""What is asked and chosen is counted by day, without anything of who asks."""

import datetime
import json
import logging

import pytest
from django.conf import settings as configured
from django.core.management import call_command

from core.due import enqueue_due
from core.page_cache import today
from search import counting
from search.counting import count_log
from search.models import CountedLog, HitCount, QueryCount
from search.question_log import HEADER, note_question

pytestmark = pytest.mark.django_db
CHOSEN = "/tim-kiem/chon/"


@pytest.fixture(autouse=True)
def log(tmp_path, settings):
    """A log of this test's own; servers write into it by the handler of the settings."""
    settings.PORTAL_SEARCH_LOG = tmp_path / "search.log"
    logger = logging.getLogger("portal.search")
    kept = logger.handlers[:]
    handler = logging.handlers.WatchedFileHandler(settings.PORTAL_SEARCH_LOG, encoding="utf-8", delay=True)
    logger.handlers = [handler]
    yield settings.PORTAL_SEARCH_LOG
    handler.close()
    logger.handlers = kept


def lines(log):
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def write(log, *values):
    with log.open("a", encoding="utf-8") as file:
        for value in values:
            file.write(json.dumps({"day": today().isoformat(), "language": "vi", "found": 1, **value}) + "\n")


def asked():
    return {row.folded: (row.asked, row.empty) for row in QueryCount.objects.all()}


def test_questions_are_counted_by_day_and_folded(log):
    write(log, {"asked": "Khai sinh"}, {"asked": "KHAI SINH", "found": 0}, {"asked": "sổ đỏ"})
    write(log, {"asked": "birth", "language": "en"}, {"asked": "x", "language": "fr"})
    count_log()
    assert asked() == {"khai sinh": (2, 1), "so do": (1, 0), "birth": (1, 0)}
    assert QueryCount.objects.get(folded="khai sinh").typed == "Khai sinh"


def test_counting_twice_counts_once_and_goes_on_where_it_was(log):
    write(log, {"asked": "khai sinh"})
    count_log()
    count_log()
    assert asked() == {"khai sinh": (1, 0)}
    write(log, {"asked": "khai sinh"})
    count_log()
    assert asked() == {"khai sinh": (2, 0)}


def test_a_line_that_is_not_written_to_its_end_waits(log):
    write(log, {"asked": "khai sinh"})
    with log.open("a") as file:
        file.write('{"day": "')
    count_log()
    assert asked() == {"khai sinh": (1, 0)}
    with log.open("a") as file:
        file.write(f'{today().isoformat()}", "asked": "so do", "language": "vi", "found": 0}}\n')
    assert count_log().questions == 1
    assert asked()["so do"] == (1, 1)


def test_many_lines_are_counted_in_parts(log, monkeypatch):
    monkeypatch.setattr(counting, "LINES_AT_ONCE", 3)
    write(log, *[{"asked": f"câu {number % 4}"} for number in range(20)])
    count_log()
    assert set(asked().values()) == {(5, 0)}


def test_a_run_that_fails_counts_nothing_twice(log, monkeypatch):
    write(log, {"asked": "khai sinh"}, {"asked": "so do"})

    def fail(*_arguments):
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "_add_choices", fail)
        with pytest.raises(OSError, match="no room"):
            count_log()
    assert asked() == {}
    count_log()
    assert asked() == {"khai sinh": (1, 0), "so do": (1, 0)}


def test_the_log_goes_aside_after_its_day_and_nothing_is_lost(log):
    note_question("khai sinh", "vi", 1)
    yesterday = (today() - datetime.timedelta(1)).isoformat()
    log.write_text(log.read_text().replace(today().isoformat(), yesterday))
    count_log()
    assert not log.exists()
    aside = log.with_name("search.log.1")
    note_question("khai sinh", "vi", 0)  # the server's handler opens a new file
    with aside.open("a") as late:
        late.write(json.dumps({"day": yesterday, "asked": "so do", "language": "vi", "found": 2}) + "\n")
    count_log()
    assert sorted(QueryCount.objects.values_list("folded", "asked", "empty")) == [
        ("khai sinh", 1, 0),
        ("khai sinh", 1, 1),
        ("so do", 1, 0),
    ]
    assert log.exists()


def test_a_file_moved_or_cut_by_somebody_else_is_counted_right(log):
    write(log, {"asked": "khai sinh", "n": "1"})
    count_log()
    log.rename(log.with_name("search.log.1"))
    write(log, {"asked": "khai sinh", "n": "2"})
    count_log()
    assert asked() == {"khai sinh": (2, 0)}
    log.write_text("")
    write(log, {"asked": "khai sinh", "n": "3"})
    count_log()
    assert asked() == {"khai sinh": (3, 0)}


@pytest.mark.parametrize(
    "line", ["", "x", "[]", "{}", '{"day": "2026"}', '{"day": "2026-01-01"}', "\x00\ufffd", '{"asked": 1}', "null", "3"]
)
def test_a_line_that_is_none_of_this_log_is_passed_over(log, line):
    with log.open("w", encoding="utf-8") as file:
        file.write(line + "\n")
    write(log, {"asked": "khai sinh"})
    assert count_log().unreadable == 1
    assert asked() == {"khai sinh": (1, 0)}


def test_days_out_of_the_time_that_is_kept_are_not_counted(log):
    for days in (-2, 91, 4000):
        write(log, {"asked": "x", "day": (today() - datetime.timedelta(days)).isoformat()})
    count_log()
    assert asked() == {}


def test_choices_are_counted_of_pages_that_search_knows_and_up_to_a_limit(log, add_page):
    page = add_page("Đăng ký khai sinh")
    draft = add_page("Bản nháp", live=False)
    write(log, *[{"asked": "Khai sinh", "chosen": page.pk}] * 60)
    write(log, {"asked": "khai sinh", "chosen": draft.pk}, {"asked": "khai sinh", "chosen": 10**9})
    count_log()
    assert list(HitCount.objects.values_list("folded", "page", "chosen")) == [("khai sinh", page.pk, 50)]


def test_counts_older_than_90_days_are_deleted(add_page, log):
    page, day = add_page("Đăng ký khai sinh"), today()
    for days in (0, 90, 91, 400):
        when = day - datetime.timedelta(days)
        QueryCount.objects.create(day=when, locale=page.locale, folded="x", asked=1)
        HitCount.objects.create(day=when, folded="x", page=page, chosen=1)
    assert count_log().forgotten == 4
    for model in (QueryCount, HitCount):
        assert set(model.objects.values_list("day", flat=True)) == {day, day - datetime.timedelta(90)}


def test_the_command_says_what_it_counted_and_the_scheduler_does_it_every_hour(log, capsys):
    write(log, {"asked": "khai sinh"})
    call_command("count_searches")
    assert ": 1" in capsys.readouterr().out
    assert CountedLog.objects.count() == 1
    assert "search.counting.count_searches" in enqueue_due()


def test_the_portal_logs_questions_into_a_file_of_their_own():
    questions = configured.LOGGING["loggers"]["portal.search"]
    assert questions["propagate"] is False
    assert configured.LOGGING["handlers"]["questions"]["class"].endswith("WatchedFileHandler")


def test_no_answer_tells_more_than_the_page_shows(ask, add_page):
    add_page("Đăng ký khai sinh")
    answer = ask("khai sinh")
    assert answer.response.headers[HEADER] == f"vi {answer.total}"
