"""Subjects behind their verb, and « il » that is someone: trees written by hand, no model."""

from __future__ import annotations

import pytest

from kg.language.mending import adverbial, alone, bracketed, joined, led, lifted, mended, personal, quoted

FINITE = "Mood=Ind|VerbForm=Fin"


def relations(rows: str) -> tuple[list[str], list[str], list[int], list[str]]:
    """Part of speech, features ("fin", "imp", "-"), head and relation of each word, one word a line."""
    marks = {"fin": FINITE, "imp": "Mood=Imp|VerbForm=Fin", "-": ""}
    cells = [row.split() for row in rows.strip().splitlines()]
    return (
        [cell[1] for cell in cells],
        [marks[cell[2]] for cell in cells],
        [int(cell[3]) for cell in cells],
        [cell[4] for cell in cells],
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Nous PRON - 1 nsubj\nrefusons VERB fin -1 root\na AUX fin 3 aux:tense\ndéclaré VERB - 1 parataxis:insert\nAnne PROPN - 3 obj", "nsubj"),
        ("l' PRON - 1 obj\nannonce VERB fin -1 root\nAirbus PROPN - 1 obj", "nsubj"),
        ("Il PRON - 1 nsubj\nvend VERB fin -1 root\ndes DET - 3 det\nusines NOUN - 1 obj", "obj"),
        ("Vend VERB fin -1 root\ndes DET - 2 det\nusines NOUN - 0 obj", "obj"),
        ("Il PRON - 1 nsubj\ndort VERB fin -1 root\nvoir VERB - 1 parataxis:insert\nrubrique NOUN - 2 obj", "obj"),
        ("Il PRON - 1 nsubj\ndort VERB fin -1 root\nvoyez VERB imp 1 parataxis:insert\nAnnexe NOUN - 2 obj", "obj"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_verb_whose_object_is_taken_is_its_subject(rows, expected):
    assert mended(*relations(rows))[-1] == expected


@pytest.mark.parametrize(
    ("lemma", "sibling", "expected"),
    [
        ("affirmer", "ccomp", "nsubj"),
        ("falloir", "ccomp", "expl:subj"),
        ("affirmer", "nsubj", "expl:subj"),
        ("affirmer", "aux:pass", "expl:subj"),
    ],
)
def test_il_is_someone_where_the_verb_wants_someone(lemma, sibling, expected):
    found = personal(["lui", lemma, "x"], [1, -1, 1], ["expl:subj", "root", sibling], {"affirmer"})
    assert found[0] == expected


def test_a_name_hangs_from_the_noun_that_it_names() -> None:
    upos = ["DET", "NOUN", "NOUN", "PROPN", "VERB"]
    relations = ["det", "nsubj", "nmod", "nmod", "root"]
    assert lifted(upos, [""] * 5, [1, 4, 1, 2, -1], relations) == [1, 4, 1, 1, -1]
    assert lifted(upos, [""] * 5, [1, 4, 1, 1, -1], relations) == [1, 4, 1, 1, -1]


def test_nothing_hangs_from_a_preposition() -> None:
    # fermé à cause de grève
    upos = ["VERB", "ADP", "NOUN", "ADP", "NOUN"]
    hung, found = led(upos, [-1, 0, 1, 4, 1], ["root", "advmod", "fixed", "case", "obl:arg"])
    assert (hung, found[1], found[4]) == ([-1, 4, 1, 4, 0], "case", "obl:mod")
    hung, found = led(upos, [-1, 2, 0, 4, 1], ["root", "case", "obl:mod", "case", "obl:arg"])
    assert (hung, found[4]) == ([-1, 2, 0, 4, 2], "nmod")


def test_a_verb_inside_a_quotation_is_coordinated_to_one_inside() -> None:
    forms = ["Il", "dit", "que", "Brest", "«", "vend", "et", "achète", "»", "."]
    upos = ["PRON", "VERB", "SCONJ", "PROPN", "PUNCT", "VERB", "CCONJ", "VERB", "PUNCT", "PUNCT"]
    heads = [1, -1, 5, 5, 5, 1, 7, 1, 5, 1]
    relations = ["nsubj", "root", "mark", "nsubj", "punct", "ccomp", "cc", "conj", "punct", "punct"]
    assert quoted(forms, upos, heads, relations) == [*heads[:7], 5, *heads[8:]]
    outside = [form for form in forms if form not in "«»"]
    kept = [index for index, form in enumerate(forms) if form not in "«»"]
    place = {old: new for new, old in enumerate(kept)}
    bare = [place.get(heads[old], -1) for old in kept]
    tags, labels = [upos[old] for old in kept], [relations[old] for old in kept]
    assert quoted(outside, tags, bare, labels) == bare


def test_what_stands_before_its_head_is_subordinate_and_not_coordinated() -> None:
    # Si Brest cède , Lyon paiera .
    rows = "Si SCONJ - 2 mark\nBrest PROPN - 2 nsubj\ncède VERB fin 5 conj\n, PUNCT - 2 punct\nLyon PROPN - 5 nsubj\npaiera VERB fin -1 root"
    assert mended(*relations(rows))[2] == "advcl"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Cette DET - 2 det\ndernière ADJ - 2 amod\nannonce VERB fin -1 root\nrien PRON - 2 obj", "nsubj"),
        ("Cette DET - 1 det\ndernière ADJ - 2 amod\nannonce VERB fin -1 root\nrien PRON - 2 obj", "nsubj"),
        ("Cette DET - 2 det\ndernière ADJ - 2 amod\nannonce NOUN - -1 root\nfaite VERB - 2 acl", "amod"),
    ],
)
def test_an_adjective_with_a_determiner_before_a_finite_verb_is_its_subject(rows, expected):
    heads, found = alone(*relations(rows))
    assert found[1] == expected
    assert heads[0] == (1 if expected == "nsubj" else 2)


