"""Treebanks are read with one token per surface word, and checked against their own text."""

from __future__ import annotations

import pytest

from kg.errors import LanguageError
from kg.language.conllu import read

DU = """\
# sent_id = a
# text = Elle parle du contrat.
1\tElle\tlui\tPRON\t_\tGender=Fem\t2\tnsubj\t_\t_
2\tparle\tparler\tVERB\t_\tMood=Ind\t0\troot\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tle\tle\tDET\t_\tDefinite=Def\t5\tdet\t_\t_
5\tcontrat\tcontrat\tNOUN\t_\tGender=Masc\t2\tobl:arg\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_
"""
AUQUEL = """\
# sent_id = b
# text = auquel il pense
1-2\tauquel\t_\t_\t_\t_\t_\t_\t_\t_
1\tà\tà\tADP\t_\t_\t2\tcase\t_\t_
2\tlequel\tlequel\tPRON\t_\tPronType=Rel\t4\tobl:arg\t_\t_
3\til\tlui\tPRON\t_\t_\t4\tnsubj\t_\t_
4\tpense\tpenser\tVERB\t_\t_\t0\troot\t_\t_
"""


def test_a_contraction_is_one_word_with_the_analysis_that_points_outside():
    (sentence,) = read(DU.splitlines())
    assert [word.text for word in sentence.words] == ["Elle", "parle", "du", "contrat", "."]
    du = sentence.words[2]
    assert (du.upos, du.lemma, du.deprel, du.head) == ("ADP", "de", "case", 3)
    assert sentence.words[3].head == 1


def test_a_contracted_relative_is_the_pronoun():
    (sentence,) = read(AUQUEL.splitlines())
    assert (sentence.words[0].text, sentence.words[0].upos, sentence.words[0].head) == ("auquel", "PRON", 2)


def test_words_stand_where_they_say():
    for sentence in read((DU + "\n" + AUQUEL).splitlines()):
        assert all(sentence.text[word.start : word.end] == word.text for word in sentence.words)


def test_a_number_with_a_space_is_one_word():
    lines = ["# text = 3\u202f500 euros", "1\t3\u202f500\t3500\tNUM\t_\t_\t2\tnummod\t_\t_"]
    lines += ["2\teuros\teuro\tNOUN\t_\t_\t0\troot\t_\t_"]
    (sentence,) = read(lines)
    assert sentence.words[0].text == "3\u202f500"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (
            "# sent_id = c\n# text = Oui.\n1\tNon\tnon\tINTJ\t_\t_\t0\troot\t_\t_",
            "'Non' is not where the text says",
        ),
        (
            "# sent_id = d\n# text = Oui non\n1\tOui\toui\tINTJ\t_\t_\t0\troot\t_\t_",
            "goes on after its last word",
        ),
        ("# sent_id = e\n# text = Oui\n1\tOui\toui", "fewer than 8 columns"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(block, said):
    with pytest.raises(LanguageError, match=said):
        list(read(block.splitlines(), "x.conllu"))
