"""What a command says and where: results on standard output, all else on standard error, errors in one line.

This module is on the way of every `kg query`: it imports next to nothing.
"""

from __future__ import annotations

import errno
import os
import sys

from kg.errors import KgError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Result = TypeVar("Result")

__all__ = ["foreseen", "note", "plain", "say"]

# Characters that would steer a terminal, or turn the reading direction of what follows.
STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
KEPT = frozenset("\u00ad\u200b\u200c\u200d")

# What shells give a program that was ended by Ctrl-C.
INTERRUPTED = 130


def say(text: str) -> None:
    """A result, as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()


def note(message: str) -> None:
    """One line for the person at the keyboard, not for the pipe."""
    sys.stderr.write(f"{plain(message)}\n")
    sys.stderr.flush()


def plain(text: str) -> str:
    """The text without characters that steer a terminal; newlines become spaces."""
    if text.isprintable():
        return text
    import unicodedata

    return "".join(
        letter
        if unicodedata.category(letter) not in STEERING or letter in KEPT
        else " "
        if letter in "\t\n\r"
        else "\ufffd"
        for letter in text
    )


def foreseen(run: Callable[[], Result]) -> Result:
    """Run a command; what kg foresees to go wrong becomes one line and exit code 2, a query with its place three."""
    try:
        return run()
    except QueryError as error:
        lines = str(error).split("\n")
        note(f"kg: {lines[0]}")
        for line in lines[1:]:
            note(line)
    except KgError as error:
        note(f"kg: {error}")
    except OSError as error:
        if error.errno == errno.EPIPE:
            _hang_up()
        if not error.filename:
            raise
        note(f"kg: {error.filename}: {error.strerror}.")
    except KeyboardInterrupt:
        note("kg: interrupted")
        sys.exit(INTERRUPTED)
    sys.exit(2)


def _hang_up() -> None:
    """End quietly: a closed pipe is the reader's good right (`kg query … | head`)."""
    # What is still in the buffer is written at exit, to where nobody complains.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)
