"""The questions as RDF: another tool that knows SHACL can offer each of them and run it as it stands."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SKOS, XSD

import queries
from queries.catalogue import QUESTION, SCHEMA, SH, catalogue

ENDPOINT = "http://127.0.0.1:7878/query"


@pytest.fixture(scope="module")
def offered() -> rdflib.Graph:
    return rdflib.Graph().parse(data=catalogue(ENDPOINT), format="turtle")


def test_every_question_of_the_library_is_offered(offered: rdflib.Graph) -> None:
    assert set(offered.subjects(RDF.type, SH.SPARQLSelectExecutable)) == {QUESTION[name] for name in queries.library()}
    assert set(offered.objects(None, SCHEMA.target)) == {rdflib.URIRef(ENDPOINT)}


@pytest.mark.parametrize("name", list(queries.library()))
def test_a_question_runs_from_the_rdf_alone(name: str, offered: rdflib.Graph, built: Path) -> None:
    sparql = str(offered.value(QUESTION[name], SH.select))
    from_rdf = queries.Folder(built).query(sparql)
    assert isinstance(from_rdf, ox.QuerySolutions)
    columns = [v.value for v in from_rdf.variables]
    expected = queries.table(queries.library()[name], queries.Folder(built))
    assert (tuple(columns), tuple(tuple(row[c] for c in columns) for row in from_rdf)) == (
        expected.columns,
        expected.rows,
    )


def test_a_tool_that_adds_the_declared_prefixes_itself_gets_the_same_query(offered: rdflib.Graph) -> None:
    declared = {
        str(offered.value(node, SH.prefix)): offered.value(node, SH.namespace)
        for node in offered.objects(QUESTION.prefixes, SH.declare)
    }
    assert all(isinstance(n, rdflib.Literal) and n.datatype == XSD.anyURI for n in declared.values())
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared.items())
    for name, question in queries.library().items():
        body = "\n".join(line for line in question.sparql.splitlines() if not line.startswith("PREFIX"))
        queries.prepare(queries.read_question(name, "", head + body), queries.Source, {})  # type: ignore[arg-type]


def test_a_parameter_tells_its_type_default_and_example(offered: rdflib.Graph) -> None:
    least, authority = QUESTION["themes-together/least"], QUESTION["themes-together/authority"]
    assert (offered.value(least, SH.datatype), offered.value(least, SH.defaultValue)) == (
        XSD.integer,
        rdflib.Literal(2),
    )
    assert (offered.value(authority, SH.nodeKind), offered.value(authority, SH.defaultValue)) == (SH.IRI, None)
    assert offered.value(authority, SKOS.example) == rdflib.Literal("Harrowdale")


def test_a_tool_shows_the_question_in_plain_english(offered: rdflib.Graph) -> None:
    node = QUESTION["cohorts"]
    assert offered.value(node, RDFS.comment) == rdflib.Literal(queries.library()["cohorts"].question, lang="en")
    assert offered.value(node, SCHEMA.keywords) == rdflib.Literal("themes")
    assert {str(note) for note in offered.objects(node, SKOS.scopeNote)} == set(queries.library()["cohorts"].caveats)


def test_the_catalogue_is_the_same_each_time() -> None:
    assert catalogue(ENDPOINT) == catalogue(ENDPOINT)
