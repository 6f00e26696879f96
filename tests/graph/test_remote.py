"""What a remote store makes of answers, whole and broken: never half an answer that looks whole."""

from __future__ import annotations

import base64
import json
import time
import tracemalloc
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from graph.errors import RemoteError
from graph.remote import Credentials, Denied, Passing, Patience, RemoteStore, RemoteWarning
from tests.graph.scripted import ONE_ROW, Reply, Request, Scripted, scripted

SELECT = "SELECT ?a { ?s ?p ?a }"


def store(server: Scripted, said: list[str] | None = None, **settings: object) -> RemoteStore:
    slept: list[float] = []
    settings.setdefault("patience", Patience(timeout=2, pause=0.01, sleep=slept.append))
    return RemoteStore(server.url, notice=(said if said is not None else []).append, **settings)  # type: ignore[arg-type]


def values(answer: object) -> list[str]:
    assert isinstance(answer, ox.QuerySolutions)
    return [row[0].value for row in answer]  # type: ignore[union-attr]


# the form of the query ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "# ask whether to add or construct\nSELECT ?a { ?s ?p ?a }",
        "PREFIX ask: <http://example.org/construct#> # describe\nSELECT ?a { ?s ask:all ?a }",
        "SELECT ?a { ?s <http://example.org/x#ask> ?a } # delete all",
    ],
)
def test_words_in_comments_and_names_are_not_the_form_of_the_query(query: str) -> None:
    with scripted(Reply()) as server:
        assert values(store(server).query(query)) == ["x"]
        assert server.requests[0].query == query


def test_a_graph_is_asked_for_in_a_form_that_keeps_decimals() -> None:
    triple = b'<a:a> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    with scripted(Reply(triple, headers={"Content-Type": "application/n-triples"})) as server:
        found = list(store(server).query("# select\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
        assert server.requests[0].headers["accept"].startswith("application/n-triples")
    assert [str(t) for t in found] == [triple.decode().removesuffix(" .\n")]


# answers of older and other servers -----------------------------------------------------------------------------------


def test_unbound_values_and_typed_literals_are_read() -> None:
    body = b"""{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
        {"b": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "7"}},
        {"a": {"type": "literal", "value": "typed-literal"}}, {}]}}"""
    with scripted(Reply(body)) as server:
        answer = store(server).query("SELECT ?a ?b { ?a ?p ?b }")
        assert isinstance(answer, ox.QuerySolutions)
        assert [(row["a"], row["b"]) for row in answer] == [
            (None, ox.Literal(7)),
            (ox.Literal("typed-literal"), None),
            (None, None),
        ]


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False)])
def test_the_table_that_virtuoso_sends_for_an_ask_is_a_truth_value(value: str, expected: bool) -> None:
    bound = {"__ASK_RETVAL": {"type": "typed-literal", "datatype": "x:integer", "value": value}}
    body = json.dumps({"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [bound]}}).encode()
    with scripted(Reply(body)) as server:
        answer = store(server).query("ASK { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer) is expected


def test_an_answer_that_stopped_at_a_limit_of_time_is_an_error() -> None:
    with scripted(Reply(headers={"X-SQL-State": "S1TAT"})) as server, pytest.raises(RemoteError, match="limit of time"):
        store(server).query(SELECT)


# bad answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<html><title>Welcome</title></html>", headers={"Content-Type": "text/html"}), "web page.*Welcome"),
        (Reply(b'{"hello": "world"}'), "does not parse"),
        (Reply(b"[]"), "does not parse"),
        (Reply(b""), "does not parse"),
        (Reply(ONE_ROW[:-20] + b"\nThe query timed out"), "(?s)does not parse to its end.*timed out"),
        (Reply(b"gone", status=404), "nothing at this address"),
        (Reply(b"Virtuoso 37000 Error SP030", status=500), "refused .500.*SP030"),
        (Reply(b"line 1: syntax", status=400), "refused .400.*line 1: syntax"),
        (Reply(status=302, headers={"Location": "https://elsewhere.example/"}), "moved to https://elsewhere.example/"),
        (Reply(status=403), "does not let you"),
    ],
)
def test_a_bad_answer_is_said_and_not_asked_for_again(reply: Reply, said: str) -> None:
    with scripted(reply) as server:
        with pytest.raises(RemoteError, match=said):
            store(server).query(SELECT)
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "bad",
    [
        Reply(ONE_ROW[:30], length=len(ONE_ROW)),
        Reply(ONE_ROW[:30], headers={"Transfer-Encoding": "chunked"}),
        Reply(status=503),
        Reply(status=429, headers={"Retry-After": "0"}),
        Reply(status=504),
    ],
)
def test_what_may_pass_is_asked_again(bad: Reply) -> None:
    said: list[str] = []
    with scripted(bad, bad, Reply()) as server:
        assert values(store(server, said).query(SELECT)) == ["x"]
        assert len(server.requests) == 3
    assert [sentence.rpartition("; ")[2][:20] for sentence in said] == ["asked again (2 of 4)", "asked again (3 of 4)"]


