"""What a target holds, asked for with queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from graph.publish.manifest import Manifest, manifest_iri, restored
from graph.publish.parts import digest
from graph.remote import RemoteStore
from ontology import DCTERMS

_GRAPHS = 100
"""Graphs counted by one query."""
_PAGE = 10_000


def manifest(asked: RemoteStore, dataset: str) -> tuple[Manifest, list[bytes]]:
    """What the target lists for a dataset, and the N-Triples lines of that list."""
    held = list(_triples(asked, manifest_iri(dataset), 1))
    return restored(held), _lines(held)


def current_run(asked: RemoteStore, dataset: str) -> str:
    """The publish that the target takes for the last one."""
    about = manifest_iri(dataset)
    query = f"SELECT ?run {{ GRAPH <{about}> {{ <{about}> <http://www.w3.org/ns/prov#wasGeneratedBy> ?run }} }}"
    return " ".join(sorted(_iri(row["run"]) for row in _rows(asked, query)))


def counts(asked: RemoteStore, graphs: Sequence[str]) -> dict[str, int]:
    """How many triples the target holds in each of these graphs; 0 where it has no such graph."""
    found = dict.fromkeys(graphs, 0)
    for start in range(0, len(graphs), _GRAPHS):
        named = " ".join(f"<{graph}>" for graph in graphs[start : start + _GRAPHS])
        query = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {named} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        for row in _rows(asked, query):
            number = row["n"]
            # an empty table of groups is one row without a graph to some
            if row["g"] is not None and isinstance(number, ox.Literal):
                found[_iri(row["g"])] = int(number.value)
    return found


def listed_elsewhere(asked: RemoteStore, dataset: str) -> set[str]:
    """The graphs that other datasets list as theirs."""
    query = (
        f"SELECT DISTINCT ?g {{ GRAPH ?m {{ ?entry <{DCTERMS.isPartOf}> ?m ; <{DCTERMS.references}> ?g }} "
        f'FILTER(STRSTARTS(STR(?m), "{manifest_iri("")}") && ?m != <{manifest_iri(dataset)}>) }}'
    )
    return {_iri(row["g"]) for row in _rows(asked, query)}


def digest_there(asked: RemoteStore, graph: str, triples: int) -> str:
    """The digest of a graph as the target gives it back; it should hold so many triples."""
    return digest(_lines(list(_triples(asked, graph, triples))))


def _triples(asked: RemoteStore, graph: str, expected: int) -> Iterator[ox.Triple]:
    """A graph's triples, page by page, until at least as many have come as are expected.

    The pages come in the store's own order, since sorting a large graph anew for each takes Virtuoso minutes: should
    that order not hold, a triple is missed, the digest differs, and the graph is sent again; never the other way.
    """
    came = 0
    while True:
        window = f"LIMIT {_PAGE} OFFSET {came}"
        # no SELECT: Virtuoso takes five times as long to write the same as JSON
        page = asked.triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} {window}")
        yield from page
        came += len(page)
        # a store may send less at once than it is asked for
        if not page or (len(page) < _PAGE and came >= expected):
            return


def _rows(asked: RemoteStore, query: str) -> ox.QuerySolutions:
    answer = asked.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _lines(triples: list[ox.Triple]) -> list[bytes]:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()
