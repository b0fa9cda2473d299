"""What suggestions are made of: titles and popular names, in the order in which they are suggested."""

from django.db import models
from wagtail.models import Locale

from search.models.entries import SearchEntry


class SuggestedTitle(models.Model):
    """A title or a popular name of an entry; `id` is its rank: services first, shorter first (see search.suggestions).

    Databases answer by index only: the first rows that match, in the order of the key, without sorting.
    """

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.TextField()
    #: folded syllables separated by blanks
    folded = models.TextField()

    def __str__(self) -> str:
        return self.text
