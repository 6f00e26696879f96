"""Reports on services for looked after children, 2013."""

from __future__ import annotations

from loaders.assembly import Shape, assembled, recognised
from loaders.records import Recognition, Report, Source
from loaders.text import Text
from ontology import Vocabulary

KIND = "inspection-report"
SHAPE = Shape(KIND, ("looked-after-2013",))


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind."""
    return recognised(text, vocabulary, SHAPE)


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the document states."""
    return assembled(source, text, vocabulary, SHAPE)
