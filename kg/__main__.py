"""`python -m kg` and the command `kg`."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]

# How many new things there are before Python looks for rings among them that nothing holds. Most of what a command makes
# lasts or goes without that; to look after every 700 takes a twentieth of its time.
NEW_THINGS = 20_000


def main() -> None:
    """Run `kg` with the arguments of this process."""
    gc.set_threshold(NEW_THINGS)
    # Results are UTF-8 on every system, as the files are; newlines are "\n" even where the system has others.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    if sys.argv[1:2] == ["query"]:
        from kg.cli.quick import query

        query(sys.argv[2:])
    from kg.cli.main import cli

    cli(prog_name="kg")


if __name__ == "__main__":
    main()
