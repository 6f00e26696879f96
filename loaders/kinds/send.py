"""Reports of area SEND inspections since 2023, which give one outcome in a sentence, and of their monitoring."""

from __future__ import annotations

from loaders.assembly import Shape, assembled, recognised
from loaders.facts.judgements import outcome
from loaders.records import Recognition, Report, Source
from loaders.text import Text
from ontology import Vocabulary

KIND = "inspection-report"
SHAPE = Shape(KIND, ("area-send", "area-send-monitoring"), joint=True, judging=outcome)


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind."""
    return recognised(text, vocabulary, SHAPE)


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the document states."""
    return assembled(source, text, vocabulary, SHAPE)
