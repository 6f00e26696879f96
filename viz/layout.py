"""Where things stand on a page: computed once, the same every time.

networkx gives the distances, and numpy the places; networkx's own layout of this kind would add scipy to what a
reader of this project has to install.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
ASPECT = 1.65
"""Width by height of the drawing, that of the place it has on an ordinary screen."""
ROOM = 1.3
"""The area of the drawing by that of all boxes: less gets tight, more makes the letters small."""
NEAREST = 4
"""Each node is drawn near to so many others; all pairs would pull everything into one ball."""
ROUNDS = 300
APART = 300


def positions(network: nx.Graph, boxes: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Whole-number coordinates of every node, near to those it goes with and with no two boxes over each other.

    A node has its weight in the attribute `findings`, an edge in `weight`; `boxes` gives the width and height that a
    node takes with its label.
    """
    names = sorted(network)
    if not names:
        return {}
    sizes = np.array([boxes[n] for n in names], dtype=float)
    height = math.sqrt(ROOM * float((sizes[:, 0] * sizes[:, 1]).sum()) / ASPECT)
    frame = np.array([height * ASPECT, height])
    points = _parted(_spread(_stressed(_distances(network, names))) * frame, sizes, frame)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return {n: (round(float(x)), round(float(y))) for n, (x, y) in zip(names, points, strict=True)}


def association(network: nx.Graph, a: str, b: str) -> float:
    """How much of two nodes' findings they share, from 0 to 1 (the cosine of both)."""
    both = network.nodes[a]["findings"] * network.nodes[b]["findings"]
    return float(network.edges[a, b]["weight"]) / math.sqrt(both)


def _distances(network: nx.Graph, names: list[str]) -> Points:
    """Lengths of the shortest ways along each node's strongest edges; parts without a way stand a little farther."""
    near: nx.Graph = nx.Graph()
    near.add_nodes_from(names)
    for a in names:
        strongest = sorted(network[a], key=lambda b: (-association(network, a, b), b))[:NEAREST]
        near.add_weighted_edges_from((a, b, 1.2 - association(network, a, b)) for b in strongest)
    lengths = dict(nx.all_pairs_dijkstra_path_length(near))
    farthest = max((d for ways in lengths.values() for d in ways.values()), default=1.0)
    missing = max(farthest * 0.8, 1.0)
    return np.array([[lengths[a].get(b, missing) if a != b else 0.0 for b in names] for a in names])


def _stressed(distances: Points) -> Points:
    """Points in the plane whose distances come near to those wanted (stress majorisation, from a circle)."""
    count = len(distances)
    turn = 2 * np.pi * np.arange(count) / count
    points: Points = np.column_stack([np.cos(turn), np.sin(turn)])
    if count < 3:
        return points
    weights = np.divide(1.0, distances**2, out=np.zeros_like(distances), where=distances > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(ROUNDS):
        apart = np.linalg.norm(points[:, None] - points[None], axis=2)
        ratio = np.divide(weights * distances, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        points = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points)
    return points


def _spread(points: Points) -> Points:
    """The points turned so that the longest way lies across, and evened out over the square from 0 to 1."""
    points = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    points = points @ axes.T
    extent = np.maximum(np.abs(points).max(axis=0), 1e-9)
    points = points / extent
    # from a disc to a square, so that the corners are used
    widest = np.maximum(np.abs(points).max(axis=1), 1e-9)
    points = points * np.minimum(np.linalg.norm(points, axis=1) / widest, 1.42)[:, None]
    share = (points - points.min(axis=0)) / np.maximum(points.max(axis=0) - points.min(axis=0), 1e-9)
    # the middle is crowded: go half the way to an even spread along each side
    rank = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / max(len(points) - 1, 1)
    spread: Points = (share + rank) / 2
    return spread


def _parted(points: Points, sizes: Points, frame: Points) -> Points:
    """The points pushed apart, each pair along the shorter way, until no two boxes lie over each other.

    They are kept inside the frame as long as that may succeed.
    """
    points = points.copy()
    wanted = (sizes[:, None] + sizes[None]) / 2
    order = np.sign(np.subtract.outer(np.arange(len(points)), np.arange(len(points)))).astype(float)
    for turn in range(2 * APART):
        gap = points[:, None] - points[None]
        over = wanted - np.abs(gap)
        both = (over > 0.5).all(axis=2) & (order != 0)
        if not both.any():
            break
        across = both & (over[..., 0] < over[..., 1])
        side = np.where(gap == 0, order[..., None], np.sign(gap))
        push = np.where(np.stack([across, both & ~across], axis=2), over * side, 0.0)
        points += 0.3 * push.sum(axis=1)
        if turn < APART:
            points = np.clip(points, sizes / 2, np.maximum(frame - sizes / 2, sizes / 2))
    return points
