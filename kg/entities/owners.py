"""How a label says whose a thing is: « de Paul », « d'Anne », « du Mali », « des Verts »."""

from __future__ import annotations

from kg.entities.lexicon import Lexicon, fold, plain

__all__ = ["Owners"]

VOWELS = frozenset("aeiou")


class Owners:
    """The prepositions of one language behind which a label names an owner, alone and with an article."""

    def __init__(self, lexicon: Lexicon) -> None:
        language = lexicon.language
        self._articles = lexicon.articles
        self._with_article = {
            article: term.text("form", language)
            for term in lexicon.terms("OfThe")
            for article in term.texts("marker", language)
        }
        bare = next(iter(lexicon.terms("Possession")))
        self._form, self._elided = bare.text("form", language), bare.text("elided", language)

    def of(self, label: str, article: str = "") -> str:
        """A label behind its preposition; `article` is the word before the name where the text writes it.

        An article that the label begins with is its own, and one that does not fit its first letter was another name's.
        """
        first, _, rest = label.partition(" ")
        if rest and plain(first) in self._articles:
            article, label = first, rest
        vowel = fold(label)[:1] in VOWELS
        written = self._with_article.get(plain(article), "")
        if written and (vowel or not written.endswith("'")):
            return written + label if written.endswith("'") else f"{written} {label}"
        return self.plainly(label)

    def plainly(self, label: str) -> str:
        """A label behind its preposition, as people have no article: « de Jean-Marie Le Pen »."""
        vowel = fold(label)[:1] in VOWELS
        return self._elided + label if vowel and self._elided else f"{self._form} {label}"
