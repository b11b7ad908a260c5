"""spaCy as the reader of a language; the only module that imports it.

Paragraphs go through the pipeline one by one, so that no sentence crosses them, and offsets are put back
into the document's. White-space tokens, which spaCy keeps, are left out of the trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from kg.errors import LanguageError
from kg.language.paragraphs import Paragraph, paragraphs
from kg.language.reader import Read, Reader
from kg.language.tokenizer import Tokenizer
from kg.model import Analysis, Document, Mention, Sentence, Token

if TYPE_CHECKING:
    from spacy.tokens import Token as SpacyToken

__all__ = ["SpacyAnalyzer", "load"]

MODELS = Path(__file__).parents[1] / "models"
ATTRIBUTES = [POS, MORPH, LEMMA, DEP, HEAD]
HEAD_COLUMN = ATTRIBUTES.index(HEAD)
# spaCy's name for no language in particular. Ours is such a one: what spaCy knows of French is not used, and
# takes seconds to load.
ANY = "xx"
# In a Doc's user data: that it is one sentence, whatever stands in it.
WHOLE = "kg.whole"

# What other pipelines call the types of names; ours already says Person, Organization, Place.
TYPES = {
    "PER": "Person",
    "PERSON": "Person",
    "ORG": "Organization",
    "LOC": "Place",
    "GPE": "Place",
    "FAC": "Place",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK_OF_ART": "Work",
    "DATE": "Date",
    "TIME": "Hour",
    "MISC": "Other",
}
# Marks that a model reads alike: curly apostrophes count as straight ones. One sign for one, so that no
# offset moves.
SAME = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})
STOPS = frozenset((".", "?", "!", "…", "..."))
# A parser that speaks Universal Dependencies has at least these.
UD = frozenset(("nsubj", "obj", "case", "amod"))


class WordCutter:
    """Our tokenizer as spaCy wants it: from text to a Doc, white space kept as tokens of its own."""

    def __init__(self, vocab: Vocab, tokenizer: Tokenizer | None = None) -> None:
        self.vocab = vocab
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The text as a Doc whose `text` is exactly that text."""
        assert self.tokenizer is not None
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for start, stop in [*self.tokenizer.cut(text), (len(text), len(text))]:
            gap = text[end:start]
            if gap and words and gap[0] == " ":
                spaces[-1], gap = True, gap[1:]
            for piece in (gap, text[start:stop]):
                if piece:
                    words.append(piece)
                    spaces.append(False)
            end = stop
        return Doc(self.vocab, words=words, spaces=spaces)

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> WordCutter:
        """Read the words that decide from a JSON file."""
        self.tokenizer = Tokenizer.load(Path(path))
        return self


