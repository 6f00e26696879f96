"""Authorities and themes: who shares weaknesses, and who is strong where others are weak."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import queries
from viz.answers import rows
from viz.authority_story import balance
from viz.diagram import Diagram, Edge, Kind, Node, drawn, grouped
from viz.network import View
from viz.said import Item, Said, Visit, read
from viz.theme_map import findings_of, theme_names, top_concepts

OWN = 1
"""Lines of each authority and polarity, the strongest first, that are drawn without being asked for."""
QUOTED = 2
"""Statements that a line carries."""
LEAST = 2
"""Strengths and weaknesses together that a line needs: one sentence is no pattern."""
TALL, STEP, WIDE, APART = 40, 34, 262, 1.35
"""Things in a column, the way from one to the next, the width of a column, and how many of it themes stand away."""
BOX = (232, 29, 1)
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
    findings: list[Item]


def authorities_and_themes(source: queries.Source, parameters: Mapping[str, str] | None = None) -> View:
    """The view of all authorities of `source`, or of the one that the parameters choose."""
    return draw_pairs(source, read(source, parameters, followed=False), parameters or {})


def draw_pairs(
    source: queries.Source,
    said: Said,
    asked: Mapping[str, str],
) -> View:
    """The view of what has been read already."""
    visits, pages = said.visits, said.pages
    pairs = _pairs(visits, findings_of(said))
    regions = {a: (v.regions[0] if v.regions else "No region") for v in visits for a in v.authorities}
    names, tops = theme_names(source, {t for _, t in pairs}), top_concepts(source)
    neighbours = rows(source, "neighbours", asked)
    between = _authorities(visits, pairs, regions, pages)
    themes = _themes(pairs, names, tops, between)
    between = _centred(between, themes)
    nodes = grouped([*between, *themes], lambda n: (f"{n.x}/{n.tags}", next(iter(n.tags.values()))[0] or n.kind))
    here = {n.id for n in nodes}
    edges = _lines(pairs, names)
    for row in neighbours:
        a, b = sorted(f"authority/{row[end]}" for end in ("name", "neighbour"))
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
        stacks=True,
    )
    return drawn(diagram, said, [*said.sparql, queries.prepare(queries.library()["neighbours"], source, asked)])


def _centred(between: Sequence[Node], themes: Sequence[Node]) -> list[Node]:
    """The authorities moved down so that they stand in the middle between the columns of themes."""
    lowest, low = (max((n.y for n in nodes), default=0) for nodes in (themes, between))
    return [replace(n, y=n.y + max(0, lowest - low) // 2) for n in between]


def _pairs(visits: Sequence[Visit], findings: Iterable[Item]) -> dict[tuple[str, str], Pair]:
    whose = {v.iri: v.authorities for v in visits}
    pairs: dict[tuple[str, str], Pair] = defaultdict(lambda: Pair(Counter(), set(), []))
    for finding in findings:
        for authority in whose[finding.under]:
            for theme in finding.themes:
                pair = pairs[authority, theme]
                pair.counts[finding.label] += 1
                pair.visits.add(finding.under)
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
            x=round((k % columns + APART) * WIDE),
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
    right = max((n.x for n in between), default=0) + round(APART * WIDE)
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


def _lines(pairs: Mapping[tuple[str, str], Pair], names: Mapping[str, str]) -> list[Edge]:
    """A line for each authority and theme with enough to judge; the strongest of each authority come first."""
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
                    _quoted(pair, kind),
                    width=round(min(4.0, 0.8 + 0.2 * judged), 2),
                    tier=int(place >= OWN or kind == "neutral"),
                )
            )
    return edges


def _quoted(pair: Pair, kind: str) -> tuple[Item, ...]:
    """The newest statements of the line's own polarity."""
    fitting = [f for f in pair.findings if f.label == kind] or pair.findings
    return tuple(sorted(fitting, key=lambda f: (f.date, f.iri), reverse=True)[:QUOTED])
