"""`serve` from its first process to its last: whole answers or errors, one query never in another's way, no orphans."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest
from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

import queries
from cli.source import BuiltGraph
from tests.cli.serving import ENDLESS, Endpoint, free_port, running

LARGE = "SELECT * { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?t ?q ?r } }"
"""Its rows come at once and never end."""


@pytest.fixture(scope="module")
def strict(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An endpoint with little time, small answers and two processes."""
    folder = tmp_path_factory.mktemp("strict")
    with Endpoint(built, folder, "--timeout", "2", "--max-answer", "4", "--workers", "2") as started:
        yield started


HERE, THERE = "https://here.example", "https://there.example"


@pytest.fixture(scope="module")
def lone(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """An endpoint on a port that was chosen, with one process of little memory, open to the pages of one origin."""
    options = ("--timeout", "8", "--max-answer", "4096", "--memory", "600", "--workers", "1", "--cors", HERE)
    with Endpoint(built, tmp_path_factory.mktemp("lone"), *options, port=free_port()) as started:
        yield started


@pytest.fixture(scope="module")
def doomed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Endpoint]]:
    """An endpoint for each way to end one, with the folder for its temporary files."""
    ways = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
    started = {how: Endpoint(built, tmp_path_factory.mktemp(how.name)) for how in ways}
    yield {how: endpoint.ready() for how, endpoint in started.items()}
    for endpoint in started.values():
        endpoint.stop()


