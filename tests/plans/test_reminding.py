"""Units are reminded before and after the deadline, each of their people once."""

from datetime import date

import pytest
from django.core.management import call_command

from plans.models import Measure, Scope
from plans.reminding import remind, send_waiting
from tests.plans.build import add_report, add_target

pytestmark = pytest.mark.usefixtures("third_quarter", "target", "staff")
#: people of the commune; the other commune's have theirs
OWN = {"author@example.org", "reviewer@example.org", "second-reviewer@example.org"}
OTHERS = {"other-author@example.org", "other-reviewer@example.org"}


def remind_and_send():
    remind()
    send_waiting()


def addresses(mailoutbox):
    return [mail.to[0] for mail in mailoutbox]


def test_nobody_is_reminded_long_before_the_deadline(third_quarter, mailoutbox):
    third_quarter.set(2019, 10, 2, 9)  # three working days are left
    remind_and_send()
    assert mailoutbox == []


def test_everybody_who_reports_for_a_unit_is_reminded_once_before_and_once_after(third_quarter, mailoutbox):
    for day in (3, 4, 7):
        third_quarter.set(2019, 10, day, 9)
        remind_and_send()
    assert (len(mailoutbox), set(addresses(mailoutbox))) == (5, OWN | OTHERS)
    assert "07/10/2019" in mailoutbox[0].subject and "Văn bản xử lý qua mạng" in mailoutbox[0].body
    for day in (8, 9, 10):
        third_quarter.set(2019, 10, day, 9)
        remind_and_send()
    assert (len(mailoutbox), "Quá hạn báo cáo" in mailoutbox[-1].subject) == (10, True)


def test_a_unit_that_has_reported_is_not_reminded(target, commune, mailoutbox):
    add_report(target, commune.department, 1, 2, is_confirmed=None)
    remind_and_send()
    assert set(addresses(mailoutbox)) == OTHERS


def test_what_is_reported_before_the_e_mail_goes_is_not_asked_for(target, commune, mailoutbox):
    remind()
    add_report(target, commune.department, 1, 2, is_confirmed=None)
    send_waiting()
    assert set(addresses(mailoutbox)) == OTHERS


def test_figures_that_were_sent_back_are_asked_for(target, commune, mailoutbox):
    add_report(target, commune.department, 1, 2, is_confirmed=False)
    remind_and_send()
    assert set(addresses(mailoutbox)) >= OWN


def test_days_off_and_years_long_past_bring_no_reminder(third_quarter, mailoutbox):
    third_quarter.set(2019, 10, 5, 9)
    remind_and_send()
    third_quarter.set(2026, 6, 1, 9)
    remind_and_send()
    assert mailoutbox == []


def test_a_plan_that_readers_do_not_see_yet_asks_nobody(plan, mailoutbox):
    plan.is_public = False
    plan.save()
    remind_and_send()
    assert mailoutbox == []


def test_several_indicators_are_one_e_mail(plan, commune, mailoutbox):
    add_target(plan, Measure.REPORTED_SHARE, 95, scope=Scope.UNITS, units=[commune.department], name="Đào tạo")
    remind_and_send()
    own = next(mail for mail in mailoutbox if mail.to == ["author@example.org"])
    assert own.body.count("- ") == 2


def test_the_scheduler_and_the_worker_do_it(mailoutbox, run_queued_tasks):
    call_command("run_scheduler", "--once", verbosity=0)
    assert "plans.tasks.remind_of_reports" in run_queued_tasks()
    assert set(addresses(mailoutbox)) == OWN | OTHERS


def test_the_deadline_follows_the_plan(plan, third_quarter, mailoutbox):
    plan.report_days = 10
    plan.save()
    assert (remind(date(2019, 10, 9)), remind(date(2019, 10, 10))) == (0, 5)
