"""What writes the statements of one document down as triples, each passage and term once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from graph import iris
from loaders.records import Label, Report
from loaders.text import Span
from ontology import IG, RDF, XSD, Vocabulary, concept_iri

TYPE = ox.NamedNode(RDF.type)
_INTEGER = ox.NamedNode(XSD.integer)
_DECIMAL = ox.NamedNode(XSD.decimal)
_DATE = ox.NamedNode(XSD.date)

Term = ox.NamedNode | ox.Literal


@lru_cache(maxsize=4096)
def named(iri: str) -> ox.NamedNode:
    """The node of an IRI that comes up often: a property, class, concept or shared thing."""
    return ox.NamedNode(iri)


@lru_cache(maxsize=1024)
def ig(name: str) -> ox.NamedNode:
    """A class or property of the ontology by its local name."""
    return ox.NamedNode(IG[name])


@lru_cache(maxsize=4096)
def concept(scheme: str, id: str) -> ox.NamedNode:
    return ox.NamedNode(concept_iri(scheme, id))


@lru_cache(maxsize=4096)
def integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_INTEGER)


@lru_cache(maxsize=4096)
def decimal(value: Decimal) -> ox.Literal:
    """The number in its shortest form, which is the one that the store gives back."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return ox.Literal(plain or "0", datatype=_DECIMAL)


@lru_cache(maxsize=4096)
def share(confidence: float) -> ox.Literal:
    """A confidence to three places."""
    return decimal(Decimal(round(confidence * 1000)) / 1000)


def day(value: date) -> ox.Literal:
    return ox.Literal(value.isoformat(), datatype=_DATE)


def text(words: str) -> ox.Literal:
    return ox.Literal(words)


class Pen:
    """Collects the triples of one document's stated graph."""

    def __init__(self, report: Report, vocabulary: Vocabulary) -> None:
        self.report = report
        self.vocabulary = vocabulary
        self.document = iris.document(report.source.key)
        self.node = ox.NamedNode(self.document)
        self.graph = ox.NamedNode(iris.stated_graph(report.source.key))
        self.triples: list[ox.Triple] = []
        self._passages: dict[Span, ox.NamedNode] = {}

    def say(self, subject: ox.NamedNode, predicate: ox.NamedNode, value: Term) -> None:
        self.triples.append(ox.Triple(subject, predicate, value))

    def say_text(self, subject: ox.NamedNode, predicate: ox.NamedNode, words: str | None) -> None:
        """State the words where there are any."""
        if words:
            self.triples.append(ox.Triple(subject, predicate, ox.Literal(words)))

    def own(self, *steps: str) -> ox.NamedNode:
        """A node whose IRI extends the document's."""
        return ox.NamedNode("/".join((self.document, *steps)))

    def state(self, subject: ox.NamedNode, spans: Iterable[Span]) -> None:
        """Lead from the subject to the passages that state it."""
        for span in spans:
            self.say(subject, ig("statedIn"), self.passage(span))

    def passage(self, span: Span) -> ox.NamedNode:
        """The node of a passage, described the first time that it is asked for."""
        node = self._passages.get(span)
        if node is None:
            node = self._passages[span] = self.own("passage", f"{span.start}-{span.end}")
            self.say(node, TYPE, ig("Passage"))
            self.say(node, ig("document"), self.node)
            page = self.report.text.page(span.start)
            if page is not None:
                self.say(node, ig("page"), integer(page))
            self.say(node, ig("start"), integer(span.start))
            self.say(node, ig("end"), integer(span.end))
            self.say(node, ig("exact"), ox.Literal(self.report.text.words(span)))
        return node

    def label(self, subject: ox.NamedNode, scheme: str, label: Label) -> None:
        """Give the subject a concept, and say why and how surely."""
        value = concept(scheme, label.concept)
        self.say(subject, ig(scheme), value)
        node = ox.NamedNode(f"{subject.value}/classification/{scheme}/{label.concept}")
        self.say(node, TYPE, ig("Classification"))
        self.say(node, ig("classifies"), subject)
        self.say(node, ig("concept"), value)
        self.say(node, ig("confidence"), share(label.confidence))
        self.say_text(node, ig("reason"), label.reason)
