"""Requests read within their bounds, refusals in the form that the client reads."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.serve import pages
from kg.serve.guard import Refused
from kg.serve.protocol import HTML, negotiate
from kg.serve.settings import Limits
from kg.serve.words import Words, words

__all__ = ["acceptable", "address", "body", "gone", "page_response", "refusal", "spoken", "unknown"]

CLOSED_BY_CLIENT = 499
LINE, JSON = "text/plain", "application/json"


async def body(request: Request, limits: Limits) -> bytes:
    """The body of a request, within its size and its time."""
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(limits.request_seconds):
            async for piece in request.stream():
                size += len(piece)
                if size > limits.body_bytes:
                    raise Refused(413, f"a request may be {limits.body_bytes} bytes long", Connection="close")
                pieces.append(piece)
    except TimeoutError as error:
        raise Refused(408, "the request was not sent in time", Connection="close") from error
    return b"".join(pieces)


def address(request: Request) -> str:
    """Where the endpoint is, which is also what relative IRIs in queries are read against."""
    return f"{request.url.scheme}://{request.headers['host']}/sparql"


def acceptable(accept: str, offers: dict[str, tuple[str, ...]], chosen: str = "") -> str:
    """The best offer, or nothing where none is acceptable."""
    try:
        return negotiate(accept, offers, chosen)
    except Refused:
        return ""


def spoken(request: Request) -> Words:
    """The words of the reader's language."""
    return words(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


def page_response(page: str, status: int = 200) -> Response:
    """A page of HTML."""
    return Response(page, status, {"Vary": "Accept, Accept-Language"}, HTML)


async def refusal(request: Request, error: Exception) -> Response:
    """A refusal: a page for people, JSON where it is asked for, else one line of text."""
    assert isinstance(error, Refused)
    headers = {"Vary": "Accept", **error.headers}
    kind = acceptable(request.headers.get("accept", ""), {LINE: (), HTML: (), JSON: ()})
    if kind == JSON:
        return JSONResponse({"status": error.status, "message": error.message}, error.status, headers)
    if kind == HTML:
        query = getattr(request.state, "query", "")
        page = pages.error_page(spoken(request), error.status, error.message, query)
        return Response(page, error.status, headers, HTML)
    return PlainTextResponse(error.message + "\n", error.status, headers)


async def unknown(request: Request, error: Exception) -> Response:
    """An address or a method that there is not."""
    assert isinstance(error, HTTPException)
    return await refusal(request, Refused(error.status_code, error.detail, **(dict(error.headers or {}))))


async def gone(request: Request, error: Exception) -> Response:
    """Nobody reads this."""
    return Response(status_code=CLOSED_BY_CLIENT)
