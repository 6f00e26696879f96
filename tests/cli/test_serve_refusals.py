"""What the endpoint refuses, each with its status; after each it answers as before, and nothing was asked elsewhere."""

from __future__ import annotations

import http.client
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cli.serving import Endpoint

UPDATE = "INSERT DATA { <http://example.org/a> <http://example.org/b> <http://example.org/c> }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


class Trap:
    """A port on loopback that notes who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    set_ = Trap()
    yield set_
    set_.close()


@dataclass(frozen=True)
class Attack:
    """A request and the status that it gets; TRAP stands for an address that must not be called."""

    name: str
    status: int
    query: str = ""
    method: str = "GET"
    path: str = "/query"
    parameters: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    body: str | bytes = ""
    headers: dict[str, str] = field(default_factory=dict)


FAR = "SERVICE <TRAP> { ?a ?b ?c }"
ATTACKS = [
    Attack("SERVICE", 403, f"SELECT * {{ {FAR} }}"),
    Attack("SERVICE SILENT", 403, "SELECT * { SERVICE SILENT <TRAP> { ?a ?b ?c } }"),
    Attack("SERVICE in a sub-select", 403, f"SELECT * {{ {{ SELECT ?a {{ {FAR} }} }} }}"),
    Attack("SERVICE in FILTER EXISTS", 403, f"ASK {{ ?x ?y ?z FILTER EXISTS {{ {FAR} }} }}"),
    Attack("SERVICE in FILTER NOT EXISTS in OPTIONAL", 403, f"ASK {{ OPTIONAL {{ FILTER NOT EXISTS {{ {FAR} }} }} }}"),
    Attack("SERVICE in UNION in GRAPH", 403, f"ASK {{ GRAPH ?g {{ {{}} UNION {{ {FAR} }} }} }}"),
    Attack("SERVICE in MINUS", 403, f"ASK {{ ?x ?y ?z MINUS {{ {FAR} }} }}"),
    Attack("SERVICE in ORDER BY", 403, f"SELECT * {{ ?x ?y ?z }} ORDER BY (EXISTS {{ {FAR} }})"),
    Attack("SERVICE of a variable", 403, "SELECT * { VALUES ?s { <TRAP> } SERVICE ?s { ?a ?b ?c } }"),
    Attack("SERVICE after a comment that ends in CR", 403, f"SELECT * {{ #\r {FAR} }}"),
    Attack("SERVICE glued to SILENT", 400, "SELECT * { SERVICESILENT<TRAP>{ ?a ?b ?c } }"),
    Attack("SERVICE in escaped letters", 400, "SELECT * { \\u0053ERVICE <TRAP> { ?a ?b ?c } }"),
    Attack("SERVICE in CONSTRUCT", 403, f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {FAR} }}"),
    Attack("SERVICE in DESCRIBE", 403, f"DESCRIBE ?a {{ {FAR} }}"),
    Attack("FROM a file", 403, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
    Attack("FROM NAMED a file", 403, "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }"),
    Attack("FROM a file by BASE", 403, "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }"),
    Attack("FROM a file by PREFIX", 403, "PREFIX e: <file:///etc/> SELECT * FROM e:passwd { ?s ?p ?o }"),
    Attack("FROM an address", 403, "SELECT * FROM <TRAP> { ?s ?p ?o }"),
    Attack("default-graph-uri of a file", 403, "ASK {}", parameters={"default-graph-uri": "file:///etc/passwd"}),
    Attack("named-graph-uri of an address", 403, "ASK {}", parameters={"named-graph-uri": "TRAP"}),
    Attack(
        "default-graph-uri in a form", 403, method="POST", kind=FORM, body="query=ASK{}&default-graph-uri=file:///x"
    ),
    Attack("using-graph-uri", 403, "ASK {}", parameters={"using-graph-uri": "TRAP"}),
    Attack("LOAD as a query", 403, "LOAD <TRAP>"),
    Attack("LOAD SILENT … INTO as a query", 403, "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://example.org/g>"),
    Attack("INSERT as a query", 403, UPDATE),
    Attack("an update after a query", 400, f"ASK {{}} ; {UPDATE}"),
    Attack("update= in the address", 403, parameters={"update": UPDATE}),
    Attack("update= in a form", 403, method="POST", kind=FORM, body=urlencode({"update": UPDATE})),
    Attack(
        "update= beside query=", 403, method="POST", kind=FORM, body=urlencode({"query": "ASK {}", "update": UPDATE})
    ),
    Attack("an update by its content type", 403, method="POST", kind="application/sparql-update", body=UPDATE),
    Attack("an update by its path", 403, method="POST", path="/update", kind="application/sparql-update", body=UPDATE),
    Attack("an update by its path, as a form", 403, method="POST", path="/update", kind=FORM, body="update=CLEAR+ALL"),
    Attack("graph store: PUT", 403, method="PUT", path="/store?default", kind="text/turtle", body="<a:b> <a:b> 1 ."),
    Attack("graph store: POST", 403, method="POST", path="/store?default", kind="text/turtle", body="<a:b> <a:b> 1 ."),
    Attack("graph store: DELETE", 403, method="DELETE", path="/store?default"),
    Attack("graph store: GET", 403, path="/store?default"),
    Attack("PUT to /query", 405, method="PUT", kind=QUERY, body="ASK {}"),
    Attack("DELETE of /query", 405, method="DELETE"),
    Attack("PATCH of /query", 405, method="PATCH"),
    Attack("PUT to a thing", 405, method="PUT", path="/id/graph/dataset", kind="text/turtle", body="<a:b> <a:b> 1 ."),
    Attack("DELETE of a thing", 405, method="DELETE", path="/id/graph/dataset"),
    Attack("TRACE", 405, method="TRACE"),
    Attack("a query of another type", 415, method="POST", kind="text/plain", body="ASK {}"),
    Attack("a query without a type", 415, method="POST", body="ASK {}"),
    Attack("a query in many parts", 415, method="POST", kind="multipart/form-data; boundary=x", body="--x--"),
    Attack("a query in UTF-16", 415, method="POST", kind=f"{QUERY}; charset=utf-16", body="ASK {}".encode("utf-16")),
    Attack("a query not in UTF-8", 400, method="POST", kind=QUERY, body=b"ASK { ?a ?b '\xff' }"),
    Attack("a compressed query", 415, method="POST", kind=QUERY, body="ASK {}", headers={"Content-Encoding": "gzip"}),
    Attack("a request of more than a mebibyte", 413, method="POST", kind=QUERY, body="ASK {} #" + "x" * 2**20),
    Attack("two queries", 400, method="POST", path="/query?query=ASK%7B%7D", kind=QUERY, body="ASK {}"),
    Attack("a form without a query", 400, method="POST", kind=FORM, body="format=json"),
    Attack("a slip of the pen", 400, "SELECT * { ?s ?p }"),
    Attack("brackets without end", 400, "ASK { FILTER(" + "(" * 9999 + "1" + ")" * 9999 + ") }"),
    Attack("an answer in a form that there is not", 406, "ASK {}", headers={"Accept": "image/png"}),
    Attack("a name that leads here from elsewhere", 421, "ASK {}", headers={"Host": "attacker.example"}),
    Attack("a path out of the site", 404, path="/../../../../etc/passwd"),
    Attack("a path out of the site, escaped", 404, path="/%2e%2e/%2e%2e/etc/passwd"),
    Attack("a thing that is none", 404, path="/id/%3E%20%7D%20INSERT%20DATA%20%7B", headers={"Accept": "text/turtle"}),
]


def sent(endpoint: Endpoint, attack: Attack, trap: str) -> tuple[int, str]:
    """The status and the body of the answer, by the plainest of clients, which sends what it is told."""
    host, _, port = endpoint.home.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    parameters = dict(attack.parameters, **({"query": attack.query} if attack.query else {}))
    path = attack.path + (
        f"?{urlencode({k: v.replace('TRAP', trap) for k, v in parameters.items()})}" if parameters else ""
    )
    headers = dict(attack.headers, **({"Content-Type": attack.kind} if attack.kind else {}))
    try:
        connection.request(attack.method, path, attack.body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused(attack: Attack, endpoint: Endpoint, trap: Trap) -> None:
    status, said = sent(endpoint, attack, trap.url)
    assert (status, trap.calls) == (attack.status, 0), said
    assert "root:" not in said
    assert endpoint.ask("ASK {}").text.strip() == "true"


def test_the_store_itself_cannot_call_out(endpoint: Endpoint, trap: Trap) -> None:
    """Were a SERVICE ever let through, the process behind still could not open a connection."""
    if not Path("/sys/kernel/security/landlock").exists() and not _landlock():
        pytest.skip("this kernel has no Landlock that knows of networks (Linux 6.7)")
    direct = _own_port(endpoint)
    asked = http.client.HTTPConnection("127.0.0.1", direct, timeout=30)
    asked.request("POST", "/query", f"ASK {{ SERVICE <{trap.url}> {{ ?a ?b ?c }} }}", {"Content-Type": QUERY})
    assert asked.getresponse().status == 500
    asked.close()
    assert trap.calls == 0


def _landlock() -> bool:
    import ctypes  # noqa: PLC0415 - of this one test

    version: int = ctypes.CDLL(None, use_errno=True).syscall(444, None, 0, 1)
    return version >= 4


def _own_port(endpoint: Endpoint) -> int:
    """The private port of one of the endpoint's processes."""
    command = Path(f"/proc/{endpoint.servers()[0]}/cmdline").read_bytes().split(b"\0")
    return int(command[command.index(b"--bind") + 1].rpartition(b":")[2])


def test_the_list_of_attacks_is_the_one_in_the_readme() -> None:
    """`UPDATE_README=1` writes it anew."""
    readme = Path(__file__).parents[2] / "cli" / "endpoint" / "README.md"
    before, rest = readme.read_text(encoding="utf8").split("<!-- attacks -->\n")
    _, after = rest.split("<!-- end of attacks -->")
    rows = "".join(f"| {attack.name} | {attack.status} |\n" for attack in ATTACKS)
    table = f"| what is tried | status |\n|---|---|\n{rows}"
    written = f"{before}<!-- attacks -->\n{table}<!-- end of attacks -->{after}"
    if os.environ.get("UPDATE_README"):
        readme.write_text(written, encoding="utf8")
    assert readme.read_text(encoding="utf8") == written
