"""Why a build was not sent, or not to the end.

PublishError
  EmptyBuild       the build holds no document's graph
  StrangersGraphs  graphs of those names are there, and no publish of this dataset sent them
  Busy             another publish of this dataset is under way
  Overtaken        another publish of this dataset began meanwhile
  NotSeen          what was sent to one address cannot be read at the other
  NotEqual         the target does not hold what was sent
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.errors import GraphError


class PublishError(GraphError):
    """A build could not be sent to a triple store."""


class EmptyBuild(PublishError):
    """To send the build at `out` would only remove what is there."""

    def __init__(self, out: Path) -> None:
        self.out = out
        super().__init__(f"{out} holds no document's graph: nothing was sent, and nothing removed")


class StrangersGraphs(PublishError):
    """`graphs` are in the target, and its list of what `dataset` sent does not name them."""

    def __init__(self, target: str, dataset: str, graphs: Sequence[str]) -> None:
        self.target, self.dataset, self.graphs = target, dataset, tuple(graphs)
        more = f" and {len(graphs) - 3} more" if len(graphs) > 3 else ""
        named = ", ".join(graphs[:3])
        super().__init__(f"{target} holds graphs that no publish of '{dataset}' sent: {named}{more}")


class Busy(PublishError):
    """The target's list of `dataset` changes while it is looked at."""

    def __init__(self, target: str, dataset: str) -> None:
        self.target, self.dataset = target, dataset
        super().__init__(f"{target}: another publish of '{dataset}' is under way")


class Overtaken(PublishError):
    """The target's list of `dataset` names another run now; what this one had still to send, it left."""

    def __init__(self, target: str, dataset: str) -> None:
        self.target, self.dataset = target, dataset
        super().__init__(f"{target}: another publish of '{dataset}' began meanwhile, so this one stopped")


class NotSeen(PublishError):
    """The address that is read from does not show what the address that is written to took."""

    def __init__(self, target: str, endpoint: str) -> None:
        self.target, self.endpoint = target, endpoint
        super().__init__(f"what {target} took cannot be read at {endpoint}: do they belong to one store?")


class NotEqual(PublishError):
    """`graphs` differ from the build after they had been sent twice."""

    def __init__(self, target: str, graphs: Sequence[str]) -> None:
        self.target, self.graphs = target, tuple(graphs)
        more = f" and {len(graphs) - 3} more" if len(graphs) > 3 else ""
        super().__init__(f"{target} does not hold what was sent: {', '.join(graphs[:3])}{more}")
