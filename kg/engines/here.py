"""Reading in this process, one article after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.engines.extraction import Recipe, extract_batch
from kg.model import Document

__all__ = ["Here"]


class Here:
    """The engine without any."""

    # One article at a time, so that each is safe in the journal as soon as it is read.
    batch = (1, 1)

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def run(self, batches: Iterable[Sequence[Document]]) -> Iterator[tuple[Sequence[Document], bytes]]:
        """Each batch with its segment."""
        for batch in batches:
            yield batch, extract_batch(batch, self._recipe)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass
