"""The subjects that French leaves unsaid, and those that stand where a tree does not look for them.

At the antecedent of a relative, at the first of coordinated verbs, at the noun that a participle modifies, at the
verb that controls an infinitive; behind the verb where it is turned round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.antecedents import antecedent_of
from kg.statements.arguments import Argument, is_impersonal
from kg.statements.clauses import Clause, alike, form_of, is_finite, own_clauses
from kg.statements.control import able_one, asks_nobody, controllers
from kg.statements.extraction import extracted
from kg.statements.frames import Frames
from kg.statements.markers import does_it, is_cleft, marker_of, stands_quoted
from kg.statements.owing import owed
from kg.statements.participles import clause_around, is_beside, modified, thing_before

__all__ = ["clauses_of"]

COLON, OPENING = ":", '«“"'


def clauses_of(tree: Tree, frames: Frames) -> list[Clause]:
    """The clauses of a sentence in text order, with the subjects that French leaves unsaid."""
    own = own_clauses(tree, frames)
    by_head = {clause.head.index: clause for clause in own}
    for index in sorted(by_head, key=lambda i: (tree.depth(by_head[i].head), i)):
        clause = by_head[index] = _echoing(_inverted(owed(by_head[index], frames), frames), by_head, frames)
        if (
            not clause.subjects
            and clause.passive
            and clause.objects
            and not clause.head.deprel.startswith("acl")
        ):
            # « Il a été décidé une baisse »: what looks like the object of an impersonal passive is its patient.
            by_head[index] = replace(clause, subjects=clause.objects, objects=())
        elif not clause.subjects:
            found = tuple(_unsaid_subjects(clause, by_head, frames)) or tuple(
                _left_over(clause, by_head, frames)
            )
            if not found and form_of(tree, clause.head) == "Inf" and clause.kind == "verb":
                # « Il faut fermer la centrale »: nobody is said to do it, so it is said of what it is done to.
                patients = tuple(_as(clause.objects, "patient"))
                by_head[index] = replace(clause, subjects=patients, objects=(), passive=bool(patients))
            elif found:
                by_head[index] = replace(clause, subjects=found)
        by_head[index] = _with_shared_objects(_turned(by_head[index], by_head), by_head)
        below = by_head.get(clause.content.index) if clause.content is not None else None
        if below is not None:
            by_head[index], by_head[below.head.index] = extracted(by_head[index], below, frames)
    return [by_head[clause.head.index] for clause in own]


def _inverted(clause: Clause, frames: Frames) -> Clause:
    """« la crise que traverse le pays », « là se trouvent deux tours »: the subject stands behind the verb."""
    tree, head = clause.tree, clause.head
    if clause.kind != "verb" or clause.passive:
        return clause
    around = tree.exactly(head, "nsubj", "obj")
    behind = [item for item in around if item.index > head.index and item.upos in ("NOUN", "PROPN")]
    if not behind:
        return clause
    relatives = [item for item in around if frames.is_a(frames.canonical(item.text), "only")]
    before = [
        item
        for item in around
        if item.deprel == "nsubj" and item.index < head.index and item not in relatives
    ]
    if before or not is_finite(clause):
        return clause
    subjects = tuple(Argument(item) for item in tree.conjuncts(behind[-1]))
    if relatives and head.deprel.startswith("acl"):
        antecedents = tuple(Argument(antecedent_of(tree, item, frames), "relative") for item in relatives[:1])
        return replace(clause, subjects=subjects, objects=antecedents)
    # « le poste pour lequel concourent dix candidats »: a relative clause has a subject, before the verb or behind.
    lacking = head.deprel == "acl:relcl" and not clause.subjects
    pronominal = bool(tree.children(head, "expl")) and not tree.exactly(head, "expl:subj", "nsubj")
    return replace(clause, subjects=subjects, objects=()) if pronominal or lacking else clause


def _echoing(clause: Clause, by_head: dict[int, Clause], frames: Frames) -> Clause:
    """« comme le note la Cour »: the pronoun stands for the clause beside it."""
    tree, head = clause.tree, clause.head
    above = tree.head(head)
    if head.deprel != "advcl" or above is None or above.index not in by_head:
        return clause
    if marker_of(tree, head, frames, "mark", "advmod", "case") not in frames.echoes:
        return clause
    pronouns = [item for item in tree.exactly(head, "obj") if item.upos == "PRON" and item.index < head.index]
    if len(clause.objects) > len(pronouns) or (
        not pronouns and (clause.frame is None or not clause.frame.stance)
    ):
        return clause
    # What is echoed is what somebody says: the finite clause around, not the infinitive that stands nearest.
    around = (by_head[item.index] for item in tree.ancestors(head) if item.index in by_head)
    host = next((other.head for other in around if is_finite(other)), above)
    return replace(clause, objects=(), host=host)


def _left_over(clause: Clause, by_head: dict[int, Clause], frames: Frames) -> Iterator[Argument]:
    """The subject that a finite verb must have where the tree gives it none.

    A pronoun hung as empty belongs to a verb that is not impersonal; else the nearest bare noun before the verb
    that no other clause has. An infinitive hung from a noun has the subject of the clause around it.
    """
    tree, head = clause.tree, clause.head
    nobody = frames.is_a(head.lemma, "for nobody") and is_impersonal(tree, head, frames)
    dummies = tree.exactly(head, "expl:subj")
    if head.lemma in frames.impersonal or nobody or any(is_cleft(tree, head, item) for item in dummies):
        return  # « il faut partir », « c'est lui qui dirige la banque »
    empty = [item for item in dummies if item.feature("PronType") != "Dem"]
    # « Il est indemne »: what is said by an adjective that no clause hangs from is said of somebody.
    told = clause.kind == "verb" or (head.upos == "ADJ" and not _governs(tree, head))
    said = clause.content  # « il allait partir », but « il va falloir partir », « il peut y avoir un retard »
    there = said is not None and (said.lemma in frames.impersonal or frames.is_a(said.lemma, "have"))
    # « Il n'exclut pas de partir »: what governs an infinitive is done by somebody.
    does = said is not None and clause.kind == "verb" and not clause.passive and form_of(tree, said) == "Inf"
    does = does or (clause.frame is not None and clause.frame.auxiliary)
    if empty and told and not clause.objects and (said is None or (does and not there)):
        yield Argument(empty[0], "empty")
    elif is_finite(clause) and not empty:
        taken = {item.token.index for other in by_head.values() for item in (*other.subjects, *other.objects)}
        taken |= {index for other in by_head.values() for index in other.consumed}
        free = [
            item
            for item in tree.tokens[: head.index]
            if item.upos in ("NOUN", "PROPN")
            and item.index not in taken
            and item.deprel.split(":")[0] not in ("flat", "fixed", "nmod", "conj", "appos", "obl")
            and not tree.child(item, "case", "cop")
            and item.index not in by_head
        ]
        for item in tree.conjuncts(free[-1]) if free else ():
            if item.index < head.index and item.index not in by_head:
                yield Argument(item, "nearest")
    elif head.feature("VerbForm") == "Inf" and head.deprel != "root":
        around = next((by_head[item.index] for item in tree.ancestors(head) if item.index in by_head), None)
        if around is not None and not (around.content is head and asks_nobody(around, frames)):
            yield from _as(_doers(around) if head.deprel == "conj" else around.subjects, "around")


def _governs(tree: Tree, adjective: Token) -> bool:
    """« Il est utile, selon lui, d'ouvrir »: whether an infinitive or a clause hangs from an adjective, however."""
    return any(
        item.deprel.startswith(("csubj", "ccomp")) or item.feature("VerbForm") == "Inf"
        for item in tree.children(adjective)
    )


