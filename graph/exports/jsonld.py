"""JSON-LD: the context and the frame that we publish, and a build written with that context, graph by graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import IO

import pyoxigraph as ox

import ontology
from ontology import BASE, DCTERMS, FOAF, IG, ONTOLOGY_IRI, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD

CONTEXT_IRI = f"{BASE}context.jsonld"
Json = str | int | float | bool | dict[str, "Json"] | list["Json"]
_RANGES = (RDFS.range, "http://purl.org/dc/dcam/rangeIncludes")
_TYPED = {XSD.date, XSD.decimal, XSD.gYear, XSD.gYearMonth, XSD.boolean, XSD.integer, XSD.anyURI}
_OTHERS: Mapping[str, str | None] = {
    str(DCTERMS.title): None,
    str(DCTERMS.description): None,
    str(DCTERMS.issued): str(XSD.date),
    str(DCTERMS.date): str(XSD.date),
    str(FOAF.name): None,
    str(RDFS.label): None,
    str(RDFS.comment): None,
    str(SKOS.prefLabel): None,
    str(SKOS.broader): "@id",
    str(SKOS.inScheme): "@id",
    str(PROV.wasDerivedFrom): "@id",
    str(PROV.wasGeneratedBy): "@id",
    str(PROV.used): "@id",
    str(PROV.wasAssociatedWith): "@id",
    str(ORG.changedBy): "@id",
}
"""Terms of other vocabularies, with the type that their values mostly have."""


@lru_cache(maxsize=1)
def context() -> dict[str, Json]:
    """The context: prefixes, and a short term with its type for each class and property of the ontology."""
    held: dict[str, Json] = {"@version": 1.1, "id": "@id", "type": "@type"}
    held |= _prefixes()
    ranges = _ranges()
    for kind in (OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty):
        for iri in _defined(str(kind)):
            as_type = "@id" if kind == OWL.ObjectProperty else ranges.get(iri)
            held[iri.removeprefix(str(IG))] = {"@id": iri, "@type": as_type} if as_type else iri
    for iri, as_type in _OTHERS.items():
        name = iri.rpartition("#")[2].rpartition("/")[2]
        held.setdefault(name, {"@id": iri, "@type": as_type} if as_type else iri)
    return held


def frame() -> dict[str, Json]:
    """A frame: each finding with its passages and the documents that they stand in, ready for a program to read."""
    passage: dict[str, Json] = {"document": {"@embed": "@once", "@explicit": True, "title": {}, "sha256": {}}}
    return {
        "@context": context(),
        "type": "Finding",
        "statedIn": passage,
        "theme": {"@embed": "@never"},
        "polarity": {"@embed": "@never"},
    }


def write(graphs: Iterable[tuple[str, Iterable[ox.Triple]]], target: IO[bytes]) -> None:
    """Write named graphs, one node a line, with the context inside, so that a reader asks nothing of a network."""
    target.write(b'{\n"@context": ' + json.dumps(context(), ensure_ascii=False, indent=1).encode() + b",\n")
    target.write(b'"@graph": [')
    for place, (name, triples) in enumerate(graphs):
        target.write(b",\n" if place else b"\n")
        target.write(f'{{"id": {json.dumps(_short(name))}, "@graph": [\n'.encode())
        lines = (json.dumps(node, ensure_ascii=False).encode() for node in nodes(triples))
        for number, line in enumerate(lines):
            target.write((b",\n" if number else b"") + line)
        target.write(b"\n]}")
    target.write(b"\n]\n}\n")


def nodes(triples: Iterable[ox.Triple]) -> Iterator[dict[str, Json]]:
    """One object a subject, in the order of IRIs, its properties in the order of their terms."""
    held: dict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        key, value = _property(triple.predicate.value, triple.object)
        held[triple.subject.value][key].append(value)  # type: ignore[union-attr]
    for subject in sorted(held):
        values = {key: _plain(found) for key, found in sorted(held[subject].items())}
        yield {"id": _short(subject), **values}


def _plain(found: list[Json]) -> Json:
    ordered = sorted(found, key=lambda value: json.dumps(value, sort_keys=True))
    return ordered[0] if len(ordered) == 1 else ordered


def _property(iri: str, value: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> tuple[str, Json]:
    """The term and the value as the term's type lets it be written, else in full."""
    if iri == RDF.type:
        return "type", _short(value.value, vocabulary=True)  # type: ignore[union-attr]
    term, as_type = _terms().get(iri, (_short(iri), None))
    if not isinstance(value, ox.Literal):
        node = _short(value.value)  # type: ignore[union-attr]
        return term, node if as_type == "@id" else {"id": node}
    kind = value.datatype.value
    if value.language:
        return term, {"@value": value.value, "@language": value.language}
    if kind == (as_type or XSD.string):
        return term, value.value
    return term, {"@value": value.value} if kind == XSD.string else {"@value": value.value, "@type": kind}


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[str, str | None]]:
    """Term and type of each property that the context names."""
    held: dict[str, tuple[str, str | None]] = {}
    for term, said in context().items():
        iri = said.get("@id") if isinstance(said, dict) else said
        if isinstance(iri, str) and not iri.startswith("@") and not iri.endswith(("/", "#")):
            as_type = said.get("@type") if isinstance(said, dict) else None
            held[iri] = (term, as_type if isinstance(as_type, str) else None)
    return held


def _prefixes() -> dict[str, str]:
    """One prefix for all that is ours beside the ontology: those of the schemes are names of properties here."""
    others = {name: iri for name, iri in ontology.PREFIXES.items() if name == "ig" or not iri.startswith(BASE)}
    return {"base": BASE, **others}


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, str], ...]:
    """Namespaces and their prefixes, the longest first."""
    return tuple(sorted(((iri, name) for name, iri in _prefixes().items()), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def _short(iri: str, vocabulary: bool = False) -> str:
    """The IRI with a prefix, or of a class its term; in full where that would be read otherwise."""
    if vocabulary and iri in _terms():
        return _terms()[iri][0]
    for stem, prefix in _stems():
        rest = iri.removeprefix(stem)
        if rest != iri and rest and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return iri


def _ranges() -> dict[str, str]:
    """The one datatype of each property that has one."""
    found: dict[str, set[str]] = defaultdict(set)
    for triple in _model():
        if triple.predicate.value in _RANGES:
            found[triple.subject.value].add(triple.object.value)  # type: ignore[union-attr]
    typed = {iri: kinds & {str(kind) for kind in _TYPED} for iri, kinds in found.items()}
    return {iri: min(kinds) for iri, kinds in typed.items() if len(kinds) == 1}


def _defined(kind: str) -> list[str]:
    """The ontology's own terms of that kind, in order."""
    return sorted(
        triple.subject.value  # type: ignore[union-attr]
        for triple in _model()
        if triple.predicate.value == RDF.type
        and triple.object == ox.NamedNode(kind)
        and triple.subject.value.startswith(f"{ONTOLOGY_IRI}#")  # type: ignore[union-attr]
    )


@lru_cache(maxsize=1)
def _model() -> tuple[ox.Triple, ...]:
    return tuple(ontology.triples(()))
