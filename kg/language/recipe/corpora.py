"""The training texts, read into one form: treebanks for syntax, WiNER-fr for names."""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.language import scripts
from kg.language.conllu import TreebankSentence, Word, read_file
from kg.language.paragraphs import paragraphs
from kg.language.passages import is_one_sentence, level, prose
from kg.language.reader import cuts
from kg.language.tokenizer import Tokenizer

__all__ = [
    "UNSURE",
    "Passage",
    "articles",
    "augmented",
    "invented",
    "marked",
    "passages",
    "personal",
    "shuffled",
    "tidied",
    "treebank",
]

# Style of annotation; the model is told which, and reads as the first one when in use.
SEQUOIA, GSD, RHAPSODIE = 0, 1, 2
# Parts of speech with few words: where two treebanks disagree on them, the first decides.
CLOSED = frozenset(("PRON", "DET", "ADP", "AUX", "CCONJ", "SCONJ", "PUNCT"))
# Features that say how the text is written, not what it says.
UNSEEN = frozenset(("Typo",))
TYPES = {"Location": "Place", "Work": "Product"}
MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\]")
# A verb that has a subject so often without ever being impersonal has one.
OFTEN = 2
# Share of the sentences that lose their final mark.
BARE = 0.15
# The head of a word whose head is not known.
UNSURE = -100


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text for training: forms and, word by word, what is to be learnt (empty where unknown).

    `heads` count within the passage, -1 for a root, UNSURE where unknown. `tags` are part of speech and features in one,
    `lemmas` edit scripts, `starts` whether a sentence begins, `names` name tags (B-, I-, E-, S-, O).
    """

    forms: tuple[str, ...]
    style: int = SEQUOIA
    tags: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    starts: tuple[bool, ...] = ()
    names: tuple[str, ...] = ()


def treebank(path: Path, like: Sequence[TreebankSentence] = ()) -> list[TreebankSentence]:
    """The sentences of a treebank; with `like`, its closed-class words take that treebank's lemmas and features."""
    sentences = list(read_file(path))
    decided = _decided(like)
    return [replace(s, words=tuple(_agreed(word, decided) for word in s.words)) for s in sentences]


def _decided(sentences: Iterable[TreebankSentence]) -> dict[tuple[str, str], Word]:
    """The analysis of each closed-class form that a treebank nearly always gives it."""
    seen: dict[tuple[str, str], Counter[tuple[str, object]]] = {}
    example: dict[tuple[object, ...], Word] = {}
    for sentence in sentences:
        for word in sentence.words:
            if word.upos in CLOSED:
                key = (word.text.lower(), word.upos)
                seen.setdefault(key, Counter())[(word.lemma, word.features)] += 1
                example[(*key, word.lemma, word.features)] = word
    decided = {}
    for key, counts in seen.items():
        (best, most), total = counts.most_common(1)[0], sum(counts.values())
        if most >= 0.9 * total:
            decided[key] = example[(*key, *best)]
    return decided


def _agreed(word: Word, decided: dict[tuple[str, str], Word]) -> Word:
    other = decided.get((word.text.lower(), word.upos))
    if other is None:
        return word
    return replace(word, lemma=other.lemma, features=other.features)


def passages(
    sentences: Sequence[TreebankSentence], style: int, sizes: Sequence[int], rng: random.Random
) -> Iterator[Passage]:
    """Neighbouring sentences joined, each time as many as a draw from `sizes` says."""
    start = 0
    while start < len(sentences):
        size = rng.choice(sizes)
        yield _passage(sentences[start : start + size], style)
        start += size


def shuffled(sentences: Sequence[TreebankSentence], rng: random.Random) -> list[TreebankSentence]:
    """The sentences in another order, some without their final mark, as headlines are."""
    mixed = rng.sample(sentences, len(sentences))
    return [_without_stop(s) if rng.random() < BARE else s for s in mixed]


def _without_stop(sentence: TreebankSentence) -> TreebankSentence:
    last = len(sentence.words) - 1
    if last < 3 or sentence.words[last].upos != "PUNCT" or any(word.head == last for word in sentence.words):
        return sentence
    return replace(sentence, words=sentence.words[:last])


def _passage(group: Sequence[TreebankSentence], style: int) -> Passage:
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in group:
        offset = len(heads)
        heads += [word.head + offset if word.head >= 0 else -1 for word in sentence.words]
        starts += [index == 0 for index in range(len(sentence.words))]
    words = [word for sentence in group for word in sentence.words]
    return Passage(
        forms=tuple(word.text for word in words),
        style=style,
        tags=tuple(tag(word) for word in words),
        lemmas=tuple(scripts.script(word.text, word.lemma) for word in words),
        heads=tuple(heads),
        relations=tuple(word.deprel for word in words),
        starts=tuple(starts),
    )


