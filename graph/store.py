"""The embedded store: Oxigraph on disk, filled once and then only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.errors import NotABuild
from graph.folder import finished

_CHUNK = 48 * 2**20
"""Bytes of N-Quads given to the store at once: a whole graph in one go needs gigabytes of memory."""


def fill(quads: Path, folder: Path) -> int:
    """Load a file of N-Quads into a new store at `folder`; how many quads it holds."""
    store = ox.Store(str(folder))
    for chunk in chunks(quads, _CHUNK):
        store.bulk_load(chunk, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    return len(store)


def chunks(quads: Path, size: int) -> Iterator[bytes]:
    """The file in pieces of about `size` bytes that end with a line."""
    with quads.open("rb") as file:
        while piece := file.read(size):
            yield piece + file.readline()


def open_store(out: Path) -> ox.Store:
    """The store of the build at `out`, to be read only; NotABuild where there is none.

    Patterns outside GRAPH see all graphs only with `use_default_graph_as_union=True`.
    """
    folder = finished(out).store
    try:
        return ox.Store.read_only(str(folder))
    except OSError as error:
        raise NotABuild(out, f"store that can be opened ({error})") from None
