"""A build as its named graphs, each with its lines and a digest that a copy in another store can be held against."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO

from graph import iris
from graph.folder import finished
from graph.publish.errors import EmptyBuild

_NUMBER = re.compile(rb'"([^"\\]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#(integer|decimal|double|float|boolean)> \.$')
_STATED = re.compile(re.escape(iris.GRAPH) + r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Part:
    """One named graph of a build: how many triples, their digest, and where its lines lie in the file."""

    graph: str
    triples: int
    digest: str
    runs: tuple[tuple[int, int], ...]
    """Offset and length, in bytes, of each stretch of lines."""


class Source:
    """The file of a build's quads, held open: another build may take its place meanwhile."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._file = finished(out).quads.open("rb")  # closed when nobody holds the source any more

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()

    def parts(self) -> list[Part]:
        """The graphs in the order of their names; EmptyBuild where no document's is among them."""
        found = []
        for graph, runs in sorted(_runs(self._file).items()):
            held = self._lines(graph, runs)
            found.append(Part(graph, len(held), digest(held), runs))
        if not any(_STATED.fullmatch(part.graph) for part in found):
            raise EmptyBuild(self._out)
        return found

    def lines(self, part: Part) -> list[bytes]:
        """The N-Triples lines of one graph, without the ends of lines."""
        return self._lines(part.graph, part.runs)

    def _lines(self, graph: str, runs: Iterable[tuple[int, int]]) -> list[bytes]:
        tail = len(f" <{graph}> .".encode())
        held: list[bytes] = []
        for offset, length in runs:
            self._file.seek(offset)
            held += [line[:-tail] + b" ." for line in self._file.read(length).split(b"\n") if line]
        return held


def parts(out: Path) -> list[Part]:
    """The graphs of the build at `out`."""
    return Source(out).parts()


def digest(triples: Iterable[bytes]) -> str:
    """The sha256 of N-Triples lines in the order of their bytes, each once, numbers by their value.

    Stores may write a number otherwise than it was sent ("0.50" as "0.5"), so its value counts and not its digits.

    >>> digest([b'<a:b> <a:c> "0.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .']) == digest(
    ...     [b'<a:b> <a:c> "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .']
    ... )
    True
    """
    return hashlib.sha256(b"\n".join(sorted({_by_value(line) for line in triples}))).hexdigest()


def _by_value(line: bytes) -> bytes:
    if not line.endswith((b"r> .", b"l> .", b"e> .", b"t> .", b"n> .")) or not (found := _NUMBER.search(line)):
        return line
    written, kind = found[1].decode(), found[2].decode()
    return line[: found.start()] + f'"{_value(written, kind)}"^^{kind} .'.encode()


def _value(written: str, kind: str) -> str:
    if kind == "boolean":
        return {"1": "true", "0": "false"}.get(written, written)
    try:
        if kind in ("double", "float"):
            return repr(float(written))
        return format(Decimal(written).normalize() + 0, "f")
    except (InvalidOperation, ValueError):
        return written


def _runs(file: BinaryIO) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the lines of each graph lie: one pass over the file."""
    found: dict[bytes, list[tuple[int, int]]] = {}
    current, start, offset = b"", 0, 0
    for line in file:
        graph = line[line.rindex(b" <") + 2 : -4]
        if graph != current:
            if offset > start:
                found.setdefault(current, []).append((start, offset - start))
            current, start = graph, offset
        offset += len(line)
    if offset > start:
        found.setdefault(current, []).append((start, offset - start))
    return {graph.decode(): tuple(runs) for graph, runs in found.items()}
