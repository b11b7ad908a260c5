"""Articles that are nearly the same text: ten papers that print one wire are one source.

MinHash of the runs of five words (Broder 1997), by the library datasketch; candidates are compared by their runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from kg.resolution.corpus import Corpus

__all__ = ["copies"]

RUN = 5
WORDS = re.compile(r"\w+")
# What share of all runs of both two texts must have in common.
NEARLY_ALL = 0.7
HASHES, SEED = 128, 1

SCHEMA = """
CREATE TABLE band (band BLOB, place INT, article TEXT, PRIMARY KEY (band, place)) WITHOUT ROWID;
CREATE TABLE copy (article TEXT PRIMARY KEY, first TEXT) WITHOUT ROWID;
"""


def copies(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Each article that copies another, by id, with the id of the one that was published, or is named, first.

    In memory are two texts at a time; the sketches are on the disk.
    """
    if corpus.size < 2:
        return
    from datasketch import MinHash, MinHashLSH  # takes half a second to import, with what it needs of SciPy

    plan = MinHashLSH(threshold=NEARLY_ALL - 0.1, num_perm=HASHES)
    corpus.script(SCHEMA)
    ordered = (
        "SELECT id, text FROM article ORDER BY CASE published WHEN '' THEN '9' ELSE published END, file, id"
    )
    for place, (article, text) in enumerate(corpus.rows(ordered)):
        sketch = MinHash(num_perm=HASHES, seed=SEED)
        runs = _runs(text)
        sketch.update_batch([run.encode("utf-8") for run in sorted(runs)])
        bands = list(_bands(sketch.hashvalues.tobytes(), plan.b, plan.r))
        corpus.add("copy", [(article, _first(corpus, runs, bands))])
        corpus.add("band", [(band, place, article) for band in bands])
    yield from corpus.rows("SELECT article, first FROM copy WHERE first != '' ORDER BY article")


def _bands(hashes: bytes, count: int, rows: int) -> Iterator[bytes]:
    """What two sketches have one of in common when they are compared: runs of hashes, each with its place."""
    width = len(hashes) // HASHES * rows
    for band in range(count):
        yield blake2b(hashes[band * width : (band + 1) * width], digest_size=12, key=b"%d" % band).digest()


def _first(corpus: Corpus, runs: frozenset[str], bands: list[bytes]) -> str:
    """The article that one with these runs copies, the first of all that are alike; nothing where it copies none."""
    near = corpus.rows(
        f"SELECT DISTINCT article, place FROM band WHERE band IN ({', '.join('?' * len(bands))}) ORDER BY place",
        *bands,
    )
    for article, _ in near:
        if _alike(runs, _runs(next(corpus.rows("SELECT text FROM article WHERE id = ?", article))[0])):
            return str(next(corpus.rows("SELECT first FROM copy WHERE article = ?", article))[0] or article)
    return ""


def _runs(text: str) -> frozenset[str]:
    found = WORDS.findall(text.casefold())
    return frozenset(" ".join(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= NEARLY_ALL * len(one | other)
