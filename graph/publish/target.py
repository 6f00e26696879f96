"""Where graphs are sent to: the two ways in which SPARQL 1.1 writes. All that is done here may be done twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from graph.remote import Service

_CHUNK_TRIPLES = 1000
_CHUNK_BYTES = 2**20
"""What one INSERT DATA holds at most: Virtuoso's compiler gives up at about five thousand triples."""
_READ_AT = {
    "/store": "/query",  # Oxigraph
    "/update": "/query",
    "/sparql-graph-crud-auth": "/sparql-auth",  # Virtuoso
    "/sparql-graph-crud": "/sparql",
    "/sparql-auth": "/sparql-auth",
    "/sparql": "/sparql",
    "/data": "/query",  # Fuseki
    "/rdf-graphs/service": "",  # GraphDB, RDF4J
    "/statements": "",
}


class Target(Protocol):
    """A triple store that takes whole graphs, as N-Triples lines."""

    name: str

    def replace(self, graph: str, lines: Sequence[bytes]) -> None: ...

    def add(self, graph: str, lines: Sequence[bytes]) -> None: ...

    def rewrite(self, graph: str, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        """The new lines in place of the old ones; a break on the way leaves at least what both have."""

    def drop(self, graph: str) -> None: ...


class GraphStore:
    """A target that speaks the Graph Store Protocol: one request for a graph, however large."""

    def __init__(self, service: Service) -> None:
        self.name = service.url
        self._service = service

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        self._service.graph("PUT", graph, _document(lines))

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        self._service.graph("POST", graph, _document(lines))

    def rewrite(self, graph: str, old: Sequence[bytes], new: Sequence[bytes]) -> None:  # noqa: ARG002 - PUT is whole
        self.replace(graph, new)

    def drop(self, graph: str) -> None:
        self._service.graph("DELETE", graph)


class Updates:
    """A target that takes SPARQL updates: a graph comes in several requests, and can be seen half meanwhile."""

    def __init__(self, service: Service) -> None:
        self.name = service.url
        self._service = service

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        first, *rest = _chunks(lines)
        self._service.update(f"DROP SILENT GRAPH <{graph}> ;\n{_data('INSERT', graph, first)}")
        for chunk in rest:
            self._service.update(_data("INSERT", graph, chunk))

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        for chunk in _chunks(lines):
            self._service.update(_data("INSERT", graph, chunk))

    def rewrite(self, graph: str, old: Sequence[bytes], new: Sequence[bytes]) -> None:
        before, after = set(old), set(new)
        self.add(graph, sorted(after - before))
        for chunk in _chunks(sorted(before - after)):
            self._service.update(_data("DELETE", graph, chunk))

    def drop(self, graph: str) -> None:
        self._service.update(f"DROP SILENT GRAPH <{graph}>")


def read_at(url: str) -> str | None:
    """The address at which a store that is written to at `url` answers queries, for the stores that are known.

    >>> read_at("http://localhost:7878/store")
    'http://localhost:7878/query'
    """
    plain = url.partition("?")[0].rstrip("/")
    for end, instead in _READ_AT.items():
        if plain.endswith(end):
            return plain.removesuffix(end) + instead
    return None


def _document(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _data(verb: str, graph: str, lines: Sequence[bytes]) -> str:
    return f"{verb} DATA {{ GRAPH <{graph}> {{\n{_document(lines).decode()}}} }}"


def _chunks(lines: Sequence[bytes]) -> Iterator[list[bytes]]:
    """At most so many triples and so many bytes, but always one."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        if held and (len(held) == _CHUNK_TRIPLES or size + len(line) > _CHUNK_BYTES):
            yield held
            held, size = [], 0
        held.append(line)
        size += len(line)
    if held:
        yield held
