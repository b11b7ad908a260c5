"""Verbs of speech set into what they report, and clauses that a conjunction makes their content: trees set right.

News sets them there often (« La grève, a annoncé la direction, est terminée »), treebanks seldom, so the network takes
the verb of speech for the sentence's own, and what is told (« explique à la presse que l'usine ferme ») for a relative.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.language.mending import INSERTED, is_finite

__all__ = ["told", "without_insertion"]

# How the network hangs the verb of the sentence from the one that it took for it.
LOOSE = frozenset({"conj", "parataxis", INSERTED})
FILLED = frozenset({"ccomp", "xcomp", "csubj"})
# How it hangs a clause from the one beside it.
BESIDE = frozenset({"advcl", "conj", "parataxis"})


def told(upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> tuple[list[int], list[str]]:
    """Heads and relations, with relatives that a conjunction opens turned into what the verb before them says.

    > Elle explique à la presse que l'usine ferme.      ferme ─ccomp─► explique
    > Il dit dans une note que Vexa « a perdu ».        perdu ─ccomp─► dit, Vexa ─nsubj─► perdu
    """
    below, above, kinds = _below(heads), list(heads), list(relations)
    for word, relation in enumerate(relations):
        noun = heads[word]
        verb = heads[noun] if relation == "acl:relcl" else -1
        if verb < 0 or verb > noun or upos[verb] != "VERB":
            continue
        opening = [one for one in below[word] if one < word and upos[one] == "SCONJ"]
        subject = -1 if opening else _behind_conjunction(noun, word, upos, below, relations)
        if subject >= 0:
            opening = [one for one in below[subject] if upos[one] == "SCONJ"]
        others = [one for one in below[verb] if one != noun]
        whole = [one for one in below[verb] if relations[one] == "obj" and _determined(below[one], relations)]
        if opening and not whole and not any(relations[one] in FILLED for one in others):
            above[word], kinds[word] = verb, "ccomp"
            kinds[opening[0]] = "mark"
            if subject >= 0:
                above[subject], kinds[subject], above[opening[0]] = word, "nsubj", word
    return above, kinds


def _behind_conjunction(
    noun: int, verb: int, upos: Sequence[str], below: list[list[int]], relations: Sequence[str]
) -> int:
    """The noun that a conjunction opens before a verb without a subject, hung from the noun before both; or -1."""
    if any("subj" in relations[one] for one in below[verb]):
        return -1
    between = (one for one in below[noun] if noun < one < verb and upos[one] in ("NOUN", "PROPN", "PRON"))
    found = [one for one in between if any(upos[mark] == "SCONJ" and mark < one for mark in below[one])]
    return found[-1] if found else -1


def without_insertion(
    upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads and relations, with a verb set between a subject and its verb hung from the latter.

    > La grève, a annoncé la direction, est terminée.      annoncé ─parataxis:insert─► terminée
    > L'usine rouvrira, assure le ministre.                assure ─parataxis:insert─► rouvrira
    > Le pont est fermé, a-t-on appris hier.               appris ─parataxis:insert─► fermé
    """
    below, above, kinds = _below(heads), list(heads), list(relations)
    for verb, relation in enumerate(relations):
        if upos[verb] != "VERB" or not is_finite(verb, below[verb], features, relations):
            continue
        objects = [one for one in below[verb] if relations[one] == "obj" and one > verb]
        if not _is_set_off(verb, upos, below, relations):
            continue
        if relation == "root" and objects:
            _turn(verb, objects[-1], upos, below, above, kinds)
        elif relation == "parataxis" and len(objects) == 1:
            _give_back(verb, objects[0], upos, below, above, kinds)
        elif (
            relation == "advcl"
            and objects
            and not any(relations[one] in ("mark", "nsubj") for one in below[verb])
        ) or (relation in BESIDE and _is_turned(verb, below[verb], upos, relations)):
            kinds[verb] = INSERTED
        if kinds[verb] == INSERTED:
            _place(below[verb], verb, upos, below, kinds)
    return above, kinds


