"""How search knows plain pages: their texts."""

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from home.models import ContentPage
from search.kinds import EntryData, Kind


def entry(page: ContentPage) -> EntryData:
    texts = [strip_tags(str(block.value)) for block in page.body if block.block_type == "text"]
    return EntryData(title=page.title, summary=page.summary, body="\n".join(texts), prior=0.2)


KIND = Kind(name="page", label=_("Help and information"), model=ContentPage, entry=entry)
