"""What grammar knows better than the network: subjects behind their verb, and who « il » is.

News puts them there often (« …, a déclaré Anne Martin », « comme l'annonce Airbus », « que jouera l'IA »),
treebanks seldom, so the network calls them objects. A verb has one object; where that place is taken, by a word before
the verb or by the quotation itself, what stands behind a finite verb without a subject is its subject.

« Il faut » has no one for a subject, « il affirme » has; the network, which saw more of the former, mixes them up. Verbs
that the treebanks never use like « falloir » keep their subject.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = [
    "INSERTED",
    "adverbial",
    "alone",
    "bracketed",
    "is_finite",
    "joined",
    "led",
    "lifted",
    "mended",
    "personal",
    "quoted",
]

INSERTED = "parataxis:insert"
OPENING, CLOSING = "«“", "»”"
VERBS = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
NAMING = frozenset({"NOUN", "PROPN", "X"})

# What makes a coordinated verb a clause of its own kind.
OWN = frozenset({"mark", "nsubj", "nsubj:pass", "cop"})


def lifted(
    upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> list[int]:
    """The heads, with nothing below an auxiliary, and no finite verb coordinated to the infinitive or participle of another.

    A name is hung from the noun that it names, not from a bare noun that only tells of which kind that is.

    > La mairie a fait savoir que le pont rouvrira.      mairie ─nsubj─► savoir, and not: fait
    > Le constructeur automobile Vexa recrute.           Vexa ─nmod─► constructeur, and not: automobile
    > Elle s'est dite surprise et recevra le maire.      recevra ─conj─► dite, and not: surprise
    > Elle promet que le pont rouvrira et annonce un bac.      annonce ─conj─► promet, as it tells of now
    > Elle s'est dite prête, mais elle a refusé.         refusé ─conj─► dite, and not: prête
    """
    found = list(heads)
    finite = [part in VERBS and "VerbForm=Fin" in mark for part, mark in zip(upos, features, strict=True)]
    borne = {heads[word] for word, shown in enumerate(finite) if shown and relations[word].startswith("aux")}
    for word in range(len(heads)):
        # « Il a un temps hésité »: what looks like an object there is none of the verb behind.
        while found[word] >= 0 and relations[found[word]].startswith("aux") and relations[word] != "obj":
            found[word] = heads[found[word]]
        above = found[word]
        if relations[word] == "conj" and (finite[word] or word in borne) and relations[above] == "xcomp":
            own = any(heads[one] == word and relations[one] == "mark" for one in range(len(heads)))
            if not own and not finite[above] and above not in borne and upos[above] in ("VERB", "ADJ"):
                found[word] = found[above]
        elif relations[word] == "conj" and upos[word] == "VERB" and upos[above] in ("NOUN", "ADJ"):
            found[word] = _done_too(word, upos, features, found, relations)
        elif (
            relations[word] == "conj"
            and relations[above] == "ccomp"
            and above < word
            and heads[above] < above
        ):
            times = [_time(one, upos, features, heads, relations) for one in (word, above, heads[above])]
            own = any(head == word and relations[one] in OWN for one, head in enumerate(heads))
            if not own and times[0] == times[2] != times[1] and "" not in times:
                found[word] = heads[above]
        elif upos[word] == "PROPN" and 1 < word == above + 1 == heads[above] + 2:
            kind = upos[above] == "NOUN" and relations[above] == "nmod" == relations[word]
            if kind and upos[above - 1] == "NOUN":
                found[word] = above - 1
    return found


def _time(
    verb: int,
    upos: Sequence[str],
    features: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[str],
) -> str:
    """What the finite form of a verb shows of when it is, and whether that is its auxiliary's."""
    if "VerbForm=Fin" in features[verb]:
        bearer, perfect = verb, ""
    else:
        below = (one for one, head in enumerate(heads) if head == verb and relations[one] == "aux:tense")
        bearer, perfect = next(below, -1), "perfect"
    marks = features[bearer].split("|") if bearer >= 0 and upos[verb] == "VERB" else []
    shown = [mark for mark in marks if mark.startswith(("Mood", "Tense"))]
    return " ".join([*shown, perfect]) if shown else ""


