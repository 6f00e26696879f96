"""What `serve` does for sixteen clients while one more asks what never ends, beside the same without it, in one run.

The clients ask the library's questions (those that take at most a second alone) one after another, in another order
each, for SECONDS without the endless query and for SECONDS with it. Wanted: no request of theirs fails, and the median
is at most three times that without it. Usage: python benchmarks/serve.py GRAPH [--seconds N] [--clients N] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

import queries

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATIENCE = 120
QUICK = 1.0


@dataclass
class Heard:
    """What the clients were told: seconds of each answer, and what went wrong how often."""

    seconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)


@contextmanager
def served(graph: Path, timeout: float) -> Iterator[str]:
    """The address of an endpoint over the graph."""
    command = [sys.executable, "-m", "cli", "serve", "--graph", str(graph), "--port", "0", "--timeout", str(timeout)]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stderr=said, cwd=Path(__file__).parents[1])
        try:
            while not (ready := re.search(r"(http://\S+)query answers", _read(said))):
                if process.poll() is not None:
                    sys.exit(_read(said))
                time.sleep(0.1)
            yield ready[1]
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _read(said: object) -> str:
    said.seek(0)  # type: ignore[attr-defined]
    return said.read()  # type: ignore[attr-defined,no-any-return]


def asked(client: httpx.Client, query: str) -> tuple[float, str]:
    """Seconds until the whole answer was there, and what went wrong (nothing, or a status, or a break)."""
    began = time.perf_counter()
    try:
        answer = client.post("query", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
        problem = "" if answer.status_code == 200 and "results" in answer.json() else str(answer.status_code)
    except (httpx.TransportError, ValueError) as error:
        problem = type(error).__name__
    return time.perf_counter() - began, problem


def quick_questions(address: str) -> list[str]:
    """The library's questions that take at most a second when nobody else asks."""
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        taken = {name: asked(client, q.sparql) for name, q in queries.library().items()}
    return [
        queries.library()[name].sparql for name, (seconds, wrong) in taken.items() if seconds <= QUICK and not wrong
    ]


def crowd(address: str, questions: list[str], clients: int, seconds: float, endless: bool) -> tuple[Heard, Heard]:
    """What the clients were told, and what the one was told that asks without end, if it asks."""
    heard, other = Heard(), Heard()
    over = time.monotonic() + seconds

    def ask(number: int, told: Heard) -> None:
        shuffled = random.Random(number).sample(questions, len(questions)) if number else [ENDLESS]
        with httpx.Client(base_url=address, timeout=PATIENCE) as client:
            while time.monotonic() < over:
                for query in shuffled:
                    taken, wrong = asked(client, query)
                    told.seconds.append(taken)
                    told.failures.update([wrong] if wrong else [])
                    if time.monotonic() >= over:
                        break

    threads = [threading.Thread(target=ask, args=(n, heard)) for n in range(1, clients + 1)]
    threads += [threading.Thread(target=ask, args=(0, other))] if endless else []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard, other


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("graph", type=Path, metavar="GRAPH")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--timeout", type=float, default=30)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with served(given.graph, given.timeout) as address:
        questions = quick_questions(address)
        alone, _ = crowd(address, questions, given.clients, given.seconds, endless=False)
        beside, endless = crowd(address, questions, given.clients, given.seconds, endless=True)
    medians = statistics.median(alone.seconds), statistics.median(beside.seconds)
    found = {
        "questions that take at most a second": len(questions),
        "requests without the endless query": len(alone.seconds),
        "requests beside it": len(beside.seconds),
        "failures without it": alone.failures.total(),
        "failures beside it": beside.failures.total(),
        "median seconds without it": medians[0],
        "median seconds beside it": medians[1],
        "ratio of medians": medians[1] / medians[0],
        "slowest of a hundred, seconds, without it": statistics.quantiles(alone.seconds, n=100)[-1],
        "slowest of a hundred, seconds, beside it": statistics.quantiles(beside.seconds, n=100)[-1],
        "endless queries asked": len(endless.seconds),
        "their longest, seconds": max(endless.seconds, default=0.0),
    }
    told = {"their answers": dict(endless.failures), "kinds of failure": dict(alone.failures + beside.failures)}
    if given.json:
        print(json.dumps({name: round(value, 3) for name, value in found.items()} | told, indent=1))
        return
    for name, value in found.items():
        print(f"{name:44} {value:12,.3f}" if isinstance(value, float) else f"{name:44} {value:8,}")
    for name, kinds in told.items():
        print(f"{name:44} {', '.join(f'{kind}: {count}' for kind, count in sorted(kinds.items())) or 'none'}")


if __name__ == "__main__":
    main()
