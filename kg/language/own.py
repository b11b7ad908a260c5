"""The reader of kg's own models: tokenizer and networks, with nothing between.

The same folder is a spaCy pipeline for those who want one (`kg.language.spacy_backend`); both read alike. Going without
spaCy saves its import and a sixth of the reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.language.paragraphs import Paragraph, paragraphs
from kg.language.passages import Passage, analysis_of, is_one_sentence, level, prose
from kg.language.reader import Reader
from kg.language.tokenizer import Tokenizer
from kg.model import Analysis, Document

__all__ = ["MODELS", "OwnAnalyzer"]

MODELS = Path(__file__).parents[1] / "models"
META, TOKENIZER, READER = "meta.json", "tokenizer", "reader"


class OwnAnalyzer:
    """A model that ships with kg, as an `Analyzer`."""

    def __init__(self, name: str, version: str, tokenizer: Tokenizer, reader: Reader) -> None:
        self.name, self.version = name, version
        self._tokenizer, self._reader = tokenizer, reader

    @classmethod
    def load(cls, folder: Path) -> OwnAnalyzer:
        """The model that stands in a folder."""
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        return cls(
            meta["name"], meta["version"], Tokenizer.load(folder / TOKENIZER), Reader.load(folder / READER)
        )

    def analyze(self, document: Document) -> Analysis:
        """The sentences and names of a document; every offset counts code points of its text."""
        even = level(document.text)
        found: list[tuple[Paragraph, list[tuple[int, int]]]] = []
        forms: list[list[str]] = []
        for place in paragraphs(document.text):
            words = prose(even, place)
            cut = list(self._tokenizer.cut(words))
            if cut:
                forms.append([words[start:end] for start, end in cut])
                found.append((place, [(start + place.start, end + place.start) for start, end in cut]))
        whole = [is_one_sentence(place, some) for (place, _), some in zip(found, forms, strict=True)]
        # Paragraphs are read side by side within a document only: what is near it never changes how it is read.
        read = self._reader.read(forms, whole)
        passages = [Passage(place, spans, one) for (place, spans), one in zip(found, read, strict=True)]
        return analysis_of(document.text, passages)

    def analyze_many(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """The same for many documents, in their order."""
        return map(self.analyze, documents)
