"""`python -m kg` and the command `kg`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run `kg` with the arguments of this process."""
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
