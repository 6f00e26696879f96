"""Each question's time on the store on disk, and beside rdflib's engine on the same data, machine and run.

The store is that of the build. rdflib is given a copy of as many of the documents' graphs as --most quads allow, the
ontology and what is inferred beside them, and the embedded engine the same copy in a store on disk; a question that
takes rdflib longer than --cap seconds is stopped and counted with the cap, so its ratio is "at least". Both engines use
one core, and their ratio is of seconds of the processor, so that others at work on the machine change it little.

Usage: python benchmarks/questions.py BUILD [--most QUADS] [--cap SECONDS] [--budget SECONDS] [--json]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox

import queries
from graph import iris
from graph.store import open_store
from ontology import ONTOLOGY_IRI

SLOWEST, RATIO = 5.0, 30.0
"""What is asked: no question slower in seconds, and the median of the ratios at least."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One question: rows and seconds by the clock and of the processor on the whole store; both engines on the part."""

    name: str
    folder: str
    rows: int
    seconds: float
    cpu: float
    part: float | None = None
    rdflib: float | None = None
    stopped: bool = False


def answered(store: ox.Store, sparql: str) -> tuple[int, float, float]:
    """Rows, seconds by the clock and seconds of the processor, to the last row."""
    began, cpu = time.perf_counter(), time.process_time()
    rows = sum(1 for _ in store.query(sparql, use_default_graph_as_union=True))  # type: ignore[arg-type]
    return rows, time.perf_counter() - began, time.process_time() - cpu


def part_of(store: ox.Store, most: int) -> Iterator[ox.Quad]:
    """The ontology, the links, and the graphs of documents in order until there are `most` quads of these."""
    documents = []
    for graph in sorted(store.named_graphs(), key=str):
        if graph.value == ONTOLOGY_IRI:  # type: ignore[union-attr]
            yield from store.quads_for_pattern(None, None, None, graph)
        elif "/graph/inferred/" not in str(graph) and graph.value != iris.DATASET_GRAPH:  # type: ignore[union-attr]
            documents.append(graph)
    taken, count = set(), 0
    for graph in documents:
        quads = list(store.quads_for_pattern(None, None, None, graph))
        if count and count + len(quads) > most:
            break
        count += len(quads)
        taken.add(str(graph)[-17:-1])
        yield from quads
    for graph in store.named_graphs():
        if "/graph/inferred/" in str(graph):
            yield from (q for q in store.quads_for_pattern(None, None, None, graph) if _among(q, taken))


def _among(quad: ox.Quad, taken: set[str]) -> bool:
    """Whether all documents that an inferred statement speaks of are in the part."""
    named = [str(term).partition("/id/document/")[2][:16] for term in (quad.subject, quad.object)]
    return all(key in taken for key in named if key)


def rdflib_worker(path: str, asked: object, told: object) -> None:
    """Answer questions, one after the other, in a process that can be stopped."""
    import rdflib  # noqa: PLC0415

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format="nquads")
    told.put(len(dataset))  # type: ignore[attr-defined]
    while sparql := asked.get():  # type: ignore[attr-defined]
        began = time.process_time()
        rows = sum(1 for _ in dataset.query(sparql))
        told.put((rows, time.process_time() - began))  # type: ignore[attr-defined]


class Rdflib:
    """rdflib's engine in a process of its own, started anew after a question that had to be stopped."""

    def __init__(self, path: Path, cap: float) -> None:
        self._path, self._cap = str(path), cap
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._asked, self._told = context.Queue(), context.Queue()
        self._process = context.Process(target=rdflib_worker, args=(self._path, self._asked, self._told), daemon=True)
        self._process.start()
        self._told.get(timeout=1200)

    def seconds(self, sparql: str) -> tuple[float, bool]:
        """Seconds of the processor for the whole answer, and whether it was stopped at the cap (by the clock)."""
        import queue  # noqa: PLC0415

        self._asked.put(sparql)
        try:
            return self._told.get(timeout=self._cap)[1], False
        except queue.Empty:
            self._process.kill()
            self._process.join()
            self._start()
            return self._cap, True

    def close(self) -> None:
        self._process.kill()


def measured(build: Path, most: int, cap: float, budget: float) -> tuple[list[Timed], int]:
    """Every question on the whole store; then on the part, by both engines, until the budget is spent."""
    store = open_store(build)
    asked = {name: queries.bind(question, {}) for name, question in queries.library().items()}
    whole: dict[str, Timed] = {}
    for name, sparql in asked.items():
        whole[name] = Timed(name, queries.library()[name].folder, *answered(store, sparql))
        print(f"{whole[name].seconds:8.2f} s {whole[name].rows:8} rows  {name}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "part.nq"
        ox.serialize(part_of(store, most), output=str(lines), format=ox.RdfFormat.N_QUADS)
        part = ox.Store(str(Path(folder) / "store"))
        part.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
        until, other = time.monotonic() + budget, Rdflib(lines, cap)
        for name, sparql in asked.items():
            if time.monotonic() > until:
                break
            here = min(answered(part, sparql)[2] for _ in range(2))
            there, stopped = other.seconds(sparql)
            one = whole[name]
            whole[name] = Timed(name, one.folder, one.rows, one.seconds, one.cpu, here, there, stopped)
            print(f"{there / here:8.0f} times{' at least' * stopped}  {name}", file=sys.stderr, flush=True)
        other.close()
        return list(whole.values()), len(part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--most", type=int, default=150_000, help="quads of documents given to rdflib")
    parser.add_argument("--cap", type=float, default=60, help="seconds after which a question to rdflib is stopped")
    parser.add_argument("--budget", type=float, default=900, help="seconds for all questions to rdflib together")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found, quads = measured(given.build, given.most, given.cap, given.budget)
    both = [(t.rdflib / t.part, t) for t in found if t.rdflib is not None and t.part]
    asked = [t for t in found if t.folder != "views"]
    slowest = max(asked, key=lambda t: t.seconds)
    summary = {
        "questions": len(found),
        "slowest": {"name": slowest.name, "seconds": slowest.seconds, "cpu": slowest.cpu, "asked": SLOWEST},
        "over": sorted(t.name for t in found if t.seconds > SLOWEST),
        "compared": len(both),
        "part": quads,
        "stopped": sorted(t.name for _, t in both if t.stopped),
        "median ratio": statistics.median(ratio for ratio, _ in both) if both else None,
        "asked": RATIO,
    }
    if given.json:
        print(json.dumps({**summary, "each": [asdict(t) for t in found]}, indent=1))
    else:
        print("\n".join(f"{name}: {value}" for name, value in summary.items()))


if __name__ == "__main__":
    main()
