"""What a query may do is judged by a parser, and only what it read is passed on."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

import queries
from cli.endpoint.judge import admitted
from cli.endpoint.refusals import Refused

GRAPHS = frozenset({"http://example.org/graph"})
FAR = "SERVICE <http://127.0.0.1:1/> { ?a ?b ?c }"


def refusal(query: str) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        admitted(query, GRAPHS)
    return caught.value.status, caught.value.problem


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {FAR} }}",
        "select*{service<http://127.0.0.1:1/>{?a ?b ?c}}",
        "ASK { SERVICE SILENT ?where { ?a ?b ?c } }",
        f"SELECT * {{ {{ SELECT ?a {{ OPTIONAL {{ {FAR} }} }} }} }}",
        f"ASK {{ ?x ?y ?z FILTER NOT EXISTS {{ GRAPH ?g {{ {FAR} }} }} }}",
        f"ASK {{ ?x ?y ?z FILTER(?x = 1 || (EXISTS {{ SELECT * {{ {FAR} }} }})) }}",
        f"ASK {{ BIND(EXISTS {{ {FAR} }} AS ?x) }}",
        f"SELECT (EXISTS {{ {FAR} }} AS ?x) {{}}",
        f"ASK {{}} GROUP BY ?x HAVING (EXISTS {{ {FAR} }})",
        f"SELECT * {{}} ORDER BY (EXISTS {{ {FAR} }})",
        f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {{}} UNION {{ MINUS {{ {FAR} }} }} }}",
        f"DESCRIBE ?a {{ {FAR} }}",
        f"ASK {{ # a comment that only some parsers end here\r {FAR} }}",
        f'ASK {{ FILTER("\\u0022=" != "") {FAR} FILTER(1=1 || "" = "a") }}',
        f"ASK {{ ?s ?p '''a'b''c\\'''' . {FAR} }}",
        f"ASK {{ ?s <http://example.org/#> ?o . {FAR} }}",
    ],
)
def test_service_is_refused_wherever_it_stands(query: str) -> None:
    status, problem = refusal(query)
    assert status == 403
    assert "SERVICE" in problem


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ ?s ?p '{FAR}' }}",
        f"ASK {{ ?s ?p ?o # {FAR}\n }}",
        "ASK { ?service ?p <http://example.org/SERVICE> }",
        "PREFIX service: <http://example.org/> ASK { service:SERVICE service: ?o }",
    ],
)
def test_words_that_only_look_like_service_are_let_through(query: str) -> None:
    assert admitted(query, GRAPHS).form == "ASK"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        # Oxigraph reads each of these as a SERVICE, though no token of SPARQL's grammar is one
        (f"ASK {{ {FAR.replace(' ', '', 1).replace('SERVICE', 'SERVICESILENT')} }}", True),
        ("PREFIX a: <http://example.org/> ASK { ?s ?p a:b.c.SERVICE<http://127.0.0.1:1/>{?a ?b ?c} }", True),
        ("PREFIX a: <http://example.org/> ASK { a:b.c.SERVICE a:d.e.f ?o }", False),
    ],
)
def test_nothing_of_the_text_reaches_the_store_that_was_not_read(text: str, hidden: bool) -> None:
    try:
        passed_on = admitted(text, GRAPHS).text
    except queries.QuerySyntaxError:
        assert hidden
    else:
        assert not hidden
        assert "<http://example.org/b.c.SERVICE>" in passed_on
        assert not ox.Store().query(passed_on)


@pytest.mark.parametrize(
    "verb", ["INSERT DATA {}", "DELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>", "CLEAR ALL"]
)
def test_an_update_is_told_from_a_slip_of_the_pen(verb: str) -> None:
    status, problem = refusal(f"PREFIX a: <http://example.org/>\n{verb}")
    assert status == 403
    assert verb.partition(" ")[0] in problem


@pytest.mark.parametrize(
    "dataset",
    [
        "FROM <file:///etc/passwd>",
        "FROM NAMED <file:///etc/passwd>",
        "FROM <http://example.org/graph> FROM <http://example.org/other>",
        "FROM NAMED <http://example.org/graph#>",
    ],
)
def test_a_dataset_outside_the_store_is_refused(dataset: str) -> None:
    assert refusal(f"SELECT * {dataset} {{ ?s ?p ?o }}")[0] == 403


@pytest.mark.parametrize(
    "query",
    [
        "BASE <file:///etc/> ASK FROM <passwd> {}",
        "BASE <file:///> BASE <etc/> ASK FROM NAMED <passwd> {}",
        "PREFIX f: <file:///etc/> ASK FROM f:passwd {}",
        "PREFIX f: <file:///etc/passwd> ASK FROM f: {}",
    ],
)
def test_a_dataset_is_judged_by_its_full_iri(query: str) -> None:
    status, problem = refusal(query)
    assert status == 403
    assert "<file:///etc/passwd>" in problem


def test_a_graph_of_the_store_may_be_named() -> None:
    for query in (
        "ASK FROM <http://example.org/graph> {}",
        "PREFIX e: <http://example.org/> ASK FROM NAMED e:graph {}",
        "BASE <http://example.org/a> ASK FROM <graph> {}",
    ):
        assert [graph for _, graph in admitted(query, GRAPHS).dataset] == ["http://example.org/graph"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * {\n  ?s ?p }", "query, line 2, column 9: '}' is not expected here\n    ?s ?p }\n          ^"),
        ("SELECT * { ?s ?p ?o", "query, line 1, column 20: the query ends before it is complete"),
        ("ASK { ?s igg:area ?o }", "query, line 1, column 10: the prefix 'igg' is not declared; did you mean 'ig'?"),
        ("ASK { ?s <area> ?o }", "query, line 1, column 10: <area> is not a full IRI, and no BASE says"),
        ("SELECT * { ?s ?p 'a\nb' }", "query, line 1, column 18: ''' is not expected here"),
        ("", "query, line 1, column 1: the query ends before it is complete"),
    ],
)
def test_an_error_says_where_it_is(query: str, said: str) -> None:
    with pytest.raises(queries.QuerySyntaxError) as caught:
        admitted(query, GRAPHS)
    assert str(caught.value).startswith(said)


LEGAL = [
    'SELECT ?a (COUNT(DISTINCT *) AS ?n) { ?a ?b "x"@en-GB ; ?c 1, -2.5, +.5e1 ;; ?d true . } GROUP BY ?a (?c+1 AS ?e) '
    "HAVING (COUNT(*)>1) (1) ORDER BY ASC(?a) DESC(?e) str(?a) LIMIT 1 OFFSET 2",
    'ASK { (1 [] "x"^^<http://a/>) ?p [ ?a ?b ; ?c () ] . [] ?p () . _:b.c ?d _:e . [ ?x ?y ] . }',
    "ASK { ?a ^<http://a/>/!(^a|<http://b/>)|(a/<http://c/>)*/<http://d/>? ?b ; ?c ?d }",
    "ASK { ?a ?b ?c . FILTER(?a IN (1,2) && ?b NOT IN () || !BOUND(?c)) . { } UNION { ?a ?b ?c } MINUS { ?d ?e ?f } }",
    'ASK { VALUES (?a ?b) { (1 UNDEF) ("x" <http://a/>) } VALUES ?c { 1 2 } VALUES () {} BIND(?a -1*2/3+ +4 AS ?d) }',
    "SELECT (GROUP_CONCAT(DISTINCT ?a ; SEPARATOR = '; ') AS ?b) (NOW( ) AS ?d) {}",
    "CONSTRUCT { ?a <http://a/> [ ?b ( ?c ) ] } FROM <http://example.org/graph> WHERE { ?a ?b ?c } LIMIT 1",
    "CONSTRUCT WHERE { ?a ?b ?c }",
    "DESCRIBE * WHERE { ?a ?b ?c }",
    "DESCRIBE <http://a/> ?b { ?b ?c ?d }",
    "SELECT * { SELECT DISTINCT ?a { ?a ?b ?c FILTER REGEX(?c, 'a', 'i') FILTER EXISTS { ?a ?b ?c } } VALUES ?a {1} }",
    'PREFIX : <http://a/#> BASE <http://b/c> ASK { :a%20b :c\\,d <e> ; : """x"y""z\\\\""", \'\'\'\'\'\' }',
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> ASK { GRAPH ?g { ?a ?b ?c } OPTIONAL {} FILTER xsd:boolean(1) }",
    "# first\nSELECT * #second\r\n{ ?s?p?o.?s?p?q }#last",
    "SELECT * { ?a ?b ?c } VALUES (?a) { (1) }",
]


