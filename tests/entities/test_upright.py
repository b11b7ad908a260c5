"""Trees are set right and stay trees: whatever is moved, every word hangs from one root."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.entities.lexicon import lexicon_of
from kg.entities.upright import upright
from kg.model import Sentence, Token
from kg.ontology import Ontology

LEXICON = lexicon_of(Ontology.load(), "fr")
PARTICIPLE = (("Gender", "Masc"), ("Number", "Sing"), ("Tense", "Past"), ("VerbForm", "Part"))
PRESENT = (("Tense", "Pres"), ("VerbForm", "Part"))
FINITE = (("Mood", "Ind"), ("Number", "Sing"), ("Person", "3"), ("Tense", "Pres"), ("VerbForm", "Fin"))
# Words that the repairs look for: text, lemma, part of speech, features.
WORDS = [
    ("a", "avoir", "VERB", FINITE), ("est", "être", "AUX", FINITE), ("de", "de", "ADP", ()), ("son", "son", "DET", ()),
    ("côté", "côté", "NOUN", (("Number", "Sing"),)), ("annoncé", "annoncer", "VERB", PARTICIPLE), (",", ",", "PUNCT", ()),
    ("que", "que", "SCONJ", ()), ("dit", "dire", "VERB", FINITE), ("venir", "venir", "VERB", (("VerbForm", "Inf"),)),
    ("au", "à", "ADP", ()), ("préfet", "préfet", "NOUN", (("Number", "Sing"),)), ("Paul", "Paul", "PROPN", ()),
    ("tombant", "tomber", "VERB", PRESENT), ("la", "le", "DET", (("Definite", "Def"),)), ("un", "un", "PRON", ()),
    ("ainsi", "ainsi", "ADV", ()), ("maires", "maire", "NOUN", (("Number", "Plur"),)), ("sortant", "sortir", "VERB", PRESENT),
]  # fmt: skip
RELATIONS = ["nsubj", "obj", "obl:arg", "conj", "ccomp", "acl", "appos", "nmod", "mark", "case", "advcl"]  # fmt: skip


KNOWN = {text: (text, lemma, upos, features) for text, lemma, upos, features in WORDS}
# Beginnings of what the repairs look for.
TURNS = [
    "maires a de son côté annoncé que", "maires a , la , annoncé un", "dit que Paul dit que Paul venir",
    "dit au préfet de venir", "un de maires , Paul , dit", "dit , la préfet tombant que", "Paul , la préfet , maires",
]  # fmt: skip


def sentence(words: list[tuple], heads: list[int], relations: list[str]) -> Sentence:
    tokens, start = [], 0
    for index, (text, lemma, upos, features) in enumerate(words):
        relation = "root" if heads[index] < 0 else relations[index]
        end = start + len(text)
        tokens.append(Token(index, start, end, text, lemma, upos, features, heads[index], relation))
        start = end + 1
    whole = " ".join(token.text for token in tokens)
    return Sentence(0, 0, len(whole), whole, tuple(tokens))


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Words in any order, or in that of a known turn, in any tree."""
    turn = [KNOWN[word] for word in draw(st.sampled_from(TURNS)).split()]
    words = draw(st.one_of(st.just(turn), st.lists(st.sampled_from(WORDS), min_size=2, max_size=10)))
    order = draw(st.permutations(range(len(words))))
    heads = [-1] * len(words)
    for rank, word in enumerate(order[1:], start=1):
        heads[word] = order[draw(st.integers(0, rank - 1))]
    return sentence(words, heads, [draw(st.sampled_from(RELATIONS)) for _ in words])


# The participle stands above what looks like its auxiliary.
ABOVE = sentence(
    [KNOWN[word] for word in TURNS[0].split()],
    [5, 5, 4, 4, 1, -1, 5],
    ["nsubj", "advcl", "case", "case", "obl:arg", "", "mark"],
)


@given(sentences())
@example(ABOVE)
@settings(max_examples=600)
def test_what_is_set_right_is_a_tree(hung: Sentence) -> None:
    tokens = upright(hung, LEXICON).tokens
    assert sum(token.head < 0 for token in tokens) == 1
    for token in tokens:
        here, steps = token, 0
        while here.head >= 0:
            here, steps = tokens[here.head], steps + 1
            assert steps <= len(tokens)
    assert [(token.text, token.start) for token in tokens] == [
        (token.text, token.start) for token in hung.tokens
    ]