def until(holds: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("accept", ["json", "xml", "csv", "tsv"])
def test_a_select_comes_in_the_form_that_is_wanted(endpoint: Endpoint, built: Path, accept: str) -> None:
    kinds = {
        "json": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        "xml": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        "csv": ("text/csv", ox.QueryResultsFormat.CSV),
        "tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    }
    kind, form = kinds[accept]
    query = queries.library()["inspections"].sparql
    answer = endpoint.ask(query, kind)
    assert answer.headers["Content-Type"].startswith(kind)
    expected = BuiltGraph(built).query(query).serialize(format=form)  # type: ignore[call-overload, union-attr]
    assert answer.content == expected


@pytest.mark.parametrize(
    ("kind", "form"), [("text/turtle", ox.RdfFormat.TURTLE), ("application/n-triples", ox.RdfFormat.N_TRIPLES)]
)
def test_a_construct_comes_in_the_form_that_is_wanted(endpoint: Endpoint, kind: str, form: ox.RdfFormat) -> None:
    answer = endpoint.ask("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 7", kind)
    assert answer.headers["Content-Type"].startswith(kind)
    assert len(list(ox.parse(answer.content, form))) == 7


def test_the_forms_of_a_request_are_answered_alike(endpoint: Endpoint) -> None:
    query, accept = (
        "SELECT ?s { ?s a <http://www.w3.org/2004/02/skos/core#ConceptScheme> } ORDER BY ?s",
        {"Accept": "text/csv"},
    )
    answers = {
        endpoint.http.get("/query", params={"query": query}, headers=accept).text,
        endpoint.http.get("/sparql", params={"query": query, "format": "ignored"}, headers=accept).text,
        endpoint.http.post("/query", data={"query": query}, headers=accept).text,
        endpoint.http.post(
            "/query", content=query, headers={**accept, "Content-Type": "application/sparql-query; charset=UTF-8"}
        ).text,
    }
    assert len(answers) == 1
    assert "theme" in answers.pop()


def test_a_graph_of_the_store_can_be_the_dataset(endpoint: Endpoint) -> None:
    graph, count = "https://w3id.org/inspection-graph/id/graph/dataset", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    by_parameter = endpoint.ask(count, **{"default-graph-uri": graph}).text
    by_from = endpoint.ask(f"SELECT (COUNT(*) AS ?n) FROM <{graph}> {{ ?s ?p ?o }}").text
    by_name = endpoint.ask(f"SELECT (COUNT(*) AS ?n) FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").text
    assert by_parameter == by_from == by_name
    assert endpoint.ask(f"SELECT (COUNT(*) AS ?n) FROM NAMED <{graph}> {{ ?s ?p ?o }}").text.split()[1] == "0"
    assert 0 < int(by_from.split()[1]) < int(endpoint.ask(count).text.split()[1])


def test_a_dataset_of_all_graphs_is_not_too_long(endpoint: Endpoint) -> None:
    graphs = endpoint.ask("SELECT ?g { GRAPH ?g {} }").text.split()[1:]
    asked = "".join(f"FROM <{graph}>\n" for graph in graphs * 40)
    answer = endpoint.http.post("/query", data={"query": f"ASK {asked} {{ ?s ?p ?o }}"}, headers={"Accept": "text/csv"})
    assert len(asked) > 2**16
    assert answer.text.strip() == "true"


def test_an_address_may_hold_a_long_query(endpoint: Endpoint) -> None:
    assert endpoint.ask(f"ASK {{ VALUES ?x {{ {'1 ' * 20_000} }} }}").text.strip() == "true"


def test_an_error_of_the_store_says_where_it_is(endpoint: Endpoint) -> None:
    answer = endpoint.ask("SELECT ?x\n  ?x\n{ ?x ?y ?z }")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text.startswith("query, line ")
    assert "Duplicated variable" in answer.text


def test_what_never_ends_is_an_error_and_stopped(strict: Endpoint) -> None:
    before = set(strict.servers())
    began = time.monotonic()
    answer = strict.ask(ENDLESS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (504, "text/plain; charset=utf-8")
    assert 1.9 < time.monotonic() - began < 6
    # not only its answer: the process that was at it is gone, and another has taken its place
    until(lambda: len(before & set(strict.servers())) == 1 and len(strict.servers()) == 2)


def test_sorting_without_end_is_stopped_too(strict: Endpoint) -> None:
    assert strict.ask("SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?d LIMIT 1").status_code == 504


def test_others_are_answered_while_some_never_end(strict: Endpoint) -> None:
    """As many endless queries as there are processes do not keep anybody out."""
    statuses: list[int] = []
    askers = [threading.Thread(target=lambda: statuses.append(strict.ask(ENDLESS).status_code)) for _ in range(2)]
    for asker in askers:
        asker.start()
    time.sleep(0.3)
    assert strict.ask("ASK {}").text.strip() == "true"
    for asker in askers:
        asker.join()
    assert statuses == [504, 504]


def test_when_all_are_busy_that_is_said(strict: Endpoint) -> None:
    """More endless queries than processes and slow lane hold: some wait their time and are told to come again."""
    statuses: list[int] = []
    askers = [threading.Thread(target=lambda: statuses.append(strict.ask(ENDLESS).status_code)) for _ in range(12)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert set(statuses) == {503, 504}
    until(lambda: len(strict.servers()) == 2)
    assert strict.ask("ASK {}").status_code == 200


def test_an_answer_that_is_too_large_breaks_off(strict: Endpoint) -> None:
    with strict.http.stream("GET", "/query", params={"query": LARGE}, headers={"Accept": "text/csv"}) as answer:
        assert answer.status_code == 200
        received = 0
        with pytest.raises(httpx.RemoteProtocolError):
            for part in answer.iter_bytes():
                received += len(part)
    assert 2**20 <= received <= 4 * 2**20


def test_a_client_without_chunks_gets_a_status_and_no_half_answer(strict: Endpoint) -> None:
    """To HTTP/1.0 the end of the connection is the end of the body: half an answer would look whole."""
    host, _, port = strict.home.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 30) as plain:
        path = f"/query?{urlencode({'query': LARGE})}"
        plain.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: text/csv\r\n\r\n".encode())
        said = b"".join(iter(lambda: plain.recv(2**16), b""))
    assert said.split(b"\r\n")[0].split(b" ")[1] in (b"507", b"504")


def test_an_answer_out_of_time_breaks_off(lone: Endpoint) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        lone.ask(LARGE)
    assert lone.ask("ASK {}").status_code == 200


def test_too_much_memory_is_an_error(lone: Endpoint) -> None:
    answer = lone.ask("SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?d ?a ?c LIMIT 1")
    assert answer.status_code == 500
    assert "memory" in answer.text
    assert lone.ask("ASK {}").status_code == 200


def test_a_query_whose_asker_has_gone_is_stopped(endpoint: Endpoint) -> None:
    before = set(endpoint.servers())
    with pytest.raises(httpx.ReadTimeout):
        endpoint.http.get("/query", params={"query": ENDLESS}, timeout=0.5)
    until(lambda: len(before - set(endpoint.servers())) == 1, 5)


def test_a_process_that_dies_is_replaced(strict: Endpoint) -> None:
    for server in strict.servers():
        os.kill(server, signal.SIGKILL)
    assert [strict.ask("ASK {}").status_code for _ in range(3)][-1] == 200


def test_the_port_is_named_when_it_is_taken(built: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        second = Endpoint(built, tmp_path, port=port)
        assert second.process.wait(60) == 3
    assert f"cannot listen on 127.0.0.1, port {port}: Address already in use" in second.said
    assert "--port names another" in second.said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_clean_while_a_query_runs(doomed: dict[int, Endpoint], how: signal.Signals) -> None:
    endpoint = doomed[how]
    servers = endpoint.servers()
    asking = threading.Thread(target=lambda: _ask_and_be_cut_off(endpoint))
    asking.start()
    time.sleep(0.5)
    assert endpoint.stop(how) == 0
    asking.join()
    assert len(servers) >= 2
    assert not any(running(server) for server in servers)
    assert not list(endpoint.folder.glob("inspection-graph-*"))
    assert "Traceback" not in endpoint.said


def _ask_and_be_cut_off(endpoint: Endpoint) -> None:
    with suppress(httpx.TransportError):
        endpoint.ask(ENDLESS)


def test_no_process_outlives_one_that_is_killed(doomed: dict[int, Endpoint]) -> None:
    endpoint = doomed[signal.SIGKILL]
    servers = endpoint.servers()
    endpoint.stop(signal.SIGKILL)
    until(lambda: not any(running(server) for server in servers), 5)


def test_it_listens_on_loopback_only(endpoint: Endpoint) -> None:
    assert endpoint.home.startswith("http://127.0.0.1:")


def test_pages_elsewhere_may_ask_only_where_that_was_wanted(endpoint: Endpoint, lone: Endpoint) -> None:
    assert (
        "access-control-allow-origin" not in endpoint.http.get("/query?query=ASK{}", headers={"Origin": HERE}).headers
    )
    ask = lone.http.get("/query?query=ASK{}", headers={"Origin": HERE})
    assert ask.headers["access-control-allow-origin"] == HERE
    refused = lone.http.get("/query?query=nonsense", headers={"Origin": HERE})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (400, HERE)
    other = lone.http.get("/query?query=ASK{}", headers={"Origin": THERE})
    assert other.headers.get("access-control-allow-origin") != THERE
    before = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert lone.http.options("/query", headers={"Origin": HERE, **before}).status_code == 200
    assert lone.http.options("/query", headers={"Origin": THERE, **before}).status_code == 400


def test_it_is_healthy(endpoint: Endpoint) -> None:
    assert endpoint.http.get("/health").text == "ok\n"


def test_a_head_has_no_body(endpoint: Endpoint) -> None:
    connection = http.client.HTTPConnection(endpoint.home.removeprefix("http://"), timeout=30)
    connection.request("HEAD", f"/query?{urlencode({'query': 'ASK {}'})}", headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    connection.close()


def test_sparqlwrapper_is_answered(endpoint: Endpoint) -> None:
    client = SPARQLWrapper(f"{endpoint.home}/query")
    client.setReturnFormat(JSON)
    client.setQuery("SELECT (COUNT(*) AS ?n) { ?s a <http://www.w3.org/2004/02/skos/core#ConceptScheme> }")
    rows = client.queryAndConvert()["results"]["bindings"]  # type: ignore[call-overload, index]
    assert int(rows[0]["n"]["value"]) > 5
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3")
    assert len(list(ox.parse(client.queryAndConvert(), ox.RdfFormat.TURTLE))) == 3  # type: ignore[arg-type]


def test_roqet_is_answered(endpoint: Endpoint) -> None:
    if not (roqet := shutil.which("roqet")):
        pytest.skip("roqet is not installed (Debian: rasqal-utils)")
    query = "SELECT ?s WHERE { ?s a <http://www.w3.org/2004/02/skos/core#ConceptScheme> } ORDER BY ?s LIMIT 2"
    command = [roqet, "-q", "-r", "csv", "-p", f"{endpoint.home}/query", "-e", query]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count("https://w3id.org/inspection-graph/") == 2
