"""Authorities and themes: who shares weaknesses, and who is strong where others are weak."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import queries
from viz.authority_story import balance
from viz.diagram import Diagram, Edge, Kind, Node, drawn
from viz.network import View
from viz.said import Item, Said
from viz.theme_map import Found, Visit, read_findings, theme_names, top_concepts

OWN = 1
"""Lines of each authority and polarity, the strongest first, that are drawn without being asked for."""
QUOTED = 2
"""Statements that a line carries."""
LEAST = 2
"""Strengths and weaknesses together that a line needs: one sentence is no pattern."""
TALL, STEP, WIDE = 40, 34, 200
"""Things in a column, the way from one to the next, and the width of a column."""
BOX = (184, 24, 1)
KINDS = (Kind("authority", "authorities", "accent"), Kind("theme", "themes", "neutral"))
LINES = (
    Kind("weakness", "mostly weaknesses", "weakness", dashed=True, arrow=False),
    Kind("strength", "mostly strengths", "strength", arrow=False),
    Kind("neutral", "both", "neutral", arrow=False, shown=False),
    Kind("neighbour", "statistical neighbours", "plain", dashed=True, arrow=False),
)


@dataclass(slots=True)
class Pair:
    """What the inspections of one authority say on one theme."""

    counts: Counter[str]
    visits: set[str]
    findings: list[Found]


def authorities_and_themes(source: queries.Source, parameters: Mapping[str, str] | None = None) -> View:
    """The view of all authorities of `source`, or of the one that the parameters choose."""
    question, asked = queries.library()["theme-map"], dict(parameters or {})
    visits, findings = read_findings(queries.table(question, source, asked))
    return draw_pairs(source, visits, findings, asked)


def draw_pairs(
    source: queries.Source,
    visits: Sequence[Visit],
    findings: Sequence[Found],
    asked: Mapping[str, str],
    pages: Mapping[str, str] | None = None,
) -> View:
    """The view of what has been read already."""
    pairs = _pairs(visits, findings)
    regions = {a: (v.regions[0] if v.regions else "No region") for v in visits for a in v.authorities}
    names, tops = theme_names(source, {t for _, t in pairs}), top_concepts(source)
    neighbours = queries.table(queries.library()["neighbours"], source, asked).rows
    between = _authorities(visits, pairs, regions, pages or {})
    themes = _themes(pairs, names, tops, between)
    nodes = [*between, *themes]
    here = {n.id for n in nodes}
    edges = _lines(visits, pairs, names)
    for row in neighbours:
        a, b = sorted(f"authority/{getattr(cell, 'value', '')}" for cell in row)
        if a in here and b in here:
            edges.append(Edge(a, b, "neighbour", width=1, tier=1))
    diagram = Diagram(
        name="authorities-and-themes",
        title="Who is weak and who is strong on which theme",
        intro="Choose a theme to see who is weak and who strong on it; choose an authority for its own and its "
        "neighbours. A line needs two judging findings; no line means too little was written, not that all is well.",
        nodes=nodes,
        edges=sorted({(e.a, e.b, e.kind): e for e in edges}.values(), key=lambda e: (e.a, e.b, e.kind)),
        kinds=KINDS,
        lines=LINES,
        filters={"region": "Region", "top": "Themes of"},
        empty="This graph holds no finding with a theme.",
        order=[n.id for n in nodes if n.kind == "theme"],
        ordered="Themes",
        box=BOX,
        tiers=("strongest lines", "all lines"),
    )
    said = Said({}, (), {})
    return drawn(
        diagram,
        said,
        [queries.prepare(queries.library()[q], source, asked) for q in ("theme-map", "neighbours")],
    )


def _pairs(visits: Sequence[Visit], findings: Iterable[Found]) -> dict[tuple[str, str], Pair]:
    whose = {v.iri: v.authorities for v in visits}
    pairs: dict[tuple[str, str], Pair] = defaultdict(lambda: Pair(Counter(), set(), []))
    for finding in findings:
        for authority in whose[finding.inspection]:
            for theme in finding.themes:
                pair = pairs[authority, theme]
                pair.counts[finding.polarity] += 1
                pair.visits.add(finding.inspection)
                pair.findings.append(finding)
    return pairs


def _said(counts: Counter[str], inspections: int) -> str:
    words = ", ".join(f"{counts[p]} {p}" for p in ("strength", "weakness", "mixed", "neutral") if counts[p])
    return f"{words}; from {inspections} inspection{'s' if inspections != 1 else ''}"


def _authorities(
    visits: Sequence[Visit],
    pairs: Mapping[tuple[str, str], Pair],
    regions: Mapping[str, str],
    pages: Mapping[str, str],
) -> list[Node]:
    """Columns in the middle, region by region."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (authority, _), pair in pairs.items():
        counts[authority].update(pair.counts)
    seen = Counter(a for v in visits for a in v.authorities)
    names = sorted(counts, key=lambda a: (regions.get(a, ""), a))
    columns = -(-len(names) // TALL)
    return [
        Node(
            id=f"authority/{name}",
            name=name,
            kind="authority",
            tone="accent",
            x=round((k % columns + 1.6) * WIDE),
            y=k // columns * STEP,
            notes=(regions.get(name, ""), f"labels of findings by theme: {_said(counts[name], seen[name])}"),
            tags={"region": (regions.get(name, ""),)},
            page=pages.get(name, ""),
        )
        for k, name in enumerate(names)
    ]


def _themes(
    pairs: Mapping[tuple[str, str], Pair],
    names: Mapping[str, str],
    tops: Mapping[str, str],
    between: Sequence[Node],
) -> list[Node]:
    """A column on either side of the authorities, broad theme by broad theme."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    visits: dict[str, set[str]] = defaultdict(set)
    for (_, theme), pair in pairs.items():
        counts[theme].update(pair.counts)
        visits[theme] |= pair.visits
    themes = sorted(counts, key=lambda t: (tops.get(t, ""), names[t], t))
    half = -(-len(themes) // 2)
    right = max((n.x for n in between), default=0) + round(1.6 * WIDE)
    return [
        Node(
            id=theme,
            name=names[theme],
            kind="theme",
            tone=balance(counts[theme]["strength"], counts[theme]["weakness"]),
            x=0 if k < half else right,
            y=k % half * STEP,
            notes=(
                *([f"one of the themes of {tops[theme]}"] if theme in tops else []),
                _said(counts[theme], len(visits[theme])),
            ),
            tags={"top": (tops.get(theme, ""),)},
        )
        for k, theme in enumerate(themes)
    ]


def _lines(visits: Sequence[Visit], pairs: Mapping[tuple[str, str], Pair], names: Mapping[str, str]) -> list[Edge]:
    """A line for each authority and theme with enough to judge; the strongest of each authority come first."""
    visit = {v.iri: v for v in visits}
    ranked: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for (authority, theme), pair in pairs.items():
        kind = balance(pair.counts["strength"], pair.counts["weakness"])
        if pair.counts["strength"] + pair.counts["weakness"] >= LEAST:
            ranked[authority, kind].append((-abs(pair.counts["strength"] - pair.counts["weakness"]), theme))
    edges = []
    for (authority, kind), found in sorted(ranked.items()):
        for place, (_, theme) in enumerate(sorted(found, key=lambda f: (f[0], names[f[1]], f[1]))):
            pair = pairs[authority, theme]
            judged = pair.counts["strength"] + pair.counts["weakness"]
            edges.append(
                Edge(
                    f"authority/{authority}",
                    theme,
                    kind,
                    (_said(pair.counts, len(pair.visits)),),
                    _quoted(pair, kind, visit),
                    width=round(min(4.0, 0.8 + 0.2 * judged), 2),
                    tier=int(place >= OWN or kind == "neutral"),
                )
            )
    return edges


def _quoted(pair: Pair, kind: str, visit: Mapping[str, Visit]) -> tuple[Item, ...]:
    """The newest statements of the line's own polarity."""
    fitting = [f for f in pair.findings if f.polarity == kind] or pair.findings
    newest = sorted(fitting, key=lambda f: (visit[f.inspection].start, f.iri), reverse=True)[:QUOTED]
    return tuple(_item(f, visit[f.inspection]) for f in newest)


def _item(found: Found, visit: Visit) -> Item:
    return Item(
        iri=found.iri,
        kind="finding",
        words=found.statement,
        label=found.polarity,
        themes=(),
        area="",
        section=f"{', '.join(visit.authorities)} · {visit.framework}",
        page=found.page,
        at=0,
        title=found.title,
        under=found.inspection,
        date=visit.start,
        authority=visit.authorities[0],
    )
