"""How search knows plain pages: their texts and what their files say."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from core.blocks import stream_text
from core.file_access import live_pages_with
from core.file_text.records import file_texts
from core.models import PortalDocument
from core.stream_files import files_in
from home.models import ContentPage
from search.kinds import EntryData, Kind


def entry(page: ContentPage) -> EntryData:
    return EntryData(
        title=page.title,
        summary=page.summary,
        body=stream_text(page.body),
        files=file_texts(files_in(page.body)),
        prior=0.2,
    )


KIND = Kind(
    name="page",
    label=_("Help and information"),
    model=ContentPage,
    entry=entry,
    affected=((PortalDocument, partial(live_pages_with, ContentPage)),),
)
