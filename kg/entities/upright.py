"""Trees set right before anything is read from them, where commas mislead a parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.entities.adverbial import adverbial
from kg.entities.epithets import unburdened
from kg.entities.lexicon import Lexicon
from kg.model import Sentence, Token

__all__ = ["upright"]

# What stands behind a verb that lacks nothing.
FILLED = frozenset({"obj", "xcomp", "ccomp", "obl:arg", "expl:pv", "expl:comp"})
# Where a word hangs from, and how.
Place = tuple[int, str]


def upright(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with all that is known to be hung wrong in its tree set right."""
    return unburdened(adverbial(_parted(sentence, lexicon), lexicon), lexicon)


def _parted(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with a perfect joined again, and an absolute clause on its own.

    > La ville a, ce jeudi 8 mars, vendu le port.          a ─aux:tense─► vendu
    > Le port perd des clients, le trafic tombant à 3 %.   trafic ─nsubj─► tombant ─advcl─► perd
    """
    tokens = sentence.tokens
    moved: dict[int, Place] = {}
    for token in tokens[1:-1]:
        if token.text == ",":
            before = tokens[token.index - 1]
            if before.lemma in lexicon.functions["have"] and not before.deprel.startswith("aux"):
                moved.update(_joined(tokens, before))
        elif token.deprel == "acl" and token.feature("Tense") == "Pres":
            moved.update(_absolute(tokens, token))
    if not moved:
        return sentence
    placed = tuple(
        replace(token, head=moved[token.index][0], deprel=moved[token.index][1])
        if token.index in moved
        else token
        for token in tokens
    )
    return replace(sentence, tokens=placed)


def _joined(tokens: tuple[Token, ...], verb: Token) -> Iterator[tuple[int, Place]]:
    """A verb of having before a comma, with a participle below it behind the next one, as that participle's auxiliary."""
    below = [token for token in tokens if token.head == verb.index]
    participle = next(
        (
            token
            for token in tokens[verb.index + 3 :]
            if tokens[token.index - 1].text == ","
            and token.feature("VerbForm") == "Part"
            and token.feature("Tense") == "Past"
            and any(item is verb for item in _above(tokens, token))
        ),
        None,
    )
    if participle is None or any(token.deprel in FILLED and token is not participle for token in below):
        return
    yield participle.index, (verb.head, verb.deprel)
    yield verb.index, (participle.index, "aux:tense")
    for token in below:
        if token is not participle:
            yield token.index, (participle.index, token.deprel)


def _absolute(tokens: tuple[Token, ...], participle: Token) -> Iterator[tuple[int, Place]]:
    """A second subject, behind a comma and the verb, that has a participle of its own: a clause beside the verb's."""
    noun = tokens[participle.head]
    while noun.deprel == "nmod":
        noun = tokens[noun.head]
    if not noun.deprel.startswith("nsubj") or not noun.head < noun.index < participle.index:
        return
    first = min(
        [token.index for token in tokens if token.head == noun.index and token.deprel == "det"]
        or [noun.index]
    )
    below = [token for token in tokens if token.head == noun.head and token is not noun]
    before = any(token.deprel.startswith("nsubj") and token.index < noun.head for token in below)
    if tokens[first - 1].text == "," and before and any(token.deprel in FILLED for token in below):
        yield participle.index, (noun.head, "advcl")
        yield noun.index, (participle.index, "nsubj")


def _above(tokens: tuple[Token, ...], token: Token) -> Iterator[Token]:
    while token.head >= 0:
        token = tokens[token.head]
        yield token
