"""What a query may not do, decided on its words before the engine sees it.

    too long, or nested too deep    the engine's parser would overflow the stack and take the process with it
    SERVICE, LOAD                   would ask another machine
    INSERT, DELETE, CLEAR…          would write
    FROM                            only graphs of this store; the engine fetches nothing, and nothing is the answer

This module is on the way of every query: it imports next to nothing, and reads word by word only where needed.
"""

from __future__ import annotations

from kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["UPDATES", "check", "tokens", "unescaped"]

# Measured on pyoxigraph 0.5: 2,000 nested braces are a segmentation fault; people do not reach 20.
DEEPEST = 100
LONGEST = 64 * 1024

UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
# A chain of these recurses in the parser as brackets do.
_PREFIXED = "!+-^"
_RISKY = (
    "service",
    "from",
    "load",
    "\\u",
    "insert",
    "delete",
    "clear",
    "drop",
    "create",
    "move",
    "copy",
    "with",
    "add",
)


def check(query: str, *, update: bool = False) -> list[str] | None:
    """Refuse a query that could do harm; the graphs that FROM names, or None where it does not say FROM.

    Raises QueryError, which says what and where.
    """
    if len(query) > LONGEST:
        raise QueryError(
            f"The query is {len(query):,} characters long; kg reads up to {LONGEST:,}. Make it shorter."
        )
    lowered = query.lower()
    simple = not any(word in lowered for word in _RISKY)
    if simple and sum(map(query.count, "{([")) <= DEEPEST and sum(map(query.count, _PREFIXED)) <= DEEPEST:
        return None
    return _check_words(unescaped(query), update)


def _check_words(query: str, update: bool) -> list[str] | None:
    depth = chain = 0
    graphs: list[str] | None = None
    expect_verb, expect_graph = True, False
    for kind, text, place in tokens(query):
        depth += (kind == "open") - (kind == "close")
        chain = chain + 1 if kind == "other" and text in _PREFIXED else 0
        if depth > DEEPEST or chain > DEEPEST:
            raise QueryError(
                f"{_at(query, place)}: more than {DEEPEST} levels are nested here. Make the query flatter."
            )
        word = text.upper() if kind == "word" else ""
        if word in ("SERVICE", "LOAD"):
            raise QueryError(
                f"{_at(query, place)}: {word} asks another machine; kg answers from this graph alone. Leave it out."
            )
        if expect_verb and word and word not in ("BASE", "PREFIX"):
            expect_verb = False
            if word in UPDATES and not update:
                raise QueryError(
                    f"{_at(query, place)}: {word} would change the graph; queries only read it. Use SELECT, ASK, CONSTRUCT or DESCRIBE."
                )
        if expect_graph and kind in ("iri", "name"):
            graphs = [*(graphs or []), text]
        expect_graph = word == "FROM" or (expect_graph and word == "NAMED")
    return graphs


def unescaped(query: str) -> str:
    r"""The query with \u escapes read as SPARQL reads them: before anything else."""
    if "\\u" not in query and "\\U" not in query:
        return query
    import re

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF else match.group()

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", character, query)


def tokens(query: str) -> Iterator[tuple[str, str, int]]:
    """The words of a query without space and comments: (kind, text, offset).

    Kinds: iri string variable name word open close other. A name is prefix:local.
    """
    for match in _pattern().finditer(query):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield kind, match.group(), match.start()


_compiled: list[re.Pattern[str]] = []


def _pattern() -> re.Pattern[str]:
    """Compiled on first use: most queries need none of it."""
    if not _compiled:
        import re

        _compiled.append(re.compile(_TOKENS, re.VERBOSE | re.DOTALL))
    return _compiled[0]


_TOKENS = r"""
  (?P<space>   \s+ )
| (?P<comment> \#[^\n\r]* )
| (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
| (?P<string>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
             | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
| (?P<variable> [?$]\w+ )
| (?P<name>    (?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%-]|\\[^\w\s]|\.(?=[\w:%\\.-]))*) )
| (?P<word>    [^\W\d]\w* )
| (?P<open>    [{(\[] )
| (?P<close>   [})\]] )
| (?P<other>   . )
"""


def _at(query: str, place: int) -> str:
    line = query.count("\n", 0, place) + 1
    return f"Query, line {line}, column {place - query.rfind(chr(10), 0, place)}"
