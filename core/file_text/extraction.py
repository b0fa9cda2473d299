"""Read a file in a process of its own, and survive whatever it does."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.file_text import limits

ROOT = Path(__file__).resolve().parents[2]
#: endings that promise text
READ_ENDINGS = frozenset({".pdf", ".docx", ".odt", ".ods", ".xlsx"})


class State(models.TextChoices):
    """How far reading the text of a file has come."""

    WAITING = "waiting", _("not read yet")
    DONE = "done", _("text was read")
    NO_TEXT = "no_text", _("scan without a text layer")
    FAILED = "failed", _("text cannot be read")
    TOO_LARGE = "too_large", _("too large to be read")
    NOT_READ = "not_read", _("kind of file that is not read")


class Problem(models.TextChoices):
    """Why the text of a file cannot be read."""

    DAMAGED = "damaged", _("The file is damaged.")
    ENCRYPTED = "encrypted", _("The file is encrypted.")
    MISNAMED = "misnamed", _("The content is not what the name of the file says.")
    SLOW = "slow", _("Reading it takes too long.")
    MEMORY = "memory", _("Reading it takes too much memory.")
    MISSING = "missing", _("The file is not there.")


# Control, format (soft hyphen, joiners), lone surrogate, private use: none can be read, databases refuse some of them.
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co"})
#: exit code of a process that was stopped from outside → what that means
_ENDED_BY = {-signal.SIGXCPU: Problem.SLOW, -signal.SIGKILL: Problem.MEMORY}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of reading a file. `detail` is for the log."""

    state: State
    text: str = ""
    pages: int | None = None
    problem: str = ""
    detail: str = ""


def _failed(problem: Problem, detail: str = "") -> Extraction:
    return Extraction(State.FAILED, problem=problem, detail=detail)


def extract(file: IO[bytes], name: str, *, seconds: float = limits.SECONDS) -> Extraction:
    """The text of an open file. Never raises over what is in it.

    `name` is the file's name, `seconds` the time on the clock that it gets. A format is told by the content; the name
    decides only whether a file without text is a surprise.
    """
    if _size(file) > limits.LARGEST_FILE:
        return Extraction(State.TOO_LARGE)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as said:
        try:
            code = _run(_with_descriptor(file, source), said, seconds)
        except subprocess.TimeoutExpired:
            return _failed(Problem.SLOW)
        said.seek(0)
        return _understood(said.read(limits.LARGEST_ANSWER + 1), code, name)


def _size(file: IO[bytes]) -> int:
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    return size


def _with_descriptor(file: IO[bytes], spare: IO[bytes]) -> IO[bytes]:
    """The file as another process can inherit it: itself where it lies on this machine, else a copy."""
    try:
        descriptor = file.fileno()
    except (AttributeError, OSError):
        for start in iter(lambda: file.read(1 << 20), b""):
            spare.write(start)
        spare.seek(0)
        return spare
    os.lseek(descriptor, 0, os.SEEK_SET)
    return file


def _run(source: IO[bytes], said: IO[bytes], seconds: float) -> int:
    """Exit code of the reading process. It has none of this one's variables: they hold secrets."""
    done = subprocess.run(
        [sys.executable, "-m", "core.file_text.child"],
        stdin=source,
        stdout=said,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=seconds,
        check=False,
    )
    return done.returncode


def _understood(said: bytes, code: int, name: str) -> Extraction:
    """What the process said, checked: it read a hostile file and may say anything."""
    try:
        answer = json.loads(said) if code == 0 else None
        state = State(answer["state"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return _failed(_ENDED_BY.get(code, Problem.DAMAGED), f"the reading process ended with {code}")
    if state == State.NOT_READ and PurePath(name).suffix.lower() in READ_ENDINGS:
        return _failed(Problem.MISNAMED)
    problem = answer.get("problem", "")
    return Extraction(
        state,
        text=readable(str(answer.get("text", ""))) if state == State.DONE else "",
        pages=_pages(answer.get("pages")),
        problem=problem if problem in Problem.values else "",
        detail=str(answer.get("detail", ""))[:300],
    )


def _pages(said: Any) -> int | None:
    return said if type(said) is int and 0 < said < 100_000 else None


def readable(text: str) -> str:
    """The text composed (NFC), without characters that cannot be read or stored, blanks and empty lines collapsed."""
    composed = unicodedata.normalize("NFC", text[: limits.LONGEST_TEXT])
    kept = "".join(char for char in composed if char in "\n\t" or unicodedata.category(char) not in _UNREADABLE)
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)