class ReaderPipe:
    """Our networks as a component of a spaCy pipeline: tags, lemmas, trees, sentences and names in one."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.reader: Reader | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The Doc, annotated in place."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 0) -> Iterator[Doc]:
        """The Docs, annotated in place; those given together are read side by side."""
        assert self.reader is not None
        docs = list(stream)
        words = [[token for token in doc if not token.is_space] for doc in docs]
        full = [index for index, tokens in enumerate(words) if tokens]
        passages = [[token.text for token in words[index]] for index in full]
        whole = [bool(docs[index].user_data.get(WHOLE)) for index in full]
        for index, read in zip(full, self.reader.read(passages, whole), strict=True):
            _annotate(docs[index], [token.i for token in words[index]], read)
        yield from docs

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> ReaderPipe:
        """Read the networks and the lexicon from a folder."""
        self.reader = Reader.load(Path(path))
        return self


@registry.tokenizers("kg.WordCutter.v1")  # type: ignore[untyped-decorator]
def _word_cutter() -> Callable[[Language], WordCutter]:
    return lambda nlp: WordCutter(nlp.vocab)


@Language.factory("kg_reader", assigns=["token.pos", "token.lemma", "token.dep", "doc.ents"])
def _reader_pipe(nlp: Language, name: str) -> ReaderPipe:
    return ReaderPipe(nlp.vocab)


def _annotate(doc: Doc, places: list[int], read: Read) -> None:
    """Write an analysis into a Doc whose words stand at `places`; white space hangs from the word before."""
    number = doc.vocab.strings.add
    values = np.zeros((len(doc), len(ATTRIBUTES)), dtype="uint64")
    heads = np.zeros(len(doc), dtype="int64")
    for index, place in enumerate(places):
        features = doc.vocab.morphology.add(read.features[index] or "_")
        part, lemma, relation = read.upos[index], read.lemmas[index], read.relations[index]
        values[place] = (number(part), features, number(lemma), number(relation), 0)
        head = read.heads[index]
        heads[place] = places[head] - place if head >= 0 else 0
    for place in sorted(set(range(len(doc))) - set(places)):
        heads[place] = places[0] - place if place < places[0] else -1
    values[:, HEAD_COLUMN] = heads.astype("uint64")
    doc.from_array(ATTRIBUTES, values)  # type: ignore[arg-type]
    doc.set_ents([Span(doc, places[first], places[last] + 1, label=kind) for first, last, kind in read.names])


class SpacyAnalyzer:
    """A spaCy pipeline with Universal Dependencies labels as an `Analyzer`."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @property
    def name(self) -> str:
        """What the pipeline is called, as in "fr_core_news_lg"; ours is "fr_kg"."""
        meta = self.nlp.meta
        return str(meta["name"]) if meta["lang"] == ANY else f"{meta['lang']}_{meta['name']}"

    @property
    def version(self) -> str:
        """The pipeline's version."""
        return str(self.nlp.meta["version"])

    def analyze(self, document: Document) -> Analysis:
        """The sentences and names of a document; every offset counts code points of its text."""
        # What spaCy learns of a document's words it forgets with the document, else it would grow for ever.
        with self.nlp.memory_zone():
            return self._analysis(document)

    def _analysis(self, document: Document) -> Analysis:
        places = list(paragraphs(document.text))
        even = document.text.translate(SAME)
        docs = list(self.nlp.pipe([self._doc(even, place) for place in places]))
        sentences: list[Sentence] = []
        names: list[Mention] = []
        for place, doc in zip(places, docs, strict=True):
            for span in _sentence_spans(doc, place):
                number = len(sentences)
                sentence, position = _sentence(span, number, place, document.text)
                if not sentence.tokens:
                    continue
                sentences.append(sentence)
                names += _names(span, sentence, position, place.start)
        return Analysis(tuple(sentences), tuple(names))

    def _doc(self, text: str, place: Paragraph) -> Doc:
        doc = self.nlp.make_doc(_as_prose(text, place))
        doc.user_data[WHOLE] = place.headline and not _has_stop_inside(doc)
        return doc

    def analyze_many(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """The same for many documents, in their order."""
        # Paragraphs are batched within a document only: what is near it never changes how it is read.
        return map(self.analyze, documents)


def load(language: str, model: str | None) -> SpacyAnalyzer:
    """The shipped pipeline of a language, or an installed one by name or path."""
    if model is None:
        return SpacyAnalyzer(spacy.load(MODELS / language))
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise LanguageError(
            f"no spaCy pipeline '{model}' can be loaded here ({_first_line(error)}); "
            f"install it, or leave --model out to use the one that comes with kg"
        ) from error
    _check(nlp, model)
    return SpacyAnalyzer(nlp)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _check(nlp: Language, model: str) -> None:
    """Refuse a pipeline without a parser of Universal Dependencies or without lemmas."""
    labels: Sequence[str] = nlp.pipe_labels.get("parser", ())
    if not {label.split(":")[0] for label in labels} >= UD:
        raise LanguageError(
            f"the pipeline '{model}' has no parser with Universal Dependencies labels; use one trained on a UD treebank"
        )
    if not any("lemma" in name for name in nlp.pipe_names):
        raise LanguageError(f"the pipeline '{model}' gives no lemmas; use one with a lemmatizer")


def _sentence_spans(doc: Doc, place: Paragraph) -> Iterator[Span]:
    """The sentences of a paragraph; a headline is one, unless a full stop stands inside it."""
    if place.headline and not _has_stop_inside(doc):
        yield doc[:]
    else:
        yield from doc.sents


def _has_stop_inside(doc: Doc) -> bool:
    """Whether a final mark stands before the last word but one (a title may have been given one at its end)."""
    return any(token.text in STOPS for token in doc[:-2])


def _as_prose(text: str, place: Paragraph) -> str:
    """A paragraph as the model reads it: a title gets the full stop that sentences of treebanks have."""
    words = text[place.start : place.end]
    return words + "." if place.headline and words[-1:].isalnum() else words


def _sentence(span: Span, number: int, place: Paragraph, text: str) -> tuple[Sentence, dict[int, int]]:
    """The sentence, and the index in it of each spaCy token that is a word."""
    words = [token for token in span if not token.is_space and place.start + token.idx < place.end]
    position = {token.i: index for index, token in enumerate(words)}
    roots = [token for token in words if token.head.i == token.i or token.head.i not in position]
    tokens = tuple(_token(token, position, roots, place.start, text) for token in words)
    start, end = (tokens[0].start, tokens[-1].end) if tokens else (place.start, place.start)
    return Sentence(number, start, end, text[start:end], tokens, place.headline), position


def _token(
    token: SpacyToken, position: dict[int, int], roots: list[SpacyToken], offset: int, text: str
) -> Token:
    """A word; where a sentence has several roots, the later ones hang from the first as parataxis."""
    start = offset + token.idx
    head, relation = position.get(token.head.i, -1), token.dep_
    if token in roots:
        first = token.i == roots[0].i
        head = -1 if first else position[roots[0].i]
        relation = "root" if first else "parataxis"
    features = tuple(sorted(token.morph.to_dict().items()))
    form = text[start : start + len(token.text)]
    lemma = token.lemma_ or form
    return Token(
        position[token.i], start, start + len(form), form, lemma, token.pos_, features, head, relation
    )


def _names(span: Span, sentence: Sentence, position: dict[int, int], offset: int) -> Iterator[Mention]:
    """The names of a sentence as mentions, each with the word that heads it."""
    for name in span.ents:
        words = [sentence.tokens[position[token.i]] for token in name if token.i in position]
        if not words:
            continue
        inside = {word.index for word in words}
        head = next((word for word in words if word.head not in inside), words[0])
        start, end = words[0].start, words[-1].end
        text = sentence.text[start - sentence.start : end - sentence.start]
        kind = TYPES.get(name.label_, name.label_)
        yield Mention(start, end, text, "name", kind, sentence.index, head.index)
