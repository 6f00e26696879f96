"""Phrases that might be added to a theme: what its sentences say more often than others do.

Ranked by the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn, “Fightin' Words”, 2008):
how much likelier a phrase is in the theme's sentences than in the others, in standard deviations, with all sentences as
the prior, so that neither rare words nor common ones come first by chance.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import TooFewSentences
from graph.evaluation.label_files import LabelFile
from graph.evaluation.matching import Match
from graph.evaluation.told import Told, ToldGraph
from loaders.statements.phrases import Phrases, plain
from ontology import EMPTY_WORDS

LONGEST = 4
"""Words of a phrase."""
_SEGMENT = re.compile(r"[,;:().!?\"/\[\]]+")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_SHORTEST_WORD = 4
_SURELY = 0.5
_SHARE = 0.5
_NEW = 2
"""Sentences that no phrase finds yet, so that a phrase is worth adding."""
_NESTED = 0.8
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase for a theme, and by how many sentences of how many documents and authorities it is borne out."""

    phrase: str
    score: float
    """Standard deviations above what the other sentences let expect."""
    of_theme: int
    """Sentences of the theme that hold it."""
    sentences: int
    """All sentences that hold it."""
    new: int
    """Those of the theme that none of its phrases is in yet."""
    documents: int
    authorities: int
    also: tuple[str, ...]
    """Other themes that have this very phrase."""
    examples: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence: its words, document, the finding that says it, whether it is of the theme and named by a phrase."""

    words: str
    document: str
    told: Told | None
    of_theme: bool


@dataclass(slots=True)
class _Seen:
    """Where one candidate was seen."""

    elsewhere: int = 0
    lines: set[int] = field(default_factory=set)


def suggest(
    graph: ToldGraph,
    theme: str,
    *,
    labels: LabelFile | None = None,
    most: int = 20,
    authorities: int = 3,
) -> tuple[Suggestion, ...]:
    """The best phrases for a theme, from a reader's labels or else from the sentences that the graph gives the theme.

    A phrase must stand in documents of `authorities` authorities (or of all, where the graph has fewer), and half of
    the sentences that hold it must be of the theme. Left out is what a phrase of the theme is already found in.
    TooFewSentences where no sentence is of the theme.
    """
    lines = tuple(_labelled(graph, theme, labels) if labels else _told(graph, theme))
    if not any(line.of_theme for line in lines):
        where = str(labels.path) if labels else str(graph.folder)
        raise TooFewSentences(f"no sentence of {where} is about the theme “{theme}”: give it a phrase or labels first")
    judge = _Judge.of(graph, theme, lines, authorities)
    seen, sizes = _seen(lines, fewest=max(2, judge.needed))
    scores = {phrase: _score(len(one.lines), one.elsewhere, sizes) for phrase, one in seen.items()}
    found: list[Suggestion] = []
    kept: list[set[int]] = []
    for phrase in sorted(scores, key=lambda phrase: (-scores[phrase], -len(phrase), phrase)):
        if scores[phrase] <= 0 or len(found) == most:
            break
        one = seen[phrase]
        told = judge.suggestion(phrase, scores[phrase], one)
        if told is not None and not _nested(one.lines, kept):
            kept.append(one.lines)
            found.append(told)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Judge:
    """What tells whether a phrase is worth proposing for a theme."""

    theme: str
    lines: Sequence[_Line]
    bodies: Mapping[str, frozenset[str]]
    """The authorities of each document."""
    needed: int
    """Of how many authorities a phrase must be."""
    known: Phrases[str]
    """The theme's phrases."""
    bearers: Mapping[str, frozenset[str]]
    """The themes that have a phrase."""

    @classmethod
    def of(cls, graph: ToldGraph, theme: str, lines: Sequence[_Line], authorities: int) -> _Judge:
        bodies = {key: graph.authorities(key) for key in {line.document for line in lines}}
        phrases = graph.phrases("theme")
        bearers: dict[str, set[str]] = defaultdict(set)
        for id, words in phrases.items():
            for phrase in words:
                bearers[plain(phrase)].add(id)
        return cls(
            theme,
            lines,
            bodies,
            min(authorities, len(frozenset().union(*bodies.values()))),
            Phrases((phrase, theme) for phrase in phrases.get(theme, ())),
            {phrase: frozenset(ids) for phrase, ids in bearers.items()},
        )

    def suggestion(self, phrase: str, score: float, seen: _Seen) -> Suggestion | None:
        """The phrase with what bears it out; None where too little does, or where it is found already."""
        held = [self.lines[k] for k in sorted(seen.lines)]
        bodies = frozenset().union(*(self.bodies[line.document] for line in held))
        sentences = len(held) + seen.elsewhere
        if len(bodies) < self.needed or len(held) < _SHARE * sentences or self.known.find(phrase):
            return None
        new = [line for line in held if not self.known.find(line.words)]
        if len(new) < min(_NEW, self.needed):
            return None
        return Suggestion(
            phrase=phrase,
            score=round(score, 2),
            of_theme=len(held),
            sentences=sentences,
            new=len(new),
            documents=len({line.document for line in held}),
            authorities=len(bodies),
            also=tuple(sorted(self.bearers.get(phrase, frozenset()) - {self.theme})),
            examples=_examples(new, self.bodies),
        )


