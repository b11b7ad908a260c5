"""Names in an article: where they stand, mended where the model slipped.

The model sees each sentence by itself; the article as a whole knows more. What is a name once is a name wherever
the same words stand; an acronym in parentheses behind its long form is a name too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.entities.acronyms import initials, is_acronym, may_stand_for
from kg.entities.lexicon import WORD, Lexicon, fold, plain
from kg.entities.signs import NAMED_AFTER, given_gender, signs
from kg.model import Analysis, Document, Mention, Sentence, Span, Token, record

__all__ = ["MADE", "NAME_TYPES", "Name", "find_names"]

NAME_TYPES = ("Person", "Organization", "Place", "Work", "Product", "Event")
# Where a name comes from that the model found a part of; its first noun tells the type.
MADE = "made"
# What a government that is called after a person is taken for.
NAMED_LIKE = ("Person", "Organization", "Place")
# How long a word may be that opens a name without a capital: « al », « mont ».
SHORT = 4
# What a word goes on with.
INSIDE = re.compile(r"[\w-]")


@record
class Name:
    """A name in the text: characters, tokens `first` to `last` (included), head token, and what its words say.

    `words` are folded, without particles; `title` is a civil title before it. `source` is model, made, repeat, acronym or inner;
    `signs` are what its words and those around it say of what it names ("called Product": "l'application X");
    `likely` are the types that the model finds likely, where it tells. `titled` is whether the civil title is the word
    before `first`: it is one with the name, even where the parser hangs the name from it.
    """

    start: int
    end: int
    text: str
    type: str
    sentence: int
    first: int
    last: int
    head: int
    words: tuple[str, ...]
    title: str = ""
    source: str = "model"
    signs: frozenset[str] = frozenset()
    likely: tuple[tuple[str, float], ...] = ()
    titled: bool = False


def find_names(
    document: Document, analysis: Analysis, values: Iterable[Span], lexicon: Lexicon
) -> list[Name]:
    """The names of an article in text order; none overlaps another, nor a value."""
    taken = _Taken(values)
    found: list[Name] = []
    for mention in sorted(analysis.names, key=lambda item: (item.start, -item.end)):
        name = _from_model(mention, analysis.sentences, lexicon)
        if name and taken.free(name):
            taken.add(name)
            found.append(name)
    for name in _acronyms(found, analysis.sentences, lexicon):
        if taken.free(name):
            taken.add(name)
            found.append(name)
    for name in _repeats(document.text, found, analysis.sentences, lexicon):
        if taken.free(name):
            taken.add(name)
            found.append(name)
    return sorted(found, key=lambda item: item.start)


class _Taken:
    """Which characters belong to a name or a value already."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._chars = {position for span in spans for position in range(span.start, span.end)}

    def free(self, name: Name) -> bool:
        return self._chars.isdisjoint(range(name.start, name.end))

    def add(self, name: Name) -> None:
        self._chars.update(range(name.start, name.end))


def _tokens_within(sentence: Sentence, start: int, end: int) -> list[Token]:
    return [token for token in sentence.tokens if token.start < end and start < token.end]


def head_of(tokens: Sequence[Token]) -> Token:
    """The word of a stretch that hangs from outside it; the first such, never punctuation if there is a word."""
    inside = {token.index for token in tokens}
    tops = [token for token in tokens if token.head not in inside]
    return next(
        (token for token in tops if token.upos not in ("PUNCT", "DET", "ADP")), tops[0] if tops else tokens[0]
    )


