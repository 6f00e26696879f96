"""A real Virtuoso 7: what is published there answers the library's questions as the embedded store does.

Rows are compared without their order: Virtuoso sorts IRIs by numbers of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

import queries
from cli.source import BuiltGraph
from graph.publish import Publication, Settings
from graph.remote import Credentials, Denied, RemoteStore
from tests.graph.real_stores import Running, virtuoso


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Running]:
    """Virtuoso with the built samples, sent to it over the Graph Store Protocol and Digest."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        publication = Publication(built, running.target(), running.asked, Settings(watch=0))
        publication.send(publication.plan())
        yield running


@pytest.fixture(scope="module")
def embedded(built: Path) -> BuiltGraph:
    return BuiltGraph(built)


def rows(table: queries.Table) -> list[tuple[object, ...]]:
    return [tuple(_value(term) for term in row) for row in table.rows]


def _value(term: object) -> object:
    """A term so that engines which write numbers and truth values, and order what they join, otherwise can be compared.

    Virtuoso has no type for truth values: true comes as 1. To join nothing is "" to it, and unbound to Oxigraph.
    """
    if not isinstance(term, ox.Literal):
        return term
    kind = term.datatype.value.rpartition("#")[2]
    if kind in ("integer", "decimal", "double"):
        return Decimal(term.value).normalize()
    if kind == "boolean":
        return Decimal(term.value == "true").normalize()
    return tuple(sorted(term.value.split("; "))) if term.value else None


@pytest.mark.parametrize("name", queries.library())
def test_virtuoso_gives_the_same_answer(name: str, embedded: BuiltGraph, store: Running) -> None:
    question = queries.library()[name]
    here, there = queries.table(question, embedded), queries.table(question, store.asked)
    assert there.columns == here.columns
    assert Counter(rows(there)) == Counter(rows(here))


@pytest.mark.parametrize("kind", ["graphs", "update"])
def test_the_same_build_again_sends_nothing(kind: str, built: Path, store: Running) -> None:
    settings = Settings(watch=0, check_all=True)
    publication = Publication(built, store.target(kind), store.asked, settings)
    plan = publication.plan()
    assert (plan.send, plan.remove) == ((), ())
    publication.send(plan)


def test_a_graph_of_more_rows_than_virtuoso_sends_comes_back_whole(store: Running) -> None:
    graph = "http://example.org/large"
    lines = [f'<x:{n}> <x:p> "{n}" .'.encode() for n in range(10_500)]
    store.target().replace(graph, lines)
    try:
        answer = store.asked.query(f"SELECT ?s ?o {{ GRAPH <{graph}> {{ ?s <x:p> ?o }} }}")
        assert isinstance(answer, ox.QuerySolutions)
        assert len({str(row["s"]) for row in answer}) == 10_500
        counted = store.asked.query(f"SELECT ?s ?o {{ GRAPH <{graph}> {{ ?s <x:p> ?o }} }} ORDER BY ?o LIMIT 10200")
        assert isinstance(counted, ox.QuerySolutions)
        assert _texts(counted) == sorted(str(n) for n in range(10_500))[:10_200]
    finally:
        store.target().drop(graph)


def _texts(answer: Iterable[ox.QuerySolution]) -> list[str]:
    return [row["o"].value for row in answer if isinstance(row["o"], ox.Literal)]


def test_updates_make_it_equal_too(store: Running) -> None:
    target, graph = store.target("update"), "http://example.org/by-update"
    target.replace(graph, [f'<x:{n}> <x:p> "{n}" .'.encode() for n in range(2_500)])
    target.replace(graph, [f'<x:{n}> <x:p> "{n}" .'.encode() for n in range(1_200)])
    answer = store.asked.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert isinstance(answer, ox.QuerySolutions)
    assert [row["n"] for row in answer] == [ox.Literal(1_200)]
    target.drop(graph)
    assert not store.asked.query(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")


def test_a_wrong_password_is_refused(store: Running) -> None:
    with pytest.raises(Denied, match="does not know this user"):
        RemoteStore(store.query, credentials=Credentials("publisher", "wrong")).query("ASK {}")
