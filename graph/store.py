"""The embedded store: Oxigraph on disk, filled by a build and then only read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.errors import NotABuild
from graph.folder import finished

_CHUNK = 96 * 2**20
"""Bytes of N-Quads given to the store at once: a whole graph in one go needs gigabytes of memory."""


def load(store: ox.Store, pieces: Iterable[bytes]) -> None:
    """Load whole lines of N-Quads into a store, several pieces at once."""
    for chunk in chunks(pieces, _CHUNK):
        store.bulk_load(chunk, format=ox.RdfFormat.N_QUADS)
    store.flush()


def built_upon(before: Path, folder: Path, gone: Iterable[str], pieces: Iterable[bytes]) -> ox.Store:
    """A store at `folder` with what the store `before` holds, without the graphs `gone`, and with these lines.

    The two share what has not changed on disk; the one before stays as it is.
    """
    ox.Store.read_only(str(before)).backup(str(folder))
    store = ox.Store(str(folder))
    for graph in gone:
        store.remove_graph(ox.NamedNode(graph))
    load(store, pieces)
    return store


def exchange(store: ox.Store, gone: Iterable[bytes], added: Iterable[bytes]) -> None:
    """Take lines of N-Quads out of a store, and load others."""
    for quad in ox.parse(b"".join(gone), format=ox.RdfFormat.N_QUADS):
        store.remove(quad)
    load(store, added)


def chunks(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The pieces joined to chunks of at least `size` bytes, but for the last."""
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def open_store(out: Path) -> ox.Store:
    """The store of the build at `out`, to be read only; NotABuild where there is none.

    Patterns outside GRAPH see all graphs only with `use_default_graph_as_union=True`.
    """
    folder = finished(out).store
    try:
        return ox.Store.read_only(str(folder))
    except OSError as error:
        raise NotABuild(out, f"store that can be opened ({error})") from None
