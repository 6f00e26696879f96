"""A build sent to a triple store and kept equal to it."""

from graph.publish.errors import (
    Busy,
    EmptyBuild,
    NotEqual,
    NotSeen,
    Overtaken,
    PublishError,
    StrangersGraphs,
)
from graph.publish.run import DATASET, Plan, Progress, Publication, Settings
from graph.publish.target import GraphStore, Target, Updates, read_at

__all__ = [
    "DATASET",
    "Busy",
    "EmptyBuild",
    "GraphStore",
    "NotEqual",
    "NotSeen",
    "Overtaken",
    "Plan",
    "Progress",
    "Publication",
    "PublishError",
    "Settings",
    "StrangersGraphs",
    "Target",
    "Updates",
    "read_at",
]