def test_an_auxiliary_bears_nothing_and_no_finite_verb_is_coordinated_to_an_infinitive() -> None:
    # La mairie a fait savoir : mairie and a hang from fait, which is an auxiliary of savoir
    rows = "mairie NOUN - 2 nsubj\na AUX fin 2 aux:tense\nfait AUX - 3 aux:caus\nsavoir VERB - -1 root"
    tags, marks, heads, labels = relations(rows)
    assert lifted(tags, marks, heads, labels) == [3, 3, 3, -1]
    # Elle veut partir et viendra
    rows = "Elle PRON - 1 nsubj\nveut VERB fin -1 root\npartir VERB - 1 xcomp\net CCONJ - 4 cc\nviendra VERB fin 2 conj"
    tags, marks, heads, labels = relations(rows)
    assert lifted(tags, marks, heads, labels)[4] == 1
    # Elle veut partir mais il refuse: what has a subject of its own is no infinitive's fellow either
    rows = f"{rows.replace('et', 'mais').replace('viendra', 'refuse')}\nil PRON - 4 nsubj"
    tags, marks, heads, labels = relations(rows)
    assert lifted(tags, marks, heads, labels)[4] == 1


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        # ouvert la séance hier soir
        ("ouvert VERB - -1 root\nséance NOUN - 0 obj\nhier ADV - 0 advmod\nsoir NOUN - 1 nmod", 0),
        ("ouvert VERB - -1 root\nséance NOUN - 0 obj\ndu ADP - 3 case\nsoir NOUN - 1 nmod", 1),
    ],
)
def test_a_noun_behind_an_adverb_hangs_from_the_verb(rows, head):
    tags, _, heads, labels = relations(rows)
    hung, found = adverbial(tags, heads, labels)
    assert (hung[3], found[3]) == (head, "obl:mod" if head == 0 else "nmod")


