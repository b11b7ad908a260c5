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
    > Un pont sur deux fermera, a dit hier la ville.       dit ─parataxis:insert─► fermera, and no fermera ─acl─► pont
    > Il viendra, a déclaré lundi Anne Martin.             Anne ─nsubj─► déclaré, lundi ─obl:mod─► déclaré
    """
    below, above, kinds = _below(heads), list(heads), list(relations)
    for verb, relation in enumerate(relations):
        if upos[verb] != "VERB" or not is_finite(verb, below[verb], features, relations):
            continue
        _date(verb, upos, below, above, kinds)
        if relation in ("acl", "nmod") and above[heads[verb]] >= 0:
            _free(verb, upos, below, above, kinds)
            continue
        if relation == INSERTED:
            _give_subject(verb, below, above, kinds)
        objects = [one for one in below[verb] if relations[one] == "obj" and one > verb]
        if not _is_set_off(verb, upos, below, relations):
            continue
        turned = _turned(verb, below[verb], upos, kinds)
        if relation == "root" and (objects or turned):
            _turn(verb, (turned or objects)[-1], upos, below, above, kinds)
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


def _turned(verb: int, children: Sequence[int], upos: Sequence[str], kinds: Sequence[str]) -> list[int]:
    """« a-t-il ajouté »: the pronoun that stands between the auxiliary and the verb, its subject."""
    first = _first(verb, children, kinds)
    return [one for one in children if first < one < verb and upos[one] == "PRON" and "subj" in kinds[one]]


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


def _date(verb: int, upos: Sequence[str], below: list[list[int]], above: list[int], kinds: list[str]) -> None:
    """« a déclaré lundi Anne Martin »: the bare noun right behind the verb is no title of the name, which is the subject."""
    noun = verb + 1
    if noun not in below[verb] or upos[noun] != "NOUN" or kinds[noun] not in ("nsubj", "obj"):
        return
    turned = _turned(verb, below[verb], upos, kinds)
    if turned and not below[noun]:
        kinds[turned[0]], kinds[noun] = "nsubj", "obl:mod"  # « a-t-il ajouté lundi »
    name = noun + 1 if upos[noun + 1] == "PROPN" else noun + 2
    if name not in below[noun] or upos[name] not in ("PROPN", "NOUN") or _determined(below[noun], kinds):
        return
    if name > noun + 1 and not (noun + 1 in below[name] and _determined([noun + 1], kinds)):
        return
    led = any(kinds[one] == "case" for one in (*below[noun], *below[name]))
    if not led and not any(kinds[one].startswith("nsubj") and one != noun for one in below[verb]):
        kinds[noun] = "obl:mod"
        above[name], kinds[name] = verb, "nsubj"
        for one in below[noun]:
            if one > name:
                above[one] = name


def _free(verb: int, upos: Sequence[str], below: list[list[int]], above: list[int], kinds: list[str]) -> None:
    """Make a finite verb that hangs in its own subject the sentence's own, and the verb of speech behind it an insertion."""
    subject = above[verb]
    speech = above[subject]
    if above[speech] >= 0 or not kinds[subject].startswith("nsubj") or not subject < verb < speech:
        return
    speakers = [one for one in below[speech] if one > speech and kinds[one] in ("obj", "nsubj")]
    leading = any(upos[one] in ("SCONJ", "PRON") and one < verb for one in below[verb])
    first = _first(speech, below[speech], kinds)
    commas = [one for one in range(verb, first) if upos[one] == "PUNCT"]
    if leading or not speakers or commas != [first - 1]:
        return
    passive = any(kinds[one] == "aux:pass" for one in below[verb])
    above[verb], kinds[verb] = -1, "root"
    above[subject], kinds[subject] = verb, "nsubj:pass" if passive else "nsubj"
    above[speech], kinds[speech] = verb, INSERTED
    for one in speakers[:-1]:
        kinds[one] = "obl:mod"
    kinds[speakers[-1]] = "nsubj"
    for one in below[speech]:
        if one < commas[0] and one != subject:
            above[one] = verb


def _give_subject(verb: int, below: list[list[int]], above: list[int], kinds: list[str]) -> None:
    """Give the verb before an insertion the subject that the inserted verb has besides its own behind it."""
    main = above[verb]
    before = [one for one in below[verb] if kinds[one].startswith("nsubj") and one < main]
    behind = [one for one in below[verb] if kinds[one].startswith("nsubj") and one > verb]
    if before and behind and main < verb and not any("subj" in kinds[one] for one in below[main]):
        passive = any(kinds[one] == "aux:pass" for one in below[main])
        above[before[0]], kinds[before[0]] = main, "nsubj:pass" if passive else "nsubj"


def _turn(
    verb: int, speaker: int, upos: Sequence[str], below: list[list[int]], above: list[int], kinds: list[str]
) -> None:
    """Make the verb behind an insertion the root, where the subject before it is cut off by one comma."""
    subjects = [
        one for one in below[verb] if kinds[one].startswith("nsubj") and one < verb and one != speaker
    ]
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
