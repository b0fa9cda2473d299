"""One question, one answer: what is found, how many, by which facets; the same whichever engine fetched it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from wagtail.models import Locale

from core.facets import Chosen, select
from core.text import fold
from search.analysis import Query
from search.candidates import candidates, exact_ids, known_entries
from search.engines import engine
from search.engines.base import LIMIT, Candidates, Filters
from search.kinds import Known, LiveFacets, facets_by_name, live_facets, recognised
from search.question import Question, understand
from search.ranking import Ranked, has_all, rank
from search.retrieval import asked
from search.titles import rarity

# The first hit of a question that nothing answers is mostly below it, that of others hardly ever.
SURE = 0.4
# Of syllables that a title has, none of them neighbours there as in the question: so many are no accident, and so large
# a share of the words that were typed with marks.
MANY, MOST_MARKS = 3, 0.6
# From this share of the question on, a title that has it with other marks has something else.
OTHER_MARKS = 0.5
# From these shares on a title is what was asked for and nothing else.
NEAR_EXACT = {"coverage": 0.9, "share": 0.99}
# Of a fetch that counts one facet without its own filter, and shows no hit, so many of the best are looked at.
FOR_COUNTS = 100
NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Hit(NamedTuple):
    """An entry that answers."""

    page_id: int
    entry: Known
    ranked: Ranked

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def facets(self) -> Mapping[str, Collection[str]]:
        return self.entry.facets

    @property
    def score(self) -> float:
        return self.ranked.score

    @property
    def reading(self) -> Query:
        """The reading of the question that it answers best."""
        return self.ranked.reading

    @property
    def is_exact(self) -> bool:
        """Whether its code or reference was typed."""
        return self.ranked.candidate.exact

    @property
    def is_near_exact(self) -> bool:
        """Whether its title was typed."""
        return all(self.ranked.parts[name] >= share for name, share in NEAR_EXACT.items())

    @property
    def is_sure(self) -> bool:
        """Whether enough of the question is there to take it for an answer.

        Syllables that stand apart say little unless they are many, and those with other marks say something else:
        "đất đai" is no answer to "cho dai". One syllable of several is in every long text.
        """
        return self.is_exact or (self.score >= SURE and self._goes_together and self._has_its_marks) or self._is_in_text

    @property
    def _is_in_text(self) -> bool:
        """Texts keep no marks; what the title says with others, "cho cán bộ", the text is likely to say so, too."""
        reading = self.reading
        is_said = has_all(self.ranked) and (len(reading.informative) > 1 or len(reading.syllables) == 1)
        return is_said and (self._has_its_marks or self.ranked.parts["coverage"] < OTHER_MARKS)

    @property
    def _goes_together(self) -> bool:
        parts, reading = self.ranked.parts, self.reading
        if not reading.pairs or reading.locale != "vi":
            return True
        has_many = parts["coverage"] >= NEAR_EXACT["coverage"] and len(reading.informative) >= MANY
        return has_many or parts["pairs"] > 0 or parts["marks"] >= MOST_MARKS

    @property
    def _has_its_marks(self) -> bool:
        """Of a question typed with marks a word as it was typed."""
        parts, reading = self.ranked.parts, self.reading
        is_typed_with_marks = 2 * len(reading.accented) >= len(reading.syllables)
        return parts["marks"] > 0 or parts["keywords"] > 0 or not is_typed_with_marks


@dataclass(slots=True)
class Results:
    """All hits under the filters, best first; `is_capped`: there are more than are fetched."""

    question: Question
    items: list[Hit] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    is_capped: bool = False

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def is_unsure(self) -> bool:
        """Whether something was found, but perhaps nothing that answers: the page says so."""
        return bool(self.items) and not self.items[0].is_sure

    @property
    def best(self) -> Hit | None:
        """The first hit where it alone is exact, or, where none is, it alone has the title that was asked for."""
        for is_best in (lambda hit: hit.is_exact, lambda hit: hit.is_near_exact):
            fitting = [hit for hit in self.items[:10] if is_best(hit)]
            if fitting:
                return fitting[0] if fitting == self.items[:1] else None
        return None


def search(text: str, locale: Locale, chosen: Chosen | None = None) -> Results:
    """Answer a question in one language. `chosen`: facet → values asked for, `kind` among them. Any text is taken.

    A facet does not narrow itself: it is counted over what its own filter leaves out of account.
    """
    question = understand(text, locale.pk, locale.language_code)
    active = {name: tuple(values) for name, values in (chosen or {}).items() if values}
    names = ["kind", *facets_by_name()]
    if question.is_empty:
        return Results(question, counts={name: Counter() for name in names})
    exact = _exact_ids(question, locale.pk)
    fetches = _fetches(question, locale.pk, active)
    mine = exact.union(fetches[""].ids)
    others = frozenset(page_id for fetch in fetches.values() for page_id in fetch.ids).difference(mine)
    ranked = _ranked(question, exact, mine, locale.pk, others)
    known = known_entries([hit.candidate.id for hit in ranked], locale.pk)
    live = live_facets(locale.pk, active) if active else {}
    hits = [Hit(pk, _under(known[pk], live.get(pk)), one) for pk, one in zip(known, ranked, strict=True)]

    def found(key: str | None) -> list[Hit]:
        ids = exact.union(fetches[key].ids)
        return [hit for hit in hits if hit.page_id in ids]

    main = select(found(""), active, names)
    counts = main.counts
    for name in set(fetches).intersection(active):
        # What is chosen has as many as are listed, though fewer of them may be among the best without the filter.
        counts[name] |= select(found(name), active, [name]).counts[name]
    return Results(question, main.items, counts, is_capped=fetches[""].is_full and main.total >= LIMIT)


def _under(entry: Known, live: Mapping[str, tuple[str, ...]] | None) -> Known:
    """The entry with the facets that it has under the filters in use."""
    if not live or live.items() <= entry.facets.items():
        return entry
    return entry._replace(facets={**entry.facets, **live})


def _fetches(question: Question, locale_id: int, active: Chosen) -> dict[str, Candidates]:
    """Candidates under all filters, by "", and what counts the active facets: for each those without its own filter.

    Where all that answers was fetched without a filter, that one fetch serves for everything.
    """
    wanted: dict[str, Chosen] = {}
    if active:
        wanted[""] = active
    if len(active) > 1:
        wanted |= {name: {other: active[other] for other in active if other != name} for name in active}
    live = live_facets(locale_id, active) if active else {}
    filters = [_filters(one, live, locale_id) for one in ({}, *wanted.values())]
    everything, *narrowed = _candidates(question, locale_id, filters)
    if not narrowed:
        return {"": everything}
    # One active facet is counted over everything.
    found = dict.fromkeys(active, everything) | dict(zip(wanted, narrowed, strict=True))
    return {name: one if name == "" else Candidates(one.ids[:FOR_COUNTS], one.is_full) for name, one in found.items()}


def _candidates(question: Question, locale_id: int, several: Sequence[Filters]) -> list[Candidates]:
    """Under each of several filters, or only under the first where these are all."""
    terms = asked(question.tokens, locale_id)
    return engine().candidates_of_each(terms, several) if terms else [Candidates()]


def _filters(active: Chosen, live: LiveFacets, locale_id: int) -> Filters:
    names_of_live = {name for name, facets in facets_by_name().items() if any(facet.live for facet in facets)}
    stored = {name: values for name, values in active.items() if name not in names_of_live}
    asked_live = {name: set(values) for name, values in active.items() if name in names_of_live}
    if not asked_live:
        return Filters(locale_id, stored)
    pages = (
        page_id
        for page_id, facets in live.items()
        if all(not values.isdisjoint(facets.get(name, ())) for name, values in asked_live.items())
    )
    return Filters(locale_id, stored, frozenset(pages))


def _exact_ids(question: Question, locale_id: int) -> frozenset[int]:
    """Entries whose code or reference was typed."""
    values = {fold(value) for value in (*recognised(question.original), question.code or "") if value}
    return exact_ids(values, locale_id, LIMIT)


def _ranked(
    question: Question,
    exact: frozenset[int],
    ids: Collection[int],
    locale_id: int,
    counted: frozenset[int] = frozenset(),
) -> list[Ranked]:
    """The readable ones of these entries that answer, ranked, with others that are only counted.

    A title says what a procedure is about; of documents and announcements the text often says it alone.
    """
    found = candidates(question, exact, counted.union(ids), locale_id)
    return rank(question.readings, found, rarity=rarity(locale_id), also_whole=True, counted=counted)


def explain(text: str, locale: Locale, limit: int = 20) -> tuple[Question, list[Ranked]]:
    """How a question was read, and its first hits with what their scores are made of: for staff who ask why."""
    question = understand(text, locale.pk, locale.language_code)
    if question.is_empty:
        return question, []
    exact = _exact_ids(question, locale.pk)
    ids = exact.union(_fetches(question, locale.pk, NOTHING)[""].ids)
    return question, _ranked(question, exact, ids, locale.pk)[:limit]
