"""First candidates for what a later inspection says of what an earlier one found or asked for, or a plan promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph import iris
from graph.links.identity import about
from graph.links.inference import share
from graph.links.outline import Outline, Statement
from graph.links.words import length, terms, weights
from graph.pen import TYPE, concept, ig, text

MOST = 3
"""Links of one later statement."""
_LEAST = 0.22
"""Likeness below which two statements are not taken to be on the same matter."""
_NEAR_BEST = 0.75
_RARE = 3.5
_THEME = 0.08


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
class _Dated:
    """A statement with its day, telling words and their length."""

    statement: Statement
    day: str
    terms: frozenset[str]
    length: float


def revisit(outlines: Sequence[Outline], repeated: frozenset[str]) -> list[Revisit]:
    """Links from later to earlier statements, at most three of each later one; what repeats an original has none."""
    held = {s.iri: terms(s.words) for outline in outlines for s in outline.statements}
    weight = weights(held.values())
    by_authority: dict[str, list[_Dated]] = defaultdict(list)
    for outline in outlines:
        day = _day(outline)
        for statement in outline.statements if day else ():
            if statement.iri not in repeated:
                words = held[statement.iri]
                dated = _Dated(statement, day, words, length(words, weight))
                for gss in sorted(set(about(outline)))[:1] if outline.own is None else outline.own.authorities:
                    by_authority[gss].append(dated)
    return [link for gss in sorted(by_authority) for link in _of_authority(by_authority[gss], weight)]


def _day(outline: Outline) -> str:
    """The day that a document's statements are of."""
    own = outline.own.when if outline.own and outline.dated else None
    return own or outline.issued or ""


def _of_authority(statements: list[_Dated], weight: Mapping[str, float]) -> Iterator[Revisit]:
    """Candidates come from an index of terms, so that only statements with a word in common are compared."""
    index: dict[str, list[_Dated]] = defaultdict(list)
    for dated in sorted(statements, key=lambda dated: (dated.day, dated.statement.iri)):
        if _can_be_earlier(dated.statement):
            for term in dated.terms:
                index[term].append(dated)
    for later in statements:
        if later.statement.kind != "action":
            yield from _links(later, index, weight)


def _can_be_earlier(statement: Statement) -> bool:
    return statement.kind != "finding" or statement.polarity in ("weakness", "mixed")


def _links(later: _Dated, index: Mapping[str, list[_Dated]], weight: Mapping[str, float]) -> Iterator[Revisit]:
    common: dict[str, float] = defaultdict(float)
    rarest: dict[str, float] = defaultdict(float)
    candidates: dict[str, _Dated] = {}
    for term in sorted(later.terms, key=lambda term: (-weight[term], term)):
        for earlier in index.get(term, ()):
            if earlier.day >= later.day:
                break
            iri = earlier.statement.iri
            common[iri] += weight[term] ** 2
            rarest[iri] = max(rarest[iri], weight[term])
            candidates[iri] = earlier
    scored = [
        (score, iri)
        for iri, earlier in candidates.items()
        if rarest[iri] >= _RARE and (score := _likeness(later, earlier, common[iri])) >= _LEAST
    ]
    scored.sort(key=lambda found: (-found[0], found[1]))
    for score, iri in scored[:MOST]:
        if score >= _NEAR_BEST * scored[0][0]:
            yield _revisit(later, candidates[iri], score, weight)


def _likeness(later: _Dated, earlier: _Dated, common: float) -> float:
    """The cosine of the telling words, more for each shared theme; nothing where themes are known and differ."""
    one, other = set(later.statement.themes), set(earlier.statement.themes)
    if one and other and not one & other:
        return 0.0
    preferred = 1.0 if earlier.statement.kind != "finding" else 0.85
    return preferred * (common / (later.length * earlier.length) + _THEME * len(one & other))


def _revisit(later: _Dated, earlier: _Dated, score: float, weight: Mapping[str, float]) -> Revisit:
    shared = sorted(later.terms & earlier.terms, key=lambda term: (-weight[term], term))[:4]
    themes = sorted(set(later.statement.themes) & set(earlier.statement.themes))
    both = f"both speak of {', '.join(shared)}"
    reason = f"{both}; themes {', '.join(themes)}" if themes else both
    kind, outcome = _became(later.statement)
    confidence = min(0.95, 0.35 + score)
    return Revisit(later.statement.iri, earlier.statement.iri, kind, outcome, confidence, reason)


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
        yield ox.Triple(node, ig("confidence"), share(link.confidence))
        yield ox.Triple(node, ig("reason"), text(link.reason))
