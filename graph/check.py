"""Whether a build is as the shapes ask, graph by graph, and whether the model and a sample of it contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH

from graph import iris
from graph.building.processes import processes
from graph.document.pen import TYPE, ig
from graph.reason import Reasoning, reason
from graph.store import open_store
from ontology import ONTOLOGY_IRI, shapes_file

_INFERRED = iris.inferred_graph("")
_ONTOLOGY = ox.NamedNode(ONTOLOGY_IRI)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that is not as a shape asks, with the way to the words that it comes from."""

    severity: str
    """Violation, Warning or Info."""
    message: str
    focus: str
    """The IRI of what is wrong."""
    path: str
    value: str
    document: str
    """The name of the file that states it; of an inferred graph its rule, of the model "ontology"."""
    page: int | None
    words: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was looked at, what is wrong with it, and what the reasoner says; `conforms` but for warnings and infos."""

    graphs: int
    violations: tuple[Violation, ...]
    reasoning: Reasoning

    @property
    def conforms(self) -> bool:
        contradictory = not self.reasoning.consistent or bool(self.reasoning.unsatisfiable)
        return not contradictory and all(found.severity != "Violation" for found in self.violations)


def check(
    out: Path,
    *,
    workers: int | None = None,
    reasoning: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> CheckResult:
    """Check the build at `out`; `progress` is told how many graphs are done, of how many."""
    store = open_store(out)
    graphs = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    found: list[Violation] = []
    with processes(workers, len(graphs)) as pool:
        for done, some in enumerate(_each(out, graphs, pool), 1):
            found += some
            if progress:
                progress(done, len(graphs))
    answer = reason(_sample(store)) if reasoning else Reasoning(False, missing="it was not asked for")
    return CheckResult(len(graphs), tuple(sorted(found, key=_order)), answer)


def _order(found: Violation) -> tuple[int, str, int, str, str]:
    rank = ("Violation", "Warning", "Info").index(found.severity)
    return rank, found.document, found.page or 0, found.focus, found.message


def _each(out: Path, graphs: Sequence[str], pool: Executor | None) -> Iterator[list[Violation]]:
    if pool is None:
        yield from (check_graph(out, graph) for graph in graphs)
    else:
        for future in as_completed([pool.submit(check_graph, out, graph) for graph in graphs]):
            yield future.result()


@lru_cache(maxsize=1)
def _opened(out: Path) -> ox.Store:
    return open_store(out)


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(shapes_file(), format="turtle")


def check_graph(out: Path, graph: str) -> list[Violation]:
    """What is wrong in one named graph, with the things outside that it refers to known by their classes alone."""
    import pyshacl  # noqa: PLC0415 - it takes a second to load, which only a check should cost

    store, node = _opened(out), ox.NamedNode(graph)
    own = ox.serialize((quad.triple for quad in store.quads_for_pattern(None, None, None, node)), format=_NT) or b""
    data = rdflib.Graph().parse(data=own + _outside(store, node), format="nt")
    described = {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, None, node)}  # type: ignore[union-attr]
    _, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", allow_warnings=True)
    assert isinstance(results, rdflib.Graph)
    return [
        _violation(results, result, store, node)
        for result in results.subjects(rdflib.RDF.type, SH.ValidationResult)
        if str(results.value(result, SH.focusNode)) in described
    ]


_NT = ox.RdfFormat.N_TRIPLES


def _outside(store: ox.Store, graph: ox.NamedNode) -> bytes:
    """The classes of what the graph refers to and does not describe."""
    quads = list(store.quads_for_pattern(None, None, None, graph))
    inside = {quad.subject for quad in quads if quad.predicate == TYPE}
    referred = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)} - inside
    types = (quad.triple for thing in referred for quad in store.quads_for_pattern(thing, TYPE, None, None))
    return ox.serialize(set(types), format=_NT) or b""


def _violation(results: rdflib.Graph, result: rdflib.term.Node, store: ox.Store, graph: ox.NamedNode) -> Violation:
    def said(predicate: rdflib.URIRef) -> str:
        value = results.value(result, predicate)
        return "" if value is None or isinstance(value, rdflib.BNode) else str(value)

    focus = said(SH.focusNode)
    page, words = _words(store, focus)
    return Violation(
        severity=said(SH.resultSeverity).rpartition("#")[2],
        message=said(SH.resultMessage),
        focus=focus,
        path=said(SH.resultPath),
        value=said(SH.value),
        document=_document(store, graph),
        page=page,
        words=words,
    )


def _words(store: ox.Store, focus: str) -> tuple[int | None, str]:
    """The page and words of the first passage that the focus is, or is stated in, or whose statement it is about."""
    node = ox.NamedNode(focus)
    leads = [node]
    for step in ("statedIn", "classifies", "later"):
        leads += [q.object for q in store.quads_for_pattern(node, ig(step), None, None)]  # type: ignore[misc]
    for lead in leads[1:]:
        leads += [q.object for q in store.quads_for_pattern(lead, ig("statedIn"), None, None)]  # type: ignore[misc]
    for lead in sorted(leads, key=str):
        for exact in store.quads_for_pattern(lead, ig("exact"), None, None):
            pages = [int(q.object.value) for q in store.quads_for_pattern(lead, ig("page"), None, None)]  # type: ignore[union-attr]
            return (pages[0] if pages else None), exact.object.value  # type: ignore[union-attr]
    return None, ""


def _document(store: ox.Store, graph: ox.NamedNode) -> str:
    if graph == _ONTOLOGY:
        return "ontology"
    names = store.quads_for_pattern(None, ig("fileName"), None, graph)
    return next((quad.object.value for quad in names), graph.value.removeprefix(_INFERRED))  # type: ignore[union-attr]


def _sample(store: ox.Store) -> list[ox.Triple]:
    """The first document of each kind, and what is inferred of identities, for the reasoner."""
    by_kind: dict[str, list[ox.Quad]] = defaultdict(list)
    kind = ox.NamedNode("http://purl.org/dc/terms/type")
    for quad in sorted(store.quads_for_pattern(None, kind, None, None), key=str):
        by_kind[str(quad.object)].append(quad)
    graphs = [quads[0].graph_name for quads in by_kind.values()]
    graphs.append(ox.NamedNode(iris.inferred_graph("identified-as")))
    return [quad.triple for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]
