"""What a worker process does: one file becomes one packed entry, or the reason why not."""

from __future__ import annotations

import hashlib
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from graph.building.entry import entry, packed
from graph.reading import Failure
from graph.version import VERSION
from loaders.errors import LoaderError
from loaders.reading.source import open_document
from loaders.records import Problem, Report, Source
from loaders.text import Text
from loaders.understand import understand
from ontology import Vocabulary, load

_HOUSE = Path(__file__).parents[2]


LIMIT = 120.0
"""Seconds of processor time that one document may take: a hundred times what the longest one needs."""


class OutOfTime(Exception):
    """A document took more than its time."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read; `name` is what it is called, of all the names under which its bytes were given the first."""

    path: Path
    name: str
    sha256: str
    size: int
    vocabulary: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long each step took."""

    reading: float = 0.0
    understanding: float = 0.0
    triples: float = 0.0

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(
            self.reading + other.reading,
            self.understanding + other.understanding,
            self.triples + other.triples,
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task; a file that failed still has an entry, which says so."""

    archive: bytes
    failure: Failure | None
    seconds: Seconds


def work(task: Task) -> Done:
    """Read, understand and write down one document; whatever goes wrong with it is told and not raised."""
    vocabulary = load(task.vocabulary)
    run = _Run(Source(task.name, task.sha256, "", task.size), Text("", ()), [perf_counter()])
    try:
        with at_most(LIMIT):
            return Done(_entry(task, vocabulary, run), None, run.seconds())
    except LoaderError as error:
        failure = told(error, task.name, task.sha256)
    except Exception as error:  # a fault of ours in one document must not cost the others, and is reported as such
        failure = fault(error, task.name, task.sha256)
    archive = packed(entry(unread(run.source, run.text, failure), vocabulary))
    return Done(archive, failure, run.seconds())


@dataclass(slots=True)
class _Run:
    """How far the work on a document has come, for when it breaks off."""

    source: Source
    text: Text
    times: list[float]
    """When the work began, and when it had read, understood and written down."""

    def seconds(self) -> Seconds:
        return Seconds(*(after - before for before, after in pairwise(self.times)))


def _entry(task: Task, vocabulary: Vocabulary, run: _Run) -> bytes:
    opened, run.text = open_document(task.path)
    run.source = Source(task.name, task.sha256, opened.media_type, task.size)
    run.times.append(perf_counter())
    report = understand(run.source, run.text, vocabulary)
    run.times.append(perf_counter())
    archive = packed(entry(report, vocabulary))
    run.times.append(perf_counter())
    return archive


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in what runs for longer, by the processor's clock so that a busy machine changes nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone
        return

    def stop(*_: object) -> None:
        raise OutOfTime(f"it took more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def failed(task: Task, failure: Failure) -> Done:
    """What is left of a task whose process did not live to tell."""
    report = unread(Source(task.name, task.sha256, "", task.size), Text("", ()), failure)
    return Done(packed(entry(report, load(task.vocabulary))), failure, Seconds())


def told(error: LoaderError, name: str, sha256: str | None = None) -> Failure:
    """A loader's error without the folders of this machine."""
    return Failure(name, type(error).__name__, error.problem, error.place, error.remedy, sha256)


def fault(error: BaseException, name: str, sha256: str | None = None) -> Failure:
    """An error that nobody foresaw: its type, words, and the last line of ours that it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _room(frame.filename) in ("ontology", "loaders", "graph")]
    place = f"{Path(ours[-1].filename).relative_to(_HOUSE).as_posix()}, line {ours[-1].lineno}" if ours else None
    problem = f"the program failed on it: {type(error).__name__}: {error}"
    return Failure(name, type(error).__name__, problem, place, "please report it with the document", sha256)


def _room(file: str) -> str | None:
    path = Path(file)
    return path.relative_to(_HOUSE).parts[0] if path.is_relative_to(_HOUSE) else None


def unread(source: Source, text: Text, failure: Failure) -> Report:
    """The report on a document of which no more is known than its bytes, perhaps its words, and what went wrong."""
    problem = Problem(failure.kind, f"{failure.problem}, {failure.place}" if failure.place else failure.problem)
    return Report(source, text, "unknown", failure.problem, source.name, problems=(problem,))


def program_digest() -> str:
    """A digest that changes whenever the code or data that reads documents or links them does."""
    held = hashlib.sha256(VERSION.encode())
    for path in sorted((*_HOUSE.glob("loaders/**/*"), *_HOUSE.glob("graph/**/*"))):
        if path.is_file() and "__pycache__" not in path.parts:
            held.update(path.relative_to(_HOUSE).as_posix().encode())
            held.update(path.read_bytes())
    return held.hexdigest()
