"""What a query gives: rows of Python values, triples, or yes and no."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple

from kg.errors import GraphError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Term = NamedNode | Literal | BlankNode | Triple

__all__ = ["Iri", "Row", "Rows", "Text", "Triples", "python"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(
    _XSD + name
    for name in [
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "negativeInteger",
        "nonPositiveInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    ]
)
_REAL = frozenset(_XSD + name for name in ("decimal", "double", "float"))


class Iri(str):
    """The IRI of a node: a str that knows it is one."""

    __slots__ = ()


class Text(str):
    """A string with its language ("" where it has none)."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, language: str) -> Text:
        """A text in a language."""
        made = super().__new__(cls, value)
        made.language = language
        return made


def python(term: Term | None) -> object:
    """A term as a Python value: Iri, str, Text, int, float, bool, date, datetime; None where there is none."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        return Text(term.value, term.language)
    kind = term.datatype.value
    try:
        if kind in _WHOLE:
            return int(term.value)
        if kind in _REAL:
            return float(term.value)
        if kind == _XSD + "boolean":
            return term.value in ("true", "1")
        if kind in (_XSD + "date", _XSD + "dateTime"):
            return _time(term.value, kind == _XSD + "date")
    except ValueError:
        # Typed as what it is not, or beyond what Python's dates reach: the text itself.
        return term.value
    return term.value


def _time(value: str, day: bool) -> object:
    from datetime import date, datetime

    return date.fromisoformat(value) if day else datetime.fromisoformat(value)


class Row:
    """One answer: by column name, by position, or as an attribute."""

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: Mapping[str, int], values: tuple[object, ...]) -> None:
        self._columns = columns
        self._values = values

    def __getitem__(self, key: str | int) -> object:
        return self._values[self._columns[key] if isinstance(key, str) else key]

    def __getattr__(self, name: str) -> object:
        try:
            return self._values[self._columns[name]]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[object]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._values == (other._values if isinstance(other, Row) else other)

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{name}={self[name]!r}" for name in self._columns) + ")"

    def as_dict(self) -> dict[str, object]:
        """The row as {column: value}."""
        return dict(zip(self._columns, self._values, strict=True))


class Rows:
    """The answers of a SELECT: a sequence of rows, read from the store when first needed."""

    def __init__(
        self,
        solutions: QuerySolutions,
        again: Callable[[], QuerySolutions],
        columns: Sequence[str] | None,
        prefixes: Mapping[str, str],
    ) -> None:
        self._run = again
        self._prefixes = prefixes
        self._solutions: QuerySolutions | None = solutions
        self._engine = [variable.value for variable in solutions.variables]
        self.columns = self._engine if columns is None else list(columns)
        self._native = self.columns == self._engine
        self._terms: Sequence[Sequence[Term | None]] | None = None

    @property
    def _positions(self) -> Mapping[str, int]:
        return {name: position for position, name in enumerate(self.columns)}

    @property
    def terms(self) -> Sequence[Sequence[Term | None]]:
        """The answers as RDF terms, in the order of the columns."""
        if self._terms is None:
            try:
                self._terms = self._fetched()
            except (OSError, RuntimeError) as error:
                raise GraphError(f"The answer cannot be read to its end: {error}. See kg verify.") from error
        return self._terms

    def _fetched(self) -> Sequence[Sequence[Term | None]]:
        solutions = self._solutions or self._run()
        self._solutions = None
        if self._native:
            return list(solutions)  # a solution is a sequence of its terms
        places = [self._engine.index(name) for name in self.columns]
        return [[terms[place] for place in places] for terms in map(tuple, solutions)]

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, position: int) -> Row:
        return Row(self._positions, tuple(map(python, self.terms[position])))

    def __iter__(self) -> Iterator[Row]:
        positions = self._positions
        for terms in self.terms:
            yield Row(positions, tuple(map(python, terms)))

    def __repr__(self) -> str:
        return self.serialize("table")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """How a notebook shows the answers: a table of the first, and all as text."""
        from kg.graph.table import html

        return {"text/html": html(self.columns, self.terms, self._prefixes), "text/plain": repr(self)}

    def to_pandas(self):  # type: ignore[no-untyped-def]
        """The answers as a pandas.DataFrame. Raises QueryError where pandas is not installed."""
        pandas = _library("pandas")
        return pandas.DataFrame([list(row) for row in self], columns=self.columns)

    def to_polars(self):  # type: ignore[no-untyped-def]
        """The answers as a polars.DataFrame. Raises QueryError where polars is not installed."""
        polars = _library("polars")
        rows = [[str(value) if isinstance(value, str) else value for value in row] for row in self]
        if not rows:
            return polars.DataFrame(schema=self.columns)
        return polars.DataFrame(
            rows, schema=self.columns, orient="row", strict=False, infer_schema_length=None
        )

    def serialize(
        self, format: str = "table", *, labels: Mapping[str, str] | None = None, width: int | None = None
    ) -> str:
        """The answers as csv, tsv, json or xml, as the W3C writes them, or as a table for people.

        `labels` are written beside IRIs and `width` bounds the lines, in the table only.
        """
        if format == "table":
            from kg.graph.table import table

            return table(self.columns, self.terms, self._prefixes, labels or {}, width)
        chosen = {
            "csv": QueryResultsFormat.CSV,
            "tsv": QueryResultsFormat.TSV,
            "json": QueryResultsFormat.JSON,
            "xml": QueryResultsFormat.XML,
        }.get(format)
        if chosen is None:
            raise QueryError(f"Rows can be written as table, csv, tsv, json or xml, not as {format}.")
        if self._native:
            solutions = self._solutions or self._run()
            self._solutions = None
            return str(solutions.serialize(format=chosen).decode("utf-8"))  # type: ignore[union-attr]
        from kg.graph.formats import rows_as

        return rows_as(format, self.columns, self.terms)


class Triples:
    """The answer of a CONSTRUCT or a DESCRIBE, each triple once, sorted."""

    def __init__(self, content: bytes, prefixes: Mapping[str, str]) -> None:
        """From N-Triples as the engine writes them."""
        self._lines = sorted(set(content.split(b"\n")) - {b""})
        self._prefixes = prefixes
        # How the graph that was asked shows what they name; nothing where it cannot.
        self.shown: Callable[[], Mapping[str, str]] = dict

    @property
    def terms(self) -> list[Triple]:
        """The triples as RDF terms."""
        from pyoxigraph import RdfFormat, parse

        return [quad.triple for quad in parse(b"\n".join(self._lines), RdfFormat.N_TRIPLES)]

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[object, object, object]]:
        for triple in self.terms:
            yield python(triple.subject), python(triple.predicate), python(triple.object)

    def __repr__(self) -> str:
        return self.serialize()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """How a notebook shows the triples: the picture of the statements they name, else a table; and all as text."""
        from kg.graph.table import html

        rows = [(triple.subject, triple.predicate, triple.object) for triple in self.terms]
        table = html(("subject", "predicate", "object"), rows, self._prefixes)
        return {"text/html": table, **self.shown(), "text/plain": repr(self)}

    def serialize(self, format: str = "ttl") -> str:
        """The triples as ttl, nt, jsonld or rdf; "table" is Turtle too."""
        text = b"\n".join((*self._lines, b"")).decode("utf-8")
        if format == "nt":
            return text
        from kg.graph.formats import triples_as

        return triples_as("ttl" if format == "table" else format, text, self._prefixes)

    def to_rdflib(self):  # type: ignore[no-untyped-def]
        """The triples as an rdflib.Graph."""
        from kg.graph.rdflib_door import graph_of

        return graph_of(self.terms)


def _library(name: str):  # type: ignore[no-untyped-def]
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise QueryError(f"{name} is not installed here. Install it: pip install {name}") from error
