"""How far phrases reach: in how many findings of a graph they stand, before text is read with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.evaluation.told import ToldGraph
from loaders.statements.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Reach:
    """One phrase: in how many of all findings it stands, and of how many documents and authorities."""

    phrase: str
    findings: int
    of: int
    documents: int
    authorities: int

    @property
    def share(self) -> float:
        """The share of all findings."""
        return self.findings / self.of if self.of else 0.0


def reach(graph: ToldGraph, phrases: Iterable[str]) -> tuple[Reach, ...]:
    """Where phrases stand in the findings of a graph, by the rules by which text is read; the widest first."""
    given = sorted(set(phrases))
    looked_for = Phrases((phrase, phrase) for phrase in given)
    findings: dict[str, int] = defaultdict(int)
    documents: dict[str, set[str]] = defaultdict(set)
    every = 0
    for key in graph.documents:
        for one in graph.findings(key):
            every += 1
            for phrase in {match.value for match in looked_for.find(one.statement)}:
                findings[phrase] += 1
                documents[phrase].add(key)
    found = (
        Reach(
            phrase,
            findings[phrase],
            every,
            len(documents[phrase]),
            len(frozenset().union(*(graph.authorities(key) for key in documents[phrase]))),
        )
        for phrase in given
    )
    return tuple(sorted(found, key=lambda one: (-one.findings, one.phrase)))
