"""Several people at the same moment: on PostgreSQL in threads, and two editors of one page in the admin."""

import json

import pytest
from django.urls import reverse

from services.models import ServicePage
from tests import factories as make
from tests.editorial.conftest import edit
from tests.postgresql import new_database


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, postgresql_url):
    """What came of the deeds of `together`, by deed."""
    with new_database(postgresql_url, tmp_path_factory.mktemp("var")) as run:
        made = run("manage.py", "migrate", "--verbosity", "0")
        assert made.returncode == 0, made.stderr[-2000:]
        done = run("-m", "tests.editorial.together")
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_approvals_at_the_same_moment_are_all_counted_and_end_the_step_once(outcome):
    found = outcome["votes"]
    assert found["faults"] == [] and 500 not in found["answers"]
    assert (found["votes"], found["unit"], found["board"]) == (3, ["approved"], ["in_progress"])


def test_a_page_that_all_publish_at_the_same_moment_is_published_once(outcome):
    found = outcome["once"]
    assert found["faults"] == [] and 500 not in found["answers"]
    assert (found["live"], found["published"], found["approved"]) == (True, 1, 1)


def test_publishing_while_the_section_moves_leaves_the_tree_sound(outcome):
    found = outcome["moving"]
    assert found["faults"] == [] and 500 not in found["answers"]
    assert (found["live"], found["problems"], found["addresses"]) == (6, [0, 0, 0, 0, 0], True)


def test_schedulers_and_workers_at_the_same_moment_hand_on_and_mail_each_thing_once(outcome):
    found = outcome["mailed"]
    assert found["faults"] == []
    assert (found["handed_on"], found["overdue"]) == ([1] * 6, 18)
    assert (found["waiting"], found["sent"], found["twice"]) == (0, 0, 0)


# --- two editors ---------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(draft, as_):
    """What the author's form says of the version that it opened."""
    html = as_("author").get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    page = html.context["page"]
    return {
        "loaded_revision_id": str(page.latest_revision_id),
        "loaded_revision_created_at": page.latest_revision.created_at.isoformat(),
    }


def save(client, page, opened, **changes):
    form = make.service_form(page, **changes) | opened
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def test_the_second_of_two_editors_is_told_and_keeps_the_text(draft, as_, opened):
    edit(as_("colleague"), draft, conditions="Của đồng nghiệp")
    answer = save(as_("author"), draft, opened, conditions="Của tác giả")
    html = answer.content.decode()
    assert answer.status_code == 200 and "bien-tap-hai" in html and "Của tác giả" in html
    assert ServicePage.objects.get(pk=draft.pk).get_latest_revision_as_object().conditions == "Của đồng nghiệp"


def test_saving_again_is_a_decision_and_keeps_the_other_version_in_the_history(draft, as_, opened):
    edit(as_("colleague"), draft, conditions="Của đồng nghiệp")
    save(as_("author"), draft, opened, conditions="Của tác giả")
    page = ServicePage.objects.get(pk=draft.pk)
    now = {"loaded_revision_id": str(page.latest_revision_id)}
    assert save(as_("author"), page, now, conditions="Của tác giả").status_code == 302
    texts = [revision.as_object().conditions for revision in page.revisions.order_by("created_at")]
    assert texts[-2:] == ["Của đồng nghiệp", "Của tác giả"]


def test_the_form_that_comes_back_stands_for_the_newest_version(draft, as_, opened):
    edit(as_("colleague"), draft, conditions="Của đồng nghiệp")
    html = save(as_("author"), draft, opened, conditions="Của tác giả").content.decode()
    newest = ServicePage.objects.get(pk=draft.pk).latest_revision_id
    assert f'name="loaded_revision_id" value="{newest}"' in html


def test_whoever_is_alone_is_told_nothing(draft, as_, opened):
    assert save(as_("author"), draft, opened, conditions="Của tác giả").status_code == 302