def tag(word: Word) -> str:
    """Part of speech and features in one, as the model learns them: "NOUN|Gender=Fem|Number=Sing"."""
    return "|".join([word.upos, *(f"{name}={value}" for name, value in word.features if name not in UNSEEN)])


def personal(sentences: Iterable[TreebankSentence]) -> tuple[str, ...]:
    """Lemmas of active verbs that have a subject of their own in the treebanks, and never an impersonal one."""
    own: Counter[str] = Counter()
    impersonal: set[str] = set()
    for sentence in sentences:
        below: dict[int, set[str]] = defaultdict(set)
        for word in sentence.words:
            below[word.head].add(word.deprel)
        for index, word in enumerate(sentence.words):
            if word.upos == "VERB" and "aux:pass" not in below[index]:
                own[word.lemma] += "nsubj" in below[index]
                if "expl:subj" in below[index] and "nsubj" not in below[index]:
                    impersonal.add(word.lemma)
    return tuple(sorted(lemma for lemma, count in own.items() if count >= OFTEN and lemma not in impersonal))


def augmented(passage: Passage, rng: random.Random) -> Passage:
    """Now and then the same words in capitals, in small letters, or with another apostrophe."""
    draw = rng.random()
    if draw < 0.02:
        return replace(passage, forms=tuple(form.upper() for form in passage.forms))
    if draw < 0.04:
        return replace(passage, forms=tuple(form.lower() for form in passage.forms))
    return passage


def articles(
    path: Path, split: str, tokenizer: Tokenizer, left_out: Container[str] = ()
) -> Iterator[list[Passage]]:
    """The articles of one split of WiNER-fr, stray spaces removed, as the reader cuts them, with a tag for each word."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["split"] == split and record["id"] not in left_out:
                yield list(_named(*tidied(record["text"], record["outer"]), tokenizer))


def invented(path: Path, tokenizer: Tokenizer) -> Iterator[list[Passage]]:
    """The articles of a file of our own; a work is taught as a product, as WiNER has it."""
    for text, spans in marked(path):
        kinds = [(start, end, TYPES.get(kind, kind)) for start, end, kind in spans]
        yield list(_named(text, kinds, tokenizer))


def marked(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """The articles of a file, a blank line between two, with the names that it marks: [name|Type]."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if block.startswith("#"):
            continue
        title, _, body = block.strip().partition("\n")
        source, text, at = f"{title}\n\n{body}\n", "", 0
        spans: list[tuple[int, int, str]] = []
        for found in MARKED.finditer(source):
            text += source[at : found.start()]
            spans.append((len(text), len(text) + len(found[1]), found[2]))
            text, at = text + found[1], found.end()
        yield text + source[at:], spans


def tidied(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without the spaces that links left before and after marks, and the spans moved with it."""
    stray = {found.start() for found in re.finditer(r" (?=[,.)\]])|(?<=[(\[’']) ", text)}
    moved, gone = [0] * (len(text) + 1), 0
    for index in range(len(text) + 1):
        moved[index] = index - gone
        gone += index in stray
    kept = "".join(letter for index, letter in enumerate(text) if index not in stray)
    return kept, [(moved[start], moved[end], TYPES.get(kind, kind)) for start, end, kind in spans]


def _named(text: str, spans: Sequence[tuple[int, int, str]], tokenizer: Tokenizer) -> Iterator[Passage]:
    even = level(text)
    for place in paragraphs(text):
        own = prose(even, place)
        words = [(place.start + a, place.start + b) for a, b in tokenizer.cut(own)]
        forms = [own[a - place.start : b - place.start] for a, b in words]
        bounds = [0, *([] if is_one_sentence(place, forms) else cuts(forms)), len(forms)]
        for first, last in pairwise(bounds):
            if first < last:
                yield Passage(forms=tuple(forms[first:last]), names=tuple(_tags(words[first:last], spans)))


def _tags(words: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    tags = ["O"] * len(words)
    for start, end, kind in spans:
        inside = [i for i, (a, b) in enumerate(words) if a < end and b > start]
        for index in inside:
            tags[index] = _position(index, inside) + kind
    return tags


def _position(index: int, inside: list[int]) -> str:
    if len(inside) == 1:
        return "S-"
    return {inside[0]: "B-", inside[-1]: "E-"}.get(index, "I-")
