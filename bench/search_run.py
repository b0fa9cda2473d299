"""Search among 1,000, 10,000 and 100,000 entries, on each engine: `make bench-search`.

docs/performance.md says what is measured. Everything lies in bench/out/search; pages and entries are made once.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.database import OUT, ROOT

FOLDER = OUT / "search"
SERVERS = ROOT / "deploy" / "test-servers"
ENGINES = ("sqlite", "postgresql", "elasticsearch")
#: at the largest size: milliseconds, seconds of a rebuild, megabytes, growth from the size before
AIMS = {"p95_ms": 50, "suggestions_p95_ms": 20, "ranker_p95_ms": 20, "growth": 3, "peak_mb": 500}
REBUILD_AIMS = {"sqlite": 120, "postgresql": 60, "elasticsearch": 120}
COLUMNS = ("answer", "answer_again", "after_publishing", "ranker", "engine", "suggestions")


def main() -> None:
    options = _options()
    results: dict[str, dict[int, Any]] = {}
    for name in options.engines:
        if name != "sqlite" and not _start(name):
            continue
        for size in options.sizes:
            results.setdefault(name, {})[size] = measure(name, size)
    for name, sizes in results.items():
        _print_table(name, sizes)
    print(json.dumps({name: summary(name, sizes) | {"sizes": sizes} for name, sizes in results.items()}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-search", description=__doc__)
    sizes = "1000,10000,100000"
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=sizes)
    parser.add_argument("--engines", type=lambda text: text.split(","), default="sqlite", help=", ".join(ENGINES))
    options = parser.parse_args()
    if unknown := set(options.engines).difference(ENGINES):
        parser.error(f"unknown engine {', '.join(sorted(unknown))}")
    return options


def _start(name: str) -> bool:
    """Start the server with deploy/test-servers; one that cannot be is left out with a line."""
    done = subprocess.run([SERVERS, "start", name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(f"{name} is left out: {(done.stdout.splitlines() or ['it does not start'])[-1]}")
    return not done.returncode


def measure(name: str, size: int) -> dict[str, Any]:
    print(f"{name}, {size} entries", flush=True)
    environment = _environment(name, size)
    var = Path(environment["PORTAL_VAR_DIR"])
    filled = var / f"{name}.filled"
    if not filled.exists():
        _make_database(environment, var)
        _step("fill", size, environment)
        filled.touch()
    if name == "elasticsearch":
        # Its documents are made of entries, which are there already.
        _step("rebuild", size, environment | {"SEARCH_ELASTICSEARCH_URL": ""})
    built = _step("rebuild", size, environment)
    return {"rebuild": built} | _step("ask", size, environment)


def _environment(name: str, size: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PORTAL_", "DJANGO_", "SEARCH_"))}
    for key in ("DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS"):
        kept.pop(key, None)
    found = kept | {"PORTAL_VAR_DIR": str(FOLDER / f"{name}-{size}"), "PORTAL_PAGE_CACHE": "0"}
    if name != "sqlite":
        told = subprocess.run([SERVERS, "env"], stdout=subprocess.PIPE, text=True, check=True).stdout
        lines = (line.removeprefix("export ").partition("=") for line in told.splitlines())
        servers = {key: value.strip("'\"") for key, _equals, value in lines}
        if name == "postgresql":
            url = urlsplit(servers["DATABASE_TEST_POSTGRES_URL"])
            found["DATABASE_URL"] = url._replace(path=f"/bench_search_{size}").geturl()
        else:
            found["SEARCH_ELASTICSEARCH_URL"] = servers["SEARCH_TEST_ELASTICSEARCH_URL"]
            found["SEARCH_ELASTICSEARCH_PREFIX"] = f"bench{size}"
    return found


def _make_database(environment: dict[str, str], var: Path) -> None:
    """An empty database; on SQLite a copy of one with the demo, which takes two minutes to load."""
    shutil.rmtree(var, ignore_errors=True)
    if url := environment.get("DATABASE_URL"):
        var.mkdir(parents=True)
        _make_postgresql(url)
        return
    base = FOLDER / "base"
    if not (base / "made").exists():
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        _step("fill", 0, environment | {"PORTAL_VAR_DIR": str(base), "SEARCH_ELASTICSEARCH_URL": ""})
        (base / "made").touch()
    shutil.copytree(base, var)


def _make_postgresql(url: str) -> None:
    import psycopg

    name = urlsplit(url).path.removeprefix("/")
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8'")


def _step(step: str, size: int, environment: dict[str, str]) -> dict[str, Any]:
    """One step in a process of its own. Raises SystemExit where it fails."""
    print(f"  {step} …", flush=True)
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.search_portal", step, str(size)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}\nThe step “{step}” of {size} entries failed.")
    print(f"    {time.monotonic() - began:.0f} s", flush=True)
    return json.loads(done.stdout.splitlines()[-1])


def summary(name: str, sizes: dict[int, Any]) -> dict[str, Any]:
    """Growth between the two largest sizes, and which aims the largest misses, by wall time."""
    last = sizes[max(sizes)]
    found: dict[str, float] = {
        "p95_ms": last["answer"]["p95_ms"],
        "suggestions_p95_ms": last["suggestions"]["p95_ms"],
        "ranker_p95_ms": last["ranker"]["p95_ms"],
        "peak_mb": max(last["peak_mb"], last["rebuild"]["peak_mb"]),
    }
    if len(sizes) > 1:
        before = sizes[sorted(sizes)[-2]]
        found["growth"] = round(found["p95_ms"] / before["answer"]["p95_ms"], 2)
    missed = [aim for aim, value in found.items() if value > AIMS[aim]]
    if last["rebuild"]["wall_s"] > REBUILD_AIMS[name]:
        missed.append("rebuild")
    return found | {"misses": missed}


def _print_table(name: str, sizes: dict[int, Any]) -> None:
    print(f"\n{name}: p50 / p95 in ms, processor time of this process in brackets")
    print(f"{'entries':>10}" + "".join(f"{column:>34}" for column in COLUMNS))
    for size, row in sizes.items():
        cells = []
        for column in COLUMNS:
            part = row[column]
            cells.append(f"{part['p50_ms']} / {part['p95_ms']} ({part['cpu_p50_ms']} / {part['cpu_p95_ms']})")
        print(f"{size:>10}" + "".join(f"{cell:>34}" for cell in cells))
    for size, row in sizes.items():
        built = row["rebuild"]
        print(
            f"{size:>10}  rebuild {built['wall_s']} s ({built['cpu_s']} s), at most {built['peak_mb']} MB; answers "
            f"{row['peak_mb']} MB, {row['ratio_to_engine']} × the engine's own query"
        )


if __name__ == "__main__":
    main()
