"""Action plans: columns by their headers, rows over lines and pages, references repaired, fields of every cell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import ontology
from loaders.kinds import action_plan, committee
from loaders.packs import due_dates
from loaders.packs.leads import leads
from loaders.packs.measures import measures
from loaders.packs.plan_columns import header
from loaders.packs.plan_references import references, style
from loaders.packs.plans import Place, ReadPlan, read_plan, restored
from loaders.packs.ratings import legend, rating
from loaders.reading.plain import read_plain
from loaders.reading.source import open_document
from loaders.records import Action, Source
from loaders.text import Text

SAMPLES = Path(__file__).parent.parent / "samples"
HEADER = "Ref|Action|Expected impact|Impact measure|Lead and timescale|Progress|RAG|Impact RAG"


@pytest.fixture(scope="module")
def vocabulary() -> ontology.Vocabulary:
    return ontology.load((SAMPLES / "authorities.ttl",))


def text_of(lines: str) -> Text:
    """A document in which | parts the cells of a table's line."""
    return read_plain(lines.replace("|", "\t").encode(), "plan.txt")


def plan_of(lines: str, vocabulary: ontology.Vocabulary) -> ReadPlan:
    text = text_of(lines)
    plan = read_plan(text.blocks, text, vocabulary, Place(None, "body"))
    assert plan is not None
    return plan


def actions_of(lines: str, vocabulary: ontology.Vocabulary) -> tuple[Action, ...]:
    return plan_of(lines, vocabulary).plan.actions


@pytest.mark.parametrize(
    ("rows", "roles", "lines"),
    [
        (
            ["No.|What we will do|What difference will it make?|How will we know?|Who|By when|Update|BRAG"],
            ["reference", "action", "expected-impact", "impact-measure", "lead", "due", "progress", "progress-rating"],
            1,
        ),
        (
            ["Ref|Actions|Expected|Impact|Lead and|Impac", "S x||Outcome|Measure|Timescale|t RAG"],
            ["reference", "action", "expected-impact", "impact-measure", "lead-and-due", "impact-rating"],
            2,
        ),
        (
            ["|Action|Lead officer|Target date|RAG|RAG"],
            ["reference", "action", "lead", "due", "progress-rating", "impact-rating"],
            1,
        ),
        (
            ["Ofsted recommendation|Action|Responsible|Deadline", "1|Write a guide|Ann Lee|May 2018"],
            ["recommendation", "action", "lead", "due"],
            1,
        ),
    ],
)
def test_columns_are_known_by_headers_in_any_usual_wording(
    rows: list[str], roles: list[str], lines: int, vocabulary: ontology.Vocabulary
) -> None:
    found = header([tuple(row.split("|")) for row in rows], vocabulary)
    assert found is not None
    assert list(found.columns.roles) == roles
    assert found.lines == lines


def test_a_row_of_an_ordinary_table_is_no_header(vocabulary: ontology.Vocabulary) -> None:
    assert header([("Area", "Judgement", "Grade")], vocabulary) is None
    assert header([("1.1", "Write an action log", "Audit", "Ann Lee", "Progress made")], vocabulary) is None


def test_cells_go_on_over_lines_and_over_a_page_with_the_header_again(vocabulary: ontology.Vocabulary) -> None:
    found = actions_of(
        "RECOMMENDATION 2:\n\nImprove recording.\n\n"
        f"{HEADER}\n"
        "2.1|Write a guide to recording for|Records that tell the|Audit|Ann Lee/Bo|Draft|Green|A\n"
        "|all staff and|whole decision-|Performance|Ray|written.||\n"
        "|||Information|28/02/18 and|||\n"
        "\nPage 7\n\n"
        f"{HEADER}\n"
        "|managers.|making.||quarterly|||\n"
        "2.2|Check it.|Trust.|Review|Cy Dunn Ongoing|||\n",
        vocabulary,
    )
    first, second = found
    assert first.statement == "Write a guide to recording for all staff and managers."
    assert first.expected_impact == "Records that tell the whole decision-making."
    assert first.impact_measures == ("Audit", "Performance Information")
    assert [lead.name for lead in first.leads] == ["Ann Lee", "Bo Ray"]
    assert (first.due, first.due_text) == (date(2018, 2, 28), "28/02/18 and quarterly")
    assert (first.progress, first.progress_rating, first.impact_rating) == ("Draft written.", "green", "amber")
    assert (second.statement, second.due, second.due_text, second.progress) == ("Check it.", None, "Ongoing", None)


