"""Values: the amounts and times that sentences state, with the exact words that state them.

    lexemes ──► numbers ──► units ──► amounts ─┐
            └─► patterns ──► reckoning ──► times ─┴─► ValueMention

The grammar reads characters; the parse only tells a noun's lemma, a verb's tense and which word is the head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from kg.entities.amounts import ARTICLE_REACH, Amounts, Found
from kg.entities.lexemes import FIGURE, lexemes, words_of
from kg.entities.moments import Moment
from kg.entities.numbers import forms
from kg.entities.parsed import Parsed
from kg.entities.patterns import Line
from kg.entities.times import Times
from kg.model import Period, Sentence, Value, ValueMention
from kg.ontology import Ontology

__all__ = ["document_values", "local_dollar", "values_in"]

SIGN_WORDS = 3  # the longest sign of a currency before a number
LAST_YEAR = 2060  # beyond it a bare figure is the number of a road or of a law
ANY_DAY = date(2000, 1, 1)
STROKES = ("-", "/")
LANGUAGE = "fr"
NOMINAL = ("NOUN", "PROPN", "ADJ")
LOOSE = ("interval", "unknown")  # precisions of what no « suivant » counts from
DAY_PRECISION = ("day", "hour")


def values_in(
    sentence: Sentence,
    published: date | None,
    ontology: Ontology,
    *,
    story: date | None = None,
    spoken: date | None = None,
    dollar: str = "",
) -> tuple[ValueMention, ...]:
    """The amounts and times of a sentence, in text order, none overlapping.

    Relative times go by `published`; without it they are left out. `story` is the day that the text speaks of, for
    hours and « la veille »; `spoken` when the last time began, for « l'année suivante »; `dollar` the code that a bare "dollar" stands for where that is not USD.
    """
    grammar = _grammar(ontology)
    if not grammar.may_read(sentence.text):
        return ()
    return tuple(_Sentence(grammar, sentence, published, story, spoken, dollar).mentions())


def document_values(
    sentences: Iterable[Sentence], published: date | None, ontology: Ontology
) -> tuple[ValueMention, ...]:
    """The values of all sentences of one article.

    Beyond `values_in`, hours and « la veille » go by the last day that the text names, and "dollars" are those of
    the country that it speaks of.
    """
    listed = tuple(sentences)
    dollar = local_dollar("\n".join(sentence.text for sentence in listed), ontology)
    story, spoken = None, None
    found: list[ValueMention] = []
    for sentence in listed:
        values = values_in(sentence, published, ontology, story=story, spoken=spoken, dollar=dollar)
        story, spoken = _spoken_of(values, story, spoken)
        found.extend(values)
    return tuple(found)


def local_dollar(text: str, ontology: Ontology) -> str:
    """The code of the dollar of the country that a text names most, the empty string where it names none twice."""
    # Most texts name no dollar: so much is told from their bytes, which are sooner made small.
    content, dollars = text.encode().lower(), _grammar(ontology).dollars
    if not any(name in content for name in _grammar(ontology).plain_dollars):
        return ""
    small = text.lower()
    if not any(cue in small for cues in dollars.values() for cue in cues):
        return ""
    seen = Counter(re.findall(r"[^\W\d_]+", small))
    counts = {code: sum(seen[cue] for cue in cues) for code, cues in dollars.items()}
    best = max(sorted(counts), key=lambda code: counts[code], default="")
    return best if best and counts[best] >= 2 else ""


def _spoken_of(
    values: Iterable[ValueMention], story: date | None, spoken: date | None
) -> tuple[date | None, date | None]:
    """The last day, and the beginning of the last period, that values name; those given where they name none."""
    for mention in values:
        value = mention.value
        if isinstance(value, Period) and value.start and value.end and value.precision not in LOOSE:
            spoken = date.fromisoformat(value.start)
            if value.precision in DAY_PRECISION and value.start == value.end:
                story = spoken
    return story, spoken


class _Grammar:
    """What is compiled once from an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.amounts = Amounts(ontology, LANGUAGE)
        self.times = Times(ontology, self.amounts.numbers, LANGUAGE)
        self.articles = frozenset(forms(ontology, LANGUAGE, "NumberArticle"))
        self._telling = self.times.anchors | (self.amounts.numbers.needed - self.articles)
        # Beside « un » alone something of these has to stand for it to be a number.
        self._counting = self.amounts.counting
        self._around = self._counting | self.amounts.numbers.further
        self._signs = [sign for sign in sorted(self._counting) if not sign[0].isalpha()]
        self.factors = frozenset(term.text("unit") for term in ontology.terms("TimesMarker"))
        shared = {term.text("sharesName") for term in ontology.terms("Currency")} - {""}
        self.dollars = {
            term.text("code"): [cue.lower() for cue in term.texts("placeCue", LANGUAGE)]
            for term in ontology.terms("Currency")
            if term.texts("sharesName")
        }
        self.plain_dollars = [name.encode() for name in sorted(self.amounts.units.plain_dollars)]
        self.shared = frozenset(
            term.text("code") for term in ontology.terms("Currency") if term.name in shared
        )

    def may_read(self, text: str) -> bool:
        """Whether a text has a figure, or a word of those without which nothing states a value."""
        if FIGURE.search(text) is not None:
            return True
        words = words_of(text)
        if not self._telling.isdisjoint(words):
            return True
        if self.articles.isdisjoint(words):
            return False
        return any(sign in text for sign in self._signs) or self._counts(words)

    def _counts(self, words: list[str]) -> bool:
        """Whether one of these words counts what an article near it stands before."""
        if self._counting.isdisjoint(words):
            return False
        articles, counting = self.articles, self._around
        return any(
            word in articles
            and not counting.isdisjoint(words[max(0, at - SIGN_WORDS) : at + 1 + ARTICLE_REACH])
            for at, word in enumerate(words)
        )

    def is_year(self, parsed: Parsed, line: Line, at: int) -> bool:
        """Whether a four-figure number is a year: after a word that says so, or where it counts nothing."""
        amounts, before = self.amounts, line.text(at - 1)
        if _is_compound(line, at):
            return False
        if before in self.times.markers:
            return True
        value, follows = line.lexemes[at].number, amounts.units.behind(line, at + 1, False, parsed.token)
        if follows is not None or self._is_counted(line, at) or not line.lexemes[at].plain:
            return False
        return 1900 <= value < LAST_YEAR or before in self.times.contexts

    def _is_counted(self, line: Line, at: int) -> bool:
        """Whether a bound, a sign or a multiplier makes an amount of the number there."""
        amounts = self.amounts
        number = amounts.numbers.at(line, at)
        if number is None or number.end > at + 1 or amounts.units.before(line, at) is not None:
            return True
        bound = amounts.marker_before(line, at)[0]
        glued = at > 0 and line.lexemes[at].glued and line.lexemes[at - 1].kind == "word"
        return bound != "" or (glued and not line.texts[at - 1].endswith("'"))


