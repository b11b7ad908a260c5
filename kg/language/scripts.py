"""Edit scripts: how a lemma is made from its form, as a short text that many words share.

"s>": cut "s" off. "l>u" would be odd in French, "aux>al" is not: "chevaux" → "cheval". "^" before a script
keeps the capitals of the form, which otherwise is lowered first; "=avoir" replaces the whole form.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["apply", "script"]

# A form and its lemma share at least this many letters at the start, or the lemma is written whole.
SHARED = 1


def script(form: str, lemma: str) -> str:
    """The script that makes the lemma from the form.

    >>> script("Chevaux", "cheval"), script("Paris", "Paris"), script("ai", "avoir"), script("eut", "avoir")
    ('ux>l', '^>', 'i>voir', '=avoir')
    """
    keeps = lemma != lemma.lower()
    base = form if keeps else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    if shared < SHARED:
        return f"={lemma}"
    return ("^" if keeps else "") + f"{base[shared:]}>{lemma[shared:]}"


@lru_cache(maxsize=4_096)
def apply(form: str, rule: str) -> str | None:
    """The lemma that a script makes of a form, or None where it does not fit.

    >>> apply("animaux", "ux>l"), apply("Lyon", "^>"), apply("chat", "ux>l")
    ('animal', 'Lyon', None)
    """
    if rule.startswith("="):
        return rule[1:]
    base = form if rule.startswith("^") else form.lower()
    cut, _, add = rule.lstrip("^").partition(">")
    if not base.endswith(cut) or (len(base) == len(cut) and not add):
        return None
    return base[: len(base) - len(cut)] + add