def test_debris_of_the_margin_starts_no_action_and_damaged_references_do(vocabulary: ontology.Vocabulary) -> None:
    found = actions_of(
        "RECOMMENDATION 6:\n\nImprove recording.\n\n"
        f"{HEADER}\n"
        "a g.1|Write a guide to recording for|Records|Audit|Ann Lee|||\n"
        "14|all staff.|are whole.||01/02/2018|||\n"
        "6.2|Train the managers of the|Trust.|Audit|Ann Lee|||\n"
        "Page|teams and then their|||Bo Ray|||\n"
        "9|staff.|||01/03/2018|||\n"
        "5 4|Check the records of each|Trust.|Audit|Ann Lee|||\n"
        "|team.|||01/04/2018|||\n"
        "6.4|Report.|Trust.|Audit|Ann Lee 01/05/2018|||\n",
        vocabulary,
    )
    assert [(one.reference, one.printed_reference) for one in found] == [
        ("6.1", "a g.1"),
        ("6.2", None),
        ("6.3", "5 4"),
        ("6.4", None),
    ]
    assert found[1].statement == "Train the managers of the teams and then their staff."


@pytest.mark.parametrize(
    ("printed", "true"),
    [
        (["5.1", "3.2", "5.3"], ["5.1", "5.2", "5.3"]),  # a wrong number of the recommendation
        (["5.1", "5.1", "5.3"], ["5.1", "5.2", "5.3"]),  # doubled
        (["5.1", "", "5.3"], ["5.1", "5.2", "5.3"]),  # missing
        (["5.1", "5.3", "5.4"], ["5.1", "5.3", "5.4"]),  # a gap that the plan itself has
        (["5.1", "§", "5.2"], ["5.1", None, "5.2"]),  # no number is left for it
        (["<u>N</u> 5.1", "5.2 Page"], ["5.1", "5.2"]),  # debris around a clean one
        (["", ""], ["5.1", "5.2"]),
    ],
)
def test_references_are_repaired_by_their_order(printed: list[str], true: list[str | None]) -> None:
    assert [one.true for one in references(printed, "dotted", "5.")] == true


def test_what_is_printed_is_kept_only_where_it_differs() -> None:
    assert [one.printed for one in references(["5.1 Page", "3.2", ""], "dotted", "5.")] == [None, "3.2", None]


def test_page_numbers_do_not_pass_for_references_where_these_have_points() -> None:
    assert style(["1.1", "10", "1.2", "2.1", "14"]) == "dotted"
    assert style(["1", "2", "3"]) == "plain"
    assert style(["1a", "1b", "2a"]) == "lettered"


def test_header_words_that_slipped_into_the_first_row_are_no_part_of_it(vocabulary: ontology.Vocabulary) -> None:
    (found,) = actions_of(
        f"RECOMMENDATION 5:\n\nImprove plans.\n\n{HEADER}\n"
        "5.1|Hold a workshop.|Better plans.|measure Audit|timescale Ann Lee 01/04/2018||RAG|RAG\n",
        vocabulary,
    )
    assert found.impact_measures == ("Audit",)
    assert [lead.name for lead in found.leads] == ["Ann Lee"]
    assert (found.progress_rating, found.impact_rating) == (None, None)


