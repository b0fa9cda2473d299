"""How good the answers are, judged by hand: run on every engine that this process can reach.

After an improvement, `JUDGED_BASELINE=write pytest tests/search/test_judged.py` notes down the measures of the engines
that it ran on; the next run must not be worse. On PostgreSQL: with DATABASE_URL, as `make test-postgresql` does.
"""

import datetime
import os
import warnings
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Locale

from core.page_cache import as_reader, forget
from search import engines, evaluation
from search.engines import only, outside_engine
from search.engines.base import Answering, Candidates
from search.models import SearchEntry
from search.outbox import sync
from search.query import search
from search.vocabulary_file import SHIPPED, parse
from search.vocabulary_file import load as load_vocabulary
from tests.search import judged
from tests.search.judged import content
from tests.search.outside import drop_indexes

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("judged")]

TODAY = datetime.date(2019, 11, 15)
# Questions that all engines answer with the same page first; it is asked of each against one that misses nothing.
SAME_FIRST = 0.985
# One question in so many is asked of that one.
EVERY = 2
# How far the typing may take a question from the same one typed well, in MRR.
TOLERANCE = {"unaccented": 0.02, "nfd": 0.02, "upper": 0.02, "old_placement": 0.02, "telex": 0.05}
_localdate = timezone.localdate


@pytest.fixture
def registered():
    """In this module the kinds of the apps are known, not those of the other tests."""


@pytest.fixture(scope="module")
def keys(django_db_setup, django_db_blocker):
    """The catalogue, on a day in November 2019: keys by page. It is gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda value=None, zone=None: _localdate(value, zone) if value else TODAY)
        load_vocabulary(parse(SHIPPED.read_text(encoding="utf-8")))
        yield content.load()
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=[connection.vendor, "elasticsearch"])
def engine(request, keys):
    """The name of the engine that answers."""
    if request.param == "elasticsearch":
        with elasticsearch(request.getfixturevalue("elasticsearch_url")):
            yield request.param
    else:
        with only(request.param):
            yield request.param


@contextmanager
def elasticsearch(url):
    """Elasticsearch alone answers, from indexes of this module's own."""
    with override_settings(SEARCH_ELASTICSEARCH_URL=url, SEARCH_ELASTICSEARCH_PREFIX=f"test-{uuid4().hex[:12]}"):
        outside_engine().clear()
        sync(outside_engine())
        try:
            with only("elasticsearch"):
                yield
        finally:
            drop_indexes(outside_engine())


@pytest.fixture(scope="module")
def answers(engine, keys):
    return ask(judged.questions(), keys)


def ask(questions, keys):
    """The answers that a reader gets from a worker that has just started."""
    forget()
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    with as_reader():
        found = [_answer(question, manner, keys, locales) for question in questions for manner in question.manners]
    forget()
    return found


def _answer(question, manner, keys, locales):
    text = evaluation.VARIANTS[manner](question.text)
    results = search(text, locales[question.locale])
    found = tuple(keys.get(hit.page_id, hit.title) for hit in results.items[: evaluation.DEPTH])
    return judged.Answer(question, manner, found, results.is_unsure)


class Everything(Answering):
    """Fetches every entry for every question, so that the ranker alone decides: what no engine can do better."""

    def __init__(self):
        self._ids = {}
        for page_id, locale_id in SearchEntry.objects.values_list("pk", "locale_id"):
            self._ids.setdefault(locale_id, []).append(page_id)

    def candidates(self, asked, filters, limit=0):
        return Candidates(tuple(self._ids[filters.locale_id]))

    def frequencies(self, terms, locale_id, most):
        return self._like.frequencies(terms, locale_id, most)

    @contextmanager
    def answering(self):
        """What is common and what is not is counted by the database's engine."""
        self._like = engines.database_engine()
        token = engines._only.set(self)
        try:
            yield
        finally:
            engines._only.reset(token)


@pytest.fixture(scope="module")
def best_possible(keys):
    """The first hits of the ranker, shown everything, by question."""
    with Everything().answering():
        found = ask([replace(one, manners=("typed",)) for one in judged.questions()[::EVERY]], keys)
    return {(one.question.text, one.question.locale): one.found[:1] for one in found}


def failures(answers, must):
    """The unmet musts of one sort, a readable line each."""
    asked = [one for one in answers if must in one.question.musts.values()]
    assert asked
    return [line for one in asked for line in one.failures() if f": {must} " in line]


def test_the_set_is_large_enough_and_names_only_what_is_in_the_catalogue():
    questions = judged.questions()
    keys = {row["key"] for row in judged.rows("catalogue.tsv")} | {""}
    assert len(questions) >= 280
    assert sum(any(must in one.musts.values() for must in ("first", "found")) for one in questions) >= 60
    assert sum(not one.grades for one in questions) >= 20
    assert [one.text for one in questions if not keys.issuperset([*one.grades, *one.musts])] == []
    assert [one.text for one in questions if not one.manners[0]] == []


def test_what_must_come_first_does(answers):
    assert "\n".join(failures(answers, "first")) == ""


def test_what_must_be_found_is_among_the_first_ten(answers):
    assert "\n".join(failures(answers, "found")) == ""


def test_what_must_not_be_found_is_not(answers):
    assert "\n".join(failures(answers, "absent")) == ""


def test_the_answers_are_as_good_as_they_were(engine, answers):
    found = judged.measured(answers)
    if os.environ.get("JUDGED_BASELINE") == "write":
        judged.write_baseline(engine, found)
    noted = judged.baseline().get(engine, {})
    assert {name: (found[name], share) for name, share in noted.items() if found[name] < share} == {}
    assert noted, f"No baseline for {engine}: write one with JUDGED_BASELINE=write."
    if better := {name: found[name] for name, share in noted.items() if found[name] > share}:
        warnings.warn(f"{engine} got better: {better}. Note it down with JUDGED_BASELINE=write.", stacklevel=1)


@pytest.mark.parametrize(("manner", "tolerance"), TOLERANCE.items())
def test_a_question_is_answered_however_it_is_typed(answers, manner, tolerance):
    both = {one.question.text: one for one in answers if one.manner == manner and "typed" in one.question.manners}
    typed = [one for one in answers if one.manner == "typed" and one.question.text in both]
    assert len(typed) >= 5
    assert judged.measured(list(both.values()))["mrr"] >= judged.measured(typed)["mrr"] - tolerance


def test_the_first_hit_does_not_depend_on_the_engine(answers, best_possible):
    first = {(one.question.text, one.question.locale): one.found[:1] for one in answers if one.manner == "typed"}
    asked = {key: best for key, best in best_possible.items() if key in first}
    other = [f"{key}: {first[key]}, the ranker would take {best}" for key, best in asked.items() if first[key] != best]
    assert len(other) <= (1 - SAME_FIRST) * len(asked), "\n".join(other)
