"""How long a build takes beside its floor, on the same documents, cores and machine, in one run.

The floor is what no build can do without: the bare text of the PDFs by pypdfium2 in as many processes, and the same
quads bulk-loaded into an empty store on disk. Then one document is taken away and added again, and of every tenth the
labelling is timed beside the reading. Usage: python benchmarks/build.py PATH… [--workers N] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pyoxigraph as ox
import pypdfium2 as pdfium

import loaders.asks.recommendations
import loaders.statements.findings
import ontology
from graph.building import BuildResult, build
from loaders.reading.source import documents, open_document
from loaders.understand import understand


def bare_text(path: Path) -> int:
    """The number of characters in a PDF, by the shortest way to them."""
    if path.suffix.lower() != ".pdf":
        return len(path.read_bytes())
    with pdfium.PdfDocument(path) as pdf:
        return sum(len(page.get_textpage().get_text_bounded()) for page in pdf)


def bare_load(quads: Path, folder: Path) -> int:
    store = ox.Store(str(folder))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    return len(store)


def timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def floor(paths: list[Path], quads: Path, folder: Path, workers: int) -> tuple[float, float]:
    """Seconds for the bare text of all documents, and for loading the quads."""
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        list(pool.map(abs, range(workers)))  # the processes are there before the clock starts
        reading = timed(lambda: list(pool.map(bare_text, paths)))
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool:
        pool.submit(abs, 1).result()
        loading = timed(lambda: pool.submit(bare_load, quads, folder).result())
    return reading, loading


@contextmanager
def watched() -> Iterator[dict[int, float]]:
    """The largest memory, in GiB, that each process below this one has had, this one included."""
    peaks: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            for pid in family():
                peaks[pid] = max(peaks.get(pid, 0.0), peak(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def family() -> set[int]:
    """The process that asks, and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def peak(pid: int) -> float:
    try:
        held = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(held[1]) / 2**20 if held else 0.0


def figures(
    result: BuildResult, seconds: float, peaks: dict[int, float], lowest: tuple[float, float]
) -> dict[str, float]:
    timing = result.timing
    own = max(peaks.get(os.getpid(), 0.0), 0.0)
    others = max((held for pid, held in peaks.items() if pid != os.getpid()), default=0.0)
    return {
        "documents": len(result.readings),
        "failures": len(result.failures),
        "quads": result.quads,
        "floor: bare text": lowest[0],
        "floor: bulk load": lowest[1],
        "build": seconds,
        "ratio of build to floor": seconds / sum(lowest),
        "  reading and understanding, by the clock": timing.reading,
        "  linking": timing.linking,
        "  writing": timing.writing,
        "  storing": timing.storing,
        "processes: reading": timing.workers.reading,
        "processes: understanding": timing.workers.understanding,
        "processes: triples": timing.workers.triples,
        "peak memory of the building process, GiB": own,
        "peak memory of the largest other process, GiB": others,
    }


def one_more(paths: list[Path], out: Path, workers: int) -> float:
    """Seconds that it takes to add a document to all the others, one of middle size."""
    one = sorted(paths, key=lambda path: path.stat().st_size)[len(paths) // 2]
    build([path for path in paths if path != one], out, workers=workers)
    return timed(lambda: build(paths, out, workers=workers))


LABELLING = (
    (loaders.statements.findings, "label"),
    (loaders.asks.recommendations, "about"),
)
"""Where understanding asks for labels."""


def reading_and_labelling(paths: list[Path]) -> tuple[float, float]:
    """Seconds that reading documents takes one process, and labelling what they say."""
    vocabulary = ontology.load()
    spent = 0.0

    def watched_call(call: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object) -> object:
            nonlocal spent
            began = time.process_time()
            try:
                return call(*given)
            finally:
                spent += time.process_time() - began

        return run

    for module, name in LABELLING:
        setattr(module, name, watched_call(getattr(module, name)))
    reading = 0.0
    for path in [paths[0], *paths]:  # the first once more: what is loaded only once is not part of either
        if path is paths[0]:
            reading = spent = 0.0
        began = time.process_time()
        source, text = open_document(path)
        reading += time.process_time() - began
        understand(source, text, vocabulary)
    return reading, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="inspection-graph-"))
    try:
        with watched() as peaks:
            began = time.perf_counter()
            result = build(given.paths, folder / "out", workers=given.workers)
            seconds = time.perf_counter() - began
        lowest = floor(documents(given.paths), folder / "out" / "graph.nq", folder / "bare", given.workers)
        found = figures(result, seconds, peaks, lowest)
        found["adding one document"] = one_more(documents(given.paths), folder / "out", given.workers)
        found["  share of the build"] = found["adding one document"] / seconds
        with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool:
            some = documents(given.paths)[::10]
            found["reading every tenth document"], found["labelling it"] = pool.submit(
                reading_and_labelling, some
            ).result()
        found["ratio of labelling to reading"] = found["labelling it"] / found["reading every tenth document"]
    finally:
        shutil.rmtree(folder)
    if given.json:
        print(json.dumps({what.strip(): round(value, 3) for what, value in found.items()}, indent=1))
    else:
        for what, value in found.items():
            print(f"{what:48} {value:12,.2f}" if isinstance(value, float) else f"{what:48} {value:9,}")


if __name__ == "__main__":
    main()
