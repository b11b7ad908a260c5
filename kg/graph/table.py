"""Rows as a table for people: prefixed names, labels beside IRIs, columns that line up."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import BlankNode, Triple

    Term = NamedNode | Literal | BlankNode | Triple

__all__ = ["html", "shown", "table"]

# Controls, and marks that turn the direction of text: what an article says must not draw on the terminal.
_HIDDEN = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), "�")
_HIDDEN |= {9: " ", 10: " ", 13: " ", 0x2028: " ", 0x2029: " ", 0x200E: "", 0x200F: "", 0x061C: ""}
_NARROWEST = 8


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    prefixes: Mapping[str, str],
    labels: Mapping[str, str],
    width: int | None,
) -> str:
    """The rows under their column names, one line each; cells are cut with "…" to fit a width in characters."""
    cells = [[shown(term, prefixes, labels) for term in row] for row in rows]
    widths = [max([len(name), *(len(row[at]) for row in cells)]) for at, name in enumerate(columns)]
    if width is not None:
        widths = _fitted(widths, width)
    lines = [list(columns), ["─" * size for size in widths], *cells]
    return "".join(
        "  ".join(_cell(text, size) for text, size in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def html(
    columns: Sequence[str], rows: Sequence[Sequence[Term | None]], prefixes: Mapping[str, str], most: int = 50
) -> str:
    """The first rows as an HTML table; nothing that stands in a term can become markup."""
    from html import escape

    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = [line([shown(term, prefixes, {}) for term in row], "td") for row in rows[:most]]
    count = f"{len(body)} / {len(rows)}"
    return f"<table><caption>{count}</caption>{line(columns, 'th')}{''.join(body)}</table>"


def shown(term: Term | None, prefixes: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """A term as people read it: a label with its prefixed name, or the text alone."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        name = short(term.value, prefixes)
        label = labels.get(term.value)
        text = f"{label} ({name})" if label else name
    else:
        text = term.value if isinstance(term, Literal) else str(term)
    return text.translate(_HIDDEN)


def short(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with the prefix that begins it, the longest if several do."""
    best = max(
        (name for name, start in prefixes.items() if iri.startswith(start)),
        key=lambda n: len(prefixes[n]),
        default=None,
    )
    return f"<{iri}>" if best is None else f"{best}:{iri[len(prefixes[best]) :]}"


def _fitted(widths: list[int], room: int) -> list[int]:
    """Widths that fit: the widest column gives first."""
    widths = list(widths)
    while widths and sum(widths) + 2 * (len(widths) - 1) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        others = sorted(widths)[-2] if len(widths) > 1 else _NARROWEST
        excess = sum(widths) + 2 * (len(widths) - 1) - room
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] = max(_NARROWEST, min(max(others, widths[widest] - excess), widths[widest] - 1))
    return widths


def _cell(text: str, size: int) -> str:
    return text.ljust(size) if len(text) <= size else text[: size - 1] + "…"
