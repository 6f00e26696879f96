"""What a sentence says, with how surely and why.

Whether it is a finding, how it evaluates, what it is about, of how many, of whom, and whether things have changed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.records import Label, Labels
from loaders.statements.answers import POLARITIES
from loaders.statements.bearing import Reason, against
from loaders.statements.cues import Found, cues, hash_of_phrase
from loaders.statements.evidence import LearntReasons, of_phrases
from loaders.statements.features import features
from loaders.statements.model import Model, chances, model
from loaders.statements.phrases import Match
from loaders.statements.said import Said
from ontology import Concept, Vocabulary

MOST_THEMES = 4
_LOOKED_AT = MOST_THEMES + 2
_BY_PHRASE = 0.7
"""How surely a concept is given by a phrase that was not there when the model was taught."""
_SURELY_HIGH, _SURELY_LOW = 0.995, 0.005
# The readers of the training labels gave these two more sparingly than the guide asks: of the sentences that name
# parents 0.15 where 0.4 is right, of those that name staff 0.4 where 0.55 is.
_SPARINGLY = {"parents": (0.15, 0.4), "social-workers": (0.4, 0.55)}
_AIM = re.compile(r"\b(?:ensur(?:e|es|ed|ing)|makes? sure|so)(?: that)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence judged: how surely it is a finding (0-1), and why it is none or what it says."""

    finding: float
    against: Reason | None
    labels: Labels | None


def label(said: Sequence[Said], vocabulary: Vocabulary) -> tuple[Judged, ...]:
    """What each of the sentences says, which follow each other in a document."""
    return tuple(_judged(reader) for reader in _readers(said, vocabulary))


