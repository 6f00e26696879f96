"""What a built graph says of its sentences, document by document."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox

from graph.evaluation.label_files import SCHEMES, sentence_key
from graph.folder import finished
from graph.store import open_store
from ontology import BASE, IG, ONTOLOGY_IRI, RDF, SKOS

_NO_FINDING = frozenset({"Finding", "Passage", "Fact", "Problem", "Document"})


@dataclass(frozen=True, slots=True)
class Label:
    """A concept that the graph gives and how surely, None where it does not say."""

    id: str
    confidence: float | None = None


Labels = Mapping[str, tuple[Label, ...]]
"""By scheme, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding of the graph; the offsets are those of its first passage."""

    iri: str
    document: str
    """The first 16 hex digits of the file's sha256."""
    statement: str
    key: str
    page: int | None
    start: int
    end: int
    labels: Labels

    def ids(self, scheme: str) -> frozenset[str]:
        """The concepts that it bears."""
        return frozenset(label.id for label in self.labels.get(scheme, ()))

    @property
    def surety(self) -> float:
        """How sure the graph is of its least sure polarity or theme."""
        given = (label.confidence for scheme in ("polarity", "theme") for label in self.labels.get(scheme, ()))
        return min((confidence for confidence in given if confidence is not None), default=1.0)


@dataclass(frozen=True, slots=True)
class Stated:
    """A stretch of a document that states something."""

    start: int
    end: int
    kind: str
    """The local name of its class."""


