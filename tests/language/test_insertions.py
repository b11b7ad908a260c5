"""Verbs of speech set into what they report: trees written by hand, no model."""

from __future__ import annotations

from kg.language.insertions import told, without_insertion

SAID = "Mood=Ind|VerbForm=Fin"

# La grève , annonce mardi la direction , est finie .
STRIKE = ["DET", "NOUN", "PUNCT", "VERB", "NOUN", "DET", "NOUN", "PUNCT", "AUX", "VERB", "PUNCT"]
HEADS = [1, 3, 1, -1, 3, 6, 3, 9, 9, 3, 3]
RELATIONS = ["det", "nsubj", "punct", "root", "obj", "det", "obj", "punct", "aux:pass", "conj", "punct"]


def features(*finite: int) -> list[str]:
    return [SAID if word in finite else "" for word in range(len(STRIKE))]


def test_a_verb_between_a_subject_and_its_verb_is_set_in():
    heads, relations = without_insertion(STRIKE, features(3, 8), HEADS, RELATIONS)
    assert heads[9] == -1
    assert (heads[3], relations[3]) == (9, "parataxis:insert")
    assert (heads[1], relations[1]) == (9, "nsubj:pass")
    assert (relations[4], relations[6]) == ("obl:mod", "nsubj")
    assert heads[10] == 9


def test_verbs_in_a_row_keep_their_subject():
    upos = [*STRIKE[:2], "ADV", *STRIKE[3:]]
    assert without_insertion(upos, features(3, 8), HEADS, RELATIONS) == (HEADS, RELATIONS)


def test_a_verb_behind_a_comma_without_a_subject_or_a_conjunction_is_set_in():
    # Il dort , assure Anne
    upos, heads = ["PRON", "VERB", "PUNCT", "VERB", "PROPN"], [1, -1, 3, 1, 3]
    relations = ["nsubj", "root", "punct", "advcl", "obj"]
    assert without_insertion(upos, ["", SAID, "", SAID, ""], heads, relations)[1][3] == "parataxis:insert"
    infinitive = without_insertion(upos, ["", SAID, "", "VerbForm=Inf", ""], heads, relations)
    assert infinitive == (heads, relations)


def test_a_relative_that_a_conjunction_opens_is_what_the_verb_says():
    # Anne dit à Jean que Luc dort
    upos, heads = ["PROPN", "VERB", "ADP", "PROPN", "SCONJ", "PROPN", "VERB"], [1, -1, 3, 1, 6, 6, 3]
    relations = ["nsubj", "root", "case", "obl:arg", "obj", "nsubj", "acl:relcl"]
    assert told(upos, heads, relations) == (
        [1, -1, 3, 1, 6, 6, 1],
        [*relations[:4], "mark", "nsubj", "ccomp"],
    )
    pronoun = [*upos[:4], "PRON", *upos[5:]]
    assert told(pronoun, heads, relations) == (heads, relations)


def test_a_verb_turned_round_with_its_pronoun_is_set_in():
    # La grève est finie , a -t-on appris .
    upos = ["DET", "NOUN", "AUX", "VERB", "PUNCT", "AUX", "PRON", "VERB", "PUNCT"]
    heads = [1, 3, 3, -1, 7, 7, 7, 3, 3]
    relations = ["det", "nsubj:pass", "aux:pass", "root", "punct", "aux:tense", "nsubj", "advcl", "punct"]
    found = without_insertion(upos, features(2, 5)[:9], heads, relations)
    assert (found[0][7], found[1][7]) == (3, "parataxis:insert")
    before = [*upos[:5], "PRON", "AUX", *upos[7:]]  # La grève est finie , on a appris .
    relations[5:7] = ["nsubj", "aux:tense"]
    assert without_insertion(before, features(2, 6)[:9], heads, relations)[1][7] == "advcl"


def test_the_day_behind_a_verb_is_no_title_of_the_name_that_follows():
    # a dit lundi Anne Roux
    upos, heads = ["AUX", "VERB", "NOUN", "PROPN", "PROPN"], [1, -1, 1, 2, 3]
    relations = ["aux:tense", "root", "nsubj", "nmod", "flat:name"]
    found = without_insertion(upos, [SAID, "", "", "", ""], heads, relations)
    assert found == ([1, -1, 1, 1, 3], ["aux:tense", "root", "obl:mod", "nsubj", "flat:name"])
    # a dit le maire Anne Roux
    upos, heads = ["AUX", "VERB", "DET", "NOUN", "PROPN"], [1, -1, 3, 1, 3]
    relations = ["aux:tense", "root", "det", "nsubj", "nmod"]
    assert without_insertion(upos, [SAID, "", "", "", ""], heads, relations) == (heads, relations)


def test_a_finite_verb_does_not_hang_in_its_own_subject():
    # Un train roulera , dit lundi la ville
    upos = ["DET", "NOUN", "VERB", "PUNCT", "VERB", "NOUN", "DET", "NOUN"]
    heads, relations = (
        [1, 4, 1, 2, -1, 4, 7, 4],
        ["det", "nsubj", "acl", "punct", "root", "obj", "det", "obj"],
    )
    found = without_insertion(upos, ["", "", SAID, "", SAID, "", "", ""], heads, relations)
    assert found[0] == [1, 2, -1, 2, 2, 4, 7, 4]
    assert found[1] == ["det", "nsubj", "root", "punct", "parataxis:insert", "obl:mod", "det", "nsubj"]
    participle = without_insertion(upos, ["", "", "VerbForm=Part", "", SAID, "", "", ""], heads, relations)
    assert participle[0][2] == 1


def test_a_verb_has_one_subject_and_the_other_is_that_of_the_clause_around():
    # Trois élus sont prêts , dit Anne
    upos, heads = ["NUM", "NOUN", "AUX", "ADJ", "PUNCT", "VERB", "PROPN"], [1, 5, 3, -1, 3, 3, 5]
    relations = ["nummod", "nsubj", "cop", "root", "punct", "parataxis:insert", "nsubj"]
    assert without_insertion(upos, ["", "", SAID, "", "", SAID, ""], heads, relations)[0][1] == 3
