"""A build in the forms that others read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import networkx as nx
import pyoxigraph as ox

from graph.dataset import ABOUT, LICENCE, RIGHTS, TITLE
from graph.errors import ExportError
from graph.exports import jsonld, model
from graph.folder import finished
from graph.iris import DATASET_GRAPH
from graph.lines import in_order, serialized, without_prefixes
from graph.network import authority_network, theme_network, whole_network
from graph.store import open_store
from graph.version import VERSION
from ontology import PREFIXES


def export_model(format: str, target: IO[bytes]) -> None:
    """Write what the model is, in one of OF_THE_MODEL."""
    if format not in OF_THE_MODEL:
        raise ExportError(format, f"of the model there are {', '.join(OF_THE_MODEL)}")
    OF_THE_MODEL[format](target)


def export(out: Path, format: str, target: IO[bytes]) -> None:
    """Write the build at `out` to `target` in one of FORMATS: the same bytes for the same build."""
    layout = finished(out)
    if format not in FORMATS:
        raise ExportError(format, f"the formats are {', '.join(FORMATS)}")
    FORMATS[format](layout.root, target)


def _turtle(out: Path, target: IO[bytes]) -> None:
    """All statements without their graphs: the dataset's description, what documents state, what follows from it."""
    layout = finished(out)
    description = open_store(out).quads_for_pattern(None, None, None, ox.NamedNode(DATASET_GRAPH))
    ordered = in_order((quad.triple for quad in description), DATASET_GRAPH)[1]
    target.write(b"# The dataset.\n" + serialized(ordered, ox.RdfFormat.TURTLE, PREFIXES) + b"\n")
    for path in (layout.stated, layout.inferred):
        with path.open("rb") as file:
            shutil.copyfileobj(file, target)


def _nquads(out: Path, target: IO[bytes]) -> None:
    with finished(out).quads.open("rb") as file:
        shutil.copyfileobj(file, target)


def _trig(out: Path, target: IO[bytes]) -> None:
    """Graph by graph."""
    target.write("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()).encode())
    for _, quads in _graphs(open_store(out)):
        target.write(without_prefixes(serialized(quads, ox.RdfFormat.TRIG, PREFIXES)))


def _jsonld(out: Path, target: IO[bytes]) -> None:
    """Graph by graph, under the context that `context` gives alone."""
    named = ((iri, (quad.triple for quad in quads)) for iri, quads in _graphs(open_store(out)))
    jsonld.write(named, target)


def _graphml(out: Path, target: IO[bytes]) -> None:
    """A network of things without the evidence, for Gephi and the like."""
    _write_network(whole_network(open_store(out)), target)


def _graphml_themes(out: Path, target: IO[bytes]) -> None:
    """Themes joined by the findings that carry both; the weight is their number."""
    _write_network(theme_network(open_store(out)), target)


def _graphml_authorities(out: Path, target: IO[bytes]) -> None:
    """Authorities joined to the themes of their findings; the weight is their number."""
    _write_network(authority_network(open_store(out)), target)


def _write_network(network: nx.Graph, target: IO[bytes]) -> None:
    """As GraphML; every edge gets a number as its id, because importers drop a second edge of the same id."""
    network.graph.update(title=TITLE, description=ABOUT, licence=LICENCE, rights=RIGHTS, version=VERSION)
    for number, (*_, data) in enumerate(network.edges(data=True), start=1):
        data["id"] = f"e{number}"
    nx.write_graphml(network, target, edge_id_from_attribute="id")


def _graphs(store: ox.Store) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Each graph's IRI and its quads in order."""
    for graph in sorted(store.named_graphs(), key=str):
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
        ordered = in_order(triples, graph.value)[1]
        yield graph.value, [ox.Quad(t.subject, t.predicate, t.object, graph) for t in ordered]


def _context(target: IO[bytes]) -> None:
    target.write(json.dumps({"@context": jsonld.context()}, indent=1, ensure_ascii=False).encode() + b"\n")


def _frame(target: IO[bytes]) -> None:
    target.write(json.dumps(jsonld.frame(), indent=1, ensure_ascii=False).encode() + b"\n")


def _mermaid(target: IO[bytes]) -> None:
    target.write(model.drawing().encode())


FORMATS: Mapping[str, Callable[[Path, IO[bytes]], None]] = MappingProxyType(
    {
        "turtle": _turtle,
        "nquads": _nquads,
        "trig": _trig,
        "jsonld": _jsonld,
        "graphml": _graphml,
        "graphml-themes": _graphml_themes,
        "graphml-authorities": _graphml_authorities,
    }
)
"""What can be written of a build, by name."""
OF_THE_MODEL: Mapping[str, Callable[[IO[bytes]], None]] = MappingProxyType(
    {"context": _context, "frame": _frame, "mermaid": _mermaid}
)
"""What can be written of the model alone, without any build."""
