"""Committee papers: which meeting, who came, which items, and what was resolved, one clause each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import ontology
from loaders.kinds import committee
from loaders.packs.meetings import ReadMeeting, meetings
from loaders.packs.packs import pack_parts
from loaders.packs.resolutions import clauses
from loaders.reading.plain import read_plain
from loaders.reading.source import open_document
from loaders.records import Problem, Report, Source
from loaders.text import Text

SAMPLES = Path(__file__).parent.parent / "samples"
PACK = SAMPLES / "harrowdale-2017-committee-pack.txt"


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load((SAMPLES / "authorities.ttl",))


def text_of(words: str) -> Text:
    return read_plain(words.encode(), "minutes.txt")


def read(words: str) -> tuple[tuple[ReadMeeting, ...], tuple[Problem, ...]]:
    text = text_of(words)
    return meetings(pack_parts(text.blocks, text), text, None, "body")


def resolved(words: str) -> list[str]:
    text = text_of(words)
    return [clause.statement for clause in clauses(text.blocks, text)]


def test_the_sample_pack_reads_as_its_labels_say(vocabulary: ontology.Vocabulary) -> None:
    expected = json.loads(Path(f"{PACK}.expected.json").read_text(encoding="utf-8"))
    report = committee.read(*open_document(PACK), vocabulary)
    assert [
        {
            "committee": one.committee,
            "date": one.date.isoformat(),
            "resolutions": len(one.resolutions),
            "items": [
                {
                    "number": item.number,
                    "title": item.title,
                    "resolutions": sum(resolution.item == item.number for resolution in one.resolutions),
                }
                for item in one.items
            ],
        }
        for one in report.meetings
    ] == expected["meetings"]


def test_meetings_lead_to_the_plan_and_the_inspection_that_they_consider(vocabulary: ontology.Vocabulary) -> None:
    report = committee.read(*open_document(PACK), vocabulary)
    called, held = report.meetings
    assert (called.considers_plans, held.considers_mention) == ((0,), report.plans[0].responds_to)
    under_report = [one for one in held.resolutions if one.item == "29"]
    assert [one.considers_mention is not None for one in under_report] == [True, False, False]
    assert [one.considers_plans for one in under_report] == [(), (0,), ()]
    assert all(one.considers_plans == () for one in held.resolutions if one.item != "29")


def test_the_day_of_a_meeting_is_not_the_day_of_its_summons(vocabulary: ontology.Vocabulary) -> None:
    report = committee.read(*open_document(PACK), vocabulary)
    assert report.meetings[0].date == date(2017, 1, 19)
    assert report.issued == date(2017, 1, 11)
    assert report.title == "Children and Families Scrutiny Committee, 19 January 2017"


def test_members_present_are_named_with_their_offices(vocabulary: ontology.Vocabulary) -> None:
    report = committee.read(*open_document(PACK), vocabulary)
    present = [(one.name, one.role) for one in report.meetings[1].attendees]
    assert present[:2] == [("Margery Oakeshott", "Chair"), ("Tobias Fennimore", "Vice-Chair")]
    assert present[2] == ("Anil Raichura", "Councillor")
    assert len(present) == 6
    assert report.meetings[0].attendees == ()


MINUTES = """OTHERTON BOROUGH COUNCIL

Minutes of a meeting of the CHILDREN'S SCRUTINY PANEL held in the Civic Suite on Tuesday 6 March 2018 at 6.30 pm

PRESENT: Councillor A Fox (Chairman), Councillors Bell, C Carr and Dee Dale

