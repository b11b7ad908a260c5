"""How a noun phrase becomes a participant of a statement: its id, its label, its type."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from kg.entities.lexicon import bare
from kg.model import Amount, Node, Period, ValueMention

__all__ = ["bare_amount", "slug", "value_node"]

LONGEST_SLUG = 60
NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """An ASCII name made from a text, the same on any machine; a hash tells apart what is cut or empty.

    >>> slug("Directeur technique de l’IA générative")
    'directeur-technique-de-l-ia-generative'
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = bare(unicodedata.normalize("NFKD", folded.replace("œ", "oe").replace("æ", "ae")))
    plain = NOT_SLUG.sub("-", folded).strip("-")
    if plain and len(plain) <= LONGEST_SLUG:
        return plain
    digest = sha256(text.encode("utf-8")).hexdigest()[:8]
    return f"{plain[: LONGEST_SLUG - 9].rstrip('-')}-{digest}".lstrip("-")


def value_node(value: ValueMention) -> Node:
    """The participant that an amount or a time is; the same content has the same id in any article."""
    kind = "Amount" if isinstance(value.value, Amount) else "Date"
    return Node(value_id(value.value), value.text, kind, value.text, value.value)


def bare_amount(node: Node, amount: Amount) -> Node:
    """The amount alone that a share of something is: « 40 % » of « 40 % des élus »."""
    return replace(node, id=value_id(amount), label=node.mention)


def value_id(value: Amount | Period) -> str:
    """An id from content: "amount-200-usd-day", "amount-max-650000-usd-year", "date-2017-09-18"."""
    if isinstance(value, Period):
        parts = [
            "date",
            value.start or "open",
            *([value.end or "open"] if value.end != value.start else []),
            value.hour,
        ]
        return slug("-".join(part for part in parts if part))
    json = value.json()
    shown = {key: _figure(json[key]) for key in ("value", "min", "max") if key in json}
    parts = ["amount", *(["about"] if value.approximate else [])]
    parts += [figure if key == "value" else f"{key}-{figure}" for key, figure in shown.items()]
    return slug("-".join([*parts, _unit(value.unit), value.per]).strip("-"))


def _figure(number: object) -> str:
    return str(number).replace(".", "p").replace("-", "minus")


def _unit(unit: str) -> str:
    return {"%": "percent", "‰": "permille"}.get(unit, unit)