def test_a_reference_in_the_middle_of_its_rows_height_belongs_to_it(vocabulary: ontology.Vocabulary) -> None:
    found = actions_of(
        f"RECOMMENDATION 1:\n\nImprove recording.\n\n{HEADER}\n"
        "|Write a guide to recording|Records|Audit|Ann Lee|||\n"
        "1.1|for all staff and|are whole.||01/02/2018|||\n"
        "|managers.||||||\n"
        "|Train the managers|Trust.|Audit|Bo Ray|||\n"
        "1.2|of all teams.|||01/03/2018|||\n",
        vocabulary,
    )
    assert [(one.reference, one.printed_reference, one.statement) for one in found] == [
        ("1.1", None, "Write a guide to recording for all staff and managers."),
        ("1.2", None, "Train the managers of all teams."),
    ]


def test_a_table_whose_lines_lack_cells_is_reported(vocabulary: ontology.Vocabulary) -> None:
    rows = "1.1|Visit.|Trust.|Audit|Ann Lee 01/02/2018|||\n1.2|Train.|Trust.\n"
    plan = plan_of(f"Action plan\n\n{HEADER}\n{rows}", vocabulary)
    assert [problem.kind for problem in plan.problems] == ["torn-table"]


def test_a_table_read_row_by_row_needs_no_references(vocabulary: ontology.Vocabulary) -> None:
    found = actions_of(
        "Improvement plan\n\nAction|Lead|By when|RAG\n"
        "Recruit two managers|Head of Safeguarding|End of March 2018|Amber\n"
        "Train all staff|Ann Lee, Bo Ray|Spring term 2018|G\n"
        "Report to members||quarterly|\n",
        vocabulary,
    )
    assert [(one.reference, one.row, one.statement) for one in found] == [
        (None, 1, "Recruit two managers"),
        (None, 2, "Train all staff"),
        (None, 3, "Report to members"),
    ]
    assert found[0].due == date(2018, 3, 31)
    assert [lead.name for lead in found[1].leads] == ["Ann Lee", "Bo Ray"]
    assert [one.progress_rating for one in found] == ["amber", "green", None]


def test_a_column_of_recommendations_is_carried_down(vocabulary: ontology.Vocabulary) -> None:
    plan = plan_of(
        "Recommendation|Ref|Action|Lead|Due\n"
        "Ensure that visits are timely.|1.1|Set a standard.|Ann Lee|01/02/2018\n"
        "|1.2|Watch it.|Ann Lee|01/03/2018\n"
        "Improve supervision.|2.1|Train managers.|Bo Ray|01/04/2018\n",
        vocabulary,
    )
    assert [one.statement for one in plan.recommendations] == ["Ensure that visits are timely.", "Improve supervision."]
    answers = [(one.reference, one.addresses) for one in plan.plan.actions]
    assert answers == [("1.1", (0,)), ("1.2", (0,)), ("2.1", (1,))]


def test_words_lost_with_the_edge_of_the_page_are_restored_where_only_one_beginning_fits(
    vocabulary: ontology.Vocabulary,
) -> None:
    plan = plan_of(
        "RECOMMENDATION 1:\n\nEnsure that visits are timely.\n\n"
        f"{HEADER}\n1.1|Visit.|Trust.|Audit|Ann Lee 01/02/2018|||\n\n"
        "ECOMMENDATION 2:\n\nprove the support for carers.\n\n"
        f"{HEADER}\n2.1|Support.|Trust.|Audit|Ann Lee 01/02/2018|||\n",
        vocabulary,
    )
    assert plan.recommendations[1].statement == "Improve the support for carers."
    assert plan.plan.actions[1].section == "RECOMMENDATION 2"
    assert [problem.kind for problem in plan.problems] == ["cut-edge"]
    assert restored("xyz the support") == "xyz the support"


