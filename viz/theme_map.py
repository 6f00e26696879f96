"""The theme map: which themes go together in the findings of which inspections."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import networkx as nx

import queries
from viz.answers import rows
from viz.evidence import evidence
from viz.layout import association, positions
from viz.network import View
from viz.said import Item, Said, read

POLARITIES = ("strength", "weakness", "mixed", "neutral")
LINE = 17
"""Letters in a line of a theme's label; a longer label is broken."""
RADIUS = (5, 24)
"""Of the smallest node, and what the largest has more."""
MANY = 500
"""Themes beyond which only the broad ones are drawn until one of them is unfolded."""
ALONE = "Other themes"


def theme_map(source: queries.Source, parameters: Mapping[str, str] | None = None) -> View:
    """The view of all themes of `source`, or of those that the questions' parameters choose."""
    return draw_map(source, read(source, parameters, followed=False), parameters or {})


def draw_map(source: queries.Source, said: Said, asked: Mapping[str, str]) -> View:
    """The view of what has been read already."""
    findings = findings_of(said)
    network = co_occurrence(findings)
    names = theme_names(source, network)
    tops = top_concepts(source)
    groups = {theme: tops.get(theme, ALONE) for theme in network}
    nodes = _nodes(network, names, groups)
    together = communities(network) if len(network) <= MANY else []
    carried = evidence(findings, said, whole=True)
    number = {iri: k for k, iri in enumerate(str(node["id"]) for node in nodes)}
    return View(
        name="theme-map",
        title="How themes connect across inspections and authorities",
        nodes=nodes,
        edges=[{"from": a, "to": b} for a, b in sorted((min(e), max(e)) for e in network.edges)],
        data={
            "polarities": POLARITIES,
            "radius": RADIUS,
            "neighbours": neighbours_of(source, said, asked),
            "groups": _broad(network, groups) if len(network) > MANY else [],
            "communities": [sorted(number[t] for t in c) for c in together],
            "concepts": [carried.concepts[str(node["id"])] for node in nodes],
            "evidence": carried.columns,
        },
        texts=carried.texts,
        sparql="\n\n".join([*said.sparql, queries.prepare(queries.library()["neighbours"], source, asked)]),
    )


def findings_of(said: Said) -> list[Item]:
    """The findings with a theme, inspection by inspection in the order of time, each document in its own order."""
    order = {visit.iri: k for k, visit in enumerate(said.visits)}
    findings = [i for i in said.items.values() if i.kind == "finding" and i.themes and i.label in POLARITIES]
    return sorted(findings, key=lambda i: (order[i.under], i.document, i.at, i.iri))


def co_occurrence(findings: Iterable[Item]) -> nx.Graph:
    """Themes as nodes, an edge where a finding carries both; `findings` counts those of a node, `weight` of an edge."""
    nodes: Counter[str] = Counter()
    edges: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        nodes.update(finding.themes)
        edges.update(combinations(sorted(finding.themes), 2))
    network: nx.Graph = nx.Graph()
    network.add_nodes_from((theme, {"findings": count}) for theme, count in sorted(nodes.items()))
    network.add_weighted_edges_from((a, b, count) for (a, b), count in sorted(edges.items()))
    return network


def neighbours_of(source: queries.Source, said: Said, asked: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of each authority's statistical neighbours, as far as inspections of them are known."""
    known = {name for visit in said.visits for name in visit.authorities}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(source, "neighbours", asked):
        if row["neighbour"] in known:
            found[row["name"]].append(row["neighbour"])
    return found


def communities(network: nx.Graph) -> list[list[str]]:
    """Themes that go together more than with others, the largest such group first; a theme alone is in none."""
    linked: nx.Graph = nx.Graph()
    linked.add_nodes_from(network)
    linked.add_weighted_edges_from((a, b, association(network, a, b)) for a, b in network.edges)
    found = nx.community.greedy_modularity_communities(linked, weight="weight") if network.edges else []
    return sorted((sorted(c) for c in found if len(c) > 1), key=lambda c: (-len(c), c))


def theme_names(source: queries.Source, themes: Iterable[str]) -> dict[str, str]:
    """The label of each theme, else the end of its IRI."""
    wanted = sorted(themes)
    found = queries.labels(source, wanted)
    return {theme: found.get(theme, theme.rpartition("/")[2]) for theme in wanted}


def top_concepts(source: queries.Source) -> dict[str, str]:
    """The label of the top concept that each theme belongs to."""
    rows = queries.table(queries.library()["themes"], source).rows
    return {str(getattr(theme, "value", "")): str(getattr(top, "value", "")) for theme, top in rows}


def _nodes(network: nx.Graph, names: Mapping[str, str], groups: Mapping[str, str]) -> list[dict[str, object]]:
    labels = {theme: textwrap.fill(names[theme], LINE, break_on_hyphens=False) for theme in network}
    placed = _placed(network, labels) if len(network) <= MANY else dict.fromkeys(network, (0, 0))
    return [
        {"id": theme, "label": labels[theme], "name": names[theme], "group": groups[theme]}
        | {"x": placed[theme][0], "y": placed[theme][1]}
        for theme in sorted(network, key=lambda t: (names[t], t))
    ]


def _placed(network: nx.Graph, labels: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    most = max((count for _, count in network.nodes(data="findings")), default=1)
    return positions(network, {n: _box(labels[n], network.nodes[n]["findings"] / most) for n in network})


def _broad(network: nx.Graph, groups: Mapping[str, str]) -> list[dict[str, object]]:
    """Name, label and place of each broad theme in a map too large to be drawn at once."""
    broad: nx.Graph = nx.Graph()
    for theme, count in network.nodes(data="findings"):
        before = broad.nodes[groups[theme]]["findings"] if groups[theme] in broad else 0
        broad.add_node(groups[theme], findings=before + count)
    for a, b, weight in network.edges(data="weight"):
        if groups[a] != groups[b]:
            before = broad.get_edge_data(groups[a], groups[b], {"weight": 0})["weight"]
            broad.add_edge(groups[a], groups[b], weight=before + weight)
    labels = {name: textwrap.fill(name, LINE, break_on_hyphens=False) for name in broad}
    placed = _placed(broad, labels)
    return [{"name": n, "label": labels[n], "x": placed[n][0], "y": placed[n][1]} for n in sorted(broad)]


def _box(label: str, share: float) -> tuple[int, int]:
    """Room for a node with so great a share of the largest one's findings, and for its label."""
    lines = label.split("\n")
    radius = RADIUS[0] + RADIUS[1] * share**0.5
    return max(round(2 * radius), 8 * max(map(len, lines))) + 12, round(2 * radius) + 16 * len(lines) + 12
