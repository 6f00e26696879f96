"""Reports under the single inspection framework, 2013 to 2018, and of re-inspections under it.

A second inspection of an authority may leave out the review of the safeguarding children board.
"""

from __future__ import annotations

from loaders.assembly import Shape, assembled, recognised
from loaders.records import Recognition, Report, Source
from loaders.text import Text
from ontology import Vocabulary

KIND = "inspection-report"
SHAPE = Shape(KIND, ("sif", "sif-reinspection"), optional=("lscb",))


def recognise(text: Text, vocabulary: Vocabulary) -> Recognition:
    """Whether the title is of this kind."""
    return recognised(text, vocabulary, SHAPE)


def read(source: Source, text: Text, vocabulary: Vocabulary) -> Report:
    """All that the document states."""
    return assembled(source, text, vocabulary, SHAPE)
