"""Bring the catalogues of interface strings up to date with code and templates, without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.template import templatize

#: function → which of its arguments are context, text and plural
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {}
for _names, _places in {
    ("_", "gettext", "gettext_lazy", "gettext_noop"): (None, 0, None),
    ("ngettext", "ngettext_lazy"): (None, 0, 1),
    ("pgettext", "pgettext_lazy"): (0, 1, None),
    ("npgettext", "npgettext_lazy"): (0, 1, 2),
}.items():
    FUNCTIONS |= dict.fromkeys(_names, _places)

_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b({'|'.join(FUNCTIONS)})\(({_LITERAL}(?:,\s*{_LITERAL})*)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_SKIPPED = {"tests", "bench", "deploy", "var", "locale", "docs", "node_modules"}


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    context: str | None = None
    plural: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def messages_of(root: Path) -> dict[tuple[str | None, str], tuple[Message, set[str]]]:
    """Every interface string below `root`, with the files that it stands in."""
    found: dict[tuple[str | None, str], tuple[Message, set[str]]] = {}
    for file in _files(root):
        read = messages_of_code if file.suffix == ".py" else messages_of_template
        for message in read(file.read_text(encoding="utf-8")):
            kept, places = found.setdefault(message.key, (message, set()))
            places.add(file.relative_to(root).as_posix())
            if message.plural and not kept.plural:
                found[message.key] = (message, places)
    return found


def _files(root: Path) -> Iterator[Path]:
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if folder.name not in _SKIPPED:
            yield from sorted(
                file
                for file in folder.rglob("*")
                if file.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in file.parts
            )


def messages_of_code(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        if name in FUNCTIONS:
            yield from _message(name, [getattr(argument, "value", None) for argument in node.args])


def messages_of_template(source: str) -> Iterator[Message]:
    for call in _CALL.finditer(templatize(source)):
        yield from _message(call[1], ast.literal_eval(f"({call[2]},)"))


def _message(name: str, arguments: Any) -> Iterator[Message]:
    context, text, plural = (
        arguments[place] if place is not None and place < len(arguments) else None for place in FUNCTIONS[name]
    )
    if isinstance(text, str) and text:
        yield Message(text, context if isinstance(context, str) else None, plural if isinstance(plural, str) else None)


def gaps(catalogue: polib.POFile, root: Path) -> list[str]:
    """What the catalogue lacks, one line each: no entry, no translation, unsure ones, other placeholders, leftovers."""
    messages = messages_of(root)
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    lines = []
    for key, (message, places) in sorted(messages.items(), key=lambda item: item[0][1]):
        problem = _gap(message, entries.get(key))
        if problem:
            lines.append(f"{problem}: {message.text!r} ({', '.join(sorted(places))})")
    lines += [
        f"no longer used: {text!r}" for context, text in sorted(entries, key=str) if (context, text) not in messages
    ]
    return lines


def _gap(message: Message, entry: polib.POEntry | None) -> str:
    if entry is None:
        return "not in the catalogue"
    if entry.fuzzy:
        return "translation not confirmed"
    if bool(message.plural) != bool(entry.msgid_plural):
        return "plural differs"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not translations or not all(text.strip() for text in translations):
        return "not translated"
    wanted = set(_PLACEHOLDER.findall(message.plural or message.text))
    if any(set(_PLACEHOLDER.findall(text)) != wanted for text in translations):
        return "placeholders differ"
    return ""


def update(catalogue: polib.POFile, root: Path) -> None:
    """Add new strings without a translation, mark those that are gone as obsolete, renew the places."""
    messages = messages_of(root)
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for key, (message, places) in messages.items():
        entry = entries.get(key)
        if entry is None:
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context)
            catalogue.append(entry)
        entry.obsolete = False
        entry.msgid_plural = message.plural or ""
        if message.plural and not entry.msgstr_plural:
            entry.msgstr, entry.msgstr_plural = "", {0: entry.msgstr}
        entry.occurrences = [(place, "") for place in sorted(places)]
    for key, entry in entries.items():
        if key not in messages:
            entry.obsolete = True
            entry.occurrences = []
    catalogue.sort(key=lambda entry: (entry.obsolete, entry.msgid, entry.msgctxt or ""))


class Command(BaseCommand):
    help = "Bring locale/<language>/LC_MESSAGES/django.po up to date with code and templates, or check that it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default=settings.LANGUAGE_CODE)
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a translation is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.LOCALE_PATHS[0]) / options["language"] / "LC_MESSAGES" / "django.po"
        catalogue = open_catalogue(file, options["language"])
        if options["check"]:
            if lines := gaps(catalogue, settings.BASE_DIR):
                raise CommandError("\n".join([*lines, f"{len(lines)} strings need a translator."]))
            return
        update(catalogue, settings.BASE_DIR)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(file))
        self.stdout.write(f"{len(catalogue.untranslated_entries())} of {len(catalogue)} strings are not translated.")


def open_catalogue(file: Path, language: str) -> polib.POFile:
    """The catalogue as it is, or an empty one with the headers that it needs."""
    if file.exists():
        return polib.pofile(str(file), wrapwidth=120)
    catalogue = polib.POFile(wrapwidth=120)
    plurals = "nplurals=1; plural=0;" if language == "vi" else "nplurals=2; plural=(n != 1);"
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals,
    }
    return catalogue
