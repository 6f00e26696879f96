"""What repeats a statement of another document: a plan its recommendations, a pack or article an inspection's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.links.identity import about
from graph.links.inference import Inference
from graph.links.outline import Outline, Statement
from graph.links.sameness import alike
from graph.links.versions import Version, same_rows, versions
from graph.links.words import terms

_ALIKE = 0.8
_TRIED = 5


def restate(outlines: Sequence[Outline], identified: Mapping[str, str]) -> list[Inference]:
    """`ig:restates` from each repetition to its original; `identified` tells which inspection a mention means."""
    originals = _Originals(outlines)
    found = [
        link
        for outline in outlines
        for statement in _repeating(outline)
        if (link := originals.match(outline, statement, _made_by(outline, statement, identified))) is not None
    ]
    of_versions = _earlier_versions(outlines, identified, frozenset(link.subject for link in found))
    return found + list(_judgements(outlines, identified)) + list(_versions(outlines)) + of_versions


def _repeating(outline: Outline) -> Iterator[Statement]:
    """The statements of a document that are another inspection's, so far as it says."""
    own = outline.own.iri if outline.own and outline.dated else None
    for statement in outline.statements:
        if statement.kind != "action" and statement.of != own:
            yield statement


def _made_by(outline: Outline, statement: Statement, identified: Mapping[str, str]) -> str | None:
    """The inspection that a repeated statement is of, where that is known."""
    answered = {plan.iri: plan.responds_to for plan in outline.plans}
    mention = answered.get(statement.of or "", statement.of)
    return identified.get(mention or "")


class _Originals:
    """The statements of dated inspections, found by their rarer words."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self._index: dict[tuple[str, str, str], list[tuple[Outline, Statement]]] = defaultdict(list)
        repeated = {gss for outline in outlines if any(_repeating(outline)) for gss in about(outline)}
        for outline in outlines:
            if outline.own is None or not outline.dated or repeated.isdisjoint(outline.own.authorities):
                continue
            for statement in outline.statements:
                if statement.of == outline.own.iri:
                    for gss in outline.own.authorities:
                        for term in sorted(terms(statement.words)):
                            self._index[gss, statement.kind, term].append((outline, statement))

    def match(self, outline: Outline, statement: Statement, made_by: str | None) -> Inference | None:
        """The original that the statement repeats, if one is alike enough."""
        held = terms(statement.words)
        shared: dict[str, int] = defaultdict(int)
        candidates: dict[str, Statement] = {}
        for gss in sorted(set(about(outline))):
            for term in sorted(held):
                for source, original in self._index.get((gss, statement.kind, term), ()):
                    if source.iri != outline.iri and made_by in (None, original.of):
                        shared[original.iri] += 1
                        candidates[original.iri] = original
        nearest = sorted(shared, key=lambda iri: (-shared[iri], iri))[:_TRIED]
        scored = [
            (alike(statement.words, candidates[iri].words), iri) for iri in nearest if 2 * shared[iri] >= len(held)
        ]
        best = max(scored, key=lambda found: (found[0], found[1]), default=(0.0, ""))
        if best[0] < _ALIKE:
            return None
        reason = "the same words" if best[0] == 1 else f"{round(best[0] * 100)} in 100 of the words are the same"
        return Inference(statement.iri, "restates", best[1], best[0], reason)


def _judgements(outlines: Sequence[Outline], identified: Mapping[str, str]) -> Iterator[Inference]:
    """A grade that a mention repeats is the judgement of the inspection that it means."""
    given = {
        (outline.own.iri, area): (f"{outline.iri}/judgement/{area}", grade)
        for outline in reversed(outlines)
        if outline.own and outline.dated
        for area, grade in reversed(outline.own.judgements)
    }
    for outline in outlines:
        for mention in outline.mentions:
            for area, grade in dict(mention.judgements).items():
                original = given.get((identified.get(mention.iri, ""), area))
                if original and original[1] == grade:
                    reason = "the mention means that inspection, and gives the same area the same grade"
                    yield Inference(f"{mention.iri}/judgement/{area}", "restates", original[0], 0.9, reason)


def _versions(outlines: Sequence[Outline]) -> Iterator[Inference]:
    """Of two documents on one inspection, the later one repeats what both say in the same words."""
    reports: dict[str, list[Outline]] = defaultdict(list)
    for outline in outlines:
        if outline.own and outline.dated and outline.issued:
            reports[outline.own.iri].append(outline)
    for held in reports.values():
        ordered = sorted(held, key=lambda outline: (outline.issued or "", outline.iri))
        first: dict[tuple[str, str], str] = {}
        for outline in ordered:
            for statement in outline.statements:
                key = (statement.kind, statement.iri.rpartition("/")[2])
                original = first.setdefault(key, statement.iri)
                if original != statement.iri:
                    yield Inference(
                        statement.iri, "restates", original, 1.0, "an earlier document on the same inspection says it"
                    )


def _earlier_versions(
    outlines: Sequence[Outline], identified: Mapping[str, str], repeating: frozenset[str]
) -> list[Inference]:
    """What a later version of a plan repeats of the earliest that has it: its rows, and what it says it was asked.

    `repeating` are those that repeat the report itself.
    """
    first: dict[str, tuple[str, str]] = {}
    for pair in versions(outlines, identified):
        if not pair.ordered:
            continue  # whose promise came first is not known, so each stands for itself
        rows = [(one.iri, other.iri) for one, other in same_rows(pair.first.plan, pair.second.plan)]
        for earlier, later in (*rows, *_same_asked(pair.first, pair.second)):
            told = (pair.first.outline.written or pair.first.plan.title, earlier)
            if later not in repeating:
                first[later] = min(first.get(later, told), told)
    reason = "an earlier version of the plan has it"
    return [Inference(later, "restates", earlier, 0.95, reason) for later, (_, earlier) in sorted(first.items())]


def _same_asked(first: Version, second: Version) -> Iterator[tuple[str, str]]:
    """The recommendations that two versions of a plan repeat in nearly the same words."""
    before, after = (
        [one for one in version.outline.statements if one.kind == "recommendation" and one.of == version.plan.iri]
        for version in (first, second)
    )
    for later in after:
        nearest = max(before, key=lambda one: (alike(one.words, later.words), one.iri), default=None)
        if nearest is not None and alike(nearest.words, later.words) >= _ALIKE:
            yield nearest.iri, later.iri
