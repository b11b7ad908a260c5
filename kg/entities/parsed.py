"""What the parse of a sentence tells of its lexemes: the word in which one begins, its head, the tense of its verb."""

from __future__ import annotations

from bisect import bisect_right

from kg.entities.lexemes import Lexeme
from kg.model import Sentence, Token

__all__ = ["Parsed"]

FUTURE, PRESENT, CONDITIONAL, INFINITIVE = (
    ("Tense", "Fut"),
    ("Tense", "Pres"),
    ("Mood", "Cnd"),
    ("VerbForm", "Inf"),
)
VERBS = ("VERB", "AUX")
MARKERS = ("ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "ADV")


class Parsed:
    """A sentence beside its lexemes."""

    def __init__(self, sentence: Sentence, lexemes: tuple[Lexeme, ...]) -> None:
        self._tokens, self._lexemes = sentence.tokens, lexemes
        self._starts = [token.start - sentence.start for token in sentence.tokens]

    def index(self, at: int) -> int:
        """The place of the token in which a lexeme begins."""
        place = bisect_right(self._starts, self._lexemes[at].start) - 1
        return max(place, 0)

    def token(self, at: int) -> Token | None:
        """The token in which a lexeme begins, where it has an analysis."""
        if at >= len(self._lexemes) or not self._starts:
            return None
        token = self._tokens[self.index(at)]
        return token if token.upos and token.upos != "X" else None

    def head(self, start: int, end: int) -> int:
        """The word of a stretch of lexemes on which its others hang; the last number or name where there is no tree."""
        first, last = self.index(start), self.index(end - 1)
        inside = self._tokens[first : last + 1]
        tops = [token for token in inside if not first <= token.head <= last]
        content = [token for token in tops if token.upos not in MARKERS]
        return (content or tops or list(inside))[0].index if inside else first

    def is_future(self, at: int) -> bool:
        """Whether the verb above that word speaks of the future: « viendra », « va venir », « devrait venir »."""
        if not self._starts:
            return False
        tokens = self._tokens
        here, steps = tokens[self.index(at)], 0
        while here.upos not in VERBS and 0 <= here.head < len(tokens) and steps < len(tokens):
            here, steps = tokens[here.head], steps + 1
        family = [here, *(token for token in tokens if token.head == here.index and token.upos == "AUX")]
        if any(FUTURE in token.features for token in family):
            return True
        if INFINITIVE not in here.features:
            return False
        governors = family[1:] + ([tokens[here.head]] if 0 <= here.head < len(tokens) else [])
        return any(CONDITIONAL in token.features or PRESENT in token.features for token in governors)
