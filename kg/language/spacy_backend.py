"""spaCy as the reader of a language; the only module that imports it, for pipelines that are named.

Paragraphs go through the pipeline one by one, so that no sentence crosses them, and offsets are put back
into the document's. White-space tokens, which spaCy keeps, are left out of the trees. kg's own models are pipelines
too, once this module is imported: `spacy.load("kg/models/fr")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from kg.errors import LanguageError
from kg.language.paragraphs import Paragraph, paragraphs
from kg.language.passages import Passage, analysis_of, is_one_sentence, level, prose
from kg.language.reader import Read, Reader
from kg.language.tokenizer import Tokenizer
from kg.model import Analysis, Document

__all__ = ["SpacyAnalyzer", "load"]

ATTRIBUTES = [POS, MORPH, LEMMA, DEP, HEAD]
HEAD_COLUMN = ATTRIBUTES.index(HEAD)
# In a Doc's user data: that it is one sentence, whatever stands in it.
WHOLE = "kg.whole"
LIKELY = "kg.likely"
DOUBTFUL = "kg.doubtful"

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
    doc.set_ents(
        [Span(doc, places[first], places[last] + 1, label=kind) for first, last, kind, _ in read.names]
    )
    doc.user_data[DOUBTFUL] = read.doubtful
    doc.user_data[LIKELY] = {places[first]: likely for first, _, _, likely in read.names}


class SpacyAnalyzer:
    """A spaCy pipeline with Universal Dependencies labels as an `Analyzer`."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @property
    def name(self) -> str:
        """What the pipeline is called, as in "fr_core_news_lg"."""
        return f"{self.nlp.meta['lang']}_{self.nlp.meta['name']}"

    @property
    def version(self) -> str:
        """The pipeline's version."""
        return str(self.nlp.meta["version"])

    def analyze(self, document: Document) -> Analysis:
        """The sentences and names of a document; every offset counts code points of its text."""
        # What spaCy learns of a document's words it forgets with the document, else it would grow for ever.
        with self.nlp.memory_zone():
            places = list(paragraphs(document.text))
            even = level(document.text)
            docs = self.nlp.pipe([self._doc(even, place) for place in places])
            passages = [_passage(doc, place) for place, doc in zip(places, docs, strict=True)]
        return analysis_of(document.text, passages)

    def _doc(self, text: str, place: Paragraph) -> Doc:
        doc = self.nlp.make_doc(prose(text, place))
        doc.user_data[WHOLE] = is_one_sentence(place, [token.text for token in doc if not token.is_space])
        return doc

    def analyze_many(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """The same for many documents, in their order."""
        # Paragraphs are batched within a document only: what is near it never changes how it is read.
        return map(self.analyze, documents)


def load(model: str) -> SpacyAnalyzer:
    """An installed pipeline by name or path."""
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


def _passage(doc: Doc, place: Paragraph) -> Passage:
    """A paragraph as the pipeline read it; a headline is one sentence, unless a full stop stands inside it."""
    words = [token for token in doc if not token.is_space]
    position = {token.i: index for index, token in enumerate(words)}
    firsts = {0} if doc.user_data[WHOLE] else {_first(sentence, position) for sentence in doc.sents}
    found = ([position[token.i] for token in name if token.i in position] for name in doc.ents)
    likely = doc.user_data.get(LIKELY, {})
    names = [
        (some[0], some[-1], name.label_, likely.get(name.start, ()))
        for some, name in zip(found, doc.ents, strict=True)
        if some
    ]
    read = Read(
        upos=tuple(token.pos_ for token in words),
        features=tuple(str(token.morph) for token in words),
        lemmas=tuple(token.lemma_ for token in words),
        heads=tuple(-1 if token.head.i == token.i else position.get(token.head.i, -1) for token in words),
        relations=tuple(token.dep_ for token in words),
        starts=tuple(index in firsts for index in range(len(words))),
        names=tuple(
            (first, last, TYPES.get(kind, kind), shares)
            for first, last, kind, shares in names
            if firsts.isdisjoint(range(first + 1, last + 1))
        ),
        doubtful=doc.user_data.get(DOUBTFUL) or (False,) * len(words),
    )
    spans = [(place.start + token.idx, place.start + token.idx + len(token.text)) for token in words]
    return Passage(place, spans, read)


def _first(sentence: Span, position: dict[int, int]) -> int:
    """The number of the first word of a sentence; -1 where it is white space alone."""
    return next((position[token.i] for token in sentence if token.i in position), -1)
