"""A labelled sentence beside the finding that says it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.evaluation.label_files import Labelled
from graph.evaluation.told import Told

FINDING, OTHER = "finding", "no finding"


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled sentence, the document it is in, and the finding that says it."""

    asked: Labelled
    document: str
    told: Told | None

    def right(self, scheme: str) -> frozenset[str] | None:
        """What readers gave; where they held two polarities defensible and the graph has one of them, that one."""
        given = self.asked.labels.get(scheme)
        if scheme == "polarity" and self.told and self.asked.also_right in self.told.ids("polarity"):
            return frozenset({self.asked.also_right})
        return given

    def got(self, scheme: str) -> frozenset[str]:
        return self.told.ids(scheme) if self.told else frozenset()
