"""The files that the pages load, read once: a request names one of them or gets nothing, and never a path."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

__all__ = ["Files"]

HERE = Path(__file__).parent
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    content: bytes
    media_type: str
    tag: str


class Files:
    """All files of `static/` and `vendor/`, by name."""

    def __init__(self) -> None:
        places = [*(HERE / "static").iterdir(), *(HERE / "vendor").rglob("*")]
        self.files = {path.name: read(path) for path in sorted(places) if path.suffix in TYPES}

    async def serve(self, request: Request) -> Response:
        """One file, or that the browser has it already."""
        found = self.files.get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("no such file\n", 404)
        headers = {"ETag": found.tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == found.tag:
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)


def read(path: Path) -> File:
    """A file with its type and tag."""
    content = path.read_bytes()
    return File(content, TYPES[path.suffix], f'"{sha256(content).hexdigest()[:16]}"')
