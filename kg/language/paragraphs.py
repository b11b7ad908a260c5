"""Where the paragraphs of a plain text begin and end, and which one is its headline.

A sentence never crosses a paragraph, so a title does not run into the text below it. Lines that are only
wrapped belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Paragraph", "paragraphs"]

# A text wrapped by an editor has lines of about this many characters; a line of prose, not wrapped, is longer.
WRAPPED = range(45, 101)
# "14 janvier 2016, 14h30 – " is a date line: short, with a year or a date in figures.
DATE_LINE = 60
DATE = re.compile(r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
# A rubric is one to three words, the first with a capital, before a colon with space on either side.
RUBRIC = re.compile(r"([^\W\d_][\w'’-]*(?:[ -][\w'’-]+){0,3})\s?:\s+(?=\S)")
FINAL = re.compile(r"[.!?…:;][\s»”\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text that sentences do not leave; `headline` marks the title of the document."""

    start: int
    end: int
    headline: bool = False


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs in text order, without the white space around them."""
    blocks = [block for block in _blocks(text) if block]
    for number, lines in enumerate(blocks):
        titled = number == 0 and _is_headline(text, lines, alone=len(lines) == 1 and len(blocks) > 1)
        if titled:
            yield from _headline(text, *lines[0])
            lines = lines[1:]
        for start, end in _joined(text, lines):
            yield Paragraph(start, end)


def _headline(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """A title, cut behind its rubric where it has one: « Canada : le pont rouvre » is « Canada » and « le pont rouvre »."""
    rubric = RUBRIC.match(text, start, end)
    if rubric is not None:
        yield Paragraph(start, rubric.end(1), headline=True)
        start = rubric.end()
    yield Paragraph(start, end, headline=True)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines between blank lines, as spans without the white space around them."""
    block: list[tuple[int, int]] = []
    for found in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        line = found.group()
        bare = line.strip()
        start = found.start() + len(line) - len(line.lstrip())
        if block and (not bare or _blank_between(text, block[-1][1], start)):
            yield block
            block = []
        if bare:
            block.append((start, start + len(bare)))
    yield block


def _blank_between(text: str, end: int, start: int) -> bool:
    return len(re.findall(r"\r\n|\n|\r|\u2028|\u2029", text[end:start])) > 1


def _is_headline(text: str, lines: list[tuple[int, int]], *, alone: bool) -> bool:
    """A first line is a title when a blank line or a date line follows it, and it does not end a sentence."""
    first = text[slice(*lines[0])]
    if first.endswith(".") and not first.endswith("..."):
        return False
    if alone:
        return True
    below = text[slice(*lines[1])] if len(lines) > 1 else ""
    return bool(below) and len(below) <= DATE_LINE and DATE.search(below) is not None


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Paragraphs from the lines of one block: each line is one, unless the text is only wrapped there."""
    wrapped = len(lines) > 2 and all(end - start in WRAPPED for start, end in lines[:-1])
    start, end = -1, -1
    for line in lines:
        goes_on = start >= 0 and (wrapped or _continues(text, end, line[0]))
        if not goes_on and start >= 0:
            yield start, end
        start, end = (start if goes_on else line[0]), line[1]
    if start >= 0:
        yield start, end


def _continues(text: str, end: int, start: int) -> bool:
    """Whether a line goes on in the next: no final mark, then a small letter."""
    return text[start].islower() and FINAL.search(text[max(0, end - 5) : end]) is None
