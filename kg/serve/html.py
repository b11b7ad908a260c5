"""HTML from trees of text: every text and every attribute is escaped, so a hostile label stays a label."""

from __future__ import annotations

from html import escape

__all__ = ["Markup", "join", "link", "tag"]

EMPTY = frozenset({"input", "link", "meta", "br", "hr"})
# Direction controls can make a name read as another one; the others are not characters of any text.
INVISIBLE = dict.fromkeys([*range(0x20), 0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
for kept in (0x09, 0x0A):
    del INVISIBLE[kept]


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(value: str) -> Markup:
    """Text as HTML; markup as it is.

    >>> text("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    return value if isinstance(value, Markup) else Markup(escape(value.translate(INVISIBLE)))


def join(*parts: str) -> Markup:
    """Parts one after the other."""
    return Markup("".join(text(part) for part in parts))


def tag(element: str, /, *children: str, **attributes: str | None) -> Markup:
    """An element; `class_` and `aria_label` become class and aria-label, None leaves an attribute out.

    >>> tag("a", "Netflix & Co", href="/id/netflix", class_="entity")
    '<a href="/id/netflix" class="entity">Netflix &amp; Co</a>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value.translate(INVISIBLE))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if element in EMPTY:
        return Markup(f"<{element}{written}>")
    return Markup(f"<{element}{written}>{join(*children)}</{element}>")


def link(label: str, address: str) -> Markup:
    """A link, if the address is one of this server or of the web; else only its label.

    >>> link("x", "javascript:alert(1)")
    'x'
    """
    if address.startswith("/") and not address.startswith("//"):
        return tag("a", label, href=address)
    if address.startswith(("http://", "https://")):
        return tag("a", label, href=address, rel="noopener noreferrer nofollow")
    return text(label)
