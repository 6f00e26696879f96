"""Statements as lines of N-Quads in the order of their bytes, and as Turtle."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox


def in_order(found: Iterable[ox.Triple], graph: str) -> tuple[list[bytes], list[ox.Triple]]:
    """A graph's N-Quads lines, each once, in the order of their bytes, and its triples in that order."""
    held = list(found)
    end = f" <{graph}> .\n".encode()
    lines = serialized(held, ox.RdfFormat.N_TRIPLES).splitlines()
    places = {line: place for place, line in enumerate(lines)}
    kept = sorted(places)
    return [line[:-2] + end for line in kept], [held[places[line]] for line in kept]


def serialized(
    found: Iterable[ox.Quad] | Iterable[ox.Triple], format: ox.RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """The statements in the order given, as bytes."""
    return ox.serialize(found, format=format, prefixes=prefixes) or b""


def without_prefixes(turtle: bytes) -> bytes:
    """Turtle without the prefix lines that it begins with."""
    start = 0
    while turtle.startswith(b"@prefix ", start):
        start = turtle.index(b"\n", start) + 1
    return turtle[start:]
