"""Real servers for the tests, each on a port and in a folder of its own.

    deploy/test-servers start [name …]   returns when they are ready; without a name: PostgreSQL and Elasticsearch
    deploy/test-servers stop [name …]    without a name: all of them; their data stay
    eval "$(deploy/test-servers env)"    tells the tests where the running ones are
    deploy/test-servers status

Names: postgresql, elasticsearch, elasticsearch-secured (with TLS and a user), redis.

Everything lies in var/test-servers or, where it is set, in TEST_SERVERS_DIR; a second folder gives a second set of
servers. Only for tests: nothing written is safe from a power cut, and every user of this machine may connect.
"""

import fcntl
import hashlib
import os
import shlex
import sys
from pathlib import Path

from elasticsearch import Elasticsearch, SecuredElasticsearch
from postgresql import PostgreSQL
from redis import Redis
from server import IS_ROOT, Missing, run

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ("postgresql", "elasticsearch")
SERVERS = {server.name: server for server in (PostgreSQL, Elasticsearch, SecuredElasticsearch, Redis)}


def folder() -> Path:
    """Where everything lies. As root: the servers' own users must get there, which a private home does not allow."""
    chosen = os.environ.get("TEST_SERVERS_DIR")
    path = Path(chosen) if chosen else ROOT / "var/test-servers"
    path.mkdir(parents=True, exist_ok=True)
    path = path.resolve()
    if IS_ROOT and not _is_open(path):
        if chosen:
            raise Missing(f"TEST_SERVERS_DIR {path} cannot be entered by other users, and no server runs as root.")
        path = Path("/var/tmp") / f"test-servers-{hashlib.sha256(bytes(path)).hexdigest()[:8]}"  # noqa: S108
        path.mkdir(exist_ok=True)
    return path


def _is_open(path: Path) -> bool:
    try:
        run(["test", "-x", path], "nobody")
    except Missing:
        return False
    return True


def main(command: str = "", *names: str) -> None:
    if command not in {"start", "stop", "env", "status"} or not set(names) <= set(SERVERS):
        sys.exit(__doc__)
    wanted = names or (DEFAULT if command == "start" else tuple(SERVERS))
    place = folder()
    lock = (place / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    for server in (SERVERS[name](place) for name in wanted):
        if command == "start":
            server.start()
        elif command == "stop":
            server.stop()
        elif command == "status":
            sys.stdout.write(f"{server.name}: {f'port {server.port}' if server.pid() else 'not running'}\n")
        elif server.pid():
            for name, value in server.environment().items():
                sys.stdout.write(f"export {name}={shlex.quote(str(value))}\n")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Missing as error:
        sys.exit(f"test-servers: {error}")
