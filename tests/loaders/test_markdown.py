"""Markdown's headings, lists and tables are blocks; its signs are not words."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import EmptyFile, UnreadableFile
from loaders.reading.markdown import read_markdown
from loaders.reading.source import documents, open_document
from loaders.text import Text


def read(words: str) -> Text:
    return read_markdown(words.encode(), "a.md")


def test_signs_make_blocks() -> None:
    text = read(
        "---\ntitle: secret\n---\n# A *visit*\n\nVisits are **timely** and\nwell_written.\n\n* Plans\n  * are clear\n\n"
        "2. Agree\n3. Publish\n\n1.1 Nobody came.\n\n| Ref | Action |\n|---|:-:|\n| 1.1 | Visit `all` |\n| 1.2 |\n"
    )
    assert [(b.kind, b.level, b.number, text.words(b)) for b in text.blocks] == [
        ("heading", 1, None, "A visit"),
        ("paragraph", 0, None, "Visits are timely and well_written."),
        ("bullet", 1, None, "Plans"),
        ("bullet", 2, None, "are clear"),
        ("paragraph", 0, "2", "Agree"),
        ("paragraph", 0, "3", "Publish"),
        ("paragraph", 0, "1.1", "Nobody came."),
        ("row", 0, None, "Ref\tAction"),
        ("row", 0, None, "1.1\tVisit all"),
        ("row", 0, None, "1.2\t"),
    ]


def test_markup_within_it_is_read_as_a_page_is() -> None:
    assert read("Visits <b>are</b> timely.\n\n<script>alert(1)</script>\n\n<div hidden>no</div>\n").content == (
        "Visits are timely.\n"
    )


def test_signs_alone_are_no_words() -> None:
    with pytest.raises(EmptyFile):
        read("---\n\n***\n\n")


def test_nesting_ends_and_size_is_bounded() -> None:
    assert "deep" in read("> " * 40 + "deep" + "\n\n" + "> " * 9_000).content
    with pytest.raises(UnreadableFile, match="larger than 5 MB"):
        read("a " * 3 * 2**20)


def test_a_folders_own_readme_is_no_document_of_it(tmp_path: Path) -> None:
    for name in ("README.md", "plan.md", "LICENSE.txt"):
        (tmp_path / name).write_text("# Plan\n\nVisits are timely.\n")
    assert [path.name for path in documents([tmp_path])] == ["plan.md"]
    assert open_document(tmp_path / "README.md")[0].media_type == "text/markdown"
