"""The scripts that the page runs: vis-network, packed, and our own; the policy names each by its hash."""

from __future__ import annotations

import zlib
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kg.view.minify import minify

__all__ = ["asset", "digest", "engine", "packed", "script"]

VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


@cache
def asset(name: str) -> str:
    """The text of a file that ships with the page."""
    return (files("kg.view") / "assets" / name).read_text(encoding="utf-8")


@cache
def engine() -> str:
    """vis-network from pyvis's wheel, as it is; a test knows its hash."""
    return (files("pyvis") / VIS).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def packed() -> str:
    """The engine as the page carries it, at a third of its size: deflated, in base64. 85-engine.js unpacks it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b64encode(deflate.compress(engine().encode("utf-8")) + deflate.flush()).decode("ascii")


@cache
def script() -> str:
    """Our own script: the files of assets/ in the order of their numbers, in one function."""
    folder = files("kg.view") / "assets"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".js"))
    return minify('"use strict";(() => {\n' + "".join(asset(name) for name in names) + "})();\n")


def digest(text: str) -> str:
    """A script's hash as a policy names it."""
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
