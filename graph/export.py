"""A build in the forms that others read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import networkx as nx
import pyoxigraph as ox

from graph.entry import in_order, serialized, without_prefixes
from graph.errors import ExportError
from graph.folder import finished
from graph.network import whole_network
from graph.store import open_store
from ontology import PREFIXES


def export(out: Path, format: str, target: IO[bytes]) -> None:
    """Write the build at `out` to `target` in one of FORMATS: the same bytes for the same build."""
    layout = finished(out)
    if format not in FORMATS:
        raise ExportError(format, f"the formats are {', '.join(FORMATS)}")
    FORMATS[format](layout.root, target)


def _turtle(out: Path, target: IO[bytes]) -> None:
    """All statements without their graphs, what documents state first."""
    layout = finished(out)
    for path in (layout.stated, layout.inferred):
        with path.open("rb") as file:
            shutil.copyfileobj(file, target)


def _nquads(out: Path, target: IO[bytes]) -> None:
    with finished(out).quads.open("rb") as file:
        shutil.copyfileobj(file, target)


def _trig(out: Path, target: IO[bytes]) -> None:
    """Graph by graph."""
    target.write("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()).encode())
    for quads in _graphs(open_store(out)):
        target.write(without_prefixes(serialized(quads, ox.RdfFormat.TRIG, PREFIXES)))


def _jsonld(out: Path, target: IO[bytes]) -> None:
    quads = (quad for of_graph in _graphs(open_store(out)) for quad in of_graph)
    ox.serialize(quads, output=target, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES)


def _graphml(out: Path, target: IO[bytes]) -> None:
    """A network of things without the evidence, for Gephi and the like."""
    nx.write_graphml(whole_network(open_store(out)), target)


def _graphs(store: ox.Store) -> Iterator[list[ox.Quad]]:
    """The quads of each graph in order."""
    for graph in sorted(store.named_graphs(), key=str):
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
        ordered = in_order(triples, graph.value)[1]
        yield [ox.Quad(t.subject, t.predicate, t.object, graph) for t in ordered]


FORMATS: Mapping[str, Callable[[Path, IO[bytes]], None]] = MappingProxyType(
    {"turtle": _turtle, "nquads": _nquads, "trig": _trig, "jsonld": _jsonld, "graphml": _graphml}
)
"""The forms by name."""
