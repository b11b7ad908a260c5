"""The scores are those of the shared tasks: a perfect reader has 100, each kind of slip costs where it should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.language.conllu import read
from kg.language.evaluation import names_score, syntax_score, texts
from kg.model import Analysis, Mention, Sentence, Token

TREEBANK = """\
# sent_id = a
# text = Elle dort.
1\tElle\tlui\tPRON\t_\tGender=Fem\t2\tnsubj\t_\t_
2\tdort\tdormir\tVERB\t_\tMood=Ind\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# sent_id = b
# text = Il lit.
1\tIl\tlui\tPRON\t_\tGender=Masc\t2\tnsubj\t_\t_
2\tlit\tlire\tVERB\t_\tMood=Ind\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_
"""
GOLD = list(read(TREEBANK.splitlines()))


class Reader:
    """Reads the two sentences as annotated, but for what `change` does to each token."""

    name, version = "test", "0"

    def __init__(self, change=lambda token: token, names=()):
        self.change, self.names = change, names

    def analyze(self, document):
        """The gold analysis, changed."""
        sentences = []
        for index, (at, gold) in enumerate(next(texts(GOLD)).sentences):
            tokens = tuple(
                self.change(
                    Token(i, at + w.start, at + w.end, w.text, w.lemma, w.upos, w.features, w.head, w.deprel)
                )
                for i, w in enumerate(gold.words)
            )
            sentences.append(Sentence(index, at, at + len(gold.text), gold.text, tokens))
        return Analysis(tuple(sentences), tuple(self.names))

    def analyze_many(self, documents):
        """Each as above."""
        return map(self.analyze, documents)


def test_a_perfect_reader_has_a_hundred():
    assert {score.f1 for score in syntax_score(Reader(), GOLD).values()} == {100.0}


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda t: replace(t, upos="X") if t.text == "dort" else t, {"UPOS"}),
        (lambda t: replace(t, lemma="x") if t.text == "dort" else t, {"lemmas"}),
        (lambda t: replace(t, features=()) if t.text == "dort" else t, {"features"}),
        (lambda t: replace(t, deprel="obj") if t.text == "Elle" else t, {"LAS"}),
        (lambda t: replace(t, head=2) if t.text == "Elle" else t, {"UAS", "LAS"}),
        (lambda t: replace(t, end=t.end - 1) if t.text == "Elle" else t, {"words", "UPOS", "features", "lemmas", "UAS", "LAS"}),
    ],
)  # fmt: skip
def test_a_slip_costs_where_it_should(change, lost):
    scores = syntax_score(Reader(change), GOLD)
    assert {name for name, score in scores.items() if score.f1 < 100} == lost


def test_a_name_counts_with_its_ends_and_type():
    names = [Mention(0, 4, "Anne", "name", "Person", 0, 0), Mention(9, 11, "IL", "name", "Place", 0, 0)]
    scores = names_score(Reader(names=names), [("Anne dort Il", [(0, 4, "Person"), (9, 11, "Organization")])])
    assert (scores["all"].gold, scores["all"].found, scores["all"].right) == (2, 2, 1)
    assert scores["Person"].f1 == 100
    assert scores["Place"].f1 == 0
