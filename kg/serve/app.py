"""The pages and the endpoint, as one ASGI application around a pool of workers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.ontology import PREFIXES
from kg.serve import entity, guard, pages, protocol, replies
from kg.serve.drawing import drawn
from kg.serve.front import Front
from kg.serve.guard import Refused
from kg.serve.metrics import Metrics
from kg.serve.picture import Picture
from kg.serve.protocol import GRAPHS, HTML, TABLES, negotiate
from kg.serve.questions import named_questions
from kg.serve.replies import acceptable, address, page_response, spoken
from kg.serve.settings import Settings
from kg.serve.static import Files
from kg.serve.workers import Busy, Killed, Pool, TimedOut

__all__ = ["Site", "application"]

HERE = Path(__file__).parent
MOST_HITS = 50
RDF = {name: aliases for name, aliases in GRAPHS.items() if name != HTML}
DATASET: dict[str, Any] = {"default": [], "named": [], "base": None, "bindings": {}}
FRAME = {**DATASET, "table": protocol.JSON, "graph": "text/turtle"}


@lru_cache
def prepared(name: str) -> str:
    """A query of the server's own."""
    return (HERE / "queries" / f"{name}.rq").read_text(encoding="utf-8")


class Gone(Exception):  # noqa: N818 - it says what the client is
    """The client has closed the connection; its query was ended."""


