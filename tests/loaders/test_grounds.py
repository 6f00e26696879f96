"""Grounds: which findings a recommendation rests on, by the paragraphs that it cites and the report's own marks."""

from __future__ import annotations

from loaders.asks.grounds import grounded
from loaders.records import Finding, Label, Labels, Recommendation
from loaders.text import Span


def found(
    statement: str, paragraph: str, polarity: str = "weakness", *, marked: bool = False, area: str | None = None
) -> Finding:
    labels = Labels(polarity=Label(polarity, 0.9, "said"))
    return Finding(statement, (Span(0, 1),), labels, paragraph=paragraph, marked=marked, area=area)


def asked(statement: str, number: int, area: str | None = None) -> Recommendation:
    return Recommendation(statement, (Span(0, 1),), "recommendation", number, area=area)


def test_paragraphs_that_are_cited_give_what_is_weak_in_them() -> None:
    findings = [
        found("Visits are late.", "25"),
        found("Staff are kind.", "25", "strength"),
        found("All is well.", "30", "strength"),
    ]
    one, other = grounded([asked("Visit sooner (paragraphs 25, 26).", 1), asked("Go on (paragraph 30).", 2)], findings)
    assert (one.arises_from, other.arises_from) == ((0,), (2,))


def test_a_marked_finding_goes_to_the_recommendation_that_shares_its_rare_words() -> None:
    findings = [found("Supervision of social workers is irregular.", "8", marked=True), found("Plans drift.", "9")]
    plans, supervision = grounded(
        [
            asked("Improve the plans of children.", 1),
            asked("Ensure that supervision is regular for social workers.", 2),
        ],
        findings,
    )
    assert (plans.arises_from, supervision.arises_from) == ((), (0,))


def test_what_its_paragraph_says_before_it_helps_a_mark_that_says_little() -> None:
    findings = [found("Return interviews are late.", "8"), found("This hides risks.", "8", marked=True)]
    (interviews, _) = grounded([asked("Hold return interviews sooner.", 1), asked("Improve adoption.", 2)], findings)
    assert interviews.arises_from == (1,)


def test_findings_on_the_board_lead_to_its_own_recommendations() -> None:
    findings = [found("Audits of practice lack rigour.", "90", marked=True, area="lscb")]
    council, board = grounded([asked("Improve audits of practice.", 1), asked("Audit more.", 1, "lscb")], findings)
    assert (council.arises_from, board.arises_from) == ((), (0,))


def test_nothing_is_tied_that_the_report_does_not_tie() -> None:
    (one,) = grounded([asked("Improve plans.", 1)], [found("Plans are poor.", "3")])
    assert one.arises_from == ()
