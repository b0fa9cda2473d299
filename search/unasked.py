"""What a title says that was not asked for: the contrary, a case for few, an act that comes after the first. Pure."""

from typing import NamedTuple

from search.weights import LATER_ACT, LATER_ACTS, OPPOSITE, OPPOSITES, RARE_CASES


class Unasked(NamedTuple):
    """Words with a blank before and after each, to be looked for in folded titles.

    `contraries`: what the question has, and its contrary, which it has not. `cases` and `acts` that it does not name.
    """

    contraries: tuple[tuple[str, str], ...]
    cases: tuple[str, ...]
    #: as titles begin with them
    acts: tuple[str, ...]

    @classmethod
    def of(cls, folded: str) -> "Unasked":
        """By the folded words of a question."""
        # Folded, "lái xe" looks like "lại".
        asked = f" {folded} ".replace(" lai xe ", " ")
        both_ways = [(f" {one} ", f" {other} ") for pair in OPPOSITES for one, other in (pair, pair[::-1])]
        return cls(
            contraries=tuple((one, other) for one, other in both_ways if one in asked and other not in asked),
            cases=tuple(f" {case} " for case in RARE_CASES if f" {case} " not in asked),
            acts=tuple(
                f" {act} " for act, names in LATER_ACTS.items() if not any(f" {name} " in asked for name in names)
            ),
        )

    def penalty(self, title: str) -> float:
        """What is taken off the score of a folded title."""
        if [case for case in self.cases if case in title]:
            return OPPOSITE
        if self.contraries and any(other in title and one not in title for one, other in self.contraries):
            return OPPOSITE
        return LATER_ACT if title.startswith(self.acts) else 0.0