def _is_turned(verb: int, children: Sequence[int], upos: Sequence[str], relations: Sequence[str]) -> bool:
    """« a-t-on appris », « dit-il »: the pronoun stands right behind what is finite, and nothing before that."""
    first = _first(verb, children, relations)
    after = [one for one in children if relations[one].startswith("nsubj") and one == first + 1]
    return (
        bool(after)
        and upos[after[0]] == "PRON"
        and not any(one < first and upos[one] != "PUNCT" for one in children)
    )


def _place(
    children: Sequence[int], verb: int, upos: Sequence[str], below: list[list[int]], kinds: list[str]
) -> None:
    """« a annoncé mardi la direction »: of two nouns behind an inserted verb, the bare one tells when.

    « a précisé à la presse le préfet »: where there is none, a noun with an article and no preposition is who says it.
    """
    nouns = [one for one in children if one > verb and kinds[one] in ("obj", "nsubj")]
    for one in nouns:
        if len(nouns) > 1 and upos[one] == "NOUN" and not _determined(below[one], kinds):
            kinds[one] = "obl:mod"
    if not nouns and not any(kinds[one].startswith("nsubj") for one in children):
        for one in children:
            plain = kinds[one] == "obl:mod" and one > verb and upos[one] in ("NOUN", "PROPN")
            if plain and _determined(below[one], kinds) and not any(kinds[c] == "case" for c in below[one]):
                kinds[one] = "nsubj"


def _turn(
    verb: int, speaker: int, upos: Sequence[str], below: list[list[int]], above: list[int], kinds: list[str]
) -> None:
    """Make the verb behind an insertion the root, where the subject before it is cut off by one comma."""
    subjects = [one for one in below[verb] if kinds[one].startswith("nsubj") and one < verb]
    own = [
        one
        for one in below[verb]
        if one > speaker
        and kinds[one] in LOOSE
        and _is_set_off(one, upos, below, kinds)
        and not any(kinds[other] == "cc" for other in below[one])
        and not any(kinds[other].startswith("nsubj") and other < one for other in below[one])
    ]
    if len(subjects) != 1 or not own:
        return
    subject, main = subjects[0], own[0]
    commas = [one for one in range(subject, _first(verb, below[verb], kinds)) if upos[one] == "PUNCT"]
    if len(commas) != 1:
        return
    passive = any(kinds[one] == "aux:pass" for one in below[main])
    for one in below[main]:
        if kinds[one].startswith("nsubj"):
            kinds[one] = "obj"
    above[main], kinds[main] = -1, "root"
    above[subject], kinds[subject] = main, "nsubj:pass" if passive else "nsubj"
    above[verb], kinds[verb] = main, INSERTED
    kinds[speaker] = "nsubj"
    for one in below[verb]:
        if one not in (subject, main) and (one < commas[0] or one > main):
            above[one] = main


def _give_back(
    verb: int, speaker: int, upos: Sequence[str], below: list[list[int]], above: list[int], kinds: list[str]
) -> None:
    """Give the verb before an insertion the object that one comma cuts off from the inserted verb.

    > Les firmes échangeaient, depuis mai, des données, précise le gendarme.      données ─obj─► échangeaient
    """
    main = above[verb]
    things = [one for one in below[verb] if kinds[one] == "nsubj" and main < one < verb]
    if len(things) != 1 or any(kinds[one] == "obj" for one in below[main]):
        return
    commas = [one for one in range(things[0], _first(verb, below[verb], kinds)) if upos[one] == "PUNCT"]
    if len(commas) == 1 and upos[main] == "VERB":
        above[things[0]], kinds[things[0]] = main, "obj"
        kinds[speaker], kinds[verb] = "nsubj", INSERTED


def _below(heads: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head >= 0:
            found[head].append(word)
    return found


def _determined(children: Sequence[int], relations: Sequence[str]) -> bool:
    return any(relations[one] in ("det", "nummod") for one in children)


def _is_set_off(verb: int, upos: Sequence[str], below: list[list[int]], relations: Sequence[str]) -> bool:
    first = _first(verb, below[verb], relations)
    return first > 0 and upos[first - 1] == "PUNCT"


def _first(verb: int, children: Sequence[int], relations: Sequence[str]) -> int:
    """The verb, or the first of its auxiliaries and clitics."""
    leading = ("aux", "cop", "expl", "iobj")
    return min([verb, *(one for one in children if one < verb and relations[one].startswith(leading))])