def test_it_is_asked_four_times_and_no_more() -> None:
    with scripted(Reply(status=503)) as server:
        with pytest.raises(Passing, match="cannot answer now"):
            store(server).query(SELECT)
        assert len(server.requests) == 4


def test_the_pause_is_the_one_that_the_service_asks_for() -> None:
    slept: list[float] = []
    patience = Patience(sleep=slept.append)
    with scripted(Reply(status=503, headers={"Retry-After": "7"}), Reply()) as server:
        store(server, patience=patience).query(SELECT)
    assert slept == [7.0]


def test_a_service_that_wants_to_be_left_alone_for_long_is_not_waited_for() -> None:
    slept: list[float] = []
    with scripted(Reply(status=503, headers={"Retry-After": "3600"})) as server:
        with pytest.raises(Passing):
            store(server, patience=Patience(sleep=slept.append)).query(SELECT)
        assert (len(server.requests), slept) == (1, [])


def test_pauses_grow() -> None:
    slept: list[float] = []
    with scripted(Reply(status=503)) as server, pytest.raises(Passing):
        store(server, patience=Patience(pause=1, sleep=slept.append)).query(SELECT)
    assert [0.5 <= a / 2**k <= 1 for k, a in enumerate(slept)] == [True] * 3


def test_a_silent_service_is_an_error_and_its_question_is_not_sent_again() -> None:
    def silent(_: Request) -> Reply:
        time.sleep(1.5)
        return Reply()

    with scripted(silent) as server:
        with pytest.raises(RemoteError, match="silent for 1 seconds"):
            store(server, patience=Patience(timeout=1)).query(SELECT)
        assert len(server.requests) == 1


def test_a_service_that_never_stops_sending_is_an_error() -> None:
    def dripping(_: Request) -> Iterator[bytes]:
        while True:
            yield b" "
            time.sleep(0.02)

    with scripted(dripping) as server, pytest.raises(RemoteError, match="still sending"):
        store(server, patience=Patience(timeout=5, whole=0.3)).query(SELECT)


def test_nobody_at_the_address() -> None:
    with scripted(Reply()) as server:
        url = server.url
    with pytest.raises(Passing, match="cannot be asked: Connection refused"):
        RemoteStore(url, patience=Patience(sleep=lambda _: None), notice=lambda _: None).query(SELECT)


