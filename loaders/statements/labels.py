"""What a sentence says, with how surely and why.

Whether it is a finding, how it evaluates, what it is about, of how many, of whom, and whether things have changed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from loaders.records import Label, Labels
from loaders.statements.answers import NONE_GIVEN, NOT_A_FINDING, POLARITIES, Answers
from loaders.statements.bearing import Reason, against
from loaders.statements.cues import Found, cues
from loaders.statements.evidence import LearntReasons, of_phrases
from loaders.statements.features import Integers, Numbers, features, runs
from loaders.statements.model import Exact, Model, chances, model
from loaders.statements.phrases import Match, Phrases
from loaders.statements.quantities import of_no_case
from loaders.statements.said import Said
from loaders.statements.turning import Turned, denied, more_or_less, turned
from loaders.text import Span
from ontology import Concept, Vocabulary

MOST_THEMES = 4
_LOOKED_AT = MOST_THEMES + 2
_BY_PHRASE = 0.7
"""How surely a concept is given by a phrase that was not there when the model was taught."""
_LEAST = 0.02
"""How likely a polarity is at the least before words turn a sentence to it."""
_SURELY_HIGH, _SURELY_LOW = 0.995, 0.005
_EVERY, _BETTER, _WORSE = "all", "improved", "declined"
# The readers of the training labels gave these two more sparingly than the guide asks: of the sentences that name
# parents 0.15 where 0.4 is right, of those that name staff 0.4 where 0.55 is.
_SPARINGLY = {"parents": (0.15, 0.4), "social-workers": (0.4, 0.55)}


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence judged: how surely it is a finding (0-1), and why it is none or what it says."""

    finding: float
    against: Reason | None
    labels: Labels | None


def label(said: Sequence[Said], vocabulary: Vocabulary) -> tuple[Judged, ...]:
    """What each of the sentences says, which follow each other in a document."""
    with _no_search_for_cycles():
        return tuple([_judged(reader) for reader in _readers(said, vocabulary)])


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Labels are many small things without a cycle among them; looking for one is an eighth of what they cost."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


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
        matches = self.found.of(group, id) or [match for match in self.newly_found(group) if match.value.id == id]
        column = self.learnt.model.answers.column.get((group, id))
        if matches or column is None:
            reason = of_phrases(self.found, matches)
            taught = "; learnt weights" if column is not None else ""
            return Label(id, confidence, reason.words + taught, reason.spans)
        learnt = self.learnt.reasons.of(self.row, self.found, column)
        return Label(id, confidence, learnt.words, learnt.spans)

    def newly_named(self, scheme: str) -> list[str]:
        """The concepts that a phrase names which they were given after the model was taught; no denied judgements."""
        if self.learnt.added is None:
            return []
        words, judges = self.found.said.words, scheme in ("polarity", "change")
        found = self.newly_found(scheme)
        return sorted({match.value.id for match in found if not (judges and denied(words, match.start))})

    def newly_found(self, scheme: str) -> list[Match[Concept]]:
        """The phrases of a scheme in the sentence that a concept was given after the model was taught."""
        added = self.learnt.added
        if added is None:
            return []
        return [match for match in added.find(self.found.said.words) if match.value.scheme == scheme]


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What is the same for all sentences of a document."""

    model: Model
    reasons: LearntReasons
    vocabulary: Vocabulary
    added: Phrases[Concept] | None
    """The phrases that were given to a concept after the model was taught."""
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
    own = runs(numbers.words, numbers.lengths)
    given, columns = chances(learnt, numbers, own), learnt.answers.columns
    reasons = LearntReasons(learnt, numbers.lengths, own)
    of_all = _Learnt(learnt, reasons, vocabulary, words.added_since(learnt.known_phrases), _proper(learnt.answers))
    themes = _likeliest(given[:, columns["theme"]]).tolist()
    cohorts = _likely_cohorts(learnt, given, numbers.phrases)
    rows = given.tolist()
    return [_Reader(one, row, rows[row], themes[row], cohorts[row], of_all) for row, one in enumerate(found)]


def _likeliest(themes: Exact) -> Integers:
    """The places of each sentence's likeliest themes in falling order, of equal ones the first."""
    # Chances have four decimals; what is taken off for the place only decides between equal ones.
    falling = np.arange(themes.shape[1]) * 1e-9 - themes
    few = np.argpartition(falling, _LOOKED_AT, axis=1)[:, :_LOOKED_AT]
    order = np.take_along_axis(falling, few, axis=1).argsort(1)
    return np.take_along_axis(few, order, axis=1)


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
    polarity = _polarity(reader, chance)
    labels = Labels(
        polarity=polarity,
        themes=_themes(reader),
        prevalence=_prevalence(reader),
        cohort=_cohort(reader),
        change=_change(reader, polarity.concept),
    )
    return Judged(round(chance, 3), None, labels)


def _polarity(reader: _Reader, finding: float) -> Label:
    """The likeliest, unless a phrase given to a polarity after the teaching names another or a word turns it round."""
    best, chance = reader.likeliest("polarity")
    named = reader.newly_named("polarity")
    if len(named) == 1 and best != "mixed":
        return reader.label("polarity", named[0], max(_BY_PHRASE, reader.chance("polarity", named[0])))
    around = turned(reader.found.said.words)
    if around and best not in (around.to, "mixed"):
        return _turned(reader, around, finding)
    return reader.label("polarity", best, chance / max(finding, 1e-6))


def _turned(reader: _Reader, around: Turned, finding: float) -> Label:
    """The polarity once what a word turns to has become so many times as likely."""
    odds = {id: reader.chance("polarity", id) / max(finding, 1e-6) for id in POLARITIES}
    odds[around.to] = around.times * max(odds[around.to], _LEAST)
    best = max(POLARITIES, key=odds.__getitem__)
    label = reader.label("polarity", best, odds[best] / sum(odds.values()))
    if best != around.to:
        return label
    start = reader.found.said.start
    spans = tuple(sorted({*label.spans, Span(start + around.start, start + around.end)}))
    return replace(label, reason=f"{label.reason}; “{around.words}” turns what it is said of", spans=spans)


def _prevalence(reader: _Reader) -> Label | None:
    """The quantity said; one of all that is aimed at ("to ensure that all") or of what is no case is none."""
    given = _one(reader, "prevalence")
    if given is None or reader.newly_named("prevalence"):
        return given
    words, every = reader.found.said.words, given.concept == _EVERY
    named = reader.found.of("prevalence", given.concept)
    return None if named and all(of_no_case(words, match.start, match.end, every) for match in named) else given


def _change(reader: _Reader, polarity: str) -> Label | None:
    """Whether it has become better; more or less of what is criticised has become worse."""
    given = _one(reader, "change")
    if given is None or given.concept != _BETTER or polarity != "weakness" or reader.newly_named("change"):
        return given
    return replace(given, concept=_WORSE) if more_or_less(reader.found.said.words) else given


def _one(reader: _Reader, group: str) -> Label | None:
    """The likeliest of the answers where it is likely enough that one is given at all."""
    named = reader.newly_named(group)
    if named:
        likeliest = max(named, key=lambda id: (reader.chance(group, id), id))
        return reader.label(group, likeliest, max(_BY_PHRASE, reader.chance(group, likeliest)))
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
