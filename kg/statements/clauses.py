"""Clauses: what is predicated of whom, read from a dependency tree before any word is interpreted.

A clause has a head (a verb, or the predicate beside a copula), subjects, objects, and obliques with their markers.
Subjects that the text leaves out are found where French grammar puts them: at the antecedent of a relative,
at the first of coordinated verbs, at the noun that a participle modifies, at the verb that controls an infinitive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.frames import Frame, Frames

__all__ = ["Argument", "Clause", "Oblique", "clauses_of", "marker_of"]

PREDICATES = ("root", "conj", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "dep", "appos", "obl", "nmod", "dislocated")


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant: its head word, and how it was found ("own", "relative", "shared", "control", "modified")."""

    token: Token
    how: str = "own"


@dataclass(frozen=True, slots=True)
class Oblique:
    """A participant behind a preposition; `argument` is whether the parser holds it to be part of the verb's sense."""

    marker: str
    token: Token
    argument: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One predication. `kind` is verb or copula; `verb` is the word that bears tense (the copula, or the head).

    `host` is the head of the clause that a verb of speech is set into, with its subject behind it.
    """

    tree: Tree
    head: Token
    verb: Token
    kind: str
    lemma: str
    frame: Frame | None
    passive: bool
    subjects: tuple[Argument, ...] = ()
    objects: tuple[Argument, ...] = ()
    agents: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    content: Token | None = None
    content_marker: str = ""
    consumed: tuple[int, ...] = ()
    host: Token | None = None


def marker_of(tree: Tree, token: Token, frames: Frames, *relations: str) -> str:
    """The preposition or conjunction before a word, as the lexicon writes it; empty where there is none."""
    words: list[Token] = []
    for child in tree.children(token, *(relations or ("case", "mark"))):
        if child.index < token.index:
            words += [child, *tree.exactly(child, "fixed")]
    return frames.canonical(" ".join(word.text for word in sorted(words, key=lambda item: item.index)))


def clauses_of(tree: Tree, frames: Frames) -> list[Clause]:
    """The clauses of a sentence in text order, with the subjects that French leaves unsaid."""
    own = [_clause(tree, token, frames) for token in tree.tokens if _is_predicate(tree, token)]
    by_head = {clause.head.index: clause for clause in own}
    for index in sorted(by_head, key=lambda i: (_depth(tree, by_head[i].head), i)):
        clause = by_head[index] = _echoing(_inverted(by_head[index], frames), by_head, frames)
        if not clause.subjects and clause.passive and clause.objects:
            # « Il a été décidé une baisse »: what looks like the object of an impersonal passive is its patient.
            by_head[index] = replace(clause, subjects=clause.objects, objects=())
        elif not clause.subjects:
            found = tuple(_unsaid_subjects(clause, by_head, frames)) or tuple(_left_over(clause, by_head, frames))
            by_head[index] = replace(clause, subjects=found)
        by_head[index] = _with_shared_objects(_turned(by_head[index], by_head), by_head)
    return [by_head[clause.head.index] for clause in own]


def _depth(tree: Tree, token: Token) -> int:
    return sum(1 for _ in tree.ancestors(token))


def _is_predicate(tree: Tree, token: Token) -> bool:
    if token.deprel.split(":")[0] in ("aux", "cop", "fixed", "flat", "det", "case", "mark", "punct", "cc"):
        return False
    if tree.child(token, "cop"):
        return True
    if token.upos not in ("VERB", "AUX"):
        return False
    # A participle before or after its noun, tagged as a verb but hung as an adjective, is no clause of its own.
    return token.deprel.split(":")[0] in PREDICATES and token.deprel != "amod"


def _clause(tree: Tree, head: Token, frames: Frames) -> Clause:
    copula = tree.child(head, "cop")
    passive = bool(tree.exactly(head, "aux:pass", "nsubj:pass")) or (
        head.feature("Voice") == "Pass" and not tree.exactly(head, "aux:tense")
    )
    if not copula and not passive and _is_bare_participle(tree, head):
        passive = not tree.child(head, "obj")
    lemma, consumed = _lemma(tree, head, frames) if not copula else (copula.lemma, ())
    content = next(
        (
            child
            for child in tree.children(head, "xcomp", "ccomp", "csubj" if _impersonal(tree, head, frames) else "ccomp")
            if child.upos in ("VERB", "AUX") or tree.child(child, "cop", "aux")
        ),
        None,
    )
    obliques = tuple(_obliques(tree, head, frames, consumed))
    frame = _frame(tree, head, lemma, content, obliques, frames) if not copula else frames.frame_of(lemma)
    return Clause(
        tree=tree,
        head=head,
        verb=copula or head,
        kind="copula" if copula else "verb",
        lemma=lemma,
        frame=frame,
        passive=passive,
        subjects=tuple(_own_subjects(tree, head, frames)),
        objects=tuple(
            Argument(_antecedent(tree, item, frames))
            for child in (*tree.exactly(head, "obj"), *_misplaced(tree, head))
            if child.index not in consumed
            for item in tree.conjuncts(child)
        ),
        agents=tuple(Argument(item) for child in tree.exactly(head, "obl:agent") for item in tree.conjuncts(child)),
        recipients=tuple(Argument(_antecedent(tree, child, frames)) for child in tree.exactly(head, "iobj")),
        obliques=obliques,
        content=content,
        content_marker=marker_of(tree, content, frames, "mark", "case") if content else "",
        consumed=consumed,
    )


def _frame(
    tree: Tree, head: Token, lemma: str, content: Token | None, obliques: tuple[Oblique, ...], frames: Frames
) -> Frame | None:
    """The sense of the verb among these complements; a pronominal verb without one has that of the plain verb."""
    governs = ""
    if content is not None:
        governs = "infinitive" if content.feature("VerbForm") == "Inf" or content.deprel == "xcomp" else "clause"
    attribute = any(item.upos in ("ADJ", "NOUN") for item in tree.children(head, "xcomp"))
    markers = frozenset(item.marker for item in obliques)
    return next(
        filter(None, (frames.frame_of(word, governs=governs, attribute=attribute, markers=markers) for word in (lemma, head.lemma))),
        None,
    )


def _is_bare_participle(tree: Tree, head: Token) -> bool:
    return (
        head.feature("VerbForm") == "Part"
        and head.feature("Tense") == "Past"
        and head.deprel.split(":")[0] in ("acl", "advcl", "appos", "dep", "root", "conj", "amod")
        and not tree.child(head, "aux")
    )


def _lemma(tree: Tree, head: Token, frames: Frames) -> tuple[str, tuple[int, ...]]:
    """The lemma with its reflexive, or the longest light-verb expression that the lexicon knows."""
    reflexive = any(child.deprel in ("expl:pv", "expl:comp", "expl:pass") or child.feature("Reflex") == "Yes"
                    for child in tree.children(head, "expl", "obj", "iobj"))
    base = head.lemma
    if reflexive and " " not in base and "'" not in base:
        base = _pronominal(base, frames)
    clitics = tuple(child.index for child in tree.children(head, "obj", "iobj") if child.feature("Reflex") == "Yes")
    for child in tree.children(head, "obj", "obl", "xcomp", "advmod"):
        if child.upos not in ("NOUN", "ADJ", "VERB", "ADV", "PRON"):
            continue
        marker = marker_of(tree, child, frames, "case")
        determiner = next((item.text for item in tree.children(child, "det")), "")
        for stem in (base, head.lemma):
            for word in (child.lemma, child.text.lower()):
                for bare in (f"{stem} {marker} {word}", f"{stem} {marker} {determiner} {word}"):
                    known = frames.expressions.get(frames.canonical(bare))
                    if known:
                        # « prendre le pouvoir » still has its object; « prendre fin » has none.
                        spent = () if determiner and child.deprel == "obj" else (child.index,)
                        return known, (*clitics, *spent)
    return base, clitics


def _pronominal(lemma: str, frames: Frames) -> str:
    """The infinitive of a pronominal verb, its pronoun elided before a vowel or a mute h."""
    full, elided = list(frames.functions["reflexive"])[:2]
    forms = (f"{full} {lemma}", f"{elided}{lemma}")
    known = next((form for form in forms if form in frames.verbs), "")
    return known or forms[normalize("NFD", lemma)[:1] in tuple("aeiouh")]


def _impersonal(tree: Tree, head: Token, frames: Frames) -> bool:
    return any(child.deprel.startswith("expl:subj") for child in tree.children(head, "expl"))


def _own_subjects(tree: Tree, head: Token, frames: Frames) -> Iterator[Argument]:
    found = [item for item in tree.exactly(head, "nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer") if item not in _misplaced(tree, head)]
    for child in found:
        antecedent = _antecedent(tree, child, frames)
        how = "own" if antecedent.index == child.index else "relative"
        for item in tree.conjuncts(antecedent):
            if item.upos not in ("VERB",) or how == "own":
                yield Argument(item, how)


def _misplaced(tree: Tree, head: Token) -> list[Token]:
    """A second subject, behind an active verb that has one before it and no object, is the object."""
    found = tree.exactly(head, "nsubj")
    before = [item for item in found if item.index < head.index]
    after = [item for item in found if item.index > head.index and item.upos in ("NOUN", "PROPN")]
    return after if before and after and not tree.child(head, "obj") else []


def _antecedent(tree: Tree, token: Token, frames: Frames) -> Token:
    """The noun that a relative pronoun stands for: the one its clause modifies."""
    if token.feature("PronType") != "Rel" and not (token.upos == "PRON" and frames.is_a(frames.canonical(token.text), "relative")):
        return token
    for above in (token, *tree.ancestors(token)):
        if above.deprel == "acl:relcl" or above.deprel == "acl":
            return tree.tokens[above.head] if above.head >= 0 else token
    return token


def _obliques(tree: Tree, head: Token, frames: Frames, consumed: tuple[int, ...]) -> Iterator[Oblique]:
    for child in tree.children(head, "obl", "nmod", "advmod", "dislocated"):
        base = child.deprel.split(":")[0]
        if child.index in consumed or child.deprel == "obl:agent":
            continue
        if base == "advmod" and child.upos not in ("NOUN", "PROPN", "PRON"):
            continue
        marker = marker_of(tree, child, frames, "case", "mark")
        marker, child = _through_locution(tree, child, marker, frames)
        for item in tree.conjuncts(child):
            yield Oblique(marker_of(tree, item, frames, "case") if item is not child and tree.child(item, "case") else marker,
                          _antecedent(tree, item, frames), child.deprel == "obl:arg")


def _through_locution(tree: Tree, child: Token, marker: str, frames: Frames) -> tuple[str, Token]:
    """« au cours de la réunion »: the noun of a prepositional locution is part of the preposition."""
    for inner in tree.children(child, "nmod", "obl"):
        locution = f"{marker} {child.text.lower()} {marker_of(tree, inner, frames, 'case')}".strip()
        if locution in frames.defaults or locution in frames.attribution:
            return locution, inner
    return marker, child


def _inverted(clause: Clause, frames: Frames) -> Clause:
    """« la crise que traverse le pays », « là se trouvent deux tours »: the subject stands behind the verb."""
    tree, head = clause.tree, clause.head
    if clause.kind != "verb" or clause.passive or not _is_finite(clause):
        return clause
    relatives = [item for item in tree.exactly(head, "nsubj", "obj") if frames.is_a(frames.canonical(item.text), "only")]
    behind = [item for item in tree.exactly(head, "nsubj", "obj") if item.index > head.index and item.upos in ("NOUN", "PROPN")]
    before = [item for item in tree.exactly(head, "nsubj") if item.index < head.index and item not in relatives]
    if before or not behind:
        return clause
    subjects = tuple(Argument(item) for item in tree.conjuncts(behind[-1]))
    if relatives and head.deprel.startswith("acl"):
        antecedents = tuple(Argument(_antecedent(tree, item, frames), "relative") for item in relatives[:1])
        return replace(clause, subjects=subjects, objects=antecedents)
    pronominal = bool(tree.children(head, "expl")) and not tree.exactly(head, "expl:subj", "nsubj")
    return replace(clause, subjects=subjects, objects=()) if pronominal else clause


def _echoing(clause: Clause, by_head: dict[int, Clause], frames: Frames) -> Clause:
    """« comme le note la Cour »: the pronoun stands for the clause beside it."""
    tree, head = clause.tree, clause.head
    above = tree.head(head)
    pronouns = [item for item in tree.exactly(head, "obj") if item.upos == "PRON" and item.index < head.index]
    marker = marker_of(tree, head, frames, "mark", "advmod", "case")
    if head.deprel != "advcl" or above is None or above.index not in by_head or marker not in frames.echoes:
        return clause
    if len(clause.objects) > len(pronouns) or (not pronouns and (clause.frame is None or not clause.frame.stance)):
        return clause
    return replace(clause, objects=(), host=above)


def _is_finite(clause: Clause) -> bool:
    bearers = (clause.head, clause.verb, *clause.tree.children(clause.head, "aux"))
    return any(token.feature("VerbForm") == "Fin" for token in bearers)


def _left_over(clause: Clause, by_head: dict[int, Clause], frames: Frames) -> Iterator[Argument]:
    """The subject that a finite verb must have where the tree gives it none.

    A pronoun hung as empty belongs to a verb that is not impersonal; else the nearest bare noun before the verb
    that no other clause has. An infinitive hung from a noun has the subject of the clause around it.
    """
    tree, head = clause.tree, clause.head
    if clause.head.lemma in frames.impersonal:
        return
    empty = [item for item in tree.children(head, "expl") if item.deprel == "expl:subj" and item.feature("PronType") != "Dem"]
    if empty and clause.kind == "verb" and not clause.objects and clause.content is None:
        yield Argument(empty[0], "empty")
    elif _is_finite(clause) and not empty:
        taken = {item.token.index for other in by_head.values() for item in (*other.subjects, *other.objects)}
        free = [
            item
            for item in tree.tokens[: head.index]
            if item.upos in ("NOUN", "PROPN") and item.index not in taken and item.deprel.split(":")[0] not in ("flat", "fixed", "nmod", "conj", "appos", "obl")
            and not tree.child(item, "case", "cop") and item.index not in by_head
        ]
        if free:
            yield Argument(free[-1], "nearest")
    elif head.feature("VerbForm") == "Inf" and head.deprel != "root":
        around = next((by_head[item.index] for item in tree.ancestors(head) if item.index in by_head), None)
        if around is not None:
            yield from _as(around.subjects, "around")


def _unsaid_subjects(clause: Clause, by_head: dict[int, Clause], frames: Frames) -> Iterator[Argument]:
    tree, head = clause.tree, clause.head
    above = tree.head(head)
    if above is None:
        return
    relation = head.deprel
    parent = by_head.get(above.index)
    if relation == "conj":
        if parent is None:  # a participle coordinated to an adjective: both modify the same noun
            grand = tree.head(above)
            if above.deprel in ("amod", "acl") and grand is not None:
                yield Argument(grand, "modified")
            return
        yield from _shared(clause, parent)
    elif relation.startswith("acl"):
        if parent is not None and parent.kind == "copula":
            yield from _as(parent.subjects, "control")
        elif head.feature("VerbForm") in ("Part", ""):
            yield Argument(above, "modified")
        elif head.feature("VerbForm") == "Inf":
            yield from _of_noun(tree, above, by_head)
    elif relation == "xcomp" and parent is not None:
        yield from _controller(parent, frames)
    elif relation.startswith(("advcl", "obl", "parataxis", "nmod", "dep", "ccomp")) and parent is not None:
        if head.feature("VerbForm") in ("Inf", "Part", "Ger"):
            yield from _controller(parent, frames, adjunct=True) if clause.passive else _as(parent.subjects, "control")


def _as(arguments: tuple[Argument, ...], how: str) -> Iterator[Argument]:
    for argument in arguments:
        yield Argument(argument.token, how)


def _of_noun(tree: Tree, noun: Token, by_head: dict[int, Clause]) -> Iterator[Argument]:
    """« le droit de partir », « la décision de fermer »: whose right it is, or who takes the decision."""
    owner = next((child for child in tree.children(noun, "det", "nmod") if child.feature("Poss") == "Yes"), None)
    if owner is not None:
        yield Argument(owner, "possessor")
        return
    governor = by_head.get(noun.head)
    if governor is not None and noun.deprel in ("obj", "obl:arg", "obl:mod"):
        addressees = [Argument(item.token) for item in governor.obliques if item.argument and item.token.index != noun.index]
        yield from _as(governor.recipients or tuple(addressees[:1]) or governor.subjects, "control")


def _shared(clause: Clause, parent: Clause) -> Iterator[Argument]:
    """Coordinated verbs share their subject, unless one is passive without saying so."""
    yield from _as(parent.subjects, "shared")


def _controller(parent: Clause, frames: Frames, adjunct: bool = False) -> Iterator[Argument]:
    """Who does what the infinitive says: the verb's object or addressee where its frame says so, else its subject."""
    frame = parent.frame
    wanted = frame.content_subject if frame else ""
    others = [*parent.recipients, *parent.objects]
    addressees = [Argument(item.token) for item in parent.obliques if item.argument and not _is_content(parent, item)]
    invites = frame is None and parent.content is not None and frames.is_a(parent.content_marker, "toward")
    if not adjunct and (wanted == "Object" or (invites and others)):
        candidates = parent.subjects if parent.passive else tuple(others or addressees)
        if candidates:
            yield from _as(candidates, "control")
            return
    if adjunct and not parent.passive and (parent.recipients or addressees):
        yield from _as(parent.recipients or tuple(addressees[:1]), "control")
        return
    yield from _as(parent.subjects, "control")


