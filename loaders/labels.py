"""What a sentence says: whether it is a finding, how it evaluates, what it is about, of how many, of whom, and whether
things have changed; each label with how surely it is given and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.bearing import Reason, against
from loaders.phrases import Match, Phrases, longest, once_a_vocabulary
from loaders.records import Label, Labels
from loaders.said import Said
from loaders.text import Span
from ontology import Concept, Vocabulary


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence judged: how surely it is a finding (0-1), why not if not, and what it says if it is one."""

    finding: float
    against: Reason | None
    labels: Labels


def label(said: Sequence[Said], vocabulary: Vocabulary) -> tuple[Judged, ...]:
    """What each of the sentences says, in their order."""
    words = _words(vocabulary)
    return tuple(_judge(one, words) for one in said)


def themes_of(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> tuple[Label, ...]:
    """One to four themes of a recommendation or an action; spans are counted from `start`."""
    return _themes(Said(words, start, heading=heading or ""), _words(vocabulary))


def cohort_of(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> tuple[Label, ...]:
    """Whom a recommendation or an action is about; spans are counted from `start`."""
    return _cohort(Said(words, start, heading=heading or ""), _words(vocabulary))


class _Words:
    """The phrases of each scheme, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        of = vocabulary.concepts
        self.themes = Phrases(_named(of["theme"].values()))
        self.cohorts = Phrases(_named(of["cohort"].values()))
        self.prevalence = Phrases(_named(of["prevalence"].values()))
        self.change = Phrases(_named(of["change"].values()))
        self.polarity = Phrases((cue, c) for c in of["polarity"].values() for cue in (*c.alt, *c.hidden, *c.cues))


def _named(concepts: Iterable[Concept]) -> list[tuple[str, Concept]]:
    return [(name, c) for c in concepts for name in (c.label, *c.alt, *c.hidden, *c.cues)]


@once_a_vocabulary
def _words(vocabulary: Vocabulary) -> _Words:
    return _Words(vocabulary)


def _judge(said: Said, words: _Words) -> Judged:
    reason = against(said)
    return Judged(
        finding=0.1 if reason else 0.9,
        against=reason,
        labels=Labels(
            polarity=_polarity(said, words),
            themes=_themes(said, words),
            prevalence=_prevalence(said, words),
            cohort=_cohort(said, words),
            change=_change(said, words),
        ),
    )


def _polarity(said: Said, words: _Words) -> Label:
    found = longest(words.polarity.find(said.words))
    good = [m for m in found if m.value.id == "strength"]
    bad = [m for m in found if m.value.id == "weakness"]
    if good and bad:
        return Label("mixed", 0.5, _why([*good, *bad]), _spans(said, [*good, *bad]))
    if good or bad:
        return Label("strength" if good else "weakness", 0.7, _why(good or bad), _spans(said, good or bad))
    return Label("neutral", 0.4, "no word that evaluates")


def _themes(said: Said, words: _Words) -> tuple[Label, ...]:
    by_id = _by_concept(longest(words.themes.find(said.words)))
    if not by_id:
        by_id = {id: [] for id in _by_concept(words.themes.find(said.heading))}
    ranked = sorted(by_id, key=lambda id: (-len(by_id[id]), id))[:4]
    return tuple(Label(id, 0.7 if by_id[id] else 0.4, _why(by_id[id]), _spans(said, by_id[id])) for id in ranked)


def _cohort(said: Said, words: _Words) -> tuple[Label, ...]:
    by_id = _by_concept(longest(words.cohorts.find(said.words)))
    return tuple(Label(id, 0.7, _why(found), _spans(said, found)) for id, found in sorted(by_id.items()))


def _prevalence(said: Said, words: _Words) -> Label | None:
    found = longest(words.prevalence.find(said.words))
    if not found:
        return None
    strongest = max(found, key=lambda m: (m.value.rank or 0, -m.start))
    return Label(strongest.value.id, 0.8, _why([strongest]), _spans(said, [strongest]))


def _change(said: Said, words: _Words) -> Label | None:
    found = longest(words.change.find(said.words))
    return Label(found[0].value.id, 0.6, _why(found[:1]), _spans(said, found[:1])) if found else None


def _by_concept(found: Iterable[Match[Concept]]) -> dict[str, list[Match[Concept]]]:
    by_id: dict[str, list[Match[Concept]]] = {}
    for match in found:
        by_id.setdefault(match.value.id, []).append(match)
    return by_id


def _why(found: Sequence[Match[Concept]]) -> str:
    named = ", ".join(f'"{phrase}"' for phrase in dict.fromkeys(match.phrase for match in found))
    return f"phrases {named}" if found else "phrases of the heading"


def _spans(said: Said, found: Sequence[Match[Concept]]) -> tuple[Span, ...]:
    return tuple(sorted({Span(said.start + match.start, said.start + match.end) for match in found}))
