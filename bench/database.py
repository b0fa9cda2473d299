"""The portal that is measured: the demo and 2,917 services in a var folder of its own, made once and kept."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import catalogue

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
#: PORTAL_VAR_DIR of the measured portal
VAR = OUT / "var"
STAMP = OUT / "stamp"
GENERATED = OUT / "catalogue.jsonl.gz"
#: the national catalogue's file in a folder beside this repository
NATIONAL = "*/data/procedures.jsonl.gz"
#: the demo's administrator, in whose name the import publishes
USER = "quantri"
#: what the database's content depends on
SOURCES = (
    "*/migrations/*.py",
    "home/demo/**/*",
    "home/management/commands/load_demo.py",
    "search/analysis.py",
    "search/entries.py",
)


def prepare() -> Path:
    """Bring the measured portal up to date and return the import file that it holds.

    Raises SystemExit with the last lines of the command that failed.
    """
    OUT.mkdir(parents=True, exist_ok=True)
    file = import_file()
    checksum = _checksum(file)
    fresh = not STAMP.exists() or STAMP.read_text() != checksum
    if fresh:
        STAMP.unlink(missing_ok=True)
        shutil.rmtree(VAR, ignore_errors=True)
    # Compiled strings and static files have stamps of their own and follow the code each time.
    _run([sys.executable, "-m", "bench.portal", "prepare"], "Preparing the portal that is measured")
    if fresh:
        command = [sys.executable, "manage.py", "import_services", str(file), "--apply", "--user", USER]
        command += ["--reason", "measured by bench"]
        _run(command, f"Importing {file.name} (some minutes, once)")
        STAMP.write_text(checksum)
    return file


def import_file() -> Path:
    """BENCH_CATALOGUE, else the national file beside the repository, else the generated one."""
    if named := os.environ.get("BENCH_CATALOGUE"):
        return Path(named)
    if found := sorted(ROOT.parent.glob(NATIONAL)):
        return found[0]
    catalogue.write(GENERATED)
    return GENERATED


def environment(*, page_cache: bool) -> dict[str, str]:
    """Of every process of the measured portal: its own var folder, nothing of whoever calls."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
    for name in ("DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS"):
        kept.pop(name, None)
    return kept | {"PORTAL_VAR_DIR": str(VAR), "PORTAL_PAGE_CACHE": "1" if page_cache else "0"}


def _checksum(file: Path) -> str:
    found = hashlib.sha256(file.read_bytes())
    for source in _sources():
        found.update(str(source.relative_to(ROOT)).encode() + b"\0" + source.read_bytes())
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from (path for path in sorted(ROOT.glob(pattern)) if path.is_file() and path.suffix != ".pyc")


def _run(command: list[str], title: str) -> None:
    print(title, flush=True)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(page_cache=False),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-25:])
        sys.exit(f"{last}\nThis command failed: {' '.join(command)}")
    print(f"  {time.monotonic() - began:.0f} s", flush=True)
