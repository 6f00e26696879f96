"""On which findings a recommendation rests, where the report itself says so.

A recommendation may cite paragraphs ("(paragraphs 25, 33)"). A finding may be marked "(Recommendation)" without saying
which one: then it is the one of the same part whose words it shares most, rare words counting more.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from loaders.records import Finding, Recommendation

_CITED = re.compile(r"\(\s*paragraphs?\s+(?P<numbers>\d[\d\s,;&–-]*(?:and\s+\d+)?)\s*\)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}")
_STEM = 6
"""Letters of a word that count: "assessments" and "assessed" share theirs."""
_BOARD = "lscb"
_BEFORE = 0.6
"""How much the words before a marked sentence count, beside its own."""
_THEME = 0.4
"""What a shared theme adds."""


def grounded(recommendations: Sequence[Recommendation], findings: Sequence[Finding]) -> tuple[Recommendation, ...]:
    """The recommendations with the indices of the findings that the report ties to them."""
    rests_on: list[set[int]] = [_cited(one, findings) for one in recommendations]
    marked = [index for index, finding in enumerate(findings) if finding.marked]
    if marked and recommendations:
        weights = _weights([one.statement for one in recommendations] + [findings[k].statement for k in marked])
        for index in marked:
            rests_on[_likest(index, findings, recommendations, weights)].add(index)
    return tuple(
        replace(one, arises_from=tuple(sorted({*one.arises_from, *indices})))
        for one, indices in zip(recommendations, rests_on, strict=True)
    )


def _cited(recommendation: Recommendation, findings: Sequence[Finding]) -> set[int]:
    """Findings in the paragraphs that it cites: what is weak there, all of it where nothing is."""
    numbers = {n for match in _CITED.finditer(recommendation.statement) for n in re.findall(r"\d+", match["numbers"])}
    there = [index for index, finding in enumerate(findings) if finding.paragraph in numbers]
    weak = {index for index in there if findings[index].labels.polarity.concept in ("weakness", "mixed")}
    return weak or set(there)


def _likest(
    index: int,
    findings: Sequence[Finding],
    recommendations: Sequence[Recommendation],
    weights: Mapping[str, float],
) -> int:
    """The index of the recommendation that a finding shares most with; the first of equals."""
    finding = findings[index]
    own, around = _stems(finding.statement), _stems(" ".join(_before(index, findings)))
    themes = {label.concept for label in finding.labels.themes}

    def likeness(one: Recommendation) -> float:
        asked = _stems(one.statement)
        shared = _sum(weights, own & asked) + _BEFORE * _sum(weights, (around - own) & asked)
        same_theme = len(themes & {label.concept for label in one.themes})
        return shared / math.sqrt(len(asked) + 4) + _THEME * same_theme

    same_part = [k for k, one in enumerate(recommendations) if (one.area == _BOARD) == (finding.area == _BOARD)]
    return max(same_part or range(len(recommendations)), key=lambda k: (likeness(recommendations[k]), -k))


def _before(index: int, findings: Sequence[Finding]) -> Iterator[str]:
    """What its paragraph says before it: "This limits ..." says little by itself."""
    finding = findings[index]
    for earlier in findings[max(0, index - 4) : index]:
        if (earlier.section, earlier.paragraph) == (finding.section, finding.paragraph):
            yield earlier.statement


def _sum(weights: Mapping[str, float], stems: set[str]) -> float:
    return sum(weights.get(stem, 0.0) for stem in sorted(stems))


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(words.lower())}


def _weights(statements: Sequence[str]) -> Mapping[str, float]:
    """How much each stem tells: the rarer among the statements, the more."""
    held = Counter(stem for statement in statements for stem in _stems(statement))
    return {stem: math.log((1 + len(statements)) / count) for stem, count in held.items()}