def _done_too(
    word: int, upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> int:
    """« sont accusés de violences et suspendus »: the participle before that a participle goes with, where it agrees with no noun."""
    above = heads[word]
    noun = heads[above] if upos[above] == "ADJ" and relations[above] == "amod" else above
    verb = heads[noun] if relations[noun].startswith("obl") else -1
    if verb < 0 or "VerbForm=Part" not in features[word] or "Tense=Past" not in features[word]:
        return above
    passive = any(heads[one] == verb and relations[one] == "aux:pass" for one in range(len(heads)))
    fits = _agree(features[word], features[verb]) and not _agree(features[word], features[noun])
    return verb if passive and fits else above


def _agree(one: str, other: str) -> bool:
    """Whether two words show the same gender and number, as far as both show them."""
    ours, theirs = (
        dict(mark.split("=") for mark in marks.split("|") if "=" in mark) for marks in (one, other)
    )
    shared = [name for name in ("Gender", "Number") if name in ours and name in theirs]
    return all(ours[name] == theirs[name] for name in shared)


def quoted(
    forms: Sequence[str], upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> list[int]:
    """The heads, with verbs coordinated inside a quotation hung from its first verb, not from one before it.

    > Le maire dit que la ville « vend le pont et achète le port ».      achète ─conj─► vend
    """
    found, opened = list(heads), -1
    for word, form in enumerate(forms):
        if form in OPENING:
            opened = word
        elif form in CLOSING:
            opened = -1
        if opened < 0 or relations[word] != "conj" or upos[word] not in ("VERB", "AUX"):
            continue
        if 0 <= found[word] < opened:
            inside = (item for item in range(opened + 1, word) if upos[item] == "VERB")
            first = next((item for item in inside if found[word] in _above(item, found)), word)
            if word not in _above(first, found):
                found[word] = first
    return found


def bracketed(
    forms: Sequence[str], upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads and relations, with what stands in parentheses behind a name hung from that, and nothing hung from inside.

    > Anne Roux (PS, Brest) et Paul Roy (LR).      PS ─appos─► Anne, Brest ─appos─► Anne, Paul ─conj─► Anne
    """
    hung, found = list(heads), list(relations)
    for opening in [place for place, form in enumerate(forms) if form == "(" and place]:
        closing = next((place for place in range(opening, len(forms)) if forms[place] == ")"), opening)
        inside = range(opening + 1, closing)
        name = opening - 1
        while found[name].startswith("flat") and hung[name] >= 0:
            name = hung[name]
        if upos[opening - 1] != "PROPN" or not inside or any(upos[one] in VERBS for one in inside):
            continue
        if any(one in inside for one in _above(name, hung)):
            continue
        for word, head in enumerate(hung):
            if word in inside and upos[word] in NAMING and head not in inside:
                hung[word], found[word] = name, "appos"
            elif head in inside and not opening <= word <= closing and word not in _above(name, hung):
                hung[word] = name
    return hung, found


def joined(
    upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads and relations, with a noun coordinated to a verb turned into the subject of the next, which has none.

    > Un accord manque et aucun des partis ne cède.      aucun ─nsubj─► cède
    """
    hung, found = list(heads), list(relations)
    for verb, first in enumerate(heads):
        if relations[verb] != "conj" or upos[verb] != "VERB" or upos[first] != "VERB" or verb < first:
            continue
        below = [one for one, head in enumerate(heads) if head == verb]
        joint = next((one for one in below if relations[one] == "cc"), verb)
        nouns = [
            one
            for one in range(joint + 1, verb)
            if heads[one] == first and relations[one] == "conj" and upos[one] in NOMINAL
        ]
        if len(nouns) != 1 or any("subj" in relations[one] for one in below):
            continue
        if is_finite(verb, below, features, relations) and "PUNCT" not in upos[joint:verb]:
            passive = any(relations[one] == "aux:pass" for one in below)
            hung[nouns[0]], found[nouns[0]] = verb, "nsubj:pass" if passive else "nsubj"
    return hung, found


def led(upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> tuple[list[int], list[str]]:
    """Heads and relations, with nothing hung from a preposition but the words that it is made of.

    > La gare a fermé à cause de la grève.      grève ─obl:mod─► fermé, à ─case─► grève, and not: grève ─► à
    > La gare est fermée à cause d'une fuite.   fuite ─nmod─► cause, where that hangs from the verb
    """
    hung, found = list(heads), list(relations)
    for word, head in enumerate(heads):
        if head < 0 or head > word or upos[head] != "ADP" or upos[word] not in NAMING:
            continue
        above = heads[head]
        if above < 0 or relations[word] == "fixed":
            continue
        if relations[head] == "advmod" and above < head:
            hung[word], found[word] = above, "obl:mod"
            hung[head], found[head] = word, "case"
        elif relations[head] == "case" and above < word:
            hung[word], found[word] = above, "nmod"
    return hung, found


def alone(
    upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> tuple[list[int], list[str]]:
    """The heads and relations, with an adjective that stands for a noun before a finite verb turned into its subject.

    > Cette dernière annonce une grève.      dernière ─nsubj─► annonce
    """
    hung, found = list(heads), list(relations)
    for word in range(1, len(heads) - 1):
        verb = heads[word]
        if relations[word] != "amod" or upos[word] != "ADJ" or verb != word + 1 or upos[verb] != "VERB":
            continue
        before = word - 1
        if upos[before] != "DET" or hung[before] not in (word, verb) or "VerbForm=Fin" not in features[verb]:
            continue
        if not any(heads[other] == verb and "subj" in relations[other] for other in range(len(heads))):
            hung[before], found[word] = word, "nsubj"
    return hung, found


def adverbial(
    upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> tuple[list[int], list[str]]:
    """The heads and relations, with a noun behind an adverb, led by nothing else, hung from the verb and not from its object.

    > Le maire a ouvert la séance hier soir.      soir ─obl:mod─► ouvert
    """
    hung, found = list(heads), list(relations)
    for word in range(2, len(heads)):
        thing = heads[word]
        if relations[word] != "nmod" or upos[word] not in ("NOUN", "ADJ") or not 0 <= thing < word - 1:
            continue
        verb = heads[thing]
        if relations[thing] != "obj" or relations[word - 1] != "advmod" or upos[word - 1] != "ADV":
            continue
        if heads[word - 1] in (word, verb) and all(
            relations[other] not in ("case", "det") for other in range(word) if heads[other] == word
        ):
            hung[word], found[word] = verb, "obl:mod"
    return hung, found


def _above(word: int, heads: Sequence[int]) -> list[int]:
    """The word and those that it hangs from, nearest first."""
    chain = [word]
    while heads[chain[-1]] >= 0 and len(chain) <= len(heads):
        chain.append(heads[chain[-1]])
    return chain


def mended(
    upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> list[str]:
    """The relations, with such objects turned into subjects; all arguments have an entry for each word.

    > « Nous refusons », a déclaré Anne Martin.      Anne ─nsubj─► déclaré
    > Si le pont cède, la ville paiera.              cède ─advcl─► paiera, and no conj: that follows its head
    """
    below: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head >= 0:
            below[head].append(word)
    found = list(relations)
    for verb, children in enumerate(below):
        if (
            relations[verb] == "conj"
            and verb < heads[verb]
            and any(relations[one] == "mark" for one in children)
        ):
            found[verb] = "advcl"
        for child in children:
            if relations[child] == "aux:pass" and child + 1 in children and upos[child + 1] == "SCONJ":
                found[child] = "cop"  # « le risque était que le pont s'effondre »
        if upos[verb] != "VERB" or any("subj" in relations[child] for child in children):
            continue
        objects = [child for child in children if relations[child] == "obj" and child > verb]
        if (
            len(objects) == 1
            and is_finite(verb, children, features, relations)
            and _full(verb, children, upos, relations)
        ):
            passive = any(relations[child] == "aux:pass" for child in children)
            found[objects[0]] = "nsubj:pass" if passive else "nsubj"
    return found


def personal(
    lemmas: Sequence[str], heads: Sequence[int], relations: Sequence[str], verbs: Collection[str]
) -> list[str]:
    """The relations, with impersonal subjects of verbs that have their own turned into these; `verbs` are lemmas.

    > Il affirme que tout va bien.      Il ─nsubj─► affirme
    """
    taken = {(head, relation) for head, relation in zip(heads, relations, strict=True)}
    found = list(relations)
    for word, (head, relation) in enumerate(zip(heads, relations, strict=True)):
        if relation != "expl:subj" or head < 0 or lemmas[head] not in verbs:
            continue
        if not taken & {(head, other) for other in ("nsubj", "nsubj:pass", "csubj", "aux:pass", "expl:pass")}:
            found[word] = "nsubj"
    return found


def is_finite(verb: int, children: Sequence[int], features: Sequence[str], relations: Sequence[str]) -> bool:
    """Whether the verb or its auxiliary is finite and orders nothing (« voir plus bas », « notons-le »)."""
    tense = [child for child in children if relations[child].startswith("aux")]
    marks = [features[word] for word in (verb, *tense)]
    return any("VerbForm=Fin" in mark for mark in marks) and not any("Mood=Imp" in mark for mark in marks)


def _fronted(verb: int, children: Sequence[int], upos: Sequence[str], relations: Sequence[str]) -> bool:
    """« Dans ce quartier vivent dix familles »: whether all that stands before is a place or time, up to the verb itself."""
    before = [child for child in children if child < verb and upos[child] not in ("PUNCT", "CCONJ")]
    placed = bool(before) and all(relations[child].startswith("obl") for child in before)
    return placed and relations[verb] == "root" and "PUNCT" not in upos[before[-1] : verb]


def _full(verb: int, children: Sequence[int], upos: Sequence[str], relations: Sequence[str]) -> bool:
    """Whether the place of the object is taken: inserted in a quotation, or by something before the verb."""
    if relations[verb] == INSERTED or _fronted(verb, children, upos, relations):
        return True
    return any(child < verb and relations[child] in {"obj", "ccomp"} for child in children)
