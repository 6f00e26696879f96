"""What a report of the same kind says in other words, of another authority, by other people, is read all the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

import ontology
from loaders.facts import inspected
from loaders.facts.team import team
from loaders.facts.titles import title_of
from loaders.reading.plain import read_plain
from loaders.records import Inspection, Report, Source
from loaders.statements.sections import sections
from loaders.text import Text
from loaders.understand import understand
from tests.loaders.printed import printed

VOCABULARY = ontology.load()
SOURCE = Source("report.pdf", "0" * 64, "application/pdf", 1)
AUTHORITIES = [one for one in VOCABULARY.authorities.values() if not one.succeeded_by]
AREAS = ("The impact of leaders on social work practice with children and families", "Overall effectiveness")
PROSE = "Children are seen often and alone, and their plans say clearly what has to happen for them next."


def report(
    name: str = "Leeds",
    days: str = "7 to 18 June 2021",
    lead: str = "Lead inspector: Ann Bell, HMI",
    grade: str = "Good",
) -> Text:
    return printed(
        name,
        "# Inspection of local authority children’s services",
        f"Inspection dates: {days}",
        lead,
        "| Judgement | Grade",
        *(f"| {area} | {grade}" for area in AREAS),
        PROSE,
        "# What needs to improve",
        "• The quality of plans.",
        f"# The experiences and progress of children who need help and protection: {grade.lower()}",
        f"1. {PROSE}",
    )


def inspection(text: Text) -> Inspection:
    """The facts alone: findings and what they say are not read, which takes most of the time."""
    title = title_of(text, VOCABULARY)
    days = [date.fromisoformat(fact.value) for fact in inspected.period(text, title, None)]
    bodies = inspected.authorities(text, title, VOCABULARY, joint=False, on=date(2021, 6, 7))
    people = team(sections(text, VOCABULARY), text)
    assert title is not None
    named = tuple(fact.value for fact in bodies)
    start, end = (days[0], days[-1]) if days else (None, None)
    return Inspection(title.framework, named, start, end, lead=people.lead, inspectors=people.inspectors)


FORMS = ("{}", "{} Council", "The {}", "London Borough of {}", "{} City Council", "{} Metropolitan Borough Council")


@pytest.mark.parametrize("authority", AUTHORITIES, ids=lambda authority: authority.gss)
def test_every_authority_is_the_one_inspected_in_every_form_of_its_name(authority: ontology.Authority) -> None:
    names = [name for name in authority.names if not name.isupper()]
    for name, form in zip(names * len(FORMS), FORMS * len(names), strict=False):
        named = name if "Council" in name or "Borough" in name else form.format(name)
        for title in (report(named), printed(f"Inspection of {named} local authority children’s services", *CLOSING)):
            assert inspection(title).authorities == (authority.gss,), named


CLOSING = ("Inspection dates: 7 to 18 June 2021", "Lead inspector: Ann Bell, HMI", PROSE)


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ("7 to 18 June 2021", (6, 7), (6, 18)),
        ("7–18 June 2021", (6, 7), (6, 18)),
        ("7 June 2021 – 18 June 2021", (6, 7), (6, 18)),
        ("7th to 18th June 2021", (6, 7), (6, 18)),
        ("Monday 7 June to Friday 18 June 2021", (6, 7), (6, 18)),
        ("07/06/2021-18/06/2021", (6, 7), (6, 18)),
        ("07/06/21 to 18/06/21", (6, 7), (6, 18)),
        ("07.06.2021 to 18.06.2021", (6, 7), (6, 18)),
        ("June 7 to 18, 2021", (6, 7), (6, 18)),
        ("May 31, 2021 to June 18, 2021", (5, 31), (6, 18)),
        ("31 May until 18 June 2021", (5, 31), (6, 18)),
        ("7 to 11 June 2021 and 21 to 25 June 2021", (6, 7), (6, 25)),
        ("7 June 2021", (6, 7), (6, 7)),
    ],
)
def test_the_days_are_read_in_every_spelling(days: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    found = inspection(report(days=days))
    assert (found.start, found.end) == (date(2021, *first), date(2021, *last))


def test_days_that_are_not_understood_are_not_taken_from_the_next_line() -> None:
    text = printed(
        "Leeds",
        "# Inspection of local authority children’s services",
        "Inspection dates: in the autumn",
        "Report published: 9 January 2017",
        PROSE,
    )
    assert inspection(text).start is None


def test_an_end_before_the_beginning_is_kept_and_told() -> None:
    for days in ("18 June 2021 to 7 June 2021", "18/06/2021 – 07/06/2021", "7 December 2021 to 18 January 2021"):
        found = understand(SOURCE, report(days=days), VOCABULARY)
        assert found.inspection is not None
        assert found.inspection.start is not None
        assert found.inspection.end is not None
        assert found.inspection.end < found.inspection.start
        assert "dates-out-of-order" in {problem.kind for problem in found.problems}


@pytest.mark.parametrize(
    "head", ["Lead inspector: ", "Lead Inspector – ", "Lead HMI: ", "Reporting inspector: ", "Lead inspector(s): "]
)
@pytest.mark.parametrize(
    "name",
    [
        "Ann Bell",
        "J. P. Smithson",
        "A. Rao",
        "Siobhán O’Hare-Kelly",
        "Ibrahim al-Rashid",
        "Anne-Marie de la Cruz",
        "Li Wu",
    ],
)
@pytest.mark.parametrize(
    "office",
    [
        "",
        ", Her Majesty’s Inspector",
        " HMI",
        " (HMI)",
        ", His Majesty’s Inspector, Ofsted",
        ", Ofsted Inspector",
        " Social Care Regulatory Inspector",
    ],
)
def test_the_one_who_led_is_read_in_every_layout(head: str, name: str, office: str) -> None:
    found = inspection(report(lead=f"{head}{name}{office}"))
    assert found.lead is not None
    assert [person.name for person in found.inspectors] == [found.lead.name] == [name]


@pytest.mark.parametrize(
    "printed_grade", ["Outstanding", "Good", "Requires improvement", "Requires improvement to be good", "Inadequate"]
)
def test_another_grade_changes_the_judgements_and_nothing_else(printed_grade: str) -> None:
    id = re.sub(r" to be good$", "", printed_grade.lower()).replace(" ", "-")
    found = understand(SOURCE, report(grade=printed_grade), VOCABULARY)
    assert {one.grade for one in found.judgements} == {id}
    assert {one.area for one in found.judgements} == {"leadership", "overall", "help-and-protection"}
    assert told(found) == told(understand(SOURCE, report(), VOCABULARY))


def told(found: Report) -> tuple[object, ...]:
    asked = tuple(one.statement for one in found.recommendations)
    return found.kind, replace(found.inspection, facts=()) if found.inspection else None, asked


def test_an_act_is_no_inspector_and_a_place_no_addressee() -> None:
    letter = printed(
        "9 May 2023",
        "Jo Bloggs, Director of Children’s Services, West Sussex, Anyplace",
        "Dear West Sussex Local Safeguarding Partnership",
        "# Joint targeted area inspection of West Sussex",
        "The inspection took place from 7 to 9 March 2023 and was carried out by inspectors from Ofsted.",
        "# Inspection team",
        "Lead inspector: Ann Bell",
        "This inspection was made under the Education and Inspections Act 2006 by inspectors.",
    )
    found = understand(SOURCE, letter, VOCABULARY)
    assert [person.name for person in found.addressees] == ["Jo Bloggs"]
    assert found.inspection is not None
    assert [person.name for person in found.inspection.inspectors] == ["Ann Bell"]


UNSET = """Leeds City
Council
Inspection of local authority
children's services
Lead inspector: Ann Bell
His Majesty's Inspector
Inspection dates: 7 to 18 June 2021
Judgement

