"""Letters and reports that say the same in slightly other words are read as those that say it as usual."""

from __future__ import annotations

import pytest

import ontology
from loaders.asks.duties import duties
from loaders.asks.recommendations import recommendations
from loaders.facts.judgements import judgements
from loaders.facts.mentions import mentions
from loaders.kinds.visit_letter import read
from loaders.records import Report, Source
from loaders.statements.closings import tells_of_itself
from loaders.statements.findings import findings
from loaders.statements.labels import label
from loaders.statements.said import Said
from loaders.statements.sections import sections
from tests.loaders.printed import printed

VOCABULARY = ontology.load()
FINDINGS = "# Main findings"


def on(sentence: str, heading: str = "# Next steps") -> list[str]:
    text = printed("Dear Ms Ashdown", heading, sentence)
    return [one.on for one in duties(sections(text, VOCABULARY), text, VOCABULARY)]


def statements(*lines: str) -> list[str]:
    text = printed(*lines)
    return [one.statement for one in findings(sections(text, VOCABULARY), text, VOCABULARY)[0]]


def asked(*lines: str) -> list[str]:
    text = printed(*lines)
    return [one.statement for one in recommendations(sections(text, VOCABULARY), text, VOCABULARY)]


def letter(*lines: str) -> Report:
    source = Source("letter.pdf", "0" * 64, "application/pdf", 1)
    return read(
        source, printed("Dear Ms Ashdown", "# Monitoring visit to Leeds children’s services", *lines), VOCABULARY
    )


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Your action plan must reach us within 70 working days.", "Ms Ashdown"),
        ("Your statement of action should be with us by 4 May 2018.", "Ms Ashdown"),
        ("An action plan must be sent to us within 70 working days.", "Ms Ashdown"),
        ("An action plan must be sent to us by the board within 70 working days.", "the board"),
        ("The council’s action plan must reach us by 4 May 2018.", "The council"),
        ("As principal authority, Westmere Council should write a statement of proposed action.", "Westmere Council"),
        ("Because of it, Westmere Council should send us an action plan by 4 May 2018.", "Westmere Council"),
        ("To put this right, the board must write an action plan by 4 May 2018.", "the board"),
        (
            "Westmere Council, as the principal authority, should write a statement of proposed action.",
            "Westmere Council",
        ),
    ],
)
def test_a_duty_is_laid_on_who_must_act_and_on_no_plan_or_clause(sentence: str, who: str) -> None:
    assert on(sentence) == [who]


def test_the_principal_authority_has_its_duty_among_the_findings_too() -> None:
    sentence = "Westmere Council, as the principal authority, should write a statement of proposed action."
    assert on(sentence, FINDINGS) == ["Westmere Council"]


@pytest.mark.parametrize(
    "sentence",
    [
        "You need to send us an action plan within 70 working days.",
        "An action plan must be sent to us within 70 working days.",
    ],
)
def test_a_duty_is_no_finding(sentence: str) -> None:
    told = letter("# Findings", "Children are seen quickly.", sentence)
    assert len(told.duties) == 1
    assert [one.statement for one in told.findings] == ["Children are seen quickly."]


@pytest.mark.parametrize(
    "sentence",
    [
        "We shall return to these matters.",
        "You need to know that we will come back.",
        "A copy goes to the Department for Education, and anyone may read the letter online.",
        "The Department for Education has a copy of this letter.",
        "This letter says what we found at the monitoring visit to Westmere on 4 and 5 May 2018.",
        "The inspectors for this visit were Ann Bell and Tom Reed.",
        "The visit was made by Ann Bell and Tom Reed.",
        "© 2020 anybody",
        "© Westmere Press 2020 and its writers.",
    ],
)
def test_what_a_letter_says_of_itself_is_no_finding(sentence: str) -> None:
    assert statements(FINDINGS, "Children are seen quickly.", sentence) == ["Children are seen quickly."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Parents have a copy of the plan.",
        "Copies of plans are sent to parents late.",
        "The report to the panel sets out what the child needs.",
        "A letter is sent to each parent after the visit.",
    ],
)
def test_what_services_do_with_letters_and_copies_is_not_about_the_document(sentence: str) -> None:
    assert not tells_of_itself(sentence)


@pytest.mark.parametrize(
    "close",
    [
        "The Department for Education has a copy of this letter.",
        "A copy goes to the Department for Education, and anyone may read the letter online.",
    ],
)
def test_the_close_of_a_letter_ends_a_list_of_plain_paragraphs(close: str) -> None:
    items = ["The council should make plans clearer.", "Managers should check the records of visits."]
    assert asked("# Recommendations", *items, close) == items


def test_these_steps_lead_into_a_list_where_nothing_stands_before() -> None:
    lead, first, second = (
        "The council should take these steps in the time named.",
        "Make plans clearer.",
        "Check records.",
    )
    assert asked("# Recommendations", lead, f"• {first}", f"• {second}") == [first, second]
    assert asked("# Recommendations", lead, first, second) == [first, second]
    back = "Leaders should make these changes soon."
    assert asked("# Recommendations", first, back) == [first, back]


def test_the_overall_judgement_needs_no_article_to_open_the_judgements() -> None:
    (section,) = sections(printed("# Overall judgement: good", "It is given for all services."), VOCABULARY)
    assert (section.role, section.area) == ("judgements", "overall")


def test_a_line_that_says_the_graded_judgement_is_no_finding() -> None:
    for grade in ("it is good", "it requires improvement"):
        line = f"The graded judgement for adoption is that {grade}"
        assert statements("# Inspection findings", line, "Matching is quick.") == ["Matching is quick."]


def test_services_taken_as_a_whole_are_judged_overall() -> None:
    line = "Taken as a whole, the arrangements to protect children in Leeds are adequate."
    text = printed("# Overall effectiveness", line, "Children are seen quickly.")
    (judged,) = judgements(sections(text, VOCABULARY), text, "child-protection-2012", VOCABULARY)
    assert (judged.area, judged.grade) == ("overall", "adequate")
    assert statements("# Overall effectiveness", line, "Children are seen quickly.") == ["Children are seen quickly."]


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("No child enters care too early or too late.", "strength"),
        ("No child is left without a social worker.", "strength"),
        ("No child comes to harm, but too many wait too long for a plan.", "mixed|weakness"),
        ("Decisions are timely, neither too early nor too late.", "strength"),
        ("Targets are neither clear nor dated.", "weakness"),
        ("Neither plans nor records say what children want.", "weakness"),
        ("Records never show why a decision was made.", "weakness"),
        ("Managers never ask why visits are late.", "weakness"),
        ("Children never wait for help.", "strength"),
        ("Carers never give up on children.", "strength"),
        ("Social workers barely know the children whom they visit.", "weakness"),
    ],
)
def test_what_is_denied_turns_round_what_is_said(words: str, polarity: str) -> None:
    heading = "Children who need help and protection: requires improvement"
    labels = label([Said(words, heading=heading, area="help-and-protection")], VOCABULARY)[0].labels
    assert labels is not None
    assert labels.polarity.concept in polarity.split("|")


def test_a_year_of_what_an_inspection_looked_into_is_not_its_own() -> None:
    text = printed(FINDINGS, "The inspection tried to find out how far the reforms of 2014 have reached families.")
    assert mentions(sections(text, VOCABULARY), text, VOCABULARY, ("E08000035",)) == ()
