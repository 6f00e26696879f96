"""What the store says of one thing: as triples with its passages for programs, as a page for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

import anyio.from_thread
import pyoxigraph as ox

import ontology
import queries
from cli.console import short, shown
from cli.endpoint.pool import Pool
from cli.endpoint.refusals import Refused
from cli.endpoint.relay import Asked, fetched
from cli.endpoint.settings import Settings

RDF = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
SUFFIXES = {"turtle": "text/turtle", "jsonld": "application/ld+json", "ntriples": "application/n-triples"}
"""The values of `?format=`, for a browser that cannot choose what it accepts."""
TOLD = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ BIND({iri} AS ?s) ?s ?p ?o }}
  UNION {{ {iri} ig:statedIn ?s . ?s ?p ?o }}
  UNION {{ ?s rdf:subject {iri} ; a ig:Fact ; ?p ?o }}
  UNION {{ ?fact rdf:subject {iri} ; a ig:Fact ; ig:statedIn ?s . ?s ?p ?o }}
  UNION {{ ?s ig:classifies {iri} ; ?p ?o }}
  UNION {{
    VALUES ?p {{ skos:prefLabel rdfs:label foaf:name dcterms:title }}
    {iri} ?any ?s . ?s ?p ?o
  }}
}}"""
"""The thing, its passages, facts about it with theirs, why it is labelled so, and the names of what it points to."""
MODEL = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri} {{ ?s ?p ?o }} }}"
TERMS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term (MIN(?name) AS ?label) (MIN(?said) AS ?definition) WHERE {
  ?term rdfs:label|skos:prefLabel ?name .
  OPTIONAL { ?term skos:definition|rdfs:comment ?said }
  FILTER(STRSTARTS(STR(?term), "%s"))
} GROUP BY ?term ORDER BY ?term"""


class Asking:
    """The endpoint's own processes as a source of the questions' runner, for use in a thread."""

    name = "this endpoint"

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SELECT or ASK; Refused as for any other asker."""
        asked = Asked(sparql, "application/sparql-results+json")
        body = anyio.from_thread.run(fetched, self._pool, self._settings, asked)
        return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)

    def triples(self, sparql: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT, sorted, each once."""
        body = anyio.from_thread.run(fetched, self._pool, self._settings, Asked(sparql, "application/n-triples"))
        return sorted({quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)}, key=str)


def node(iri: str) -> ox.NamedNode:
    """The node of an IRI as it came in an address; Refused (404) where it is none."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise Refused(404, f"<{iri}> is no IRI") from None


def as_rdf(asking: Asking, iri: str, media_type: str) -> bytes:
    """What is told of a thing in one of the forms of RDF; Refused (404) where that is nothing."""
    told = asking.triples((MODEL if iri == ontology.ONTOLOGY_IRI else TOLD).format(iri=node(iri)))
    if not told:
        raise Refused(404, f"the graph says nothing of <{iri}>")
    return written(told, media_type)


def written(triples: Iterable[ox.Triple], media_type: str) -> bytes:
    """Triples in one of the forms of RDF."""
    form = RDF[media_type]
    prefixes = dict(ontology.PREFIXES) if form in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML) else None
    content = ox.serialize(triples, format=form, prefixes=prefixes)
    assert content is not None
    return content


@dataclass(frozen=True, slots=True)
class Link:
    """A term as it is shown, the address that leads to it (none for a literal), and a word on where it is from."""

    words: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    property: Link
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one thing shows."""

    iri: str
    title: str
    rows: tuple[Row, ...]
    pointing: tuple[Row, ...]
    quotations: tuple[queries.Quotation, ...]
    facts: tuple[tuple[Link, Link, queries.Quotation], ...]
    reasons: tuple[tuple[Link, float, str], ...]
    terms: tuple[tuple[str, str, str], ...]
    """Of the model only: the last part of each term's IRI, its label and its definition."""


def page(asking: Asking, iri: str, base: str) -> Page:
    """What is told of a thing, for its page; Refused (404) where that is nothing."""
    node(iri)
    try:
        told = queries.describe(asking, iri)
    except queries.NothingKnown as error:
        raise Refused(404, str(error)) from None
    names = queries.labels(asking, _named(told))

    def link(term: queries.Term, note: str = "") -> Link:
        if isinstance(term, ox.NamedNode):
            return Link(shown(term, names), _address(term.value, base), note)
        return Link(shown(term, names), "", note)

    def rows(statements: Iterable[queries.Statement]) -> tuple[Row, ...]:
        by_property: dict[str, dict[str, Link]] = {}
        for said in statements:
            note = "inferred" if "/graph/inferred/" in said.graph else ""
            by_property.setdefault(said.property, {}).setdefault(str(said.value), link(said.value, note))
        return tuple(Row(link(ox.NamedNode(p)), tuple(values.values())) for p, values in by_property.items())

    return Page(
        iri,
        names.get(iri) or _opening(told) or short(iri),
        rows(s for s in told.statements if s.property != ontology.IG.statedIn),
        rows(told.pointing),
        told.quotations,
        tuple((link(ox.NamedNode(p)), link(value), words) for p, value, words in told.facts),
        tuple((link(ox.NamedNode(concept)), sure, why) for concept, sure, why in told.reasons),
        _terms(asking) if iri == ontology.ONTOLOGY_IRI else (),
    )


def _opening(told: queries.Description) -> str:
    """The first words of what a finding, recommendation or action says."""
    said = [
        s.value.value
        for s in told.statements
        if s.property == ontology.IG.statement and isinstance(s.value, ox.Literal)
    ]
    return shorten(said[0], 90, placeholder=" …") if said else ""


def _named(told: queries.Description) -> set[str]:
    """Every IRI of a description that a reader would rather see by its label."""
    statements = (*told.statements, *told.pointing)
    values = [s.value for s in statements] + [value for _, value, _ in told.facts]
    iris = {value.value for value in values if isinstance(value, ox.NamedNode)}
    iris |= {s.property for s in statements} | {property for property, _, _ in told.facts}
    return iris | {concept for concept, _, _ in told.reasons} | {told.iri}


def _address(iri: str, base: str) -> str:
    """Where a reader can go for an IRI: its page here for ours, itself for others on the web."""
    if iri.startswith(base):
        return "/" + iri.removeprefix(base)
    return iri if iri.startswith(("http://", "https://")) else ""


def _terms(asking: Asking) -> tuple[tuple[str, str, str], ...]:
    stem = f"{ontology.ONTOLOGY_IRI}#"
    rows = asking.query(TERMS % stem)
    assert isinstance(rows, ox.QuerySolutions)
    told = [(row["term"], row["label"], row["definition"]) for row in rows]
    return tuple((t.value.removeprefix(stem), n.value, d.value if d is not None else "") for t, n, d in told)
