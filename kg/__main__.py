"""`python -m kg` and the command `kg`."""

from kg.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
