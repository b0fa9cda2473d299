"""Addresses that services name are asked once a day, and count as failing after three days."""

import datetime
from io import StringIO
from ipaddress import ip_network

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from services.models import LinkCheck, ServicePage
from services.quality.checking import check_links
from services.tasks import check_links as task
from tests import factories as make
from tests.services.quality.web_server import web  # noqa: F401 - fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_network(settings):
    settings.PORTAL_LINK_CHECK = True
    settings.PORTAL_LINK_NETWORKS = [ip_network("127.0.0.0/8")]
    settings.PORTAL_LINK_PAUSE = 0


@pytest.fixture
def section():
    return make.add_unit()


def names(section, address, **changes):
    return make.add_service(section, **{"apply_url": address, **changes})


def a_day_passes():
    LinkCheck.objects.update(checked_at=timezone.now() - datetime.timedelta(days=1, seconds=1))


def row(address):
    return LinkCheck.objects.get(address=address)


def test_an_address_that_many_services_name_is_asked_once(web, section):  # noqa: F811
    for title in ("Khai sinh", "Kết hôn"):
        names(section, web.url("/ok"), title=title, source_url=web.url("/nguon"))
    assert check_links().checked == 2
    assert sorted(web.requests) == [("HEAD", "/nguon"), ("HEAD", "/ok")]


def test_the_portal_says_who_asks(web, section, settings):  # noqa: F811
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example.vn"
    names(section, web.url("/ok"))
    check_links()
    assert "https://portal.example.vn" in web.asked[0][2]


def test_on_one_day_an_address_is_asked_once_however_often_the_job_runs(web, section):  # noqa: F811
    names(section, web.url("/404"))
    check_links()
    check_links()
    assert row(web.url("/404")).tries == 1


def test_the_next_day_it_is_asked_again(web, section):  # noqa: F811
    names(section, web.url("/ok"))
    check_links()
    a_day_passes()
    assert check_links().checked == 1


def test_it_fails_only_after_three_days_and_since_the_first_of_them(web, section):  # noqa: F811
    names(section, web.url("/404"))
    check_links()
    first = row(web.url("/404")).failed_since
    for _day in range(2):
        assert not LinkCheck.objects.failing().exists()
        a_day_passes()
        check_links()
    failing = LinkCheck.objects.failing().get()
    assert (failing.failed_since, failing.status, failing.reason) == (first, 404, "error_status")


def test_one_answer_is_enough_to_be_well_again(web, section):  # noqa: F811
    names(section, web.url("/nop"))
    web.answers["/nop"] = 503
    for _day in range(3):
        check_links()
        a_day_passes()
    web.answers["/nop"] = 200
    check_links()
    found = row(web.url("/nop"))
    assert (found.tries, found.failed_since, found.reason, found.status) == (0, None, "", 200)


def test_a_host_that_is_away_is_asked_once_a_run(section, web):  # noqa: F811
    for number in range(3):
        names(section, f"http://127.0.0.1:1/{number}", title=f"Thủ tục {number}")
    names(section, web.url("/ok"), title="Khai sinh")
    outcome = check_links()
    assert (outcome.checked, outcome.faulty) == (2, 1)
    assert LinkCheck.objects.due(timezone.now()).count() == 2


def test_a_page_of_one_host_that_fails_says_nothing_of_its_others(section, web):  # noqa: F811
    for path in ("/404", "/500", "/ok"):
        names(section, web.url(path), title=path)
    assert check_links().checked == 3


def test_when_the_time_of_a_run_is_over_the_rest_stays_due(web, section):  # noqa: F811
    names(section, web.url("/ok"))
    assert check_links(seconds=0).checked == 0
    assert check_links(seconds=60).checked == 1


def test_an_address_that_no_service_names_any_more_is_forgotten(web, section):  # noqa: F811
    page = names(section, web.url("/cu"))
    check_links()
    ServicePage.objects.filter(pk=page.pk).update(apply_url=web.url("/moi"))
    check_links()
    assert [check.address for check in LinkCheck.objects.all()] == [web.url("/moi")]


def test_hosts_of_inner_networks_are_not_asked(web, section, settings):  # noqa: F811
    settings.PORTAL_LINK_NETWORKS = []
    names(section, web.url("/ok"))
    check_links()
    assert row(web.url("/ok")).reason == "refused_address" and web.asked == []


def test_the_job_runs_in_the_background(web, section, run_queued_tasks):  # noqa: F811
    names(section, web.url("/ok"))
    task.enqueue()
    run_queued_tasks()
    assert row(web.url("/ok")).status == 200


def test_the_command_says_what_it_found(web, section):  # noqa: F811
    names(section, web.url("/404"))
    said = StringIO()
    call_command("check_links", stdout=said)
    assert said.getvalue().strip() == "checked 1, without an answer 1, failing 0"


def test_where_it_is_switched_off_nothing_is_asked(web, section, settings):  # noqa: F811
    settings.PORTAL_LINK_CHECK = False
    names(section, web.url("/ok"))
    with pytest.raises(CommandError):
        call_command("check_links")
    assert web.asked == []
