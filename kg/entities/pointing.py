"""What grammar alone ties a pronoun to, which things it can mean at all, and the subject that it may point ahead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.entities.antecedents import awaited, relative_head, repeated_subject, subject_of
from kg.entities.lexicon import Lexicon, plain
from kg.entities.mentions import Candidate
from kg.entities.names import Name
from kg.entities.referents import PERSON_TYPES, Place, Referent
from kg.entities.speakers import speaker_of
from kg.entities.titles import by_syntax, detached
from kg.language.tree import Tree
from kg.model import Token

if TYPE_CHECKING:
    from kg.entities.reading import Reader

__all__ = ["WEIGHED", "ahead", "around_oneself", "could_be", "could_be_called", "tied", "turn"]

# Which pronouns are weighed among the things before them.
WEIGHED = frozenset({"personal", "local", "possessive", "demonstrative", "described"})
# What a word before a quotation may end with that goes on with it: « qu'« il part » ».
APOSTROPHES = ("'", "’")
# By what a phrase hangs that tells something of the noun above it.
TELLING = frozenset({"acl", "appos", "conj", "parataxis", "advcl", "nsubj", "ccomp", "csubj"})


def tied(reader: Reader, tree: Tree, candidate: Candidate) -> tuple[int, str] | None:
    """What grammar ties a pronoun to (-1: to nothing) and how; None where things are to be weighed."""
    token, reference = tree.tokens[candidate.head], candidate.pronoun.reference if candidate.pronoun else ""
    if reference == "relative":
        return reader.at(tree, relative_head(tree, token)), "relative: the noun its clause hangs from"
    if reference == "reflexive":
        verb = tree.head(token)
        subject = tree.child(verb, "nsubj") if verb else None
        return reader.at(tree, subject), "reflexive: the subject of its verb"
    if reference == "personal" and (subject := repeated_subject(tree, token)):
        return reader.at(tree, subject), "stressed: the subject that it repeats"
    if reference == "described" and tree.child(token, "cop"):
        return reader.at(tree, tree.child(token, "nsubj")), "predicate: what its subject is"
    if reference == "possessive" and _set_phrase(tree, token, reader.lexicon):
        subject = subject_of(tree, token)
        return (reader.at(tree, subject), "set phrase: the subject of its verb") if subject else None
    if reference == "possessive" and (owner := _joined(reader, tree, candidate)) >= 0:
        return owner, "possessive: of the name that its noun is joined with"
    said = reference == "clause" or (reference == "personal" and _as_said(tree, token, reader.lexicon))
    return (-1, "refers to what was said, not to a thing") if said else None


def _joined(reader: Reader, tree: Tree, possessive: Candidate) -> int:
    """« Saturne et ses anneaux », « Vexa ou l'une de ses usines »: the one named before the conjunction; or -1."""
    before = possessive.head - 1
    while before > 0 and tree.tokens[before].upos in ("ADP", "PRON", "DET", "NUM"):
        before -= 1
    if before < 1 or tree.tokens[before].upos != "CCONJ" or tree.tokens[before - 1].upos != "PROPN":
        return -1
    name = reader.name_at(tree.sentence.index, before - 1)
    number = reader.known(name) if name is not None else -1
    agrees = number >= 0 and reader.memory.referents[number].plural == (possessive.number == "Plur")
    return number if agrees else -1