def _unsaid_subjects(clause: Clause, by_head: dict[int, Clause], frames: Frames) -> Iterator[Argument]:
    tree, head = clause.tree, clause.head
    above = tree.head(head)
    if above is None:
        return
    relation = head.deprel
    parent = by_head.get(above.index)
    able = able_one(tree, head, frames) if parent is None and form_of(tree, head) == "Inf" else None
    if able is not None:
        yield Argument(able, "control")
    elif relation == "conj":
        if parent is None:  # a participle coordinated to an adjective: both modify the same noun
            grand = tree.head(above)
            if above.deprel in ("amod", "acl") and grand is not None:
                yield Argument(grand, "modified")
            return
        if not tree.exactly(head, "expl:subj"):  # « et il faut partir », « car c'est lui qui dirige »
            yield from _shared(clause, alike(clause, parent, by_head))
    elif relation.startswith("acl"):
        if parent is not None and parent.kind == "copula":
            # « c'est l'ouragan le plus puissant à toucher l'île »: the hurricane strikes it
            told = tuple(item for item in parent.subjects if item.token.feature("PronType") != "Dem")
            yield from _as(told, "control") if told else [Argument(above, "modified")]
        elif is_beside(tree, head, frames) and (around := clause_around(tree, head, by_head)) is not None:
            yield from _as(around.subjects, "control")
        elif form_of(tree, head) in ("Part", ""):
            noun = modified(tree, head, above, frames)
            # « des maires et une élue, réunis à Lyon »: where the last does not agree, all are meant.
            several = noun is not above and any(item is above for item in tree.conjuncts(noun))
            for item in tree.conjuncts(noun) if several else [noun]:
                yield Argument(item, "modified")
        elif form_of(tree, head) == "Inf":
            bare = not tree.child(head, "mark", "case")
            yield from _of_noun(tree, above, by_head, frames, bare=bare)
    elif relation == "xcomp" and parent is not None:
        yield from controllers(parent, frames)
    elif (
        relation.startswith(("advcl", "obl", "parataxis", "nmod", "dep", "ccomp"))
        and parent is not None
        and head.feature("VerbForm") in ("Inf", "Part", "Ger")
    ):
        if (
            head.feature("Tense") == "Pres"
            and frames.is_a(head.lemma, "of a thing")
            and not tree.child(head, "mark", "case")
        ):
            thing = thing_before(tree, head)
            if thing is not None and thing.index > parent.head.index:
                yield Argument(thing, "modified")
                return
        outer = _around_quote(clause, parent, by_head)
        if outer is not None:
            yield from _as(outer.subjects, "control")
            return
        if clause.passive and form_of(tree, head) == "Inf":
            yield from controllers(parent, frames, adjunct=True)
        else:
            yield from _as(_tasked(clause, parent, frames) or parent.subjects, "control")


