"""What an answer says of an address, and which addresses are never asked."""

from ipaddress import ip_network

import pytest

from services.quality.destinations import is_open
from services.quality.probing import Pace, Prober
from tests.services.quality.web_server import web  # noqa: F401 - fixture

#: the network of the server of these tests
OWN = (ip_network("127.0.0.0/8"), ip_network("::1"))


def prober(**changes):
    return Prober(**{"agent": "portal", "seconds": 5, "pace": Pace(0), "inner": OWN, **changes})


@pytest.mark.parametrize(
    ("path", "status", "fault"),
    [
        ("/ok", 200, ""),
        ("/ok?ma=1.000105&tên=khai sinh", 200, ""),
        ("/moved", 200, ""),
        ("/no-head", 200, ""),
        ("/401", 401, ""),
        ("/403", 403, ""),
        ("/429", 429, ""),
        ("/404", 404, "error_status"),
        ("/410", 410, "error_status"),
        ("/500", 500, "error_status"),
        ("/loop", 302, "too_many_redirects"),
        ("/away", None, "no_connection"),
        ("/file", None, "refused_address"),
        ("/broken", 302, "no_answer"),
        ("/nonsense", None, "no_answer"),
    ],
)
def test_the_answer_tells_whether_a_reader_would_get_a_page(web, path, status, fault):  # noqa: F811
    answer = prober().probe(web.url(path))
    assert (answer.status, answer.fault) == (status, fault)


def test_a_host_that_says_nothing_is_left_after_the_time_that_was_set(web):  # noqa: F811
    assert prober(seconds=0.2).probe(web.url("/silent")).fault == "too_slow"


def test_what_answers_is_asked_once_and_without_its_body(web):  # noqa: F811
    prober().probe(web.url("/ok"))
    assert web.asked == [("HEAD", "/ok", "portal")]


def test_a_host_that_refuses_that_is_asked_for_the_page(web):  # noqa: F811
    prober().probe(web.url("/no-head"))
    assert web.requests == [("HEAD", "/no-head"), ("GET", "/no-head")]


def test_three_redirects_are_followed_and_no_more(web):  # noqa: F811
    prober().probe(web.url("/loop"))
    assert web.requests == [("HEAD", "/loop")] * 4


def test_this_machine_is_not_asked_unless_that_is_allowed(web):  # noqa: F811
    assert prober(inner=()).probe(web.url("/ok")).fault == "refused_address"
    assert web.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://[::ffff:192.168.1.1]/",
        "http://0x7f000001/",
        "http://user:secret@portal.example.vn/",
        "ftp://portal.example.vn/",
        "javascript:alert(1)",
        "http:///no-host",
        "http://portal.example.vn:port/",
        "",
    ],
)
def test_what_is_not_of_the_open_internet_is_refused(address):
    assert prober(inner=()).probe(address).fault == "refused_address"


def test_a_redirect_to_an_inner_network_is_refused_like_the_address_itself(web):  # noqa: F811
    assert prober().probe(web.url("/inner")).fault == "refused_address"
    assert web.requests == [("HEAD", "/inner")]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("203.162.0.1", True),
        ("2001:ee0::1", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("172.16.5.5", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:a00:1::", False),
    ],
)
def test_an_address_is_open_where_the_whole_internet_reaches_it(number, expected):
    assert is_open(number) is expected


def test_between_two_requests_to_one_host_there_is_a_pause():
    now, slept = [100.0], []
    pace = Pace(2, clock=lambda: now[0], sleep=slept.append)
    pace.wait("a.example.vn")
    pace.wait("b.example.vn")
    now[0] += 0.5
    pace.wait("a.example.vn")
    assert slept == [1.5]
