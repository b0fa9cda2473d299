"""What `make bench-search` needs the portal's own code for: `python -m bench.search_portal fill|rebuild|ask ENTRIES`.

Each step is a process of its own, so that its greatest memory is its own, and prints one line of JSON at its end.
"""

import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.search_texts import questions

WARMING = 40
#: questions asked with nothing remembered, each after a publication of its own
AFTER_PUBLISHING = 8
PAGE = 10
#: how often a rebuild's memory is looked at
LOOKS = 50
#: what some of the questions are narrowed to
FILTERS = ({}, {}, {"kind": ["directive"]}, {}, {"year": ["2019", "2020"]}, {}, {"kind": ["service"]}, {"unit": None})
#: letters after which suggestions are asked for
TYPED = (2, 3, 5, 8, 13)


def show(title: str) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r    {title}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    return progress


def fill(count: int) -> dict[str, Any]:
    from bench.portal import prepare

    prepare()
    from wagtail.models import Page

    from bench.search_fill import fill
    from search.models import SearchEntry

    missing = count - Page.objects.filter(live=True).exclude(pk__in=SearchEntry.objects.values("pk")).count()
    if missing > 0:
        fill(count, show("pages"))
    return {"pages": Page.objects.count()}


def rebuild(count: int) -> dict[str, Any]:
    import django

    django.setup()
    from core.garbage import settle
    from search.engines import outside_engine
    from search.outbox import rebuild_outside
    from search.rebuilding import rebuild

    settle()
    outside = outside_engine()
    memory: list[int] = []
    shown = show("entries" if outside is None else "entries into Elasticsearch")

    def progress(done: int, total: int) -> None:
        shown(done, total)
        if done * LOOKS // total > len(memory):
            memory.append(_memory())

    with _measured() as found:
        found["entries"] = rebuild(progress) if outside is None else rebuild_outside(outside, progress)
    return found | {"peak_mb": max(_peak(), *memory)}


def _memory() -> int:
    """Megabytes of this process and those that it has begun, what they share counted once."""
    kilobytes = 0
    for pid in (os.getpid(), *(process.pid for process in multiprocessing.active_children())):
        with suppress(OSError):  # one that has just ended
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes // 1024


@contextmanager
def _measured() -> Iterator[dict[str, Any]]:
    """Seconds by wall, and of processor time, that of ended processes that this one had begun included."""
    found: dict[str, Any] = {}
    wall, cpu = time.monotonic(), sum(os.times()[:4])
    yield found
    found |= {"wall_s": round(time.monotonic() - wall, 1), "cpu_s": round(sum(os.times()[:4]) - cpu, 1)}


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


class Clock:
    """Milliseconds of a function, by wall and by the process's own processor time."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def __call__(self, function: Callable[..., Any], *args: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        found = function(*args)
        self.cpu.append(1000 * (time.process_time() - cpu))
        self.wall.append(1000 * (time.perf_counter() - wall))
        return found

    def typical(self) -> dict[str, float]:
        return {
            "p50_ms": round(median(self.wall), 1),
            "p95_ms": round(quantiles(self.wall, n=20)[-1], 1),
            "cpu_p50_ms": round(median(self.cpu), 1),
            "cpu_p95_ms": round(quantiles(self.cpu, n=20)[-1], 1),
        }


def ask(count: int) -> dict[str, Any]:
    """Answers to the questions, as a reader's request has them: under one moment of the page cache's middleware."""
    import django

    django.setup()
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory
    from django.utils import translation

    from core.garbage import settle
    from core.page_cache import PageCacheMiddleware

    settle()
    found: dict[str, Any] = {}

    def answer(request: HttpRequest) -> HttpResponse:
        found.update(Asker(request).figures())
        return HttpResponse()

    with translation.override("vi"):
        PageCacheMiddleware(answer)(RequestFactory().get("/", headers={"cookie": "sessionid=bench"}))
    return found | {"peak_mb": _peak()}


class Asker:
    def __init__(self, request: Any) -> None:
        from wagtail.models import Locale

        from departments.models import Department

        self.request = request
        self.locale = Locale.objects.get(language_code="vi")
        units = list(Department.objects.order_by("pk").values_list("slug", flat=True)[:3])
        asked = [text for text, _way in questions()]
        self.asked = [
            (text, {name: values or units for name, values in FILTERS[number % len(FILTERS)].items()})
            for number, text in enumerate(asked)
        ]
        self.others = [(text, {}) for text in sorted(asked, key=lambda text: text[::-1])]

    def answer(self, text: str, chosen: dict[str, Any]) -> Any:
        from search.hits import present
        from search.query import search

        found = search(text, self.locale, chosen)
        present(found.items[:PAGE], self.request)
        return found

    def figures(self) -> dict[str, Any]:
        from search import query
        from search.suggestions import suggest

        ranker, rank = Clock(), query.rank
        for text, _chosen in self.others[:WARMING]:
            self.answer(f"{text} mới", {})
        # The ranker is timed inside the answers.
        query.rank = lambda *args, **options: ranker(partial(rank, **options), *args)
        first, again, bare, typed = Clock(), Clock(), Clock(), Clock()
        progress, found = show("questions"), []
        for number, (text, chosen) in enumerate(self.asked, start=1):
            found.append(first(self.answer, text, chosen).total)
            again(self.answer, text, chosen)
            self.bare(bare, text)
            for length in TYPED:
                typed(suggest, text[:length], self.locale)
            progress(number, len(self.asked))
        query.rank = rank
        return {
            "answer": first.typical(),
            "answer_again": again.typical(),
            "ranker": ranker.typical(),
            "engine": bare.typical(),
            "suggestions": typed.typical(),
            "ratio_to_engine": round(median(first.wall) / median(bare.wall), 2),
            "ratio_of_suggestions": round(median(typed.wall) / median(bare.wall), 2),
            "after_publishing": self.after_publishing().typical(),
            "found": round(median(found)),
            "empty": found.count(0),
        }

    def bare(self, clock: Clock, text: str) -> None:
        """What the engine alone takes for the question's candidates, without a filter."""
        from search.engines import engine
        from search.engines.base import Filters
        from search.question import understand
        from search.retrieval import asked

        question = understand(text, self.locale.pk, "vi")
        worth = asked(question.tokens, self.locale.pk)
        clock(engine().candidates, worth, Filters(self.locale.pk))

    def after_publishing(self) -> Clock:
        from core import page_cache

        clock = Clock()
        for text, chosen in self.asked[:: len(self.asked) // AFTER_PUBLISHING]:
            for store in (page_cache._memos, *page_cache._few):
                store.entries.clear()
            clock(self.answer, text, chosen)
        return clock


def main(step: str, count: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    print(json.dumps({"fill": fill, "rebuild": rebuild, "ask": ask}[step](int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
