"""What the sentence itself says is one: "le président François Hollande", "Lee Jung-mi, présidente de la Cour"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.entities.beside import nearer
from kg.entities.lexicon import fold, plain
from kg.entities.memory import article_of
from kg.entities.mentions import Candidate
from kg.entities.names import Name
from kg.entities.referents import GOVERNING, PERSON_TYPES, Referent
from kg.language.tree import Tree
from kg.model import Token

if TYPE_CHECKING:
    from kg.entities.reading import Reader

__all__ = [
    "BODIES",
    "COUNTRIES",
    "body_of",
    "by_syntax",
    "detached",
    "own_country",
    "same_sort",
    "sort_of",
    "turns_out",
]

# A noun of the one type can stand before a name of the other: "l'encyclopédie Wikipédia", "le réseau social Facebook".
KINDRED = (frozenset({"Work", "Product"}), frozenset({"Product", "Organization"}))
# How the words of a name hang from its title.
NAMING = ("nmod", "appos", "flat")
TITLES = ("title", "apposition", "name")
# What somebody can hold an office in, and speak for.
BODIES = ("Organization", "Place")
# An adjective that begins as the name of a country does is of that country: "israélien", "Israël".
STEM = 4
COUNTRIES = frozenset({"country"})
GOVERNED = frozenset({"government", "authority", "country"})
MEDIA = frozenset({"media"})
# Who was elected or appointed speaks for himself, where the title says no more.
ELECTED = frozenset({"politician"})
# How many sentences back somebody's organization is named at most.
NEAR = 2


def by_syntax(reader: Reader, tree: Tree, candidate: Candidate) -> tuple[int, str]:
    """The thing whose name or phrase stands beside the description as its title or apposition, and which; or -1."""
    head = tree.tokens[candidate.head]
    below = tree.children(head, *NAMING)
    for title in tree.children(head, "appos") if below else ():
        below = [*below, *tree.children(title, *NAMING)]
    for child in below:
        name = reader.name_at(candidate.sentence, child.index)
        if name and _so_called(reader, tree, candidate, child) and reader.type_of(name) == "Place":
            return reader.number_of(name), "title: the name behind its « of »"
        if name and child.index > head.index and not tree.children(child, "case"):
            if _lies_in(tree, head, child) and reader.type_of(name) == "Place":
                continue
            apart = child.head != head.index or (
                child.deprel == "appos" and tree.tokens[child.index - 1].upos == "PUNCT"
            )
            if _is_called(reader, candidate, name, apart=apart):
                rule = "apposition: the name beside it" if apart else "title: the name after it"
                return reader.number_of(name), rule
    for name, apart, called in reader.beside.get(candidate.head, ()):
        fits = _is_called(reader, candidate, name, apart=apart, sure=called)
        if apart and _told_of_another(reader, tree, candidate, name):
            continue
        if fits and (called or not nearer(tree, candidate, name, reader.lexicon)):
            rule = "apposition: the words beside it" if apart else "title: the words before the name"
            return reader.number_of(name), rule
    if (number := _joined_title(reader, tree, candidate)) >= 0:
        return number, "title: the one joined to it stands before the name"
    if (number := _identified(reader, tree, candidate)) >= 0:
        return number, "identity: the name that it is said to be"
    if candidate.determiner == "" and (number := _of_subject(reader, tree, candidate)) >= 0:
        return number, "apposition: the subject that the sentence opens with"
    if head.deprel == "conj" and (number := _second_title(reader, tree, candidate)) >= 0:
        return number, "title: joined to the one before it"
    number = _after_phrase(reader, tree, candidate) if head.deprel == "appos" else -1
    return number, "apposition: the phrase before it"


def _so_called(reader: Reader, tree: Tree, candidate: Candidate, name: Token) -> bool:
    """« la ville de Brest » is Brest: a kind of place that has its name behind « de »; several have several."""
    functions, head = reader.lexicon.functions, candidate.head
    if candidate.lemma not in functions["kind of place"] or candidate.determiner != "definite":
        return False
    cases = [plain(case.lemma) for case in tree.children(name, "case")]
    return candidate.number != "Plur" and name.head == head and bool(functions["of"].intersection(cases))


def _lies_in(tree: Tree, head: Token, name: Token) -> bool:
    """« l'usine d'Amiens (Somme) »: what stands in brackets behind a complement tells where that lies."""
    opened = tree.subtree(name)[0].text == "(" or tree.tokens[name.index - 1].text == "("
    return opened and any(item.index < name.index for item in tree.exactly(head, "nmod"))


def _identified(reader: Reader, tree: Tree, candidate: Candidate) -> int:
    """« Le président du jury est Paul Roy »: the thing whose name the phrase is said to be, or -1."""
    head = tree.tokens[candidate.head]
    above = tree.head(head)
    if above is None or candidate.determiner != "definite" or head.deprel != "nsubj":
        return -1
    name = reader.name_at(candidate.sentence, above.index)
    if name is None or not tree.child(above, "cop") or tree.children(above, "case"):
        return -1
    denied = any(child.feature("Polarity") == "Neg" for child in tree.children(above, "advmod"))
    fits = not denied and _is_called(reader, candidate, name, apart=True, sure=False)
    return reader.number_of(name) if fits else -1


def turns_out(reader: Reader, tree: Tree, predicate: Candidate, number: int) -> int:
    """« La directrice est la chimiste Anne Roy »: who somebody described is said to be, by name; or -1."""
    one = reader.memory.referents[number] if number >= 0 else None
    if one is None or one.named or predicate.denied:
        return -1
    named, _ = by_syntax(reader, tree, predicate)
    return named if named >= 0 and one.type == reader.memory.referents[named].type else -1


def detached(tree: Tree, candidate: Candidate) -> Token | None:
    """ "Maire de Lyon, elle refuse": the subject that a phrase without determiner opens the sentence for, or None."""
    opens = candidate.determiner == "" and candidate.start == tree.sentence.start
    if not opens or candidate.noun.type not in PERSON_TYPES or candidate.number == "Plur":
        return None
    after = next((token for token in tree.tokens if token.start >= candidate.end), None)
    subject = next((found for root in tree.roots for found in tree.children(root, "nsubj")), None)
    behind = after is not None and after.text == "," and subject is not None and subject.start > after.start
    return subject if behind else None


def _of_subject(reader: Reader, tree: Tree, candidate: Candidate) -> int:
    subject = detached(tree, candidate)
    number = reader.at(tree, subject) if subject else -1
    return number if number >= 0 and reader.memory.referents[number].type == "Person" else -1


def _after_phrase(reader: Reader, tree: Tree, candidate: Candidate) -> int:
    head = tree.tokens[candidate.head]
    above = tree.head(head)
    if above is None:
        return -1
    name = reader.name_at(candidate.sentence, above.index)
    if name is not None and not _is_called(reader, candidate, name, apart=True):
        return -1
    number = reader.at(tree, above)
    fits = number >= 0 and (name or same_sort(candidate, reader.memory.referents[number]))
    return number if fits else -1


def _second_title(reader: Reader, tree: Tree, candidate: Candidate) -> int:
    """ "Anne Martin, maire et députée": the person whose title it is coordinated with, or -1."""
    head = tree.tokens[candidate.head]
    bare = candidate.determiner == "" and candidate.number != "Plur"
    if not bare or candidate.noun.type not in PERSON_TYPES:
        return -1
    above = tree.tokens[head.head]
    at = reader.by_token.get((candidate.sentence, above.index))
    titled = at is not None and reader.resolved[at].rule.startswith(TITLES)
    number = reader.at(tree, above) if titled else -1
    return number if number >= 0 and reader.memory.referents[number].type == "Person" else -1


def _told_of_another(reader: Reader, tree: Tree, candidate: Candidate, name: Name) -> bool:
    """« l'avocate du suspect, Anne Roux, … »: whom a person's noun complements is not whom the comma names."""
    head = tree.tokens[candidate.head]
    above = reader.nouns.get(head.head) if head.deprel == "nmod" else None
    people = above is not None and above.noun.type in PERSON_TYPES and candidate.noun.type in PERSON_TYPES
    return people and name.first > candidate.head > head.head


def _joined_title(reader: Reader, tree: Tree, candidate: Candidate) -> int:
    """ "le fondateur et patron Paul Roy": whom the bare title joined to this one stands beside, or -1."""
    if candidate.noun.type not in PERSON_TYPES or candidate.number == "Plur":
        return -1
    for joined in tree.exactly(tree.tokens[candidate.head], "conj"):
        second = reader.nouns.get(joined.index)
        bare = second is not None and not second.determiner and second.number != "Plur"
        if second is not None and bare and second.noun.type in PERSON_TYPES:
            return by_syntax(reader, tree, second)[0]
    return -1


def _is_called(reader: Reader, candidate: Candidate, name: Name, *, apart: bool, sure: bool = True) -> bool:
    """Whether this noun can stand beside that name for one thing; with a comma between, more can.

    By the tree, an unknown noun can: « Anne Martin, trapéziste », « la trapéziste Anne Martin », « l'Italienne Giulia
    Conti », « l'américain Vexa »; by words in order (`sure` is false) it cannot.
    """
    if candidate.number == "Plur" and article_of(name, reader.trees, "Number") != "Plur":
        return False
    thing, noun = reader.type_of(name), candidate.noun.type
    unknown = sure and not noun and (apart or (thing == "Person" and bool(candidate.determiner)))
    if sure and thing == "Organization" and candidate.lemma in reader.lexicon.functions["nation"]:
        return candidate.determiner == "definite"
    if thing in ("Organization", "Place") and candidate.lemma in reader.lexicon.functions["any party"]:
        return sure or apart
    if noun in PERSON_TYPES or thing == "Person":
        return thing == "Person" and (noun in PERSON_TYPES or unknown)
    return noun == thing or {noun, thing} in KINDRED or unknown


def sort_of(candidate: Candidate) -> str:
    """The type of the thing that a description denotes: who holds an occupation is a person, several are a group."""
    if candidate.noun.type in PERSON_TYPES:
        return "Group" if candidate.number == "Plur" else "Person"
    return candidate.noun.type


def same_sort(candidate: Candidate, referent: Referent) -> bool:
    """Whether a description and a thing agree in number and type, as far as both are known."""
    noun = sort_of(candidate)
    return referent.plural == (candidate.number == "Plur") and (
        noun == referent.type or not noun or not referent.type
    )


def body_of(reader: Reader, person: int, order: int) -> tuple[int, str]:
    """For whom somebody speaks who says "we", and how that is known: what the title names, or the name; or -1.

    Who holds an office that names none ("le directeur") speaks for the organization that is mentioned most of those
    near; who governs, for the government or country that is.
    """
    speaker = reader.memory.referents[person]
    if speaker.type != "Person":
        return -1, ""
    titles = [
        one.item
        for one in (*reader.resolved, *reader.predicates)
        if one.referent == person and isinstance(one.item, Candidate) and one.item.noun.type == "Occupation"
    ]
    for item in titles:
        if (number := _named_in(reader, item)) >= 0:
            return number, "that the speaker's title names"
    if (number := _member_of(reader, person)) >= 0:
        return number, "that stands beside the speaker's name"
    governing = [item for item in titles if item.noun.kind in GOVERNING]
    titles = [item for item in titles if item.noun.kind not in ELECTED]
    if any(_says_of_what(reader, item) for item in governing):
        return -1, ""
    bodies = [one for one in reader.memory.referents if one.places and _speaks(one, governs=bool(governing))]
    near = [one for one in bodies if any(order - NEAR <= place.order <= order for place in one.places)]
    most = max(near, key=lambda one: (len(one.places), -one.number), default=None)
    return (most.number if titles and most is not None else -1), "that is mentioned most"


def _speaks(body: Referent, *, governs: bool) -> bool:
    """Whether somebody can speak for it; a newspaper lets others speak."""
    if governs:
        return bool(body.kinds & GOVERNED)
    return body.named and body.type == "Organization" and not body.kinds & MEDIA


def _says_of_what(reader: Reader, title: Candidate) -> bool:
    """Whether words behind the title say of what it is, be that named or not: "le président brésilien"."""
    tree = reader.trees[title.sentence]
    behind = tree.subtree(tree.tokens[title.head], without=("appos", "acl:relcl"))
    return any(token.index > title.head and token.upos in ("ADJ", "NOUN") for token in behind)


def _member_of(reader: Reader, person: int) -> int:
    """ "Anne Martin, du syndicat Solidaires", "Paul Durand (CGT)": the organization that hangs from the name, or -1."""
    named = reader.named(person)
    for name in named.names if named else ():
        tree = reader.trees[name.sentence]
        for child in tree.children(tree.tokens[name.head], "nmod", "appos"):
            number = reader.at(tree, child) if child.index > name.last else -1
            if number >= 0 and reader.memory.referents[number].type == "Organization":
                return number
    return -1


def own_country(reader: Reader, owner: int) -> int:
    """The country of whom "son pays" is said: the place that a title names or has an adjective of, or -1."""
    for one in (*reader.resolved, *reader.predicates):
        if one.referent == owner and isinstance(one.item, Candidate) and one.item.noun.type == "Occupation":
            number = _named_in(reader, one.item)
            if number >= 0 and reader.memory.referents[number].kinds & COUNTRIES:
                return number
    return -1


def _named_in(reader: Reader, title: Candidate) -> int:
    """The organization or place that a title names or has an adjective of: "directeur de la NASA", or -1."""
    tree = reader.trees[title.sentence]
    for token in tree.subtree(tree.tokens[title.head], without=("appos", "acl:relcl")):
        if token.index <= title.head:
            continue
        if token.upos == "ADJ" and (number := _country(reader, token)) >= 0:
            return number
        body = reader.at(tree, token)
        if body >= 0 and reader.memory.referents[body].type in (*BODIES, "Group"):
            return body
    return -1


def _country(reader: Reader, adjective: Token) -> int:
    """The place with a name that begins as the adjective does: "israélien", or -1."""
    stem = fold(adjective.text)[:STEM]
    if len(stem) < STEM:
        return -1
    for group in reader.groups:
        if group.type == "Place" and any(
            word.startswith(stem) for name in group.names for word in name.words
        ):
            return reader.number_of(group.names[0])
    return -1