def _tasked(clause: Clause, parent: Clause, frames: Frames) -> tuple[Argument, ...]:
    """Who does what something is done for, where that is not the subject of the verb above.

    « nomme un expert pour étudier le dossier »: who is named; « un pont construit par la ville pour relier deux rives »:
    who builds it; « condamne le maire pour avoir menti »: who is condemned.
    """
    tree, head = clause.tree, clause.head
    marker = marker_of(tree, head, frames, "mark", "case")
    if frames.subordinators.get(marker) != "purpose":
        return ()
    if frames.is_a(parent.lemma, "for a deed" if tree.has(head, "aux") else "for a task"):
        return () if parent.passive else parent.objects
    return () if tree.has(head, "aux") else parent.agents


def _around_quote(clause: Clause, parent: Clause, by_head: dict[int, Clause]) -> Clause | None:
    """« Il a dit que « rien ne change », ajoutant que… »: outside a quotation, what hangs from a verb inside has the subject of the one around.

    So has a participle that tells what somebody says behind a clause that is said of a noun.
    """
    tree = clause.tree
    inside = stands_quoted(tree, parent.head) and not stands_quoted(tree, clause.head)
    speaks = clause.frame is not None and bool(clause.frame.stance) and clause.head.feature("Tense") == "Pres"
    nested = speaks and parent.head.deprel == "acl:relcl" and parent.head.index < clause.head.index
    if not (inside or nested):
        return None
    for above in tree.ancestors(parent.head):
        other = by_head.get(above.index)
        if other is not None and other.subjects and is_finite(other) and not stands_quoted(tree, other.head):
            return other
    return None


