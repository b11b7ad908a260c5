"""Results and graphs in the formats of the W3C."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import IO, cast

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kg.errors import QueryError
from kg.graph.turtle import subjects, turtle

__all__ = ["RDF_FORMATS", "rows_as", "trig", "triples_as", "write"]

Term = NamedNode | Literal | BlankNode | Triple

RDF_FORMATS = {
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "ttl": RdfFormat.TURTLE,
}

# What XML 1.0 cannot hold in any form.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def triples_as(format: str, text: str, prefixes: Mapping[str, str]) -> str:
    """Sorted N-Triples as ttl, jsonld or rdf."""
    if format not in RDF_FORMATS:
        raise QueryError(f"Triples can be written as ttl, nt, jsonld or rdf, not as {format}.")
    lines = [f"{line}\n" for line in text.split("\n")[:-1]]
    if format == "ttl":
        return "".join(turtle(lines, {name: iri for name, iri in prefixes.items() if f"<{iri}" in text}))
    output = BytesIO()
    write(format, lines, output, prefixes)
    return output.getvalue().decode("utf-8")


def write(format: str, lines: Iterable[str], output: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Sorted lines of N-Triples (of N-Quads, for JSON-LD) to a file, as they come."""
    quads = pyoxigraph.parse(cast(IO[bytes], _Lines(lines)), RdfFormat.N_QUADS)
    if format == "rdf":
        found: Iterable[object] = _fit((quad.triple for quad in quads), format)
    else:
        found = quads
    pyoxigraph.serialize(found, output, RDF_FORMATS[format], prefixes=dict(prefixes))  # type: ignore[arg-type]


def trig(blocks: Iterable[tuple[str, Iterable[str]]], prefixes: Mapping[str, str]) -> Iterator[str]:
    """TriG, piece by piece, from the name of each graph ("" for none) with its sorted lines of N-Triples."""
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
    for graph, lines in blocks:
        yield f"\n<{graph}> {{\n" if graph else "\n{\n"
        yield from subjects(lines, prefixes)
        yield "}\n"


def _fit(triples: Iterable[Triple], format: str) -> Iterator[Triple]:
    """Triples that the format can hold: XML has no control characters; U+FFFD stands for them."""
    for triple in triples:
        value = triple.object
        if format == "rdf" and isinstance(value, Literal) and _NOT_XML.search(value.value):
            text = _NOT_XML.sub("\ufffd", value.value)
            value = (
                Literal(text, language=value.language)
                if value.language
                else Literal(text, datatype=value.datatype)
            )
            yield Triple(triple.subject, triple.predicate, value)
        else:
            yield triple


# Lines that are joined before the engine reads them.
_BATCH = 500


class _Lines:
    """Lines as a file that is read once."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most as many as asked for; none at the end."""
        if not self._rest:
            self._rest = "".join(islice(self._lines, _BATCH)).encode("utf-8")
        wanted = len(self._rest) if size < 0 else size
        chunk, self._rest = self._rest[:wanted], self._rest[wanted:]
        return chunk


def rows_as(format: str, columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> str:
    """Rows as csv, tsv, json or xml, in the order of these columns."""
    return _ROWS[format](columns, rows)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> str:
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        ["" if term is None else str(getattr(term, "value", term)) for term in row] for row in rows
    )
    return out.getvalue()


def _tsv(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> str:
    lines = ["\t".join("?" + name for name in columns)]
    lines += [
        "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in rows
    ]
    return "".join(line + "\n" for line in lines)


def _json(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> str:
    import json

    bindings = [
        {name: _json_term(term) for name, term in zip(columns, row, strict=True) if term is not None}
        for row in rows
    ]
    return json.dumps(
        {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}, ensure_ascii=False
    )


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": str(getattr(term, "value", term))}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value.endswith("#string"):
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _xml(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> str:
    from xml.sax.saxutils import escape, quoteattr

    def cell(term: Term) -> str:
        found = _json_term(term)
        text = escape(_NOT_XML.sub("\ufffd", found["value"]))
        kind = found["type"]
        extra = "".join(f" {key}={quoteattr(found[key])}" for key in ("xml:lang", "datatype") if key in found)
        return f"<{kind}{extra}>{text}</{kind}>"

    parts = ['<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>']
    parts += [f"<variable name={quoteattr(name)}/>" for name in columns]
    parts.append("</head><results>")
    for row in rows:
        pairs = zip(columns, row, strict=True)
        cells = "".join(
            f"<binding name={quoteattr(n)}>{cell(term)}</binding>" for n, term in pairs if term is not None
        )
        parts.append(f"<result>{cells}</result>")
    parts.append("</results></sparql>")
    return "".join(parts)


_ROWS = {"csv": _csv, "json": _json, "tsv": _tsv, "xml": _xml}
