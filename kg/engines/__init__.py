"""Who reads the articles: this process, several of them, or a cluster. All give the same bytes.

    extract_batch(articles) ──► a segment of the journal

Each engine is that one function, called where it likes: it loads the model once in each process, and what it
returns depends on the articles alone. A batch that is lost or comes twice is read again or recorded again, and
nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from kg.engines.extraction import REJECTED, Recipe, extract_batch, split
from kg.errors import KgError
from kg.model import Document

__all__ = ["REJECTED", "Engine", "Recipe", "batched", "engine", "extract_batch", "split"]

Batch = Sequence[Document]

SPARK = "spark"


class Engine(Protocol):
    """Reads batches of articles; used in a `with` statement."""

    @property
    def batch(self) -> tuple[int, int]:
        """The most articles, and the most characters, of a batch that suits it."""
        ...

    def run(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        """Each batch with its segment, in the order of the batches; of these it takes a few ahead, never all."""
        ...

    def __enter__(self) -> Engine:
        """Start."""
        ...

    def __exit__(self, *_: object) -> None:
        """Stop, whatever is left undone."""
        ...


def engine(name: str | None, recipe: Recipe, jobs: int = 1) -> Engine:
    """The engine of that name: a Spark master (spark://host:7077, spark-local[2], spark-yarn), or processes here.

    Raises KgError where there is none such, or what it needs is not installed.
    """
    if name is not None:
        if not name.startswith(SPARK):
            raise KgError(f"{name}: no engine of this name. Known are spark://HOST:PORT and spark-local[N].")
        from kg.engines.spark import Spark

        return Spark(name if name.startswith("spark://") else name.removeprefix("spark-"), recipe)
    if jobs > 1:
        from kg.engines.pool import Pool

        return Pool(jobs, recipe)
    from kg.engines.here import Here

    return Here(recipe)


def batched(documents: Iterable[Document], articles: int, characters: int) -> Iterator[list[Document]]:
    """The documents in their order, in batches of at most so many articles and about so many characters."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and (len(batch) >= articles or size + len(document.text) > characters):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch
