"""A server that is started for tests, found again by its port and pid file, and ended."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

IS_ROOT = os.geteuid() == 0


class Missing(Exception):
    """What the machine lacks, in one line."""


def say(text: str) -> None:
    sys.stderr.write(f"test-servers: {text}\n")


def run(command: Sequence[object], user: str = "", **options: Any) -> None:
    """Run a command to its end, as root in the name of `user`. Raises Missing with its last words where it fails."""
    words = [*(["runuser", "-u", user, "--"] if user and IS_ROOT else []), *map(str, command)]
    with tempfile.TemporaryFile("w+") as said:  # not a pipe, which a server left behind would hold open
        if subprocess.run(words, stdout=said, stderr=subprocess.STDOUT, cwd="/", **options).returncode:
            said.seek(0)
            last = said.read().strip().splitlines()[-3:]
            raise Missing(f"{Path(str(command[0])).name} failed: {' | '.join(last) or 'it says nothing'}")


def patiently(command: Sequence[object], complaint: str) -> None:
    """A download: tried three times."""
    for pause in (2, 5, 0):
        try:
            run(command)
        except Missing as error:
            if not pause:
                raise Missing(f"{complaint}: {error}") from error
            time.sleep(pause)
        else:
            return


def free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return tried.getsockname()[1]
    raise Missing("No port is free.")


class Server(ABC):
    """A server that is started, found again by its port and pid file, and ended."""

    name = ""
    user = ""
    #: stands in the command of its process
    program = ""
    stop_signal = signal.SIGTERM
    #: preferred ones; another is taken where somebody else listens there
    ports: tuple[int, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder / self.name
        self.pid_file = self.folder / "server.pid"
        self.ports_file = self.folder / "ports.json"

    @property
    def port(self) -> int:
        return self.used_ports()[0]

    def used_ports(self) -> list[int]:
        return json.loads(self.ports_file.read_text())

    def pid(self) -> int | None:
        """Its process; None where none lives. A number that another program has got since does not count."""
        try:
            number = int(self.pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return number if self._lives(number) else None

    def _lives(self, number: int) -> bool:
        try:
            return self.program in Path(f"/proc/{number}/cmdline").read_text()
        except OSError:
            return False

    def start(self) -> None:
        if self.pid() and self.is_ready():
            return
        self.stop()
        self.folder.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        self.install()
        self.ports_file.write_text(json.dumps([free_port(port) for port in self.ports]))
        if IS_ROOT and self.user:
            run(["chown", "-R", f"{self.user}:", self.folder])
        self.launch()
        if not self.wait(self.is_ready, 90):
            raise Missing(f"{self.name} does not answer on port {self.port}; its log is in {self.folder}.")
        say(f"{self.name} runs on port {self.port} ({time.monotonic() - started:.0f} s)")

    def stop(self) -> None:
        number = self.pid()
        if number is None:
            return
        for sent, seconds in ((self.stop_signal, 20), (signal.SIGKILL, 5)):
            with suppress(ProcessLookupError):
                os.kill(number, sent)
                os.kill(number, signal.SIGCONT)  # a drill may have paused it
            if self.wait(lambda: not self._lives(number), seconds):
                break
        self.pid_file.unlink(missing_ok=True)
        say(f"{self.name} is stopped")

    @staticmethod
    def wait(condition: Callable[[], bool], seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not (met := condition()) and time.monotonic() < until:
            time.sleep(0.1)
        return met

    def install(self) -> None:
        return None

    @abstractmethod
    def launch(self) -> None: ...

    @abstractmethod
    def is_ready(self) -> bool: ...

    @abstractmethod
    def environment(self) -> dict[str, object]: ...
