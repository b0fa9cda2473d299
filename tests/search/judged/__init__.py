"""Questions that people of our own have judged: a small catalogue, what each question should find in it, and how well
that was found so far.

catalogue.tsv   pages by kind; `key` is a code, a reference (with `:year` where two share it) or a title
queries.tsv     one row for each pair of question and answer, the rows of a question together. `as`: the manners of
                typing of `search.evaluation.VARIANTS` in which it is asked. `grade`: 3 exact, 2 good, 1 related.
                `must`: `first`, `found` (among the first ten) or `absent`; `absent` without an answer: nothing is
                found, or the page says that it is unsure
baseline.json   measures by engine, rounded down; they may only rise
"""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search.evaluation import DEPTH, VARIANTS, ndcg, outcome

FOLDER = Path(__file__).parent
BASELINE = FOLDER / "baseline.json"


@dataclass(slots=True)
class Question:
    """`grades` and `musts` by the key of what should, or should not, be found; the key "" stands for anything."""

    text: str
    locale: str
    manners: tuple[str, ...]
    grades: dict[str, int] = field(default_factory=dict)
    musts: dict[str, str] = field(default_factory=dict)

    @property
    def right(self) -> frozenset[str]:
        """The answers of the best grade, if any answer is good."""
        best = max(self.grades.values(), default=0)
        return frozenset(key for key, grade in self.grades.items() if grade == best >= 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question, typed in one manner: keys, best first."""

    question: Question
    manner: str
    found: tuple[str, ...]
    is_unsure: bool

    @property
    def typed(self) -> str:
        return VARIANTS[self.manner](self.question.text)

    @property
    def is_refused(self) -> bool:
        return not self.found or self.is_unsure

    def failures(self) -> Iterator[str]:
        """The musts that are not met, each in a line."""
        for key, must in self.question.musts.items():
            if not self._meets(key, must):
                wanted = f"{must} {key or 'everything'}"
                yield f"[{self.manner}] {self.typed!r}: {wanted}; found {' | '.join(self.found[:3]) or 'nothing'}"

    def _meets(self, key: str, must: str) -> bool:
        if must == "absent":
            return key not in self.found[:DEPTH] if key else self.is_refused
        return key in self.found[: 1 if must == "first" else DEPTH]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this one; lines that begin with `#` are remarks."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((one for one in lines if one and one[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE))


def questions() -> list[Question]:
    found: dict[tuple[str, str], Question] = {}
    for row in rows("queries.tsv"):
        manners = tuple(row["as"].split(","))
        question = found.setdefault((row["query"], row["locale"]), Question(row["query"], row["locale"], manners))
        if row["grade"]:
            question.grades[row["expected"]] = int(row["grade"])
        if row["must"]:
            question.musts[row["expected"]] = row["must"]
    return list(found.values())


def measured(answers: Sequence[Answer]) -> dict[str, float]:
    """Shares of 1, rounded down to three digits.

    Of questions with a good answer: nDCG@10, MRR@10, the best answer first. `sure`: of those that have it first, not
    doubted. `refused`: of questions that nothing answers, those that find nothing or whose answer is doubted.
    """
    answered = [one for one in answers if one.question.right]
    best = [one for one in answered if one.question.right.intersection(one.found[:1])]
    hopeless = [one for one in answers if not one.question.grades]
    return {
        "ndcg": _rounded_down(ndcg(one.found, one.question.grades) for one in answered),
        "mrr": _rounded_down(_reciprocal(one) for one in answered),
        "success1": _rounded_down(float(one in best) for one in answered),
        "sure": _rounded_down(float(not one.is_unsure) for one in best),
        "refused": _rounded_down(float(one.is_refused) for one in hopeless),
    }


def _reciprocal(answer: Answer) -> float:
    rank = outcome(answer.found, answer.question.right).rank
    return 1 / rank if rank else 0.0


def _rounded_down(shares: Iterable[float]) -> float:
    listed = list(shares)
    return math.floor(1000 * sum(listed) / (len(listed) or 1) + 1e-9) / 1000


def baseline() -> dict[str, dict[str, float]]:
    return json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}


def write_baseline(engine: str, found: Mapping[str, float]) -> None:
    text = json.dumps(baseline() | {engine: dict(found)}, indent=2, sort_keys=True)
    BASELINE.write_text(f"{text}\n", encoding="utf-8")
