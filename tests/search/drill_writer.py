"""A portal under load, in two processes of two editors and a reader each; the first has the worker. Run by the drills.

    drill_writer.py FOLDER OPERATIONS first|second

The editors publish, change, move and delete pages, at least so many times each, until the file FOLDER/stop is there.
When the second process has ended (FOLDER/alone), the worker catches up and the first compares everything. What happened
is printed as JSON.
"""

import io
import json
import random
import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

import django

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402 - after the setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from home.models import ContentPage, HomePage  # noqa: E402
from search.engines import answering  # noqa: E402
from search.outbox import backlog, push_changes  # noqa: E402
from tests.worker import task_worker  # noqa: E402

EDITORS = {"first": (0, 1), "second": (2, 3)}
SYLLABLES = "cap giay phep xay dung nha o dang ky tam tru ket hon khai sinh chung thuc".split()  # noqa: SIM905


class Drill:
    def __init__(self, folder: Path, operations: int, name: str) -> None:
        self.folder = folder
        self.quota = operations
        self.name = name
        self.done: Counter[str] = Counter()
        self.engines: Counter[str] = Counter()
        self.failures: list[str] = []
        self.slowest = 0.0
        self.is_over = False
        if name == "first":
            for number in range(4):
                self.publish(f"Tập {number}")
                self.publish(f"Kho {number}")
            self.publish("Tra cứu thường trực")
            (folder / "ready").touch()
        self.wait_for("ready")

    def wait_for(self, name: str) -> None:
        while not (self.folder / name).exists():
            time.sleep(0.1)

    def publish(self, title: str, parent=None):
        parent = parent or HomePage.objects.get(locale__language_code="vi")
        return parent.add_child(instance=ContentPage(title=title, locale=parent.locale))

    def guarded(self, work, *arguments) -> None:
        """What goes wrong in a thread is part of the result."""
        try:
            work(*arguments)
        except Exception:  # noqa: BLE001 - any failure is told
            self.failures.append(traceback.format_exc(limit=-4))
        finally:
            connection.close()

    def edit(self, number: int) -> None:
        chance, count = random.Random(number), 0
        kept: list[int] = []
        while count < self.quota or not (self.folder / "stop").exists():
            folder = ContentPage.objects.get(title=f"{chance.choice(('Tập', 'Kho'))} {number}")
            action = chance.choices(("publish", "change", "move", "delete", "unpublish"), (4, 3, 2, 2, 1))[0]
            title = " ".join(chance.choices(SYLLABLES, k=5))
            if action == "publish" or len(kept) < 5:
                action = "publish"
                kept.append(self.publish(title, folder).pk)
            else:
                page = ContentPage.objects.get(pk=chance.choice(kept))
                if action == "change":
                    page.title = title
                    page.save_revision().publish()
                elif action == "move":
                    page.move(folder, pos="last-child")
                elif action == "unpublish":
                    page.unpublish()
                else:
                    kept.remove(page.pk)
                    page.delete()
            self.done[action] += 1
            count += 1
            if count > self.quota:
                time.sleep(0.3)

    def read(self, number: int) -> None:
        client, chance = Client(raise_request_exception=False), random.Random(100 + number)
        while not self.is_over:
            started = time.monotonic()
            answer = client.get("/tim-kiem/", {"q": f"tra cứu thường trực {chance.choice(SYLLABLES)}"})
            self.slowest = max(self.slowest, time.monotonic() - started)
            if answer.status_code != 200 or "Tra cứu" not in answer.content.decode().replace("<mark>", "").replace(
                "</mark>", ""
            ):
                self.failures.append(f"a search was answered with {answer.status_code} or without what is there")
            self.engines[answering()] += 1
            time.sleep(0.3)

    def work(self) -> None:
        """The worker and the scheduler, which looks every second."""
        worker = task_worker("drill")
        looked = time.monotonic()
        while not self.is_over:
            if (task := DBTaskResult.objects.ready().first()) is not None:
                task.claim("drill")
                worker.run_task(task)
            elif time.monotonic() - looked > 1:
                looked = time.monotonic()
                push_changes.call()
            time.sleep(0.1)

    def run(self) -> None:
        editors = [threading.Thread(target=self.guarded, args=(self.edit, number)) for number in EDITORS[self.name]]
        others = [threading.Thread(target=self.guarded, args=(self.read, EDITORS[self.name][0]))]
        if self.name == "first":
            others.append(threading.Thread(target=self.guarded, args=(self.work,)))
        for thread in (*editors, *others):
            thread.start()
        for thread in editors:
            thread.join()
        if self.name == "first":
            self.wait_for("alone")
            until = time.monotonic() + 20
            while (backlog()["waiting"] or answering() != "elasticsearch") and time.monotonic() < until:
                time.sleep(0.2)
        self.is_over = True
        for thread in others:
            thread.join()

    def result(self) -> dict[str, object]:
        told, difference = io.StringIO(), ""
        try:
            if self.name == "first":
                call_command("check_search", stdout=told, stderr=io.StringIO())
        except CommandError as error:
            difference = f"{error} {told.getvalue()}"
        return {
            "operations": self.done.total(),
            "actions": dict(self.done),
            "searches": dict(self.engines),
            "slowest": round(self.slowest, 2),
            "failures": self.failures,
            "failed tasks": [task.traceback for task in DBTaskResult.objects.failed()[:5]],
            "waiting": backlog()["waiting"],
            "engine": answering(),
            "difference": difference,
        }


if __name__ == "__main__":
    drill = Drill(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    drill.run()
    sys.stdout.write(json.dumps(drill.result(), ensure_ascii=False))
