"""Inferred links with their reasons, as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from graph import iris
from graph.document.pen import TYPE, ig, named, share, text
from ontology import IG, RDF


class Inference(NamedTuple):
    """One link between two things that follows from several documents, how surely (0-1), and why in words."""

    subject: str
    property: str
    """The ontology's local name."""
    object: str
    confidence: float
    reason: str


def written(inferences: Iterable[Inference]) -> Iterator[ox.Triple]:
    """The plain link, and beside it a node with the reason."""
    for inference in inferences:
        subject, predicate, value = (
            ox.NamedNode(inference.subject),
            ig(inference.property),
            ox.NamedNode(inference.object),
        )
        yield ox.Triple(subject, predicate, value)
        node = ox.NamedNode(iris.inference(inference.subject, IG[inference.property], inference.object))
        yield ox.Triple(node, TYPE, ig("Inference"))
        yield ox.Triple(node, named(RDF.subject), subject)
        yield ox.Triple(node, named(RDF.predicate), predicate)
        yield ox.Triple(node, named(RDF.object), value)
        yield ox.Triple(node, ig("confidence"), share(round(inference.confidence, 2)))
        yield ox.Triple(node, ig("reason"), text(inference.reason))