def test_what_stands_in_parentheses_behind_a_name_hangs_from_that_and_bears_nothing_outside() -> None:
    # Anne Roux ( PS , Brest ) et Paul ( LR )
    forms = ["Anne", "Roux", "(", "PS", ",", "Brest", ")", "et", "Paul", "(", "LR", ")"]
    upos = [
        "PROPN", "PROPN", "PUNCT", "PROPN", "PUNCT", "PROPN",
        "PUNCT", "CCONJ", "PROPN", "PUNCT", "PROPN", "PUNCT",
    ]  # fmt: skip
    heads = [-1, 0, 3, 0, 5, 0, 3, 8, 3, 10, 3, 10]
    labels = [
        "root", "flat:name", "punct", "conj", "punct", "conj", "punct", "cc", "conj", "punct", "conj", "punct",
    ]  # fmt: skip
    hung, found = bracketed(forms, upos, heads, labels)
    assert [hung[word] for word in (3, 5, 8, 10)] == [0, 0, 0, 8]
    assert [found[word] for word in (3, 5, 8, 10)] == ["appos", "appos", "conj", "appos"]
    # What hangs above the name, or holds a verb, is left alone.
    above = [3, 0, 3, -1, 5, 3, 3, 8, 3, 10, 8, 10]
    assert bracketed(forms, upos, above, labels)[0] == above


def test_a_noun_coordinated_to_a_verb_is_the_subject_of_the_next() -> None:
    # Tout manque et aucun ne cède
    rows = (
        "Tout PRON - 1 nsubj\nmanque VERB fin -1 root\net CCONJ - 5 cc\n"
        "aucun PRON - 1 conj\nne ADV - 5 advmod\ncède VERB fin 1 conj"
    )
    tags, marks, heads, labels = relations(rows)
    hung, found = joined(tags, marks, heads, labels)
    assert (hung[3], found[3]) == (5, "nsubj")
    # Il vend un pont et une route cède, where the verb has a subject
    own = [*labels[:4], "nsubj", labels[5]]
    assert joined(tags, marks, heads, own) == (heads, own)


def test_a_coordinated_verb_goes_with_the_one_whose_time_it_has() -> None:
    # Elle promet que rien changera et annonce tout
    rows = (
        "Elle PRON - 1 nsubj\npromet VERB {now} -1 root\nque SCONJ - 4 mark\nrien PRON - 4 nsubj\n"
        "changera VERB fut 1 ccomp\net CCONJ - 6 cc\nannonce VERB {now} 4 conj"
    )
    marks = {"now": "Mood=Ind|Tense=Pres|VerbForm=Fin", "fut": "Mood=Ind|Tense=Fut|VerbForm=Fin", "-": ""}
    cells = [row.split() for row in rows.format(now="now").splitlines()]
    tags, heads, labels = [c[1] for c in cells], [int(c[3]) for c in cells], [c[4] for c in cells]
    assert lifted(tags, [marks[c[2]] for c in cells], heads, labels)[6] == 1
    assert lifted(tags, [marks["now"] if c[1] == "VERB" else "" for c in cells], heads, labels)[6] == 4


@pytest.mark.parametrize(("noun", "head"), [("Gender=Fem|Number=Plur", 1), ("Gender=Masc|Number=Plur", 2)])
def test_a_participle_goes_with_the_one_before_that_it_agrees_with(noun: str, head: int) -> None:
    # ont été accusés de violences et suspendus
    rows = "été AUX - 1 aux:pass\naccusés VERB - -1 root\nviolences NOUN - 1 obl:arg\net CCONJ - 4 cc\nsuspendus VERB - 2 conj"
    tags, marks, heads, labels = relations(rows)
    marks[1], marks[2], marks[4] = (
        "Gender=Masc|Tense=Past|VerbForm=Part",
        noun,
        "Gender=Masc|Number=Plur|Tense=Past|VerbForm=Part",
    )
    assert lifted(tags, marks, heads, labels)[4] == head
