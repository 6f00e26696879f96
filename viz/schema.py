"""The ontology itself: its classes, how properties join them, and how often a graph uses each."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import networkx as nx

import queries
from viz.diagram import Diagram, Edge, Kind, Node, drawn
from viz.layout import positions
from viz.network import View
from viz.said import Said

LETTER, LINE = 8, 20
KINDS = (
    Kind("used", "classes with things in this graph", "accent"),
    Kind("unused", "classes without", "neutral"),
    Kind("outside", "classes of other vocabularies", "plain"),
)
LINES = (
    Kind("property", "property", "accent"),
    Kind("unused-property", "property not used here", "neutral", dashed=True),
    Kind("above", "is a kind of", "plain", dashed=True),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property with all that the ontology says of it here."""

    iri: str
    type: str
    label: str
    definition: str
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    uses: int


def schema(source: queries.Source, parameters: Mapping[str, str] | None = None) -> View:
    """The view of the ontology's classes and properties as they stand in `source`."""
    question = queries.library()["schema"]
    terms = _terms(queries.table(question, source, parameters))
    classes = {t.iri: t for t in terms if t.type == "Class"}
    edges = _edges(terms, classes)
    inside = {end for e in edges for end in (e.a, e.b)} | set(classes)
    nodes = _placed([_node(iri, classes.get(iri), terms) for iri in sorted(inside)], edges)
    diagram = Diagram(
        name="schema",
        title="The ontology, with what this graph holds of it",
        intro="Each shape is a class, the larger the more things of it; each line a property from "
        "one class to another. Properties with plain values stand beside their class.",
        nodes=nodes,
        edges=edges,
        kinds=KINDS,
        lines=LINES,
        empty="This source does not hold the ontology.",
        order=[n.id for n in sorted(nodes, key=lambda n: n.name)],
        ordered="Classes",
    )
    return drawn(diagram, Said({}, (), {}), [queries.prepare(question, source, parameters or {})])


def _terms(table: queries.Table) -> list[Term]:
    rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in table.rows:
        cell = {c: "" if t is None else str(getattr(t, "value", t)) for c, t in zip(table.columns, row, strict=True)}
        rows[cell["term"], cell["type"]].append(cell)
    return [_term(iri, kind.rpartition("#")[2], rows[iri, kind]) for iri, kind in sorted(rows)]


def _term(iri: str, kind: str, cells: list[dict[str, str]]) -> Term:
    def all_of(column: str) -> tuple[str, ...]:
        return tuple(sorted({c[column] for c in cells if c[column]}))

    return Term(
        iri=iri,
        type=kind,
        label=min(c["label"] for c in cells) or _short(iri),
        definition=min(c["definition"] for c in cells),
        above=all_of("above"),
        domain=all_of("from"),
        range=all_of("to"),
        uses=max(int(c["uses"]) for c in cells),
    )


def _short(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _edges(terms: list[Term], classes: Mapping[str, Term]) -> list[Edge]:
    edges = [Edge(t.iri, above, "above", width=1.2) for t in terms if t.type == "Class" for above in t.above]
    joined: dict[tuple[str, str, bool], list[Term]] = defaultdict(list)
    for term in terms:
        if term.type == "ObjectProperty":
            for a in term.domain:
                for b in term.range:
                    if a in classes or b in classes:
                        joined[a, b, term.uses > 0].append(term)
    for (a, b, used), found in sorted(joined.items()):
        notes = tuple(f"{t.label} ({t.uses:,}): {t.definition}" for t in found)
        kind = "property" if used else "unused-property"
        edges.append(Edge(a, b, kind, notes, width=min(5.0, 1 + 0.6 * len(found))))
    return edges


def _node(iri: str, term: Term | None, terms: list[Term]) -> Node:
    if term is None:
        name = _short(iri)
        return Node(iri, name, "outside", "plain", 0, 0, notes=(iri,), size=5, label=textwrap.fill(name, 16))
    own = [t for t in terms if iri in t.domain]
    notes = [term.definition, f"{term.uses:,} in this graph", term.iri]
    notes += [
        f"{t.label} ({t.uses:,}){' → ' + ', '.join(map(_short, t.range)) if t.range else ''}: {t.definition}"
        for t in own
    ]
    return Node(
        id=iri,
        name=term.label,
        kind="used" if term.uses else "unused",
        tone="accent" if term.uses else "neutral",
        x=0,
        y=0,
        notes=tuple(n for n in notes if n),
        size=round(6 + 3 * len(str(term.uses))) if term.uses else 6,
        label=textwrap.fill(term.label, 16, break_on_hyphens=False) + (f"\n{term.uses:,}" if term.uses else ""),
    )


def _placed(nodes: list[Node], edges: list[Edge]) -> list[Node]:
    """The nodes near to those they are joined with, none over another."""
    network: nx.Graph = nx.Graph()
    degree: dict[str, int] = defaultdict(int)
    for e in edges:
        degree[e.a] += 1
        degree[e.b] += 1
    network.add_nodes_from((n.id, {"findings": max(degree[n.id], 1)}) for n in nodes)
    network.add_weighted_edges_from((e.a, e.b, 1) for e in edges if e.a != e.b)
    boxes = {}
    for n in nodes:
        lines = (n.label or n.name).split("\n")
        boxes[n.id] = max(2 * n.size, LETTER * max(map(len, lines))) + 26, 2 * n.size + LINE * len(lines) + 20
    places = positions(network, boxes)
    return [replace(n, x=places[n.id][0], y=places[n.id][1]) for n in nodes]
