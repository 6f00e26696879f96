"""The questions as RDF, so that other tools can offer them: SHACL executables, as sib-swiss publishes its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

import ontology
from queries.library import Parameter, Question, library

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = rdflib.Namespace("https://schema.org/")
QUESTION = rdflib.Namespace(f"{ontology.BASE}question/")
PREFIXES = QUESTION["prefixes"]
"""The node that declares every prefix that a question uses."""
DATATYPES = {
    "integer": XSD.integer,
    "decimal": XSD.decimal,
    "confidence": XSD.decimal,
    "date": XSD.date,
    "text": XSD.string,
}


def catalogue(target: str | None = None) -> str:
    """The library as Turtle; `target` is the endpoint that the questions are for."""
    graph = rdflib.Graph()
    for prefix, namespace in {"sh": SH, "schema": SCHEMA, "question": QUESTION, "ig": str(ontology.IG)}.items():
        graph.bind(prefix, namespace)
    for triple in _prefixes():
        graph.add(triple)
    for question in library().values():
        for triple in _question(question, target):
            graph.add(triple)
    return graph.serialize(format="turtle")


Triple = tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]


def _prefixes() -> Iterator[Triple]:
    yield PREFIXES, RDF.type, OWL.Ontology
    yield PREFIXES, OWL.imports, rdflib.URIRef(str(SH).rstrip("#"))
    for prefix, namespace in ontology.PREFIXES.items():
        node = rdflib.URIRef(f"{PREFIXES}/{prefix}")
        yield PREFIXES, SH.declare, node
        yield node, RDF.type, SH.PrefixDeclaration
        yield node, SH.prefix, rdflib.Literal(prefix)
        yield node, SH.namespace, rdflib.Literal(namespace, datatype=XSD.anyURI)


def _question(question: Question, target: str | None) -> Iterator[Triple]:
    node, form = QUESTION[question.name], _form(question.sparql)
    yield node, RDF.type, SH.SPARQLExecutable
    yield node, RDF.type, SH[f"SPARQL{form.capitalize()}Executable"]
    yield node, SH.prefixes, PREFIXES
    yield node, SH[form], rdflib.Literal(question.sparql)
    yield node, RDFS.label, rdflib.Literal(question.name)
    yield node, RDFS.comment, rdflib.Literal(question.question, lang="en")
    yield node, DCTERMS.description, rdflib.Literal(f"A row: {question.row}.", lang="en")
    yield node, SCHEMA.keywords, rdflib.Literal(question.folder)
    for caveat in question.caveats:
        yield node, SKOS.scopeNote, rdflib.Literal(caveat, lang="en")
    if target:
        yield node, SCHEMA.target, rdflib.URIRef(target)
    if question.parameters:
        yield node, RDF.type, SH.Parameterizable
    for order, parameter in enumerate(question.parameters):
        yield from _parameter(node, parameter, order)


def _parameter(question: rdflib.URIRef, parameter: Parameter, order: int) -> Iterator[Triple]:
    """The local name of its path is the variable that the question binds, as SHACL has it."""
    node = rdflib.URIRef(f"{question}/{parameter.name}")
    yield question, SH.parameter, node
    yield node, RDF.type, SH.Parameter
    yield node, SH.path, node
    yield node, SH.name, rdflib.Literal(parameter.name)
    yield node, SH.description, rdflib.Literal(parameter.help, lang="en")
    yield node, SH.order, rdflib.Literal(order)
    yield node, SH.optional, rdflib.Literal(True)
    if parameter.type in DATATYPES:
        yield node, SH.datatype, DATATYPES[parameter.type]
    else:
        yield node, SH.nodeKind, SH.IRI
    if parameter.example:
        yield node, SKOS.example, rdflib.Literal(parameter.example)
    if parameter.default != "UNDEF":
        yield node, SH.defaultValue, _default(parameter.default)


@lru_cache
def _default(written: str) -> rdflib.URIRef | rdflib.Literal:
    """The term that the SPARQL of a default means."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ontology.PREFIXES.items())
    rows = ox.Store().query(f"{prefixes}SELECT ?x {{ VALUES ?x {{ {written} }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    term = next(rows)["x"]
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _form(sparql: str) -> str:
    """select, ask or construct: what the SHACL property that holds the text is called."""
    answer = ox.Store().query(sparql)
    if isinstance(answer, ox.QueryTriples):
        return "construct"
    return "ask" if isinstance(answer, ox.QueryBoolean) else "select"
