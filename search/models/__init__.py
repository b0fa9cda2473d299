from search.models.counts import HitCount, QueryCount
from search.models.editorial import BestBet, VocabularyEntry
from search.models.entries import SearchEntry, SearchIdentifier, Tombstone

__all__ = ["BestBet", "HitCount", "QueryCount", "SearchEntry", "SearchIdentifier", "Tombstone", "VocabularyEntry"]
