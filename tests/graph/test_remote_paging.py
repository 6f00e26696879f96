"""Services that cut answers: the whole answer all the same, or a warning."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from graph.remote import Patience, RemoteStore
from graph.remote.syntax import shape, without_comments
from tests.graph.scripted import Reply, Request, Scripted, scripted

ROWS = 23
NUMBERS = ox.Store()
for _n in range(ROWS):
    NUMBERS.add(ox.Quad(ox.NamedNode(f"a:{_n:02}"), ox.NamedNode("a:is"), ox.Literal(_n // 2)))


def capped(cap: int, headers: dict[str, str] | None = None) -> Callable[[Request], Reply]:
    """A real engine behind a limit of rows; orders of equals change from one question to the next."""

    def answer(request: Request) -> Reply:
        found = NUMBERS.query(request.query)
        if isinstance(found, ox.QueryBoolean):
            return Reply(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        lines = ["\t".join(f"?{name}" for name in names)]
        lines += ["\t".join(str(row[name] or "") for name in names) for row in list(found)[:cap]]
        cut = ox.parse_query_results("\n".join(lines) + "\n", ox.QueryResultsFormat.TSV)
        return Reply(cut.serialize(format=ox.QueryResultsFormat.JSON) or b"", headers=headers or {})

    return answer


def asked(server: Scripted, query: str, said: list[str] | None = None) -> list[tuple[str, ...]]:
    told: list[str] = [] if said is None else said
    answer = RemoteStore(server.url, patience=Patience(timeout=5), notice=told.append).query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(str(term) for term in row) for row in answer]


def truth(query: str) -> list[tuple[str, ...]]:
    answer = NUMBERS.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(str(term) for term in row) for row in answer]


VIRTUOSO = {"Server": "Virtuoso/07", "X-SPARQL-MaxRows": "5"}
CAPPED = [pytest.param({"X-SPARQL-MaxRows": "5"}, id="said"), pytest.param(VIRTUOSO, id="virtuoso")]


@pytest.mark.parametrize("headers", CAPPED)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?n { ?s <a:is> ?n } ORDER BY ?n ?s",
        "SELECT ?s ?n { ?s <a:is> ?n } ORDER BY DESC(?n) ?s # LIMIT 3",
        "PREFIX a: <a:> SELECT ?n (COUNT(*) AS ?times) { ?s a:is ?n } GROUP BY ?n ORDER BY ?n",
        "SELECT ?s ?n { ?s <a:is> ?n } ORDER BY ?s LIMIT 17 OFFSET 3",
        "SELECT ?s { ?s <a:is> ?n } ORDER BY ?s OFFSET 20",
        "SELECT ?s ?none { ?s <a:is> ?n OPTIONAL { ?s <a:no> ?none } } ORDER BY ?s",
    ],
)
def test_all_rows_come_in_the_order_asked_for(query: str, headers: dict[str, str]) -> None:
    said: list[str] = []
    with scripted(capped(5, headers)) as server:
        assert asked(server, query, said) == truth(query)
    assert said == []


@pytest.mark.parametrize("headers", CAPPED)
def test_rows_without_an_order_come_each_as_often_as_they_are_there(headers: dict[str, str]) -> None:
    for query in ("SELECT ?s ?n { ?s <a:is> ?n }", "SELECT ?n { ?s <a:is> ?n }", "SELECT * { ?s <a:is> ?n } LIMIT 11"):
        said: list[str] = []
        with scripted(capped(5, headers)) as server:
            found = asked(server, query, said)
        assert len(found) == len(truth(query))
        assert "LIMIT" in query or sorted(found) == sorted(truth(query))
        assert said == []


def test_an_answer_that_ends_at_its_own_limit_is_not_asked_for_again() -> None:
    with scripted(capped(5, VIRTUOSO)) as server:
        assert len(asked(server, "SELECT ?s { ?s <a:is> ?n } LIMIT 5")) == 5
        assert len(server.requests) == 1


def test_a_service_that_says_nothing_of_its_limit_is_found_out_by_a_round_number() -> None:
    many = ox.Store()
    many.extend(ox.Quad(ox.NamedNode(f"a:{n:04}"), ox.NamedNode("a:is"), ox.Literal(n)) for n in range(1001))
    query = "SELECT ?n { ?s <a:is> ?n }"

    def cut(request: Request) -> Reply:
        text = request.query if "LIMIT" in request.query or "COUNT" in request.query else f"{request.query} LIMIT 1000"
        return Reply(many.query(text).serialize(format=ox.QueryResultsFormat.JSON) or b"")  # type: ignore[union-attr]

    with scripted(cut) as server:
        assert len(asked(server, query)) == 1001


def test_pages_that_do_not_fit_together_are_warned_of() -> None:
    turn = capped(5, {"X-SPARQL-MaxRows": "5"})

    def careless(request: Request) -> Reply:
        """Overlapping pages, as of an order that leaves something to chance."""
        request.body = request.body.replace(b"OFFSET+5", b"OFFSET+3").replace(b"OFFSET%205", b"OFFSET%203")
        return turn(request)

    said: list[str] = []
    with scripted(careless) as server:
        asked(server, "SELECT ?s { ?s <a:is> ?n } ORDER BY ?s", said)
    assert len(said) == 1
    assert "some may be missing" in said[0]


def test_a_rest_that_cannot_be_had_is_warned_of() -> None:
    turn = capped(5, {"X-SPARQL-MaxRows": "5"})

    def unwilling(request: Request) -> Reply:
        return Reply(b"no sub-queries", status=400) if "COUNT" in request.query else turn(request)

    said: list[str] = []
    with scripted(unwilling) as server:
        assert len(asked(server, "SELECT ?s { ?s <a:is> ?n }", said)) == 5
    assert "may be cut" in said[0]


def test_a_graph_of_a_round_number_of_triples_is_warned_of() -> None:
    body = b"".join(b"<a:a> <a:b> %d .\n" % n for n in range(1000))
    said: list[str] = []
    with scripted(Reply(body)) as server:
        RemoteStore(server.url, notice=said.append).query("CONSTRUCT WHERE { ?s ?p ?o }")
        RemoteStore(server.url, notice=said.append).query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1000")
    assert len(said) == 1
    assert "may be cut" in said[0]


# the grammar ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "bare"),
    [
        ("ASK {} # all", "ASK {}  "),
        ("ASK { <a#b> <a#c> 'x # y' }", "ASK { <a#b> <a#c> 'x # y' }"),
        ('ASK { ?s ?p """a "quote" # b""" } # c', 'ASK { ?s ?p """a "quote" # b""" }  '),
        (r"ASK { ?s ?p 'it\'s # in' }", r"ASK { ?s ?p 'it\'s # in' }"),
        (r"ASK { ?s a:b\#c ?o }", r"ASK { ?s a:b\#c ?o }"),
        ("ASK { ?s ?p ?o FILTER(?o<3) } # <x>", "ASK { ?s ?p ?o FILTER(?o<3) }  "),
    ],
)
def test_comments_are_told_from_what_looks_like_them(query: str, bare: str) -> None:
    assert without_comments(query) == bare


def test_the_shape_is_that_of_the_outermost_query() -> None:
    found = shape(
        "PREFIX select: <x:limit#> SELECT ?a { { SELECT ?a { ?a select:b 'LIMIT 9' } ORDER BY ?a LIMIT 3 } }\noffset 4"
    )
    assert (found.form, found.limit, found.offset, found.ordered, found.wrappable) == ("SELECT", None, 4, False, True)
    assert found.prologue == "PREFIX select: <x:limit#> "
    assert found.body.endswith("LIMIT 3 } }")


def test_a_query_that_names_its_dataset_cannot_stand_in_another() -> None:
    assert not shape("SELECT * FROM <a:g> { ?s ?p ?o }").wrappable
    assert shape("no query at all").form == ""
