"""A drawing of things in columns and rows: what the views share that are no map.

A view says what its nodes and lines are; the page filters, searches and shows the evidence of any of them alike.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from viz.evidence import evidence
from viz.network import View
from viz.said import Item, Said

LINE = 29
"""Letters in a line of a box."""
LINES = 3
BOX = (252, 15)
"""The width of a box and the height of a line in it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing drawn: a box with words or a shape with a label, and the items that it stands for."""

    id: str
    name: str
    kind: str
    tone: str
    x: int
    y: int
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By filter, the choices under which the node is shown; without an entry it always is."""
    size: int = 0
    """Of a shape; 0 means a box with the name in it."""
    label: str | None = None
    """What a shape bears, where it is not its name."""
    tier: int = 0
    """Nodes and lines of tier 1 are shown when everything is asked for."""
    page: str = ""
    """The file beside this one that tells more."""
    group: str = ""
    """The node that stands for this one while its group is folded."""
    stands: bool = False
    """Whether the node is drawn only while the group that it stands for is folded."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One line from a node to another."""

    a: str
    b: str
    kind: str
    notes: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    width: float = 1.5
    tier: int = 0
    sure: float = 1
    """How sure the link is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node or line as the legend names it; tones are colours with a sign of their own."""

    id: str
    label: str
    tone: str = "plain"
    dashed: bool = False
    arrow: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Diagram:
    """A whole drawing; columns and rows are headings with the middle of what they head."""

    name: str
    title: str
    intro: str
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    kinds: Sequence[Kind]
    lines: Sequence[Kind]
    columns: Sequence[tuple[str, int]] = ()
    rows: Sequence[tuple[str, int]] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    """Names of the filters by id."""
    empty: str = "This graph holds nothing to draw here."
    chain: bool = False
    """Whether a chosen node lights all that leads to it and all that follows from it, not its neighbours alone."""
    stacks: bool = False
    """Whether nodes that are left move up when groups are folded."""
    linked: bool = False
    """Whether a node without a visible line is left out."""
    order: Sequence[str] = ()
    """Nodes to list beside the picture while none is chosen, under the heading `ordered`."""
    ordered: str = "Click a shape or a line"
    box: tuple[int, int, int] = (BOX[0], LINE, LINES)
    """The width of a box, and the letters of a line and the lines in it."""
    tiers: tuple[str, str] = ("the main ones", "all")
    heading: int = 24
    """Letters in a line of a column's heading."""


def drawn(diagram: Diagram, said: Said, sparql: Iterable[str]) -> View:
    """The view of a diagram, its words carried once each."""
    number: dict[str, int] = {}
    words: list[Item] = []
    for items in [n.items for n in diagram.nodes] + [e.items for e in diagram.edges]:
        for item in items:
            if number.setdefault(item.iri, len(words)) == len(words):
                words.append(item)
    at = {n.id: k for k, n in enumerate(diagram.nodes)}
    carried = evidence(words, said)
    return View(
        name=diagram.name,
        title=diagram.title,
        nodes=[{"id": n.id, "label": "", "name": n.name, "x": n.x, "y": n.y} for n in diagram.nodes],
        edges=[{"from": e.a, "to": e.b} for e in diagram.edges],
        data={
            "intro": diagram.intro,
            "empty": diagram.empty,
            "chain": diagram.chain,
            "stacks": diagram.stacks,
            "linked": diagram.linked,
            "order": [*diagram.order],
            "ordered": diagram.ordered,
            "tiers": diagram.tiers,
            "filters": dict(diagram.filters),
            "columns": [(_heading(words, diagram.heading), x) for words, x in diagram.columns],
            "rows": [*diagram.rows],
            "box": diagram.box[:1],
            "kinds": [_kind(k) for k in diagram.kinds],
            "lines": [_kind(k) for k in diagram.lines],
            "nodes": [_node(n, number, diagram.box) | {"group": at.get(n.group, -1)} for n in diagram.nodes],
            "edges": [_edge(e, number) for e in diagram.edges],
            "evidence": carried.columns,
        },
        texts=carried.texts,
        sparql="\n\n".join(sparql),
        template="diagram",
    )


def grouped(nodes: Sequence[Node], key: Callable[[Node], tuple[str, str]]) -> list[Node]:
    """The nodes with one more for each group of several: `key` gives a node's group and what the group is called."""
    groups: dict[str, list[Node]] = defaultdict(list)
    names: dict[str, str] = {}
    for node in nodes:
        group, name = key(node)
        groups[group].append(node)
        names[group] = name
    several = {group for group, members in groups.items() if len(members) > 1}
    return [
        *(replace(n, group=f"group/{g}") if (g := key(n)[0]) in several else n for n in nodes),
        *(_standing(group, names[group], groups[group]) for group in sorted(several)),
    ]


def _standing(group: str, name: str, members: Sequence[Node]) -> Node:
    """The box that is drawn while a group is folded, under each choice that shows one of its members."""
    tones = Counter(n.tone for n in members)
    tags: dict[str, set[str]] = defaultdict(set)
    for node in members:
        for choice, values in node.tags.items():
            tags[choice] |= set(values)
    first = members[0]
    return Node(
        id=f"group/{group}",
        name=f"{len(members)} × {name}",
        kind=first.kind,
        tone=tones.most_common(1)[0][0],
        x=first.x,
        y=first.y,
        tags={choice: tuple(sorted(values)) for choice, values in tags.items()},
        stands=True,
    )


def boxed(words: str, width: int = LINE, lines: int = LINES) -> str:
    """The words as they stand in a box: a few lines, the last with three dots where there are more."""
    if lines == 1:
        return words if len(words) <= width else words[: width - 1].rstrip() + "…"
    found = textwrap.wrap(words, width, max_lines=lines, placeholder="…", break_on_hyphens=False)
    return "\n".join(found)


def height(name: str) -> int:
    """The height of a box with such words, with room to the next one."""
    return BOX[1] * len(boxed(name).split("\n")) + 26


def stacked(columns: Sequence[Sequence[Node]], gap: int = 0) -> dict[str, int]:
    """The middles of boxes that stand over each other in columns, each column beginning at the top."""
    places: dict[str, int] = {}
    for column in columns:
        down = 0
        for node in column:
            places[node.id] = down + height(node.name) // 2
            down += height(node.name) + gap
    return places


def _heading(words: str, width: int) -> str:
    """At most five lines for the top of a column: the first as it is, the rest wrapped."""
    first, _, rest = words.partition("\n")
    return f"{first}\n{boxed(rest, width, 4)}" if rest else first


def _kind(kind: Kind) -> dict[str, object]:
    return {
        "id": kind.id,
        "label": kind.label,
        "tone": kind.tone,
        "dashed": kind.dashed,
        "arrow": kind.arrow,
        "shown": kind.shown,
    }


def _edge(edge: Edge, number: Mapping[str, int]) -> list[object]:
    return [edge.kind, edge.notes, [number[i.iri] for i in edge.items], edge.width, edge.tier, edge.sure]


def _node(node: Node, number: Mapping[str, int], box: tuple[int, int, int]) -> dict[str, object]:
    return {
        "kind": node.kind,
        "tone": node.tone,
        "size": node.size,
        "label": boxed(node.name, *box[1:]) if not node.size else node.name if node.label is None else node.label,
        "notes": node.notes,
        "items": [number[i.iri] for i in node.items],
        "tags": {k: [*v] for k, v in node.tags.items()},
        "tier": node.tier,
        "page": node.page,
        "stands": node.stands,
        "tall": height(node.name) + 8 if not node.size else 0,
    }
