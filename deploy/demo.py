"""Prepare what is missing, then run web, worker and scheduler together until Ctrl-C. `make demo` calls it in .venv.

HOST  address to listen on, 127.0.0.1 unless given
PORT  port to listen on, 8000 unless given
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MANAGE = [sys.executable, str(ROOT / "manage.py")]
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
#: seconds that a process gets to finish what it is doing
GRACE = 10


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def require_free_port() -> None:
    if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {PORT!r}.")
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError as error:
            sys.exit(
                f"Cannot listen on {HOST} port {PORT}: {error.strerror}.\n"
                f"End the program that has the port, or choose another: make demo PORT={int(PORT) + 1}"
            )


# --- what the portal needs before it runs --------------------------------------------------------------------------


def prepare() -> None:
    """Bring database, content, index and files up to date. Each step asks first whether it has anything to do."""
    from core.management.commands.compile_messages import compile_catalogues

    if [folder for folder in ("locale", "locale/admin") if compile_catalogues(ROOT / folder)]:
        say("Interface strings compiled")
    collect_static()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    migrate()
    load_content()


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if steps := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say(f"Bringing the database up to date: {len(steps)} migrations (half a minute for a new one)")
        call_command("migrate", verbosity=0, interactive=False)


def load_content() -> None:
    from django.apps import apps
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    # The accounts come last: where they are, the demo was loaded to its end.
    if not (Path(settings.VAR_DIR) / "demo_accounts.json").exists() or not get_user_model().objects.exists():
        say("Loading the demo content (a minute or two)")
        call_command("load_demo")
    if not apps.get_model("search", "SearchEntry").objects.exists():
        say("Building the search index")
        call_command("rebuild_search")


def collect_static() -> None:
    """Collect with the storage of production, whose names carry a checksum, when files or packages changed."""
    var = Path(os.environ.get("PORTAL_VAR_DIR", ROOT / "var"))
    seen = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for file in sorted((ROOT / "static").rglob("*")):
        if file.is_file():
            seen.update(f"{file.relative_to(ROOT)} {file.stat().st_mtime_ns} {file.stat().st_size}\n".encode())
    stamp = var / "static.stamp"
    if stamp.exists() and stamp.read_text() == seen.hexdigest() and (var / "static" / "staticfiles.json").exists():
        return
    say("Collecting static files (some ten seconds)")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.base", "SECRET_KEY": "signs nothing here"}
    command = [*MANAGE, "collectstatic", "--no-input", "--verbosity", "0"]
    if subprocess.run(command, env=environment, cwd=ROOT).returncode:
        sys.exit("The static files could not be collected.")
    stamp.write_text(seen.hexdigest())


# --- the three processes -------------------------------------------------------------------------------------------


class Processes:
    """Children in sessions of their own, so that Ctrl-C reaches only this process, which ends them in order."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_end = False
        self.started_by = os.getppid()
        logs.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_end)

    def ask_to_end(self, *_args: object) -> None:
        self.asked_to_end = True

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        with (self.logs / f"{name}.log").open("wb") as log:
            self.children[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def ended(self) -> str:
        """Name of a child that is no longer there, or nothing."""
        return next((name for name, child in self.children.items() if child.poll() is not None), "")

    def should_end(self) -> bool:
        return self.asked_to_end or os.getppid() != self.started_by or bool(self.ended())

    def end_all(self) -> None:
        for child in self.children.values():
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            _signal(child, signal.SIGKILL, whole_group=True)
            child.wait()

    def last_lines(self, name: str, count: int = 20) -> str:
        return "\n".join((self.logs / f"{name}.log").read_text(errors="replace").splitlines()[-count:])


def _signal(child: "subprocess.Popen[bytes]", number: int, *, whole_group: bool = False) -> None:
    with suppress(ProcessLookupError):
        if whole_group:
            os.killpg(child.pid, number)
        else:
            child.send_signal(number)


def end_with_parent() -> None:
    """On Linux, have the kernel end this child when the process that started it is killed."""
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def commands() -> dict[str, list[str]]:
    bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
    # Threads: a browser opens connections that it does not use yet, and each would hold a whole process.
    web = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", bind, "--workers", "2", "--threads", "4"]
    return {
        "web": [*web, "--preload", "--graceful-timeout", "1", "--no-control-socket", "--log-level", "warning"],
        "worker": [*MANAGE, "db_worker", "--backend", "db", "--queue-name", "*", "--no-reload"],
        "scheduler": [*MANAGE, "run_scheduler"],
    }


def wait_until_answering(processes: Processes, seconds: int = 60) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(HOST, HOST)  # noqa: S104 - only compared
    address = f"http://[{here}]:{PORT}" if ":" in here else f"http://{here}:{PORT}"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not processes.should_end():
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=5):  # noqa: S310 - our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
    return False


def main() -> None:
    require_free_port()
    prepare()
    from django.conf import settings
    from django.core.management import call_command

    shown_host = "localhost" if HOST in {"127.0.0.1", "0.0.0.0", "::", "::1"} else HOST  # noqa: S104 - only compared
    address = f"http://{shown_host}:{PORT}"
    environment = {"PYTHONUNBUFFERED": "1", "PORTAL_BASE_URL": address, **os.environ}
    processes = Processes(Path(settings.VAR_DIR) / "log")
    try:
        web, *others = commands().items()
        processes.start(*web, environment)
        if wait_until_answering(processes):
            say("\nAccounts:")
            call_command("load_demo", accounts=True)
            say(f"\nThe portal runs at {address}/ (staff: {address}/admin/). Logs: {processes.logs}. Ctrl-C ends it.")
        for name, command in others:  # after the first answer: all of them at once would delay it
            processes.start(name, command, environment)
        while not processes.should_end():
            time.sleep(0.3)
    finally:
        failed = "" if processes.asked_to_end else processes.ended()
        processes.end_all()
    if failed:
        sys.exit(f"The {failed} process ended:\n{processes.last_lines(failed)}")
    say("\nEnded.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What is done is kept; make demo goes on from there.")
