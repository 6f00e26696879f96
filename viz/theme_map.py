"""The theme map: which themes go together in the findings of which inspections."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest

import networkx as nx

import ontology
import queries
from viz.layout import positions
from viz.network import View

POLARITIES = ("strength", "weakness", "mixed", "neutral")
EVIDENCE = 37_000
"""Findings whose words one page carries at most; a page of so many weighs about 3 MB."""
LINE = 17
"""Letters in a line of a theme's label; a longer label is broken."""
RADIUS = (5, 24)
"""Of the smallest node, and what the largest has more."""


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
    """One inspection, by which the page filters; a joint one has several authorities."""

    iri: str
    authorities: tuple[str, ...]
    regions: tuple[str, ...]
    framework: str
    start: str


def theme_map(source: queries.Source, parameters: Mapping[str, str] | None = None) -> View:
    """The view of all themes of `source`, or of those that the question's parameters choose."""
    question = queries.library()["theme-map"]
    visits, findings = read_findings(queries.table(question, source, parameters))
    return draw_map(source, visits, findings, parameters or {})


def draw_map(
    source: queries.Source, visits: Sequence[Visit], findings: Sequence[Found], asked: Mapping[str, str]
) -> View:
    """The view of what has been read already."""
    network = co_occurrence(findings)
    names = theme_names(source, network)
    nodes = _nodes(network, names, top_concepts(source))
    return View(
        name="theme-map",
        title="How themes connect across inspections and authorities",
        nodes=nodes,
        edges=[{"from": a, "to": b} for a, b in sorted((min(e), max(e)) for e in network.edges)],
        data=_data(visits, findings, [str(node["id"]) for node in nodes]),
        sparql=queries.prepare(queries.library()["theme-map"], source, asked),
    )


def co_occurrence(findings: Iterable[Found]) -> nx.Graph:
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


def evidence(findings: Sequence[Found], most: int) -> frozenset[str]:
    """The IRIs of at most `most` findings, taken in turn from each theme, inspection and polarity."""
    if len(findings) <= most:
        return frozenset(f.iri for f in findings)
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for finding in findings:
        for theme in finding.themes:
            groups[theme, finding.inspection, finding.polarity].append(finding.iri)
    taken: set[str] = set()
    for turn in zip_longest(*(groups[key] for key in sorted(groups))):
        for iri in turn:
            if len(taken) == most:
                return frozenset(taken)
            if iri is not None:
                taken.add(iri)
    return frozenset(taken)


def read_findings(answer: queries.Table) -> tuple[list[Visit], list[Found]]:
    """Inspections and findings in the order of time, from a row for each theme, authority and passage of a finding."""
    visits: dict[str, list[dict[str, str]]] = defaultdict(list)
    findings: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in answer.rows:
        cell = {c: "" if t is None else str(getattr(t, "value", t)) for c, t in zip(answer.columns, row, strict=True)}
        findings[cell["finding"]].append(cell)
        visits[cell["inspection"]].append(cell)
    came = sorted(map(_visit, visits.values()), key=lambda v: (v.start, v.iri))
    number = {v.iri: k for k, v in enumerate(came)}
    return came, sorted(map(_found, findings.values()), key=lambda f: (number[f.inspection], f.iri))


def _visit(cells: list[dict[str, str]]) -> Visit:
    return Visit(
        iri=cells[0]["inspection"],
        authorities=tuple(sorted({c["name"] for c in cells})),
        regions=tuple(sorted({c["region"] for c in cells if c["region"]})),
        framework=min(c["framework"] for c in cells),
        start=min(c["start"] for c in cells),
    )


def _found(cells: list[dict[str, str]]) -> Found:
    first = min(cells, key=lambda c: (int(c["page"] or 0), c["title"], c["inspection"]))
    return Found(
        iri=first["finding"],
        statement=first["statement"],
        polarity=first["polarity"].rpartition("/")[2],
        inspection=first["inspection"],
        title=first["title"],
        page=int(first["page"]) if first["page"] else None,
        themes=tuple(sorted({c["theme"] for c in cells})),
    )


def theme_names(source: queries.Source, themes: Iterable[str]) -> dict[str, str]:
    """The label of each theme, else the end of its IRI."""
    wanted = sorted(themes)
    found = queries.labels(source, wanted)
    return {theme: found.get(theme, theme.rpartition("/")[2]) for theme in wanted}


def top_concepts(source: queries.Source) -> dict[str, str]:
    """The label of the top concept that each theme belongs to."""
    rows = queries.table(queries.library()["themes"], source).rows
    return {str(getattr(theme, "value", "")): str(getattr(top, "value", "")) for theme, top in rows}


def _nodes(network: nx.Graph, names: Mapping[str, str], tops: Mapping[str, str]) -> list[dict[str, object]]:
    labels = {theme: textwrap.fill(names[theme], LINE, break_on_hyphens=False) for theme in network}
    most = max((count for _, count in network.nodes(data="findings")), default=1)
    share = {theme: network.nodes[theme]["findings"] / most for theme in network}
    placed = positions(network, {theme: _box(label, share[theme]) for theme, label in labels.items()})
    return [
        {"id": theme, "label": labels[theme], "name": names[theme], "group": tops.get(theme, "")}
        | {"x": placed[theme][0], "y": placed[theme][1]}
        for theme in sorted(network, key=lambda t: (names[t], t))
    ]


def _box(label: str, share: float) -> tuple[int, int]:
    """Room for a node with so great a share of the largest one's findings, and for its label."""
    lines = label.split("\n")
    radius = RADIUS[0] + RADIUS[1] * share**0.5
    return max(round(2 * radius), 8 * max(map(len, lines))) + 12, round(2 * radius) + 16 * len(lines) + 12


def _data(visits: Sequence[Visit], findings: Sequence[Found], themes: Sequence[str]) -> dict[str, object]:
    """What the page's script counts and shows; a finding whose words the page does not carry has None for them."""
    number = {v.iri: k for k, v in enumerate(visits)}
    theme = {iri: k for k, iri in enumerate(themes)}
    titles = sorted({f.title for f in findings})
    title = {name: k for k, name in enumerate(titles)}
    carried = evidence(findings, EVIDENCE)
    return {
        "base": ontology.BASE,
        "polarities": POLARITIES,
        "radius": RADIUS,
        "themes": themes,
        "titles": titles,
        "inspections": [
            {"authorities": v.authorities, "regions": v.regions, "framework": v.framework, "start": v.start}
            for v in visits
        ],
        "findings": [
            [number[f.inspection], POLARITIES.index(f.polarity), sorted(theme[t] for t in f.themes)]
            + ([f.iri.removeprefix(ontology.BASE), title[f.title], f.page, f.statement] if f.iri in carried else [])
            for f in findings
        ],
    }
