"""A `Text` from lines of a little notation, as reading a page would give it: only what understanding needs."""

from __future__ import annotations

import re

from loaders.text import Block, BlockKind, Span, Text

_LINE = re.compile(
    r"(?P<heading>#+)\s+|(?P<bullet>[•–])\s+|(?P<row>\|)\s*|(?P<footnote>\^)\s*|(?P<number>(?:\d+(?:\.\d+)*|\([ivx]+\)|[a-z]\)))\.?\s+(?=\S)"
)


def printed(*lines: str) -> Text:
    """One block a line: "# heading", "• bullet", "– bullet below it", "12. numbered", "| cell | cell", "^ footnote"."""
    blocks: list[Block] = []
    content = ""
    for line in lines:
        mark = _LINE.match(line)
        if mark is None or mark["heading"] or mark["footnote"] or mark["row"]:
            prefix, words = "", line[mark.end() :] if mark else line
        else:
            prefix, words = mark.group(), line[mark.end() :]
        cells: list[Span] = []
        start = len(content) + len(prefix)
        if mark and mark["row"]:
            words = "\t".join(cell.strip() for cell in words.split("|"))
            for cell in words.split("\t"):
                at = cells[-1].end + 1 if cells else start
                cells.append(Span(at, at + len(cell)))
        blocks.append(Block(_kind(mark), Span(start, start + len(words)), _level(mark), _number(mark), tuple(cells)))
        content += prefix + words + "\n"
    return Text(content, tuple(blocks))


def _kind(mark: re.Match[str] | None) -> BlockKind:
    if mark is None or mark["number"]:
        return "paragraph"
    if mark["heading"]:
        return "heading"
    return "bullet" if mark["bullet"] else "row" if mark["row"] else "footnote"


def _level(mark: re.Match[str] | None) -> int:
    if mark is None:
        return 0
    if mark["heading"]:
        return len(mark["heading"])
    return {"•": 1, "–": 2}.get(mark["bullet"], 0)


def _number(mark: re.Match[str] | None) -> str | None:
    return mark["number"].rstrip(".") if mark and mark["number"] else None
