"""First candidates for what a later inspection says of what an earlier one found or asked for, or a plan promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from graph import iris
from graph.links.identity import about
from graph.links.outline import Outline, Statement
from graph.links.words import likeness, vectors
from graph.pen import TYPE, concept, ig, share, text

MOST = 3
"""Links of one later statement."""
_MOST_OF_EARLIER = 8
"""Links of one earlier statement to one later document; a finding, which asks for nothing, has one."""
_LEAST = 0.2
"""Likeness below which two statements are not taken to be on the same matter."""
_FINDING = 0.5
"""How much an earlier weakness that nobody asked to put right counts beside what was asked for."""
_NEAR_BEST = 0.5
_INDEXED = 6
"""Of a statement, so many of the terms that tell most lead to candidates."""

Vectors = Mapping[str, Mapping[str, float]]


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
class _Moment:
    """A document's statements on one day, and which of them hold a term."""

    day: str
    statements: tuple[Statement, ...]
    index: Mapping[str, tuple[Statement, ...]]


def revisit(outlines: Sequence[Outline], repeated: frozenset[str]) -> list[Revisit]:
    """Links from later to earlier statements, at most three of each later one; what repeats an original has none."""
    held = vectors(statement for outline in outlines for statement in outline.statements)
    by_authority: dict[str, list[_Moment]] = defaultdict(list)
    for outline in outlines:
        if day := _day(outline):
            moment = _moment(day, [s for s in outline.statements if s.iri not in repeated], held)
            for gss in outline.own.authorities if outline.own else sorted(set(about(outline)))[:1]:
                by_authority[gss].append(moment)
    return [link for gss in sorted(by_authority) for link in _of_authority(by_authority[gss], held)]


def _day(outline: Outline) -> str:
    """The day that a document's statements are of."""
    own = outline.own.when if outline.own and outline.dated else None
    return own or outline.issued or ""


def _moment(day: str, statements: Sequence[Statement], held: Vectors) -> _Moment:
    index: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind != "action":
            for term in islice(held[statement.iri], 2 * _INDEXED):
                index[term].append(statement)
    return _Moment(day, tuple(statements), {term: tuple(found) for term, found in index.items()})


def _of_authority(moments: Sequence[_Moment], held: Vectors) -> Iterator[Revisit]:
    """What each earlier statement finds in each later document; of that, the best for each later statement."""
    found: dict[str, list[tuple[float, Statement, Statement]]] = defaultdict(list)
    for before in moments:
        for after in moments:
            if before.day < after.day:
                for earlier in before.statements:
                    for score, later in _on_the_same_matter(earlier, after, held):
                        found[later.iri].append((score, later, earlier))
    for iri in sorted(found):
        best = sorted(found[iri], key=lambda link: (-link[0], link[2].iri))[:MOST]
        for score, later, earlier in best:
            if score >= _NEAR_BEST * best[0][0]:
                yield _revisit(later, earlier, score, held)


def _on_the_same_matter(earlier: Statement, after: _Moment, held: Vectors) -> list[tuple[float, Statement]]:
    """The later statements that are most like an earlier one; candidates share one of its most telling terms."""
    asked = earlier.kind != "finding"
    if not asked and earlier.polarity not in ("weakness", "mixed"):
        return []
    vector = held[earlier.iri]
    candidates = {later.iri: later for term in islice(vector, _INDEXED) for later in after.index.get(term, ())}
    scored = [
        (score, later)
        for iri, later in candidates.items()
        if _may_be_on_one_matter(earlier, later)
        and (score := (1.0 if asked else _FINDING) * likeness(vector, held[iri])) >= _LEAST
    ]
    scored.sort(key=lambda found: (-found[0], found[1].iri))
    return scored[: _MOST_OF_EARLIER if asked else 1]


def _may_be_on_one_matter(one: Statement, other: Statement) -> bool:
    """The same word can mean two matters, which themes tell apart: contact in family time, or at the front door."""
    return not (one.themes and other.themes) or bool(set(one.themes) & set(other.themes))


def _revisit(later: Statement, earlier: Statement, score: float, held: Vectors) -> Revisit:
    one, other = held[later.iri], held[earlier.iri]
    shared = sorted((term for term in one if term in other), key=lambda term: (-one[term] * other[term], term))
    words = [term for term in shared if " " not in term][:4]
    themes = sorted(set(later.themes) & set(earlier.themes))
    told = [f"both speak of {', '.join(words)}"] if words else []
    told += [f"both are on {', '.join(themes)}"] if themes else []
    kind, outcome = _became(later)
    return Revisit(later.iri, earlier.iri, kind, outcome, min(0.95, 0.4 + score), "; ".join(told) or "alike in words")


def _became(later: Statement) -> tuple[str, str]:
    """The kind of link and the outcome, as far as the later statement's own evaluation tells."""
    if later.kind == "recommendation":
        return "recurs", "not-achieved"
    return {
        "strength": ("resolved", "achieved"),
        "weakness": ("recurs", "not-achieved"),
        "mixed": ("followed-up", "in-part"),
    }.get(later.polarity or "", ("followed-up", "unclear"))


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
