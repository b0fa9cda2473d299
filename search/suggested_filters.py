"""What a question says about filters ("mức 4", a unit's or field's name): offered as links, never applied silently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.page_cache import per_version
from search.analysis import tokens
from search.kinds import facets_by_name
from search.question import Question

MOST = 3  # offers
#: a name of one short syllable says too little
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A value of a facet that the question names."""

    facet: str
    value: str
    label: str


def offers(
    question: Question, counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Sequence[str]]
) -> list[Offer]:
    """The filters named in the question that would leave something, but for facets in use; the longest names first."""
    folded = f" {' '.join(tokens(question.text, question.locale))} "
    found = [
        (name, offer)
        for name, offer in _names()
        if name in folded and counts.get(offer.facet, {}).get(offer.value) and not chosen.get(offer.facet)
    ]
    found.sort(key=lambda named: -len(named[0]))
    return list(dict.fromkeys(offer for _name, offer in found))[:MOST]


@per_version
def _names() -> tuple[tuple[str, Offer], ...]:
    """Every name of a facet value, folded and between blanks."""
    named = []
    for facet, versions in facets_by_name().items():
        for version in versions:
            labels = {value: str(label) for value, label in version.choices()}
            words = version.words() if version.words else {value: (label,) for value, label in labels.items()}
            named += [
                (f" {' '.join(tokens(word))} ", Offer(facet, value, labels[value]))
                for value, names in words.items()
                if value in labels
                for word in names
            ]
    return tuple(dict.fromkeys((name, offer) for name, offer in named if len(name.strip()) >= SHORTEST))
