"""From text to sentences with their trees: tokenizer, tagger, lemmatizer, parser, names."""

from __future__ import annotations

from kg.errors import LanguageError
from kg.language.analyzer import Analyzer

__all__ = ["Analyzer", "load_analyzer"]

# Languages that kg reads with models of its own: folders of kg/models.
LANGUAGES = ("fr",)


def load_analyzer(language: str = "fr", model: str | None = None) -> Analyzer:
    """The reader of a language: the model shipped with kg, or any installed spaCy pipeline by its name.

    Raises LanguageError where there is no such model or it does not speak Universal Dependencies.
    """
    if model is not None:
        from kg.language.spacy_backend import (
            load,
        )  # spaCy takes a second to import: only where it is asked for

        return load(model)
    if language not in LANGUAGES:
        raise LanguageError(
            f"kg has no model of its own for '{language}', only for {', '.join(LANGUAGES)}; "
            f"name an installed spaCy pipeline with --model"
        )
    from kg.language.own import MODELS, OwnAnalyzer

    return OwnAnalyzer.load(MODELS / language)
