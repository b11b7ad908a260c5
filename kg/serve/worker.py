"""The process that answers queries, one at a time, until its parent closes the pipe or ends it.

    python -m kg.serve.worker     frames in on standard input, frames out on standard output

It is made to be killed: it holds nothing but a read-only store and the query of the moment. The engine has no way
to cancel a query, and some queries end the process; so the process is the unit that a query may cost.
"""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import GraphError, QueryError
from kg.graph.door import Answer, Dataset, Door, TooLong
from kg.serve import frames, guard, sandbox
from kg.serve.settings import Limits

__all__ = ["answer", "main"]

# The engine recurses on what it reads: 8 MiB, the system's default, end at 3,000 MINUS; this much at none in 64 KiB.
STACK = 512 << 20
# The parent kills at the limit; this is for the case that it cannot.
GRACE = 2.0

Header = dict[str, Any]
Reply = tuple[Header, bytes]


def main() -> None:
    """Answers frames until standard input ends."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get between the frames
    first = frames.read(requests)
    if first is None:
        return
    folder, limits = Path(first[0]["folder"]), Limits(**first[0]["limits"])
    sandbox.confine(limits.memory)
    threading.stack_size(STACK)
    thread = threading.Thread(target=loop, args=(requests, replies, folder, limits))
    thread.start()
    thread.join()
    # The engine's own threads may be slow to end, and nothing here needs them to.
    os._exit(0)


def loop(requests: BinaryIO, replies: BinaryIO, folder: Path, limits: Limits) -> None:
    """Opens the store, says so, and answers one frame after another."""
    try:
        door = Door(folder)
    except GraphError as error:
        send(replies, ({"status": 500, "message": str(error)}, b""))
        return
    send(replies, ({"status": 200}, b""))
    while (request := frames.read(requests)) is not None:
        sandbox.deadline(limits.seconds + GRACE)
        reply = answer(door, request[0], limits)
        sandbox.deadline(0)
        send(replies, reply)


def send(replies: BinaryIO, reply: Reply) -> None:
    """Sends a reply whole."""
    replies.write(frames.pack(*reply))
    replies.flush()


def answer(door: Door, request: Header, limits: Limits) -> Reply:
    """What a request gets: a header with a status and, unless it is 200, a message; and the bytes of the answer."""
    try:
        return OPERATIONS[request["operation"]](door, request, limits)
    except guard.Refused as refused:
        return {"status": refused.status, "message": refused.message, "outcome": "refused"}, b""
    except QueryError as error:
        return {"status": 400, "message": str(error), "outcome": "failed"}, b""
    except MemoryError:
        return {
            "status": 500,
            "message": "the query needs more memory than it may have",
            "outcome": "killed",
        }, b""
    except (GraphError, OSError) as error:
        return {"status": 500, "message": str(error), "outcome": "failed"}, b""


def query(door: Door, request: Header, limits: Limits) -> Reply:
    """A query, in one of two formats: the first if it gives a table, the second if a graph."""
    asked = guard.read_query(request["text"], limits)
    dataset = Dataset(tuple(request["default"]), tuple(request["named"]), bool(asked.graphs))
    for graph in (*dataset.default, *dataset.named, *asked.graphs):
        if not door.has_graph(graph):
            raise guard.Refused(403, f"this store has no graph <{graph}>, and this server fetches none")
    table = asked.form in ("SELECT", "ASK")
    media = request["table"] if table else request["graph"]
    if not media:
        raise guard.Refused(406, f"no such format for the answer of {asked.form}")
    options = {name: request[name] for name in ("base", "bindings")}
    options |= {"dataset": dataset, "most_bytes": limits.answer_bytes}
    if asked.form == "SELECT":
        found = rows(door, asked, media, limits.rows, options)
    else:
        found = door.answer(asked.text, media, most_triples=limits.rows, **options)
    return {"status": 200, "media": media, "form": asked.form, "cut": found.cut}, found.body


def rows(door: Door, asked: guard.Asked, media: str, most: int, options: dict[str, Any]) -> Answer:
    """The answer of a SELECT: so many rows at most, its columns in their order."""
    dataset, base = options["dataset"], options["base"]
    if asked.star is not None:
        asked = in_order(asked, door.columns(asked.text, dataset, base))
    try:
        found = door.answer(asked.limited(most + 1), media, **options)
    except TooLong:
        raise
    except QueryError:
        door.columns(asked.text, dataset, base)  # raises for the words of the query itself, without our LIMIT
        raise
    return cut(found, media, most)


def in_order(asked: guard.Asked, columns: tuple[str, ...]) -> guard.Asked:
    """The query with the columns of its "SELECT *" in the order in which it first says them."""
    order = tuple(name for name in asked.variables if name in columns)
    if asked.star is None or not order or order == columns or len(order) != len(columns):
        return asked
    text = f"{asked.text[: asked.star]}{' '.join('?' + name for name in order)}{asked.text[asked.star + 1 :]}"
    return guard.read_query(text, LONGER)


# A query whose star was spelled out is not refused for its own columns.
LONGER = Limits(query_bytes=1 << 24)


def cut(found: Answer, media: str, most: int) -> Answer:
    """The answer with at most so many rows; it was asked for one more, so that a cut is known and said."""
    mark, rewrite = CUTS[media]
    if found.body.count(mark) < most:  # a quick bound: in no format is there a row without its mark
        return found
    body = rewrite(found.body, most)
    return Answer(body, most, True) if body is not None else found


def cut_json(body: bytes, most: int) -> bytes | None:
    """The JSON results with so many rows; nothing where there are no more."""
    found = json.loads(body)
    rows = found["results"]["bindings"]
    if len(rows) <= most:
        return None
    found["results"]["bindings"] = rows[:most]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def cut_xml(body: bytes, most: int) -> bytes | None:
    """The XML results with so many rows; a "<" in a value is escaped, so every "<result>" is a row."""
    if body.count(b"<result>") <= most:
        return None
    return body[: body.rindex(b"<result>")] + b"</results></sparql>"


def cut_csv(body: bytes, most: int) -> bytes | None:
    """The CSV results with so many rows and a header."""
    rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
    if len(rows) - 1 <= most:
        return None
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows[: most + 1])
    return out.getvalue().encode()


def cut_tsv(body: bytes, most: int) -> bytes | None:
    """The TSV results with so many rows and a header; a line break in a value is escaped."""
    lines = body.split(b"\n")[:-1]
    return None if len(lines) - 1 <= most else b"".join(line + b"\n" for line in lines[: most + 1])


# Format → what every row but the first has in it, and how its surplus rows are cut.
CUTS: dict[str, tuple[bytes, Callable[[bytes, int], bytes | None]]] = {
    "application/sparql-results+json": (b"},{", cut_json),
    "application/sparql-results+xml": (b"<result>", cut_xml),
    "text/csv": (b"\r\n", cut_csv),
    "text/tab-separated-values": (b"\n", cut_tsv),
}


def graph(door: Door, request: Header, limits: Limits) -> Reply:
    """All of one named graph, or of their union."""
    try:
        body = door.graph(request["name"], request["graph"], limits.answer_bytes)
    except KeyError:
        return {"status": 404, "message": "this store has no such graph", "outcome": "failed"}, b""
    return {"status": 200, "media": request["graph"]}, body


def search(door: Door, request: Header, limits: Limits) -> Reply:
    """The passages that have some words, as JSON."""
    hits = door.search(request["text"], min(limits.rows, request["most"]))
    return {"status": 200, "media": "application/json"}, json.dumps([hit._asdict() for hit in hits]).encode()


def update(door: Door, request: Header, limits: Limits) -> Reply:
    """An update of the graph folder: written to its journal, seen by every worker at its next query."""
    from kg.graph.graph import Graph

    asked = guard.read_update(request["text"], limits)
    if request["default"] or request["named"]:
        if asked.graphs:
            raise guard.Refused(400, "name the dataset in the request or in the update, not in both")
        text = guard.using(asked.text, request["default"], request["named"])
    else:
        text = asked.text
    with Graph.open(door.folder) as opened:
        opened.update(text, base=request["base"])
    return {"status": 204, "media": ""}, b""


OPERATIONS: dict[str, Callable[[Door, Header, Limits], Reply]] = {
    "query": query,
    "graph": graph,
    "search": search,
    "update": update,
}

if __name__ == "__main__":
    main()