def _told(graph: ToldGraph, theme: str) -> Iterator[_Line]:
    """All findings; those of the theme where the graph is at least as sure of it as not."""
    for key in graph.documents:
        for one in graph.findings(key):
            given = next((label for label in one.labels.get("theme", ()) if label.id == theme), None)
            sure = given is not None and (given.confidence is None or given.confidence >= _SURELY)
            yield _Line(one.statement, key, one, sure)


def _labelled(graph: ToldGraph, theme: str, labels: LabelFile) -> Iterator[_Line]:
    """The labelled findings of documents that were built."""
    matches: dict[str, Match] = {}
    for row in labels.rows:
        key = graph.key(row.document)
        if key is not None and "theme" in row.labels:
            if key not in matches:
                matches[key] = Match(graph.findings(key))
            yield _Line(row.text, key, matches[key].find(row.text), theme in row.labels["theme"])


def _seen(lines: Sequence[_Line], fewest: int) -> tuple[dict[str, _Seen], tuple[int, int]]:
    """The runs of words that stand in `fewest` sentences of the theme or more, and how many runs there are in all.

    The two sizes are those of the theme's sentences and of the others.
    """
    inside: Counter[str] = Counter()
    for line in lines:
        if line.of_theme:
            inside.update(runs(line.words))
    seen = {phrase: _Seen() for phrase, count in inside.items() if count >= fewest}
    sizes = [0, 0]
    for number, line in enumerate(lines):
        found = runs(line.words)
        sizes[not line.of_theme] += len(found)
        for phrase in found & seen.keys():
            if line.of_theme:
                seen[phrase].lines.add(number)
            else:
                seen[phrase].elsewhere += 1
    return seen, (sizes[0], sizes[1])


def runs(words: str) -> set[str]:
    """The runs of one to four words that do not cross a mark, and neither begin nor end with an empty word.

    >>> sorted(runs("Plans, for the child"))
    ['child', 'plans']
    """
    found: set[str] = set()
    for segment in _SEGMENT.split(plain(words)):
        tokens = _WORD.findall(segment)
        telling = [token not in EMPTY_WORDS and not token.isdigit() for token in tokens]
        for start, first in enumerate(telling):
            if first:
                for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
                    if telling[end - 1] and (end - start > 1 or len(tokens[start]) >= _SHORTEST_WORD):
                        found.add(" ".join(tokens[start:end]))
    return found


def _score(inside: int, outside: int, sizes: tuple[int, int]) -> float:
    """The log-odds ratio over its standard deviation; the prior weighs as much as the theme's own sentences."""
    of_theme, of_others = sizes
    prior = (inside + outside) * of_theme / (of_theme + of_others)
    mine, theirs = inside + prior, outside + prior
    odds = math.log(mine / (2 * of_theme - mine)) - math.log(theirs / (of_others + of_theme - theirs))
    return odds / math.sqrt(1 / mine + 1 / theirs)


def _nested(lines: set[int], kept: Iterable[set[int]]) -> bool:
    """Whether nearly the same sentences hold a phrase that was kept already."""
    return any(len(lines & other) >= _NESTED * min(len(lines), len(other)) for other in kept)


def _examples(lines: Sequence[_Line], bodies: Mapping[str, frozenset[str]]) -> tuple[Told, ...]:
    """Findings of different authorities, the surest first."""
    found: dict[frozenset[str], Told] = {}
    for line in sorted((line for line in lines if line.told), key=lambda line: -(line.told.surety if line.told else 0)):
        if line.told:
            found.setdefault(bodies[line.document], line.told)
    return tuple(found.values())[:_EXAMPLES]
