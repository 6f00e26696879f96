"""From what a person types to an RDF term: IRIs, numbers, texts, and labels of things that stand in the graph."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

import pyoxigraph as ox

import ontology
from queries.errors import BadValue
from queries.library import Parameter

LABELLED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT DISTINCT ?thing ?label WHERE {
  ?thing skos:prefLabel|skos:altLabel|rdfs:label|foaf:name ?label .
  FILTER(STRSTARTS(STR(?thing), "%s"))
}"""


NUMBER = {"integer": re.compile(r"[+-]?\d+"), "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""As XML Schema writes them: Python would take "1_000", "NaN" and "20201231" too."""
LITERALS = ("text", "integer", "decimal", "confidence", "date", "iri", "term")
"""The types whose values stand for themselves; all others name things of the graph."""
MOST_NEAR = 3


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
        case "confidence":
            return _confidence(parameter, value)
        case "date":
            return _date(parameter, value)
        case "iri" | "term":
            return _iri(parameter, value)
    return _thing(parameter, value, source)


def space(kind: str) -> str:
    """What the IRIs of all things of a parameter's type begin with."""
    return ontology.BASE + ("id/" if kind in ("authority", "person") else "") + kind + "/"


def names(kind: str, source: Source) -> Mapping[str, ox.NamedNode]:
    """Every name of the things of that type in the graph, as `plain` writes it: ids and labels."""
    stem = space(kind)
    found: dict[str, ox.NamedNode] = {}
    rows = source.query(LABELLED % stem)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        thing, label = row["thing"], row["label"]
        assert isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
        found[plain(thing.value.removeprefix(stem))] = thing
        found.setdefault(plain(label.value), thing)
    return found


@lru_cache
def known_names(kind: str) -> tuple[tuple[str, str], ...]:
    """What the ontology alone can name of a type, for the shell: the value to type, and what it means."""
    vocabulary = ontology.load()
    if kind == "authority":
        return tuple(sorted((plain(a.name), a.name) for a in vocabulary.authorities.values()))
    return tuple(sorted((c.id, c.label) for c in vocabulary.concepts.get(kind, {}).values()))


def plain(name: str) -> str:
    """A name so that letter case, spaces and punctuation do not matter.

    >>> plain("King’s Lynn and Wisbech")
    'kings-lynn-and-wisbech'
    """
    return re.sub(r"[\W_]+", "-", re.sub(r"['’]", "", name.strip().casefold())).strip("-")


def _number(parameter: Parameter, value: str) -> ox.Literal:
    if not NUMBER[parameter.type].fullmatch(value.strip()):
        raise BadValue(parameter.name, value, f"a number ({parameter.type})")
    return ox.Literal(int(value)) if parameter.type == "integer" else _decimal(value.strip())


def _confidence(parameter: Parameter, value: str) -> ox.Literal:
    if not NUMBER["decimal"].fullmatch(value.strip()) or not 0 <= Decimal(value.strip()) <= 1:
        raise BadValue(parameter.name, value, "a confidence from 0 to 1")
    return _decimal(value.strip())


def _decimal(value: str) -> ox.Literal:
    return ox.Literal(str(Decimal(value)), datatype=ox.NamedNode(ontology.XSD.decimal))


def _date(parameter: Parameter, value: str) -> ox.Literal:
    try:
        if DAY.fullmatch(value.strip()):
            day = date.fromisoformat(value.strip()).isoformat()
            return ox.Literal(day, datatype=ox.NamedNode(ontology.XSD.date))
    except ValueError:
        pass  # a day that no calendar has is told as any other text is
    raise BadValue(parameter.name, value, "a date such as 2020-12-31")


def _iri(parameter: Parameter, value: str) -> ox.NamedNode:
    prefix, _, rest = value.strip("<>").partition(":")
    try:
        return ox.NamedNode(ontology.PREFIXES[prefix] + rest if prefix in ontology.PREFIXES else value.strip("<>"))
    except ValueError:
        raise BadValue(parameter.name, value, "an IRI") from None


def _thing(parameter: Parameter, value: str, source: Source) -> ox.NamedNode:
    """A concept or body: by IRI, by the last part of its IRI, or by any of its labels as `plain` writes them."""
    stem = space(parameter.type)
    if value.startswith(("http://", "https://", "<")):
        named = _iri(parameter, value)
        # an IRI of somebody else's vocabulary may be anything; one of ours says what it names
        if named.value.startswith(ontology.BASE) and not named.value.startswith(stem):
            raise BadValue(parameter.name, value, f"an IRI of any {parameter.type} ({stem}…)")
        return named
    found = names(parameter.type, source)
    wanted = plain(value)
    if wanted in found:
        return found[wanted]
    near = difflib.get_close_matches(wanted, found, n=MOST_NEAR, cutoff=0.6)
    raise BadValue(parameter.name, value, f"the name of any {parameter.type} in the graph", near)
