"""Readers of the four formats, for the child process only: what they are given may be hostile.

A format is told by the file's content, since its name may lie. XML is read by defusedxml, which refuses entities, as
a stream of which only the letters are kept.
"""

import re
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from core.file_text.limits import (
    LETTERS_A_PAGE,
    LONGEST_PART,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_PAGES,
    MOST_PARTS,
    SECONDS_OF_READING,
)

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_ODF_TYPES = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.spreadsheet")
_APP_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_MAIN = "word/document.xml"
_DOCX_PARTS = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")


class TooLarge(Exception):
    """More than would be read in the time and memory there is."""


class Refused(Exception):
    """Nothing can be read; the argument is a value of `extraction.Problem`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a file: `pages` is None where the format has none or does not say."""

    text: str
    pages: int | None = None
    has_text_layer: bool = True


def read(stream: IO[bytes]) -> Found | None:
    """What the file says; None where its content is of none of the four formats.

    Raises TooLarge, Refused, or whatever the libraries raise over a broken file.
    """
    reader = _reader_for(stream)
    stream.seek(0)
    return reader(stream) if reader else None


def _reader_for(stream: IO[bytes]) -> Callable[[IO[bytes]], Found] | None:
    stream.seek(0)
    beginning = stream.read(1024)
    if b"%PDF-" in beginning:
        return _read_pdf
    if not beginning.startswith(b"PK"):
        return None
    stream.seek(0)
    with zipfile.ZipFile(stream) as package:
        names = set(package.namelist())
        if _MAIN in names:
            return _read_docx
        if "xl/workbook.xml" in names:
            return _read_xlsx
        if "mimetype" in names and _part(package, "mimetype").startswith(_ODF_TYPES):
            return _read_odf
    return None


def _joined(pieces: Iterable[str]) -> str:
    """The pieces up to the longest text that is kept, or as many as there is time for."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length >= LONGEST_TEXT or time.process_time() > SECONDS_OF_READING:
            break
    return "".join(kept)[:LONGEST_TEXT]


def _read_pdf(stream: IO[bytes]) -> Found:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(stream)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted")
    except DependencyError as error:  # a cipher that needs a further library
        raise Refused("encrypted") from error
    pages = len(reader.pages)
    looked_at = 0

    def texts() -> Iterator[str]:
        nonlocal looked_at
        for page in reader.pages[:MOST_PAGES]:
            looked_at += 1
            yield page.extract_text() + "\n"

    text = _joined(texts())
    letters = sum(char.isalnum() for char in text)
    return Found(text, pages, has_text_layer=letters >= LETTERS_A_PAGE * looked_at > 0)


def _read_docx(stream: IO[bytes]) -> Found:
    with _package(stream) as package:
        parts = sorted(filter(_DOCX_PARTS.fullmatch, package.namelist()), key=lambda name: (name != _MAIN, name))
        text = _joined(piece for name in parts for piece in _docx_pieces(package, name))
        return Found(text, _declared_pages(package, "docProps/app.xml", _page_property))


def _docx_pieces(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    for element in _elements(package, name):
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.tag == f"{_WORD}tab":
            yield " "
        elif element.tag in {f"{_WORD}p", f"{_WORD}br"}:
            yield "\n"


def _page_property(element: Any) -> str | None:
    return element.text if element.tag == _APP_PAGES else None


def _read_odf(stream: IO[bytes]) -> Found:
    with _package(stream) as package:
        text = _joined(_odf_pieces(package))
        return Found(text, _declared_pages(package, "meta.xml", lambda found: found.get(f"{_ODF_META}page-count")))


def _odf_pieces(package: zipfile.ZipFile) -> Iterator[str]:
    """Paragraphs and headings; text stands beside elements within them, so each is taken whole at its end."""
    blocks = {f"{_ODF_TEXT}p", f"{_ODF_TEXT}h"}
    blanks = {f"{_ODF_TEXT}s", f"{_ODF_TEXT}tab", f"{_ODF_TEXT}line-break"}
    for element in _elements(package, "content.xml"):
        if element.tag in blanks:
            element.text = " "
        elif element.tag in blocks:
            yield "".join(element.itertext()) + "\n"


def _read_xlsx(stream: IO[bytes]) -> Found:
    from openpyxl import load_workbook

    with _package(stream):
        pass
    stream.seek(0)
    book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        return Found(_joined(_rows(book)))
    finally:
        book.close()


def _rows(book: Any) -> Iterator[str]:
    cells = 0
    for sheet in book.worksheets:
        yield f"{sheet.title}\n"
        sheet.reset_dimensions()  # what the file says of its size may be a lie
        for row in sheet.iter_rows(values_only=True):
            cells += len(row)
            if cells > MOST_CELLS:
                return
            if words := [str(value) for value in row if value not in (None, "")]:
                yield " ".join(words) + "\n"


def _package(stream: IO[bytes]) -> zipfile.ZipFile:
    """The opened ZIP file, whose parts unpack to what can be read. TooLarge for a ZIP bomb.

    zipfile unpacks no more of a part than its header announces, so the sizes there can be relied on.
    """
    package = zipfile.ZipFile(stream)
    parts = package.infolist()
    texts = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS or texts > LONGEST_PART:
        package.close()
        raise TooLarge
    return package


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(256)


def _elements(package: zipfile.ZipFile, name: str) -> Iterator[Any]:
    """Elements of a part as they end. A paragraph's are kept until it ends, everything else is forgotten at once."""
    from defusedxml.ElementTree import iterparse

    kept = {f"{_ODF_TEXT}p", f"{_ODF_TEXT}h"}
    inside = 0
    with package.open(name) as part:
        for event, element in iterparse(part, events=("start", "end")):
            if event == "start":
                inside += element.tag in kept
                continue
            inside -= element.tag in kept
            yield element
            if not inside or element.tag in kept:
                element.clear()


def _declared_pages(package: zipfile.ZipFile, name: str, number: Callable[[Any], str | None]) -> int | None:
    """How many pages the writing program counted when it saved the file; None where it does not say."""
    if name not in package.namelist():
        return None
    for element in _elements(package, name):
        if (said := number(element)) and said.isascii() and said.isdigit() and 0 < int(said[:9]) < 100_000:
            return int(said)
    return None
