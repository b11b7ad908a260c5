"""Polarity and modality: whether what is said is affirmed, and whether it happens, is planned, possible, demanded.

A clause has its own (negation, future, conditional, mood) and takes over some from the clauses above it, which say
it in an infinitive ("peut vendre"), demand it, plan it or suppose it. After Saurí and Pustejovsky (2009), FactBank.
"""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token, record
from kg.statements.clauses import Clause, alike
from kg.statements.contents import is_circumstance
from kg.statements.frames import Frames
from kg.statements.markers import does_it, is_cleft, marker_of

__all__ = ["ACTUAL", "Status", "hedged", "own_status", "status_of"]


@record
class Status:
    """Polarity affirmed|negated, modality, and the word that decided it."""

    negated: bool = False
    modality: str = "actual"
    cue: str = ""

    @property
    def polarity(self) -> str:
        """As statements write it."""
        return "negated" if self.negated else "affirmed"


ACTUAL = Status()
# The property of the verbs whose denial is that of what they say: « ne croit pas que le pont rouvre ».
BELIEVING = "believes"
# Among several, the one that takes the statement furthest from fact wins.
DISTANCE = ("actual", "planned", "obligation", "possible", "hypothetical", "question")


def status_of(clause: Clause, clauses: dict[int, Clause], frames: Frames) -> Status:
    """The polarity and modality of a clause, with what it takes over from the clauses above it."""
    own = own_status(clause, frames)
    above = _inherited(clause, clauses, frames)
    negated = own.negated != above.negated
    modality = max((own.modality, above.modality), key=DISTANCE.index)
    if modality == "actual" and not above.cue and _is_wished(clause):
        return Status(negated, "possible", clause.verb.text)
    if own.modality == "actual" and above.modality != "actual":
        return Status(negated, above.modality, above.cue)
    return Status(negated, modality, own.cue or above.cue)


def hedged(tree: Tree, noun: Token, frames: Frames) -> Status:
    """How a thing stands by the adjective beside its noun: « une possible grève », « le futur maire »."""
    for item in tree.exactly(noun, "amod"):
        modality = frames.hedges.get(item.lemma, "")
        if modality:
            return Status(False, modality, item.text)
    return ACTUAL


def own_status(clause: Clause, frames: Frames) -> Status:
    """What the clause itself says of its polarity and modality."""
    tree, head = clause.tree, clause.head
    bearers = [
        *tree.exactly(head, "aux:tense", "aux:pass", "aux", "aux:caus"),
        *tree.children(head, "cop"),
        head,
    ]
    finite = [token for token in bearers if token.feature("VerbForm") == "Fin"]
    modality, cue = "actual", ""
    if finite:
        mood, bearer = finite[0].feature("Mood"), finite[0]
        if mood == "Cnd":
            modality, cue = "possible", bearer.text
        elif bearer.feature("Tense") == "Fut" and not _looks_back(tree, bearer, head):
            modality, cue = "planned", bearer.text
        elif mood == "Imp":
            modality, cue = "obligation", bearer.text
    for child in tree.children(head, "advmod"):
        hedge = frames.hedges.get(child.lemma, "") or frames.hedges.get(child.text.lower(), "")
        if hedge and modality == "actual":
            modality, cue = hedge, child.text
    if (
        modality == "actual"
        and clause.passive
        and frames.is_a(head.lemma, "to come")
        and not _is_perfect(clause)
    ):
        modality, cue = "planned", head.text  # « une élection est prévue »
    if _asks(clause):
        modality, cue = "question", "?"
    return Status(is_negated(tree, head, frames), modality, cue)


def _asks(clause: Clause) -> bool:
    tokens, top = clause.tree.tokens, clause.head
    while top.deprel == "conj" and top.head >= 0:
        top = tokens[top.head]
    if top.head >= 0:
        return False
    marks = (token.text for token in reversed(tokens) if token.upos == "PUNCT" and token.text not in '»"”)')
    return next(marks, "").endswith("?")


def is_negated(tree: Tree, head: Token, frames: Frames) -> bool:
    """Whether a predicate is denied: a negative adverb, or the particle with a negative noun; not « ne … que »."""
    words = tree.children(head, "advmod", "mark")
    for bearer in tree.children(head, "aux", "cop"):
        words = [*words, *tree.children(bearer, "advmod", "mark")]
    if not words:
        return False
    texts = {frames.canonical(word.text) for word in words}.union([word.lemma for word in words])
    if not texts.isdisjoint(frames.restrictions) or not texts.isdisjoint(frames.functions["without"]):
        return False  # « sans que le conseil ne vote » is denied once, by its conjunction
    if texts.isdisjoint(frames.functions["particle"]):
        return not texts.isdisjoint(frames.lone_negations)
    if not texts.isdisjoint(frames.negations.difference(frames.functions["particle"])):
        return True
    phrase = tree.subtree(head, without=("acl", "advcl", "ccomp", "parataxis", "conj"))
    return any(
        frames.is_a(token.lemma, "none") or frames.is_a(token.text.lower(), "none") for token in phrase
    )


