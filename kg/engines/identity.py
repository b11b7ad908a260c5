"""What a reading depends on, as one hash: an article that was read by the same need not be read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.ontology import ontology_folder
from kg.version import __version__

__all__ = ["fingerprint", "model_facts"]

PACKAGE = Path(__file__).parents[1]
# The parts of kg that stand between an article and its lines in the journal.
PARTS = ("model.py", "ontology.py", "pipeline.py", "language", "entities", "statements", "graph", "models")
LIBRARIES = ("spacy", "numpy", "text2num", "pyoxigraph")
# kg's own model: the folder of it, below the package.
OWN = "models/fr"


@lru_cache(maxsize=4)
def fingerprint(model: str | None) -> str:
    """A hash of kg's code, models and ontology, of the libraries that read, and of the model that was named."""
    whole = sha256(
        json.dumps([__version__, model_facts(model), [_version(name) for name in LIBRARIES]]).encode()
    )
    for path in _files():
        whole.update(f"{path.name}\n{path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def model_facts(model: str | None) -> dict[str, str]:
    """Name and version of the model, without loading it."""
    where = PACKAGE / OWN if model is None else Path(model)
    if (where / "meta.json").is_file():
        meta = json.loads((where / "meta.json").read_text("utf-8"))
        return {"name": str(meta["name"]), "version": str(meta["version"])}
    return {"name": str(model), "version": _version(str(model))}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _files() -> Iterator[Path]:
    """The files that say how articles are read, in one order on every machine."""
    roots = [PACKAGE / part for part in PARTS]
    found = [
        path for root in roots for path in ([root] if root.is_file() else root.rglob("*")) if path.is_file()
    ]
    kept = (path for path in found if "__pycache__" not in path.parts)
    yield from sorted(kept, key=lambda path: path.relative_to(PACKAGE).as_posix())
    yield from sorted(ontology_folder().rglob("*.ttl"), key=lambda path: path.as_posix())
