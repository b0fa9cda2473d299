from search.models.counts import CountedLog, HitCount, QueryCount
from search.models.editorial import BestBet, VocabularyEntry
from search.models.entries import SearchEntry, SearchIdentifier, Tombstone
from search.models.titles import SuggestedTitle

__all__ = [
    "BestBet",
    "CountedLog",
    "HitCount",
    "QueryCount",
    "SearchEntry",
    "SearchIdentifier",
    "SuggestedTitle",
    "Tombstone",
    "VocabularyEntry",
]
