"""A reader in ten lines, to be loaded by name in other processes; some words make it fail in known ways."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from kg.engines.extraction import load_reader
from kg.model import Document, Entity, Evidence, Node, Reading, Span, Statement


def load(model: str | None) -> Callable[[Document], Reading]:
    return read


def load_beside(model: str | None) -> Callable[[Document], Reading]:
    """kg's own reader, and this one for articles of its people."""
    own = load_reader(model)
    return lambda document: (read if document.text.startswith("Personne") else own)(document)


def read(document: Document) -> Reading:
    words = document.text.split()
    if "fails" in words:
        raise KeyError("a rule met what nobody foresaw")
    if "kills" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "once" in words:
        # The word after it names a file that remembers that this process was ended before.
        mark = Path(words[words.index("once") + 1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "slowly" in words:
        time.sleep(0.1)
    name = words[0]
    anybody = Node(name.lower(), name, "Person", name)
    whole = Evidence(document.name, 0, len(document.text), document.text)
    statement = Statement(anybody, "open-parler", "parle", "parler", evidence=(whole,))
    return Reading(
        document,
        (Span(0, len(document.text)),),
        (Entity(name.lower(), name, "Person", (), True),),
        (),
        (statement,),
    )
