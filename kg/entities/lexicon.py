"""What the ontology knows of the words that name things or refer to them, ready to be asked word by word.

Read from `ontology/lexicon/` (`nouns.ttl`, `pronouns.ttl`, `titles.ttl`, `given-names.ttl`) and `ontology/authority.ttl`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache

from kg.entities.senses import Known, NounSense, Pronoun
from kg.ontology import Ontology, Term, expand

__all__ = ["Known", "Lexicon", "NounSense", "Pronoun", "fold", "lexicon_of", "plain"]

# How a frame writes the verbs that evoke it.
SAID = ("verb", "clauseVerb")
LINKS = ("owl:sameAs", "skos:exactMatch")
AGENCY = "authority"  # a body of the state that is no court, assembly or government
# The accents of most languages, and letters that may be others.
ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
FOREIGN = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A text without case, accents, hyphens or typographic apostrophes, for comparing names.

    >>> fold("Élysée-Montmartre’s")
    "elysee montmartre's"
    """
    return bare(unicodedata.normalize("NFKD", text.replace("’", "'").casefold())).replace("-", " ")


def bare(text: str) -> str:
    """A decomposed text without its accents."""
    text = ACCENTS.sub("", text)
    return FOREIGN.sub(lambda found: "" if unicodedata.combining(found[0]) else found[0], text)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A word in lower case with a straight apostrophe, as the lexicon writes it.

    >>> plain("Qu’")
    "qu'"
    """
    return text.lower().replace("’", "'")


class Lexicon:
    """The words of one language that name or refer."""

    def __init__(self, ontology: Ontology, language: str) -> None:
        self._ontology = ontology
        self.language = language

    def _forms(self, class_name: str, property_name: str = "form") -> frozenset[str]:
        terms = self._ontology.terms(class_name)
        return frozenset(plain(form) for term in terms for form in term.texts(property_name))

    @cached_property
    def nouns(self) -> dict[str, NounSense]:
        """Noun lemma → what it denotes."""
        found: dict[str, NounSense] = {}
        for term in self._ontology.terms("NounClass"):
            sense = NounSense(term.name.rpartition("nouns-")[2], term.text("entityType"))
            for noun in term.texts("noun", self.language):
                found.setdefault(noun, sense)
        return found

    @cached_property
    def phrases(self) -> dict[str, tuple[tuple[str, NounSense], ...]]:
        """Noun lemma → folded words that make another sense with it, and that sense ("chef": "etat")."""
        found: dict[str, list[tuple[str, NounSense]]] = {}
        for term in self._ontology.terms("NounClass"):
            sense = NounSense(term.name.rpartition("nouns-")[2], term.text("entityType"))
            for phrase in term.texts("phrase", self.language):
                noun, _, beside = phrase.partition(", ")
                found.setdefault(noun, []).append((fold(beside), sense))
        return {noun: tuple(senses) for noun, senses in found.items()}

    def sense(self, lemma: str, form: str, words: frozenset[str] = frozenset()) -> NounSense | None:
        """What a noun denotes among the folded words beside it; by its lemma, else by its form."""
        for noun in (lemma, form) if words else ():
            for beside, sense in self.phrases.get(noun, ()):
                if beside in words:
                    return sense
        known = self.nouns.get(lemma) or self.nouns.get(form)
        return self._compound(lemma) if known is None and "-" in lemma else known

    def _compound(self, lemma: str) -> NounSense | None:
        """ "ex-présidente" and "journaliste-économiste": what the first of its parts denotes that is known."""
        return next((self.nouns[part] for part in lemma.split("-") if part in self.nouns), None)

    def terms(self, class_name: str) -> Sequence[Term]:
        """What the ontology lists under a class of words."""
        return self._ontology.terms(class_name)

    @cached_property
    def possessing(self) -> frozenset[str]:
        """The words that join a thing to whose it is, contractions included."""
        kinds = ("form", "elided", "contracted")
        return frozenset().union(*(self._forms("Possession", kind) for kind in kinds))

    @cached_property
    def folded_nouns(self) -> dict[str, NounSense]:
        """The same by folded lemma, for the words of names."""
        return {fold(noun): sense for noun, sense in self.nouns.items()}

    @cached_property
    def pronouns(self) -> dict[str, tuple[Pronoun, ...]]:
        """Form → the ways in which it refers ("leur": to them, or theirs)."""
        found: dict[str, list[Pronoun]] = {}
        for term in self._ontology.terms("PronounClass"):
            for form in term.texts("form", self.language):
                found.setdefault(plain(form), []).append(_pronoun(term))
        return {form: tuple(ways) for form, ways in found.items()}

    @cached_property
    def latter(self) -> dict[tuple[str, str], Pronoun]:
        """(determiner, adjective) → the pronoun that they make together: "ce dernier"."""
        return {
            (term.text("after", self.language), term.text("adjective", self.language)): _pronoun(term)
            for term in self._ontology.terms("PronounClass")
            if term.text("adjective", self.language)
        }

    @cached_property
    def latter_words(self) -> frozenset[str]:
        """The adjectives of such pronouns."""
        return frozenset(adjective for _, adjective in self.latter)

    @cached_property
    def determiners(self) -> dict[str, str]:
        """Determiner → definite, demonstrative, possessive or indefinite; the first class that has it."""
        found: dict[str, str] = {}
        for term in self._ontology.terms("Determiners"):
            for form in term.texts("form", self.language):
                found.setdefault(plain(form), term.text("kind"))
        return found

    @cached_property
    def civil_titles(self) -> dict[str, str]:
        """Civil title → the gender it tells, or the empty string."""
        terms = self._ontology.terms("CivilTitle")
        return {form: term.text("gender") for term in terms for form in term.texts("form")}

    @cached_property
    def given_names(self) -> dict[str, str]:
        """Given name, folded → gender."""
        terms = self._ontology.terms("GivenNames")
        return {fold(name): term.text("gender") for term in terms for name in term.text("names").split()}

    @cached_property
    def places(self) -> dict[str, str]:
        """Folded name of a place → its kind ("country")."""
        return {
            fold(name): term.text("kind")
            for term in self._ontology.terms("PlaceNames")
            for name in term.text("names", self.language).split("\n")
            if name
        }

    @cached_property
    def particles(self) -> frozenset[str]:
        """Small words inside names; an elided one ("d'") also as the word that is left of it ("d")."""
        forms = self._forms("NameParticles")
        return forms | {form.rstrip("'") for form in forms}

    @cached_property
    def articles(self) -> frozenset[str]:
        """Definite articles that a name may stand behind."""
        return self._forms("Articles")

    @cached_property
    def contractions(self) -> frozenset[str]:
        """Prepositions that hold an article."""
        return self._forms("Contractions")

    @cached_property
    def locution_ends(self) -> frozenset[str]:
        """The last words of set phrases: "côté" of « de son côté »."""
        return frozenset(phrase.rpartition(" ")[2] for phrase in self.functions["locution"])

    @cached_property
    def naming(self) -> frozenset[str]:
        """Participles between a noun and its name: "prénommé"."""
        return self._forms("NamingWords")

    @cached_property
    def idle(self) -> frozenset[str]:
        """Participles that tell no deed of their noun: "sortant"."""
        return self._forms("IdleParticiples")

    @cached_property
    def portfolio_holders(self) -> frozenset[str]:
        """Lemmas of nouns of who is in charge of something: "ministre"."""
        return self._forms("PortfolioHolders")

    @cached_property
    def named_after_places(self) -> frozenset[str]:
        """Lemmas of nouns that make a name with the place where it came about: "traité"."""
        return self._forms("NamedAfterPlaces")

    @cached_property
    def mediums(self) -> frozenset[str]:
        """Prepositions before what something is published on: "sur Twitter"."""
        return self._forms("MediumPrepositions")

    @cached_property
    def legal_forms(self) -> frozenset[str]:
        """What may follow the name of a firm, folded."""
        return frozenset(fold(form) for form in self._forms("LegalForms"))

    @cached_property
    def impersonal(self) -> dict[str, str]:
        """Lemma of a verb whose subject pronoun can be nobody → whether it "always" is, as a "reflexive", or where "parsed" so."""
        terms = self._ontology.terms("ImpersonalVerbs")
        return {verb: term.text("when") for term in terms for verb in term.texts("verb")}

    @cached_property
    def there_is(self) -> frozenset[tuple[str, str]]:
        """(pronoun, verb lemma) pairs that only say that something is: "il y a"."""
        terms = self._ontology.terms("ThereIs")
        return frozenset(
            (form, verb) for term in terms for form in term.texts("form") for verb in term.texts("verb")
        )

    @cached_property
    def functions(self) -> dict[str, frozenset[str]]:
        """What words of grammar do → those that do it: "have" → "avoir"."""
        terms = self._ontology.terms("FunctionWord")
        return {item.text("function"): frozenset(item.texts("marker", self.language)) for item in terms}

    @cached_property
    def copular(self) -> frozenset[str]:
        """Lemmas of verbs whose complement says what the subject is."""
        return self._forms("CopularVerbs", "verb")

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Lemmas of verbs that can stand beside a quotation, a reflexive without its pronoun."""
        terms = self._ontology.terms("SpeechFrame")
        verbs = [plain(verb) for term in terms for name in SAID for verb in term.texts(name, self.language)]
        return frozenset(verb.removeprefix("se ").removeprefix("s'") for verb in verbs)

    @cached_property
    def deeds(self) -> dict[str, str]:
        """Lemma of a verb → what is done, by the first frame that it evokes: verbs that say nearly the same have one."""
        return self._evoking("verb")

    @cached_property
    def deed_nouns(self) -> dict[str, str]:
        """Lemma of a noun → what is done: "rachat" as "racheter"."""
        return self._evoking("noun")

    def _evoking(self, property_name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for term in self._ontology.terms("Frame"):
            for word in term.texts(property_name, self.language):
                found.setdefault(plain(word), term.name.partition(":")[2])
        return found

    @cached_property
    def wanted(self) -> dict[str, frozenset[str]]:
        """Lemma of an adjective → how its complement may begin, contracted or not; « de » may belong to the noun before it."""
        forms = {
            marker: frozenset((marker, *term.texts("word", self.language)))
            for term in self._ontology.terms("Contraction")
            for marker in term.texts("marker", self.language)
        }
        found: dict[str, frozenset[str]] = {}
        for term in self._ontology.terms("Frame"):
            markers = [
                item for item in term.texts("objectMarker", self.language) if item not in self.functions["of"]
            ]
            opening = frozenset().union(*(forms.get(item, frozenset((item,))) for item in markers))
            for word in term.texts("adjective", self.language):
                found.setdefault(plain(word), opening)
        return found

    @cached_property
    def sources(self) -> frozenset[str]:
        """Prepositions of who answers for what is said, wherever they stand: « selon »."""
        return self._attributing("")

    @cached_property
    def opening_sources(self) -> frozenset[str]:
        """Prepositions of who answers for what is said, where they open the sentence: « pour »."""
        return self._attributing("ClauseInitial")

    def _attributing(self, position: str) -> frozenset[str]:
        return frozenset(
            plain(marker)
            for term in self._ontology.terms("AttributionMarker")
            if term.text("position") == position
            for marker in term.texts("marker", self.language)
        )

    @cached_property
    def known(self) -> dict[str, Known | None]:
        """Folded name → the entity of the authority file; None where several share the name."""
        found: dict[str, Known | None] = {}
        for name, term in sorted(self._ontology.by_name.items()):
            if name.startswith("id:"):
                known = self._known(term)
                for alias in {fold(alias) for alias in known.names}:
                    found[alias] = None if alias in found else known
        return found

    @cached_property
    def _schema(self) -> dict[str, list[NounSense]]:
        found: dict[str, list[NounSense]] = {}
        for term in self._ontology.terms("NounClass"):
            sense = NounSense(term.name.rpartition("nouns-")[2], term.text("entityType"))
            for schema in term.texts("schemaType"):
                found.setdefault(schema, []).append(sense)
        return found

    def _known(self, term: Term) -> Known:
        senses = next((self._schema[name] for name in term.texts("rdf:type") if name in self._schema), [])
        first = self.folded_nouns.get(fold(term.label(self.language)).partition(" ")[0])
        # A court is of the state, as an agency and a government are: the noun that a name begins with tells.
        usual = next((sense for sense in senses if sense.kind == AGENCY), [NounSense("", ""), *senses][-1])
        sense = first if first in senses else usual
        names = term.texts("rdfs:label") + term.texts("skos:altLabel")
        links = [expand(text) for name in LINKS for text in term.texts(name)]
        of_id, label = term.name.removeprefix("id:"), term.label(self.language)
        return Known(of_id, label, sense.type, sense.kind, names, tuple(sorted(links)))


def _pronoun(term: Term) -> Pronoun:
    name = term.name.rpartition("pronoun-")[2]
    return Pronoun(name, term.text("reference"), term.text("gender"), term.text("number"))


@lru_cache(maxsize=8)
def lexicon_of(ontology: Ontology, language: str) -> Lexicon:
    """The lexicon of an ontology for one language; read once."""
    return Lexicon(ontology, language)
