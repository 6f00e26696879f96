"""Building: a map over documents, then links across them, then the files and the store."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox

from graph import iris
from graph.building.assemble import Kept, assemble, stated_lines
from graph.building.entry import Facts, facts
from graph.building.kept import Beyond, Last, last, remember
from graph.building.processes import processes, results
from graph.building.reading_page import reading_page
from graph.building.work import Seconds, Task, program_digest, told
from graph.errors import CannotWrite, NothingBuilt
from graph.folder import Layout, put_in_place, write_whole, writing
from graph.links.doubts import doubted, doubts, meant
from graph.links.doubts import written as doubts_written
from graph.links.draw import Inferred, draw
from graph.links.kept import ENDING, Links
from graph.reading import Failure, Reading, report_json
from graph.store import built_upon, exchange
from graph.store import load as load_quads
from loaders.errors import LoaderError
from loaders.reading.source import documents
from ontology import Vocabulary, load, triples

_MUCH = 0.25
"""The share of documents from which filling a store anew is quicker than changing the one before."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` at a stage (reading, linking, writing, storing), and the last document."""

    stage: str
    done: int
    total: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Where the time went: `workers` adds up what all processes took, the rest is by the clock, in seconds.

    The store is filled beside linking and writing; `storing` is what of that was left to wait for.
    """

    workers: Seconds
    reading: float
    linking: float
    writing: float
    storing: float


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: `reused` documents were not read again; quads are those of the store, the ontology's too."""

    out: Path
    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...]
    reused: int
    quads: int
    stated: int
    inferred: tuple[tuple[str, int], ...]
    timing: Timing


def build(  # noqa: PLR0913 - each is a setting of its own, and named in the call
    paths: Sequence[Path],
    out: Path,
    *,
    workers: int | None = None,
    vocabulary_files: Sequence[Path] = (),
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
) -> BuildResult:
    """Make of the documents at `paths` (files, or folders of them) the build at `out`: these and no others.

    `workers` is the number of processes, by default one for each core; `executor` takes their place where given.
    A document that cannot be read is among the failures; BuildError where none could, or nothing can be written.
    """
    vocabulary = load(tuple(vocabulary_files))
    try:
        with writing(out) as (old, new):
            tasks, failures = _tasks(paths, out, tuple(vocabulary_files))
            if not tasks:
                raise NothingBuilt(failures)
            run = _Run(old, vocabulary, tuple(vocabulary_files), progress or _silent)
            if executor is not None:
                return run.finish(tasks, failures, new, executor)
            with processes(workers, len(tasks)) as pool:
                return run.finish(tasks, failures, new, pool)
    except OSError as error:  # what goes wrong with a document is told in its failure, so this is about `out`
        raise CannotWrite(out, error.strerror or str(error)) from error


def _silent(_: Progress) -> None:
    """Nobody watches."""


def _tasks(paths: Sequence[Path], out: Path, vocabulary_files: tuple[Path, ...]) -> tuple[list[Task], list[Failure]]:
    """The files to read, each once whatever its names, in the order of their keys; and paths where nothing is."""
    failures: list[Failure] = []
    named: dict[str, Task] = {}
    for path in paths:
        try:
            found = documents([path])
        except LoaderError as error:
            failures.append(told(error, path.name or str(path)))
            continue
        for file in found:
            if file.resolve().is_relative_to(out.resolve()):
                continue  # a build's own texts are not documents, even where its folder lies among them
            try:
                content = file.read_bytes()
            except OSError as error:
                failures.append(Failure(file.name, "UnreadableFile", f"cannot be opened: {error.strerror}"))
                continue
            sha256 = hashlib.sha256(content).hexdigest()
            before = named.get(sha256)
            if before is None or (file.name, str(file)) < (before.name, str(before.path)):
                named[sha256] = Task(file, file.name, sha256, len(content), vocabulary_files)
    return sorted(named.values(), key=lambda task: task.sha256), failures


