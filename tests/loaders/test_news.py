"""News articles: the inspection that they report, what it found and asked for, and whose words are not its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ontology
from loaders.kinds import news
from loaders.reading.plain import read_plain
from loaders.reading.source import open_document
from loaders.records import Report, Source

SAMPLES = Path(__file__).parent.parent / "samples"
ARTICLE = SAMPLES / "saltmere-2021-news.txt"
SOURCE = Source("news.txt", "0" * 64, "text/plain", 1)


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load((SAMPLES / "authorities.ttl",))


def read(words: str, vocabulary: ontology.Vocabulary) -> Report:
    return news.read(SOURCE, read_plain(words.encode(), "news.txt"), vocabulary)


def test_an_article_leads_to_the_visit_that_it_reports(vocabulary: ontology.Vocabulary) -> None:
    report = news.read(*open_document(ARTICLE), vocabulary)
    assert report.inspection is not None
    assert (report.inspection.framework, report.inspection.authorities) == ("ilacs-focused-visit", ("E99000002",))
    assert (report.inspection.start, report.inspection.when) == (None, "2021-09")
    for fact in report.inspection.facts:
        assert report.text.words(fact.span).strip()


def test_the_last_inspection_is_another_one(vocabulary: ontology.Vocabulary) -> None:
    report = news.read(*open_document(ARTICLE), vocabulary)
    assert "2020-02" in [one.when for one in report.mentions]
    assert "2021-09" not in [one.when for one in report.mentions]


def test_bullets_below_what_should_be_done_are_areas_for_improvement(vocabulary: ontology.Vocabulary) -> None:
    report = news.read(*open_document(ARTICLE), vocabulary)
    assert [(one.number, one.kind, one.statement.split()[1]) for one in report.recommendations] == [
        (1, "area-for-improvement", "speed"),
        (2, "area-for-improvement", "challenge"),
        (3, "area-for-improvement", "review"),
    ]
    asked = {one.statement for one in report.recommendations}
    assert not asked & {one.statement for one in report.findings}


def test_bullets_below_what_was_found_are_findings(vocabulary: ontology.Vocabulary) -> None:
    statements = [one.statement for one in news.read(*open_document(ARTICLE), vocabulary).findings]
    assert "Almost all children in need are seen at least once a month." in statements
    assert not [words for words in statements if words.startswith("Inspectors found")]


def test_neither_the_councils_voice_nor_the_page_around_is_a_finding(vocabulary: ontology.Vocabulary) -> None:
    report = read(
        "Saltmere's social workers visit children often, Ofsted has said.\n\n"
        'Councillor Jo March, cabinet member for children, said: "We work very well with our families.\n\n'
        '"Our staff are the best in the land and visit every child."\n\n'
        "Inspectors praised the regular visits that children receive.\n\n"
        "Sign up to our newsletter for good stories every week | Contact us\n",
        vocabulary,
    )
    words = " ".join(one.statement for one in report.findings)
    assert "regular visits" in words
    assert "We work" not in words
    assert "best in the land" not in words
    assert "newsletter" not in words


@pytest.mark.parametrize(
    ("words", "framework", "start", "end"),
    [
        (
            "Ofsted inspectors made a monitoring visit to Saltmere Council on 4 and 5 June 2019, they said.",
            "ilacs-monitoring-visit",
            date(2019, 6, 4),
            date(2019, 6, 5),
        ),
        ("Saltmere Council was rated inadequate by Ofsted in 2015. Inspectors said so in May 2015.", "sif", None, None),
        ("Saltmere Council was rated good by Ofsted in March 2022, inspectors have said.", "ilacs", None, None),
        (
            "Since the focused visit of 3 May 2019 Saltmere Council has had a joint targeted area inspection.",
            "jtai",
            None,
            None,
        ),
    ],
)
def test_the_kind_of_inspection_and_its_days_are_read_from_the_words(
    words: str, framework: str, start: date | None, end: date | None, vocabulary: ontology.Vocabulary
) -> None:
    inspection = read(words, vocabulary).inspection
    assert inspection is not None
    assert (inspection.framework, inspection.start, inspection.end) == (framework, start, end)


def test_an_article_that_names_no_kind_of_inspection_says_so(vocabulary: ontology.Vocabulary) -> None:
    report = read("Inspectors said that Saltmere Council visits children often.", vocabulary)
    assert report.inspection is None
    assert [problem.kind for problem in report.problems] == ["unknown-framework"]


def test_headline_and_day_of_publication_are_kept(vocabulary: ontology.Vocabulary) -> None:
    report = read(
        "# Council praised by inspectors\n\nPublished: 12 March 2019\n\n"
        "A focused visit to Saltmere Council found that children are visited often, Ofsted has said.\n",
        vocabulary,
    )
    assert report.title == "Council praised by inspectors"
    assert report.issued == date(2019, 3, 12)


def test_only_articles_are_recognised_as_articles(vocabulary: ontology.Vocabulary) -> None:
    sure = {path.name: news.recognise(open_document(path)[1], vocabulary).score for path in SAMPLES.glob("*.txt")}
    assert {name for name, score in sure.items() if score > 0} == {ARTICLE.name}