@pytest.mark.parametrize("query", LEGAL)
def test_what_is_passed_on_means_what_was_asked(query: str) -> None:
    """The query written anew is read alike, and writing that anew changes nothing more."""
    ox.Store().query(query)  # the store takes the original: nothing here is of our making
    once = admitted(query, GRAPHS).text
    ox.Store().query(once)
    assert admitted(once, GRAPHS).text == once


@pytest.mark.parametrize("name", list(queries.library()))
def test_every_question_of_the_library_may_be_asked(name: str) -> None:
    question = queries.library()[name]
    passed_on = admitted(question.sparql, GRAPHS).text
    ox.Store().query(passed_on)
    lines = question.sparql.rstrip().count("\n") + 1
    assert passed_on.count("\n") + 1 == lines


def test_a_query_of_too_many_words_is_refused() -> None:
    assert refusal("ASK { VALUES ?x { " + "1 " * 50_001 + "} }")[0] == 413


def test_depth_costs_no_more_than_length() -> None:
    """Grammars that try and go back double their time with each bracket; ours must not, and has a limit."""
    assert refusal("ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }")[0] == 400
    began = time.perf_counter()
    admitted("ASK { FILTER(" + "(" * 150 + "1" + ")" * 150 + ") }", GRAPHS)
    deep = time.perf_counter() - began
    began = time.perf_counter()
    admitted("ASK { VALUES ?a {" + " 1" * 300 + "} }", GRAPHS)
    assert deep < 100 * (time.perf_counter() - began)
