"""Times say when something is done, not what: whatever noun the parser hangs them from, were it as an object."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kg.entities.lexicon import Lexicon, plain
from kg.model import Sentence, Token

__all__ = ["adverbial"]

# What a noun is to the verb that it follows.
ARGUMENTS = frozenset({"obj", "obl", "xcomp", "iobj", "nsubj"})
ADVERBIAL = "obl:mod"
# How a time may be hung that says when the verb's deed is done.
HUNG = frozenset({"nmod", "obj"})
# What stands with a verb that lacks no object.
FILLED = frozenset({"obj", "ccomp", "aux:pass"})
# What lasts, and has no times.
LASTING = frozenset({"Person", "Occupation", "Organization", "Group", "Place", "Product", "Work"})

# Who does something somewhere.
SOMEBODY = frozenset({"Person", "Occupation", "Organization", "Group"})


def adverbial(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with times hung from the verb, not from the noun before them that is no event.

    > Les infirmiers ont repris le travail vendredi.      vendredi ─obl:mod─► repris
    > Le maire a annoncé une grève mardi.                 mardi ─nmod─► grève
    > Le site ferme, a annoncé l'entreprise lundi.        lundi ─obl:mod─► annoncé
    > La rue a été fermée par la police à 8 heures.       heures ─obl:mod─► fermée
    > Elle a vendu deux ans plus tard la maison.           ans ─obl:mod─► vendu
    > Il a été arrêté par la police devant la gare.        gare ─obl:mod─► arrêté
    > Il meurt deux ans après son élection.                ans ─obl:mod─► meurt, and no object
    > La radio émet toutes les deux heures.               heures ─obl:mod─► émet, and no object
    > La ville recule en mars, touchée par la crise.      touchée ─advcl─► recule, and not: mars
    > La ville a signé lundi des contrats.                contrats ─obj─► signé, and not the contracts' Monday
    > Le juge a relaxé lundi Anne Roux.                   Anne ─obj─► relaxé
    """
    sentence = _with_objects(sentence, lexicon)
    tokens = sentence.tokens
    hung = [token for token in tokens if token.deprel in HUNG and token.upos == "NOUN"]
    found = {token.index: verb for token in hung if (verb := _verb(tokens, token, lexicon)) >= 0}
    if not found:
        return sentence
    reckoned = {
        adverb.index: noun
        for noun in found
        if tokens[noun].deprel == "obj" and (adverb := _reckoning(tokens, tokens[noun], lexicon)) is not None
    }
    moved = tuple(
        replace(token, head=found[token.index], deprel=ADVERBIAL)
        if token.index in found
        else replace(token, head=reckoned[token.index], deprel="advmod")
        if token.index in reckoned
        else token
        for token in tokens
    )
    return replace(sentence, tokens=moved)


