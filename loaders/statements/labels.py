"""What a sentence says, with how surely and why.

Whether it is a finding, how it evaluates, what it is about, of how many, of whom, and whether things have changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from loaders.records import Label, Labels
from loaders.statements.answers import NONE_GIVEN, NOT_A_FINDING, POLARITIES, Answers
from loaders.statements.bearing import Reason, against
from loaders.statements.cues import Found, cues
from loaders.statements.evidence import LearntReasons, of_phrases
from loaders.statements.features import Numbers, features
from loaders.statements.model import Exact, Model, chances, model
from loaders.statements.said import Said
from ontology import Vocabulary

MOST_THEMES = 4
_LOOKED_AT = MOST_THEMES + 2
_BY_PHRASE = 0.7
"""How surely a concept is given by a phrase that was not there when the model was taught."""
_SURELY_HIGH, _SURELY_LOW = 0.995, 0.005
# The readers of the training labels gave these two more sparingly than the guide asks: of the sentences that name
# parents 0.15 where 0.4 is right, of those that name staff 0.4 where 0.55 is.
_SPARINGLY = {"parents": (0.15, 0.4), "social-workers": (0.4, 0.55)}
_AIM = re.compile(
    r"\b(?:(?:ensur(?:e|es|ed|ing)|makes? sure|so)(?: that)?"
    r"|(?:aims?|ambition|aspiration|expectation|determination|commitment|committed|plans?|priority)"
    r"(?: is| are)? (?:to|that) [^,;]{0,60}) $",
    re.IGNORECASE,
)
_OF_TIME = re.compile(r"(?: more)? (?:weeks?|days?|months?|years?|hours?|minutes?|time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence judged: how surely it is a finding (0-1), and why it is none or what it says."""

    finding: float
    against: Reason | None
    labels: Labels | None


def label(said: Sequence[Said], vocabulary: Vocabulary) -> tuple[Judged, ...]:
    """What each of the sentences says, which follow each other in a document."""
    return tuple(_judged(reader) for reader in _readers(said, vocabulary))


@dataclass(frozen=True, slots=True)
class About:
    """What a recommendation or an action is about, and whom."""

    themes: tuple[Label, ...]
    """One to four."""
    cohort: tuple[Label, ...]


def about(words: str, heading: str | None, vocabulary: Vocabulary, start: int = 0) -> About:
    """What the words of a recommendation or an action are about; spans are counted from `start`."""
    reader = _alone(Said(words, start, heading=heading or ""), vocabulary)
    return About(_themes(reader), _cohort(reader))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence with all that its labels are read from."""

    found: Found
    row: int
    chances: list[float]
    themes: list[int]
    """The places of the likeliest themes in falling order, of equal ones the first."""
    cohorts: list[tuple[str, float]]
    """Those likely enough, with their chances."""
    learnt: _Learnt

    def chance(self, group: str, id: str) -> float:
        """How probable an answer is; 0 for one that was not taught."""
        column = self.learnt.model.answers.column.get((group, id))
        return self.chances[column] if column is not None else 0.0

    def likeliest(self, group: str) -> tuple[str, float]:
        """Of a group of which one answer is true, the likeliest that is one of its own ids, and how likely."""
        ids, start, end = self.learnt.proper[group]
        part = self.chances[start:end]
        best = max(part)
        return ids[part.index(best)], best

    def label(self, group: str, id: str, chance: float) -> Label:
        """The label with its reason: its phrases in the sentence, else the words that weigh most for it."""
        confidence = round(min(_SURELY_HIGH, max(_SURELY_LOW, chance)), 3)
        matches = self.found.of(group, id)
        column = self.learnt.model.answers.column.get((group, id))
        if matches or column is None:
            reason = of_phrases(self.found, matches)
            taught = "; learnt weights" if column is not None else ""
            return Label(id, confidence, reason.words + taught, reason.spans)
        learnt = self.learnt.reasons.of(self.row, self.found, column)
        return Label(id, confidence, learnt.words, learnt.spans)

    def newly_named(self, scheme: str) -> list[str]:
        """The concepts that a phrase names which was not there when the model was taught."""
        new = self.learnt.new_phrases
        if not new:
            return []
        named = {match.value for matches in self.found.matches.values() for match in matches if match.phrase in new}
        return sorted(concept.id for concept in named if concept.scheme == scheme)


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What is the same for all sentences of a document."""

    model: Model
    reasons: LearntReasons
    vocabulary: Vocabulary
    new_phrases: frozenset[str]
    """Of themes and cohorts: those that were not there when the model was taught."""
    proper: dict[str, tuple[tuple[str, ...], int, int]]
    """Of groups of which one answer is true: the ids that are not "nothing of the kind", and their columns."""


@lru_cache(maxsize=64)
def _alone(said: Said, vocabulary: Vocabulary) -> _Reader:
    """A sentence without neighbours; kept, as it is asked for its themes and then for its cohorts."""
    return _readers([said], vocabulary)[0]