class _Run:
    """One build under way."""

    def __init__(
        self, old: Layout, vocabulary: Vocabulary, files: tuple[Path, ...], progress: Callable[[Progress], None]
    ) -> None:
        self._old = old
        self._vocabulary = vocabulary
        self._files = files
        self._progress = progress
        self._state = hashlib.sha256(f"{program_digest()} {vocabulary.digest}".encode()).hexdigest()
        self._seconds = Seconds()

    def finish(self, tasks: list[Task], failures: list[Failure], new: Layout, pool: Executor | None) -> BuildResult:
        """Read what is not kept from before, link, write, store, and put the new build in the old one's place."""
        began = perf_counter()
        unread = [task for task in tasks if not self._place(task).exists()]
        with ThreadPoolExecutor(1) as beside:  # what is kept is looked at while others read
            known = beside.submit(self._facts, sorted({*tasks} - {*unread}, key=lambda task: task.sha256))
            found = self._read(unread, len(tasks), pool)
        held = known.result() | self._facts(unread)
        failed = [task for task in tasks if task.sha256 in {failure.sha256 for failure in found}]
        every = sorted((*failures, *found), key=lambda failure: (failure.name, failure.sha256 or ""))
        try:
            if len(failed) == len(tasks):
                raise NothingBuilt(every)
            made, made_of = self._made({task: held[task] for task in tasks}, every, new, pool)
        finally:
            self._forget(failed)
        put_in_place(self._old, new)
        remember(self._old, made_of)
        self._tidy(tasks, made_of.beyond.links)
        return replace(
            made,
            reused=len(tasks) - len(unread),
            timing=replace(made.timing, workers=self._seconds, reading=made.timing.reading - began),
        )

    def _facts(self, tasks: list[Task]) -> dict[Task, Facts]:
        return {task: _facts(self._place(task)) for task in tasks}

    def _made(
        self, known: dict[Task, Facts], failures: list[Failure], new: Layout, pool: Executor | None
    ) -> tuple[BuildResult, Last]:
        """The files and the store of the new build; the store takes in what is stated while links are drawn."""
        read = perf_counter()
        before = last(self._old)
        held = list(known.values())
        kept = [Kept(task.sha256[:16], self._place(task), one.own) for task, one in known.items()]
        with ThreadPoolExecutor(1) as beside:
            storing = beside.submit(_stored, kept, before, self._old, new)
            self._progress(Progress("linking", 0, 1))
            heads = (one.part("head.nq") for one in kept)
            model = triples(self._files)
            kept_links = Links(self._old.cache, self._state, pool)
            outlines = [one.outline for one in held]
            links = draw(outlines, heads, self._vocabulary, model, kept_links.of)
            found = doubts(outlines, meant(links), self._vocabulary)
            links.append(Inferred("doubts", tuple(doubts_written(found))))
            linked = perf_counter()
            self._progress(Progress("writing", 0, 1))
            kinds = sum((Counter(dict(one.kinds)) for one in held), Counter[str]())
            whole = assemble(kept, links, kinds, model, (self._old, before), new)
            unread = {(failure.sha256 or "")[:16] for failure in failures}
            readings = doubted((one.reading for one in held if one.reading.key not in unread), found)
            new.report.write_bytes(report_json(readings, failures, self._vocabulary.digest, whole.inferred))
            new.reading.write_bytes(reading_page(readings, failures))
            written = perf_counter()
            self._progress(Progress("storing", 0, 1))
            store, beyond = storing.result()
        exchange(store, *_exchanged(beyond, whole.beyond, kept_links))
        del store  # which lets go of its folder
        timing = Timing(Seconds(), read, linked - read, written - linked, perf_counter() - written)
        result = BuildResult(
            self._old.root, readings, tuple(failures), 0, whole.total, whole.stated, whole.inferred, timing
        )
        return result, Last(whole.quads, whole.turtle, {one.key: one.state for one in kept}, whole.beyond)

    def _place(self, task: Task) -> Path:
        """Where the entry of a file is kept, for as long as its bytes, name, the vocabulary and the program stay."""
        state = hashlib.sha256(f"{self._state} {task.name}".encode()).hexdigest()
        return self._old.cache / f"{task.sha256[:16]}.{state[:12]}.zip"

    def _read(self, tasks: list[Task], total: int, pool: Executor | None) -> list[Failure]:
        failures = []
        done = total - len(tasks)
        self._progress(Progress("reading", done, total))
        # the largest first, so that no process is left with a long one in the end
        for task, result in results(sorted(tasks, key=lambda task: (-task.size, task.sha256)), pool):
            write_whole(self._place(task), result.archive)
            self._seconds += result.seconds
            if result.failure:
                failures.append(result.failure)
            done += 1
            self._progress(Progress("reading", done, total, task.name))
        return failures

    def _forget(self, tasks: list[Task]) -> None:
        """What failed is tried again in the next build."""
        for task in tasks:
            self._place(task).unlink(missing_ok=True)

    def _tidy(self, tasks: list[Task], links: frozenset[str]) -> None:
        """Entries and links that this build did not use are of no further use."""
        used = {self._place(task).name for task in tasks} | {f"{name}{ENDING}" for name in links}
        for path in self._old.cache.iterdir():
            if path.name not in used and path.suffix in (".zip", ENDING, ".part"):
                path.unlink()


def _facts(path: Path) -> Facts:
    with zipfile.ZipFile(path) as archive:
        return facts(archive)


def _exchanged(was: Beyond, now: Beyond, links: Links) -> tuple[list[bytes], list[bytes]]:
    """The lines that no document states any more, and those that are new."""
    gone, added = (
        held.lines.union(*(piece.lines() for name in sorted(names) if (piece := links.known(name))))
        for held, names in ((was, was.links - now.links), (now, now.links - was.links))
    )
    return sorted(gone - added), sorted(added - gone)


def _stored(kept: Sequence[Kept], before: Last, old: Layout, new: Layout) -> tuple[ox.Store, Beyond]:
    """A store of what the documents state, and what beyond that it holds from the build before."""
    now = {one.key: one.state for one in kept}
    was = before.stored or {}
    fresh = [one for one in kept if was.get(one.key) != one.state]
    gone = [key for key in sorted(was) if now.get(key) != was[key]]
    if not was or len(fresh) + len(gone) > len(kept) * _MUCH:
        store = ox.Store(str(new.store))
        load_quads(store, stated_lines(kept))
        return store, Beyond()
    graphs = [iris.stated_graph(key) for key in gone]
    return built_upon(old.store, new.store, graphs, stated_lines(fresh)), before.beyond