def _with_objects(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """The sentence with nouns and names behind a bare time made objects of the verb before it, and « des » before them their article.

    No participle behind a comma is said of a time; « passé » behind one has no object.
    """
    tokens = sentence.tokens
    moved: dict[int, Token] = {}
    for token in tokens[2:]:
        if token.deprel == "acl" and token.feature("Tense") == "Past" and tokens[token.index - 1].text == ",":
            time = tokens[token.head]
            if (
                tokens[time.head].upos == "VERB"
                and time.index < token.index
                and _type(time, lexicon) == "Date"
            ):
                moved[token.index] = replace(token, head=time.head, deprel="advcl")
    for token in tokens[3:]:
        if token.deprel != "obj" or tokens[token.head].deprel != "acl":
            continue
        past, time = tokens[token.head], tokens[tokens[token.head].head]
        if past.index == time.index + 1 < token.index:
            verb = tokens[time.head]
            if verb.upos == "VERB" and verb.index < time.index and _type(time, lexicon) == "Date":
                moved[token.index] = replace(token, head=verb.index)
                moved[past.index] = replace(past, deprel="amod")
                moved[time.index] = replace(time, deprel=ADVERBIAL)
    for token in tokens[1:-2]:
        if token.upos != "NOUN":
            continue
        article = tokens[token.index + 1]
        named = article.upos == "PROPN"
        noun = article if named else tokens[article.head] if article.deprel == "case" else token
        if noun.head != token.index or noun.deprel != "nmod":
            continue
        verb, held = tokens[token.head], lexicon.determiners.get(plain(article.text))
        if verb.upos != "VERB" or verb.index > token.index or not (named or held == "indefinite"):
            continue
        beside = [other for other in tokens if other.head == verb.index and other is not token]
        above = [other for other in tokens if other.head == token.index and other.deprel == "det"]
        # « connaît ces derniers jours des orages »
        bare = all(lexicon.determiners.get(plain(other.text)) == "demonstrative" for other in above)
        if bare and _type(token, lexicon) == "Date" and not any(other.deprel in FILLED for other in beside):
            moved[token.index] = replace(token, deprel=ADVERBIAL)
            moved[noun.index] = replace(noun, head=verb.index, deprel="obj")
            if not named:
                moved[article.index] = replace(article, deprel="det", upos="DET")
    return (
        replace(sentence, tokens=tuple([moved.get(token.index, token) for token in tokens]))
        if moved
        else sentence
    )


def _verb(tokens: tuple[Token, ...], token: Token, lexicon: Lexicon) -> int:
    """The verb whose time this noun is, where it hangs from a noun behind that verb or as its object; -1 for all others."""
    noun = tokens[token.head]
    governor = noun if token.deprel == "obj" else _governor(tokens, token, noun)
    if governor is None:
        return -1
    below = [other for other in tokens if other.head == token.index]
    if _type(token, lexicon) != "Date":
        return governor.index if token.deprel == "nmod" and _befalls(token, noun, below, lexicon) else -1
    if token.deprel == "obj":
        told = _recurs(below, lexicon) or _reckoning(tokens, token, lexicon) is not None
        behind = tokens[token.index + 1 : token.index + 2]
        told = told or any(plain(other.text) in lexicon.functions["reckoned from"] for other in behind)
        return governor.index if told else -1
    if _type(noun, lexicon) in ("Event", "Date"):
        return -1
    cases = [other for other in below if other.deprel in ("case", "punct")]
    lasts = {plain(other.lemma) for other in cases} & lexicon.functions["since"]
    owned = cases and not lasts and (_owns(cases, lexicon) or not _lasts(noun, lexicon))
    return -1 if owned else governor.index


def _befalls(token: Token, noun: Token, below: list[Token], lexicon: Lexicon) -> bool:
    """« par la police devant la gare », « par le parti aux élections »: when or where it is done, and nothing of who does it."""
    cases = {plain(other.lemma) for other in below if other.deprel == "case"}
    somebody = noun.upos == "PROPN" or _type(noun, lexicon) in SOMEBODY
    if somebody and cases & lexicon.functions["circumstance"]:
        return True
    bodies = _type(noun, lexicon) in ("Organization", "Group") and _type(token, lexicon) == "Event"
    return bodies and bool(cases & lexicon.functions["toward"])


def _governor(tokens: tuple[Token, ...], token: Token, noun: Token) -> Token | None:
    """The verb before the noun, which this word follows, that the noun is an argument of."""
    if noun.index > token.index or noun.upos == "VERB":
        return None
    while noun.deprel == "nmod" and noun.head >= 0:
        noun = tokens[noun.head]
    verb = tokens[noun.head] if 0 <= noun.head < noun.index else None
    fits = verb is not None and verb.upos == "VERB" and noun.deprel.partition(":")[0] in ARGUMENTS
    return verb if fits else None


def _lasts(noun: Token, lexicon: Lexicon) -> bool:
    """Whether the noun has no times of its own: « par la police à 8 heures », but « les ventes en mai »."""
    return noun.upos == "PROPN" or _type(noun, lexicon) in LASTING


def _owns(cases: list[Token], lexicon: Lexicon) -> bool:
    """Whether the preposition makes the time the noun's own, « le gouvernement de mai », or a comma tells more of it."""
    return any(plain(other.text) in lexicon.possessing or other.deprel == "punct" for other in cases)


def _recurs(below: list[Token], lexicon: Lexicon) -> bool:
    """« toutes les deux heures »: how often."""
    words = [lexicon.determiners.get(plain(other.text)) for other in below if other.deprel in ("amod", "det")]
    return ("indefinite", "definite") in pairwise(words)


def _reckoning(tokens: tuple[Token, ...], noun: Token, lexicon: Lexicon) -> Token | None:
    """« deux ans plus tard », « un mois auparavant »: the adverb that reckons a time from another."""
    for adverb in tokens[noun.index + 1 : noun.index + 3]:
        words = " ".join(plain(token.text) for token in tokens[noun.index + 1 : adverb.index + 1])
        if words in lexicon.functions["reckoned"]:
            return adverb
    return None


def _type(token: Token, lexicon: Lexicon) -> str:
    sense = lexicon.sense(plain(token.lemma), plain(token.text))
    return sense.type if sense else ""
