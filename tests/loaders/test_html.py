"""A web page gives what it is about: without navigation, scripts and what is hidden, in whatever encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import EmptyFile, LoaderError, UnreadableFile
from loaders.reading.html import read_html
from loaders.reading.source import open_document
from loaders.text import Text


def read(body: str) -> Text:
    return read_html(f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>".encode(), "a.html")


def said(text: Text) -> list[tuple[str, int, str | None, str]]:
    return [(block.kind, block.level, block.number, text.words(block)) for block in text.blocks]


def cells(text: Text) -> list[list[str]]:
    return [[text.words(cell) for cell in block.cells] for block in text.blocks if block.kind == "row"]


def test_headings_paragraphs_and_lists_are_what_they_say() -> None:
    text = read(
        "<h1>A <em>visit</em></h1><p>Visits<br>are timely.</p><ul><li>Plans<ul><li>are clear</li></ul></li></ul>"
        "<ol start=3><li>Agree<li>Publish<ol type=a><li>at once</ol></ol><p><strong>Next steps</strong></p>"
        "<div>Loose <a href=x>words <b>here</b></a> too<p>and then</div>"
    )
    assert said(text) == [
        ("heading", 1, None, "A visit"),
        ("paragraph", 0, None, "Visits are timely."),
        ("bullet", 1, None, "Plans"),
        ("bullet", 2, None, "are clear"),
        ("paragraph", 0, "3", "Agree"),
        ("paragraph", 0, "4", "Publish"),
        ("bullet", 2, "a)", "at once"),
        ("heading", 3, None, "Next steps"),
        ("paragraph", 0, None, "Loose words here too"),
        ("paragraph", 0, None, "and then"),
    ]


def test_what_is_not_the_text_is_left_out() -> None:
    text = read(
        "<script>var a = 1</script><style>p {}</style><nav>Home</nav><header>Council</header><p>Visits are timely.</p>"
        "<!-- remark --><p hidden>secret</p><p style='display: none'>secret</p><div class='cookie-banner'>Accept</div>"
        "<noscript>Turn it on</noscript><aside>More</aside><footer>Contact</footer>"
    )
    assert text.content == "Visits are timely.\n"


@pytest.mark.parametrize("part", ["main", "article"])
def test_the_main_part_of_a_page_is_preferred(part: str) -> None:
    words = "Inspectors visited the authority in May and found that visits were timely."
    text = read(f"<div>Menu</div><{part}><header><h1>A visit</h1></header><p>{words}</p></{part}><div>Also see</div>")
    assert text.content == f"A visit\n{words}\n"


def test_a_short_article_beside_the_text_is_not_the_page() -> None:
    text = read(f"<article>Teaser</article><p>{'Visits are timely. ' * 9}</p>")
    assert "Visits" in text.content


def test_merged_cells_are_one_and_keep_their_columns() -> None:
    text = read(
        "<table><tr><th rowspan=2>Ref<th colspan=2>RAG<th>Due</tr><tr><td>Progress<td>Impact<td>Day</tr>"
        "<tr><td>1.1<td>Green<td><td>May<table><tr><td>in<td>side</table></tr></table>"
    )
    assert cells(text) == [
        ["Ref", "RAG", "", "Due"],
        ["", "Progress", "Impact", "Day"],
        ["1.1", "Green", "", "May"],
        ["in", "side"],
    ]


def test_a_table_that_arranges_the_page_gives_its_blocks() -> None:
    text = read("<table><tr><td>Menu</td><td><h1>A visit</h1><p>Visits are timely.</p></td></tr></table>")
    assert [block.kind for block in text.blocks] == ["paragraph", "heading", "paragraph"]


def test_terms_stand_beside_what_they_are() -> None:
    assert cells(read("<dl><dt>Lead</dt><dd>Ann Lee</dd><dt>Date</dt><dd>1 May</dd></dl>")) == [
        ["Lead", "Ann Lee"],
        ["Date", "1 May"],
    ]


@pytest.mark.parametrize(
    "data",
    [
        "<html><p>Café – “good”".encode(),
        "<html><meta charset=windows-1252><p>Café – “good”".encode("cp1252"),
        "<html><meta charset=utf-8><p>Café – “good”".encode("cp1252"),
        "<html><meta charset=nonsense><p>Café – “good”".encode(),
        "<html><p>Café – “good”".encode("utf-16"),
        '<?xml version="1.0" encoding="latin-1"?><html><p>Café – “good”</p></html>'.encode(),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(data: bytes) -> None:
    assert read_html(data, "a.html").content == "Café – “good”\n"


@pytest.mark.parametrize("body", ["", "<script>draw()</script><div id=root></div>", "<img src=scan.png>"])
def test_a_page_without_words_says_so(body: str) -> None:
    with pytest.raises(EmptyFile, match="drawn by scripts"):
        read(body)


def test_a_page_nested_too_deeply_ends() -> None:
    for page in (
        "<div>" * 50_000 + "deep",
        "<ul><li>" * 9_000 + "deep",
        "<table><tr><td>" * 5_000 + "deep",
        "<b>" * 9_000,
    ):
        try:
            assert read(f"<p>Visits are timely.</p>{page}").content.startswith("Visits are timely.\n")
        except LoaderError as error:
            assert error.remedy


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="larger than 30 MB"):
        read_html(b"<html>" + b"a " * 2**24, "a.html")


def test_pages_are_told_by_their_bytes_or_their_name(tmp_path: Path) -> None:
    for name, data in (("page", b"<!doctype html><p>Words here"), ("part.htm", b"<p>Words here")):
        (tmp_path / name).write_bytes(data)
        source, text = open_document(tmp_path / name)
        assert (source.media_type, text.content) == ("text/html", "Words here\n")
