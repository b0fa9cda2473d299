"""Many people at once, in threads, on a database of its own: what came of it is printed as JSON.

Run by `test_concurrency` in a process of its own, since every thread needs a connection and commits what it does.
"""

import json
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core import mail  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, PageLogEntry, TaskState  # noqa: E402

from departments.models import DepartmentIndexPage  # noqa: E402
from departments.roles import AUTHOR, PUBLISHER, REVIEWER  # noqa: E402
from editorial.calendar import office_calendar  # noqa: E402
from editorial.mailing import send_waiting  # noqa: E402
from editorial.models import ApprovalRule, Notice, ReviewState, ReviewVote, Submission  # noqa: E402
from editorial.reminders import remind  # noqa: E402
from tests import factories as make  # noqa: E402

PAGES, PEOPLE = 6, 3


def at_once(deeds: Iterable[Callable[[], None]]) -> list[str]:
    """Let every deed begin at the same moment, each in a thread; return what went wrong."""
    deeds, faults = list(deeds), []
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], None]) -> None:
        barrier.wait()
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            faults.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def posting(client: Client, url: str, data: dict, answers: list[int]) -> Callable[[], None]:
    return lambda: answers.append(client.post(url, data).status_code)


def approval(user, page, answers: list[int]) -> Callable[[], None]:
    state = ReviewState.objects.running_on(page).get()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return posting(signed_in(user), url, {"comment": ""}, answers)


def sent_drafts(section, author, number: int, name: str) -> list:
    """Drafts of the section that wait for the approval of its unit."""
    pages = []
    for count in range(number):
        page = make.add_service(section, f"{name} {count}", live=False)
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
        pages.append(page)
    return pages


def votes(section, author, heads) -> dict:
    """All heads approve one page, which needs them all, at the same moment."""
    rule = ApprovalRule.objects.create(department=section.department, unit_quorum="all")
    (page,) = sent_drafts(section, author, 1, "Cần mọi người")
    answers: list[int] = []
    faults = at_once(approval(head, page, answers) for head in heads)
    rule.delete()
    states = ReviewState.objects.filter(workflow_state__object_id=str(page.pk))
    return {
        "answers": sorted(answers),
        "faults": faults,
        "votes": ReviewVote.objects.filter(state__in=states).count(),
        "unit": [state.status for state in states.filter(step="unit")],
        "board": [state.status for state in states.filter(step="board")],
    }


def published_by_all(section, author, heads, board) -> dict:
    """Every member of the board publishes the same page at the same moment."""
    (page,) = sent_drafts(section, author, 1, "Một lần")
    ReviewState.objects.running_on(page).get().approve(user=heads[0])
    answers: list[int] = []
    faults = at_once(approval(member, page, answers) for member in board)
    return {
        "answers": sorted(answers),
        "faults": faults,
        "live": Page.objects.get(pk=page.pk).live,
        "published": PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count(),
        "approved": TaskState.objects.filter(
            workflow_state__object_id=str(page.pk), status="approved", reviewstate__step="board"
        ).count(),
    }


def published_while_moving(section, author, heads, board, admin) -> dict:
    """The board publishes the pages of a section while an administrator moves the section to and fro."""
    pages = sent_drafts(section, author, PAGES, "Khi chuyển mục")
    for page in pages:
        ReviewState.objects.running_on(page).get().approve(user=heads[0])
    answers: list[int] = []
    client = signed_in(admin)
    places = [DepartmentIndexPage.objects.get(locale__language_code=code).pk for code in ("en", "vi")] * 3

    def move() -> None:
        for place in places:
            posting(client, reverse("wagtailadmin_pages:move_confirm", args=[section.pk, place]), {}, answers)()

    deeds = [approval(board[number % len(board)], page, answers) for number, page in enumerate(pages)]
    faults = at_once([move, *deeds])
    return {
        "answers": sorted(set(answers)),
        "faults": faults,
        "live": Page.objects.filter(pk__in=[page.pk for page in pages], live=True).count(),
        "problems": [len(found) for found in Page.find_problems()],
        "addresses": addresses_are_sound(),
    }


def mailed(section, author) -> dict:
    """Three schedulers look for what is overdue at the same moment, then three workers send the e-mails."""
    settings.EMAIL_BACKEND, mail.outbox = "django.core.mail.backends.locmem.EmailBackend", []
    pages = sent_drafts(section, author, PAGES, "Quá hạn")
    states = ReviewState.objects.filter(workflow_state__object_id__in=[str(page.pk) for page in pages])
    states.update(started_at=timezone.now() - timedelta(days=30))
    working_day = office_calendar().first_from(timezone.localdate())
    Submission.objects.filter(workflow_state__task_states__in=states).update(due_on=working_day - timedelta(days=20))
    faults = at_once([lambda: remind(working_day)] * 3)
    faults += at_once([send_waiting] * 3)
    identities = [message.extra_headers["Message-ID"] for message in mail.outbox]
    return {
        "faults": faults,
        "handed_on": [PageLogEntry.objects.filter(page=page.pk, action="editorial.escalate").count() for page in pages],
        "waiting": Notice.objects.filter(sent_at=None, dropped_at=None).count(),
        "sent": Notice.objects.exclude(sent_at=None).count() - len(identities),
        "twice": len(identities) - len(set(identities)),
        "overdue": Notice.objects.filter(kind="overdue", state__in=states).count(),
    }


def addresses_are_sound() -> bool:
    """Every page's path of addresses is that of its parent and its slug."""
    pages = {page.path: page for page in Page.objects.filter(depth__gt=1)}
    return all(
        page.url_path == f"{pages[page.path[:-4]].url_path}{page.slug}/" for page in pages.values() if page.depth > 2
    )


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    section = make.add_unit("Phòng Tư pháp")
    author = make.add_member(AUTHOR, section, "tac-gia")
    heads = [make.add_member(REVIEWER, section, f"truong-{number}") for number in range(PEOPLE)]
    board = [make.add_member(PUBLISHER, name=f"ban-{number}") for number in range(PEOPLE)]
    admin = make.add_administrator()
    found = {
        "votes": votes(section, author, heads),
        "once": published_by_all(section, author, heads, board),
        "mailed": mailed(section, author),
        "moving": published_while_moving(section, author, heads, board, admin),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
