"""What must hold of a researcher's own Turtle before text is read with it, so that a slip is told and not built in."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontology.completion import scheme_of
from ontology.files import VocabularyError
from ontology.namespaces import BASE, IG, PREFIXES, RDF, SCHEMES, SKOS
from ontology.wording import ARTICLES, COMMON_PHRASES, EMPTY_WORDS

_PHRASES = {SKOS.altLabel: "skos:altLabel", SKOS.hiddenLabel: "skos:hiddenLabel", IG.cue: "ig:cue"}
_LABELS = {SKOS.prefLabel: "skos:prefLabel", **_PHRASES}
_SAYS_CONCEPT = frozenset({*_LABELS, SKOS.broader, SKOS.inScheme, SKOS.topConceptOf, SKOS.definition, SKOS.scopeNote})
_OF_MATTER = frozenset({"theme", "cohort"})
"""Schemes whose phrases name a matter; words of grammar may be phrases of a quantity or a contrast."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class VocabularyWarning:
    """Something in a researcher's file that is likely not meant; `line` counts from 1, None where it is not known."""

    file: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line is not None else f"{self.file}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Written:
    """One file with what it says, and where."""

    path: Path
    triples: Sequence[ox.Triple]
    lines: Sequence[str]

    def wrong(self, message: str, subject: str, words: str = "") -> VocabularyError:
        return VocabularyError(self.path, self.line(subject, words), message)

    def line(self, subject: str, words: str = "") -> int | None:
        """The line where a concept's description begins or, after that, the first with the words; from 1."""
        names = [f"<{subject}>"]
        for prefix, stem in PREFIXES.items():
            if subject.startswith(stem):
                names.append(f"{prefix}:{subject.removeprefix(stem)}")
        whole = re.compile("|".join(rf"{re.escape(name)}(?![\w-])" for name in names))
        mentions = [number for number, line in enumerate(self.lines, 1) if whole.search(line)]
        described = [number for number in mentions if whole.match(self.lines[number - 1].lstrip())]
        first = next(iter(described or mentions), None)
        if words:
            holding = [number for number, line in enumerate(self.lines, 1) if words in line]
            return next((number for number in holding if first and number >= first), next(iter(holding), first))
        return first


def check(
    model: Sequence[ox.Triple], extra: Sequence[tuple[Path, Sequence[ox.Triple]]]
) -> tuple[VocabularyWarning, ...]:
    """Warnings about the `extra` files, with their triples, beside the `model`'s; VocabularyError for what is wrong."""
    files = [_Written(path, triples, path.read_text(encoding="utf8").splitlines()) for path, triples in extra]
    known = {t.subject.value for t in model if t.predicate.value == RDF.type and _value(t) == SKOS.Concept}  # type: ignore[union-attr]
    labels = _by_subject(model, SKOS.prefLabel)
    for file in files:
        _check_concepts(file, known, labels, files)
    _check_broader(files, model, known)
    for file in files:
        for triple in file.triples:
            if triple.predicate.value in _LABELS:
                _check_words(file, triple)
    return tuple(_doubled_phrases(files, model, labels))


def _check_concepts(file: _Written, known: set[str], labels: Mapping[str, set[str]], files: Sequence[_Written]) -> None:
    """Each concept that a file speaks of is there already or is added whole, once, in a scheme."""
    added = {subject for one in files for subject in _concepts(one)}
    given: dict[str, set[str]] = defaultdict(set)
    for one in files:
        for subject, words in _by_subject(one.triples, SKOS.prefLabel).items():
            given[subject] |= words
    for subject in _spoken_of(file):
        scheme, id = scheme_of(subject), subject.rpartition("/")[2]
        if subject in added and (scheme not in SCHEMES or not id):
            remedy = f"begin its IRI with that of a scheme, such as {BASE}theme/"
            raise file.wrong(f"the concept <{subject}> is in no scheme: {remedy}", subject)
        if scheme not in SCHEMES:
            continue
        if subject not in added | known:
            raise file.wrong(_unknown(scheme, id, known), subject)
        if subject not in known and not given[subject]:
            raise file.wrong(f'the {scheme} "{id}" has no skos:prefLabel: give it a label', subject)
        names = labels.get(subject, set()) | given[subject]
        if len(names) > 1:
            told = " and ".join(f"“{name}”" for name in sorted(names))
            there = "is there already: to add phrases to it, leave out its skos:prefLabel"
            twice = there if subject in known else "is described twice: give each concept an id of its own"
            raise file.wrong(f'the {scheme} "{id}" {twice} ({told})', subject, max(given[subject]))
        for placed in _by_subject(file.triples, SKOS.inScheme).get(subject, set()) - {BASE + scheme}:
            raise file.wrong(f'the {scheme} "{id}" is put in the scheme <{placed}>: its IRI says otherwise', subject)


def _unknown(scheme: str, id: str, known: set[str]) -> str:
    stem = f"{BASE}{scheme}/"
    near = difflib.get_close_matches(id, [iri.removeprefix(stem) for iri in known if iri.startswith(stem)], n=1)
    meant = f'did you mean "{near[0]}"? ' if near else ""
    return f'there is no {scheme} "{id}": {meant}to add it, say that it is a skos:Concept and give it a skos:prefLabel'


