"""Reading in this process, one article after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.engines.extraction import Recipe, extract_batch, release
from kg.model import Document

__all__ = ["Here"]

# Whoever has read as many articles lets the model go, so that it is not in memory while they are compared and
# indexed; loading it again takes a quarter of a second.
MANY = 50


class Here:
    """The engine without any."""

    # One article at a time, so that each is safe in the journal as soon as it is read.
    batch = (1, 1)

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._read = 0

    def run(self, batches: Iterable[Sequence[Document]]) -> Iterator[tuple[Sequence[Document], bytes]]:
        """Each batch with its segment."""
        for batch in batches:
            self._read += len(batch)
            yield batch, extract_batch(batch, self._recipe)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        if self._read >= MANY:
            release()
