"""Why a thing bears its labels: the words that speak for each, where they stand, and what was learnt of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

import ontology
from loaders.statements.phrases import Phrases, longest, plain
from ontology import BASE, IG, SKOS
from queries import Description, Quotation, Source

SCHEMES = ("polarity", "theme", "prevalence", "cohort", "change")
KINDS = {
    SKOS.prefLabel: "label", SKOS.altLabel: "other label", SKOS.hiddenLabel: "hidden label", IG.cue: "cue",
}  # fmt: skip
_NAMED = frozenset({"theme", "cohort"})
"""Schemes whose very labels are looked for in text."""
_QUOTED = re.compile("“([^”]+)”")
_TAILS = ("", "s", "es", "'s", "s'")
_WORDS_OF = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ig: <https://w3id.org/inspection-graph/ontology#>
SELECT DISTINCT ?concept ?property ?words WHERE {{
  VALUES ?concept {{ {concepts} }}
  VALUES ?property {{ skos:prefLabel skos:altLabel skos:hiddenLabel ig:cue }}
  ?concept ?property ?words .
}} ORDER BY ?concept ?property ?words"""

Names = Mapping[str, Sequence[tuple[str, str]]]
"""By concept: property and words of each of its names and cues."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the document that speaks for a label; `kind` and `phrase` say which name of the concept it is.

    Both are None where no name stands there but what was learnt of the words. Offsets are the document's.
    """

    exact: str
    start: int
    end: int
    kind: str | None
    phrase: str | None


@dataclass(frozen=True, slots=True)
class Because:
    """One label, how surely and why; confidence and reason are None where the graph keeps only the label."""

    scheme: str
    concept: str
    confidence: float | None
    reason: str | None
    words: tuple[Words, ...]

    @property
    def learnt(self) -> bool:
        """Whether what was learnt from labelled sentences spoke too."""
        return self.reason is None or "learnt" in self.reason


def because(source: Source, told: Description) -> tuple[Because, ...]:
    """Every label of a finding, recommendation or action with the words of its first passage that speak for it."""
    labels = sorted(set(_labels(told)), key=lambda pair: (SCHEMES.index(pair[0]), pair[1]))
    if not labels or not told.quotations:
        return ()
    quotation = told.quotations[0]
    sure = {concept: (confidence, reason) for concept, confidence, reason in told.reasons}
    names = _names(source, [concept for _, concept in labels])
    found = []
    for scheme, concept in labels:
        confidence, reason = sure.get(concept, (None, None))
        own = [pair for pair in names.get(concept, ()) if pair[0] != SKOS.prefLabel or scheme in _NAMED]
        words = _quoted(reason, quotation, own) if reason else _named(quotation, own)
        found.append(Because(scheme, concept, confidence, reason, tuple(words)))
    return tuple(sorted(found, key=lambda one: (SCHEMES.index(one.scheme), -(one.confidence or 0.0), one.concept)))


def _labels(told: Description) -> Iterator[tuple[str, str]]:
    for statement in told.statements:
        scheme = statement.property.removeprefix(str(IG))
        if scheme in SCHEMES and isinstance(statement.value, ox.NamedNode) and statement.value.value.startswith(BASE):
            yield scheme, statement.value.value


def _names(source: Source, concepts: Iterable[str]) -> Names:
    listed = " ".join(str(ox.NamedNode(concept)) for concept in sorted(set(concepts)))
    answer = source.query(_WORDS_OF.format(concepts=listed))
    assert isinstance(answer, ox.QuerySolutions)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in answer:
        found[row["concept"].value].append((row["property"].value, row["words"].value))
    return found


def _quoted(reason: str, quotation: Quotation, names: Sequence[tuple[str, str]]) -> Iterator[Words]:
    """The words that a reason quotes, wherever the passage has them."""
    for quoted in dict.fromkeys(_QUOTED.findall(reason)):
        kind, phrase = _name(quoted, names)
        for found in re.finditer(rf"(?<!\w){re.escape(quoted)}(?!\w)", quotation.exact):
            yield Words(found.group(), quotation.start + found.start(), quotation.start + found.end(), kind, phrase)


def _name(words: str, names: Sequence[tuple[str, str]]) -> tuple[str | None, str | None]:
    """Which name of the concept the words are, an s of plural or genitive aside."""
    said = " ".join(plain(words).split())
    for property, phrase in names:
        if any(said == " ".join(plain(phrase).split()) + tail for tail in _TAILS):
            return KINDS[property], phrase
    return None, None


def _named(quotation: Quotation, names: Sequence[tuple[str, str]]) -> Iterator[Words]:
    """The names of a concept that stand in a passage, by the rules by which text is read."""
    found = Phrases((phrase, (KINDS[property], phrase)) for property, phrase in names).find(quotation.exact)
    for match in longest(found):
        start, end = quotation.start + match.start, quotation.start + match.end
        yield Words(quotation.exact[match.start : match.end], start, end, *match.value)


def id_of(concept: str) -> str:
    """The id of a concept.

    >>> id_of("https://w3id.org/inspection-graph/theme/early-help")
    'early-help'
    """
    return concept.removeprefix(ontology.BASE).rpartition("/")[2]
