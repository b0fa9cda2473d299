"""A unit that has ended decides about nothing any more: its successor does, and where there is none the board alone."""

from datetime import date

import pytest

from departments.roles import AUTHOR, REVIEWER
from editorial.models import ReviewState
from tests import factories as make
from tests.editorial.conftest import decide, is_live, step_of


@pytest.fixture
def end(office):
    def end(successor=None):
        unit = type(office.section.department).objects.get(pk=office.section.department_id)
        unit.valid_to, unit.successor = date(2019, 1, 1), successor
        unit.save()

    return end


def test_the_successors_head_decides_about_what_was_sent_before(sent, as_, end, office):
    end(successor=office.other.department)
    decide(as_("head"), sent, "approve")
    assert step_of(sent) == "unit"
    decide(as_("other_head"), sent, "approve")
    assert step_of(sent) == "board"


def test_the_successors_head_decides_about_what_its_own_author_sends(section, client, as_, end, office):
    end(successor=office.other.department)
    author = make.add_member(AUTHOR, office.other, "nguoi-ke-tiep")
    page = make.add_service(section, live=False)
    page.save_revision(user=author, log_action=True)
    page.get_workflow().start(page, author)
    decide(as_("other_head"), page, "approve")
    decide(as_("board"), page, "approve")
    assert is_live(page)


def test_without_a_successor_the_board_decides_alone(draft, as_, end, people):
    end()
    draft.get_workflow().start(draft, people.author)
    assert step_of(draft) == "board"
    decide(as_("board"), draft, "approve")
    assert is_live(draft)


def test_whoever_headed_a_unit_that_ended_has_nothing_to_decide(sent, end, people, office):
    end(successor=office.other.department)
    assert not ReviewState.objects.running().decided_by(people.head).exists()
    assert ReviewState.objects.running().decided_by(people.other_head).exists()


def test_a_new_head_of_the_successor_counts_at_once(sent, client, end, office):
    end(successor=office.other.department)
    client.force_login(make.add_member(REVIEWER, office.other, "moi-nhan"))
    decide(client, sent, "approve")
    assert step_of(sent) == "board"
