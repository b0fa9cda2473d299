"""What was read of files is kept beside them, and their pages are told."""

import logging
from collections.abc import Iterable

from django.db import transaction

from core.file_text.extraction import Extraction, Problem, State, extract
from core.models import DocumentText, PortalDocument

logger = logging.getLogger(__name__)


def read_document(document: PortalDocument) -> State:
    """Read the text of a file and keep it. No file makes it raise: what went wrong is recorded and logged."""
    name = document.file.name
    found = _extraction(document)
    if found.state == State.FAILED:
        logger.warning("No text of file %s (%s): %s %s", document.pk, name, found.problem, found.detail)
    _keep(document.pk, name, found)
    return found.state


def _extraction(document: PortalDocument) -> Extraction:
    try:
        with document.file.storage.open(document.file.name, "rb") as file:
            return extract(file.file, document.file.name)
    except OSError as error:
        return Extraction(State.FAILED, problem=Problem.MISSING, detail=type(error).__name__)


def _keep(pk: int, name: str, found: Extraction) -> None:
    """Store it where the document still has the file that was read. Saving tells search and the page cache."""
    with transaction.atomic():
        document = PortalDocument.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if document is None or document.file.name != name:
            return
        if found.text:
            DocumentText.objects.update_or_create(document=document, defaults={"text": found.text})
        else:
            DocumentText.objects.filter(document=document).delete()
        document.text_state = found.state
        document.text_problem = found.problem
        document.text_made_from = name
        document.page_count = found.pages
        document.save(update_fields=PortalDocument.TEXT_FIELDS)


def texts_of(document_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Title and text (empty where none is read of the file as it is now) of documents, in one query."""
    rows = PortalDocument.objects.filter(pk__in=list(document_ids))
    columns = rows.values_list("pk", "title", "text_state", "text_row__text")
    return {pk: (title, (text or "") if state == State.DONE else "") for pk, title, state, text in columns}


def file_texts(shown: Iterable[tuple[int, str]]) -> tuple[tuple[str, str], ...]:
    """For search: of each file, once, the name under which a page shows it and what it says; not of one that is gone.

    `shown`: number of the file and its name on the page, "" where that is its title.
    """
    names: dict[int, str] = {}
    for pk, name in shown:
        names[pk] = names.get(pk) or name
    found = texts_of(names) if names else {}
    return tuple((name or found[pk][0], found[pk][1]) for pk, name in names.items() if pk in found)
