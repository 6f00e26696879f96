"""What does not add up between documents is said of each of them, in the graph and in what the reading tells."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.document.pen import ig
from graph.links.doubts import Doubted, doubted, doubts, meant, written
from graph.links.draw import draw
from graph.links.identity import identify
from graph.links.outline import Outline, outline
from graph.links.restates import restate
from graph.reading import Reading, reading
from loaders.reading.source import open_document
from loaders.records import Report, Source
from loaders.understand import understand
from ontology import DCTERMS, Vocabulary, load
from tests.graph.shelf import letter, minutes, pack, plan
from tests.graph.shelf import report as told

HEAD = "Ref;Recommendation;Action;Expected impact;Lead;Due;RAG\n"
ROWS = (
    "1.1;Ensure that every child in care has an independent visitor.;Train twelve more visitors.;Trust.;Ann Lee;{};{}\n"
    "1.2;;Ask every child once a year whether the visitor comes.;Nobody is left out.;Bo Ray;30/04/2016;Green\n"
)


def table(title: str, said: str, due: str = "31/03/2016", rating: str = "Amber") -> str:
    return f"{title};;;;;;\n{said};;;;;;\n;;;;;;\n{HEAD}{ROWS.format(due, rating)}"


FIRST = table(
    "Harrowdale Children's Services action plan", "May 2015: our answer to Ofsted's inspection of January 2015"
)
CASES: dict[str, tuple[dict[str, str], dict[str, set[str]]]] = {
    "a plan that answers an inspection nobody has": ({"plan.csv": FIRST}, {"plan.csv": {"answers-unseen-inspection"}}),
    "a plan that says of no inspection": (
        {"plan.csv": table("Harrowdale Children's Services action plan", "May 2015")},
        {"plan.csv": {"answers-no-inspection"}},
    ),
    "two plans for one inspection, the later one moved and fallen back": (
        {
            "a.csv": FIRST,
            "b.csv": table(
                "Harrowdale Children's Services action plan",
                "November 2015: our answer to Ofsted's inspection of January 2015",
                "30/09/2016",
                "Red",
            ),
        },
        {
            "a.csv": {"answers-unseen-inspection", "several-plans"},
            "b.csv": {"answers-unseen-inspection", "several-plans", "plan-contradicted"},
        },
    ),
    "two versions of which the later one is further": (
        {
            "a.csv": FIRST,
            "b.csv": table(
                "Harrowdale Children's Services action plan",
                "November 2015: our answer to Ofsted's inspection of January 2015",
                rating="Green",
            ),
        },
        {name: {"answers-unseen-inspection", "several-plans"} for name in ("a.csv", "b.csv")},
    ),
    "a plan dated before what it speaks of": (
        {
            "plan.csv": table(
                "Harrowdale Children's Services action plan", "March 2014: after the inspection of June 2019"
            )
        },
        {"plan.csv": {"answers-unseen-inspection", "mention-is-later"}},
    ),
    "minutes of before the inspection that they speak of": (
        {
            "pack.txt": pack(
                "Harrowdale",
                "Tuesday, 3 March 2015",
                "3 Fostering",
                minutes(
                    "Harrowdale",
                    "6 January 2015",
                    "Councillor Iris Dunn (Chair)",
                    "2 Ofsted\n\n2.1 Members spoke of the inspection of June 2018, when services were judged good.",
                ),
            )
        },
        {"pack.txt": {"mention-is-later"}},
    ),
    "a plan of an authority that the list does not have": (
        {
            "plan.csv": table(
                "Wexmoor Children's Services action plan", "May 2015: after the inspection of January 2015"
            )
        },
        {"plan.csv": {"unknown-authority", "answers-unseen-inspection"}},
    ),
    "a report of an authority that the list does not have": (
        {"report.txt": told("Wexmoor", "3 to 14 June 2024", "Plans are clear.")},
        {"report.txt": {"unknown-authority"}},
    ),
    "two reports of one inspection with two last days": (
        {
            "a.txt": told("Harrowdale", "3 to 14 June 2024", "Plans are clear."),
            "b.txt": told("Harrowdale", "3 to 21 June 2024", "Plans are clear."),
        },
        {"a.txt": {"documents-disagree"}, "b.txt": {"documents-disagree"}},
    ),
    "two reports with two first days": (
        {
            "a.txt": told("Harrowdale", "3 to 14 June 2024", "Plans are clear."),
            "b.txt": told("Harrowdale", "4 to 14 June 2024", "Plans are clear."),
        },
        {"a.txt": {"documents-disagree"}, "b.txt": {"documents-disagree"}},
    ),
    "a letter that gives the report's inspection another grade": (
        {
            "a.txt": told("Harrowdale", "3 to 14 June 2024", "Plans are clear."),
            "b.txt": letter(
                "Harrowdale",
                "1 December 2025",
                "4 and 5 November 2025",
                "At the last inspection in June 2024 services were judged to be inadequate.",
            ),
        },
        {"b.txt": {"grade-differs"}},
    ),
    "documents that agree": (
        {
            "a.txt": told("Harrowdale", "3 to 14 June 2024", "Plans are clear."),
            "b.txt": letter(
                "Harrowdale",
                "1 December 2025",
                "4 and 5 November 2025",
                "At the last inspection in June 2024 services were judged to be good.",
            ),
            "c.txt": told("Harrowdale", "6 to 17 July 2026", "Plans are clear."),
            "d.txt": told("Saltmere", "6 to 17 July 2026", "Plans are clear.", leaders="Inadequate"),
            "e.txt": pack(
                "Harrowdale",
                "Tuesday, 7 January 2025",
                "3 Improvement plan",
                papers="Agenda Item 3\n\nImprovement plan\n\nThis plan answers the Ofsted inspection of June 2024.\n\n"
                + plan(
                    "1.1\tObserve managers.\tBetter.\tAnn Lee\t30/06/2025\tBegun.\tAmber", "The depth of supervision."
                ),
            ),
        },
        {},
    ),
}
OF_KIND = {
    "answers-unseen-inspection", "answers-no-inspection", "several-plans", "plan-contradicted", "mention-is-later",
    "unknown-authority", "documents-disagree", "grade-differs",
}  # fmt: skip
Read = Callable[..., tuple[list[Outline], list[Reading]]]


@pytest.fixture(scope="module")
def vocabulary(samples: Path) -> Vocabulary:
    return load((samples / "authorities.ttl",))


@pytest.fixture
def read(tmp_path: Path, vocabulary: Vocabulary) -> Read:
    def of(documents: dict[str, str]) -> tuple[list[Outline], list[Reading]]:
        reports = [_report(tmp_path / name, words, vocabulary) for name, words in documents.items()]
        return [outline(one, vocabulary) for one in reports], [reading(one) for one in reports]

    return of


def _report(path: Path, words: str, vocabulary: Vocabulary) -> Report:
    path.write_text(words, encoding="utf8")
    opened, text = open_document(path)
    content = path.read_bytes()
    source = Source(path.name, hashlib.sha256(content).hexdigest(), opened.media_type, len(content))
    return understand(source, text, vocabulary)


def found(outlines: list[Outline], vocabulary: Vocabulary) -> list[Doubted]:
    return doubts(outlines, {link.subject: link.object for link in identify(outlines, vocabulary)}, vocabulary)


@pytest.mark.parametrize(("documents", "expected"), CASES.values(), ids=CASES)
def test_what_is_in_doubt_is_told_in_the_reading_of_the_document(
    read: Read, vocabulary: Vocabulary, documents: dict[str, str], expected: dict[str, set[str]]
) -> None:
    outlines, readings = read(documents)
    told = {
        one.name: kinds
        for one in doubted(readings, found(outlines, vocabulary))
        if (kinds := {doubt.kind for doubt in one.doubts} & OF_KIND)
    }
    assert told == expected


def test_a_doubt_says_what_differs_where_and_stands_in_the_graph(read: Read, vocabulary: Vocabulary) -> None:
    documents, _ = CASES["two plans for one inspection, the later one moved and fallen back"]
    outlines, readings = read(documents)
    doubt = next(one for one in found(outlines, vocabulary) if one.kind == "plan-contradicted")
    assert "action 1.1 due 2016-03-31, here 2016-09-30 and progress amber, here red" in doubt.description
    assert "1.2" not in doubt.description
    assert doubt.place is not None
    (reported,) = [one for one in doubted(readings, [doubt]) if one.doubts and one.doubts[-1].kind == doubt.kind]
    assert (reported.name, reported.doubts[-1].words) == ("b.csv", doubt.place.words)
    held = {(t.predicate.value.rpartition("/")[2].rpartition("#")[2], str(t.object)) for t in written([doubt])}
    assert ("problemKind", '"plan-contradicted"') in held
    assert ("statedIn", f"<{doubt.place.passage}>") in held
    assert any(t.predicate == ig("hasProblem") and str(t.subject) == f"<{doubt.document}>" for t in written([doubt]))
    assert any(t.predicate == ox.NamedNode(DCTERMS.description) for t in written([doubt]))


def test_a_row_of_a_later_version_repeats_the_row_of_the_first(read: Read) -> None:
    documents, _ = CASES["two versions of which the later one is further"]
    outlines, _ = read(documents)
    first, later = outlines
    assert {(one.subject, one.object) for one in restate(outlines, {}) if "/action/" in one.subject} == {
        (f"{later.plans[0].iri}/action/{number}", f"{first.plans[0].iri}/action/{number}") for number in ("1.1", "1.2")
    }


def test_of_versions_that_nobody_can_put_in_order_neither_repeats_the_other(read: Read, vocabulary: Vocabulary) -> None:
    said = "our answer to Ofsted's inspection of January 2015"
    plans = {
        name: table("Harrowdale action plan of the Council", said, rating=name[0].upper() + name[1:-4])
        for name in ("green.csv", "amber.csv")
    }
    outlines, _ = read(plans)
    assert [one for one in restate(outlines, {}) if "/action/" in one.subject] == []
    assert "plan-contradicted" in {one.kind for one in found(outlines, vocabulary)}


def test_another_grade_does_not_part_a_mention_from_the_inspection_of_its_very_month(
    read: Read, vocabulary: Vocabulary
) -> None:
    documents, _ = CASES["a letter that gives the report's inspection another grade"]
    outlines, _ = read(documents)
    (link,) = identify(outlines, vocabulary)
    assert "another grade" in link.reason
    assert link.confidence < 0.8


def test_doubts_are_the_same_in_whatever_order_documents_come(read: Read, vocabulary: Vocabulary) -> None:
    for documents, _ in CASES.values():
        outlines, _ = read(documents)
        assert found(outlines[::-1], vocabulary) == found(outlines, vocabulary)


def test_what_mentions_mean_is_read_off_the_links_drawn(read: Read, vocabulary: Vocabulary) -> None:
    outlines, _ = read(CASES["documents that agree"][0])
    links = draw(outlines, [], vocabulary)
    assert meant(links) == {link.subject: link.object for link in identify(sorted(outlines), vocabulary)} != {}
