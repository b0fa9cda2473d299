"""A server of its own is killed, paused, made read-only and emptied under load; nothing is lost and nobody notices."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from tests.search.proxy import Proxy

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = 1_000
pytestmark = pytest.mark.django_db


class Server:
    """A second server of deploy/test-servers beside the one that other tests ask."""

    def __init__(self, folder):
        self.environment = {**os.environ, "TEST_SERVERS_DIR": str(folder)}
        folder.mkdir(parents=True, exist_ok=True)

    def _run(self, *words):
        command = [ROOT / "deploy/test-servers", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self):
        self._run("start", "elasticsearch")
        lines = (line.removeprefix("export ").partition("=") for line in self._run("env").splitlines())
        found = {name: value.strip("'") for name, _equals, value in lines}
        self.url = found["SEARCH_TEST_ELASTICSEARCH_URL"]
        self.pid = int(Path(found["SEARCH_TEST_ELASTICSEARCH_PID_FILE"]).read_text())
        self.data = Path(found["SEARCH_TEST_ELASTICSEARCH_DATA"])

    def stop(self):
        self._run("stop", "elasticsearch")

    def send(self, number):
        os.kill(self.pid, number)

    def kill(self):
        self.send(signal.SIGKILL)
        while Path(f"/proc/{self.pid}").exists():
            time.sleep(0.05)


@pytest.fixture
def server(elasticsearch_url):
    beside = Path(os.environ.get("SEARCH_TEST_ELASTICSEARCH_PID_FILE", ROOT / "var/test-servers/x/pid")).parents[1]
    made = Server(beside.with_name(f"{beside.name}-drill"))
    made.start()
    yield made
    made.stop()


class Portal:
    """Two processes under load."""

    def __init__(self, database, folder, proxy):
        self.folder = folder
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATABASE_URL": f"sqlite:///{database}",
            "PORTAL_VAR_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
            "SEARCH_ELASTICSEARCH_URL": proxy.url,
            "SEARCH_ELASTICSEARCH_PREFIX": f"drill-{uuid4().hex[:8]}",
        }
        self.prefix = environment["SEARCH_ELASTICSEARCH_PREFIX"]
        self.log = folder / "portal.log"
        command = [sys.executable, ROOT / "tests/search/drill_writer.py", folder, str(OPERATIONS // 4)]
        with self.log.open("w") as log:
            options = {"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": log, "text": True}
            self.processes = [subprocess.Popen([*command, name], **options) for name in ("second", "first")]

    def wait_for_indexes(self, url, seconds=120):
        """Until it has its indexes (again)."""
        client, until = Elasticsearch(url, request_timeout=10), time.monotonic() + seconds
        while time.monotonic() < until and all(process.poll() is None for process in self.processes):
            if client.indices.exists_alias(name=f"{self.prefix}-vi"):
                return client
            time.sleep(0.2)
        raise AssertionError(f"the portal has made no index: {self.log.read_text()[-3000:]}")

    def end(self):
        """What the processes say of themselves, the second first."""
        (self.folder / "stop").touch()
        results = []
        for process in self.processes:
            output, _none = process.communicate(timeout=120)
            assert process.returncode == 0, self.log.read_text()[-3000:]
            results.append(json.loads(output))
            (self.folder / "alone").touch()
        return results


def test_the_server_may_die_hang_refuse_and_forget_while_the_portal_works(migrated_file, server, tmp_path):
    proxy = Proxy(server.url)
    database = Path(shutil.copy(migrated_file, tmp_path))
    portal = Portal(database, tmp_path, proxy)
    try:
        client = portal.wait_for_indexes(server.url)
        time.sleep(2)
        server.send(signal.SIGSTOP)
        time.sleep(4)
        server.send(signal.SIGCONT)
        time.sleep(3)
        client.indices.put_settings(index=f"{portal.prefix}-*", settings={"index.blocks.write": True})
        time.sleep(3)
        client.indices.put_settings(index=f"{portal.prefix}-*", settings={"index.blocks.write": None})
        time.sleep(1)
        server.kill()
        server.start()
        proxy.lead_to(server.url)
        portal.wait_for_indexes(server.url)
        time.sleep(3)
        server.kill()
        shutil.rmtree(server.data)
        server.start()
        proxy.lead_to(server.url)
        portal.wait_for_indexes(server.url)
        time.sleep(2)
        results = portal.end()
    finally:
        for process in portal.processes:
            process.kill()
        proxy.refuse()
    sys.stdout.write(f"{results}\n")
    assert sum(result["operations"] for result in results) >= OPERATIONS
    assert [(result["failures"], result["failed tasks"]) for result in results] == [([], []), ([], [])]
    assert (results[-1]["difference"], results[-1]["waiting"], results[-1]["engine"]) == ("", 0, "elasticsearch")
    for name in ("elasticsearch", "sqlite"):
        assert sum(result["searches"].get(name, 0) for result in results) > 0
