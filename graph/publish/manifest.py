"""The list that a target keeps of what a dataset has sent to it, as a named graph of its own.

A graph that is listed without a digest is being sent, or being removed: whoever finds it so sends it again. Only what
is listed is ever changed or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, integer, named, text
from ontology import DCTERMS, PROV, Namespace

_VOID = Namespace("http://rdfs.org/ns/void#")
_SCHEMA = Namespace("http://schema.org/")
_STATUS = named(_SCHEMA.creativeWorkStatus)
_RUN = named(PROV.wasGeneratedBy)
_OF, _GRAPH = named(DCTERMS.isPartOf), named(DCTERMS.references)
_DIGEST, _TRIPLES = named(_SCHEMA.sha256), named(_VOID.triples)
_DONE, _SENDING = text("done"), text("being sent")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the target should hold of one graph; without a digest where that is open."""

    digest: str | None = None
    triples: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All graphs that a dataset has in a target."""

    run: str = ""
    """The IRI of the publish that wrote it last."""
    done: bool = False
    listed: Mapping[str, Listed] = field(default_factory=lambda: MappingProxyType({}))


def manifest_iri(dataset: str) -> str:
    return f"{iris.GRAPH}published/{dataset}"


def run_iri(dataset: str, token: str) -> str:
    return f"{manifest_iri(dataset)}/run/{token}"


def whole(dataset: str, manifest: Manifest) -> list[bytes]:
    """The manifest as N-Triples lines."""
    about = named(manifest_iri(dataset))
    triples = [
        ox.Triple(about, TYPE, named(_VOID.DatasetDescription)),
        ox.Triple(about, _STATUS, _DONE if manifest.done else _SENDING),
        ox.Triple(about, _RUN, named(manifest.run)),
    ]
    lines = _lines(triples)
    for graph, listed in sorted(manifest.listed.items()):
        lines += entry(dataset, graph, listed)
    return lines


def entry(dataset: str, graph: str, listed: Listed) -> list[bytes]:
    """What the manifest says of one graph, as N-Triples lines."""
    about = named(f"{manifest_iri(dataset)}/{iris.digest(graph)}")
    triples = [ox.Triple(about, _OF, named(manifest_iri(dataset))), ox.Triple(about, _GRAPH, named(graph))]
    if listed.digest is not None and listed.triples is not None:
        triples += [ox.Triple(about, _DIGEST, text(listed.digest)), ox.Triple(about, _TRIPLES, integer(listed.triples))]
    return _lines(triples)


def restored(found: Iterable[ox.Triple]) -> Manifest:
    """The manifest that such triples are; a graph with two digests, of two runs at once, has none."""
    held: dict[ox.NamedNode, dict[str, list[str]]] = {}
    for triple in found:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, (ox.NamedNode, ox.Literal)):
            held.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object.value)
    listed: dict[str, Listed] = {}
    run, states = "", [_SENDING.value]
    for facts in held.values():
        for graph in facts.get(_GRAPH.value, ()):
            digests, counts = facts.get(_DIGEST.value, []), facts.get(_TRIPLES.value, [])
            sure = len(digests) == len(counts) == 1
            listed[graph] = Listed(digests[0], int(counts[0])) if sure else Listed()
        if _RUN.value in facts:
            run, states = " ".join(sorted(facts[_RUN.value])), facts.get(_STATUS.value, states)
    return Manifest(run, states == [_DONE.value], listed)


def _lines(triples: list[ox.Triple]) -> list[bytes]:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()
