"""A build is sent to a real Oxigraph server, broken off wherever it can break, and is equal in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import NotABuild, RemoteError
from graph.publish import (
    Busy,
    EmptyBuild,
    NotEqual,
    NotSeen,
    Overtaken,
    Plan,
    Progress,
    Publication,
    Settings,
    StrangersGraphs,
    Target,
    read_at,
)
from graph.publish.parts import digest, parts
from graph.remote import Credentials, Denied, RemoteStore, Service
from tests.graph.real_stores import Running, oxigraph
from tests.graph.scripted import Reply, scripted

GRAPH = "https://w3id.org/inspection-graph/id/graph/"
A, B, C = (f"{GRAPH}{letter * 16}" for letter in "abc")
REVISITS = f"{GRAPH}inferred/revisits"
LIST = f"{GRAPH}published/inspections"
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
HOSTILE = '"a \\"quote\\", a \\\\ and\\na line, “curly” \U0001f600"'
FIRST = {A: ['"1"', HOSTILE], B: [f'"0.50"^^<{DECIMAL}>'], REVISITS: [f"<x:{n}>" for n in range(1200)]}
SECOND = {A: ['"1"', HOSTILE], C: ['"new"@en'], REVISITS: [f"<x:{n}>" for n in range(1, 1201)]}
QUICK = Settings(watch=0.0)


def made(out: Path, graphs: dict[str, list[str]]) -> Path:
    """A folder that looks like a build with these graphs, each of one subject and one property."""
    (out / "store").mkdir(parents=True, exist_ok=True)
    lines = [
        f"<x:{place}> <x:p> {value} <{graph}> .\n"
        for graph, values in graphs.items()
        for place, value in enumerate(values)
    ]
    (out / "graph.nq").write_text("".join(sorted(lines)), encoding="utf8")
    (out / "report.json").write_text("{}")
    return out


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return made(tmp_path / "first", FIRST)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return made(tmp_path / "second", SECOND)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


@pytest.fixture
def store(server: Running) -> Running:
    """The server without any graph."""
    Service(server.update, server.credentials).update("DROP ALL")
    return server


def publish(out: Path, store: Running, target: Target | None = None, settings: Settings = QUICK) -> Plan:
    publication = Publication(out, target or store.target(), store.asked, settings)
    plan = publication.plan()
    publication.send(plan)
    return plan


def held(store: Running) -> dict[str, set[str]]:
    """All that the store holds, but for the list of what was sent."""
    answer = store.asked.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(answer, ox.QuerySolutions)
    found: dict[str, set[str]] = {}
    for row in answer:
        g = row["g"]
        assert isinstance(g, ox.NamedNode)
        found.setdefault(g.value, set()).add(f"{row['s']} {row['p']} {row['o']}")
    return {graph: triples for graph, triples in found.items() if not graph.startswith(f"{GRAPH}published/")}


def as_built(out: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    in_store = ox.Store()  # which writes numbers as the server does
    in_store.load(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    for quad in in_store:
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, set()).add(f"{quad.subject} {quad.predicate} {quad.object}")
    return found


def insert(store: Running, graph: str, triple: str) -> None:
    Service(store.update, store.credentials).update(f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} }} }}")


class Watched:
    """A target that counts what is written, and breaks where it is told to."""

    def __init__(self, target: Target, break_at: int = -1, *, after: bool = False) -> None:
        self.name = target.name
        self._target = target
        self._break_at, self._after = break_at, after
        self.writes = 0

    def _passed(self, write: object) -> None:
        here = self.writes == self._break_at
        self.writes += 1
        if here and not self._after:
            raise KeyboardInterrupt
        write()  # type: ignore[operator]
        if here:
            raise KeyboardInterrupt

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        self._passed(lambda: self._target.replace(graph, lines))

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        self._passed(lambda: self._target.add(graph, lines))

    def rewrite(self, graph: str, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        self._passed(lambda: self._target.rewrite(graph, old, new))

    def drop(self, graph: str) -> None:
        self._passed(lambda: self._target.drop(graph))


@pytest.mark.parametrize("kind", ["graphs", "update"])
def test_the_store_holds_the_build_and_then_the_next_one(kind: str, store: Running, first: Path, second: Path) -> None:
    insert(store, "x:stranger", "<x:s> <x:p> 1")
    plan = publish(first, store, store.target(kind))
    assert {part.graph for part in plan.send} == set(FIRST)
    assert held(store) == {**as_built(first), "x:stranger": held(store)["x:stranger"]}
    plan = publish(second, store, store.target(kind))
    assert ({part.graph for part in plan.send}, plan.remove) == ({C, REVISITS}, (B,))
    assert held(store) == {**as_built(second), "x:stranger": held(store)["x:stranger"]}


@pytest.mark.parametrize("kind", ["graphs", "update"])
def test_the_same_build_again_writes_nothing(kind: str, store: Running, first: Path) -> None:
    publish(first, store, store.target(kind))
    target = Watched(store.target(kind))
    plan = publish(first, store, target)
    assert (plan.send, plan.remove, target.writes) == ((), (), 0)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["graphs", "update"])
def test_wherever_it_breaks_off_the_next_run_makes_it_equal(
    kind: str, after: bool, store: Running, first: Path, second: Path
) -> None:
    for break_at in range(20):
        Service(store.update, store.credentials).update("DROP ALL")
        publish(first, store, store.target(kind))
        try:
            publish(second, store, Watched(store.target(kind), break_at, after=after))
        except KeyboardInterrupt:
            plan = publish(second, store, store.target(kind))
            assert plan.resumed or break_at == 0 or not (plan.send or plan.remove)
            assert held(store) == as_built(second), break_at
        else:
            assert break_at == 7  # the list, twice a graph and its entry, one graph removed, the list
            return
    pytest.fail("a publish of three graphs wrote twenty times")


def test_what_had_arrived_is_not_sent_again(store: Running, first: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        publish(first, store, Watched(store.target(), 5))
    assert [part.graph for part in publish(first, store).keep] == [A, B]


def test_a_graph_that_was_lost_or_changed_is_sent_again(store: Running, first: Path) -> None:
    publish(first, store)
    store.target().drop(A)
    insert(store, B, "<x:s> <x:p> 1")
    assert [part.graph for part in publish(first, store).send] == [A, B]
    assert held(store) == as_built(first)


def test_a_change_that_keeps_the_count_is_found_when_all_is_read_back(store: Running, first: Path) -> None:
    publish(first, store)
    store.target().replace(B, [b"<x:s> <x:p> <x:o> ."])
    publish(first, store, settings=Settings(watch=0, check_all=True))
    assert held(store) == as_built(first)


def test_a_strangers_graph_of_the_same_name_is_left_alone_unless_told_otherwise(store: Running, first: Path) -> None:
    insert(store, A, "<x:s> <x:p> 1")
    with pytest.raises(StrangersGraphs) as error:
        publish(first, store)
    assert error.value.graphs == (A,)
    assert set(held(store)) == {A}
    publish(first, store, settings=Settings(watch=0, take_over=True))
    assert held(store) == as_built(first)


def test_two_datasets_in_one_store_leave_each_other_alone(store: Running, tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", {A: ['"1"']}), made(tmp_path / "other", {B: ['"2"']})
    publish(one, store)
    publish(other, store, settings=Settings("others", watch=0))
    assert set(held(store)) == {A, B}
    with pytest.raises(StrangersGraphs):
        publish(other, store)


def test_a_publish_under_way_is_not_disturbed(store: Running, first: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        publish(first, store, Watched(store.target(), 3))

    class Lively(RemoteStore):
        """Sees a list that another run goes on writing."""

        def triples(self, sparql: str) -> list[ox.Triple]:
            found = super().triples(sparql)
            insert(store, LIST, f"<{LIST}/x> <x:p> {len(found)}")
            return found

    with pytest.raises(Busy):
        Publication(first, store.target(), Lively(store.query), QUICK).plan()


def test_who_is_overtaken_stops_and_the_other_is_equal_in_the_end(store: Running, first: Path, second: Path) -> None:
    slow = Publication(first, Watched(store.target()), store.asked, QUICK)
    plan = slow.plan()
    turns: list[str] = []

    def meanwhile(progress: Progress) -> None:
        if progress.graph == B and not turns:
            turns.append(progress.graph)
            publish(second, store)

    slow._progress = meanwhile
    with pytest.raises(Overtaken):
        slow.send(plan)
    assert turns
    assert held(store) == as_built(second)


def test_a_store_that_keeps_something_else_is_said(store: Running, first: Path) -> None:
    class Careless(Watched):
        def replace(self, graph: str, lines: Sequence[bytes]) -> None:
            super().replace(graph, lines[:1] if graph == REVISITS else lines)

    with pytest.raises(NotEqual) as error:
        publish(first, store, Careless(store.target()))
    assert error.value.graphs == (REVISITS,)


def test_a_build_made_anew_meanwhile_is_not_mixed_with_the_old_one(store: Running, first: Path, second: Path) -> None:
    before = as_built(first)
    publication = Publication(first, store.target(), store.asked, QUICK)
    plan = publication.plan()
    (second / "graph.nq").replace(first / "graph.nq")
    publication.send(plan)
    assert held(store) == before


def test_two_addresses_of_different_stores_are_found_out(store: Running, first: Path, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "other") as other, pytest.raises(NotSeen):
        publish(first, store, other.target())


@pytest.mark.parametrize("kind", ["graphs", "update"])
def test_a_store_that_is_only_read_refuses(kind: str, first: Path, tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    ox.Store(str(folder / "store")).flush()
    with oxigraph(folder, read_only=True) as closed, pytest.raises(Denied):
        publish(first, closed, closed.target(kind))


def test_a_wrong_password_is_said_before_anything_is_sent(store: Running, first: Path) -> None:
    with scripted(Reply(status=401, headers={"WWW-Authenticate": 'Basic realm="x"'})) as closed:
        known = Credentials("ann", "wrong")
        refused = Running(store.query, closed.url, closed.url, known)
        with pytest.raises(Denied, match="does not know this user"):
            Publication(first, refused.target(), store.asked, QUICK).send(
                Publication(first, refused.target(), store.asked, QUICK).plan()
            )
    assert held(store) == {}


def test_a_store_that_is_away_is_said(first: Path, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "gone") as gone:
        pass
    with pytest.warns(UserWarning, match="asked again"), pytest.raises(RemoteError, match="cannot be asked"):
        publish(first, gone)


def test_an_empty_build_removes_nothing(store: Running, first: Path, tmp_path: Path) -> None:
    publish(first, store)
    for graphs in ({}, {REVISITS: ['"1"'], f"{GRAPH}dataset": ['"1"']}):
        with pytest.raises(EmptyBuild):
            publish(made(tmp_path / "empty", graphs), store)
    assert held(store) == as_built(first)
    with pytest.raises(NotABuild):
        publish(tmp_path / "nothing", store)


def test_digests_are_of_values_not_of_digits() -> None:
    line = '<x:s> <x:p> "{}"^^<http://www.w3.org/2001/XMLSchema#{}> .'
    alike = [("0.50", "0.5", "decimal"), ("1.0", "1", "decimal"), ("007", "7", "integer"), ("1", "true", "boolean")]
    alike += [("1e3", "1000.0", "double")]
    for one, other, kind in alike:
        assert digest([line.format(one, kind).encode()]) == digest([line.format(other, kind).encode()])
    assert digest([line.format("1", "integer").encode()]) != digest([line.format("1", "decimal").encode()])
    assert digest([b'<x:s> <x:p> "0.50" .']) != digest([b'<x:s> <x:p> "0.5" .'])


def test_the_parts_are_all_of_a_build(built: Path) -> None:
    found = parts(built)
    lines = (built / "graph.nq").read_bytes().splitlines()
    assert sum(part.triples for part in found) == len(lines)
    assert len({part.graph for part in found}) == len(found)


def test_where_known_stores_answer() -> None:
    assert read_at("http://h:8890/sparql-graph-crud-auth/") == "http://h:8890/sparql-auth"
    assert read_at("http://h:7200/repositories/x/statements") == "http://h:7200/repositories/x"
    assert read_at("http://h/unheard-of") is None
