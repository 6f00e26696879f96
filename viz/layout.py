"""Where things stand on a page: computed once, the same every time."""

from __future__ import annotations

import networkx as nx

SCALE = 900
"""Half the width of the drawing, in the units of vis-network (pixels at zoom 1)."""


def positions(network: nx.Graph, weight: str = "weight") -> dict[str, tuple[int, int]]:
    """Whole-number coordinates of every node, near to those it has much in common with.

    Nodes without edges stand in a row below the rest, so that they do not push the drawing apart.
    """
    drawn = network.subgraph(sorted(n for n in network if network.degree(n)))
    alone = sorted(n for n in network if not network.degree(n))
    placed: dict[str, tuple[int, int]] = {}
    if drawn:
        ordered: nx.Graph = nx.Graph()
        ordered.add_nodes_from(sorted(drawn))
        ordered.add_weighted_edges_from(sorted((min(a, b), max(a, b), w) for a, b, w in drawn.edges(data=weight)))
        start = nx.circular_layout(ordered)
        distance = {(a, b): 1 / (1 + w) ** 0.5 for a, b, w in ordered.edges(data="weight")}
        nx.set_edge_attributes(ordered, distance, "distance")
        found = nx.kamada_kawai_layout(ordered, pos=start, weight="distance")
        placed = {n: (round(x * SCALE * 1.3), round(y * SCALE)) for n, (x, y) in found.items()}
    step = 2 * SCALE // max(len(alone), 1)
    placed |= {n: (-SCALE + k * step + step // 2, round(SCALE * 1.25)) for k, n in enumerate(alone)}
    return placed
