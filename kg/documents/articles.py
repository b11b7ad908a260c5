"""One file, one article: plain text, Markdown, HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import PurePosixPath

from kg.documents.metadata import check_language, dateline, headline, iso_date
from kg.documents.source import Source, check_length, check_text, decode, field
from kg.errors import DocumentError
from kg.model import Document

__all__ = ["ARTICLES", "article"]


def article(source: Source) -> Document:
    """The article in these bytes, read by the suffix of their name (none: plain text).

    Raises DocumentError.
    """
    reader = ARTICLES.get(PurePosixPath(source.name).suffix.lower(), plain)
    return check_length(reader(source))


def plain(source: Source) -> Document:
    """A text file: the text to the character, the title and the date that its first lines give."""
    text = decode(source.content, source.name)
    return Document(
        source.name,
        text,
        check_language(text, source.name),
        title=headline(text),
        published=dateline(text) or iso_date(source.name),
        url=source.url,
    )


def markdown(source: Source) -> Document:
    """A Markdown file (CommonMark): its words without the markup; the first heading is the title."""
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    def words(token: Token) -> str:
        breaks = {"softbreak": "\n", "hardbreak": "\n"}
        kept = ("text", "code_inline")
        return "".join(
            breaks.get(child.type, child.content if child.type in kept else "")
            for child in token.children or ()
        )

    tokens = MarkdownIt("commonmark").parse(_without_front_matter(decode(source.content, source.name)))
    blocks = [
        (tokens[at - 1].type, words(token)) for at, token in enumerate(tokens) if token.type == "inline"
    ]
    text = check_text("\n\n".join(block for _, block in blocks if block.strip()) + "\n", source.name)
    heading = next((block for kind, block in blocks if kind == "heading_open"), None)
    return Document(
        source.name,
        text,
        check_language(text, source.name),
        title=heading or headline(text),
        published=dateline(text) or iso_date(source.name),
        url=source.url,
    )


def html(source: Source) -> Document:
    """A web page: its main text without menus and notices, and what its metadata say of it."""
    import trafilatura
    from trafilatura.settings import Document as PageContent

    # The library warns of every page without a date; what matters of it we say ourselves.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = decode(source.content, source.name)
    # The bounds of dates are fixed: by default the latest is today, and the result would hang on the clock.
    bounds = {
        "extensive_search": False,
        "original_date": True,
        "min_date": "1800-01-01",
        "max_date": "2199-12-31",
    }
    found = trafilatura.bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params=bounds, url=source.url
    )
    if not isinstance(found, PageContent) or not found.text:
        raise DocumentError(
            f"{source.name}: no article in this page. Save the page of one article, or its text."
        )
    title = field(found.title)
    text = _headed(title, found.text)
    return Document(
        source.name,
        check_text(text, source.name),
        check_language(text, source.name),
        title=title,
        published=iso_date(found.date or "") or iso_date(source.name),
        outlet=field(found.sitename),
        author=field(found.author),
        url=field(found.url) or source.url,
    )


ARTICLES: dict[str, Callable[[Source], Document]] = {
    ".txt": plain,
    ".md": markdown,
    ".html": html,
    ".htm": html,
}

FENCE = "---"


def _headed(title: str | None, body: str) -> str:
    """The body below its title, which says what a page's text often leaves out."""
    if not title:
        return body
    return f"{title}\n\n{body.removeprefix(title).lstrip()}\n"


def _without_front_matter(text: str) -> str:
    """The text after a block between two lines of three dashes, which many site generators put first."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].strip() != FENCE:
        return text.lstrip("\ufeff")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == FENCE), 0)
    return "".join(lines[end + 1 :]) if end else text
