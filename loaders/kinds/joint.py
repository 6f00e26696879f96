"""Letters on joint targeted area inspections, which several inspectorates make together and which give no grades."""

from __future__ import annotations

import re
from itertools import product

from loaders.assembly import Shape, assembled, recognised
from loaders.facts.titles import Title, first_page
from loaders.records import Fact, Recognition, Report, Source
from loaders.text import Span, Text
from ontology import Vocabulary

_RESPONSE = re.compile(
    r"multi-agency\s+(?:response|arrangements)\s+(?:to|for)\s+"
    r"(?P<focus>.{4,300}?)(?=\s+in\s+(?:the\s+)?[A-Z]|\s*$|[.:])",
    re.DOTALL,
)
_DEEP_DIVE = re.compile(
    r"(?:deep\s+dive[’']?\s+focus\s+on|focus(?:ed)?\s+on)\s+(?:the\s+(?:multi-agency\s+)?response\s+to\s+)?(?P<focus>[^.:]{6,300})",
    re.IGNORECASE,
)


def focus(text: Text, title: Title | None) -> Fact | None:
    """To which matter the agencies' response was inspected: by the title, else by an opening sentence."""
    blocks = first_page(text)
    titled = (title.block,) if title else ()
    for pattern, block in (*product((_RESPONSE,), (*titled, *blocks)), *product((_DEEP_DIVE,), blocks)):
        match = pattern.search(text.words(block))
        if match:
            words = match["focus"].rstrip()
            start = block.span.start + match.start("focus")
            return Fact("focus", " ".join(words.split()), Span(start, start + len(words)))
    return None


KIND = "inspection-letter"
SHAPE = Shape(KIND, ("jtai",), letter=True, joint=True, focus=focus)


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind."""
    return recognised(text, vocabulary, SHAPE)


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the letter states."""
    return assembled(source, text, vocabulary, SHAPE)