class Site:
    """What the pages of one server share."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.pool = Pool(settings.folder, settings.limits)
        self.picture = Picture(settings.folder / "graph.html")
        self.drawn: asyncio.Task[bytes] | None = None
        self.questions = named_questions(settings.questions)
        self.vocabulary: tuple[int, dict[str, Any]] = (0, {})
        self.writing = asyncio.Lock()

    # ---- Asking the workers

    async def ask(self, request: Request, frame: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The reply to a frame; its query ends when the client leaves. Raises Refused for all that is not an answer."""
        started, outcome = perf_counter(), "failed"
        try:
            header, body = await self.unless_gone(request, {**FRAME, **frame})
            outcome = header.get("outcome", "answered")
        except Busy as error:
            outcome = "busy"
            raise Refused(
                503, "all workers are at work: come back in a second", **{"Retry-After": "1"}
            ) from error
        except TimedOut as error:
            outcome = "timeout"
            message = f"the query was ended at its limit of {self.settings.limits.seconds:g} s: ask for less"
            raise Refused(504, message) from error
        except Killed as error:
            outcome = "killed"
            raise Refused(
                500, "the query was ended: it needs more memory or depth than it may have"
            ) from error
        except Gone:
            outcome = "cancelled"
            raise
        finally:
            self.metrics.query(outcome, perf_counter() - started)
        if header["status"] >= 400:
            raise Refused(header["status"], header["message"])
        return header, body

    async def unless_gone(self, request: Request, frame: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The reply, unless the client leaves first."""
        asking = asyncio.ensure_future(self.pool.ask(frame))
        leaving = asyncio.ensure_future(left(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                return asking.result()
            raise Gone
        finally:
            leaving.cancel()
            asking.cancel()

    async def rows(self, request: Request, text: str, iri: str = "") -> list[dict[str, dict[str, str]]]:
        """The rows of one of the server's own queries, about a node."""
        bindings = {"it": iri} if iri else {}
        _, body = await self.ask(request, {"operation": "query", "text": text, "bindings": bindings})
        found: list[dict[str, dict[str, str]]] = json.loads(body)["results"]["bindings"]
        return found

    # ---- The endpoint

    async def sparql(self, request: Request) -> Response:
        """The SPARQL endpoint: queries, updates with the token, the description of the service, a page for people."""
        body = await replies.body(request, self.settings.limits)
        content_type = request.headers.get("content-type", "")
        asked = protocol.question(request.method, request.scope["query_string"], content_type, body)
        if asked is None:
            return await self.description(request)
        if asked.update:
            return await self.update(request, asked)
        request.state.query = asked.text
        accept = request.headers.get("accept", "")
        frame: dict[str, Any] = {"operation": "query", "text": asked.text, "base": address(request)}
        frame |= {"default": asked.default, "named": asked.named}
        frame["table"], frame["graph"] = (
            acceptable(accept, TABLES, asked.format),
            acceptable(accept, GRAPHS, asked.format),
        )
        if not frame["table"] and not frame["graph"]:
            raise Refused(406, f"this server offers {', '.join(dict.fromkeys([*TABLES, *GRAPHS]))}")
        as_page = frame["table"] == HTML
        frame["table"] = protocol.JSON if as_page else frame["table"]
        frame["graph"] = "text/turtle" if frame["graph"] == HTML else frame["graph"]
        header, answer = await self.ask(request, frame)
        cut = self.settings.limits.rows if header["cut"] else 0
        headers = {"Vary": "Accept", **({"X-Cut-At": str(cut)} if cut else {})}
        if as_page and header["media"] == protocol.JSON:
            found = json.loads(answer)
            page = pages.results_page(spoken(request), asked.text, found, cut, self.settings.base)
            return Response(page, media_type=HTML, headers=headers)
        media = header["media"]
        return Response(answer, media_type=f"{media}; charset=utf-8" if as_page else media, headers=headers)

    async def update(self, request: Request, asked: protocol.Question) -> Response:
        """An update, one at a time, for whoever has the token."""
        guard.bearer(request.headers.get("authorization"), self.settings.token)
        async with self.writing:
            named = {"default": asked.default, "named": asked.named}
            frame = {"operation": "update", "text": asked.text, "base": address(request), **named}
            await self.ask(request, frame)
        return Response(status_code=204)

    async def description(self, request: Request) -> Response:
        """What the service can do, in RDF; for people, the SPARQL page."""
        accept = request.headers.get("accept", "")
        media = negotiate(accept, GRAPHS, request.query_params.get("format", "")) if accept else "text/turtle"
        if media == HTML:
            return await self.editor(request)
        text = prepared("description")
        if self.settings.token:
            text = text.replace("sd:SPARQL11Query", "sd:SPARQL11Query, sd:SPARQL11Update")
        frame = {"text": text, "base": address(request), "graph": media}
        _, body = await self.ask(request, {"operation": "query", **frame})
        return Response(body, media_type=media, headers={"Vary": "Accept"})

    async def graph_store(self, request: Request) -> Response:
        """A whole graph: `?graph=IRI`, or `?default`, the union of all."""
        graphs = request.query_params.getlist("graph")
        if len(graphs) + ("default" in request.query_params) != 1:
            raise Refused(400, "name one graph: ?default or ?graph=IRI")
        media = negotiate(request.headers.get("accept", ""), RDF, request.query_params.get("format", ""))
        frame = {"operation": "graph", "name": graphs[0] if graphs else None, "graph": media}
        _, body = await self.ask(request, frame)
        return Response(body, media_type=media, headers={"Vary": "Accept"})

    # ---- The pages

    async def home(self, request: Request) -> Response:
        """The picture of the graph: the page of the folder, or one drawn now."""
        page = self.picture.read()
        if page is None:
            if self.drawn is None:
                self.drawn = asyncio.ensure_future(drawn(self.settings.folder))
            self.picture.accept(await asyncio.shield(self.drawn))
            page = self.picture.content
        if not page:
            text = spoken(request)
            return page_response(pages.shell(text, "", pages.note(text["no_page"]), path="/", kind="reading"))
        return Response(page, media_type=HTML, headers={"Content-Security-Policy": self.picture.policy})

    async def editor(self, request: Request) -> Response:
        """The page to write queries in."""
        text = spoken(request)
        query = request.query_params.get("query", "") or prepared("first")
        body = pages.editor(text, self.questions, query)
        scripts = ("yasgui.min.js", "sparql.js")
        shell = pages.shell(
            text,
            "SPARQL",
            body,
            path="/sparql-ui",
            kind="sparql",
            styles=("yasgui.min.css",),
            scripts=scripts,
        )
        return page_response(shell)

    async def named(self, request: Request) -> str:
        """The IRI that a request for a node names: as its address is written, or with its escapes read."""
        written: str = request.scope["raw_path"].decode("latin-1").removeprefix("/id/")
        for name in dict.fromkeys((written, request.path_params["name"])):
            iri = f"{self.settings.base}{name}"
            if guard.IRI.fullmatch(iri) and await self.rows(request, prepared("known"), iri):
                return iri
        raise Refused(404, "nothing of that name in this graph")

    async def entity(self, request: Request) -> Response:
        """A node of the graph: its page, or its RDF."""
        media = negotiate(
            request.headers.get("accept", "") or HTML,
            {HTML: (), **GRAPHS},
            request.query_params.get("format", ""),
        )
        iri = await self.named(request)
        if media != HTML:
            frame = {
                "operation": "query",
                "text": prepared("describe"),
                "bindings": {"it": iri},
                "graph": media,
            }
            _, body = await self.ask(request, frame)
            return Response(body, media_type=media, headers={"Vary": "Accept"})
        card = await self.rows(request, prepared("card"), iri)
        about = [row["statement"]["value"] for row in await self.rows(request, prepared("statements"), iri)]
        these = " ".join(f"<{statement}>" for statement in about)
        texts = [prepared(name).replace("<these>", these) for name in ("told", "qualifiers", "quotes")]
        sayings = entity.said(*[await self.rows(request, text) for text in texts])
        page = entity.entity_page(spoken(request), iri, self.settings.base, card, sayings)
        return page_response(page)

    async def search(self, request: Request) -> Response:
        """The passages that have some words."""
        asked = request.query_params.get("q", "").strip()[:500]
        hits = []
        if asked:
            _, body = await self.ask(request, {"operation": "search", "text": asked, "most": MOST_HITS})
            hits = json.loads(body)
        if (
            acceptable(request.headers.get("accept", ""), {HTML: (), "application/json": ()}, "")
            == "application/json"
        ):
            return JSONResponse(hits)
        return page_response(pages.search_page(spoken(request), asked, hits, self.settings.base))

    async def words(self, request: Request) -> Response:
        """The strings of the page and its prefixes, for its scripts."""
        text = spoken(request)
        shown = {
            "language": text.language,
            "words": dict(text.strings),
            "prefixes": dict(PREFIXES),
            "base": self.settings.base,
        }
        return JSONResponse(shown | {"rows": self.settings.limits.rows})

    async def terms(self, request: Request) -> Response:
        """The classes and properties of this graph, the frequent first, for completion as one types."""
        stamp = published(self.settings.folder)
        if self.vocabulary[0] != stamp or not self.vocabulary[1]:
            _, body = await self.ask(request, {"operation": "query", "text": prepared("vocabulary")})
            found: dict[str, list[str]] = {"class": [], "property": []}
            for row in json.loads(body)["results"]["bindings"]:
                found[row["kind"]["value"]].append(row["term"]["value"])
            self.vocabulary = (stamp, found)
        return JSONResponse(self.vocabulary[1])

    async def health(self, request: Request) -> Response:
        """Whether queries are answered: one is, within a second."""
        try:
            async with asyncio.timeout(1.0):
                await self.pool.ask({**FRAME, "operation": "query", "text": "ASK {}"})
        except (Busy, TimeoutError, TimedOut, Killed):
            return PlainTextResponse("busy\n", 503, {"Retry-After": "1"})
        return PlainTextResponse("ok\n")

    async def measures(self, request: Request) -> Response:
        """The counts, for Prometheus."""
        return PlainTextResponse(
            self.metrics.text(self.pool.gauges()), media_type="text/plain; version=0.0.4"
        )


async def left(request: Request) -> None:
    """Waits until the client closes the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def published(folder: Path) -> int:
    """When the index of a graph folder was last published."""
    try:
        return (folder / "index" / "current").stat().st_mtime_ns
    except OSError:
        return 0


def application(settings: Settings) -> Starlette:
    """The application, which opens its workers when it starts."""
    site = Site(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await site.pool.open()
        try:
            yield
        finally:
            await site.pool.close()

    routes = [
        Route("/", site.home),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/sparql-ui", site.editor),
        Route("/graph-store", site.graph_store),
        Route("/id/{name:path}", site.entity),
        Route("/search", site.search),
        Route("/words.json", site.words),
        Route("/vocab.json", site.terms),
        Route("/static/{name}", Files().serve),
        Route("/health", site.health),
        Route("/metrics", site.measures),
    ]
    handlers = {
        Refused: replies.refusal,
        HTTPException: replies.unknown,
        Gone: replies.gone,
        ClientDisconnect: replies.gone,
    }
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)
    app.add_middleware(Front, settings=settings, metrics=site.metrics)
    return app
