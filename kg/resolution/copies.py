"""Articles that are nearly the same text: ten papers that print one wire are one source.

MinHash of the runs of five words (Broder 1997), by the library datasketch; candidates are compared by their runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.resolution.profiles import ArticleProfile

__all__ = ["copies"]

RUN = 5
WORDS = re.compile(r"\w+")
# What share of all runs of both two texts must have in common.
NEARLY_ALL = 0.7
HASHES, SEED = 128, 1


def copies(articles: Sequence[ArticleProfile]) -> dict[str, str]:
    """For each article that copies another: the id of the one that was published, or is named, first."""
    if len(articles) < 2:
        return {}
    from datasketch import MinHash, MinHashLSH  # takes half a second to import, with what it needs of SciPy

    texts = {article.id: article.text for article in articles}
    index = MinHashLSH(threshold=NEARLY_ALL - 0.1, num_perm=HASHES)
    found: dict[str, str] = {}
    ordered = sorted(articles, key=lambda one: (one.published or "9", one.file, one.id))
    order = {article.id: place for place, article in enumerate(ordered)}
    for article in ordered:
        sketch = MinHash(num_perm=HASHES, seed=SEED)
        runs = _runs(article.text)
        sketch.update_batch([run.encode("utf-8") for run in sorted(runs)])
        near = sorted(index.query(sketch), key=order.__getitem__)
        first = next((other for other in near if _alike(runs, _runs(texts[other]))), None)
        if first is not None:
            found[article.id] = found.get(first, first)
        index.insert(article.id, sketch)
    return found


def _runs(text: str) -> frozenset[str]:
    found = WORDS.findall(text.casefold())
    return frozenset(" ".join(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= NEARLY_ALL * len(one | other)