def _is_content(parent: Clause, oblique: Oblique) -> bool:
    return parent.content is not None and oblique.token.index == parent.content.index


def _turned(clause: Clause, by_head: dict[int, Clause]) -> Clause:
    """« Le pont rouvre, indique la mairie »: behind an inserted verb of speech stands its subject, before it what is said."""
    tree, head = clause.tree, clause.head
    above = tree.head(head)
    inserted = head.deprel.split(":")[0] in ("parataxis", "advcl", "xcomp", "dep", "conj", "ccomp")
    if not inserted or above is None or above.index not in by_head or above.index > head.index:
        return clause
    if clause.frame is None or not clause.frame.stance or clause.passive or clause.content is not None:
        return clause
    finite = any(token.feature("VerbForm") == "Fin" for token in (head, *tree.children(head, "aux")))
    marked = tree.children(head, "mark", "cc") or any(item.index < head.index for item in tree.exactly(head, "nsubj"))
    behind = [item for item in (*tree.exactly(head, "nsubj"), *tree.exactly(head, "obj")) if item.index > head.index]
    if not finite or marked or len(behind) != 1 or behind[0].upos not in ("NOUN", "PROPN", "PRON"):
        return clause
    subjects = tuple(Argument(item) for item in tree.conjuncts(behind[0]))
    return replace(clause, subjects=subjects, objects=(), host=above)


def _with_shared_objects(clause: Clause, by_head: dict[int, Clause]) -> Clause:
    """« acheter et revendre des titres »: the object stands once, with the last verb."""
    if clause.objects or clause.passive or clause.kind != "verb" or clause.content is not None:
        return clause
    followers = [by_head[item.index] for item in clause.tree.exactly(clause.head, "conj") if item.index in by_head]
    for other in followers:
        near = all(t.upos in ("CCONJ", "PUNCT", "ADV", "PRON", "ADP", "VERB", "AUX") for t in clause.tree.tokens[clause.head.index + 1 : other.head.index])
        if near and other.objects and not clause.obliques and clause.frame is not None:
            return replace(clause, objects=tuple(_as(other.objects, "shared")))
    return clause
