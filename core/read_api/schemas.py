"""Parts of answers that several kinds of content have."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field

from core.files import FileRow, file_row, file_rows
from core.read_api.paging import Part

Short = TypeVar("Short")


class Answer(BaseModel):
    """Base of all that the API gives: every property is always there, `null` where it is not known."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Listed(Answer, Generic[Short]):
    """A part of a list."""

    items: list[Short]
    total: int = Field(description="Number of all items that pass the filters, not only of those given here.")
    next: str | None = Field(description="Address of the next part; `null` at the end.")


class Item(Answer):
    """What every item has."""

    id: int = Field(description="Stays the same as long as the page exists; of one language.")
    url: str = Field(description="Absolute address of the page for readers.", json_schema_extra={"format": "uri"})


class Term(Answer):
    """A value of a vocabulary."""

    slug: str = Field(description="The word by which lists filter.")
    name: str = Field(description="In the language asked for; in Vietnamese where it has no other name.")


class File(Answer):
    """A file that everybody may download."""

    title: str
    url: str = Field(description="Absolute address.", json_schema_extra={"format": "uri"})
    type: str = Field(description="Ending of the file's name in capitals, such as PDF.")
    size: int | None = Field(description="In bytes.")


def terms(slugs: Iterable[str], names: Mapping[str, str]) -> list[Term]:
    return [Term(slug=slug, name=names.get(slug, slug)) for slug in slugs]


def term(slug: str | None, names: Mapping[str, str]) -> Term | None:
    return terms([slug], names)[0] if slug else None


def named(record: Any) -> Term | None:
    """A record of a vocabulary, such as a unit or a field."""
    return Term(slug=record.slug, name=record.local_name) if record else None


def file_of(document: Any, request: HttpRequest, title: str = "") -> File:
    return _file(file_row(document, title), request)


def files_of(attachments: Iterable[Any], request: HttpRequest) -> list[File]:
    return [_file(row, request) for row in file_rows(attachments)]


def _file(row: FileRow, request: HttpRequest) -> File:
    return File(title=row.title, url=request.build_absolute_uri(row.url), type=row.kind, size=row.size)


def body_files(body: Any, request: HttpRequest) -> list[File]:
    """Files that stand in a text."""
    found = [child.value for child in body if child.block_type == "file" and child.value["document"]]
    return [file_of(value["document"], request, value["title"]) for value in found]


def part(found: Part[Any], items: list[Any]) -> dict[str, Any]:
    """The envelope of a list round the items in their short form."""
    return {"items": items, "total": found.total, "next": found.next_url}
