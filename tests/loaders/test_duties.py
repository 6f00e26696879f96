"""Duties: who must answer the document, how, and by when."""

from __future__ import annotations

import ontology
from loaders.asks.duties import duties
from loaders.records import Duty
from loaders.statements.sections import sections
from tests.loaders.printed import printed

VOCABULARY = ontology.load()


def laid(*lines: str) -> tuple[Duty, ...]:
    text = printed(*lines)
    return duties(sections(text, VOCABULARY), text, VOCABULARY)


def test_deadlines_in_working_days_are_laid_on_whom_the_letter_greets() -> None:
    found = laid(
        "Dear Ms Ashdown",
        "# Main findings",
        "You should send us an action plan for these areas within 70 working days of today."
        " It would be helpful if we could see an early draft within 20 working days of today.",
    )
    assert [(one.on, one.deadline_text) for one in found] == [
        ("Ms Ashdown", "within 70 working days of today"),
        ("Ms Ashdown", "within 20 working days of today"),
    ]


def test_a_date_is_a_deadline_and_the_subject_bears_the_duty() -> None:
    (one,) = laid("# Next steps", "The local authority should post us its statement of action by 19 May 2018.")
    assert (one.on, one.deadline_text) == ("The local authority", "by 19 May 2018")


def test_the_principal_authority_must_write_without_a_date() -> None:
    (one,) = laid(
        "# Next steps",
        "We have determined that Westmere Council is the principal authority and should write a statement of proposed"
        " action for all partners.",
    )
    assert (one.on, one.deadline_text) == ("Westmere Council", None)


def test_requires_names_whom_it_requires() -> None:
    (one,) = laid(
        "# Inspection outcome",
        "After what was seen, HMCI requires the local area partnership to send a priority action plan.",
    )
    assert one.on == "the local area partnership"


def test_what_practice_should_be_like_is_no_duty() -> None:
    assert laid("# Main findings", "Social workers should update care plans and report within 10 working days.") == ()
    assert laid("# Main findings", "Leaders must do more to make the action plan work.") == ()


def test_recommendations_are_not_read_again_as_duties() -> None:
    assert laid("# Recommendations", "1. The board should publish its action plan by 1 May 2018.") == ()
