"""One module for each kind of document: whether a text is of that kind, and the report that it gives."""

from __future__ import annotations

from typing import Protocol

from loaders.records import Recognition, Report, Source
from loaders.text import Text
from ontology import Vocabulary


class Kind(Protocol):
    """What a module of this package offers."""

    KIND: str
    """The id in the scheme document-kind."""

    def recognise(self, text: Text, vocabulary: Vocabulary) -> Recognition:
        """How surely the text is of this kind, and by which words."""
        ...

    def read(self, source: Source, text: Text, vocabulary: Vocabulary) -> Report:
        """All that the document states, read as this kind."""
        ...
