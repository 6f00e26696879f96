"""Markdown becomes a `Text` by way of the web page that it stands for, so that both are read by the same rules.

markdown-it-py, because plain text's own rules know no tables in pipes, nested lists or emphasis within words.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from loaders.errors import UnreadableFile
from loaders.reading.html import text_of_page
from loaders.reading.plain import bounded, decoded
from loaders.text import Text

MOST_BYTES = 5 * 2**20
_REMEDY = "check that it was saved completely"
_FRONT = re.compile(r"\A---\r?\n(?:[^\n]{0,500}\n){0,100}?(?:---|\.\.\.)[ \t]*\r?\n")
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")


def read_markdown(data: bytes, name: str) -> Text:
    """The words of a Markdown file with headings, lists and tables; a LoaderError names the file and the remedy."""
    if len(data) > MOST_BYTES:
        problem = f"the Markdown file is larger than {MOST_BYTES // 2**20} MB"
        raise UnreadableFile(name, problem, remedy="split it")
    bounded(data, name)
    words = _FRONT.sub("", decoded(data, name).replace("\f", "\n"))
    return text_of_page(f"<body>{_MARKDOWN.render(words)}</body>", name, remedy=_REMEDY)
