"""Where sentences begin and end within a block, and the mark by which a report ties one to its recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.text import Span, Text

# A full stop after one of these ends no sentence, whatever follows.
_NEVER_LAST = frozenset(
    (
        "mr", "mrs", "ms", "dr", "prof", "st", "rt", "hon", "rev", "sgt", "insp", "supt", "cllr", "no", "nos", "para",
        "paras", "vol", "ch", "fig", "e.g", "eg", "i.e", "ie", "vs", "cf", "viz", "approx", "incl", "reg", "sch", "pp",
    )
)  # fmt: skip
_END = re.compile(r"[.!?…]+[\"”’'\)\]]*(?P<note>\d{1,2}(?:,\s?\d{1,2})*)?(?=\s|$)")
_NEXT = re.compile(r"\s*(?P<next>[\"“‘'(\[]*[A-Z0-9£•])")
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*$")
_MARK = re.compile(r"\s*[(\[]\s*recommendations?\b[\s\d,&and.–-]*[)\]]\s*[.;]?", re.IGNORECASE)
_NUMBER_LEFT = re.compile(r"(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s+(?=[A-Z])")
# A paragraph's number that was left standing in the text ends nothing.
_NUMBER = re.compile(r"\s*\d{0,3}\s*")
_EDGE = " \t\n\u00a0•▪◼–-"


def sentences(text: Text, span: Span) -> tuple[Span, ...]:
    """The sentences of a stretch of text in order, without footnote numbers or marks of recommendations."""
    return tuple(sentence for sentence, _ in marked_sentences(text, span))


def marked_sentences(text: Text, span: Span) -> tuple[tuple[Span, bool], ...]:
    """The same sentences, each with whether "(Recommendation)" or "(Recommendation 3)" stands at its end."""
    content = text.content
    found: list[tuple[Span, bool]] = []
    for piece in _pieces(content, span):
        found.extend(_without_marks(content, piece, found))
    return tuple(found)


def _pieces(content: str, span: Span) -> Iterator[Span]:
    """Stretches up to each place where a sentence ends, closing marks and footnote numbers left out."""
    start = span.start
    for end in _END.finditer(content, span.start, span.end):
        if end.start() < start or not _ends(content, end, Span(start, span.end)):
            continue
        note = end.start("note")
        yield Span(start, note if note >= 0 else end.end())
        start = end.end()
    if start < span.end:
        yield Span(start, span.end)


def _ends(content: str, end: re.Match[str], span: Span) -> bool:
    """Whether the punctuation matched ends a sentence: one can begin after it and no abbreviation stands before it."""
    if end["note"] and content[end.start() - 1 : end.start()].isdigit():
        return False
    if end.end() >= span.end:
        return True
    if not (_NEXT.match(content, end.end(), span.end) or _MARK.match(content, end.end(), span.end)):
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    before = content[span.start : end.start()]
    if _NUMBER.fullmatch(_MARK.sub("", before)):
        return False
    before = before[-24:]
    found = _WORD_BEFORE.search(before)
    word = found.group() if found else ""
    initial = len(word) == 1 and word not in "IA"
    return not (initial or word.lower() in _NEVER_LAST)


def _without_marks(content: str, piece: Span, found: list[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    """`piece` without the marks in it; one at its head marks the last of `found`, one at its end marks itself."""
    start, end = piece.start, piece.end
    while head := _MARK.match(content, start, end):
        if found:
            found[-1] = (found[-1][0], True)
        start = head.end()
    number = _NUMBER_LEFT.match(content, _skip(content, start, end), end)
    start = _skip(content, number.end() if number else start, end)
    inner = _MARK.search(content, start, end)
    stop = inner.start() if inner else end
    if inner and content[inner.end() : end].strip(" .;"):
        stop, inner = end, None
    while stop > start and content[stop - 1] in " \t\n\u00a0":
        stop -= 1
    if stop > start and any(character.isalnum() for character in content[start:stop]):
        yield Span(start, stop), inner is not None


def _skip(content: str, start: int, end: int) -> int:
    while start < end and content[start] in _EDGE:
        start += 1
    return start
