"""What a page carries of each statement, in columns that pack well: its words, labels, reasons, document and place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ontology
from viz.said import Item, Said

QUOTED = re.compile("“([^”]*)”")
WORD = re.compile(r"[A-Za-z0-9]+")
AROUND = 110
"""Letters of what stands before and after a statement that a page carries where it does not carry the whole."""
KEYED = re.compile(r"(?:finding|recommendation)/([0-9a-f]{12})")
_UNSPOKEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Columns by name with an entry for each statement, the tables they point into, and the texts besides."""

    columns: dict[str, object]
    texts: tuple[str, ...]
    """The words of each statement; then, where the columns say `near`, those that stand around them."""
    concepts: Mapping[str, int]
    """The number of each theme, cohort and other concept by its IRI."""


class _Numbers(dict[Hashable, int]):
    """Different values in the order they came, each with its number."""

    def __missing__(self, value: Hashable) -> int:
        self[value] = len(self)
        return self[value]


def evidence(items: Sequence[Item], said: Said, *, whole: bool = False) -> Evidence:
    """What a page shows of these statements.

    `whole` says that the statements before and after each in its document come before and after it in `items` too.
    """
    documents, kinds, labels, under, sections, concepts, forms = (_Numbers() for _ in range(7))
    texts = [i.words for i in items]
    spots: list[tuple[int, int]] = []
    why = [[_why(reason, i, said, spots) for reason in _ordered(i)] for i in items]
    judged = {labels[i.label]: concepts[c] for i in items for c, _, _ in i.reasons if c.rpartition("/")[2] == i.label}
    columns: dict[str, object] = {
        "base": ontology.BASE,
        "of": [documents[_stem(i), i.title] for i in items],
        "rest": [_rest(i) for i in items],
        "kind": [kinds[i.kind] for i in items],
        "label": [labels[i.label] for i in items],
        "page": [i.page or 0 for i in items],
        "under": [under[_under(i, said)] for i in items],
        "section": [sections[i.section] for i in items],
        "themes": [[concepts[t] for t in i.themes] for i in items],
        "cohorts": [[concepts[c] for c in i.cohorts] for i in items],
        "reasons": [len(i.reasons) for i in items],
        # 0 is what comes next of the label and the themes: nearly always
        "concept": [0 if c == e else 1 + concepts[c] for i in items for c, e in _expected(i)],
        "sure": [w[0] for found in why for w in found],
        "form": [forms[w[1]] for found in why for w in found],
        "spot": [start for start, _ in spots],
        "long": [long for _, long in spots],
    }
    if whole:
        columns["gap"] = _gaps(items)
    else:
        columns["near"] = _near(items, said, texts)
    for name, table in (("documents", documents), ("kinds", kinds), ("labels", labels), ("unders", under)):
        columns[name] = list(table)
    columns |= {"sections": list(sections), "forms": list(forms), "concepts": [said.name(str(c)) for c in concepts]}
    columns["judged"] = [judged.get(k, -1) for k in range(len(labels))]
    return Evidence(columns, tuple(texts), {str(iri): k for iri, k in concepts.items()})


def _ordered(item: Item) -> list[tuple[str, str, str]]:
    """The reasons in the order of what they are for: the label, the themes, the rest."""
    place = {theme: k for k, theme in enumerate(item.themes)}
    return sorted(
        item.reasons, key=lambda r: (-1 if r[0].rpartition("/")[2] == item.label else place.get(r[0], len(place)), r)
    )


def _expected(item: Item) -> Iterator[tuple[str, str]]:
    """The concept of each reason with that of its place among the label and the themes."""
    for k, (concept, _, _) in enumerate(_ordered(item)):
        own = concept if concept.rpartition("/")[2] == item.label else ""
        yield concept, own if k == 0 else item.themes[k - 1] if k <= len(item.themes) else ""


def _stem(item: Item) -> str:
    """What the IRIs of a document's statements begin with."""
    begin = item.document + "/"
    return begin.removeprefix(ontology.BASE) if item.iri.startswith(begin) else ""


