"""Stretches of running text in documents that are no reports, as sections for the modules that read sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.statements.sections import Role, Section
from loaders.text import Block, Span, Text

_QUOTED = re.compile(
    r"\s*[\"“‘'](?P<words>.+)[\"”’']\s*\([^()]*\b(?:Ofsted|CQC|HMICFRS|inspect\w+)\b[^()]*\)\W*",
    re.DOTALL | re.IGNORECASE,
)


def prose(
    blocks: Sequence[Block], text: Text, role: Role = "information", path: tuple[str, ...] = ()
) -> tuple[Section, ...]:
    """The blocks by the headings that they stand under, tables left out."""
    found: list[Section] = []
    heading: Block | None = None
    held: list[Block] = []
    for block in (*blocks, None):
        if block is not None and block.kind != "heading":
            held += [block] if block.kind != "row" else []
            continue
        if held:
            name = text.words(heading) if heading else None
            found.append(Section(name, path, None, role, (*([heading] if heading else []), *held)))
        heading, held = block, []
    return tuple(found)


def outside(blocks: Sequence[Block], taken: Sequence[Span]) -> tuple[Block, ...]:
    """The blocks that lie in none of the stretches."""
    return tuple(b for b in blocks if not any(s.start < b.span.end and b.span.start < s.end for s in taken))


def quotations(blocks: Sequence[Block], text: Text) -> Iterator[tuple[Block, Block]]:
    """Paragraphs that quote an inspectorate and say so in brackets, each with a block of the words inside the marks."""
    for block in blocks:
        match = _QUOTED.fullmatch(text.words(block)) if block.kind in ("paragraph", "bullet") else None
        if match is not None:
            start = block.span.start
            yield block, replace(block, span=Span(start + match.start("words"), start + match.end("words")))
