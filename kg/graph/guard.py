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

    from kg.graph.tokens import Token

__all__ = ["UPDATES", "ReachesOut", "check", "unescaped"]

# Measured on pyoxigraph 0.5: 2,000 nested braces are a segmentation fault; people do not reach 20.
DEEPEST = 100
LONGEST = 64 * 1024

UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
# Chains of these recurse as well, each in its way; measured: 64 KiB of any is a segmentation fault, 1,000 are none.
MOST_LINKS = 1000
_PREFIXED = "!+-^"
_LINKS = ("|", "/", "*", "&", ";", ",", ".", "=", "<", ">", "<<", ">>")
_LINKING = frozenset(
    ["UNION", "MINUS", "OPTIONAL", "FILTER", "BIND", "GRAPH", "VALUES", "SELECT", "EXISTS", "LATERAL"]
)
_LINKS_AND_WORDS = (*_PREFIXED, *_LINKS)
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


class ReachesOut(QueryError):  # noqa: N818 - it says what the query does
    """The query would ask another machine."""


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
    if simple and _is_small(query):
        return None
    plain = unescaped(query)
    if (
        plain != query
    ):  # whether the engine reads them before anything else, or in texts alone, is its own affair
        _check_words(plain, update)
    return _check_words(query, update)


def _is_small(query: str) -> bool:
    """Whether a query has too few marks of any kind to nest or to chain deeply; most have."""
    links = sum(map(query.count, _LINKS_AND_WORDS))
    return len(query) < 4 * MOST_LINKS and links <= DEEPEST and sum(map(query.count, "{([")) <= DEEPEST


def _check_words(query: str, update: bool) -> list[str] | None:
    from kg.graph.tokens import tokens

    chain = links = 0
    graphs: list[str] | None = None
    expect_verb, expect_graph = True, False
    earlier = before = None
    for token in tokens(query):
        kind, text, place, depth = token
        chain = chain + 1 if kind == "other" and text in _PREFIXED else 0
        links += text in _LINKS_AND_WORDS or (kind == "word" and text.upper() in _LINKING)
        if links > MOST_LINKS:
            raise QueryError(
                f"{_at(query, place)}: more than {MOST_LINKS:,} marks and keywords join the parts of this query. Split it."
            )
        if depth + (kind == "open") > DEEPEST or chain > DEEPEST:
            raise QueryError(
                f"{_at(query, place)}: more than {DEEPEST} levels are nested here. Make the query flatter."
            )
        _check_reach(query, token, before, earlier)
        word = text.upper() if kind == "word" else ""
        if expect_verb and word and word not in ("BASE", "PREFIX"):
            expect_verb = False
            if word in UPDATES and not update:
                raise QueryError(
                    f"{_at(query, place)}: {word} would change the graph; queries only read it. Use SELECT, ASK, CONSTRUCT or DESCRIBE."
                )
        if expect_graph and kind in ("iri", "name"):
            graphs = [*(graphs or []), text]
        expect_graph = word == "FROM" or (expect_graph and word == "NAMED")
        earlier, before = before, token
    return graphs


def _check_reach(query: str, token: Token, before: Token | None, earlier: Token | None) -> None:
    """Refuse SERVICE and LOAD wherever the engine can read them: it needs no space around its keywords."""
    kind, text, place, depth = token
    upper = text.upper() if kind in ("word", "name") else ""
    word = next((word for word in ("SERVICE", "LOAD") if kind == "word" and word in upper), "")
    if kind == "name" and depth == 0 and upper.startswith("LOAD"):
        # "LOADex:graph" begins an update; elsewhere a prefix may well be called so.
        word = "LOAD" if before is None or before.kind == "iri" or before.text in (";", "}") else ""
    if text == "{" and depth and before is not None and before.kind == "name":
        # "SERVICEex:store {", where the prefix is not declared, is a name to nobody but us.
        named = earlier is not None and earlier.text.upper().endswith("GRAPH")
        word = "SERVICE" if "SERVICE" in before.text.upper() and not named else ""
    if word:
        raise ReachesOut(
            f"{_at(query, place)}: {word} asks another machine; kg answers from this graph alone. Leave it out."
        )
    if kind == "unsure":
        raise ReachesOut(f"{_at(query, place)}: this may begin an IRI or compare. Put a space after it.")


def unescaped(query: str) -> str:
    r"""The query with \u escapes read as SPARQL reads them: before anything else."""
    if "\\u" not in query and "\\U" not in query:
        return query
    import re

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF else match.group()

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", character, query)


def _at(query: str, place: int) -> str:
    line = query.count("\n", 0, place) + 1
    return f"Query, line {line}, column {place - query.rfind(chr(10), 0, place)}"