def test_what_stands_between_a_recommendation_and_its_table_is_quoted(vocabulary: ontology.Vocabulary) -> None:
    text = text_of(
        "Action plan\n\nAn introduction.\n\nRECOMMENDATION 1: Ensure that visits are timely.\n\n"
        "Summary from the inspection:\n\n- Visits are late.\n- Some are not recorded.\n\n"
        f"{HEADER}\n1.1|Visit.|Trust.|Audit|Ann Lee 01/02/2018|||\n\nHow we shall know\n\nBy audits and by asking.\n"
    )
    plan = read_plan(text.blocks, text, vocabulary, Place(None, "body"))
    assert plan is not None
    quoted = [text.words(block) for section in plan.quoted for block in section.blocks]
    assert quoted == ["Visits are late.", "Some are not recorded."]
    assert plan.recommendations[0].statement == "Ensure that visits are timely."
    assert plan.plan.actions[0].section == "RECOMMENDATION 1"


def test_the_lines_of_a_legend_are_no_actions(vocabulary: ontology.Vocabulary) -> None:
    found = actions_of(
        f"RECOMMENDATION 1:\n\nEnsure that visits are timely.\n\n{HEADER}\n"
        "1.1|Visit.|Trust.|Audit|Ann Lee 01/02/2018||Blue|\n\nKey\n\n"
        "Progress RAG|Blue: complete|Green: on course|Amber: in danger of delay|Red: late\n",
        vocabulary,
    )
    assert [one.statement for one in found] == ["Visit."]
    assert found[0].progress_rating == "blue"


def test_the_next_sheet_of_a_workbook_does_not_go_on_with_the_plan(vocabulary: ontology.Vocabulary) -> None:
    _, text = open_document(SAMPLES / "formats" / "saltmere-2020-action-plan.xlsx")
    plan = read_plan(text.blocks, text, vocabulary, Place(None, "body"))
    assert plan is not None
    assert plan.plan.actions[-1].expected_impact == "Young people and their parents know what comes next."
    assert plan.plan.actions[-1].progress_meaning == "going as planned"


def test_every_passage_of_an_action_holds_its_words(vocabulary: ontology.Vocabulary) -> None:
    _, text = open_document(SAMPLES / "harrowdale-2017-committee-pack.txt")
    plan = read_plan(text.blocks, text, vocabulary, Place(None, "body"))
    assert plan is not None
    for one in plan.plan.actions:
        assert " ".join(text.words(span) for span in one.spans) == one.statement


def test_the_sample_plan_reads_as_its_labels_say(vocabulary: ontology.Vocabulary) -> None:
    path = SAMPLES / "harrowdale-2017-committee-pack.txt"
    expected = json.loads(Path(f"{path}.expected.json").read_text(encoding="utf-8"))
    report = committee.read(*open_document(path), vocabulary)
    assert [(one.number, one.kind, one.plan) for one in report.recommendations] == [
        (item["n"], item["type"], 0) for item in expected["recommendations"]
    ]
    assert [
        {
            "recommendation": report.recommendations[one.addresses[0]].number,
            "ref": one.reference,
            "printed_reference": one.printed_reference,
            "action": one.statement,
            "expected_impact": one.expected_impact,
            "impact_measure": list(one.impact_measures),
            "leads": [lead.name for lead in one.leads],
            "due": one.due.isoformat() if one.due else None,
            "progress": one.progress,
            "progress_rating": one.progress_rating,
            "impact_rating": one.impact_rating,
            "progress_meaning": one.progress_meaning,
            "impact_meaning": one.impact_meaning,
        }
        for one in report.plans[0].actions
    ] == expected["actions"]
    answered = report.mentions[report.plans[0].responds_to or 0]
    assert answered.when == expected["responds_to"]
    assert {one.mention for one in report.findings} == {report.plans[0].responds_to}


