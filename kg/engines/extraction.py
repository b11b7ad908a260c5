"""From a batch of articles to a segment of the journal: a pure function, the same in every process."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from kg.documents import Rejection
from kg.engines.identity import fingerprint
from kg.errors import KgError
from kg.graph.members import Packed, pack, segment, unpack
from kg.graph.rdf import encode
from kg.graph.shelf import note
from kg.graph.spare import MANY, trim
from kg.model import Document, Reading

__all__ = ["REJECTED", "Recipe", "extract_batch", "rejection", "release", "split"]

# The members of a segment that are no articles, but say why there is none.
REJECTED = "rejected"
# What a rule may raise that met what nobody foresaw. It costs one article, and says so.
SURPRISES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,  # the recursion limit is one of these
    TypeError,
    ValueError,
)

# What such libraries ask how many threads they may take.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

Read = Callable[[Document], Reading]


@dataclass(frozen=True)
class Recipe:
    """What a worker needs to know to become a reader: the model's name, and the function that loads it.

    `load` is a function at the top of a module; `reader` is the hash of all that a reading depends on.
    """

    model: str | None = None
    load: Callable[[str | None], Read] | None = None

    @cached_property
    def reader(self) -> str:
        """A hash of the code, the models and the ontology that read: what is read alike has the same."""
        made = fingerprint(self.model)
        return f"{made}-{self.load.__name__}" if self.load else made


def extract_batch(articles: Sequence[Document], recipe: Recipe) -> bytes:
    """What these articles say, as a segment of the journal; one that cannot be read is there as a rejection."""
    read = _reader(recipe.model, recipe.load or load_reader)
    return segment(_member(article, read, recipe.reader) for article in articles)


def split(content: bytes) -> tuple[bytes, list[Rejection]]:
    """A segment's articles, and what it says could not be read."""
    members = list(unpack(content))
    refused = [Rejection(**json.loads(member.content())) for member in members if member.name == REJECTED]
    return (segment(member for member in members if member.name != REJECTED) if refused else content), refused


def rejection(name: str, reason: str) -> bytes:
    """A segment that says why an article could not be read."""
    content = json.dumps(asdict(Rejection(name, reason)), ensure_ascii=False).encode("utf-8")
    return segment([pack(REJECTED, content)])


def load_reader(model: str | None) -> Read:
    """The reader of kg itself: its model, or an installed spaCy pipeline."""
    with _one_thread():
        from kg.language import load_analyzer
        from kg.ontology import Ontology
        from kg.pipeline import read

        analyzer, ontology = load_analyzer(model=model), Ontology.load()
    return lambda document: read(document, analyzer, ontology)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Arithmetic libraries that are loaded here keep to one thread each.

    On matrices as small as a sentence's, several threads wait for each other longer than they reckon.
    """
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@lru_cache(maxsize=1)
def _reader(model: str | None, load: Callable[[str | None], Read]) -> Read:
    return load(model)


def release() -> None:
    """Forget the reader of this process, and give its memory back to the system."""
    _reader.cache_clear()
    trim(MANY)


def _member(article: Document, read: Read, reader: str) -> Packed:
    try:
        reading = read(article)
        return pack(article.id, encode(reading), note(article, reader))
    except KgError as error:
        reason = f"{article.name}: {error}"
    except SURPRISES as error:
        reason = f"{article.name}: kg could not read it ({type(error).__name__}: {error}; {_place(error)}). Please report it."
    return next(unpack(rejection(article.name, " ".join(reason.split()))))


def _place(error: BaseException) -> str:
    """Where in kg an error came up: the last of its own lines."""
    frames: Iterator[traceback.FrameSummary] = reversed(traceback.extract_tb(error.__traceback__))
    last = next((frame for frame in frames if "kg" in Path(frame.filename).parts), None)
    return f"{Path(last.filename).name}:{last.lineno}" if last else "?"
