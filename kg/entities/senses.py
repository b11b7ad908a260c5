"""What the lexicon tells of a word: what a noun denotes, how a pronoun refers, whom a known name names."""

from __future__ import annotations

from kg.model import record

__all__ = ["Known", "NounSense", "Pronoun"]


@record
class NounSense:
    """What a noun denotes: `kind` is the local name of its class ("court"), `type` a short type name."""

    kind: str
    type: str


@record
class Pronoun:
    """How a pronoun or possessive refers; gender and number are empty where it does not tell."""

    name: str
    reference: str
    gender: str = ""
    number: str = ""


@record
class Known:
    """An entity of the authority file."""

    id: str
    label: str
    type: str
    kind: str
    names: tuple[str, ...]
    links: tuple[str, ...]