def test_a_plan_alone_is_recognised_by_its_table_and_read(vocabulary: ontology.Vocabulary) -> None:
    text = text_of(
        "Saltmere Council\n\nChildren's Services improvement plan\n\nMarch 2021\n\n"
        "Ofsted inspected services in February 2020 and judged them to be good.\n\n"
        f"RECOMMENDATION 1: Ensure that visits are timely.\n\n{HEADER}\n1.1|Visit.|Trust.|Audit|Ann Lee 01/02/2021|||\n"
    )
    assert action_plan.recognise(text, vocabulary).score >= 0.8
    report = action_plan.read(Source("plan.txt", "0" * 64, "text/plain", 1), text, vocabulary)
    assert (report.kind, report.title) == ("action-plan", "Children's Services improvement plan")
    assert report.plans[0].authority == "E99000002"
    assert report.mentions[report.plans[0].responds_to or 0].when == "2020-02"
    assert report.plans[0].actions[0].leads[0].body == "E99000002"


def test_text_without_a_table_of_actions_is_no_plan(vocabulary: ontology.Vocabulary) -> None:
    _, text = open_document(SAMPLES / "harrowdale-2019-focused-visit-letter.txt")
    assert action_plan.recognise(text, vocabulary).score == 0
    assert read_plan(text.blocks, text, vocabulary, Place(None, "body")) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("08/01/2018", date(2018, 1, 8)),
        ("To commence from 08/01/18", date(2018, 1, 8)),
        ("28/02/18 and quarterly", date(2018, 2, 28)),
        ("End of February 2020", date(2020, 2, 29)),
        ("1st March 18", date(2018, 3, 1)),
        ("1 April 2018 - 30 June 2018", date(2018, 6, 30)),
        ("01/02/2018 revised to 01/05/2018", date(2018, 5, 1)),
        ("March 2018", None),
        ("Spring term 2018", None),
        ("Ongoing", None),
        ("31/02/2018", None),
    ],
)
def test_a_time_is_a_day_where_it_names_one_and_its_words_always(words: str, day: date | None) -> None:
    assert due_dates.due(words) == due_dates.Due(words, day)
    assert due_dates.parted(f"Ann Lee/Bo Ray {words}") == ("Ann Lee/Bo Ray", due_dates.Due(words, day))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ann Lee/ Bo Ray", [("Ann Lee", None), ("Bo Ray", None)]),
        ("Ann Lee, Service Manager", [("Ann Lee", "Service Manager")]),
        ("Ann Lee (Head of Service); BR", [("Ann Lee", "Head of Service"), ("BR", None)]),
        ("Ann Lee, Bo Ray and Cy Dunn", [("Ann Lee", None), ("Bo Ray", None), ("Cy Dunn", None)]),
        ("Head of Early Help and Prevention", [("Head of Early Help and Prevention", None)]),
        ("Principal Social Worker & Team Managers", [("Principal Social Worker", None), ("Team Managers", None)]),
        ("Ann Lee Bo Ray", [("Ann Lee", None), ("Bo Ray", None)]),
    ],
)
def test_several_leads_are_told_apart(words: str, names: list[tuple[str, str | None]]) -> None:
    assert [(one.name, one.post) for one in leads(words, frozenset({"Ann Lee"}))] == names


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Performance data Review Service User Feedback", ["Performance data", "Review", "Service User Feedback"]),
        ("Audit and Performance Information", ["Audit", "Performance Information"]),
        ("Data and audit information", ["Data and audit information"]),
        ("Audit, use of the new tool and QA by the board", ["Audit", "use of the new tool", "QA by the board"]),
        ("90% of visits in time; audit", ["90% of visits in time", "audit"]),
        ("", []),
    ],
)
def test_a_cell_of_several_measures_is_taken_apart(
    words: str, parts: list[str], vocabulary: ontology.Vocabulary
) -> None:
    assert list(measures(words, vocabulary)) == parts


def test_ratings_are_read_by_the_plans_own_legend(vocabulary: ontology.Vocabulary) -> None:
    signs = legend(["C - Complete; O - Overdue"], vocabulary)
    assert rating("C", vocabulary, signs) == "complete"
    assert rating("O", vocabulary, signs) == "red"
    assert rating("Amber", vocabulary) == "amber"
    assert rating("12.10", vocabulary) is None
