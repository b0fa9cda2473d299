from search.models.counts import CountedLog, HitCount, QueryCount
from search.models.editorial import BestBet, VocabularyEntry
from search.models.entries import SearchEntry, SearchIdentifier, Tombstone

__all__ = [
    "BestBet",
    "CountedLog",
    "HitCount",
    "QueryCount",
    "SearchEntry",
    "SearchIdentifier",
    "Tombstone",
    "VocabularyEntry",
]
