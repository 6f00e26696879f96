"""What a rule infers, or a part of it, as the files of a build hold it: rendered once and kept."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from graph import iris
from graph.lines import in_order, serialized, without_prefixes
from ontology import PREFIXES

DOCUMENT = f"<{iris.DOCUMENT}".encode()
"""How a line about a document, or a part of one, begins."""
_NAMES = ("before.nq", "about.nq", "after.nq", "inferred.ttl")


class Piece(NamedTuple):
    """Lines are N-Quads in the order of their bytes, of one graph."""

    before: bytes
    about: bytes
    """Those whose subject is a document or a part of one, which stand between the two others in that order."""
    after: bytes
    turtle: bytes
    """The same statements, without the prefixes that all share."""

    @property
    def size(self) -> int:
        """How many statements."""
        return sum(lines.count(b"\n") for lines in (self.before, self.about, self.after))

    def lines(self) -> list[bytes]:
        return b"".join((self.before, self.about, self.after)).splitlines(keepends=True)


def rendered(triples: Iterable[ox.Triple], graph: str) -> Piece:
    """The statements as lines of a graph, and as Turtle."""
    lines, ordered = in_order(triples, graph)
    first, last = (bisect_left(lines, bound) for bound in (DOCUMENT, DOCUMENT + b"\xff"))
    turtle = without_prefixes(serialized(ordered, ox.RdfFormat.TURTLE, PREFIXES)) if ordered else b""
    return Piece(b"".join(lines[:first]), b"".join(lines[first:last]), b"".join(lines[last:]), turtle)


def packed(piece: Piece) -> bytes:
    """The piece as a zip archive that any tool can look into."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in zip(_NAMES, piece, strict=True):
            archive.writestr(name, content)
    return held.getvalue()


def unpacked(content: bytes) -> Piece:
    """The piece that `packed` made the archive of; BadZipFile or KeyError where it did not."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Piece(*(archive.read(name) for name in _NAMES))
