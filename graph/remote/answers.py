"""From the bytes of an answer to result objects; only what parses to its end counts as an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import pyoxigraph as ox

from graph.errors import RemoteError

_HELD = 16 * 2**20
"""Bytes of an answer held in memory; what is longer waits in a temporary file."""
_ASKED = "__ASK_RETVAL"
"""The only column of what Virtuoso sends for an ASK: a table with 1, or without rows."""
_TITLE = re.compile(rb"<(?:title|h1)[^>]*>\s*([^<]{1,120})", re.IGNORECASE)


class Body:
    """The bytes of one answer, in memory while they are few; closed when nobody holds them any more."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 - lives as long as the rows read from it
        self.length = 0

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self.length += len(piece)

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def rewound(self) -> IO[bytes]:
        """The body as a file at its start; a parser that holds the file holds the bytes."""
        self._file.seek(0)
        return cast("IO[bytes]", self)

    def start(self) -> bytes:
        return self.rewound().read(400)

    def end(self) -> bytes:
        self._file.seek(max(0, self.length - 400))
        return self._file.read()

    def __del__(self) -> None:
        self._file.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """A service's whole answer to one request: its headers by lower-case name, and its bytes."""

    endpoint: str
    headers: Mapping[str, str]
    body: Body

    @property
    def virtuoso(self) -> bool:
        return self.headers.get("server", "").startswith("Virtuoso")

    @property
    def cap(self) -> int | None:
        """The number of rows to which the service says that it cuts."""
        said = self.headers.get("x-sparql-maxrows", "")
        return int(said) if said.isdigit() else None


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that has been read to its end once and can be read again."""

    columns: tuple[str, ...]
    count: int
    body: Body

    def solutions(self) -> ox.QuerySolutions:
        answer = _parsed(self.body)
        assert isinstance(answer, ox.QuerySolutions)
        return answer


def rows(reply: Reply) -> Rows | bool:
    """The rows of a SELECT, or the answer to an ASK; RemoteError where the bytes are neither, or break off."""
    try:
        return _read(reply.body)
    except (SyntaxError, ValueError) as error:
        problem = str(error)
    # not inside the handler: its frames hold a parser, which only the thread that made it may drop
    raise _no_answer(reply, problem)


def _read(body: Body) -> Rows | bool:
    answer = _parsed(body)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    columns = tuple(variable.value for variable in answer.variables)
    count, last = 0, None
    for row in answer:  # the parser is lazy: a broken end shows only when it is reached
        count, last = count + 1, row
    if columns == (_ASKED,):
        return last is not None and isinstance(last[0], ox.Literal) and last[0].value not in ("0", "false")
    return Rows(columns, count, body)


def boolean(value: bool) -> ox.QueryBoolean:
    answer = ox.parse_query_results(json.dumps({"head": {}, "boolean": value}), ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)
    return answer


def triples(reply: Reply) -> list[ox.Triple]:
    """The triples that a service sent for a CONSTRUCT or DESCRIBE."""
    try:
        return [quad.triple for quad in ox.parse(reply.body.rewound(), format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        problem = str(error)
    raise _no_answer(reply, problem)


def graph(sent: Iterable[ox.Triple]) -> ox.QueryTriples:
    """Triples, each once, as the embedded store gives them."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in sent)
    answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryTriples)
    return answer


def joined(columns: tuple[str, ...], found: Iterable[ox.QuerySolution]) -> Rows:
    """Rows of several answers as one table."""
    body, count = Body(), 0
    body.write(json.dumps({"head": {"vars": columns}}).encode()[:-1] + b', "results": {"bindings": [')
    for row in found:
        bound = {column: _plain(row[column]) for column in columns if row[column] is not None}
        body.write((b",\n" if count else b"\n") + json.dumps(bound, ensure_ascii=False).encode())
        count += 1
    body.write(b"]}}")
    return Rows(columns, count, body)


def _parsed(body: Body) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(body.rewound(), ox.QueryResultsFormat.JSON)


def _plain(term: object) -> dict[str, object]:
    """A term in the JSON format of query results."""
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal() if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        case ox.Literal():
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case ox.Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _plain(part) for name, part in parts.items()}}
    raise TypeError(f"{term!r} is no term of RDF")


def _no_answer(reply: Reply, problem: str) -> RemoteError:
    start, end = reply.body.start(), reply.body.end()
    if start.lstrip()[:1] == b"<" or "html" in reply.headers.get("content-type", ""):
        title = _TITLE.search(start)
        named = f" (“{title[1].decode('utf8', 'replace').strip()}”)" if title else ""
        page = f"answered with a web page{named}, not with results: is it a SPARQL service?"
        return RemoteError(reply.endpoint, page)
    said = end[-300:].decode("utf8", "replace").strip()
    return RemoteError(reply.endpoint, f"the answer does not parse to its end ({problem}): … {said}")