def _check_broader(files: Sequence[_Written], model: Sequence[ox.Triple], known: set[str]) -> None:
    """A broader concept is there, in the same scheme, and not narrower than what it is said of."""
    there = known | {subject for file in files for subject in _concepts(file)}
    broader = _by_subject(model, SKOS.broader)
    for file in files:
        for subject, values in _by_subject(file.triples, SKOS.broader).items():
            broader.setdefault(subject, set()).update(values)
    for file in files:
        for subject, values in sorted(_by_subject(file.triples, SKOS.broader).items()):
            scheme, id = scheme_of(subject), subject.rpartition("/")[2]
            for value in sorted(values):
                if value not in there or scheme_of(value) != scheme:
                    named = value.removeprefix(f"{BASE}{scheme}/")
                    message = f'"{id}" has the broader {scheme} "{named}", which does not exist'
                    raise file.wrong(message, subject, named)
            if circle := _circle(subject, broader):
                told = " → ".join(f'"{iri.rpartition("/")[2]}"' for iri in circle)
                raise file.wrong(
                    f"each of these is broader than the one before it, in a circle: {told}", subject, "broader"
                )


def _circle(start: str, broader: Mapping[str, set[str]]) -> list[str]:
    """A way from `start` up to itself; empty where there is none."""
    ways = [[start]]
    seen = set()
    while ways:
        way = ways.pop()
        for above in sorted(broader.get(way[-1], ())):
            if above == start:
                return [*way, start]
            if above not in seen:
                seen.add(above)
                ways.append([*way, above])
    return []


def _check_words(file: _Written, triple: ox.Triple) -> None:
    """A label is words in English; a phrase can tell its concept from others."""
    subject, property = triple.subject.value, _LABELS[triple.predicate.value]  # type: ignore[union-attr]
    scheme, id = scheme_of(subject), subject.rpartition("/")[2]
    if scheme not in SCHEMES:
        return
    whose = f'of the {scheme} "{id}"'
    if not isinstance(triple.object, ox.Literal):
        raise file.wrong(f"{property} {whose} is no text: write the words in quotes", subject)
    words, language = triple.object.value, triple.object.language
    if language and language.partition("-")[0].lower() != "en":
        raise file.wrong(
            f"“{words}” {whose} is tagged @{language}: text is read in English, so tag it @en", subject, words
        )
    if triple.predicate.value in _PHRASES and (problem := _too_general(words, scheme)):
        raise file.wrong(f"the phrase “{words}” {whose} {problem}", subject, f'"{words}"')
    if not words.strip():
        raise file.wrong(f"{property} {whose} is empty", subject)


def _too_general(words: str, scheme: str) -> str:
    """Why a phrase would match nearly everything or nothing; empty where it would not."""
    found = [word.lower().replace("’", "'") for word in _WORD.findall(words)]
    if not found:
        return "holds no word"
    if sum(map(len, found)) == 1:
        return "is one letter: it would match far too much"
    grammar = EMPTY_WORDS if scheme in _OF_MATTER else ARTICLES
    if all(word in grammar for word in found):
        return "is only words of grammar: it would match nearly every sentence"
    if scheme in _OF_MATTER and " ".join(found) in COMMON_PHRASES:
        return "is in so many sentences, whatever they are about, that it tells nothing: make it longer"
    return ""


def _doubled_phrases(
    files: Sequence[_Written], model: Sequence[ox.Triple], labels: Mapping[str, set[str]]
) -> Iterator[VocabularyWarning]:
    """Phrases of a file that another concept of the scheme has too."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    names = {subject: min(words) for subject, words in labels.items()}
    for triple in (*model, *(triple for file in files for triple in file.triples)):
        if triple.predicate.value in _PHRASES:
            subject = triple.subject.value  # type: ignore[union-attr]
            bearers[scheme_of(subject), _plain(_value(triple))].add(subject)
    for file in files:
        names |= {subject: min(words) for subject, words in _by_subject(file.triples, SKOS.prefLabel).items()}
        for triple in file.triples:
            subject, words = triple.subject.value, _value(triple)  # type: ignore[union-attr]
            others = bearers[scheme_of(subject), _plain(words)] - {subject}
            if triple.predicate.value in _PHRASES and others:
                told = ", ".join(f"“{names.get(other, other)}”" for other in sorted(others))
                message = f"“{words}” of “{names.get(subject, subject)}” is a phrase of {told} too"
                yield VocabularyWarning(file.path, file.line(subject, f'"{words}"'), message)


def _concepts(file: _Written) -> set[str]:
    return {t.subject.value for t in file.triples if t.predicate.value == RDF.type and _value(t) == SKOS.Concept}  # type: ignore[union-attr]


def _spoken_of(file: _Written) -> list[str]:
    """What a file describes as a concept, in the order of the file."""
    subjects = {
        triple.subject.value: None
        for triple in file.triples
        if isinstance(triple.subject, ox.NamedNode)
        and (triple.predicate.value in _SAYS_CONCEPT or _value(triple) == SKOS.Concept)
    }
    return list(subjects)


def _by_subject(triples: Sequence[ox.Triple], property: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value == property:
            found[triple.subject.value].add(_value(triple))  # type: ignore[union-attr]
    return found


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _value(triple: ox.Triple) -> str:
    value: str = triple.object.value  # type: ignore[union-attr]
    return value
