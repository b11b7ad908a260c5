"""What the later stages ask of a language: sentences with their trees, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.model import Analysis, Document

__all__ = ["Analyzer"]


class Analyzer(Protocol):
    """Reads documents of one language. The same document gives the same analysis, alone or among others."""

    @property
    def name(self) -> str:
        """What the model is called, for `run.json`."""
        ...

    @property
    def version(self) -> str:
        """Which version of the model this is, for `run.json`."""
        ...

    def analyze(self, document: Document) -> Analysis:
        """The sentences and names of a document; every offset counts code points of its text."""
        ...

    def analyze_many(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """The same for many documents, in their order."""
        ...
