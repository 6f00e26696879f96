"""Letters on area SEND inspections until 2023, and on the revisits that followed: they give no grade.

Strengths and areas for development stand under the three questions of the framework. Where weaknesses are significant
the area must write a statement of action on those that the letter lists, which are areas for priority action.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.assembly import Shape, assembled, recognised
from loaders.facts.titles import title_of
from loaders.records import Judgement, Recognition, Report, Source
from loaders.statements.sections import Section
from loaders.text import Text
from ontology import Vocabulary

KIND = "inspection-letter"


def _ungraded(sections: Sequence[Section], text: Text, framework: str, vocabulary: Vocabulary) -> tuple[Judgement, ...]:
    """No letter of this kind gives a grade, though it may speak of one."""
    del sections, text, framework, vocabulary
    return ()


SHAPE = Shape(
    KIND, ("area-send", "area-send-revisit", "area-send-monitoring"), letter=True, joint=True, judging=_ungraded
)


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind and somebody is greeted, as in no report."""
    found = recognised(text, vocabulary, SHAPE)
    title = title_of(text, vocabulary)
    return replace(found, score=found.score + 0.05) if title and title.salutation and found.score else found


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the letter states."""
    return assembled(source, text, vocabulary, SHAPE)
