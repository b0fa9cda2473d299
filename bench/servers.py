"""gunicorn on a free port, and the processor time that its workers take."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.database import OUT, ROOT

WORKERS = 2
#: The same for portal and yardstick. With one thread a worker takes a connection when it is free; threads would hold
#: those that they have, and how a few connections fall to two workers would decide the figures.
OPTIONS = ["--workers", str(WORKERS), "--threads", os.environ.get("BENCH_THREADS", "1")]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Server:
    """A running gunicorn."""

    name: str
    address: str
    process: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, name: str, application: str, environment: dict[str, str], ready: str) -> "Server":
        """Start, and wait until the address `ready` answers. Raises SystemExit with the log where it does not."""
        port = _free_port()
        log = OUT / f"{name}.log"
        command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *OPTIONS]
        command += ["--no-control-socket", "--log-level", "warning"]
        with log.open("wb") as lines:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=lines, stderr=subprocess.STDOUT
            )
        server = cls(name, f"http://127.0.0.1:{port}", process)
        if not server._answers(ready):
            server.stop()
            sys.exit(f"{log.read_text(errors='replace')[-3000:]}\nThe server “{name}” does not answer.")
        return server

    def _answers(self, path: str, seconds: int = 90) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError):
                return self.get(path)[0] == 200
            time.sleep(0.2)
        return False

    def get(self, path: str) -> tuple[int, dict[str, str]]:
        """Status and headers (names in lower case) of a page."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=60) as response:
                response.read()
                return response.status, {name.lower(): value for name, value in response.headers.items()}
        except urllib.error.HTTPError as error:
            return error.code, {}

    def cpu_seconds(self) -> float:
        """Processor time of the workers so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(_cpu_ticks(child) for child in children) / TICKS

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _cpu_ticks(pid: str) -> int:
    # The name of the process, in brackets, may hold blanks: fields are counted after it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
