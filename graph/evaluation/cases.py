"""Where graph and readers differ, told so that a person can judge who is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from graph.evaluation.figures import Case
from graph.evaluation.label_files import SCHEMES
from graph.evaluation.pairs import FINDING, OTHER, Pair
from graph.evaluation.told import ToldGraph


def cases(pairs: Sequence[Pair], graph: ToldGraph, why: dict[tuple[int, str], str]) -> Iterator[Case]:
    """Where graph and readers differ: of each scheme what the graph is surest of first, then what it lacks."""
    makers: dict[str, Callable[[Pair], Case | None]] = {
        "finding": lambda pair: _detection(pair, graph, why.get((pair.asked.line, pair.asked.id), "")),
        **{scheme: (lambda pair, scheme=scheme: _case(pair, scheme, graph)) for scheme in SCHEMES},  # type: ignore[misc]
    }
    for make in makers.values():
        cases = [case for pair in pairs if (case := make(pair)) is not None]
        yield from sorted(cases, key=lambda case: (-(case.confidence or 0.0), case.line))


def _detection(pair: Pair, graph: ToldGraph, why: str) -> Case | None:
    if bool(pair.told) == pair.asked.finding:
        return None
    says, should = (OTHER, FINDING) if pair.asked.finding else (FINDING, OTHER)
    return replace(_place("finding", pair, graph), says=(says,), should=(should,), why=(why,) if why else ())


def _case(pair: Pair, scheme: str, graph: ToldGraph) -> Case | None:
    right = pair.right(scheme)
    if not pair.asked.finding or pair.told is None or right is None or right == pair.got(scheme):
        return None
    wrong = [label for label in pair.told.labels.get(scheme, ()) if label.id not in right]
    sure = max((label.confidence for label in wrong if label.confidence is not None), default=None)
    reasons = tuple(f"{label.id}: {reason}" for label in wrong if (reason := graph.reason(pair.told, scheme, label.id)))
    says, should = tuple(sorted(pair.got(scheme))), tuple(sorted(right))
    return replace(_place(scheme, pair, graph), says=says, should=should, confidence=sure, why=reasons)


def _place(scheme: str, pair: Pair, graph: ToldGraph) -> Case:
    """Which sentence it is and where it stands."""
    told = pair.told
    return Case(
        scheme=scheme,
        line=pair.asked.line,
        id=pair.asked.id,
        iri=told.iri if told else None,
        document=graph.names.get(pair.document, pair.document),
        page=told.page if told else None,
        says=(),
        should=(),
        confidence=None,
        why=(),
        text=pair.asked.text,
    )