def name_words(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words that tell names apart: folded, without particles and legal forms unless nothing else is left."""
    words = WORD.findall(fold(text))
    kept = [word for word in words if word not in lexicon.particles and word not in lexicon.legal_forms]
    return tuple(kept or words)


def _from_model(mention: Mention, sentences: Sequence[Sentence], lexicon: Lexicon) -> Name | None:
    if mention.type not in NAME_TYPES:
        return None
    sentence = sentences[mention.sentence]
    tokens = _tokens_within(sentence, mention.start, mention.end)
    title = ""
    while len(tokens) > 1 and (small := plain(tokens[0].text)):
        if tokens[0].text in lexicon.civil_titles or small in lexicon.civil_titles:
            title = tokens[0].text
        elif not (
            tokens[0].upos == "PUNCT"
            or small in lexicon.contractions
            or _is_article(tokens, lexicon)
            or _is_epithet(tokens, lexicon)
        ):
            break
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].upos == "PUNCT" and tokens[-1].text not in (")", "!", "?", "."):
        tokens = tokens[:-1]
    if (len(tokens) == 1 and _is_notion(tokens[0], lexicon)) or _is_sentence(tokens):
        return None
    type_name, first = mention.type, tokens[0].index
    before = sentence.tokens[:first]
    if type_name == "Organization" and _is_portfolio(before, lexicon):
        return None
    whose = type_name == "Person" and len(tokens) > 1 and _is_of_office(before, lexicon)
    if type_name in NAMED_LIKE and before and not whose and _is_government(before[-1], lexicon):
        tokens, type_name = [before[-1], *tokens], "Organization"
    elif type_name == "Place" and _is_agreement(before, lexicon):
        tokens, type_name = [*before[-2:], *tokens], "Work"
    if tokens[0].index < first:
        return _name(sentence, tokens, type_name, lexicon, MADE, title)
    return _name(sentence, tokens, type_name, lexicon, "model", title, mention.likely)


def _is_sentence(tokens: Sequence[Token]) -> bool:
    """Whether a stretch is a whole clause, subject and finite verb, which the model took for a name."""
    verbs = {token.index for token in tokens if token.head < 0 and token.feature("VerbForm") == "Fin"}
    return bool(verbs) and any(token.head in verbs and token.deprel == "nsubj" for token in tokens)


def _is_notion(token: Token, lexicon: Lexicon) -> bool:
    """Whether an acronym stands for an idea, as a noun does: "l'IA", "la TVA"."""
    sense = lexicon.nouns.get(plain(token.text)) if is_acronym(token.text) else None
    return sense is not None and sense.type == "Concept"


def _is_portfolio(before: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether these words lead to what a minister is in charge of: "ministre de l'", "ancienne ministre des"."""
    words = [token for token in before[-3:] if token.upos != "DET"]
    return len(words) > 1 and words[-1].upos == "ADP" and plain(words[-2].lemma) in lexicon.portfolio_holders


def _is_of_office(before: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the last of these words says of what somebody's office is: "ministre de la justice", "porte-parole du gouvernement"."""
    words = [token for token in before[-4:-1] if token.upos != "DET"]
    if len(words) < 2 or words[-1].upos != "ADP":
        return False
    sense = lexicon.nouns.get(plain(words[-2].lemma))
    return sense is not None and sense.type == "Occupation"


def _is_agreement(before: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether these words make a name with the place behind them: "le traité de", not "un traité de"."""
    if len(before) < 3:
        return False
    article, noun, small = before[-3:]
    return (
        noun.upos == "NOUN"
        and plain(noun.lemma) in lexicon.named_after_places
        and plain(small.text) in lexicon.possessing
        and (plain(article.text) in lexicon.articles or plain(article.text) in lexicon.contractions)
    )


def _is_government(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun right before a name makes one with it: "le gouvernement Dastin"."""
    sense = lexicon.nouns.get(plain(token.lemma)) if token.upos == "NOUN" else None
    return sense is not None and sense.kind == NAMED_AFTER


def _is_article(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """An article before a name is no part of it, unless it has a capital inside the sentence ("Le Monde", "Le Pen")."""
    first = tokens[0]
    return plain(first.text) in lexicon.articles and (
        first.text[0].islower() or (first.index == 0 and first.upos == "DET")
    )


def _is_epithet(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """« le groupe russophone BlackSea »: what no capital opens, before what one does, and is no noun nor particle."""
    word, behind = tokens[0], tokens[1].text
    low = word.text.isalpha() and word.text.islower() and word.upos in ("ADJ", "PROPN")
    return (
        low and behind[0].isupper() and len(word.text) > SHORT and plain(word.text) not in lexicon.particles
    )


def _name(
    sentence: Sentence,
    tokens: Sequence[Token],
    type_name: str,
    lexicon: Lexicon,
    source: str,
    title: str = "",
    likely: tuple[tuple[str, float], ...] = (),
) -> Name | None:
    start, end = tokens[0].start, tokens[-1].end
    text = sentence.text[start - sentence.start : end - sentence.start]
    if not (any(map(str.isupper, text)) or any(map(str.isdigit, text))) or not WORD.search(text):
        return None
    before = sentence.tokens[tokens[0].index - 1].text if tokens[0].index else ""
    titled = before in lexicon.civil_titles
    if titled:
        title = title or before
    words = name_words(text, lexicon)
    first, last = tokens[0].index, tokens[-1].index
    head = head_of(tokens).index
    said = signs(sentence.tokens, first, last, head, lexicon)
    return Name(
        start,
        end,
        text,
        type_name,
        sentence.index,
        first,
        last,
        head,
        words,
        title,
        source,
        said,
        likely,
        titled,
    )


def _acronyms(names: Sequence[Name], sentences: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Name]:
    """ "Cour pénale internationale (CPI)": the acronym is a name, of the type of its long form."""
    for name in names:
        tokens = sentences[name.sentence].tokens
        inside = tokens[name.last + 1 : name.last + 4]
        if (
            len(inside) == 3
            and inside[0].text == "("
            and inside[2].text == ")"
            and is_acronym(inside[1].text)
        ):
            made = _name(sentences[name.sentence], inside[1:2], name.type, lexicon, "acronym")
            if made and (
                "".join(made.words) in initials(name.text, lexicon.particles)
                or may_stand_for(made.text, name.text, name.type, lexicon)
            ):
                yield made


def _repeats(
    text: str, names: Sequence[Name], sentences: Sequence[Sentence], lexicon: Lexicon
) -> Iterator[Name]:
    """The same words again, where the model saw no name; of two that begin at one place, the longer."""
    types = _types_of_forms(names, lexicon)
    if not types:
        return
    starts = [sentence.start for sentence in sentences]
    seen = {name.start for name in names}
    for start, form in places_of(text, types):
        at = bisect_right(starts, start) - 1
        if start in seen or at < 0:
            continue
        end = start + len(form)
        tokens = _tokens_within(sentences[at], start, end)
        if tokens and (tokens[0].start, tokens[-1].end) == (start, end):
            made = _name(sentences[at], tokens, types[form], lexicon, "repeat")
            if made:
                yield made


def places_of(text: str, forms: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where these forms, which begin with a letter, stand as whole words: the longest of a place, none inside another."""
    found = [(start, -len(form), form) for form in forms for start in _occurrences(text, form)]
    free = 0
    for start, _, form in sorted(found):
        if start >= free:
            yield start, form
            free = start + len(form)


def _occurrences(text: str, form: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not (start and INSIDE.match(text, start - 1)) and not INSIDE.match(text, end):
            yield start
        start = text.find(form, start + 1)


def _types_of_forms(names: Sequence[Name], lexicon: Lexicon) -> dict[str, str]:
    """What to look for: each name's text, and what may stand for it; with the type that it has most often."""
    votes: dict[str, dict[str, int]] = {}
    for name in names:
        for form in (name.text, *_surnames(name, lexicon)):
            if len(form) > 2 and form[0].isupper():
                types = votes.setdefault(form, {})
                types[name.type] = types.get(name.type, 0) + 1
    return {form: max(sorted(types), key=lambda key: types[key]) for form, types in votes.items()}


def _surnames(name: Name, lexicon: Lexicon) -> tuple[str, ...]:
    """What may stand for a person's full name later: all behind the given name ("Le Pen")."""
    given, space, rest = name.text.partition(" ")
    if name.type != "Person" or not space or not given_gender(given, lexicon):
        return ()
    return (rest,) if rest[0].isupper() else ()