def _inherited(clause: Clause, clauses: dict[int, Clause], frames: Frames) -> Status:
    tree, head = clause.tree, clause.head
    parent_token = tree.head(head)
    if parent_token is None or _speaks_up(clause):
        return ACTUAL
    parent = clauses.get(parent_token.index)
    governor = clauses.get(parent_token.head)
    for other in clauses.values():
        if other.content is not None and other.content.index == head.index:
            return _of_content(clause, other, clauses, frames)
    if parent is not None and (
        head.deprel == "advcl:cleft"
        or any(is_cleft(tree, parent.head, item.token) for item in parent.subjects)
    ):
        return status_of(parent, clauses, frames)  # « ce n'est pas le maire qui décide »
    relation = head.deprel.split(":")[0]
    if parent is not None and is_circumstance(tree, head, parent.lemma, frames):
        return _of_adjunct(clause, parent, clauses, frames)
    if relation in ("acl", "ccomp", "xcomp") and parent is None:
        return _of_phrase(clause, parent_token, governor, clauses, frames)
    if relation == "conj" and parent is not None:
        return _of_coordinated(clause, alike(clause, parent, clauses), clauses, frames)
    if relation in ("xcomp", "ccomp", "csubj") and parent is not None:
        return _of_content(clause, parent, clauses, frames)
    if relation in ("advcl", "acl", "obl", "nmod", "dep", "advmod") and head.deprel != "acl:relcl":
        return _of_adjunct(clause, parent, clauses, frames)
    return ACTUAL


def _speaks_up(clause: Clause) -> bool:
    """« Le pont rouvrira, indique le maire »: the verb of speech is set into what is said, and shares nothing with it."""
    inserted = clause.host is not None or clause.head.deprel.startswith("parataxis")
    return clause.frame is not None and bool(clause.frame.stance) and inserted


def _of_phrase(
    clause: Clause, above: Token, governor: Clause | None, clauses: dict[int, Clause], frames: Frames
) -> Status:
    """What hangs from a noun or an adverb: « la volonté de partir », « a la possibilité de partir », « afin de partir »."""
    marker = marker_of(clause.tree, clause.head, frames, "mark", "case")
    noun = clause.tree.head(above)
    if (
        above.deprel == "nmod"
        and noun is not None
        and noun.upos == "NOUN"
        and does_it(clause.tree, above, frames)
    ):
        above = noun  # « le refus de la ville de vendre »: what the deed's noun says, not whose it is
    if above.upos == "ADV":
        cue = frames.canonical(f"{above.text} {marker}")
        return Status(False, frames.subordinate_modality.get(cue, "actual"), cue)
    if marker and clause.head.feature("VerbForm") == "Inf":
        if governor is not None and above.index in governor.consumed and governor.frame is not None:
            return _of_content(clause, governor, clauses, frames)
        modality, negated = frames.modality_behind(above.lemma)
        if (
            modality
            and above.upos == "NOUN"
            and above.lemma not in (governor.lemma.split() if governor else ())
        ):
            return Status(negated, modality, above.text)
        frame = frames.nouns.get(above.lemma)
        if above.upos == "ADJ":
            frame = frames.predicative(above.lemma)
        elif governor is not None and above.lemma in governor.lemma.split():
            # « aura la possibilité de vendre »
            frame = frames.auxiliaries.get(governor.lemma, frame)
        if frame is not None and frame.content_modality:
            return Status(frame.content_polarity == "negated", frame.content_modality, above.text)
        if above.upos == "NOUN":
            # « le pari de vendre », « un motif de partir »: a noun that is not known to say so says not that it was done.
            return Status(False, "possible", above.text)
    relative = clause.head.deprel == "acl:relcl"
    if (
        above.upos == "NOUN"
        and not relative
        and frames.is_a(marker, "that")
        and not frames.is_a(above.lemma, "fact")
    ):
        return Status(False, frames.modality_behind(above.lemma)[0] or "possible", above.text)
    return _of_adjunct(clause, None, clauses, frames)


def _of_coordinated(clause: Clause, parent: Clause, clauses: dict[int, Clause], frames: Frames) -> Status:
    """The second of two infinitives shares the modality of the first, but not its negation."""
    above = _inherited(parent, clauses, frames)
    bare = not any(
        token.feature("VerbForm") == "Fin"
        for token in (clause.head, clause.verb, *clause.tree.children(clause.head, "aux"))
    )
    if bare:
        own = own_status(parent, frames)
        modality = max((own.modality, above.modality), key=DISTANCE.index)
        return Status(above.negated, modality, own.cue or above.cue)
    return above


