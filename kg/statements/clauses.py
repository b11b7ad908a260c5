"""Clauses: what is predicated of whom, read from a dependency tree before any word is interpreted.

A clause has a head (a verb, or the predicate beside a copula), subjects, objects, and obliques with their markers.
What the text leaves out is found by `kg.statements.subjects`.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import (
    Argument,
    Oblique,
    agents_of,
    antecedent_of,
    is_impersonal,
    marker_of,
    misplaced,
    obliques_of,
    own_subjects,
    spare_object,
)
from kg.statements.frames import Frame, Frames

__all__ = ["HOLDING", "Clause", "judged", "own_clauses", "shares_auxiliary"]

PREDICATES = (
    "root",
    "conj",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "parataxis",
    "csubj",
    "dep",
    "appos",
    "obl",
    "nmod",
    "dislocated",
)

# The property of the verbs that say what somebody holds a thing to be.
HOLDING = "considersAs"


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


def judged(tree: Tree, head: Token, lemma: str, frames: Frames) -> list[Token]:
    """« juge le texte inacceptable »: the adjective that ends the name of a known thing says what it is held to be."""
    frame = frames.attributive_verbs.get(lemma)
    if frame is None or frame.property != HOLDING:
        return []
    known = [
        thing
        for thing in tree.exactly(head, "obj")
        if any(
            item.feature("Definite") == "Def" or item.feature("PronType") == "Dem"
            for item in tree.children(thing, "det")
        )
    ]
    return [
        item
        for thing in known
        for item in tree.exactly(thing, "amod")
        if item.index > thing.index and tree.below(tree.subtree(thing)[-1], item)
    ]


def own_clauses(tree: Tree, frames: Frames) -> list[Clause]:
    """The clauses of a sentence in text order, each with what the tree hangs from its own words."""
    return [_clause(tree, token, frames) for token in tree.tokens if _is_predicate(tree, token)]


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
    passive = not frames.is_a(head.lemma, "perfect") and _is_passive(tree, head, bare=copula is None)
    lemma, consumed = _lemma(tree, head, frames) if not copula else (copula.lemma, ())
    exists = not copula and _exists(tree, head, frames)
    if exists:
        lemma = frames.word("exist")
    content = next(
        (
            child
            for child in tree.children(
                head, "xcomp", "ccomp", "csubj" if is_impersonal(tree, head, frames) else "ccomp"
            )
            if child.upos in ("VERB", "AUX") or tree.child(child, "cop", "aux")
        ),
        None,
    )
    if content is None and not copula:
        content = (
            _urged(tree, head, frames.senses.get(lemma, []))
            or _loose(tree, head, lemma, frames)
            or _strayed(tree, head, lemma, frames)
        )
    agents = agents_of(tree, head, lemma, frames, passive=passive)
    spare = spare_object(tree, head, frames)
    objects = tuple(
        Argument(antecedent_of(tree, item, frames))
        for child in (*tree.exactly(head, "obj"), *misplaced(tree, head))
        if child.index not in consumed and child is not spare
        for item in tree.conjuncts(child)
    )
    obliques = tuple(obliques_of(tree, head, frames, {*consumed, *(agent.index for agent in agents)}))
    frame = _frame(tree, head, lemma, content, obliques, frames) if not copula else frames.frame_of(lemma)
    if passive and not agents:
        state = frames.state_of(head.text.lower(), frozenset(item.marker for item in obliques))
        frame, passive = (state, False) if state is not None else (frame, passive)
    return Clause(
        tree=tree,
        head=head,
        verb=copula or head,
        kind="copula" if copula else "verb",
        lemma=lemma,
        frame=frame,
        passive=passive,
        subjects=objects if exists else tuple(own_subjects(tree, head, frames)),
        objects=() if exists else objects,
        agents=tuple(Argument(item) for child in agents for item in tree.conjuncts(child)),
        recipients=tuple(
            Argument(antecedent_of(tree, child, frames)) for child in tree.exactly(head, "iobj")
        ),
        obliques=obliques,
        content=content,
        content_marker=marker_of(tree, content, frames, "mark", "case") if content else "",
        consumed=consumed,
    )


def _is_passive(tree: Tree, head: Token, *, bare: bool) -> bool:
    """Whether a verb says so, or is a participle that stands `bare` of auxiliaries, its own or shared ones."""
    if tree.exactly(head, "expl:pv", "expl:comp"):
        return False  # « se sont installés »
    if tree.exactly(head, "aux:pass", "nsubj:pass"):
        return True
    if tree.exactly(head, "aux:tense") or shares_auxiliary(tree, head):
        return False
    if head.feature("Voice") == "Pass":
        return True
    return bare and _is_bare_participle(tree, head) and not tree.child(head, "obj")


def shares_auxiliary(tree: Tree, head: Token) -> bool:
    """« a pris une arme et blessé un gardien »: the auxiliary of the first of two participles serves both."""
    first = tree.head(head) if head.deprel == "conj" else None
    return (
        first is not None
        and head.feature("VerbForm") == "Part"
        and first.feature("VerbForm") == "Part"
        and bool(tree.exactly(first, "aux:tense"))
        and not tree.exactly(first, "aux:pass")
        and not tree.children(head, "aux")
    )


def _exists(tree: Tree, head: Token, frames: Frames) -> bool:
    """« il y a deux ponts »: what looks like the object is what there is."""
    there = tree.children(head, "expl", "obj", "iobj", "obl", "advmod")
    return (
        frames.is_a(head.lemma, "have")
        and is_impersonal(tree, head, frames)
        and any(frames.is_a(child.text.lower(), "there") for child in there)
    )


def _strayed(tree: Tree, head: Token, lemma: str, frames: Frames) -> Token | None:
    """What the verb says or wants, hung from a noun between that takes nothing of the kind.

    > La mairie annonce lors d'une visite que le site fermera.
    > Le gérant refuse depuis un mois de livrer les clefs.
    """
    senses = frames.senses.get(lemma, [])
    speaks = any(frame.stance for frame in senses)
    if not (speaks or any(frame.content_subject for frame in senses)) or tree.child(head, "obj", "ccomp"):
        return None
    for beside in tree.exactly(head, "advcl"):
        if frames.is_a(marker_of(tree, beside, frames, "mark"), "of") and tree.child(beside, "aux"):
            # « accusé de fraude, d'avoir menti »: no conjunction of the verb's circumstances.
            return beside
        # « décide, après avoir occupé l'usine, de bloquer la route »: coordinated with nothing like it.
        for item in tree.exactly(beside, "conj"):
            marker = marker_of(tree, item, frames, "mark")
            if item.feature("VerbForm") == "Inf" and marker and not tree.child(item, "cc"):
                return item
    for noun in tree.subtree(head, without=("nsubj", "conj", "acl", "advcl")):
        if noun.upos not in ("NOUN", "PRON") or noun.index < head.index:
            continue
        adjunct = noun.deprel == "obl:mod"
        for item in tree.children(noun, "acl", "ccomp", "advcl"):
            marker = marker_of(tree, item, frames, "mark")
            infinitive = item.feature("VerbForm") == "Inf"
            if infinitive and adjunct and marker and not speaks:
                return item
            plain = adjunct or noun.upos == "PRON" or noun.lemma not in frames.nouns
            that = frames.is_a(marker, "that") or spare_object(tree, item, frames)
            if speaks and not infinitive and plain and that:
                return item
    return None


def _loose(tree: Tree, head: Token, lemma: str, frames: Frames) -> Token | None:
    """What the verb says or wants, hung from it as a circumstance.

    > Le préfet exhorte les habitants, inquiets, à partir.
    > Le conseil décidera s'il vend le terrain.
    """
    if not any(frame.content_modality or frame.stance for frame in frames.senses.get(lemma, [])):
        return None
    for item in tree.children(head, "advcl", "obl", "acl"):
        if item.index < head.index or item.upos not in ("VERB", "AUX"):
            continue
        marker = marker_of(tree, item, frames, "mark", "case")
        infinitive = item.feature("VerbForm") == "Inf"
        if infinitive and (frames.is_a(marker, "toward") or frames.is_a(marker, "of")):
            return item
        if frames.is_a(marker, "whether") and not tree.children(head, "obj", "ccomp"):
            return item
    return None


def _urged(tree: Tree, head: Token, senses: list[Frame]) -> Token | None:
    """« demande au ministre de partir »: the infinitive hung from the one who is urged is what the verb says."""
    if not any(frame.content_subject == "Object" for frame in senses):
        return None
    urged = tree.exactly(head, "obj", "obl:arg", "obl:mod", "iobj")
    below = (item for noun in urged for item in tree.exactly(noun, "acl"))
    return next(
        (item for item in below if item.feature("VerbForm") == "Inf" and tree.child(item, "mark")), None
    )


def _frame(
    tree: Tree, head: Token, lemma: str, content: Token | None, obliques: tuple[Oblique, ...], frames: Frames
) -> Frame | None:
    """The sense of the verb among these complements; a pronominal verb without one has that of the plain verb."""
    governs = ""
    if content is not None:
        governs = (
            "infinitive" if content.feature("VerbForm") == "Inf" or content.deprel == "xcomp" else "clause"
        )
    attribute = any(item.upos in ("ADJ", "NOUN") for item in tree.children(head, "xcomp"))
    attribute = attribute or bool(judged(tree, head, lemma, frames))
    markers = frozenset(item.marker for item in obliques)
    return next(
        filter(
            None,
            (
                frames.frame_of(word, governs=governs, attribute=attribute, markers=markers)
                for word in (lemma, head.lemma)
            ),
        ),
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
    reflexive = any(
        child.deprel in ("expl:pv", "expl:comp", "expl:pass") or child.feature("Reflex") == "Yes"
        for child in tree.children(head, "expl", "obj", "iobj")
    )
    base = head.lemma
    if reflexive and " " not in base and "'" not in base:
        base = _pronominal(base, frames)
    clitics = tuple(
        child.index for child in tree.children(head, "obj", "iobj") if child.feature("Reflex") == "Yes"
    )
    for clitic in tree.exactly(head, "obj"):
        # « le maire l'a emporté »: the pronoun stands for nothing.
        if clitic.upos == "PRON" and f"{clitic.text.lower()}{base}" in frames.verbs:
            return f"{clitic.text.lower()}{base}", (*clitics, clitic.index)
    for child in tree.children(head, "obj", "obl", "xcomp", "advmod"):
        if child.upos not in ("NOUN", "ADJ", "VERB", "ADV", "PRON"):
            continue
        marker = marker_of(tree, child, frames, "case")
        determiner, own = next(
            ((item.text, item.feature("Poss") == "Yes") for item in tree.children(child, "det")), ("", False)
        )
        for stem in (base, head.lemma):
            for word in (child.lemma, child.text.lower()):
                for article in ("", determiner, *(frames.functions["own"] if own else ())):
                    known = frames.expressions.get(frames.canonical(f"{stem} {marker} {article} {word}"))
                    if known:
                        # « prendre le pouvoir » still has its object; « prendre fin », « porter ses fruits » have none.
                        bare = own and not tree.children(child, "nmod", "amod", "acl")
                        spent = () if determiner and child.deprel == "obj" and not bare else (child.index,)
                        return known, (*clitics, *spent)
    return base, clitics


def _pronominal(lemma: str, frames: Frames) -> str:
    """The infinitive of a pronominal verb, its pronoun elided before a vowel or a mute h."""
    full, elided = list(frames.functions["reflexive"])[:2]
    forms = (f"{full} {lemma}", f"{elided}{lemma}")
    known = next((form for form in forms if form in frames.verbs), "")
    return known or forms[normalize("NFD", lemma)[:1] in tuple("aeiouh")]
