"""How the server and its workers speak: a header in JSON and a body of bytes, each with its length before it."""

from __future__ import annotations

import json
from asyncio import StreamReader
from collections.abc import Mapping
from struct import Struct
from typing import Any, BinaryIO

__all__ = ["pack", "read", "receive"]

LENGTHS = Struct(">II")
Header = dict[str, Any]


def pack(header: Mapping[str, object], body: bytes = b"") -> bytes:
    """A frame as bytes."""
    head = json.dumps(header).encode()
    return LENGTHS.pack(len(head), len(body)) + head + body


def read(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """The next frame of a blocking stream; nothing at its end.

    >>> from io import BytesIO
    >>> read(BytesIO(pack({"rows": 2}, b"...")))
    ({'rows': 2}, b'...')
    """
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(body)


async def receive(stream: StreamReader) -> tuple[Header, bytes]:
    """The next frame of an asynchronous stream; raises IncompleteReadError at its end."""
    head, body = LENGTHS.unpack(await stream.readexactly(LENGTHS.size))
    return json.loads(await stream.readexactly(head)), await stream.readexactly(body)
