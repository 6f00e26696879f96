"""The folder of a build: who may write there, where its parts lie, and how new parts take the place of old ones."""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ForeignFolder, NotABuild, OutInUse

_MARK = ".inspection-graph"
_NEW = ".new"
_TEXT = re.compile(r"[0-9a-f]{16}\.txt")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a build lie below `root`."""

    root: Path

    @property
    def quads(self) -> Path:
        return self.root / "graph.nq"

    @property
    def stated(self) -> Path:
        return self.root / "graph.ttl"

    @property
    def inferred(self) -> Path:
        return self.root / "inferred.ttl"

    @property
    def texts(self) -> Path:
        return self.root / "text"

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def report(self) -> Path:
        return self.root / "report.json"

    @property
    def reading(self) -> Path:
        """The page that lists documents by how much of them was understood."""
        return self.root / "reading.html"

    @property
    def cache(self) -> Path:
        return self.root / "cache"


def finished(out: Path) -> Layout:
    """The parts of the build at `out`; NotABuild where one is missing."""
    layout = Layout(out)
    for path in (layout.quads, layout.store, layout.report):
        if not path.exists():
            raise NotABuild(out, path.name)
    return layout


@contextmanager
def writing(out: Path) -> Iterator[tuple[Layout, Layout]]:
    """The build's folder and an empty one beside its parts for the new ones, kept from other builds meanwhile."""
    _check(out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / _MARK).open("a") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutInUse(out) from None
        new = Layout(out / _NEW)
        shutil.rmtree(new.root, ignore_errors=True)
        new.texts.mkdir(parents=True)
        Layout(out).cache.mkdir(exist_ok=True)
        try:
            yield Layout(out), new
        finally:
            shutil.rmtree(new.root, ignore_errors=True)


def _check(out: Path) -> None:
    """Nothing that no build wrote may be overwritten."""
    if out.is_dir():
        inside = sorted(path.name for path in out.iterdir())
        if inside and _MARK not in inside:
            raise ForeignFolder(out, inside[0])
    elif out.exists():
        raise ForeignFolder(out, "a file of that name")


def put_in_place(old: Layout, new: Layout) -> None:
    """The new parts take the places of the old ones; what no build wrote stays where it is."""
    old.texts.mkdir(exist_ok=True)
    fresh = {path.name for path in new.texts.iterdir()}
    for path in new.texts.iterdir():
        path.replace(old.texts / path.name)
    for path in old.texts.iterdir():
        if _TEXT.fullmatch(path.name) and path.name not in fresh:
            path.unlink()
    for file in (new.quads, new.stated, new.inferred):
        file.replace(old.root / file.name)
    if old.store.exists():
        old.store.rename(new.root / "store.old")
    new.store.rename(old.store)
    new.reading.replace(old.reading)
    new.report.replace(old.report)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees a part of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
