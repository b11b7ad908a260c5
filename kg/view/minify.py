"""Our own scripts and styles without the spaces that only people need."""

from __future__ import annotations

import re

__all__ = ["minify"]

TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<note>//[^\n]*|/\*.*?\*/)|(?P<space>\s+)|(?P<other>[\w$]+|.)""",
    re.DOTALL,
)
EXPRESSION = re.compile(r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
# After these a slash begins an expression; after a name or a bracket that closes, it divides.
BEFORE_EXPRESSION = frozenset("(,=:[!&|?{};>")
# Around these no space is needed, but between two signs: "a + +b" is not "a ++b".
LOOSE = frozenset("{}()[];,:=<>!&|?*+-/%")


def minify(source: str, *, script: bool = True) -> str:
    r"""A script or style sheet with comments and idle spaces left out; strings and expressions stay untouched.

    >>> minify('const a = "x  y"; /* why */ f(a, /[ /]/u);')
    'const a="x  y";f(a,/[ /]/u);\n'
    """
    return (_script(source) if script else _style(source)).strip() + "\n"


def _script(source: str) -> str:
    kept: list[str] = []
    space, at = "", 0
    while at < len(source):
        last = kept[-1][-1] if kept else ""
        match = EXPRESSION.match(source, at) if last in BEFORE_EXPRESSION else None
        match = match or TOKEN.match(source, at)
        assert match is not None  # the last branch takes any character
        at = match.end()
        if match.re is TOKEN and match.lastgroup in ("note", "space"):
            space = "\n" if "\n" in space + match[0] and match.lastgroup == "space" else space or " "
            continue
        if space and (last == match[0] in ("+", "-") or not ({last, match[0]} & LOOSE)):
            kept.append(space)
        if match[0] == "}" and last == ";":
            kept.pop()  # a block's last semicolon says nothing
        kept.append(match[0])
        space = ""
    return "".join(kept)


def _style(source: str) -> str:
    """A style sheet: comments out, spaces around braces, semicolons and commas out."""
    plain = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    tight = re.sub(r"\s*([{};])\s*|(?<=[,])\s+", lambda match: match[1] or "", re.sub(r"\s+", " ", plain))
    return tight.replace(";}", "}").replace(": ", ":")
