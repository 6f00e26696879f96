"""Blocks of formats that say themselves what is a heading, a list item or a cell: Word, web pages, Markdown, sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.errors import EmptyFile, UnreadableFile
from loaders.reading.drafts import Bit, Draft, cleaned, without_empty, written
from loaders.reading.markers import ends, marker
from loaders.text import BlockKind, Text

_PAGELESS = 1
MOST_BLOCKS = 200_000
"""More blocks than any document of the field has: what exceeds them is no document."""
_LABELLED = re.compile(r"[A-Z][^:.]{1,39}:\s+\S")
_LONGEST_HEADING = 130


def heading(words: str, level: int) -> Draft:
    """A heading; a number that is typed before it becomes its number."""
    found = marker(cleaned(words))
    if found and found.number and found.printed[:1].isdigit():
        return _draft("heading", cleaned(words)[found.end :], level, found.printed)
    return _draft("heading", words, level)


def paragraph(words: str, *, bold: bool = False, number: str = "") -> Draft:
    """A paragraph, or the bullet, numbered paragraph or heading that its own first sign or its bold type make it."""
    if number:
        return _draft("paragraph", words, 0, number)
    words = cleaned(words)
    if bold and stands_as_heading(words):
        return heading(words, 3)
    found = marker(words)
    if found is None:
        return _draft("paragraph", words)
    if found.kind == "bullet":
        return bullet(words[found.end :], 1)
    return _draft("paragraph", words[found.end :], 0, found.printed)


def bullet(words: str, level: int, number: str = "") -> Draft:
    """A list item; deeper levels than the second are the second."""
    return _draft("bullet", words, min(max(level, 1), 2), number)


def footnote(words: str, number: str) -> Draft:
    """A note, to stand behind the block that refers to it."""
    return _draft("footnote", words, 0, number)


def row(cells: Sequence[Sequence[str]]) -> Draft:
    """A row of a table: of each cell the paragraphs, empty cells included."""
    return Draft("row", cells=[[Bit(words, _PAGELESS) for words in cell] for cell in cells])


def stands_as_heading(words: str) -> bool:
    """Whether words in bold type are a heading: short, no sentence, no label with its value."""
    return 2 < len(words) < _LONGEST_HEADING and not ends(words) and not _LABELLED.match(words)


def written_text(drafts: Sequence[Draft], name: str, *, remedy: str) -> Text:
    """The text of the blocks, without pages; EmptyFile with the remedy where they hold no words."""
    blocks = without_empty(drafts)
    if not blocks:
        raise EmptyFile(name, "the file holds no words", remedy=remedy)
    if len(blocks) > MOST_BLOCKS:
        problem = f"the file has more than {MOST_BLOCKS} paragraphs and rows"
        raise UnreadableFile(name, problem, remedy="split it")
    return written(blocks, 0)


def _draft(kind: BlockKind, words: str, level: int = 0, printed: str = "") -> Draft:
    return Draft(kind, cells=[[Bit(words, _PAGELESS)]], level=level, printed=printed)
