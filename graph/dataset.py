"""The description of the whole: what it is, what it holds, how much; no dates, so that bytes stay the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyoxigraph as ox

from graph import iris
from graph.pen import TYPE, integer, named, text
from graph.version import VERSION
from ontology import BASE, DCTERMS, ONTOLOGY_IRI, Namespace

_DCAT = Namespace("http://www.w3.org/ns/dcat#")
_VOID = Namespace("http://rdfs.org/ns/void#")


def described(documents: int, stated: int, inferred: Mapping[str, int], kinds: Counter[str]) -> list[ox.Triple]:
    """The dataset with its counts: `stated` and `inferred` in quads, `kinds` in things of each class."""
    dataset = ox.NamedNode(iris.DATASET)
    triples = [
        ox.Triple(dataset, TYPE, named(_VOID.Dataset)),
        ox.Triple(dataset, TYPE, named(_DCAT.Dataset)),
        ox.Triple(dataset, named(DCTERMS.title), text("Inspections of children's services")),
        ox.Triple(dataset, named(DCTERMS.conformsTo), named(ONTOLOGY_IRI)),
        ox.Triple(dataset, named(_VOID.uriSpace), text(BASE)),
        ox.Triple(dataset, named(_VOID.vocabulary), named(f"{ONTOLOGY_IRI}#")),
        ox.Triple(dataset, named(_VOID.triples), integer(stated + sum(inferred.values()))),
        ox.Triple(dataset, named(_VOID.documents), integer(documents)),
        ox.Triple(dataset, named(_DCAT.version), text(VERSION)),
    ]
    for kind, count in sorted(kinds.items()):
        part = ox.NamedNode(f"{iris.DATASET}/class/{iris.part(kind.rpartition('#')[2].rpartition('/')[2])}")
        triples += [
            ox.Triple(dataset, named(_VOID.classPartition), part),
            ox.Triple(part, named(_VOID["class"]), named(kind)),
            ox.Triple(part, named(_VOID.entities), integer(count)),
        ]
    for rule, count in sorted(inferred.items()):
        part = ox.NamedNode(iris.inferred_graph(rule))
        triples += [
            ox.Triple(dataset, named(_VOID.subset), part),
            ox.Triple(part, named(_VOID.triples), integer(count)),
        ]
    return triples
