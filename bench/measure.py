"""Rounds of wrk on the portal and, right after each, on the yardstick; medians of their ratios are the result."""

import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench import database
from bench.database import ROOT
from bench.servers import OPTIONS, Server

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "4"))
CONNECTIONS = int(os.environ.get("BENCH_CONNECTIONS", "4"))
#: requests a second, as a share of the yardstick's, that the portal is to reach
AIMS = {"cached": 0.6, "front": 0.02, "list": 0.03, "detail": 0.05, "search": 0.02}
WITHOUT_WRK = "The bench needs wrk, which is not installed. On Debian and Ubuntu: apt-get install wrk"


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of wrk measured; `cpu_ms` is the workers' processor time a request."""

    rps: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float


@dataclass(slots=True)
class Target:
    """Addresses asked for in turn, with the runs on them and those on the yardstick beside them."""

    name: str
    server: Server
    paths: list[str]
    runs: list[Load] = field(default_factory=list)
    yardstick: list[Load] = field(default_factory=list)

    def ratio(self, value: str = "rps") -> float:
        pairs = zip(self.runs, self.yardstick, strict=True)
        return median(getattr(run, value) / getattr(empty, value) for run, empty in pairs)

    def typical(self) -> dict[str, float]:
        return _typical(self.runs)


def main() -> None:
    if shutil.which("wrk") is None:
        print(WITHOUT_WRK, file=sys.stderr)
        sys.exit(2)
    file = database.prepare()
    described = _describe_pages()
    servers: list[Server] = []
    try:
        targets, empty = _targets(servers, described["pages"])
        _check(targets)
        for number in range(1, ROUNDS + 1):
            for target in targets:
                print(f"\rRound {number} of {ROUNDS}: {target.name:<14}", end="", flush=True)
                target.runs.append(load(target.server, target.paths))
                target.yardstick.append(load(empty, ["/"]))
        _check(targets)
    finally:
        for server in servers:
            server.stop()
    print("\r" + " " * 40 + "\r", end="")
    result = report(targets, described) | {"catalogue": file.name}
    _print_table(result)
    print(json.dumps(result))


def _describe_pages() -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.portal", "pages"]
    environment = database.environment(page_cache=False)
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("The pages to be measured could not be read.")
    return json.loads(done.stdout.splitlines()[-1])


def _targets(servers: list[Server], pages: dict[str, Any]) -> tuple[list[Target], Server]:
    """Start the three servers; only the one that is loaded has anything to do."""
    starts = (
        ("empty", "bench.empty:application", database.environment(page_cache=False), "/"),
        ("cached", "portal.wsgi", database.environment(page_cache=True), "/health/live"),
        ("uncached", "portal.wsgi", database.environment(page_cache=False), "/health/live"),
    )
    for start in starts:
        servers.append(Server.start(*start))
    empty, cached, uncached = servers
    # Each address is cached on its own, so one of each kind is enough.
    others = [pages[name]["paths"][0] for name in ("list", "detail", "search")]
    targets = [Target("cached", cached, pages["front"]["paths"]), Target("cached_others", cached, others)]
    targets += [Target(name, uncached, page["paths"]) for name, page in pages.items()]
    return targets, empty


def _check(targets: list[Target]) -> None:
    """Every address answers 200, from memory where it should and only there. Fills memos and the cache as well."""
    for target in targets:
        tries = 12 if target.server.name == "cached" else 4
        for path in target.paths:
            answers = [target.server.get(path) for _try in range(tries)]
            wrong = [status for status, _headers in answers if status != 200]
            if wrong:
                sys.exit(f"{path} answered {wrong[0]}.")
            kept = {headers.get("x-portal-cache") for _status, headers in answers[-2:]}
            if kept != ({"hit"} if target.server.name == "cached" else {None}):
                sys.exit(f"{path} was asked for as “{target.name}”, but X-Portal-Cache said {kept}.")


def load(server: Server, paths: list[str]) -> Load:
    """One run of wrk. Raises SystemExit where wrk failed or any request did."""
    before = server.cpu_seconds()
    command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s"]
    command += ["--timeout", "30s", "--script", str(ROOT / "bench" / "rotate.lua"), server.address, "--", *paths]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    last = (done.stdout.splitlines() or [""])[-1]
    if done.returncode or not last.startswith("{"):
        sys.exit(f"{done.stdout}\nwrk failed.")
    found = json.loads(last)
    if found["failed"] or not found["requests"]:
        sys.exit(f"{done.stdout}\nRequests to the server “{server.name}” failed; its log is in bench/out/.")
    cpu = 1000 * (server.cpu_seconds() - before) / found["requests"]
    return Load(found["requests"] / found["seconds"], found["p50_ms"], found["p99_ms"], cpu)


# --- what is said --------------------------------------------------------------------------------------------------


def report(targets: list[Target], described: dict[str, Any]) -> dict[str, Any]:
    """The result: ratios first; figures of time are medians of the rounds."""
    empty = [run for target in targets for run in target.yardstick]
    pages = {name: {key: page[key] for key in page if key != "paths"} for name, page in described["pages"].items()}
    figures = {target.name: target.typical() | pages.get(target.name, {}) for target in targets}
    aimed = {target.name: round(target.ratio(), 3) for target in targets if target.name in AIMS}
    return {
        "ratio_to_empty_view": aimed,
        "other_ratios": {target.name: round(target.ratio(), 3) for target in targets if target.name not in AIMS},
        "ratio_of_cpu_time": {target.name: round(1 / target.ratio("cpu_ms"), 3) for target in targets},
        "below_aim": [name for name, ratio in aimed.items() if ratio < AIMS[name]],
        "pages": {"empty": _typical(empty)} | figures,
        "content": described["content"],
        "machine": _machine() | described["versions"],
    }


def _typical(runs: list[Load]) -> dict[str, float]:
    rounding = {"rps": 1, "p50_ms": 2, "p99_ms": 2, "cpu_ms": 2}
    return {name: round(median(getattr(run, name) for run in runs), digits) for name, digits in rounding.items()}


def _machine() -> dict[str, Any]:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "gunicorn_options": " ".join(OPTIONS),
        "wrk": f"{CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS} s",
    }


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()
    except OSError:
        return []


def _print_table(result: dict[str, Any]) -> None:
    machine = result["machine"]
    print(f"{machine['processor']}, {machine['cores']} cores, load {machine['load']}; Python {machine['python']}")
    print(f"{'page':<14}{'ratio':>8}{'aim':>7}{'rps':>9}{'p50 ms':>9}{'p99 ms':>9}{'cpu ms':>9}{'queries':>9}{'KB':>7}")
    ratios = result["ratio_to_empty_view"] | result["other_ratios"]
    for name, page in result["pages"].items():
        ratio, aim = ratios.get(name, 1.0), AIMS.get(name, "")
        figures = f"{page['rps']:>9}{page['p50_ms']:>9}{page['p99_ms']:>9}{page['cpu_ms']:>9}"
        size = f"{page['bytes'] / 1000:.0f}" if "bytes" in page else ""
        print(f"{name:<14}{ratio:>8}{aim:>7}{figures}{page.get('queries', ''):>9}{size:>7}")
    if result["below_aim"]:
        print(f"Below the aim: {', '.join(result['below_aim'])}")
