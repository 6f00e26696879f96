"""The red thread: what was found, what was asked for, what was promised, and what was seen later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import queries
from viz.diagram import BOX, Diagram, Edge, Kind, Node, drawn, grouped, stacked
from viz.network import View
from viz.said import Item, Said, links, read

MOST = 250
"""Statements that are drawn without being asked for; beyond them only the surest link from each earlier one is."""
ROOM = 1500
"""Statements that one page draws at all; of more links the surest are kept."""
GAP = 90
"""Between two columns, for the lines."""
ROUNDS = 6
STAGES = {"finding": 0, "recommendation": 1, "action": 2}
KINDS = (
    Kind("finding", "findings", "neutral"),
    Kind("recommendation", "recommendations", "accent"),
    Kind("action", "actions", "plain"),
)
LINES = (
    Kind("arisesFrom", "asked for because", "plain"),
    Kind("addresses", "answered by", "accent"),
    Kind("resolved", "resolved", "strength"),
    Kind("recurs", "recurs", "weakness", dashed=True),
    Kind("contradicts", "contradicts", "mixed", dashed=True),
    Kind("followed-up", "looked at again", "neutral", dashed=True),
)


def red_thread(
    source: queries.Source,
    parameters: Mapping[str, str] | None = None,
    said: Said | None = None,
    rows: Sequence[Mapping[str, str]] | None = None,
) -> View:
    """The threads of `source`, or of the authority and theme that the parameters choose.

    What is known already may be handed over as `said` (with its questions) and `rows`; else the source is asked.
    """
    asked = dict(parameters or {})
    known = said or read(source, {k: v for k, v in asked.items() if k == "authority"})
    sparql = known.sparql if said else (thread_sparql(source, asked), *known.sparql)
    every = [r for r in (links(source, asked) if rows is None else rows) if _ends(r, known)]
    found = _surest(every)
    names = sorted({a for v in known.visits for a in v.authorities})
    of = f" in {names[0]}" if len(names) == 1 else ""
    diagram = Diagram(
        name="red-thread",
        title=f"The red thread{of}: found, asked, promised, seen again",
        intro="Time runs from left to right. A click lights the whole thread through a statement. "
        "Lines to a later inspection are inferred; the surer, the wider."
        + (f" The page has the surest {len(found):,} of {len(every):,} links." if len(found) < len(every) else ""),
        nodes=(nodes := _nodes(found, known)),
        edges=_edges(found),
        kinds=KINDS,
        lines=LINES,
        columns=_headings(nodes, known),
        filters={"theme": "Theme", "authority": "Authority"} if len(names) > 1 else {"theme": "Theme"},
        empty="No statement here is linked to a later one: no later inspection or plan is in this graph.",
        chain=True,
        linked=True,
        stacks=True,
        order=[n.id for n in nodes if n.kind == "recommendation"],
        ordered="What was asked for",
        tiers=("surest of each", "all"),
    )
    return drawn(diagram, known, sparql)


def thread_sparql(source: queries.Source, parameters: Mapping[str, str]) -> str:
    """The question behind the threads, as it is asked with these parameters."""
    return queries.prepare(queries.library()["red-thread"], source, parameters)


def _ends(row: Mapping[str, str], known: Said) -> bool:
    return row["earlier"] in known.items and row["later"] in known.items and row["earlier"] != row["later"]


def _surest(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """What documents say themselves, and then the surest links, until the page is full; in their order."""
    ends: set[str] = set()
    kept: set[int] = set()
    ranked = sorted(range(len(rows)), key=lambda k: (-float(rows[k]["confidence"] or 1), k))
    for k in ranked:
        if len(ends | {rows[k]["earlier"], rows[k]["later"]}) > ROOM:
            break
        ends |= {rows[k]["earlier"], rows[k]["later"]}
        kept.add(k)
    return [rows[k] for k in sorted(kept)]


def _line(row: Mapping[str, str]) -> tuple[str, str, str]:
    """Kind and both ends, from what comes first to what follows from it."""
    return row["kind"].replace("#", "/").rpartition("/")[2], row["earlier"], row["later"]


def _edges(rows: Sequence[Mapping[str, str]]) -> list[Edge]:
    surest: dict[str, tuple[float, str]] = {}
    for row in rows:
        if row["confidence"]:
            surest[row["earlier"]] = max(
                surest.get(row["earlier"], (0.0, "")), (float(row["confidence"]), row["later"])
            )
    many = len({end for row in rows for end in (row["earlier"], row["later"])}) > MOST
    edges = []
    for row in rows:
        kind, a, b = _line(row)
        sure = float(row["confidence"] or 1)
        outcome = row["outcome"].rpartition("/")[2].replace("-", " ")
        notes = [f"outcome: {outcome}"] if outcome else []
        notes += [f"confidence {row['confidence']}: {row['reason']}"] if row["confidence"] else ["as the document says"]
        tier = int(many and bool(row["confidence"]) and surest[a][1] != b)
        edges.append(Edge(a, b, kind, tuple(notes), width=round(0.6 + 2.4 * sure, 2), tier=tier, sure=sure))
    return edges


def _nodes(rows: Sequence[Mapping[str, str]], known: Said) -> list[Node]:
    """A box for each statement with a link, in a column for each inspection and stage."""
    ends = sorted({end for row in rows for end in (row["earlier"], row["later"])})
    themes: dict[str, set[str]] = {end: set(known.items[end].themes) for end in ends}
    for row in rows:
        # a thread is shown under the themes of both its ends
        shared = themes[row["earlier"]] | themes[row["later"]]
        themes[row["earlier"]] |= shared & set(known.items[row["later"]].themes)
        themes[row["later"]] |= shared & set(known.items[row["earlier"]].themes)
    columns = _columns([known.items[end] for end in ends], rows, known)
    flat = [[_box(item, themes[item.iri], known) for item in column] for _, _, column in columns]
    down = stacked(flat, 8)
    placed = [replace(n, x=k * (BOX[0] + GAP), y=down[n.id]) for k, column in enumerate(flat) for n in column]
    return grouped(placed, lambda n: _group(n, known))


def _group(node: Node, known: Said) -> tuple[str, str]:
    """Statements of one column on one theme, of one polarity where they are findings."""
    theme = known.name(node.items[0].themes[0]) if node.items[0].themes else "no theme"
    kind = f"{node.tone} in " if node.kind == "finding" else f"{node.kind} on "
    return f"{node.x}/{node.kind}/{node.tone}/{theme}", f"{kind}{theme.lower()}"


def _box(item: Item, themes: set[str], known: Said) -> Node:
    visit = known.visit.get(item.under)
    tags = {"theme": tuple(sorted(known.name(t) for t in themes))}
    if visit:
        tags["authority"] = visit.authorities
    tone = {"recommendation": "accent", "action": "plain"}.get(item.kind, item.label or "neutral")
    return Node(item.iri, item.words, item.kind, tone, 0, 0, (item,), tags=tags, page=known.pages.get(item.under, ""))


def _columns(
    items: Sequence[Item], rows: Sequence[Mapping[str, str]], known: Said
) -> list[tuple[str, int, list[Item]]]:
    """Date of the inspection, stage and statements of each column in the order of time, lines kept short."""
    when = _dates(items, rows, known)
    groups: dict[tuple[str, int], list[Item]] = defaultdict(list)
    for item in items:
        groups[when[item.iri], STAGES[item.kind]].append(item)
    columns = [(*key, sorted(groups[key], key=lambda i: (i.under, i.at, i.iri))) for key in sorted(groups)]
    near: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        near[row["earlier"]].add(row["later"])
        near[row["later"]].add(row["earlier"])
    rank = {i.iri: k / len(column) for _, _, column in columns for k, i in enumerate(column)}
    for turn in range(ROUNDS):
        for _, _, column in columns[:: -1 if turn % 2 else 1]:
            middle = {i.iri: sum(rank[n] for n in near[i.iri]) / max(len(near[i.iri]), 1) for i in column}
            column.sort(key=lambda i: (round(middle[i.iri], 9), i.iri))
            rank |= {i.iri: k / len(column) for k, i in enumerate(column)}
    return columns


def _dates(items: Sequence[Item], rows: Sequence[Mapping[str, str]], known: Said) -> dict[str, str]:
    """The date of each statement's inspection; of an action, that of the inspection it answers."""
    when = {i.iri: i.date for i in items if i.under in known.visit}
    for row in rows:
        if row["later"] not in when and row["earlier"] in when:
            when[row["later"]] = when[row["earlier"]]
    latest = max(when.values(), default="")
    return {i.iri: when.get(i.iri, i.date or latest) for i in items}


def _headings(nodes: Sequence[Node], known: Said) -> list[tuple[str, int]]:
    """What each column holds: the inspections and the stage."""
    columns: dict[int, list[Item]] = defaultdict(list)
    for node in nodes:
        columns[node.x].extend(node.items)
    found = []
    for x, items in sorted(columns.items()):
        visits = sorted({known.visit[i.under].framework for i in items if i.under in known.visit})
        dates = sorted({i.date for i in items if i.under in known.visit and i.date})
        stage = {"finding": "found", "recommendation": "asked for", "action": "promised"}[items[0].kind]
        whose = visits[0] if len(visits) == 1 else f"{len(visits)} inspections" if visits else "action plan"
        found.append((f"{stage} {dates[0] if dates else ''}\n{whose}", x))
    return found


def threads_by_authority(rows: Sequence[Mapping[str, str]], known: Said) -> dict[str, list[Mapping[str, str]]]:
    """By name, the links whose earlier statement is of that authority; only of those that have one."""
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        if row["earlier"] in known.items:
            for authority in known.whose(known.items[row["earlier"]]):
                found[authority].append(row)
    return dict(found)
