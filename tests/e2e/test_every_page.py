"""What holds on every kind of page, in both languages: no barrier, no sideways scrolling, nothing from elsewhere."""

import pytest

from tests.e2e.addresses import Address, all_addresses
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.survey import Findings, survey

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("address", all_addresses(), ids=str, scope="package")]


@pytest.fixture(scope="package")
def surveyor(new_visitor):
    """One browser for all pages, each visited once."""
    visitor, seen = new_visitor(DESKTOP), {}

    def look_at(address: Address) -> Findings:
        if address not in seen:
            seen[address] = survey(visitor, address)
        return seen[address]

    return look_at


def test_it_answers_as_it_should(surveyor, address):
    assert surveyor(address).status == address.status


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_no_barrier(surveyor, address, width):
    assert surveyor(address).barriers[width] == []


@pytest.mark.parametrize("width", [320, PHONE, DESKTOP])
def test_it_does_not_scroll_sideways(surveyor, address, width):
    assert surveyor(address).sideways[width] == []


def test_it_does_not_scroll_sideways_on_a_desktop_at_200_percent(surveyor, address):
    """A window of 1280 px at 200% has 640 px of the page's own; one of 640 px has 320, which is measured above."""
    assert surveyor(address).sideways[640] == []


def test_no_script_error_no_refusal_of_the_policy_no_other_host(surveyor, address):
    assert surveyor(address).faults == []


def test_no_cookie_is_set(surveyor, address):
    assert surveyor(address).cookies == []
