"""What is known of a form before it is read in a sentence: its possible tags and lemmas.

Half a million forms fit in two megabytes: sorted, written one after the other, compressed; each points to a
class of readings, which many forms share ("noun, masculine plural, lemma without the s").
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.language import scripts

__all__ = ["Lexicon", "Reading", "write"]


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """A possible analysis of a form: a tag of any inventory; with `upos`, a lemma by its edit script."""

    tag: str
    upos: str = ""
    script: str = ""


class Lexicon:
    """Forms and their readings, looked up in a compressed table."""

    def __init__(
        self,
        forms: Sequence[str],
        classes: Sequence[int] | NDArray[np.uint32],
        readings: Sequence[Sequence[Reading]],
    ) -> None:
        self._forms = forms
        self._classes = classes
        self._readings = readings
        self.tags = tuple(sorted({reading.tag for group in readings for reading in group}))
        self._tags: dict[int, tuple[str, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """The lexicon in a file that `write` made."""
        raw = zlib.decompress(path.read_bytes())
        size = int.from_bytes(raw[:4], "little")
        head = json.loads(raw[4 : 4 + size])
        at = 4 + size + 4 * head["forms"]
        classes = np.frombuffer(raw, dtype="<u4", count=head["forms"], offset=4 + size)
        forms = raw[at:].decode("utf-8").split("\n")
        known = [Reading(*row) for row in head["readings"]]
        return cls(forms, classes, [[known[index] for index in group] for group in head["classes"]])

    def readings(self, form: str) -> Sequence[Reading]:
        """The readings of exactly this form; none where it is unknown."""
        number = self._class(form)
        return self._readings[number] if number >= 0 else ()

    def tags_of(self, form: str) -> tuple[str, ...]:
        """The tags of exactly this form, sorted, each once."""
        number = self._class(form)
        if number not in self._tags:
            group = self._readings[number] if number >= 0 else ()
            self._tags[number] = tuple(sorted({reading.tag for reading in group}))
        return self._tags[number]

    def _class(self, form: str) -> int:
        """The number of the class of readings that a form has; -1 where it is unknown."""
        place = bisect_left(self._forms, form)
        known = place < len(self._forms) and self._forms[place] == form
        return int(self._classes[place]) if known else -1

    def lemmas(self, form: str, upos: str, tag: str = "") -> list[str]:
        """The lemmas known for this form as this part of speech, as written and then in small letters.

        Of those, with `tag`, the ones whose tags begin so.
        """
        for written in dict.fromkeys((form, form.lower())):
            found = [
                scripts.apply(written, r.script)
                for r in self.readings(written)
                if r.upos == upos and r.tag.startswith(tag)
            ]
            lemmas = sorted({lemma for lemma in found if lemma})
            if lemmas:
                return lemmas
        return []


def write(path: Path, entries: Mapping[str, Iterable[Reading]]) -> None:
    """Write forms and their readings as one compressed file, the same bytes for the same entries."""
    groups = {form: tuple(sorted(set(readings))) for form, readings in entries.items()}
    forms = sorted(groups)
    known = sorted({reading for group in groups.values() for reading in group})
    number = {reading: index for index, reading in enumerate(known)}
    distinct = sorted(set(groups.values()))
    place = {group: index for index, group in enumerate(distinct)}
    head = {
        "forms": len(forms),
        "readings": [[r.tag, r.upos, r.script] for r in known],
        "classes": [[number[reading] for reading in group] for group in distinct],
    }
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    classes = np.array([place[groups[form]] for form in forms], dtype="<u4").tobytes()
    raw = len(written).to_bytes(4, "little") + written + classes + "\n".join(forms).encode("utf-8")
    path.write_bytes(zlib.compress(raw, 9))
