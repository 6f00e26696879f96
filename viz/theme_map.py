"""The theme map: which themes go together in the findings of which inspections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, zip_longest

import networkx as nx

import ontology
import queries
from viz.layout import positions
from viz.network import View

POLARITIES = ("strength", "weakness", "mixed", "neutral")
EVIDENCE = 6000
"""Findings that one page carries at most; beyond that each theme and authority gives an equal share."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as the page shows it."""

    iri: str
    statement: str
    polarity: str
    inspection: str
    title: str
    page: int | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One inspection, by which the page filters."""

    iri: str
    authority: str
    region: str
    framework: str
    start: str


def theme_map(source: queries.Source, parameters: Mapping[str, str] | None = None) -> View:
    """The view of all themes of `source`, or of those that the question's parameters choose."""
    question = queries.library()["theme-map"]
    answer = queries.table(question, source, parameters)
    visits, findings = _read(answer)
    network = co_occurrence(findings)
    names = _labels(source, network)
    return View(
        name="theme-map",
        title="How themes connect across inspections and authorities",
        nodes=_nodes(network, names, _top_concepts(source)),
        edges=[{"from": a, "to": b} for a, b in sorted((min(e), max(e)) for e in network.edges)],
        data=_data(visits, findings, network),
        sparql=queries.prepare(question, source, parameters or {}),
    )


def co_occurrence(findings: Iterable[Found]) -> nx.Graph:
    """Themes as nodes, an edge where a finding carries both; `weight` counts such findings, `findings` those of a node."""
    network: nx.Graph = nx.Graph()
    for finding in findings:
        for theme in finding.themes:
            network.add_node(theme)
            network.nodes[theme]["findings"] = network.nodes[theme].get("findings", 0) + 1
        for a, b in combinations(finding.themes, 2):
            weight = network.edges[a, b]["weight"] if network.has_edge(a, b) else 0
            network.add_edge(a, b, weight=weight + 1)
    return network


def _read(answer: queries.Table) -> tuple[list[Visit], list[Found]]:
    visits: dict[str, Visit] = {}
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in answer.rows:
        cell = {c: "" if t is None else str(getattr(t, "value", t)) for c, t in zip(answer.columns, row, strict=True)}
        visits.setdefault(
            cell["inspection"],
            Visit(cell["inspection"], cell["name"], cell["region"], cell["framework"], cell["start"]),
        )
        rows[cell["finding"]].append(cell)
    return list(visits.values()), [_found(cells) for cells in rows.values()]


def _found(cells: list[dict[str, str]]) -> Found:
    first = cells[0]
    return Found(
        iri=first["finding"],
        statement=first["statement"],
        polarity=first["polarity"].rpartition("/")[2],
        inspection=first["inspection"],
        title=first["title"],
        page=int(first["page"]) if first["page"] else None,
        themes=tuple(sorted({c["theme"] for c in cells})),
    )


def _labels(source: queries.Source, network: nx.Graph) -> dict[str, str]:
    found = queries.labels(source, network)
    return {theme: found.get(theme, theme.rpartition("/")[2]) for theme in network}


def _top_concepts(source: queries.Source) -> dict[str, str]:
    """The label of the top concept that each theme belongs to."""
    rows = queries.table(queries.library()["themes"], source).rows
    return {str(getattr(theme, "value", "")): str(getattr(top, "value", "")) for theme, top in rows}


def _nodes(network: nx.Graph, names: Mapping[str, str], tops: Mapping[str, str]) -> list[dict[str, object]]:
    placed = positions(network)
    return [
        {"id": theme, "label": names[theme], "group": tops.get(theme, ""), "x": placed[theme][0], "y": placed[theme][1]}
        for theme in sorted(network, key=lambda t: (names[t], t))
    ]


def _data(visits: list[Visit], findings: list[Found], network: nx.Graph) -> dict[str, object]:
    """What the page's script needs: inspections, counts by inspection and polarity, and the evidence itself."""
    number = {v.iri: k for k, v in enumerate(visits)}
    nodes: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    edges: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for finding in findings:
        key = (number[finding.inspection], POLARITIES.index(finding.polarity))
        for theme in finding.themes:
            nodes[theme][key] += 1
        for pair in combinations(finding.themes, 2):
            edges[" ".join(pair)][key] += 1
    shown = list(evidence(findings, EVIDENCE))
    return {
        "polarities": POLARITIES,
        "inspections": [
            {"iri": v.iri, "authority": v.authority, "region": v.region, "framework": v.framework, "start": v.start}
            for v in visits
        ],
        "nodes": {t: _flat(nodes[t]) for t in sorted(network)},
        "edges": {pair: _flat(edges[pair]) for pair in sorted(edges)},
        "findings": [
            [f.iri, f.statement, POLARITIES.index(f.polarity), number[f.inspection], f.title, f.page, list(f.themes)]
            for f in shown
        ],
        "all": len(findings),
        "base": ontology.BASE,
    }


def _flat(counts: Counter[tuple[int, int]]) -> list[list[int]]:
    return [[inspection, polarity, n] for (inspection, polarity), n in sorted(counts.items())]


def evidence(findings: Iterable[Found], most: int) -> Iterator[Found]:
    """At most `most` findings, taken in turn from each theme, inspection and polarity so that none goes without."""
    groups: dict[tuple[str, str, str], list[Found]] = defaultdict(list)
    for finding in findings:
        for theme in finding.themes:
            groups[theme, finding.inspection, finding.polarity].append(finding)
    taken: set[str] = set()
    for turn in zip_longest(*(groups[key] for key in sorted(groups))):
        for finding in turn:
            if finding is not None and finding.iri not in taken and len(taken) < most:
                taken.add(finding.iri)
                yield finding