def themes_of(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> tuple[Label, ...]:
    """One to four themes of a recommendation or an action; spans are counted from `start`."""
    return _themes(_readers([Said(words, start, heading=heading or "")], vocabulary)[0])


def cohort_of(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> tuple[Label, ...]:
    """Whom a recommendation or an action is about; spans are counted from `start`."""
    return _cohort(_readers([Said(words, start, heading=heading or "")], vocabulary)[0])


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence with all that its labels are read from."""

    found: Found
    row: int
    chances: list[float]
    likeliest: dict[str, list[int]]
    """Of groups with many answers: the places of the likeliest."""
    model: Model
    reasons: LearntReasons
    vocabulary: Vocabulary

    def chance(self, group: str, id: str) -> float:
        """How probable an answer is; 0 for one that was not taught."""
        column = self.model.answers.column.get((group, id))
        return self.chances[column] if column is not None else 0.0

    def likely(self, group: str) -> dict[str, float]:
        """The likeliest answers of a group in falling order, of equal ones the first."""
        ids, start = self.model.answers.groups[group], self.model.answers.columns[group].start
        return {ids[place]: self.chances[start + place] for place in self.likeliest[group]}

    def label(self, group: str, id: str, chance: float) -> Label:
        """The label with its reason: its phrases in the sentence, else the words that weigh most for it."""
        return self._because(id, chance, self.found.of(group, id), group)

    def _because(self, id: str, chance: float, matches: list[Match[Concept]], group: str) -> Label:
        confidence = round(min(_SURELY_HIGH, max(_SURELY_LOW, chance)), 3)
        column = self.model.answers.column.get((group, id))
        if matches or column is None:
            reason = of_phrases(self.found, matches)
            taught = "; learnt weights" if column is not None else ""
            return Label(id, confidence, reason.words + taught, reason.spans)
        learnt = self.reasons.of(self.row, self.found, column)
        return Label(id, confidence, learnt.words, learnt.spans)


def _readers(said: Sequence[Said], vocabulary: Vocabulary) -> list[_Reader]:
    learnt, words = model(), cues(vocabulary)
    found = [words.find(one) for one in said]
    numbers = features(said, found, learnt.answers.themes, learnt.answers.phrases)
    given, reasons = chances(learnt, numbers), LearntReasons(learnt, numbers)
    columns = learnt.answers.columns
    order = {
        group: (-given[:, columns[group]]).argsort(1, kind="stable")[:, :_LOOKED_AT].tolist()
        for group in ("theme", "cohort")
    }
    likeliest = [{group: places[row] for group, places in order.items()} for row in range(len(found))]
    return [
        _Reader(one, row, chances_of_one, likeliest[row], learnt, reasons, vocabulary)
        for row, (one, chances_of_one) in enumerate(zip(found, given.tolist(), strict=True))
    ]


def _judged(reader: _Reader) -> Judged:
    chance = 1 - reader.chance("polarity", "not-a-finding")
    reason = against(reader.found.said, chance, reader.vocabulary)
    if reason:
        return Judged(round(chance, 3), reason, None)
    labels = Labels(
        polarity=_polarity(reader, chance),
        themes=_themes(reader),
        prevalence=_prevalence(reader),
        cohort=_cohort(reader),
        change=_one(reader, "change"),
    )
    return Judged(round(chance, 3), None, labels)


def _polarity(reader: _Reader, finding: float) -> Label:
    best = max(POLARITIES, key=lambda id: reader.chance("polarity", id))
    return reader.label("polarity", best, reader.chance("polarity", best) / max(finding, 1e-6))


def _prevalence(reader: _Reader) -> Label | None:
    """The quantity said; one that stands only in what is aimed at ("to ensure that all") is none."""
    given = _one(reader, "prevalence")
    named = reader.found.of("prevalence", given.concept) if given else []
    aimed_at = named and all(_AIM.search(reader.found.said.words, 0, match.start) for match in named)
    return None if aimed_at else given


def _one(reader: _Reader, group: str) -> Label | None:
    """The likeliest of the answers where it is likely enough that one is given at all."""
    none, *ids = reader.model.answers.groups[group]
    if reader.chance(group, none) >= reader.model.thresholds[group]:
        return None
    best = max(ids, key=lambda id: reader.chance(group, id))
    return reader.label(group, best, reader.chance(group, best))


def _themes(reader: _Reader) -> tuple[Label, ...]:
    """The themes that are likely enough, the likeliest always; a broad one only where none below it stands."""
    there = reader.vocabulary.concepts["theme"]
    likely = {id: chance for id, chance in reader.likely("theme").items() if id in there}
    named = {id: max(_BY_PHRASE, likely.get(id, 0.0)) for id in _newly_named(reader, "theme")}
    ranked = sorted({**likely, **named}.items(), key=lambda pair: (-pair[1], pair[0]))
    cut = reader.model.thresholds["theme"]
    chosen = [pair for rank, pair in enumerate(ranked[:MOST_THEMES]) if rank == 0 or pair[1] >= cut or pair[0] in named]
    broader = {there[id].broader for id, _ in chosen}
    return tuple(reader.label("theme", id, chance) for id, chance in chosen if id not in broader)


def _cohort(reader: _Reader) -> tuple[Label, ...]:
    likely = {id: _as_asked(reader, id) for id in reader.likely("cohort")}
    named = {id: max(_BY_PHRASE, likely.get(id, 0.0)) for id in _newly_named(reader, "cohort")}
    cut = reader.model.thresholds["cohort"]
    chosen = {id: chance for id, chance in {**likely, **named}.items() if chance >= cut or id in named}
    return tuple(reader.label("cohort", id, chance) for id, chance in sorted(chosen.items()))


def _as_asked(reader: _Reader, id: str) -> float:
    """The chance of a cohort, as often as the guide asks for it among the sentences that name it."""
    chance = reader.chance("cohort", id)
    if id not in _SPARINGLY or not reader.found.of("cohort", id):
        return chance
    taught, asked = _SPARINGLY[id]
    odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6)) + math.log(asked / (1 - asked) * (1 - taught) / taught)
    return 1 / (1 + math.exp(-odds))


def _newly_named(reader: _Reader, scheme: str) -> list[str]:
    """The concepts that a phrase names which was not there when the model was taught."""
    known = reader.model.known_phrases
    ids = [m.value.id for m in reader.found.of(scheme) if hash_of_phrase(m.phrase) not in known]
    return sorted(set(ids))