@pytest.mark.parametrize(
    "url", ["graph.nq", "ftp://example.org/", "http:///query", "http://h/a b", "http://h:x/", "http://h/\n"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(RemoteError, match="no http or https address"):
        RemoteStore(url)


def test_who_names_no_other_way_is_told_by_a_warning() -> None:
    busy = Reply(status=503, headers={"Retry-After": "0"})
    with scripted(busy, Reply()) as server, pytest.warns(RemoteWarning, match="asked again"):
        RemoteStore(server.url).query(SELECT)


def test_an_enormous_answer_is_not_held_in_memory() -> None:
    row = b'{"a": {"type": "literal", "value": "' + b"x" * 5000 + b'"}}'
    count = 8_001

    def long(_: Request) -> Iterator[bytes]:
        yield b'{"head": {"vars": ["a"]}, "results": {"bindings": [' + row
        for _ in range((count - 1) // 100):
            yield (b"," + row) * 100
        yield b"]}}"

    with scripted(long) as server:
        tracemalloc.start()
        answer = store(server, patience=Patience(timeout=10)).query(SELECT)
        assert isinstance(answer, ox.QuerySolutions)
        assert sum(1 for _ in answer) == count
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 30 * 2**20 < count * len(row)


# credentials ----------------------------------------------------------------------------------------------------------

BASIC = Reply(status=401, headers={"WWW-Authenticate": 'Basic realm="x"'})
DIGEST = Reply(status=401, headers={"WWW-Authenticate": 'Digest realm="SPARQL", nonce="n1", qop="auth", algorithm=MD5'})
KNOWN = Credentials("ann", "s3cret")


def test_the_password_goes_only_to_who_asks_for_it() -> None:
    with scripted(BASIC, Reply()) as server:
        asking = store(server, credentials=KNOWN)
        asking.query(SELECT)
        asking.query(SELECT)
        sent = [request.headers.get("authorization") for request in server.requests]
    basic = "Basic " + base64.b64encode(b"ann:s3cret").decode()
    assert sent == [None, basic, basic]


def test_digest_is_answered_without_the_password_and_then_sent_along() -> None:
    with scripted(DIGEST, Reply()) as server:
        asking = store(server, credentials=KNOWN)
        asking.query(SELECT)
        asking.query(SELECT)
        sent = [request.headers.get("authorization", "") for request in server.requests]
    assert sent[0] == ""
    assert all(header.startswith('Digest username="ann"') and "s3cret" not in header for header in sent[1:])
    assert "nc=00000002" in sent[2]


@pytest.mark.parametrize("challenge", [BASIC, DIGEST])
def test_a_wrong_password_is_tried_once(challenge: Reply) -> None:
    with scripted(challenge) as server:
        with pytest.raises(Denied, match="does not know this user"):
            store(server, credentials=KNOWN).query(SELECT)
        assert len(server.requests) == 2


def test_a_token_is_sent_and_a_redirect_does_not_get_it() -> None:
    with scripted(Reply()) as other:
        with scripted(Reply(status=307, headers={"Location": other.url})) as server:
            with pytest.raises(RemoteError, match="moved"):
                store(server, credentials=Credentials(token="t0ken")).query(SELECT)
            assert server.requests[0].headers["authorization"] == "Bearer t0ken"
        assert not other.requests


def test_who_has_no_credentials_is_told_where_they_go() -> None:
    with scripted(BASIC) as server, pytest.raises(Denied, match="INSPECTION_GRAPH_USER"):
        store(server).query(SELECT)


def test_secrets_are_not_shown() -> None:
    known = Credentials.from_environment(
        {"INSPECTION_GRAPH_USER": "ann", "INSPECTION_GRAPH_PASSWORD": "s3cret", "INSPECTION_GRAPH_TOKEN": "t0ken"}
    )
    assert known == Credentials("ann", "s3cret", "t0ken")
    assert "s3cret" not in repr(known)
    assert "t0ken" not in repr(known)
    with pytest.raises(RemoteError, match="do not belong into an address") as error:
        RemoteStore("http://ann:s3cret@example.org/query")
    assert "s3cret" not in str(error.value)


def test_a_token_over_an_open_line_is_warned_of() -> None:
    said: list[str] = []
    RemoteStore("http://example.org/query", credentials=Credentials(token="t"), notice=said.append)
    RemoteStore("https://example.org/query", credentials=Credentials(token="t"), notice=said.append)
    RemoteStore("http://localhost/query", credentials=Credentials(token="t"), notice=said.append)
    assert [sentence for sentence in said if "unencrypted" in sentence] == said
    assert len(said) == 1
