"""What a sentence says: whether it is a finding, how it evaluates, what it is about, of how many, of whom, and whether
things have changed; each label with how surely it is given and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.bearing import Reason, against
from loaders.cues import Cues, Found, cues
from loaders.phrases import Match
from loaders.records import Label, Labels
from loaders.said import Said
from ontology import Concept, Vocabulary


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence judged: how surely it is a finding (0-1), why not if not, and what it says if it is one."""

    finding: float
    against: Reason | None
    labels: Labels


def label(said: Sequence[Said], vocabulary: Vocabulary) -> tuple[Judged, ...]:
    """What each of the sentences says, in their order."""
    words = cues(vocabulary)
    return tuple(_judge(one, words) for one in said)


def themes_of(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> tuple[Label, ...]:
    """One to four themes of a recommendation or an action; spans are counted from `start`."""
    return _themes(cues(vocabulary).find(Said(words, start, heading=heading or "")))


def cohort_of(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> tuple[Label, ...]:
    """Whom a recommendation or an action is about; spans are counted from `start`."""
    return _cohort(cues(vocabulary).find(Said(words, start, heading=heading or "")))


def _judge(said: Said, words: Cues) -> Judged:
    reason = against(said)
    found = words.find(said)
    return Judged(
        finding=0.1 if reason else 0.9,
        against=reason,
        labels=Labels(
            polarity=_polarity(found),
            themes=_themes(found),
            prevalence=_prevalence(found),
            cohort=_cohort(found),
            change=_change(found),
        ),
    )


def _polarity(found: Found) -> Label:
    good, bad, turn = found.of("polarity", "strength"), found.of("polarity", "weakness"), found.of("polarity", "mixed")
    if good and bad and turn:
        return Label("mixed", 0.5, _why([*good, *bad]), found.spans([*good, *bad]))
    if good or bad:
        return Label("weakness" if bad else "strength", 0.7, _why(bad or good), found.spans(bad or good))
    return Label("neutral", 0.4, "no word that evaluates")


def _themes(found: Found) -> tuple[Label, ...]:
    by_id = _by_concept(found.of("theme")) or {id: [] for id in _by_concept(found.heading)}
    ranked = sorted(by_id, key=lambda id: (-len(by_id[id]), id))[:4]
    return tuple(Label(id, 0.7 if by_id[id] else 0.4, _why(by_id[id]), found.spans(by_id[id])) for id in ranked)


def _cohort(found: Found) -> tuple[Label, ...]:
    by_id = _by_concept(found.of("cohort"))
    return tuple(Label(id, 0.7, _why(matches), found.spans(matches)) for id, matches in sorted(by_id.items()))


def _prevalence(found: Found) -> Label | None:
    matches = found.of("prevalence")
    if not matches:
        return None
    strongest = max(matches, key=lambda m: (m.value.rank or 0, -m.start))
    return Label(strongest.value.id, 0.8, _why([strongest]), found.spans([strongest]))


def _change(found: Found) -> Label | None:
    matches = found.of("change")
    return Label(matches[0].value.id, 0.6, _why(matches[:1]), found.spans(matches[:1])) if matches else None


def _by_concept(found: Iterable[Match[Concept]]) -> dict[str, list[Match[Concept]]]:
    by_id: dict[str, list[Match[Concept]]] = {}
    for match in found:
        by_id.setdefault(match.value.id, []).append(match)
    return by_id


def _why(found: Sequence[Match[Concept]]) -> str:
    named = ", ".join(f'"{phrase}"' for phrase in dict.fromkeys(match.phrase for match in found))
    return f"phrases {named}" if found else "phrases of the heading"
