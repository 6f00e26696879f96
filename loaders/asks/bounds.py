"""Where single asks begin and end in a stretch of text: lost bullets, headings that ran in, rows run together."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.text import Span, Text

# Text saved from PDFs has a letter or dash where the bullet's own sign was lost.
_SIGN = re.compile(r"(?:[B-HJ-Z]\s+(?=[A-Z])|[-−–—]\s+)")
_RAN_IN = re.compile(
    r"(?<=[.!?])\s+(?:areas?\s+for\s+(?:priority\s+action|improvement)|(?:case|practice)\s+study\b[^.]*)$",
    re.IGNORECASE,
)
_MUST = r"(?:should|must|needs?\s+to)\b(?!\s+(?:also|further))"
_ACROSS = r"(?:[A-Z][\w&-]*\s+){0,2}(?:[Ll]eaders|Commissioners|Partners)\s+(?:across|in|from|of|at)\b"
_KIND_OF = rf"(?P<of>(?:[A-Z][\w&-]*\s+){{1,2}}(?:[a-z]+\s+){{0,2}}leaders)\s+{_MUST}"
_AREA = rf"The\s+local\s+(?:area|authority)\b[^.]{{0,40}}\b{_MUST}"
_NEXT = re.compile(rf"[.;]\s+(?P<ask>{_ACROSS}|{_KIND_OF}|{_AREA})")
_NEXT_AFTER_BULLET = re.compile(rf"[.;]\s+(?P<ask>{_ACROSS}|{_KIND_OF}|{_AREA}|Leaders\s+{_MUST})")


def without_sign(span: Span, text: Text) -> Span:
    """The span without a letter or dash that stands for a bullet, and without a heading that ran in at its end."""
    words = text.words(span)
    sign, heading = _SIGN.match(words), _RAN_IN.search(words)
    return Span(span.start + (sign.end() if sign else 0), span.start + (heading.start() if heading else len(words)))


def asks_in(span: Span, text: Text, *, after_bullet: bool = False) -> list[Span]:
    """Where rows of a table came as one paragraph, each ask of its own: it begins with whom it asks.

    "Health leaders" who were asked in the sentence before go on being asked.
    """
    words = text.words(span)
    matches = (_NEXT_AFTER_BULLET if after_bullet else _NEXT).finditer(words)
    starts = [m.start("ask") for m in matches if not (m["of"] and words.startswith(m["of"]))]
    return [
        Span(span.start + a, span.start + a + len(words[a:b].rstrip())) for a, b in pairwise((0, *starts, len(words)))
    ]
