"""What is known of a thing as HTML, for a notebook: each statement with who says it, and its sentence marked.

Everything that was read is escaped; the only links lead to articles on the web.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.explain import Explanation, Passage, Said

__all__ = ["card", "passage", "said"]

_MOST = 50


def card(thing: Explanation) -> str:
    """A thing with its names, and the first of what is said of it."""
    about = ", ".join(each for each in (thing.type or thing.kind, *thing.aliases) if each)
    links = " · ".join(filter(None, (_link(each, each) for each in thing.links)))
    parts = [f"<h3>{escape(thing.label)}</h3><p>{escape(about)}{' · ' if links else ''}{links}</p>"]
    parts += [said(each) for each in thing.statements[:_MOST]]
    parts += [passage(each, refused=True) for each in thing.refusals[:_MOST]]
    shown, all_ = min(len(thing.statements), _MOST), len(thing.statements)
    return f"<div>{''.join(parts)}<p><small>{shown} / {all_}</small></p></div>"


def said(statement: Said) -> str:
    """A statement: its words, what it is not (yet), who says it, and its sentences."""
    weight = [statement.status] + ["negated"] * (statement.polarity == "negated")
    weight += [statement.modality] * (statement.modality != "actual")
    notes = [*statement.attribution, *statement.qualifiers, *(f"⊢ {each}" for each in statement.premises)]
    told = "".join(f"<br>{escape(each)}" for each in notes)
    return (
        f"<p><b>{escape(statement.label)}</b> <small>{escape(', '.join(dict.fromkeys(weight)))}</small>{told}</p>"
        + "".join(passage(each) for each in statement.passages)
    )


def passage(place: Passage, *, refused: bool = False) -> str:
    """A sentence with the words that count marked, and where it stands; with what was refused there, if asked."""
    quote = " ".join(place.quote.split())
    before, found, after = place.sentence.partition(quote) if quote else (place.sentence, "", "")
    marked = f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(before)
    reasons = "".join(f"<br>✗ {escape(reason)}" for reason in place.refused) if refused else ""
    source = f"{place.document}:{place.start}–{place.end}"
    where = _link(place.url, source) or escape(source)
    return f"<blockquote>{marked}<br><small>{where}{reasons}</small></blockquote>"


def _link(address: str, text: str) -> str:
    """A link, where the address is one of the web."""
    if not address.startswith(("http://", "https://")):
        return ""
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{escape(text)}</a>'
