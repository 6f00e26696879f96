"""What a graph says of one thing, and the words that say so."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import pyoxigraph as ox

import ontology
from queries.errors import NothingKnown
from queries.run import Term
from queries.values import Source

DESCRIBED = """
SELECT DISTINCT ?graph ?property ?value WHERE {{
  GRAPH ?graph {{ {iri} ?property ?value }}
}} ORDER BY ?graph ?property ?value"""
POINTING = """
SELECT DISTINCT ?graph ?thing ?property WHERE {{
  {{ SELECT ?graph ?thing ?property WHERE {{ GRAPH ?graph {{ ?thing ?property {iri} }} }} LIMIT 1000 }}
}} ORDER BY ?graph ?property ?thing LIMIT {limit}"""
"""Of the first thousand only: tens of thousands point to a concept, and to sort those takes most of a minute."""
PASSAGES = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?passage ?document ?hash ?title ?page ?start ?end ?exact WHERE {{
  {{ {iri} ig:statedIn ?passage }} UNION {{ BIND({iri} AS ?passage) }}
  ?passage ig:document ?document ; ig:start ?start ; ig:end ?end ; ig:exact ?exact .
  ?document ig:sha256 ?hash .
  OPTIONAL {{ ?passage ig:page ?page }}
  OPTIONAL {{ ?document dcterms:title ?title }}
}} ORDER BY ?document ?start"""
FACTS = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?property ?value ?passage ?document ?hash ?title ?page ?start ?end ?exact WHERE {{
  ?fact a ig:Fact ; rdf:subject {iri} ; rdf:predicate ?property ; rdf:object ?value ; ig:statedIn ?passage .
  ?passage ig:document ?document ; ig:start ?start ; ig:end ?end ; ig:exact ?exact .
  ?document ig:sha256 ?hash .
  OPTIONAL {{ ?passage ig:page ?page }}
  OPTIONAL {{ ?document dcterms:title ?title }}
}} ORDER BY ?property ?document ?start"""
REASONS = """
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
SELECT DISTINCT ?concept ?confidence ?reason WHERE {{
  ?classification ig:classifies {iri} ; ig:concept ?concept ; ig:confidence ?confidence .
  OPTIONAL {{ ?classification ig:reason ?reason }}
}} ORDER BY DESC(?confidence) ?concept"""
NAMED = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?label WHERE {
  ?thing skos:prefLabel|skos:altLabel|rdfs:label|foaf:name|dcterms:title ?label .
} ORDER BY ?thing"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of one passage and where they stand; `sha16` names the text file that the offsets point into."""

    exact: str
    document: str
    title: str
    sha16: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One property of the thing with its value, and the graph that says so."""

    property: str
    value: Term
    graph: str


@dataclass(frozen=True, slots=True)
class Description:
    """All that the graph says of one thing: stated and inferred, why, and by which words."""

    iri: str
    statements: tuple[Statement, ...]
    pointing: tuple[Statement, ...]
    """Statements of other things whose value is this one; `value` is the other thing."""
    quotations: tuple[Quotation, ...]
    facts: tuple[tuple[str, Term, Quotation], ...]
    """Property, value and words of what documents give for it (an inspection's dates, authority, inspectors)."""
    reasons: tuple[tuple[str, float, str], ...]
    """Concept, confidence and reason of each label."""


def describe(source: Source, iri: str, *, limit: int = 50) -> Description:
    """What `source` says of `iri`, with at most `limit` statements that point to it.

    Raises NothingKnown if it says nothing.
    """
    node = ox.NamedNode(iri)
    statements = tuple(
        Statement(_text(r["property"]), r["value"], _text(r["graph"])) for r in _rows(source, DESCRIBED, node)
    )
    pointing = tuple(
        Statement(_text(r["property"]), r["thing"], _text(r["graph"]))
        for r in _rows(source, POINTING, node, limit=limit)
    )
    if not statements and not pointing:
        raise NothingKnown(iri)
    return Description(
        iri,
        statements,
        pointing,
        tuple(_quotation(r) for r in _rows(source, PASSAGES, node)),
        tuple((_text(r["property"]), r["value"], _quotation(r)) for r in _rows(source, FACTS, node)),
        tuple(
            (_text(r["concept"]), float(_text(r["confidence"])), _text(r["reason"]) if r["reason"] else "")
            for r in _rows(source, REASONS, node)
        ),
    )


def find(source: Source, name: str) -> str:
    """The IRI that `name` means: an IRI, one in a known prefix's short form, or the label of a thing in the graph.

    Raises NothingKnown with near labels. Where several things bear the label, the first by IRI is meant.
    """
    prefix, colon, rest = name.strip("<>").partition(":")
    if colon and rest.startswith("//"):
        return name.strip("<>")
    if colon and prefix in ontology.PREFIXES:
        return ontology.PREFIXES[prefix] + rest
    labels: dict[str, str] = {}
    answer = source.query(NAMED)
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        labels.setdefault(_text(row["label"]).lower(), _text(row["thing"]))
    if name.lower() in labels:
        return labels[name.lower()]
    raise NothingKnown(name, difflib.get_close_matches(name.lower(), labels, n=3, cutoff=0.6))


def _rows(source: Source, query: str, node: ox.NamedNode, **more: object) -> ox.QuerySolutions:
    answer = source.query(query.format(iri=node, **more))
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _text(term: Term) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)) else str(term)


def _quotation(row: ox.QuerySolution) -> Quotation:
    return Quotation(
        exact=_text(row["exact"]),
        document=_text(row["document"]),
        title=_text(row["title"]) if row["title"] else _text(row["document"]),
        sha16=_text(row["hash"])[:16],
        page=int(_text(row["page"])) if row["page"] else None,
        start=int(_text(row["start"])),
        end=int(_text(row["end"])),
    )