Also in attendance:
Ann Lee (Director of Children's Services)

1. APOLOGIES

Apologies were received from Councillor Gray.

2. INSPECTION OF SERVICES

The Director presented her report. Members agreed that it was a fair one.

RESOLVED - That (1) the report be noted; and (2) the plan be brought back in June 2018.

3. FOSTERING

It was AGREED to visit the team.

RESOLVED (unanimously): That the fostering report be received.

The Panel then discussed the budget.

The meeting closed at 8.05 pm.
"""


def test_minutes_alone_in_another_manner_are_read() -> None:
    (found,), problems = read(MINUTES)
    meeting = found.meeting
    assert (meeting.committee, meeting.date) == ("Children's Scrutiny Panel", date(2018, 3, 6))
    assert meeting.place == "the Civic Suite"
    assert [(item.number, item.title) for item in meeting.items] == [
        ("1", "APOLOGIES"),
        ("2", "INSPECTION OF SERVICES"),
        ("3", "FOSTERING"),
    ]
    assert [(one.item, one.statement) for one in meeting.resolutions] == [
        ("2", "That the report be noted"),
        ("2", "That the plan be brought back in June 2018."),
        ("3", "to visit the team."),
        ("3", "That the fostering report be received."),
    ]
    assert [(one.name, one.role) for one in meeting.attendees] == [
        ("A Fox", "Chairman"),
        ("Bell", "Councillor"),
        ("C Carr", "Councillor"),
        ("Dee Dale", "Councillor"),
        ("Ann Lee", "Director of Children's Services"),
    ]
    assert problems == ()


def test_an_agenda_that_tells_its_day_in_a_sentence_is_read() -> None:
    (found,), _ = read(
        "A meeting of the Education and Skills Committee will be held in the Town Hall on Monday, 5 March 2018 at 2 pm."
        "\n\nAGENDA\n\n1 Apologies\n\n2 Minutes (Pages 3 - 8)\n\nTo confirm the minutes of 4 December 2017.\n\n"
        "3 Improvement Plan\n"
    )
    assert (found.meeting.committee, found.meeting.date) == ("Education and Skills Committee", date(2018, 3, 5))
    assert [item.title for item in found.meeting.items] == ["Apologies", "Minutes", "Improvement Plan"]


def test_an_agenda_without_a_day_is_a_problem_and_no_meeting() -> None:
    found, problems = read("Children's Panel\n\nAGENDA\n\n1 Apologies\n\n2 Minutes\n")
    assert (found, [problem.kind for problem in problems]) == ((), ["undated-meeting"])


def test_numbered_headings_of_a_paper_are_no_items_of_the_meeting() -> None:
    found, _ = read(MINUTES + "\nAgenda Item 4\n\nReport of the Director\n\n4. Summary\n\n4.1 This is a paper.\n")
    assert [item.number for item in found[0].meeting.items] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("words", "statements"),
    [
        ("3.2 RESOLVED:\n\nThat the plan be approved.\n\n3.3 Members thanked her.\n", ["That the plan be approved."]),
        (
            "3.2 RESOLVED\n\nThat the Scrutiny Committee\n\n- a) Note the report\n- b) Agree the plan\n\n4 Next item\n",
            ["That the Scrutiny Committee Note the report", "That the Scrutiny Committee Agree the plan"],
        ),
        ("RESOLVED:\n\n- That it be done.\n- That she go.\n\nMembers left.\n", ["That it be done.", "That she go."]),
        ("RESOLVED: That the visits (see paragraph 3) be made.\n", ["That the visits (see paragraph 3) be made."]),
        ("It was resolved that the plan be noted.\n", ["that the plan be noted."]),
        ("4.1 Members agreed that a group be set up.\n\n4.2 The Committee had resolved this before.\n", []),
        ("RESOLVED:\n", []),
        ("RESOLVED that the plan be approved.\n\nSigned (Chairman)\n", ["that the plan be approved."]),
    ],
)
def test_resolutions_are_one_clause_each(words: str, statements: list[str]) -> None:
    assert resolved(words) == statements


def test_every_passage_of_a_resolution_holds_its_words(vocabulary: ontology.Vocabulary) -> None:
    report = committee.read(*open_document(PACK), vocabulary)
    for one in report.meetings[1].resolutions:
        assert " ".join(report.text.words(span) for span in one.spans) == one.statement


def test_only_packs_are_recognised_as_packs(vocabulary: ontology.Vocabulary) -> None:
    sure = {path.name: committee.recognise(open_document(path)[1], vocabulary).score for path in SAMPLES.glob("*.txt")}
    assert {name for name, score in sure.items() if score} == {PACK.name}
    assert committee.recognise(text_of(MINUTES), vocabulary).score > 0.5


def two_plans(vocabulary: ontology.Vocabulary, minutes: str = "") -> Report:
    """A pack whose agenda calls to two plans, each the answer to an inspection of its own."""
    head = "Ref|Action|Expected Impact|Lead|Timescale|Progress to date\n1.1|Visit weekly.|Trust.|Ann Lee|01/02/2019|\n"
    words = (
        "Saltmere Council\n\nChildren's Scrutiny Committee\n\nDate: 5 March 2019\n\nAgenda\n\n1 Apologies\n\n"
        "2 Declarations of interests\n\n3 Action plan after the focused visit\n\n4 Improvement plan\n\n"
        "Agenda Item 3\n\nAction plan\n\nOfsted inspected the front door in a focused visit in November 2018.\n\n"
        f"RECOMMENDATION 1: Ensure that visits are timely.\n\n{head}\n"
        "Agenda Item 4\n\nImprovement plan after the inspection of May 2017\n\n"
        "Services were judged to require improvement at the inspection in May 2017. A focused visit followed it.\n\n"
        f"RECOMMENDATION 1: Improve plans for care leavers.\n\n{head}{minutes}"
    ).replace("|", "\t")
    return committee.read(Source("pack.txt", "0" * 64, "text/plain", 1), text_of(words), vocabulary)


def test_of_several_plans_each_answers_the_inspection_that_it_names(vocabulary: ontology.Vocabulary) -> None:
    report = two_plans(vocabulary)
    answered = [report.mentions[plan.responds_to or 0].when for plan in report.plans]
    assert answered == ["2018-11", "2017-05"]


def test_a_meeting_called_to_several_plans_considers_them_all(vocabulary: ontology.Vocabulary) -> None:
    (called,) = two_plans(vocabulary).meetings
    assert called.considers_plans == (0, 1)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Action plan after the Ofsted inspection of May 2017", (1,)),
        ("Action plan after the Ofsted visit of November 2018", (0,)),
        ("Action plan for Ofsted", ()),
    ],
)
def test_of_several_plans_minutes_mean_the_one_whose_inspection_they_date(
    vocabulary: ontology.Vocabulary, title: str, expected: tuple[int, ...]
) -> None:
    minutes = (
        "\n\nMinutes of the meeting of the Children's Scrutiny Committee held on 4 February 2019\n\n1 Apologies\n\n"
        f"There were none.\n\n2 {title}\n\nRESOLVED: That the action plan be approved.\n"
    )
    _, held = two_plans(vocabulary, minutes).meetings
    assert held.considers_plans == expected
    assert [one.considers_plans for one in held.resolutions] == [expected]