def _of_content(clause: Clause, parent: Clause, clauses: dict[int, Clause], frames: Frames) -> Status:
    frame = parent.frame if parent.kind == "verb" else frames.predicative(parent.head.lemma)
    modality = frame.content_modality if frame else ""
    if frame and frame.perfect_modality and _is_perfect(parent):
        modality = frame.perfect_modality
    if frames.is_a(marker_of(clause.tree, clause.head, frames, "mark"), "whether"):
        modality = "question"
    negated = bool(frame and frame.content_polarity == "negated")
    outer = status_of(parent, clauses, frames)
    if any(frames.is_a(item.token.lemma, "hearsay") for item in parent.subjects):
        modality = "possible"  # « la rumeur veut que »
    bare = clause.head.deprel == "xcomp" or clause.head.feature("VerbForm") == "Inf"
    if frame and (frame.auxiliary or (not frame.stance and bare)):
        # « n'a pas pu vendre », « refuserait de vendre »: what is said of the verb above holds of this one.
        # Two denials do not say that it is done: « n'exclut pas de vendre ».
        doubly = "possible" if negated and outer.negated else "actual"
        negated = negated != outer.negated
        modality = max((modality or "actual", outer.modality, doubly), key=DISTANCE.index)
    elif frame and frame.stance and outer.modality == "question":
        modality = "question"
    elif frame and frame.property == BELIEVING and outer.negated:
        negated = not negated
    elif frame and frame.stance and outer.negated:
        # « n'a pas dit que le pont rouvrirait »: nobody vouches for it
        modality = max((modality or "actual", "possible"), key=DISTANCE.index)
    return Status(negated, modality or "actual", parent.head.text)


def _is_wished(clause: Clause) -> bool:
    """« l'idée que la ville vende », « s'opposer à ce qu'elle vende »: the subjunctive, but for « bien qu'elle vende »."""
    bearers = (clause.head, clause.verb, *clause.tree.children(clause.head, "aux"))
    return clause.head.deprel != "advcl" and "Sub" in [item.feature("Mood") for item in bearers]


def _looks_back(tree: Tree, bearer: Token, head: Token) -> bool:
    """« Ce plan aura coûté deux milliards »: a future of the perfect sums up what is done, if nothing says by when."""
    return (
        bearer.deprel == "aux:tense"
        and head.feature("VerbForm") == "Part"
        and head.deprel != "advcl"
        and not tree.has(head, "obl:mod")
        and not any(tree.has(item, "fixed") for item in tree.exactly(head, "advmod"))  # « d'ici à juin »
    )


def _is_past(clause: Clause) -> bool:
    return clause.head.feature("VerbForm") == "Part" and bool(clause.tree.child(clause.head, "aux:tense"))


def _is_perfect(clause: Clause) -> bool:
    """« a pu », « avait dû », « put »: what was possible or necessary then is what was done."""
    tense = clause.tree.exactly(clause.head, "aux:tense")
    bearer = tense[0] if tense else clause.head
    if bearer.feature("VerbForm") != "Fin" or bearer.feature("Mood") == "Cnd":
        return False
    return bearer.feature("Tense") != "Fut" if tense else bearer.feature("Tense") == "Past"


def _of_adjunct(clause: Clause, parent: Clause | None, clauses: dict[int, Clause], frames: Frames) -> Status:
    marker = marker_of(clause.tree, clause.head, frames, "mark", "case")
    if marker in frames.hypothesis:
        return Status(False, frames.hypothesis[marker].lower() or "hypothetical", marker)
    modality = frames.subordinate_modality.get(marker, "")
    if modality and _is_past(clause):
        return Status(
            False, "possible", marker
        )  # « poursuivi pour avoir vendu »: no aim, and nobody says it was done
    if modality:
        outer = status_of(parent, clauses, frames) if parent is not None else ACTUAL
        return Status(False, max((modality, outer.modality), key=DISTANCE.index), marker)
    if frames.is_a(marker, "without"):
        return Status(True, "actual", marker)
    if (
        parent is not None
        and clause.head.feature("VerbForm") in ("Inf", "Part")
        and clause.head.deprel.startswith("advcl")
    ):
        outer = status_of(parent, clauses, frames)
        if clause.head.feature("Tense") == "Past" and outer.modality == "planned":
            return ACTUAL  # « Élue en mai, la maire prendra ses fonctions lundi »: what was is no plan
        return Status(False, outer.modality, outer.cue)
    return ACTUAL