def _rest(item: Item) -> str | int:
    """The rest of the IRI, or nothing where the words give it: see `statement_key` of the graph's IRIs."""
    stem = _stem(item)
    rest = item.iri.removeprefix(ontology.BASE).removeprefix(stem)
    keyed = KEYED.fullmatch(rest)
    # a browser is asked for what needs no table of letters: other statements bring their key
    if stem and keyed and item.words.replace("’", "").replace("‘", "").isascii() and keyed[1] == _key(item.words):
        return 0
    return rest


def _key(words: str) -> str:
    spoken = _UNSPOKEN.sub("", unicodedata.normalize("NFKC", words).lower())
    return hashlib.sha256(spoken.encode()).hexdigest()[:12]


def _under(item: Item, said: Said) -> tuple[tuple[str, ...], str, str, tuple[str, ...]]:
    """Authorities, framework, date and regions of the inspection, plan or meeting that says it."""
    visit = said.visit.get(item.under)
    if visit:
        return visit.authorities, visit.framework, visit.start, visit.regions
    return (item.authority,), "", item.date, ()


def _why(reason: tuple[str, str, str], item: Item, said: Said, spots: list[tuple[int, int]]) -> tuple[int, str]:
    """Confidence in hundredths, and the reason; places of what it quotes of the statement go to `spots`."""
    concept, confidence, words = reason
    form, quoted = _form(words, item.words, said.name(concept))
    spots.extend(quoted)
    return round(100 * float(confidence or 1)), form


@lru_cache(maxsize=500_000)  # a site shows a statement on several pages
def _form(reason: str, words: str, name: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The reason without the name and what it quotes of the words, and the places of that in them."""
    lower, spots = words.lower(), []
    # a letter may be two in lower case: then places would be of another text
    steady = len(lower) == len(words)

    def place(quotation: re.Match[str]) -> str:
        start = lower.find(quotation[1].lower()) if steady else -1
        if start < 0 or not quotation[1]:
            return quotation[0]
        spots.append(_spot(words, start, start + len(quotation[1])))
        return "“”"

    form = QUOTED.sub(place, reason).replace(f" of {name};", " of “~”;")
    return form, tuple(spots)


def _spot(words: str, start: int, end: int) -> tuple[int, int]:
    """Number of the first word and of words, which pack well; else letters, the first counted from -1 downwards."""
    begins, ends = _bounds(words)
    if start in begins and end in ends:
        return begins[start], ends[end] - begins[start] + 1
    return -1 - start, end - start


@lru_cache(maxsize=1000)  # a statement is asked for once for each of its reasons, one after the other
def _bounds(words: str) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """The number of each word by where it begins, and by where it ends."""
    found = [m.span() for m in WORD.finditer(words)]
    return {a: k for k, (a, _) in enumerate(found)}, {b: k for k, (_, b) in enumerate(found)}


def _gaps(items: Sequence[Item]) -> list[int]:
    """1 where a document has more between a statement and the one before it than a space."""
    return [
        int(k == 0 or items[k - 1].document != i.document or i.at - items[k - 1].at - len(items[k - 1].words) > 3)
        for k, i in enumerate(items)
    ]


def _near(items: Sequence[Item], said: Said, texts: list[str]) -> list[tuple[int, int]]:
    """By statement, the numbers of the texts before and after it or -1; they are put behind the others."""
    number: dict[str, int] = {}

    def add(words: str) -> int:
        if number.setdefault(words, len(texts)) == len(texts):
            texts.append(words)
        return number[words]

    found = []
    for item in items:
        before, after = said.beside.get(item.iri, (None, None))
        end = before.words[-AROUND:].partition(" ")[2] if before and len(before.words) > AROUND else ""
        begin = after.words[:AROUND].rpartition(" ")[0] if after and len(after.words) > AROUND else ""
        found.append(
            (
                add(f"…{end}" if end else before.words) if before else -1,
                add(f"{begin}…" if begin else after.words) if after else -1,
            )
        )
    return found
