"""What is wrong with a query, in words a person can use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise, zip_longest

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.graph.parameters import declared
from kg.graph.tokens import Token, tokens
from kg.ontology import KG, Ontology, shorten

__all__ = ["advice", "syntax_error"]

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PAIRS = {"{": "}", "(": ")", "[": "]"}
# Prefixes that people use and kg does not declare.
_OTHERS = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dbo": "http://dbpedia.org/ontology/",
    "dbr": "http://dbpedia.org/resource/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
# Characters of a long line that are shown on either side.
_PLACES = 40
_FIRST = frozenset({"ASK", "BASE", "CONSTRUCT", "DESCRIBE", "PREFIX", "SELECT"})
# Words that something has to follow, so that what follows is wrong and not they.
_FOLLOWED = _FIRST | frozenset(
    [
        "AS",
        "A",
        "BIND",
        "BY",
        "DISTINCT",
        "EXISTS",
        "FILTER",
        "FROM",
        "GRAPH",
        "GROUP",
        "HAVING",
        "IN",
        "LIMIT",
        "MINUS",
        "NAMED",
        "NOT",
        "OFFSET",
        "OPTIONAL",
        "ORDER",
        "REDUCED",
        "UNION",
        "UNDEF",
        "VALUES",
        "WHERE",
        "ASC",
        "DESC",
        "TRUE",
        "FALSE",
    ]
)


def syntax_error(query: str, message: str, prefixes: Mapping[str, str]) -> QueryError:
    """The error of the engine as: where, the line with a caret, one sentence. Its own words are a note."""
    unknown = _unknown_prefix(query, prefixes)
    place = _PLACE.match(message)
    if unknown is not None:
        name, offset = unknown
        error = _shown(query, offset, _prefix_advice(name))
    elif place is None:
        error = QueryError(f"The query is malformed: {message}")
    else:
        line, column = int(place.group(1)), int(place.group(2))
        offset = sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1
        error = _shown(query, *_told(query, min(offset, len(query)), place.group(3)))
    error.add_note(message)
    return error


def _told(query: str, offset: int, expected: str) -> tuple[int, str]:
    """Where to point, and the sentence."""
    words = list(tokens(query))
    broken = next((token.start for token in words if token.kind == "broken" and token.start <= offset), None)
    if broken is not None:
        return (
            broken,
            "This text is never closed on its line. End it with the same mark, or use three of them.",
        )
    still_open = _unbalanced(words)
    at_end = not query[offset:].strip()
    if still_open is not None and still_open[1] == "close" and offset >= still_open[0]:
        return still_open[0], f"This {still_open[2]} closes nothing. Take it away, or open it before."
    if still_open is not None and still_open[1] == "open" and at_end:
        return still_open[
            0
        ], f"This {still_open[2]} is never closed. Add {_PAIRS[still_open[2]]} where it ends."
    if not words:
        return 0, "The query is empty. Begin with SELECT, ASK, CONSTRUCT or DESCRIBE."
    first, begin = words[0].text, words[0].start
    if first.upper() not in _FIRST:
        return begin, f"“{first}” begins no query. Begin with SELECT, ASK, CONSTRUCT or DESCRIBE."
    usual = next((found for found in _usual(words) if found[0] <= offset), None)
    if usual is not None:
        return usual
    bare = [token for token in words if token.kind == "word" and token.end <= offset]
    if bare and not query[bare[-1].end : offset].strip() and bare[-1].text.upper() not in _FOLLOWED:
        return (
            bare[-1].start,
            f"“{bare[-1].text}” is no keyword here. A variable begins with ?, a name with its prefix, a text with a quote.",
        )
    for known, sentence in _KNOWN.items():
        if known in expected:
            return begin, sentence
    fourth = _fourth(words)
    if fourth is not None and fourth[0] <= offset:
        return fourth
    if at_end:
        return (
            len(query.rstrip()),
            "The query ends too early; something is missing before its end.",
        )
    word, place = next(
        ((token.text, token.start) for token in words if token.end > offset), (query[offset], offset)
    )
    if re.fullmatch(r"[A-Z_ ]+", expected) and place == offset:
        # The engine knows one thing only that could stand here.
        return place, f"“{word}” cannot stand here; {expected} or something like it can."
    return (
        place,
        f"“{word}” cannot stand here. Look at what is before it: a dot, a bracket or a ? may be missing.",
    )


def _usual(words: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """What people often write, each with its place and what they may mean."""
    based = any(word.is_word("BASE") for word in words)
    for one, two in pairwise(words):
        if one.kind == "iri" and ":" not in one.text and not based:
            yield (
                one.start,
                f"{one.text} is no whole IRI. Write it with its scheme, as <https://…>, or declare a BASE.",
            )
        elif one.is_word("LIMIT", "OFFSET") and not two.text.isdecimal():
            yield two.start, f"{one.text} takes a whole number, and “{two.text}” is none."
        elif one.is_word("LIMIT", "OFFSET") and int(two.text) >= 1 << 64:
            yield two.start, f"“{two.text}” is more than the engine counts to. Take a smaller number."
        elif one.is_word("ORDER", "GROUP") and not two.is_word("BY"):
            yield one.start, f"“{one.text}” wants BY after it."
        elif (
            one.is_word("SELECT", "DISTINCT", "REDUCED")
            and two.kind == "word"
            and not two.is_word(*_AFTER_SELECT)
        ):
            yield (
                two.start,
                f"What SELECT computes stands in brackets and has a name: ({two.text}(?x) AS ?name).",
            )
        elif two.is_word("AS") and two.depth == 0 and one.kind == "variable":
            yield one.start, f"AS stands in brackets: ({one.text} AS ?name)."
        elif one.text in _BETWEEN and two.text == ")":
            yield two.start, f"Something is missing between {one.text} and this )."


_AFTER_SELECT = ("DISTINCT", "REDUCED", "WHERE", "FROM")
# What stands between two parts of an expression.
_BETWEEN = ("=", ">", "<", "&", "+")


# What the engine says of whole queries, at their end.
_KNOWN = {
    "contains a variable that is unbound": (
        "A variable of SELECT is neither in GROUP BY nor in an aggregate. Group by it, or write SAMPLE(?x) or COUNT(?x)."
    ),
    "overrides an existing variable": "AS must give a new name; this one is a variable of the query already.",
}
_JOINS = frozenset("/|^")


def _fourth(words: Iterable[Token]) -> tuple[int, str] | None:
    """The first term after three without a dot between, or a comma that nothing follows."""
    terms, depth, before = 0, 0, ""
    for kind, text, place, _ in words:
        depth += (kind == "open" and text != "{") - (kind == "close" and text != "}")
        if depth or (kind == "close" and text != "}"):
            before = text
            continue
        if before == "," and text in (".", ";", "}"):
            return place, f"Something is missing between the comma and this {text}"
        if kind in ("variable", "iri", "name", "string", "number", "blank") or text == "a":
            terms += before not in _JOINS
            if terms > 3:
                return (
                    place,
                    "Three terms make a triple. Put a dot before this one, or a comma, if it is one more object.",
                )
        elif kind in ("word", "open", "close") or text in ".;,":
            terms = {";": 1, ",": 2}.get(text, 0)
        before = text
    return None


def _unbalanced(words: Iterable[Token]) -> tuple[int, str, str] | None:
    """The first bracket without its other half: where, whether it opens or closes, which."""
    stack: list[tuple[int, str]] = []
    for kind, text, place, _ in words:
        if kind == "open":
            stack.append((place, text))
        elif kind == "close":
            if not stack or _PAIRS[stack[-1][1]] != text:
                return (place, "close", text) if not stack else (stack[-1][0], "open", stack[-1][1])
            stack.pop()
    return (stack[-1][0], "open", stack[-1][1]) if stack else None


def _unknown_prefix(query: str, prefixes: Mapping[str, str]) -> tuple[str, int] | None:
    """The first prefix that nobody declared, and where it stands."""
    known = {*prefixes, *declared(query)}
    last = ""
    for kind, text, place, _ in tokens(query):
        if kind == "name" and last != "PREFIX" and text.partition(":")[0] not in known:
            return text.partition(":")[0], place
        last = text.upper() if kind == "word" else ""
    return None


def _prefix_advice(name: str) -> str:
    iri = _OTHERS.get(name, "https://…")
    return f"The prefix {name}: is not known. Add a first line: PREFIX {name}: <{iri}>"


def _shown(query: str, offset: int, sentence: str) -> QueryError:
    start = query.rfind("\n", 0, offset) + 1
    end = query.find("\n", offset)
    line = query[start : end if end >= 0 else len(query)]
    column = offset - start
    # A long line is shown around the place alone.
    first = max(0, column - _PLACES)
    shown = line[first : column + _PLACES].expandtabs(1)
    number = query.count("\n", 0, offset) + 1
    caret = " " * (column - first) + "^"
    return QueryError(f"Query, line {number}, column {column + 1}: {sentence}\n  {shown}\n  {caret}")


def advice(query: str, store: Store, prefixes: Mapping[str, str]) -> list[str]:
    """For a query that found nothing: names that the graph does not have, texts that it has in a language only."""
    return [*_names(query, store, {**prefixes, **declared(query)}), *_texts(query, store)]


def _names(query: str, store: Store, prefixes: Mapping[str, str]) -> Iterator[str]:
    seen = set()
    for kind, text, _, _ in tokens(query):
        if kind not in ("name", "iri") or text in seen:
            continue
        seen.add(text)
        start, _, local = text.partition(":")
        iri = text[1:-1] if kind == "iri" else prefixes.get(start, "") + local.replace("\\", "")
        if local and ":" in iri and not _occurs(store, iri):
            near = _nearest(store, iri)
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            yield f"{text} is nowhere in this graph.{meant}"


def _occurs(store: Store, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return True  # the engine has complained of it already
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return store.contains_named_graph(node) or any(
        next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns
    )


def _nearest(store: Store, iri: str) -> list[str]:
    """Names that look alike, or are called so in some language; those that the graph uses come first."""
    if iri.startswith(KG):
        return _nearest_term(store, iri)
    base = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    solutions = store.query(
        "SELECT DISTINCT ?s WHERE { ?s a ?class FILTER(STRSTARTS(STR(?s), ?base)) } LIMIT 20000".replace(
            "?base", str(Literal(base))
        )
    )
    names = {solution[0].value.removeprefix(base): solution[0].value for solution in solutions}  # type: ignore[union-attr]
    return [shorten(names[name]) for name in get_close_matches(iri.removeprefix(base), sorted(names), 2, 0.6)]


def _nearest_term(store: Store, iri: str) -> list[str]:
    wanted = iri.removeprefix(KG)
    names: dict[str, str] = {}
    for term in Ontology.load().by_name.values():
        if term.iri.startswith(KG):
            for text in (term.name, *term.texts("rdfs:label")):
                names.setdefault(text.casefold(), term.iri)
    near = get_close_matches(wanted.casefold(), sorted(names), 4, 0.6)
    found = list(dict.fromkeys(names[name] for name in near))
    used = [term for term in found if _occurs(store, term)]
    return [shorten(term) for term in (used or found)[:2]]


def _texts(query: str, store: Store) -> Iterator[str]:
    """Texts without a language that the graph has with one."""
    words = list(tokens(query))
    for token, after in zip_longest(words, words[1:]):
        text = token.text
        if token.kind != "string" or not text.startswith('"') or text.startswith('"""'):
            continue
        if after is not None and after.kind == "language":
            continue
        value = text[1:-1]
        if "\\" in value or _has(store, Literal(value)):
            continue
        for language in ("fr", "en"):
            if _has(store, Literal(value, language=language)):
                yield f"{text} is in this graph as {text}@{language}."


def _has(store: Store, literal: Literal) -> bool:
    return next(store.quads_for_pattern(None, None, literal, None), None) is not None
