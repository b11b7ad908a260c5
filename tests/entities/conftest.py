"""A sentence with its tree, written by hand: no model is loaded to test what is read from trees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.entities import Resolution, resolve
from kg.model import Analysis, Document, Mention, Sentence, Token
from kg.ontology import Ontology

WORDS = Ontology.load()
GLUED_BEFORE = {",", ".", ")", "-ci"}
GLUED_AFTER = ("'", "(", "’")


def text_of(rows: list[list[str]]) -> str:
    text = ""
    for form, *_ in rows:
        glued = not text or form in GLUED_BEFORE or text.endswith(GLUED_AFTER)
        text += form if glued else f" {form}"
    return text


def parse(*blocks: str, names: dict[str, str], headline: bool = False) -> tuple[Document, Analysis]:
    """One block a sentence, one line a word: form lemma upos head deprel [Feature=Value|…]; heads count from 1.

    `names` are the texts that the model would have found, with their types.
    """
    text, sentences, found = "", [], []
    for index, block in enumerate(blocks):
        rows = [line.split() for line in block.strip().splitlines()]
        start, tokens = len(text), []
        text += text_of(rows) + "\n"
        at = start
        for number, (form, lemma, upos, head, deprel, *features) in enumerate(rows):
            at = text.index(form, at)
            pairs = tuple(sorted(tuple(pair.split("=")) for pair in "".join(features).split("|") if pair))
            tokens.append(Token(number, at, at + len(form), form, lemma, upos, pairs, int(head) - 1, deprel))
            at += len(form)
        sentences.append(Sentence(index, start, at, text[start:at], tuple(tokens), headline and index == 0))
        found += [mention for name, kind in names.items() if (mention := first(sentences[-1], name, kind))]
    return Document("article.txt", text), Analysis(
        tuple(sentences), tuple(sorted(found, key=lambda m: m.start))
    )


def first(sentence: Sentence, name: str, kind: str) -> Mention | None:
    at = sentence.text.find(name)
    if at < 0:
        return None
    start, end = sentence.start + at, sentence.start + at + len(name)
    head = next(token.index for token in sentence.tokens if token.start == start)
    return Mention(start, end, name, "name", kind, sentence.index, head)


class Article:
    """An article read from hand-written trees."""

    def __init__(self, *blocks: str, names: dict[str, str] | None = None, headline: bool = False) -> None:
        self.document, self.analysis = parse(*blocks, names=names or {}, headline=headline)
        self.resolution: Resolution = resolve(self.document, self.analysis, (), WORDS)

    def label(self, text: str, occurrence: int = 0) -> str | None:
        """The label of what the mention with this text refers to."""
        labels = {entity.id: entity.label for entity in self.resolution.entities}
        found = [mention for mention in self.resolution.mentions if mention.text == text]
        return labels[found[occurrence].entity] if len(found) > occurrence else None

    def labels(self) -> set[str]:
        return {entity.label for entity in self.resolution.entities if entity.named}

    def node(self, word: str, sentence: int = 0):
        found = self.analysis.sentences[sentence]
        token = next(token for token in found.tokens if token.text == word)
        return self.resolution.node(self.resolution.trees[found.index], token)


@pytest.fixture
def article() -> Callable[..., Article]:
    return Article
