"""The portal's own code and templates, as the architecture's tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: from the composition root down; those in one tuple may not import one another
LAYERS = (
    ("portal",),
    ("home",),
    ("plans",),
    ("announcements", "services"),
    ("editorial",),
    ("departments",),
    ("search",),
    ("core",),
)
APPS = tuple(app for layer in LAYERS for app in layer)
PURE = (
    "core/text.py",
    "core/working_days.py",
    "announcements/numbers.py",
    "announcements/reference.py",
    "services/maturity.py",
    "search/analysis.py",
    "search/phrases.py",
    "search/question_words.py",
    "search/ranking.py",
    "search/scoring.py",
    "search/sought.py",
    "search/syllables.py",
    "search/weights.py",
    "search/rarity.py",
    "search/unasked.py",
    "search/keystrokes.py",
    "search/spelling.py",
    "search/reading.py",
    "search/evaluation.py",
)


def rank(app: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if app in layer)


def modules(*apps: str) -> Iterator[Path]:
    for app in apps or APPS:
        yield from sorted((ROOT / app).rglob("*.py"))


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def app_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file: Path) -> tuple[tuple[str, int], ...]:
    """Dotted names imported anywhere in the file, inside functions too, with their lines."""
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return tuple(found)
