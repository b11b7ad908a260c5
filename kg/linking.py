"""Names of the graph looked up elsewhere, by the W3C Reconciliation Service API: Wikidata, or a list of one's own.

    link(names, "https://wikidata.reconci.link/fr/api", folder)

Asked for by name, never else: nothing here runs in a build. What comes back is kept in links.json, to be decided
by a person; see kg.resolution.links.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from kg.errors import GraphError
from kg.resolution import links
from kg.resolution.links import Candidate

__all__ = ["link"]

BATCH = 20
TIMEOUT = 60
# What a service may send: more is refused.
LONGEST = 16 << 20


def link(
    names: Iterable[str], service: str, folder: Path, *, limit: int = 3, again: bool = False
) -> dict[str, int]:
    """Ask a service for these names, but for those that it was asked for before; the counts.

    Raises GraphError where no such service answers.
    """
    if urlsplit(service).scheme not in ("http", "https"):
        raise GraphError(f"{service}: not the address of a service. It begins with http:// or https://.")
    found = links.read(folder)
    known = found.setdefault(service, {})
    wanted = sorted({name for name in names if again or name not in known})
    space = str(_asked(service).get("identifierSpace", "")) if wanted else ""
    rest = iter(wanted)
    while batch := list(islice(rest, BATCH)):
        known.update(_batch(service, batch, space, limit))
        links.write(folder, found)
    return {"asked": len(wanted), "candidates": sum(len(known[name]) for name in wanted)}


def _batch(service: str, names: list[str], space: str, limit: int) -> dict[str, list[Candidate]]:
    queries = {f"q{number}": {"query": name, "limit": limit} for number, name in enumerate(names)}
    answer = _asked(service, {"queries": json.dumps(queries, ensure_ascii=False)})
    return {
        name: _candidates(service, answer.get(f"q{number}"), space, limit)
        for number, name in enumerate(names)
    }


def _candidates(service: str, answer: Any, space: str, limit: int) -> list[Candidate]:
    """The candidates of one name, the surest first."""
    try:
        found = [
            Candidate(
                _iri(str(one["id"]), space),
                str(one["name"]),
                float(one.get("score", 0)),
                str(one.get("description") or ""),
            )
            for one in answer["result"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise _strange(service) from error
    return sorted(found, key=lambda one: (-one.score, one.iri))[:limit]


def _iri(identifier: str, space: str) -> str:
    if "://" in identifier:
        return identifier
    return space + ("" if space.endswith(("/", "#")) else "/") + identifier


def _asked(service: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the service answers: its manifest, or candidates."""
    body = urlencode(form).encode("ascii") if form else None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(
        service, body, {"Accept": "application/json", "User-Agent": "newsgraph-kg"}
    )
    try:
        with opener.open(request, timeout=TIMEOUT) as reply:
            answer = json.loads(reply.read(LONGEST))
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise GraphError(f"{service}: no service answers there ({reason}). Check the address.") from error
    except ValueError as error:
        raise _strange(service) from error
    if not isinstance(answer, dict):
        raise _strange(service)
    return answer


def _strange(service: str) -> GraphError:
    return GraphError(
        f"{service}: what answers there does not speak the Reconciliation Service API. Check the address."
    )
