"""What a build tells of its documents: report.json and the page `reading.html`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from graph.building.reading_page import reading_page
from graph.reading import Failure, reading, readings_of, report_json
from loaders.records import Expectation, Problem, Report

Make = Callable[..., Report]
MET = Expectation("findings", "3", True)
UNMET = Expectation("who inspected", "none", False)


class Page(HTMLParser):
    """The tags of a page and what they ask a network for."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.words: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value for name, value in attrs if name in ("src", "href") and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_report_gives_back_what_was_read(make: Make) -> None:
    one = reading(replace(make(), expectations=(MET, UNMET)))
    assert one.understood == 0.5
    (again,) = readings_of(report_json([one], [], "digest", []))
    assert replace(again, counts=(), not_findings=()) == replace(one, counts=(), not_findings=())
    assert dict(again.counts) == dict(one.counts)


def test_a_doubt_has_the_gravity_of_its_kind(make: Make) -> None:
    problems = (Problem("no-dates", "no days"), Problem("repaired-reference", "mended"), Problem("odd", "odd"))
    one = reading(replace(make(), problems=problems))
    assert [doubt.severity for doubt in one.doubts] == ["error", "note", "warning"]


def test_the_page_lists_the_least_understood_document_first(make: Make) -> None:
    whole = reading(replace(make("whole.txt"), title="Whole", expectations=(MET,), problems=()))
    half = reading(replace(make("half.txt"), title="Half", expectations=(MET, UNMET)))
    page = reading_page([whole, half], [Failure("lost.pdf", "WrongFormat", "it is a web page", "byte 0")]).decode()
    assert page.index("lost.pdf") < page.index("Half") < page.index("Whole")
    assert re.search(r"1 of 2\b", page)


def test_the_page_stands_alone_and_shows_markup_as_words(make: Make) -> None:
    hostile = "<script>alert(1)</script>"
    report = replace(
        make(f"{hostile}.txt"), title=hostile, why=hostile, problems=(Problem("odd", hostile),),
        expectations=(Expectation(hostile, hostile, False),),
    )  # fmt: skip
    page = Page(reading_page([reading(report)], [Failure(hostile, "Bad", hostile)]))
    assert {"script", "img", "link", "iframe"} & set(page.tags) == set()
    assert page.sources == []
    assert sum(hostile in words for words in page.words) >= 6
