"""Who approves, sends back and sends for approval, and where."""

import pytest
from django.urls import reverse

from tests.security.decisions.conftest import (
    DECIDES,
    SECTIONS,
    SENDS,
    each_kind,
    each_role,
    undone,
)


def decide(client, page, action):
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    client.post(url, {"comment": "Ý kiến của người duyệt"})


def put_at(step, page, made):
    """Send a page as its writer does, and let the unit approve where the step is the board's."""
    page.get_workflow().start(page, made["writer"])
    if step == "board":
        page.current_workflow_task_state.approve(user=made["users"]["administrator"], comment="")


@each_role
@each_kind
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_who_decides_where(acting, page, made, role, kind, action):
    decided = {}
    for where in SECTIONS:
        for step in ("unit", "board"):
            draft = page(kind, where, "draft")
            with undone():
                put_at(step, draft, made)
                before = draft.current_workflow_task_state
                decide(acting(role), draft, action)
                before.refresh_from_db()
                if before.status != before.STATUS_IN_PROGRESS:
                    decided.setdefault(where, set()).add(step)
    assert decided == DECIDES[role]


@each_role
@each_kind
def test_who_sends_for_approval_where(acting, page, form, role, kind):
    sent = set()
    for where in SECTIONS:
        draft, data = page(kind, where, "draft"), form(kind, where, "draft")
        with undone():
            data["action-submit"] = "1"
            acting(role).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data)
            if draft.workflow_in_progress:
                sent.add(where)
    assert sent == SENDS[role]
