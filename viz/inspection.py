"""One inspection: what it judged, found section by section, and asked for, in the order of its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import queries
from viz.authority_story import RANKS
from viz.diagram import Diagram, Edge, Kind, Node, drawn, height
from viz.network import View
from viz.said import Item, Said, Visit, links, read

ACROSS, DOT = 8, 28
"""Findings in a line of a section, and the way from one to the next."""
KINDS = (
    Kind("judgement", "judgements", "g3"),
    Kind("section", "sections", "plain"),
    Kind("strength", "strengths", "strength"),
    Kind("weakness", "weaknesses", "weakness"),
    Kind("mixed", "mixed findings", "mixed"),
    Kind("neutral", "neutral findings", "neutral"),
    Kind("recommendation", "recommendations", "accent"),
)
LINES = (
    Kind("judges", "on the same area", "neutral", dashed=True),
    Kind("arisesFrom", "asked for because", "accent"),
    Kind("theme", "on the same theme", "neutral", shown=False),
)
X = {"judgement": 0, "section": 318, "finding": 482, "recommendation": 860}


def inspection(
    source: queries.Source,
    parameters: Mapping[str, str] | None = None,
    said: Said | None = None,
    rows: Sequence[Mapping[str, str]] | None = None,
) -> View:
    """The inspection that the parameters choose, by `inspection` or as the latest one of `authority`.

    What is known already may be handed over as `said` and `rows`; else the source is asked.
    """
    known = said or read(source, parameters)
    dated = [v for v in known.visits if known.of(v.iri)]
    visit = dated[-1] if dated else Visit("", (), "", "")
    items = known.of(visit.iri)
    if rows is None:
        rows = links(source, {k: v for k, v in (parameters or {}).items() if k == "authority"}) if items else []
    sections = _sections([i for i in items if i.kind == "finding"])
    nodes = _all(items, sections, known)
    title = f"{', '.join(visit.authorities)}: {visit.name}" if items else "No inspection"
    diagram = Diagram(
        name="inspection",
        title=title,
        intro="From left to right: what was judged, what each section found in the order of the document, "
        "and what was asked for.",
        nodes=nodes,
        edges=_edges(nodes, items, sections, rows),
        kinds=KINDS,
        lines=LINES,
        columns=[
            ("judged", 0),
            ("section", X["section"]),
            ("found", X["finding"] + ACROSS * DOT // 2),
            ("asked for", X["recommendation"]),
        ]
        if items
        else [],
        filters={"theme": "Theme"},
        empty="This graph holds no inspection of that name.",
        order=[i.iri for i in items],
        ordered="In the document’s own order",
        stacks=True,
    )
    return drawn(diagram, known, known.sparql or [""])


def _sections(findings: Sequence[Item]) -> list[tuple[str, str, list[Item]]]:
    """Name, area and findings of each section in the order of the document."""
    found: dict[tuple[str, str], list[Item]] = {}
    for item in findings:
        found.setdefault((item.section or "Without a heading", item.area), []).append(item)
    return [(name, area, items) for (name, area), items in found.items()]


def _all(items: Sequence[Item], sections: Sequence[tuple[str, str, list[Item]]], known: Said) -> list[Node]:
    nodes: list[Node] = []
    down = 0
    for k, (name, area, findings) in enumerate(sections):
        lines = -(-len(findings) // ACROSS)
        tall = max(lines * DOT, height(name)) + 24
        label = name if not area or known.name(area).lower() in name.lower() else f"{name} ({known.name(area)})"
        middle = down + tall // 2
        nodes.append(
            Node(
                f"section/{k}",
                label,
                "section",
                "plain",
                X["section"],
                middle,
                tuple(findings),
                _counts(findings),
                _carried(findings, known),
            )
        )
        top = middle - (lines - 1) * DOT // 2
        for n, item in enumerate(findings):
            place = X["finding"] + (n % ACROSS) * DOT, top + (n // ACROSS) * DOT
            tags = {"theme": tuple(known.name(t) for t in item.themes)}
            nodes.append(
                Node(
                    item.iri,
                    item.words,
                    item.label,
                    item.label,
                    *place,
                    (item,),
                    tags=tags,
                    size=9,
                    label="",
                    group=f"section/{k}",
                )
            )
        down += tall
    for kind in ("judgement", "recommendation"):
        nodes += _column([i for i in items if i.kind == kind], kind, known)
    return nodes


def _column(items: Sequence[Item], kind: str, known: Said) -> list[Node]:
    """Boxes under each other from the top."""
    nodes = []
    down = 0
    for item in items:
        name = _name(item, known)
        tone = f"g{RANKS.get(item.label, 2)}" if kind == "judgement" else "accent"
        tags = {"theme": tuple(known.name(t) for t in item.themes)} if kind == "recommendation" else {}
        nodes.append(Node(item.iri, name, kind, tone, X[kind], down + height(name) // 2, (item,), tags=tags))
        down += height(name) + 8
    return nodes


def _name(item: Item, known: Said) -> str:
    return f"{known.name(item.area)}: {item.label.replace('-', ' ')}" if item.kind == "judgement" else item.words


def _carried(findings: Sequence[Item], known: Said) -> dict[str, tuple[str, ...]]:
    return {"theme": tuple(sorted({known.name(t) for i in findings for t in i.themes}))}


def _counts(findings: Sequence[Item]) -> tuple[str, ...]:
    labels = [i.label for i in findings]
    return (", ".join(f"{labels.count(p)} {p}" for p in ("strength", "weakness", "mixed", "neutral")),)


def _edges(
    nodes: Sequence[Node],
    items: Sequence[Item],
    sections: Sequence[tuple[str, str, list[Item]]],
    rows: Sequence[Mapping[str, str]],
) -> list[Edge]:
    here = {n.id for n in nodes}
    edges = [
        Edge(item.iri, f"section/{k}", "judges")
        for k, (_, area, _) in enumerate(sections)
        for item in items
        if item.kind == "judgement" and item.area and item.area == area
    ]
    rests = {
        (r["earlier"], r["later"])
        for r in rows
        if r["kind"].endswith("arisesFrom") and r["earlier"] in here and r["later"] in here
    }
    edges += [Edge(a, b, "arisesFrom", width=2) for a, b in sorted(rests)]
    asked = [i for i in items if i.kind == "recommendation"]
    for finding in (f for _, _, found in sections for f in found if f.label in ("weakness", "mixed")):
        for one in asked:
            if len(set(one.themes) & set(finding.themes)) > 1 and (finding.iri, one.iri) not in rests:
                edges.append(Edge(finding.iri, one.iri, "theme", width=1))
    return edges
