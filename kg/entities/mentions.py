"""What in an article may refer to something: noun phrases, pronouns and possessives, with what they tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.entities.lexicon import WORD, Lexicon, NounSense, Pronoun, fold, plain
from kg.entities.phrases import phrase_tokens
from kg.language.tree import Tree
from kg.model import Sentence, Token

__all__ = ["Candidate", "nominals", "pronouns"]

UNKNOWN = NounSense("", "")
SUBJECT, OBJECT, OBLIQUE, COMPLEMENT, OTHER = "subject", "object", "oblique", "complement", "other"
ROLES = {
    "nsubj": SUBJECT,
    "obj": OBJECT,
    "iobj": OBLIQUE,
    "obl": OBLIQUE,
    "nmod": COMPLEMENT,
    "root": OTHER,
}
COPIED = ("conj", "appos", "flat")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may refer. `kind` is nominal or pronoun; `verb` is the word that its head hangs from.

    `determiner` is definite, demonstrative, possessive, indefinite or empty; `words` are the folded content words
    beside the head; `noun` is what the head denotes.
    """

    kind: str
    start: int
    end: int
    sentence: int
    head: int
    lemma: str
    noun: NounSense
    gender: str
    number: str
    role: str
    verb: int
    determiner: str = ""
    words: frozenset[str] = frozenset()
    pronoun: Pronoun | None = None
    complement: bool = False


def role_of(tree: Tree, token: Token) -> str:
    """What the word is to its verb; a coordinate or an apposition is what its head is."""
    while token.deprel.split(":")[0] in COPIED and token.head >= 0:
        token = tree.tokens[token.head]
    return ROLES.get(token.deprel.split(":")[0], OTHER)


def determiner_of(tree: Tree, head: Token, lexicon: Lexicon) -> str:
    """The kind of the noun's determiner; a contraction holds a definite article."""
    for child in tree.children(head, "det", "nmod:poss"):
        if child.index < head.index and (kind := lexicon.determiners.get(plain(child.text))):
            return kind
    for child in tree.children(head, "case"):
        if plain(child.text) in lexicon.contractions:
            return lexicon.determiners.get(plain(child.text), "")
    if any(child.deprel.startswith("nummod") for child in tree.children(head)):
        return "indefinite"
    return ""


def nominals(tree: Tree, taken: Sequence[bool], lexicon: Lexicon) -> Iterator[Candidate]:
    """The noun phrases of a sentence whose head no name or value has taken."""
    for token in tree.tokens:
        if token.upos != "NOUN" or taken[token.index] or token.deprel in ("fixed", "compound", "flat", "flat:foreign"):
            continue
        yield _nominal(tree, token, taken, lexicon)


def _nominal(tree: Tree, head: Token, taken: Sequence[bool], lexicon: Lexicon) -> Candidate:
    tokens = phrase_tokens(tree, head)
    tokens = _before_name(tree, head, tokens, taken)
    lemma = plain(head.lemma)
    noun = lexicon.nouns.get(lemma) or lexicon.nouns.get(plain(head.text)) or UNKNOWN
    words = frozenset(
        fold(token.lemma) for token in tokens if token is not head and token.upos in ("NOUN", "ADJ", "PROPN", "NUM", "VERB")
    )
    return Candidate(
        kind="nominal",
        start=tokens[0].start,
        end=tokens[-1].end,
        sentence=tree.sentence.index,
        head=head.index,
        lemma=lemma,
        noun=noun,
        gender=head.feature("Gender"),
        number=head.feature("Number") or "Sing",
        role=role_of(tree, head),
        verb=head.head,
        determiner=determiner_of(tree, head, lexicon),
        words=words,
        complement=any(child.deprel.split(":")[0] in ("nmod", "acl") for child in tree.children(head)),
    )


def _before_name(tree: Tree, head: Token, tokens: list[Token], taken: Sequence[bool]) -> list[Token]:
    """"le président François Hollande": the title ends where the name begins."""
    for child in tree.children(head, "nmod", "appos", "flat"):
        if child.index > head.index and taken[child.index] and not tree.children(child, "case"):
            first = min((token.index for token in tree.subtree(child)), default=child.index)
            kept = [token for token in tokens if token.index < max(first, head.index + 1)]
            return kept or [head]
    return tokens


def pronouns(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """The pronouns and possessives of a sentence that refer to some participant."""
    for token in tree.tokens:
        if token.upos in ("PRON", "DET", "ADV", "NOUN", "ADJ"):
            pronoun = _pronoun(tree, token, lexicon)
            if pronoun is not None:
                yield _pronominal(tree, token, pronoun, lexicon)


def _pronoun(tree: Tree, token: Token, lexicon: Lexicon) -> Pronoun | None:
    form = plain(token.text)
    if token.upos in ("NOUN", "ADJ"):
        det = tree.child(token, "det")
        return lexicon.latter.get((plain(det.text), form)) if det and len(tree.children(token)) <= 2 else None
    for way in lexicon.pronouns.get(form, ()):
        possessive = way.reference in ("possessive", "speaker-possessive")
        if possessive == (token.upos == "DET") and _refers(tree, token, way, lexicon):
            return way
    return None


def _refers(tree: Tree, token: Token, way: Pronoun, lexicon: Lexicon) -> bool:
    if token.deprel.startswith(("expl", "fixed")) or (token.upos == "ADV" and way.reference != "relative"):
        return way.reference == "reflexive" and token.deprel.startswith("expl")
    if way.reference == "relative":
        return token.feature("PronType") != "Int" and relative_head(tree, token) is not None
    head = tree.head(token)
    return not (way.reference == "personal" and head is not None and plain(head.lemma) in lexicon.impersonal)


def relative_head(tree: Tree, token: Token) -> Token | None:
    """The noun that the relative clause of this pronoun hangs from."""
    for above in (token, *tree.ancestors(token)):
        if above.deprel == "acl:relcl":
            return tree.head(above)
    return None


def _pronominal(tree: Tree, token: Token, pronoun: Pronoun, lexicon: Lexicon) -> Candidate:
    det = tree.child(token, "det") if token.upos in ("NOUN", "ADJ") else None
    gender = pronoun.gender or (token.feature("Gender") if token.upos == "PRON" else "")
    return Candidate(
        kind="pronoun",
        start=det.start if det else token.start,
        end=token.end,
        sentence=tree.sentence.index,
        head=token.index,
        lemma=plain(token.text),
        noun=UNKNOWN,
        gender=gender,
        number=pronoun.number,
        role=role_of(tree, token),
        verb=token.head,
        pronoun=pronoun,
    )


def quotations(text: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The stretches between quotation marks, marks included, in text order; an unclosed one ends its paragraph."""
    found: list[tuple[int, int]] = []
    for opening, closing in pairs:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start + 1)
            paragraph = text.find("\n", start)
            stop = paragraph if end < 0 and paragraph >= 0 else len(text) if end < 0 else end + 1
            found.append((start, stop))
            start = text.find(opening, stop)
    return sorted(found)


def in_quotation(position: int, found: Sequence[tuple[int, int]]) -> int:
    """The number of the quotation around a position, or -1."""
    return next((i for i, (start, end) in enumerate(found) if start <= position < end), -1)


def sentence_text(sentence: Sentence, start: int, end: int) -> str:
    """The exact text of a stretch of this sentence."""
    return sentence.text[start - sentence.start : end - sentence.start]


def content_words(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The folded words of a text, without particles."""
    return frozenset(word for word in WORD.findall(fold(text)) if word not in lexicon.particles)
