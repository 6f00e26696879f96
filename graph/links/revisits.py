"""What a later inspection or plan says of what an earlier one found, asked for or promised, in the same authority."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import pyoxigraph as ox

from graph import iris
from graph.links.became import became, reason
from graph.links.likeness import likenesses
from graph.links.matter import Matter, Page, candidates, matter, page
from graph.links.meaning import Numbers, meanings
from graph.links.moments import Moment, moments
from graph.links.outline import Outline, Statement
from graph.pen import TYPE, concept, ig, share, text

MOST = 5
"""Links of one later statement, those to repetitions of one original not counted."""
MOST_WITH_REPETITIONS = 8
_MOST_OF_EARLIER = {"recommendation": 8, "action": 3, "finding": 2}
"""Links of one earlier statement to one later document, the likeliest."""
_LEAST = {"recommendation": -0.05, "action": 0.6, "finding": 1.8}
"""Log-odds from which a link is drawn; what asks for nothing is seldom returned to, so it takes more."""
_LOWEST = min(_LEAST.values())
_LEAST_OF_PRAISE = 2.0
_LEAST_OF_BEST = 0.9
"""From which the likeliest of a later document is linked to a finding, whatever it says."""
_LEAST_OF_ACTION = 1.0
"""Where the later statement is what a plan promises."""
_BETWEEN = 0.05
"""What each inspection that lies between takes away."""
_FIRST = {"recommendation": 1.5, "action": 0.5, "finding": 0.0}
"""How much what was asked for or promised comes before what was only found, where a later statement has too many."""
_NEAR, _NEAR_PRAISE = 0.6, 0.7
"""Likeness in meaning without which a finding is not compared any further with what comes later."""
_SUREST = 0.95


@dataclass(frozen=True, slots=True)
class Revisit:
    """A later statement that speaks of the matter of an earlier one of the same authority."""

    later: str
    earlier: str
    kind: str
    outcome: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A later statement on the matter of an earlier one: how surely, and what else its document says of that."""

    odds: float
    later: Matter
    earlier: Matter
    beside: tuple[Statement, ...]


def revisit(
    outlines: Sequence[Outline],
    restated: Mapping[str, str] | None = None,
    identified: Mapping[str, str] | None = None,
    executor: Executor | None = None,
) -> list[Revisit]:
    """Links from later to earlier statements of one authority.

    `restated` leads from what repeats a statement of another document to the original: the repetition shares the
    links of the original and has none of its own. `identified` tells which inspection a mention means. `executor` takes
    one authority at a time, where given: no link leads from one to another.
    """
    originals = restated or {}
    repetitions: dict[str, list[str]] = defaultdict(list)
    for repetition in sorted(originals):
        repetitions[originals[repetition]].append(repetition)
    known = moments(outlines, frozenset(originals), identified or {})
    drawn: dict[tuple[str, str], Revisit] = {}
    every = sorted(known.values(), key=lambda held: -sum(len(moment.statements) for moment in held))
    found = executor.map(_all_of_authority, every) if executor else map(_all_of_authority, every)
    for links in found:
        for one in _with_repetitions(links, repetitions):
            drawn.setdefault((one.later, one.earlier), one)
    return [drawn[key] for key in sorted(drawn)]


def _all_of_authority(held: Sequence[Moment]) -> list[Revisit]:
    return list(_of_authority(held))


def _of_authority(held: Sequence[Moment]) -> Iterator[Revisit]:
    """What each statement finds in each later moment; of that, the likeliest for each later statement."""
    matters = [tuple(matter(statement) for statement in moment.statements) for moment in held]
    pages = [page(found) for found in matters]
    found: dict[str, list[_Found]] = defaultdict(list)
    for place, before in enumerate(held):
        for later, after in zip(pages, held, strict=True):
            if before.last < after.first:
                between = sum(one.full and before.last < one.first and one.last < after.first for one in held)
                for earlier in _worth_comparing(pages[place], later):
                    for one in _on_the_matter(earlier, later, _BETWEEN * between):
                        found[one.later.statement.iri].append(one)
    known = meanings()
    for iri in sorted(found):
        for one in sorted(found[iri], key=_first)[:MOST]:
            kind, outcome = became(one.later.statement, one.beside)
            confidence = min(_SUREST, 1 / (1 + math.exp(-one.odds)))
            why = reason(one.earlier, one.later, known)
            yield Revisit(iri, one.earlier.statement.iri, kind, outcome, confidence, why)


