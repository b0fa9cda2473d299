"""Reads the demo's texts: TOML files beside this module."""

import tomllib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read_services() -> list[dict[str, Any]]:
    """All services, file by file."""
    files = sorted((FOLDER / "services").glob("*.toml"))
    return [service for file in files for service in tomllib.loads(file.read_text(encoding="utf-8"))["service"]]


def body(sections: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """A StreamField value from sections of heading, paragraphs and items."""
    parts = []
    for section in sections:
        heading = section.get("heading", "")
        html = [f"<h2>{escape(heading)}</h2>"] if heading else []
        html += [f"<p>{escape(text)}</p>" for text in section.get("paragraphs", [])]
        if section.get("items"):
            html.append("<ol>" + "".join(f"<li>{escape(item)}</li>" for item in section["items"]) + "</ol>")
        parts.append(("text", "".join(html)))
    return parts


def plain_lines(sections: Iterable[dict[str, Any]]) -> list[str]:
    """The same sections as lines of text, for the files that go with them."""
    lines = []
    for section in sections:
        lines += [section.get("heading", ""), *section.get("paragraphs", []), *section.get("items", [])]
    return [line for line in lines if line]