def _as_said(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """« comme l'indique le maire », « ainsi qu'il l'a dit »: an object that is what was said before."""
    verb = tree.head(token)
    if verb is None or token.deprel != "obj" or plain(verb.lemma) not in lexicon.speaking:
        return False
    marks = tree.children(verb, "mark", "advmod", "case")
    return any(plain(mark.text) in lexicon.functions["as said"] for mark in marks if mark.index < token.index)


def could_be(reader: Reader, tree: Tree, candidate: Candidate, place: Place) -> list[Referent]:
    """The things that a pronoun could mean, for all that the phrases around it say.

    « Anne Martin, sa collègue » is not her own colleague, nor does Anne Martin say « elle dit qu'Anne Martin part » or speak of herself so where she is quoted whole; of what stands behind a pronoun, it can mean the subject alone.
    """
    found = reader.memory.could_mean(candidate, place)
    itself = _called_so(reader, tree, tree.tokens[candidate.head])
    if itself >= 0:
        found = [one for one in found if one.number != itself]
    if place.quoted >= 0 and (speaking := _speaks_in(reader, place)) >= 0:
        found = [one for one in found if one.number != speaking]
    named = _named_below(reader, tree, tree.tokens[candidate.head])
    if named:
        found = [one for one in found if one.number not in named]
    around = _around(tree, tree.tokens[candidate.head], place.doer)
    if around:
        found = [one for one in found if one.last.sentence != place.sentence or one.last.word not in around]
    if place.coming >= 0:
        coming = reader.at(tree, tree.tokens[place.coming])
        found = [one for one in found if one.number == coming or _told_before(one, place)]
    return found


def could_be_called(reader: Reader, candidate: Candidate, place: Place) -> list[Referent]:
    """The things that a description could mean: « la mère d'Anne » is not Anne."""
    found = reader.memory.could_mean(candidate, place)
    if not candidate.complement or candidate.noun.type not in PERSON_TYPES:
        return found
    here = (name for name in reader.names if name.sentence == candidate.sentence)
    inside = {reader.known(name) for name in here if candidate.start <= name.start < candidate.end}
    return [one for one in found if one.number not in inside] if inside else found


def _speaks_in(reader: Reader, place: Place) -> int:
    """Who says the quotation around this place, as far as is known by now; -1 for one with which a sentence goes on."""
    before = reader.text[: reader.quotes[place.quoted][0]].rstrip(" \u00a0\u202f")[-1:]
    if before.isalnum() or before in APOSTROPHES:
        return -1
    found = speaker_of(place, reader.quotes, reader.trees, reader.text, reader.lexicon)
    if found is None:
        return -1
    name, token = reader.name_at(*found), reader.trees[found[0]].tokens[found[1]]
    number = reader.known(name) if name is not None else reader.at(reader.trees[found[0]], token)
    return reader.memory.last_to_say() if number < 0 and token.upos == "PRON" else number


def turn(tree: Tree, item: Name | Candidate, lexicon: Lexicon) -> int:
    """When a mention is read: at its head; what may point ahead to the subject of its sentence after that."""
    head, subject = tree.tokens[item.head], None
    if isinstance(item, Name):
        return head.start
    if item.pronoun:
        subject = ahead(tree, head, lexicon) if item.pronoun.reference in WEIGHED else None
    elif item.determiner == "possessive":
        subject = ahead(tree, head, lexicon)
    elif not item.determiner and item.start == tree.sentence.start:
        subject = detached(tree, item)
    return subject.end if subject is not None else head.start


def ahead(tree: Tree, head: Token, lexicon: Lexicon) -> Token | None:
    """The subject that a pronoun, or the possessive of a noun, may point ahead to."""
    pointing = (tree.child(head, "det") if head.upos == "NOUN" else None) or head
    owned = pointing.upos == "DET"
    ways = lexicon.pronouns.get(plain(pointing.text), ())
    number = next((way.number for way in ways if (way.reference == "possessive") == owned), "")
    return awaited(tree, pointing, number, set_phrase=owned and _set_phrase(tree, head, lexicon))


def around_oneself(tree: Tree, pronoun: Token, lexicon: Lexicon) -> bool:
    """« Il reste chez lui »: whether a pronoun may mean what its verb's subject is for all that it stands beside it."""
    return any(
        plain(case.text) in lexicon.functions["around oneself"] for case in tree.children(pronoun, "case")
    )


def _set_phrase(tree: Tree, token: Token, lexicon: Lexicon) -> bool:
    """« pour sa part », « de son côté »: a phrase that says nothing but that it speaks of the subject."""
    noun = tree.tokens[token.head] if token.upos == "DET" else token
    words = [plain(one.text) for one in tree.tokens[max(0, noun.index - 2) : noun.index + 1]]
    return " ".join(words) in lexicon.functions["locution"]


def _called_so(reader: Reader, tree: Tree, possessive: Token) -> int:
    """The thing that the noun of a possessive is another name of, hence not its owner; or -1."""
    noun = reader.nouns.get(possessive.head) if possessive.upos == "DET" else None
    if noun is None:
        return -1
    if tree.child(tree.tokens[noun.head], "case"):
        # « Anne Martin, l'une de ses collègues »
        one = tree.head(tree.tokens[noun.head])
        apposed = one is not None and one.upos == "PRON" and one.deprel == "appos"
        return reader.at(tree, tree.head(one)) if one is not None and apposed else -1
    if noun.subject >= 0:
        return reader.at(tree, tree.tokens[noun.subject])
    return by_syntax(reader, tree, noun)[0]


def _named_below(reader: Reader, tree: Tree, pronoun: Token) -> set[int]:
    """The things that are called by name in what the pronoun's verb says of them: it means none of these (Chomsky 1981, principle C)."""
    verb = tree.head(pronoun) if pronoun.deprel.startswith("nsubj") else None
    said = tree.child(verb, "ccomp") if verb is not None else None
    if said is None or said.index < pronoun.index:
        return set()
    names = (reader.name_at(tree.sentence.index, token.index) for token in tree.subtree(said))
    return {reader.known(name) for name in names if name is not None}


def _around(tree: Tree, token: Token, doer: int) -> set[int]:
    """« le chef de sa région », « le droit de vendre sa maison »: the words whose phrases hold this one and tell nothing of it.

    What a clause tells of a noun may speak of it, and so may what stands beside it as another name.
    """
    found, below = set[int](), token
    for above in tree.ancestors(token):
        infinitive = below.deprel == "acl" and below.feature("VerbForm") == "Inf"
        if below.deprel.partition(":")[0] in TELLING and not infinitive:
            break
        if above.upos in ("NOUN", "PROPN") and above.index != doer:
            found.add(above.index)
        below = above
    return found


def _told_before(referent: Referent, place: Place) -> bool:
    """Whether the thing was mentioned before this place, in reading order."""
    first = referent.places[0]
    return first.sentence != place.sentence or first.start < place.start
