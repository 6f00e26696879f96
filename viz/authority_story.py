"""The story of one authority: its inspections in time, grades on one scale, and the themes that run through them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import queries
from viz.diagram import Diagram, Edge, Kind, Node, drawn
from viz.network import View
from viz.said import Item, Said, read

STEP = (112, 160, 960)
"""The way from one time to the next, the least and the most, and how wide they are together where that allows."""
JUDGED, ROW = 62, 54
"""The way from a row of grades to the next, and from one of themes."""
LETTERS = 8.5
"""The width of a letter of a heading."""
THEMES = 18
"""Themes drawn without being asked for: those most written about."""
MOSTLY = 0.6
"""Of strengths and weaknesses together: from there on one of them has the upper hand."""
RANKS = {
    "outstanding": 4,
    "good": 3,
    "requires-improvement": 2,
    "adequate": 2,
    "inadequate": 1,
    "typically-positive": 4,
    "inconsistent": 2,
    "systemic-failings": 1,
}
AREAS = ("overall", "leadership", "help-and-protection")
KINDS = (
    Kind("judgement", "judgements", "g3"),
    Kind("theme", "findings on a theme", "strength"),
    Kind("recommended", "recommendations", "accent"),
    Kind("scrutiny", "actions and scrutiny", "plain"),
)
LINES = (
    Kind("better", "turns better", "strength"),
    Kind("worse", "turns worse", "weakness", dashed=True),
    Kind("same", "stays", "neutral"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """An inspection, or what happened between two: a heading, and the items by the row that they belong to."""

    key: str
    heading: str
    date: str
    items: tuple[Item, ...]
    inspected: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An area, a theme, or all that was asked for or done."""

    key: str
    title: str
    tier: int = 0


