"""A unit with its people, a draft of its author, and how each of them sends, approves and sends back."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from departments.roles import AUTHOR, PUBLISHER, REVIEWER
from services.models import ServicePage
from tests import factories as make


@pytest.fixture(scope="module")
def office(rolled_back):
    """A unit, its author and two heads, the board, an administrator; another unit's author and head."""
    section, other = make.add_unit("Phòng Tư pháp"), make.add_unit("Phòng Văn hóa")
    english = make.add_section(
        section.department, "en", title="Justice Division", translation_key=section.translation_key
    )
    people = {
        "author": make.add_member(AUTHOR, section, "bien-tap"),
        "colleague": make.add_member(AUTHOR, section, "bien-tap-hai"),
        "head": make.add_member(REVIEWER, section, "truong-phong"),
        "deputy": make.add_member(REVIEWER, section, "pho-phong"),
        "board": make.add_member(PUBLISHER, name="ban-bien-tap"),
        "second_board": make.add_member(PUBLISHER, name="ban-bien-tap-hai"),
        "other_head": make.add_member(REVIEWER, other, "truong-phong-khac"),
        "admin": make.add_administrator(),
    }
    return SimpleNamespace(section=section, other=other, english=english, people=people)


@pytest.fixture
def people(db, office):
    """Fresh copies of the users by name: none remembers what an earlier test asked of it."""
    users = get_user_model().objects.in_bulk([user.pk for user in office.people.values()])
    return SimpleNamespace(**{name: users[user.pk] for name, user in office.people.items()})


@pytest.fixture
def section(db, office):
    return type(office.section).objects.get(pk=office.section.pk)


@pytest.fixture
def draft(section, people):
    """A draft that the author wrote."""
    page = make.add_service(section, live=False)
    page.save_revision(user=people.author, log_action=True)
    return page


@pytest.fixture
def as_(client, people):
    """`as_("head")` is a client in which the head has signed in."""

    def sign_in(name):
        client.force_login(getattr(people, name))
        return client

    return sign_in


def edit(client, page, *actions, **changes):
    """Post the editor's form for a service."""
    draft = page.get_latest_revision_as_object()
    form = make.service_form(draft, *actions, **changes)
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def decide(client, page, action, comment=""):
    """Decide about a page as the modal of the admin does."""
    state = ServicePage.objects.get(pk=page.pk).current_workflow_task_state
    number = state.pk if state else page.workflow_states.first().task_states.last().pk
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, number])
    return client.post(url, {"comment": comment}, headers={"x-requested-with": "XMLHttpRequest"})


@pytest.fixture
def sent(draft, as_):
    """The draft, sent for approval by its author."""
    edit(as_("author"), draft, "submit")
    return draft


def is_live(page):
    return ServicePage.objects.get(pk=page.pk).live


def step_of(page):
    """The step at which a page waits; None where it does not."""
    state = ServicePage.objects.get(pk=page.pk).current_workflow_task_state
    return state.step if state else None
