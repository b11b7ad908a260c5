"""Our own scripts and styles without the spaces that only people need."""

from __future__ import annotations

import re

__all__ = ["minify"]

# What must stay as it is: strings, templates, regular expressions (after what cannot end a value), comments.
KEPT = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<regex>(?<=[(,=:\[!&|?{};\n>])(?P<gap>\s*)/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)"""
    r"""|(?P<note>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<space>\s*(?P<mark>[{}()\[\];,:=<>!&|?*])\s*|\s+)""",
    re.DOTALL,
)


def minify(source: str, *, script: bool = True) -> str:
    """A script or style sheet with comments and idle spaces left out; strings and expressions stay untouched.

    >>> minify('const a = "x  y"; // why\\nf(a, /[ /]/u);')
    'const a="x  y";f(a,/[ /]/u);'
    """
    return (KEPT.sub(_piece, source) if script else _style(source)).strip() + "\n"


def _piece(match: re.Match[str]) -> str:
    if match["note"] is not None:
        return ""
    if match["space"] is not None:
        return match["mark"] or ("\n" if "\n" in match["space"] else " ")
    return match[0].lstrip() if match["regex"] is not None else match[0]


def _style(source: str) -> str:
    """A style sheet: comments out, spaces around braces, semicolons and commas out."""
    plain = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*|(?<=[,])\s+", lambda match: match[1] or "", re.sub(r"\s+", " ", plain))