class ToldGraph:
    """A finished build, to be asked for the findings and words of one document after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._layout = finished(folder)
        self._store = open_store(folder)
        self.documents = self._documents()
        """The graph that states what each document says, by the document's key."""
        self.names: dict[str, str] = {
            row["key"]: row["name"] for row in json.loads(self._layout.report.read_bytes())["documents"]
        }
        self._keys = {name.lower(): key for key, name in self.names.items()}

    def key(self, document: str) -> str | None:
        """The key of a document that was built, by the beginning of its sha256 or its file name."""
        wanted = document.lower()
        if wanted in self._keys:
            return self._keys[wanted]
        return wanted[:16] if len(wanted) >= 16 and wanted[:16] in self.documents else None

    def concepts(self) -> dict[str, dict[str, str]]:
        """By scheme: the ids and labels, in lower case, of the concepts that the build knew, with their ids."""
        found: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
        for iri, label in self._ontology(SKOS.prefLabel):
            scheme, _, id = iri.removeprefix(BASE).rpartition("/")
            if scheme in found:
                found[scheme].update({label.lower(): id, id: id})
        return found

    def phrases(self, scheme: str) -> dict[str, frozenset[str]]:
        """By id: the words by which the build recognised each concept of a scheme."""
        found: dict[str, set[str]] = defaultdict(set)
        for property in (SKOS.altLabel, SKOS.hiddenLabel, IG.cue):
            for iri, words in self._ontology(property):
                of_scheme, _, id = iri.removeprefix(BASE).rpartition("/")
                if of_scheme == scheme:
                    found[id].add(words)
        return {id: frozenset(words) for id, words in found.items()}

    def findings(self, key: str) -> tuple[Told, ...]:
        """The findings that one document states, in order of place."""
        graph = self.documents[key]
        members = self._members(graph, IG.Finding)
        places, pages, labels = self._places(graph), self._numbers(graph, IG.page), self._labels(graph)
        statements = {quad.subject.value: quad.object.value for quad in self._quads(graph, IG.statement)}
        found = []
        for iri in members:
            if iri in places:
                start, end, passage = min(places[iri])
                words = statements.get(iri, "")
                page = pages.get(passage)
                found.append(Told(iri, key, words, sentence_key(words), page, start, end, labels.get(iri, {})))
        return tuple(sorted(found, key=lambda one: (one.start, one.iri)))

    def reason(self, told: Told, scheme: str, id: str) -> str | None:
        """Why the graph gives a finding a label, where it says so."""
        node = f"{told.iri}/classification/{scheme}/{id}"
        return self._value(self.documents[told.document], node, IG.reason) or None

    def stated(self, key: str) -> tuple[Stated, ...]:
        """All stretches of a document that state something, findings too."""
        graph = self.documents[key]
        kinds = {
            quad.subject.value: quad.object.value.rpartition("#")[2]
            for quad in self._quads(graph, RDF.type)
            if quad.object.value.startswith(str(IG))
        }
        found = {
            Stated(start, end, kinds[iri])
            for iri, places in self._places(graph).items()
            for start, end, _ in places
            if kinds.get(iri, "Fact") not in _NO_FINDING - {"Finding"}
        }
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))

    @lru_cache(maxsize=4)  # noqa: B019 - as long as the graph is open
    def text(self, key: str) -> str:
        """The text that offsets point into."""
        return (self._layout.texts / f"{key}.txt").read_bytes().decode("utf8")

    def page(self, key: str, offset: int) -> int | None:
        """The page of an offset, as far as passages of the same document tell; None where it has no pages."""
        starts, pages = self._pages(key)
        place = bisect_right(starts, offset)
        return pages[max(0, place - 1)] if pages else None

    @lru_cache(maxsize=4)  # noqa: B019 - as long as the graph is open
    def _pages(self, key: str) -> tuple[list[int], list[int]]:
        pages = self._numbers(self.documents[key], IG.page)
        places = sorted((_offsets(passage)[0], page) for passage, page in pages.items())
        return [start for start, _ in places], [page for _, page in places]

    @cache  # noqa: B019 - as long as the graph is open
    def authorities(self, key: str) -> frozenset[str]:
        """The authorities that the document's own inspection was of."""
        graph = self.documents[key]
        reported = {quad.object.value for quad in self._quads(graph, IG.reports)}
        return frozenset(q.object.value for q in self._quads(graph, IG.inspects) if q.subject.value in reported)

    def _documents(self) -> dict[str, ox.NamedNode]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(IG.sha256), None, None)
        found = {quad.object.value[:16]: quad.graph_name for quad in quads}  # type: ignore[union-attr]
        return {key: graph for key, graph in sorted(found.items()) if isinstance(graph, ox.NamedNode)}

    def _ontology(self, property: str) -> Iterator[tuple[str, str]]:
        for quad in self._quads(ox.NamedNode(ONTOLOGY_IRI), property):
            if quad.subject.value.startswith(BASE):
                yield quad.subject.value, quad.object.value

    def _quads(self, graph: ox.NamedNode, property: str) -> Iterator[_Plain]:
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(property), None, graph):
            yield _Plain(quad.subject, quad.object)  # type: ignore[arg-type]

    def _value(self, graph: ox.NamedNode, subject: str, property: str) -> str:
        quads = self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(property), None, graph)
        return next((quad.object.value for quad in quads), "")  # type: ignore[union-attr]

    def _members(self, graph: ox.NamedNode, kind: str) -> list[str]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(kind), graph)
        return [quad.subject.value for quad in quads]  # type: ignore[union-attr]

    def _numbers(self, graph: ox.NamedNode, property: str) -> dict[str, int]:
        return {quad.subject.value: int(quad.object.value) for quad in self._quads(graph, property)}

    def _places(self, graph: ox.NamedNode) -> dict[str, list[tuple[int, int, str]]]:
        """Start, end and IRI of the passages of each thing that has any."""
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for quad in self._quads(graph, IG.statedIn):
            found[quad.subject.value].append((*_offsets(quad.object.value), quad.object.value))
        return found

    def _labels(self, graph: ox.NamedNode) -> dict[str, dict[str, tuple[Label, ...]]]:
        sure = {quad.subject.value: float(quad.object.value) for quad in self._quads(graph, IG.confidence)}
        found: dict[str, dict[str, tuple[Label, ...]]] = defaultdict(dict)
        for scheme in SCHEMES:
            of_scheme: dict[str, list[Label]] = defaultdict(list)
            for quad in self._quads(graph, IG[scheme]):
                iri, id = quad.subject.value, quad.object.value.rpartition("/")[2]
                of_scheme[iri].append(Label(id, sure.get(f"{iri}/classification/{scheme}/{id}")))
            for iri, labels in of_scheme.items():
                found[iri][scheme] = tuple(sorted(labels, key=lambda label: label.id))
        return found


def _offsets(passage: str) -> tuple[int, int]:
    """Where a passage begins and ends, as its IRI says."""
    start, _, end = passage.rpartition("/")[2].partition("-")
    return int(start), int(end)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A statement whose ends have values; data has no triples as terms."""

    subject: ox.NamedNode
    object: ox.NamedNode | ox.Literal
