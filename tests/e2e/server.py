"""One real portal for the browser: gunicorn, collected static files, page cache, worker; as `make demo` runs it.

The demo is loaded once into a template under var/, and each run works on a copy of its own. The template is named after
a checksum of what shapes the content, so a second run on the same code starts within seconds.
"""

import datetime
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "var" / "e2e-template"
#: what the content of the template is made from; views, templates and styles do not shape it
SHAPED_BY = (
    "*/migrations/*.py",
    "*/models/*.py",
    "*/models.py",
    "*/blocks.py",
    "core/*.py",
    "search/**/*.py",
    "services/completeness.py",
    "services/maturity.py",
    "services/dossiers/*.py",
    "announcements/reference.py",
    "departments/roles.py",
    "departments/sections.py",
    "home/skeleton.py",
    "home/demo/**/*.py",
    "home/demo/**/*.toml",
    "home/management/commands/load_demo.py",
    "locale/*/LC_MESSAGES/django.po",
    "requirements.lock",
)
PREPARE = "import sys; sys.path.insert(0, 'deploy'); import demo; demo.prepare()"
#: the environment of a developer must not change what is tested
CLEARED = ("DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "PORTAL_PAGE_CACHE", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class Portal:
    """A running portal: `url` without a slash at its end, `var` with its database, files and accounts."""

    url: str
    var: Path

    def password(self, name: str) -> str:
        return json.loads((self.var / "demo_accounts.json").read_text(encoding="utf-8"))[name]

    def manage(self, *command: str) -> str:
        """Run manage.py on the data of this portal and return what it prints."""
        arguments = [sys.executable, "manage.py", *command]
        done = subprocess.run(
            arguments, cwd=ROOT, env=environment(self.var), capture_output=True, text=True, timeout=300
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout


def checksum() -> str:
    """Names the template; also by week, as the demo counts the dates of announcements from the day of loading."""
    seen = hashlib.sha256(str(datetime.date.today().isocalendar()[:2]).encode())
    for file in sorted({file for pattern in SHAPED_BY for file in ROOT.glob(pattern)}):
        relative = file.relative_to(ROOT)
        if relative.parts[0] not in {".venv", "var", "tests", "bench"}:
            seen.update(f"{relative}\n".encode() + file.read_bytes())
    return seen.hexdigest()[:16]


def environment(var: Path, **further: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return kept | {"PORTAL_VAR_DIR": str(var), "PYTHONUNBUFFERED": "1"} | further


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Several test processes wait here for the one that came first."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template() -> Path:
    """The folder with the loaded demo; made where it is missing, which takes a minute or two."""
    folder = TEMPLATES / checksum()
    with locked("template"):
        if not (folder / "ready").exists():
            for stale in TEMPLATES.iterdir():
                if stale.is_dir():
                    shutil.rmtree(stale)
            folder.mkdir()
            run_prepare(folder)
            (folder / "ready").touch()
        else:  # static files are no content: they may be newer than the template
            run_prepare(folder)
    return folder


def run_prepare(var: Path) -> None:
    command = [sys.executable, "-c", PREPARE]
    done = subprocess.run(command, cwd=ROOT, env=environment(var), capture_output=True, text=True, timeout=1200)
    if done.returncode:
        raise RuntimeError(f"The demo could not be prepared:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def copy_template(target: Path) -> None:
    """Files that the portal never changes in place are linked, its database and accounts copied."""
    source = template()
    with locked("template"):
        for name in ("static", "media"):
            shutil.copytree(source / name, target / name, copy_function=link_or_copy)
        for file in source.iterdir():
            if file.is_file() and file.name != "ready":
                shutil.copy2(file, target / file.name)


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_portal(var: Path) -> Iterator[Portal]:
    """The demo on a free port, with a copy of the template in `var`; it ends with the block."""
    copy_template(var)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (var / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "deploy/demo.py"],
            cwd=ROOT,
            env=environment(var, HOST="127.0.0.1", PORT=str(port), PORTAL_BASE_URL=url),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_answering(url, process, var)
        yield Portal(url, var)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_answering(url: str, process: "subprocess.Popen[bytes]", var: Path, seconds: int = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=10):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The portal did not start:\n{(var / 'demo.log').read_text(errors='replace')[-4000:]}")