def _first(found: _Found) -> tuple[float, str]:
    """The order in which the links of one later statement are drawn."""
    return -found.odds - _FIRST[found.earlier.statement.kind], found.earlier.statement.iri


def _worth_comparing(earlier: Page, later: Page) -> Iterator[Matter]:
    """All that was asked for or promised, and the findings to which something of the later document is near."""
    lengths = earlier.lengths[:, None] * later.lengths[None, :]
    near = earlier.sums @ later.sums.T / lengths
    of_later = np.array([one.statement.polarity == "weakness" for one in later.matters])
    any_near = np.any(near >= _NEAR, axis=1)
    blame_near = np.any(near[:, of_later] >= _NEAR_PRAISE, axis=1)
    for place, one in enumerate(earlier.matters):
        said = one.statement
        weak = said.polarity in ("weakness", "mixed")
        if said.kind != "finding" or (any_near[place] if weak else blame_near[place]):
            yield one


def _on_the_matter(earlier: Matter, later: Page, less: float) -> list[_Found]:
    """The statements of a later document that are most surely on the matter of an earlier one."""
    places = candidates(earlier, later)
    if not len(places):
        return []
    odds = likenesses(earlier, later) - less
    kept = [
        (float(odds[place]), later.matters[place])
        for place in places[odds[places] >= _LOWEST]
        if odds[place] >= _least(earlier.statement, later.matters[place].statement)
    ]
    kept.sort(key=lambda found: (-found[0], found[1].statement.iri))
    best = kept[: _MOST_OF_EARLIER[earlier.statement.kind]]
    if not best and earlier.statement.kind == "finding":
        best = _likeliest(earlier, later, odds)
    beside = tuple(one.statement for _, one in best)
    return [_Found(chance, one, earlier, beside) for chance, one in best]


def _likeliest(earlier: Matter, later: Page, odds: Numbers) -> list[tuple[float, Matter]]:
    """The one statement of a later document that is most surely on the matter of a finding, if it is at all."""
    place = int(odds.argmax())
    one = later.matters[place]
    worth = _least(earlier.statement, one.statement) < math.inf and odds[place] >= _LEAST_OF_BEST
    return [(float(odds[place]), one)] if worth else []


def _least(earlier: Statement, later: Statement) -> float:
    """How sure a link between the two must be; infinite where it would say nothing."""
    least = _LEAST[earlier.kind]
    if earlier.kind == "finding" and earlier.polarity not in ("weakness", "mixed"):
        if later.kind != "finding" or later.polarity != "weakness":
            return math.inf  # praise is returned to where it holds no longer
        least = _LEAST_OF_PRAISE
    return max(least, _LEAST_OF_ACTION) if later.kind == "action" else least


def _with_repetitions(drawn: Sequence[Revisit], repetitions: Mapping[str, Sequence[str]]) -> Iterator[Revisit]:
    """The links, and the same ones of what repeats either end."""
    of_later: dict[str, list[Revisit]] = defaultdict(list)
    for link in drawn:
        of_later[link.later].append(link)
    for later, links in of_later.items():
        again = [_moved(link, later, copy) for link in links for copy in repetitions.get(link.earlier, ())]
        held = (links + again)[:MOST_WITH_REPETITIONS]
        yield from held
        for copy in repetitions.get(later, ()):
            yield from (_moved(link, copy, link.earlier) for link in held)


def _moved(link: Revisit, later: str, earlier: str) -> Revisit:
    told = f"{link.reason}; drawn for the statement that this one repeats"
    return Revisit(later, earlier, link.kind, link.outcome, link.confidence, told)


def written(revisits: Sequence[Revisit]) -> Iterator[ox.Triple]:
    """The plain link, and beside it a node with kind, outcome, confidence and reason."""
    for link in revisits:
        later, earlier = ox.NamedNode(link.later), ox.NamedNode(link.earlier)
        node = ox.NamedNode(iris.revisit(link.later, link.earlier))
        yield ox.Triple(later, ig("revisits"), earlier)
        yield ox.Triple(node, TYPE, ig("Revisit"))
        yield ox.Triple(node, ig("later"), later)
        yield ox.Triple(node, ig("earlier"), earlier)
        yield ox.Triple(node, ig("linkKind"), concept("link-kind", link.kind))
        yield ox.Triple(node, ig("outcome"), concept("outcome", link.outcome))
        yield ox.Triple(node, ig("confidence"), share(round(link.confidence, 2)))
        yield ox.Triple(node, ig("reason"), text(link.reason))