def _of_noun(
    tree: Tree, noun: Token, by_head: dict[int, Clause], frames: Frames, *, bare: bool
) -> Iterator[Argument]:
    """« le droit de partir », « la décision de fermer »: whose right it is, or who takes the decision."""
    governor = by_head.get(noun.head)
    if governor is not None and noun.deprel == "obj" and bare:
        yield Argument(noun, "control")  # « voient leur loyer augmenter »
        return
    if governor is not None and noun.index in governor.consumed and governor.content is not None:
        yield from controllers(governor, frames)  # « a l'intention de vendre »
        return
    if governor is not None and governor.content is not None and governor.content.head == noun.index:
        # « demande au préfet de partir », but « refuse depuis un mois de partir ».
        yield from (
            [Argument(noun, "control")] if noun.deprel != "obl:mod" else _as(governor.subjects, "control")
        )
        return
    above = tree.head(noun)
    if noun.deprel == "nmod" and above is not None and above.upos == "NOUN" and does_it(tree, noun, frames):
        yield Argument(noun, "possessor")  # « le refus de la ville de vendre », hung from the ville
        return
    owner = next(
        (
            child
            for child in tree.children(noun, "det", "nmod")
            if child.feature("Poss") == "Yes" or (child.deprel == "nmod" and does_it(tree, child, frames))
        ),
        None,
    )
    if owner is not None:
        yield Argument(owner, "possessor")
        return
    if governor is not None and noun.deprel in ("obj", "obl:arg", "obl:mod"):
        addressees = [
            Argument(item.token)
            for item in governor.obliques
            if item.argument and item.token.index != noun.index
        ]
        yield from _as(governor.recipients or tuple(addressees[:1]) or governor.subjects, "control")


def _shared(clause: Clause, parent: Clause) -> Iterator[Argument]:
    """Coordinated verbs share their subject; what is acted on does nothing else: « il faut fermer le port et partir »."""
    yield from _as(_doers(parent), "shared")


def _doers(clause: Clause) -> tuple[Argument, ...]:
    return tuple(item for item in clause.subjects if item.how != "patient")


def _turned(clause: Clause, by_head: dict[int, Clause]) -> Clause:
    """« Le pont rouvre, indique la mairie »: behind an inserted verb of speech stands its subject, before it what is said."""
    tree, head = clause.tree, clause.head
    above = tree.head(head)
    inserted = head.deprel.split(":")[0] in ("parataxis", "advcl", "xcomp", "dep", "conj", "ccomp")
    if not inserted or above is None or above.index not in by_head or above.index > head.index:
        return clause
    if clause.frame is None or not clause.frame.stance or clause.passive or clause.content is not None:
        return clause
    bearers = (head, *tree.children(head, "aux"))
    finite = next((token.index for token in bearers if token.feature("VerbForm") == "Fin"), -1)
    own = tree.exactly(head, "nsubj")
    marked = tree.children(head, "mark", "cc") or any(item.index < finite for item in own)
    # « a-t-il déclaré »: the pronoun stands right behind what is finite.
    behind = [item for item in own if finite < item.index < head.index] or [
        item for item in (*own, *tree.exactly(head, "obj")) if item.index > head.index
    ]
    if finite < 0 or marked or len(behind) != 1 or behind[0].upos not in ("NOUN", "PROPN", "PRON"):
        return clause
    subjects = tuple(Argument(item) for item in tree.conjuncts(behind[0]))
    # « Le maire réagit : « Nous irons », a-t-il déclaré »: what is quoted in between is said, not what leads to it.
    between = tree.tokens[above.index : head.index]
    quoted = any(mark.text == COLON and opening.text in OPENING for mark, opening in pairwise(between))
    return replace(clause, subjects=subjects, objects=(), host=None if quoted else above)


def _with_shared_objects(clause: Clause, by_head: dict[int, Clause]) -> Clause:
    """« acheter et revendre des titres »: the object stands once, with the last verb."""
    if clause.objects or clause.passive or clause.kind != "verb" or clause.content is not None:
        return clause
    if not clause.tree.has(clause.head, "conj"):
        return clause
    followers = [
        by_head[item.index] for item in clause.tree.exactly(clause.head, "conj") if item.index in by_head
    ]
    for other in followers:
        near = all(
            t.upos in ("CCONJ", "PUNCT", "ADV", "PRON", "ADP", "VERB", "AUX")
            for t in clause.tree.tokens[clause.head.index + 1 : other.head.index]
        )
        alone = not clause.tree.children(other.head, "aux")
        if near and alone and other.objects and not clause.obliques and clause.frame is not None:
            return replace(clause, objects=tuple(_as(other.objects, "shared")))
    return clause


def _as(arguments: tuple[Argument, ...], how: str) -> Iterator[Argument]:
    for argument in arguments:
        yield Argument(argument.token, how)