def _is_compound(line: Line, at: int) -> bool:
    """Whether strokes tie the figure to others: "2015-3", "Sep-23-2020"."""
    texts, tied = line.texts, line.lexemes
    before = at > 1 and texts[at - 1] in STROKES and tied[at].glued and tied[at - 1].glued
    behind = at + 2 < len(texts) and texts[at + 1] in STROKES and tied[at + 1].glued and tied[at + 2].glued
    return before or behind


@lru_cache(maxsize=4)
def _grammar(ontology: Ontology) -> _Grammar:
    return _Grammar(ontology)


class _Sentence:
    """One sentence while its values are read."""

    def __init__(
        self,
        grammar: _Grammar,
        sentence: Sentence,
        published: date | None,
        story: date | None,
        spoken: date | None,
        dollar: str,
    ) -> None:
        self.grammar, self.sentence, self.dollar = grammar, sentence, dollar
        self.published, self.story, self.spoken = published, story, spoken
        self.placed: Line | None = None
        found = lexemes(sentence.text)
        self.parsed = Parsed(sentence, found)
        self.line = Line.of(found, self._moment(published))

    def _moment(self, published: date | None) -> Moment:
        # It knows nothing of this reading, which knows it: both are freed as soon as nobody asks for them.
        is_year = partial(self.grammar.is_year, self.parsed)
        articles = self.grammar.articles
        return Moment(published, self.story, self.parsed.is_future, is_year, articles, self.spoken)

    def mentions(self) -> Iterator[ValueMention]:
        """The values from left to right; where two begin together the longer one, of equal ones the time."""
        amounts = self._amounts()
        begins = self.grammar.times.begins(self.line)
        free, counted = 0, ""
        for place in sorted({*amounts, *[at for at, begun in enumerate(begins) if begun]}):
            if place < free:
                continue
            end = self._undated(place)
            timed = self.grammar.times.at(self.line, place) if self.published is not None or end else None
            if timed is None and end:
                free = end
                continue
            amount = amounts.get(place)
            if timed is not None and (amount is None or timed.end >= amount.end or timed.reads == "year"):
                mention = self._mention(
                    timed.start, timed.end, self.parsed.head(timed.start, timed.end), timed.period
                )
                yield mention
                self._follow(mention)
                free = timed.end
            elif amount is not None and (settled := self._settled(amount, counted)) is not None:
                yield self._mention(
                    settled.start, settled.end, self.parsed.index(settled.head), settled.amount
                )
                counted = settled.amount.unit if settled.kind == "thing" else counted
                free = settled.end

    def _undated(self, at: int) -> int:
        """Where a time ends that only the article's date would place; 0 where there is none."""
        if self.published is not None:
            return 0
        if self.placed is None:
            self.placed = self.line.within(self._moment(ANY_DAY))
        timed = self.grammar.times.at(self.placed, at)
        return timed.end if timed is not None else 0

    def _amounts(self) -> dict[int, Found]:
        """Amounts by the lexeme they begin with, the longest of each."""
        found: dict[int, Found] = {}
        for place in self.grammar.amounts.numbers.places(self.line):
            for amount in self.grammar.amounts.at(self.line, place, self.parsed.token):
                known = found.get(amount.start)
                if known is None or amount.end > known.end:
                    found[amount.start] = amount
        return found

    def _settled(self, found: Found, counted: str) -> Found | None:
        """The amount with what the sentence adds to it, None where it is none."""
        number = found.number
        if number.article and (
            found.kind not in ("currency", "measure") or found.amount.unit in self.grammar.factors
        ):
            return None
        if found.kind == "" and not found.amount.unit:
            if self._is_label(found):
                return None
            counted = self._counted_beside(found) or counted
            if number.worded and not counted and not found.certain:
                return None
            amount = replace(found.amount, unit=counted)
            return replace(found, amount=amount, kind="thing" if counted else "")
        if found.kind == "currency" and self.dollar and found.amount.unit in self.grammar.shared:
            plain = self.grammar.amounts.units.is_plain_dollar(self.line, found.head)
            return replace(found, amount=replace(found.amount, unit=self.dollar)) if plain else found
        return found

    def _counted_beside(self, found: Found) -> str:
        """What a number without a noun counts: « 217 des 441 représentants », « des hommes, au moins quatre »."""
        amounts = self.grammar.amounts
        link = amounts.units.part_links.longest(self.line, found.end)
        if link is not None and link[1] < len(self.line.lexemes):
            for whole in amounts.at(self.line, link[1], self.parsed.token):
                return whole.amount.unit if whole.kind == "thing" else ""
        if found.certain and self.line.text(found.start - 1) == "," and found.start >= 2:
            unit = amounts.units.behind(self.line, found.start - 2, False, self.parsed.token)
            return unit.name if unit is not None and unit.kind == "thing" else ""
        return ""

    def _is_label(self, found: Found) -> bool:
        """A bare figure that belongs to a name, a score or a list of figures: "France 2", "2-1"."""
        lexeme = self.line.lexemes[found.start]
        before = self.line.lexemes[found.start - 1] if found.start else None
        behind = self.line.lexemes[found.end] if found.end < len(self.line.lexemes) else None
        if behind is not None and (
            behind.kind in ("figure", "date", "clock") or (behind.glued and behind.text not in ",.;:!?)»")
        ):
            return True
        if before is None or lexeme.kind != "figure":
            return False
        token = self.parsed.token(found.start - 1)
        if token is not None and token.upos in NOMINAL:
            return True  # « le décret 13769 », « de calibre 7,65 »
        if before.kind in ("figure", "date", "clock") or (
            before.text in ("-", "–", "/", ".", "°") and lexeme.glued
        ):
            return True
        return before.capital and found.start > 1

    def _follow(self, mention: ValueMention) -> None:
        """What later words of the sentence count from."""
        told = _spoken_of((mention,), self.story, self.spoken)
        if told != (self.story, self.spoken):
            self.story, self.spoken = told
            self.line = self.line.within(self._moment(self.published))

    def _mention(self, start: int, end: int, token: int, value: Value) -> ValueMention:
        first, last = self.line.lexemes[start].start, self.line.lexemes[end - 1].end
        offset = self.sentence.start
        text = self.sentence.text[first:last]
        return ValueMention(offset + first, offset + last, text, value, self.sentence.index, token)
