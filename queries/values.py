"""From what a person types to an RDF term: IRIs, numbers, texts, and labels of things that stand in the graph."""

from __future__ import annotations

import difflib
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

import pyoxigraph as ox

import ontology
from queries.errors import BadValue
from queries.library import Parameter

LABELLED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing ?label WHERE {
  ?thing skos:prefLabel|skos:altLabel|rdfs:label ?label .
  FILTER(STRSTARTS(STR(?thing), "%s"))
}"""


class Source(Protocol):
    """Anything that answers SPARQL with pyoxigraph's result objects, the union of all graphs as its default graph."""

    name: str

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer one query; raises QueryError."""
        ...


def term(parameter: Parameter, value: str, source: Source) -> ox.NamedNode | ox.Literal:
    """The term that `value` means for `parameter`; BadValue where it means none."""
    match parameter.type:
        case "text":
            return ox.Literal(value)
        case "integer" | "decimal":
            return _number(parameter, value)
        case "date":
            return _date(parameter, value)
        case "iri" | "term":
            return _iri(parameter, value)
    return _thing(parameter, value, source)


def _number(parameter: Parameter, value: str) -> ox.Literal:
    try:
        return ox.Literal(int(value)) if parameter.type == "integer" else _decimal(value)
    except (ValueError, InvalidOperation):
        raise BadValue(parameter.name, value, f"a number ({parameter.type})") from None


def _decimal(value: str) -> ox.Literal:
    return ox.Literal(str(Decimal(value)), datatype=ox.NamedNode(ontology.XSD.decimal))


def _date(parameter: Parameter, value: str) -> ox.Literal:
    try:
        return ox.Literal(date.fromisoformat(value.strip()).isoformat(), datatype=ox.NamedNode(ontology.XSD.date))
    except ValueError:
        raise BadValue(parameter.name, value, "a date such as 2020-12-31") from None


def _iri(parameter: Parameter, value: str) -> ox.NamedNode:
    prefix, _, rest = value.strip("<>").partition(":")
    try:
        return ox.NamedNode(ontology.PREFIXES[prefix] + rest if prefix in ontology.PREFIXES else value.strip("<>"))
    except ValueError:
        raise BadValue(parameter.name, value, "an IRI") from None


def _thing(parameter: Parameter, value: str, source: Source) -> ox.NamedNode:
    """A concept or body: by IRI, by the last part of its IRI, or by any of its labels, letter case aside."""
    if value.startswith(("http://", "https://", "<")):
        return _iri(parameter, value)
    space = ontology.BASE + ("id/" if parameter.type in ("authority", "person") else "") + parameter.type + "/"
    found: dict[str, ox.NamedNode] = {}
    rows = source.query(LABELLED % space)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        thing, label = row["thing"], row["label"]
        assert isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
        found[thing.value.removeprefix(space).lower()] = thing
        found.setdefault(label.value.lower(), thing)
    wanted = value.strip().lower()
    if wanted in found:
        return found[wanted]
    near = difflib.get_close_matches(wanted, found, n=3, cutoff=0.6)
    raise BadValue(parameter.name, value, f"the name of any {parameter.type} in the graph", near)
