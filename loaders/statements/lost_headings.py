"""Headings that a source without fonts shows as mere lines, known by the words that reports use for them."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.statements.sections import ends_in_grade, heads_a_part, is_grade, role_of
from loaders.text import Block, Text
from ontology import Vocabulary

_LONGEST = 130
_OPENS = re.compile(r"\s+(?:is|are)\s*:$")
"""So ends the title of a part whose grade stands on the next line."""


def with_headings(text: Text, vocabulary: Vocabulary) -> Text:
    """The same words, with lines made headings that are the known title of a part and have text beneath them."""
    once = _promoted(text, vocabulary)
    # A title right above another one, such as that of a list above the list's first part.
    blocks = tuple(
        new if new is not held and role_of(text.words(new), vocabulary) == "recommendations" else held
        for held, new in zip(once.blocks, _promoted(once, vocabulary).blocks, strict=True)
    )
    return text if blocks == text.blocks else replace(text, blocks=blocks)


def _promoted(text: Text, vocabulary: Vocabulary) -> Text:
    around = zip([None, *text.blocks], text.blocks, [*text.blocks[1:], None], strict=False)
    return replace(text, blocks=tuple(_heading(*three, text, vocabulary) for three in around))


def _heading(above: Block | None, block: Block, below: Block | None, text: Text, vocabulary: Vocabulary) -> Block:
    if below is None or not _is_line(block):
        return block
    words = text.words(block).strip()
    opens = _OPENS.search(words)
    title = words[: opens.start()] if opens else words
    if not title[:1].isupper() or title[-1] in ",;" or not heads_a_part(title, vocabulary, begun=_ended(above, text)):
        return block
    if title[-1] == "." and not ends_in_grade(title, vocabulary):
        return block
    # Where the next line is a title too, or the grade of this one, the two stand in a list or a table.
    beneath = text.words(below).strip(" .")
    if _is_line(below) and (is_grade(beneath, vocabulary) != bool(opens) or heads_a_part(beneath, vocabulary)):
        return block
    return replace(block, kind="heading", level=1)


def _ended(above: Block | None, text: Text) -> bool:
    """Whether what stands before is whole, so that a line is no part of its sentence."""
    return above is None or above.kind == "heading" or text.words(above).rstrip("’”\"') ")[-1:] in (".", "!", "?", ";")


def _is_line(block: Block) -> bool:
    return block.kind == "paragraph" and block.number is None and 0 < block.span.end - block.span.start <= _LONGEST