def authority_story(
    source: queries.Source, parameters: Mapping[str, str] | None = None, said: Said | None = None
) -> View:
    """The story of the authority that the parameters choose; without one, of the first by name.

    What is known already may be handed over as `said`; else the source is asked.
    """
    known = said or read(source, parameters)
    names = sorted({a for v in known.visits for a in v.authorities})
    nodes: list[Node] = []
    edges: list[Edge] = []
    name = names[0] if names else "nobody"
    moments = _moments(known, name)
    rows = _rows(moments, known)
    step = max(STEP[0], min(STEP[1], STEP[2] // max(len(moments), 1)))
    places = [*accumulate((JUDGED if "/area/" in row.key else ROW for row in rows), initial=0)]
    for down, row in zip(places, rows, strict=False):
        cells = [(k, moment, _cell(moment, row.key)) for k, moment in enumerate(moments)]
        made = [replace(_node(m, row, items), x=k * step, y=down) for k, m, items in cells if items]
        made = [replace(n, page=known.pages.get(n.page, "")) for n in made]
        nodes += made
        edges += _threads([n for n in made if moments[n.x // step].date])
    diagram = Diagram(
        name="authority-story",
        title=f"The story of {name}",
        intro="Each column is an inspection or what came between; each row an area judged or a theme. "
        "▲ mostly strengths, ▼ mostly weaknesses; a gap means nothing was written, not that all was well."
        + (f" Ask for one of {len(names)} authorities by name." if len(names) > 1 else ""),
        nodes=nodes,
        edges=edges,
        kinds=KINDS,
        lines=LINES,
        columns=[(m.heading, k * step) for k, m in enumerate(moments)],
        rows=[(row.title, down) for down, row in zip(places, rows, strict=False)],
        empty=f"This graph holds no inspection of {name}.",
        tiers=(f"{THEMES} themes", "all themes"),
        order=[n.id for n in nodes if n.kind == "judgement"],
        ordered="What was judged",
        chain=True,
        heading=int(step / LETTERS),
    )
    return drawn(diagram, known, known.sparql or [""])


def _moments(known: Said, name: str) -> list[Moment]:
    """Inspections in time, and between them plans and meetings, each with what it says."""
    found = [
        Moment(v.iri, f"{v.start or 'date not said'}\n{v.framework}", v.start, tuple(known.of(v.iri)), True)
        for v in known.visits
        if name in v.authorities
    ]
    between: dict[str, list[Item]] = defaultdict(list)
    for item in known.items.values():
        if item.under not in known.visit and item.authority == name:
            between[item.document if item.kind == "action" else item.under].append(item)
    for key, items in between.items():
        # a plan has no date of its own here: its earliest deadline stands for it
        date = min((i.date for i in items if i.date), default="")
        what = "Action plan, first due" if items[0].kind == "action" else "Scrutiny"
        found.append(Moment(key, f"{date}\n{what}", date, tuple(items), False))
    return sorted(found, key=lambda m: (m.date or "9999", m.key))


def _rows(moments: Sequence[Moment], known: Said) -> list[Row]:
    """What was judged, what was asked and promised, then the themes by size."""
    items = [i for m in moments for i in m.items]
    areas = sorted(
        {i.area for i in items if i.kind == "judgement"},
        key=lambda a: (AREAS.index(e) if (e := a.rpartition("/")[2]) in AREAS else len(AREAS), known.name(a)),
    )
    rows = [Row(area, known.name(area)) for area in areas]
    if any(i.kind == "recommendation" for i in items):
        rows.append(Row("recommended", "Recommendations"))
    if any(i.kind in ("action", "resolution", "meeting") for i in items):
        rows.append(Row("scrutiny", "Actions and scrutiny"))
    counts = Counter(t for i in items if i.kind == "finding" for t in i.themes)
    themes = sorted(counts, key=lambda t: (-counts[t], known.name(t), t))
    return rows + [Row(t, known.name(t), int(k >= THEMES)) for k, t in enumerate(themes)]


def _cell(moment: Moment, row: str) -> tuple[Item, ...]:
    kinds = {"recommended": ("recommendation",), "scrutiny": ("action", "resolution", "meeting")}
    if row in kinds:
        return tuple(i for i in moment.items if i.kind in kinds[row])
    return tuple(
        i
        for i in moment.items
        if (i.kind == "judgement" and i.area == row) or (i.kind == "finding" and row in i.themes)
    )


def _node(moment: Moment, row: Row, items: tuple[Item, ...]) -> Node:
    """What one time says in one row, at no place yet, with the inspection for its page."""
    kind = (
        "judgement" if items[0].kind == "judgement" else row.key if row.key in ("recommended", "scrutiny") else "theme"
    )
    counts = Counter(i.label for i in items)
    if kind == "judgement":
        tone, label = f"g{RANKS.get(items[0].label, 2)}", items[0].label.replace("-", "\n")
        note = f"{row.title}: {items[0].label.replace('-', ' ')}"
    elif kind == "theme":
        tone, label = balance(counts["strength"], counts["weakness"]), str(len(items))
        note = ", ".join(f"{counts[p]} {p}" for p in ("strength", "weakness", "mixed", "neutral"))
    else:
        tone, label = ("accent" if kind == "recommended" else "plain"), str(len(items))
        note = ", ".join(f"{n} {k}{'s' if n > 1 else ''}" for k, n in sorted(Counter(i.kind for i in items).items()))
    when = moment.heading.replace("\n", ", ")
    return Node(
        id=f"{moment.key} {row.key}",
        name=f"{row.title}, {when}",
        kind=kind,
        tone=tone,
        x=0,
        y=0,
        items=items,
        notes=(note,),
        size=9 if kind == "judgement" else min(16, round(5 + 1.6 * len(items) ** 0.5)),
        label=label,
        tier=row.tier,
        page=moment.key,
    )


def balance(strengths: int, weaknesses: int) -> str:
    """The polarity that has the upper hand, else neutral."""
    judged = strengths + weaknesses
    if judged and strengths / judged >= MOSTLY:
        return "strength"
    return "weakness" if judged and weaknesses / judged >= MOSTLY else "neutral"


def _threads(nodes: Sequence[Node]) -> list[Edge]:
    """Lines along one row from each time to the next; up is better."""
    worth = {"g1": 1, "g2": 2, "g3": 3, "g4": 4, "weakness": 1, "neutral": 2, "strength": 3}
    found = []
    for a, b in pairwise(nodes):
        if a.kind not in ("judgement", "theme"):
            continue
        rise = worth[b.tone] - worth[a.tone]
        kind = "better" if rise > 0 else "worse" if rise < 0 else "same"
        found.append(Edge(a.id, b.id, kind, (f"from {a.notes[0]} to {b.notes[0]}",), width=2.5, tier=b.tier))
    return found
