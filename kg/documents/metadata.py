"""Title, date and language, where the text or the file's name gives them.

Quebec: a general strike          a first line that is no sentence is the title
5 octobre 2016. –                 a date at the start of one of the first lines is the dateline
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache

from kg.errors import DocumentError
from kg.ontology import Ontology

__all__ = ["READABLE", "check_language", "dateline", "guess_language", "headline", "iso_date"]

READABLE = "fr"

# Lines that may hold the dateline; below them a date belongs to the story.
FIRST_LINES = 6
LONGEST_TITLE = 200
# Below this many known small words nothing can be said of the language.
ENOUGH_WORDS = 8
# Two languages share many small words; one must be clearly ahead before an article is refused.
CLEARLY = 1.5

ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
WORD = re.compile(r"[^\W\d_]+")
SENTENCE_END = tuple('.!…;,:»”"')


def headline(text: str) -> str | None:
    """The first line, where it stands alone and is no sentence of the story."""
    lines = text.lstrip("\ufeff").splitlines()
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 2 or len(filled[0]) > LONGEST_TITLE or filled[0].endswith(SENTENCE_END):
        return None
    followed_by_blank = any(
        not line.strip() for line in lines[: lines.index(next(filter(str.strip, lines))) + 2]
    )
    return filled[0] if followed_by_blank or _dated(filled[1]) else None


def dateline(text: str) -> date | None:
    """The date that one of the first lines opens with."""
    filled = [line.strip() for line in text[:4000].lstrip("\ufeff").splitlines() if line.strip()]
    return next((found for line in filled[:FIRST_LINES] if (found := _dated(line))), None)


def iso_date(text: str) -> date | None:
    """The first YYYY-MM-DD in a string such as a file's name, if it is a day of the calendar.

    >>> iso_date("w05_2016-10-05_quebec.txt")
    datetime.date(2016, 10, 5)
    """
    for match in ISO.finditer(text):
        found = _day(*map(int, match.groups()))
        if found:
            return found
    return None


def guess_language(text: str) -> str:
    """The ISO 639-1 code whose small words the text uses most; French where that cannot be told."""
    counts = _counts(text)
    if not counts or max(counts.values()) < ENOUGH_WORDS:
        return READABLE
    best = min(counts, key=lambda code: (-counts[code], code))
    return best if counts[best] > CLEARLY * counts[READABLE] else READABLE


def check_language(text: str, name: str) -> str:
    """The language of the text. Raises DocumentError if kg cannot read it."""
    code = guess_language(text)
    if code == READABLE:
        return code
    label = next(
        term.label() for term in Ontology.load().terms("LanguageProfile") if term.text("code") == code
    )
    raise DocumentError(f"{name}: this looks like {label} ({code}); kg reads French (fr). Leave it out.")


def _counts(text: str) -> Counter[str]:
    words = Counter(word.casefold() for word in WORD.findall(text[:20000]))
    counts: Counter[str] = Counter()
    for code, known in _profiles():
        counts[code] = sum(words[word] for word in known)
    return counts


def _dated(line: str) -> date | None:
    pattern, months = _dateline_pattern()
    match = pattern.match(line)
    if not match:
        return None
    return _day(int(match["year"]), months[match["month"].casefold()], int(match["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 février: the text is wrong, and that is not ours to mend
        return None


@lru_cache(maxsize=1)
def _profiles() -> tuple[tuple[str, frozenset[str]], ...]:
    terms = Ontology.load().terms("LanguageProfile")
    return tuple((term.text("code"), frozenset(term.texts("word"))) for term in terms)


@lru_cache(maxsize=1)
def _dateline_pattern() -> tuple[re.Pattern[str], dict[str, int]]:
    """« [Place, le] 1er janvier 2016[, 14h30] . – », ended by a dash or by the line."""
    months = {
        name.casefold(): int(term.text("number"))
        for term in Ontology.load().terms("DatelineMonth")
        for name in term.texts("name")
    }
    names = "|".join(re.escape(name) for name in sorted(months, key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?:[^\W\d_][^\d\n.:!?]{{0,30}},\s(?:\w{{1,3}}\s)?)?"
        rf"(?P<day>\d{{1,2}})\s?[^\W\d_]{{0,2}}\s(?P<month>{names})\s(?P<year>\d{{4}})"
        rf"(?:$|[^\n–—]{{0,40}}?(?:[–—]|\s-\s|$))",
        re.IGNORECASE,
    ), months
