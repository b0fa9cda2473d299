"""What staff recommend for a question: asked for by the folded question, on a day, of pages that everybody may read."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from core.addresses import page_urls
from core.page_cache import per_version
from core.restrictions import restricted_paths
from search.models import BestBet


@dataclass(frozen=True, slots=True)
class Bet:
    """A recommended page; `label` is its title where staff gave no short text."""

    page_id: int
    label: str


@dataclass(frozen=True, slots=True)
class _Dated:
    bet: Bet
    begin: datetime.date | None
    end: datetime.date | None


@per_version
def _all_bets(locale_id: int) -> dict[str, tuple[_Dated, ...]]:
    """By folded question, in the order of staff: few enough to be remembered whole."""
    bets = BestBet.objects.filter(locale_id=locale_id, page__live=True).exclude(folded="")
    restricted = Q()
    for path in restricted_paths():
        restricted |= Q(page__path__startswith=path)
    columns = ("folded", "page_id", "label", "page__title", "valid_from", "valid_until")
    found: dict[str, tuple[_Dated, ...]] = {}
    for folded, page_id, label, title, begin, end in (bets.exclude(restricted) if restricted else bets).values_list(
        *columns
    ):
        found[folded] = (*found.get(folded, ()), _Dated(Bet(page_id, label or title), begin, end))
    return found


def bets_for(folded_question: str, locale_id: int, day: datetime.date) -> tuple[Bet, ...]:
    """The pages recommended for a question on a day, in the order of staff."""
    return tuple(
        dated.bet
        for dated in _all_bets(locale_id).get(folded_question, ())
        if (dated.begin is None or dated.begin <= day) and (dated.end is None or day <= dated.end)
    )


def links(bets: tuple[Bet, ...]) -> list[dict[str, str]]:
    """For the template: {text, url, page_id}."""
    urls = page_urls([bet.page_id for bet in bets])
    return [{"text": bet.label, "url": urls[bet.page_id], "page_id": str(bet.page_id)} for bet in bets]