def _readers(said: Sequence[Said], vocabulary: Vocabulary) -> list[_Reader]:
    learnt, words = model(), cues(vocabulary)
    found = [words.find(one) for one in said]
    numbers = features(said, found, learnt.answers.phrases)
    given, columns = chances(learnt, numbers), learnt.answers.columns
    new = words.phrases_unknown_to(learnt.known_phrases)
    of_all = _Learnt(learnt, LearntReasons(learnt, numbers), vocabulary, new, _proper(learnt.answers))
    themes = (-given[:, columns["theme"]]).argsort(1, kind="stable")[:, :_LOOKED_AT].tolist()
    cohorts = _likely_cohorts(learnt, given, numbers.phrases)
    rows = given.tolist()
    return [_Reader(one, row, rows[row], themes[row], cohorts[row], of_all) for row, one in enumerate(found)]


def _proper(answers: Answers) -> dict[str, tuple[tuple[str, ...], int, int]]:
    where = answers.columns
    result: dict[str, tuple[tuple[str, ...], int, int]] = {}
    result |= {"polarity": (POLARITIES, where["polarity"].start, where["polarity"].stop - 1)}
    for group in ("prevalence", "change"):
        result[group] = (answers.groups[group][1:], where[group].start + 1, where[group].stop)
    return result


def as_asked(cohorts: Exact, phrases: Numbers, answers: Answers) -> Exact:
    """Chances of cohorts as often as the guide asks for them among the sentences that name them."""
    result = cohorts.copy()
    for id, (taught, asked) in _SPARINGLY.items():
        if id in answers.cohorts:
            named = phrases[:, answers.phrases.index(f"cohort/{id}")] > 0
            own = cohorts[:, answers.cohorts.index(id)]
            odds = own / np.maximum(1 - own, 1e-6) * (asked / (1 - asked) * (1 - taught) / taught)
            result[:, answers.cohorts.index(id)] = np.where(named, odds / (1 + odds), own)
    return result


def _likely_cohorts(learnt: Model, given: Exact, phrases: Numbers) -> list[list[tuple[str, float]]]:
    chance = as_asked(given[:, learnt.answers.columns["cohort"]], phrases, learnt.answers)
    result: list[list[tuple[str, float]]] = [[] for _ in range(len(chance))]
    for row, place in np.argwhere(chance >= learnt.thresholds["cohort"]).tolist():
        result[row].append((learnt.answers.cohorts[place], float(chance[row, place])))
    return result


def _judged(reader: _Reader) -> Judged:
    chance = 1 - reader.chance("polarity", NOT_A_FINDING)
    reason = against(reader.found.said, chance, reader.learnt.vocabulary)
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
    best, chance = reader.likeliest("polarity")
    return reader.label("polarity", best, chance / max(finding, 1e-6))


def _prevalence(reader: _Reader) -> Label | None:
    """The quantity said; one of what is aimed at ("to ensure that all") or of time ("a few weeks") is none."""
    given = _one(reader, "prevalence")
    named = reader.found.of("prevalence", given.concept) if given else []
    words = reader.found.said.words
    beside = [_AIM.search(words, 0, match.start) or _OF_TIME.match(words, match.end) for match in named]
    return None if named and all(beside) else given


def _one(reader: _Reader, group: str) -> Label | None:
    """The likeliest of the answers where it is likely enough that one is given at all."""
    if reader.chance(group, NONE_GIVEN) >= reader.learnt.model.thresholds[group]:
        return None
    return reader.label(group, *reader.likeliest(group))


def _themes(reader: _Reader) -> tuple[Label, ...]:
    """The themes that are likely enough, the likeliest always; a broad one only where none below it stands."""
    there, answers = reader.learnt.vocabulary.concepts["theme"], reader.learnt.model.answers
    start = answers.columns["theme"].start
    likely = {answers.themes[place]: reader.chances[start + place] for place in reader.themes}
    named = reader.newly_named("theme")
    likely = {id: chance for id, chance in likely.items() if id in there}
    likely |= {id: max(_BY_PHRASE, likely.get(id, 0.0)) for id in named}
    ranked = sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))
    cut = reader.learnt.model.thresholds["theme"]
    chosen = [pair for rank, pair in enumerate(ranked[:MOST_THEMES]) if rank == 0 or pair[1] >= cut or pair[0] in named]
    broader = {there[id].broader for id, _ in chosen}
    return tuple(reader.label("theme", id, chance) for id, chance in chosen if id not in broader)


def _cohort(reader: _Reader) -> tuple[Label, ...]:
    there = reader.learnt.vocabulary.concepts["cohort"]
    likely = {id: chance for id, chance in reader.cohorts if id in there}
    likely |= {id: max(_BY_PHRASE, likely.get(id, 0.0)) for id in reader.newly_named("cohort")}
    return tuple(reader.label("cohort", id, chance) for id, chance in sorted(likely.items()))
