"""What a meeting resolved, one clause each: after "RESOLVED", whether in a sentence, a list or lettered clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.text import Block, Span, Text

_RESOLVED = re.compile(
    r"(?:it\s+was\s+|the\s+(?:committee|panel|board|cabinet|commission|council)\s+|members\s+)?(?:unanimously\s+)?"
    r"(?:RESOLVED|AGREED|DECISION|Resolved(?=\s*(?:[:–—-]|that\b|$))|Agreed(?=\s*[:–—-])|Decision(?=\s*[:–—-]))"
    r"(?:\s*\([^()]{1,40}\))?\s*[:.,;–—-]*\s*",
)
_WAS_RESOLVED = re.compile(
    r"it\s+was\s+(?:unanimously\s+)?(?:resolved|agreed)\s*[:,–—-]*\s*(?=that\b|to\b|$|:)", re.IGNORECASE
)
_LETTER = re.compile(r"(?:^|(?<=[\s;,.:]))\(?(?P<sign>[a-h]|[ivx]{1,4}|\d{1,2})\)\s+")
_SIGN_NUMBER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|[a-z]|[ivx]{1,4}")
_LEAD_ONLY = re.compile(
    r"(?:that|to)?\W*$|.*:$"
    r"|that\s+(?:the\s+)?[^.;]{0,60}\b(?:committee|panel|board|cabinet|members|council|scrutiny|commission)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(r"(?:signed|chair(?:man|person)?|date)\b\W*(?:\(|\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing resolved: its words with those that lead into it, and their stretches."""

    statement: str
    spans: tuple[Span, ...]


def clauses(blocks: Sequence[Block], text: Text) -> Iterator[Clause]:
    """Everything resolved in the blocks of one item, in order."""
    at = 0
    while at < len(blocks):
        begun = _resolved(blocks[at], text)
        at += 1
        if begun is None:
            continue
        first = blocks[at - 1].span
        held = [Span(first.start + begun, first.end)] if begun < first.end - first.start else []
        lines: list[tuple[Span, bool]] = [(span, False) for span in held]
        while at < len(blocks) and _goes_on(blocks[at], text, bool(lines)):
            lines.append((blocks[at].span, _listed(blocks[at])))
            at += 1
        yield from _parted(lines, text)


def _resolved(block: Block, text: Text) -> int | None:
    """How many characters of a block say that something was resolved; None where it does not."""
    words = text.words(block)
    match = _RESOLVED.match(words) or _WAS_RESOLVED.match(words)
    return match.end() if match and block.kind != "row" else None


def _goes_on(block: Block, text: Text, begun: bool) -> bool:
    """Whether a block still belongs to what was resolved: clauses do, the next paragraph or heading does not."""
    words = text.words(block)
    if block.kind == "row" or _SIGNED.match(words) or _resolved(block, text) is not None:
        return False
    if _listed(block):
        return True
    if block.number is not None:
        return False
    return not begun or bool(re.match(r"(?:that|to|and)\b", words, re.IGNORECASE)) or words[:1].islower()


def _listed(block: Block) -> bool:
    """A bullet, or a clause with a letter or a numeral of its own."""
    if block.number is None:
        return block.kind == "bullet"
    return _SIGN_NUMBER.fullmatch(block.number) is not None


def _parted(lines: Sequence[tuple[Span, bool]], text: Text) -> Iterator[Clause]:
    """A clause for each item of a list with the words that lead into it, and for each sentence that stands alone."""
    lead: Span | None = None
    for at, (span, listed) in enumerate(lines):
        next_listed = at + 1 < len(lines) and lines[at + 1][1]
        if not listed and next_listed and _LEAD_ONLY.match(text.words(span)):
            lead = span if re.search(r"\w", text.words(span)) else None
        elif listed:
            yield _clause(lead, span, text)
        else:
            yield from _lettered(span, text)


def _lettered(span: Span, text: Text) -> Iterator[Clause]:
    """A paragraph whose clauses are lettered within it, or one clause."""
    words = text.words(span)
    signs = list(_LETTER.finditer(words))
    if len(signs) < 2 or not _LEAD_ONLY.match(words[: signs[0].start()].strip()):
        yield _clause(None, span, text)
        return
    before = Span(span.start, span.start + len(words[: signs[0].start()].rstrip(" :-–")))
    lead = before if re.search(r"\w", text.words(before)) else None
    for sign, following in zip(signs, [*signs[1:], None], strict=True):
        end = following.start() if following else len(words)
        body = re.sub(r"(?:[\s;,]|\band\b)+$", "", words[sign.end() : end])
        yield _clause(lead, Span(span.start + sign.end(), span.start + sign.end() + len(body)), text)


def _clause(lead: Span | None, span: Span, text: Text) -> Clause:
    spans = (lead, span) if lead else (span,)
    return Clause(" ".join(" ".join(text.words(one).split()).rstrip(":") for one in spans), spans)