Grade

The impact of leaders on social work practice with children
and families

Requires improvement
to be good

Overall effectiveness

Good

Services in this city have become better since leaders found out how long families had to wait
for help, and most families now say that somebody comes on the day on which they ask for it.
What needs to improve

•

The quality of plans, which do not always say who will do what and by when it has to
be done.

•

The pace of change.

1

Inspection of Leeds City Council
children's services

The experiences and progress of children who need help and protection is good.
1. Most are seen often and alone by somebody whom they know, and their plans say clearly
what has to happen next and who has to see to it that it happens without any delay at all.

2

Inspection of Leeds City Council
children's services

2.

Referrals are read on the day on which they come in, and the people who made them hear what
became of them, which was not so when inspectors last came to look at how referrals were read.

3

Inspection of Leeds City Council
children's services
"""


def test_a_report_as_bare_lines_has_its_headings_table_and_list() -> None:
    found = understand(replace(SOURCE, media_type="text/plain"), read_plain(UNSET.encode(), "report.txt"), VOCABULARY)
    assert found.inspection is not None
    assert found.inspection.authorities == ("E08000035",)
    grades = {one.area: one.grade for one in found.judgements}
    assert grades == {"leadership": "requires-improvement", "overall": "good", "help-and-protection": "good"}
    assert [one.statement[:11] for one in found.recommendations] == ["The quality", "The pace of"]
    assert [one.paragraph for one in found.findings if one.area == "help-and-protection"][:1] == ["1"]
    assert not [one for one in found.findings if "children's services" in one.statement]
