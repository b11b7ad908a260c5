"""Frames: which words evoke which property, what their participants are called, what they say of their content.

The entries are Turtle in ontology/lexicon/; this module compiles those of one language into look-ups by lemma.
Roles follow VerbNet (Kipper Schuler 2005) and FrameNet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from kg.model import record
from kg.ontology import Ontology, Term

__all__ = ["NAMING", "Frame", "Frames"]

# The property of the verbs that give a name.
NAMING = "calls"


@record
class Frame:
    """What a word means: the property it evokes and how its participants are marked.

    `object_markers` are prepositions that introduce the object; `complements` maps other prepositions to roles.
    `content_modality`, `content_polarity` and `content_subject` tell of an infinitive or that-clause below it;
    the last is "Subject" or "Object"; `perfect_modality` holds where the word stands in the perfect (« a pu partir »).
    `stance` is set for words of speech.
    """

    name: str
    property: str
    label: str
    passive_label: str
    noun_of: str = ""
    object_markers: tuple[str, ...] = ()
    complements: tuple[tuple[str, str], ...] = ()
    content_modality: str = ""
    perfect_modality: str = ""
    content_polarity: str = ""
    content_subject: str = ""
    stance: str = ""
    auxiliary: bool = False


# Markers are few and come again and again.
REMEMBERED = 4096


class Frames:
    """The lexicon of one language, by lemma."""

    def __init__(self, ontology: Ontology, language: str) -> None:
        self.ontology = ontology
        self.language = language
        self.contractions = self._canonical()
        # A marker as the lexicon writes it: lower case, straight apostrophes, contractions undone.
        self.canonical: Callable[[str], str] = lru_cache(REMEMBERED)(self._undo)
        self.label_of: Callable[[str], str] = lru_cache(REMEMBERED)(self._label_of)
        self.is_inside_marker: Callable[[str], bool] = lru_cache(REMEMBERED)(self._is_inside_marker)
        self.functions = self._functions()
        self.verbs: dict[str, Frame] = {}
        self.nouns: dict[str, Frame] = {}
        self.adjectives: dict[str, Frame] = {}
        self.senses: dict[str, list[Frame]] = {}
        self.auxiliaries: dict[str, Frame] = {}
        self.clause_verbs: dict[str, Frame] = {}
        self.attributive_verbs: dict[str, Frame] = {}
        self.expressions: dict[str, str] = {}
        self.compounds: dict[str, Frame] = {}
        for term in ontology.terms("Frame"):
            self._enter(term, self._frame(term))
        for term in ontology.terms("AuxiliaryFrame"):
            for lemma in term.texts("verb", language):
                self.auxiliaries.setdefault(lemma, self._frame(term))
                self._express(lemma)
        self.defaults = self._markers("DefaultComplement", "role")
        self.typed = {
            (self.canonical(marker), filler): term.text("role")
            for term in ontology.terms("TypedComplement")
            for marker in term.texts("marker", language)
            for filler in term.texts("fillerType")
        }
        self.attribution = self._attribution("")
        self.initial_attribution = self._attribution("ClauseInitial")
        self.echoes = self._attribution("BeforeSpeechVerb")
        self.hypothesis = {
            **self._markers("HypothesisMarker", "contentModality"),
            **self._words("HypothesisMarker", "contentModality"),
        }
        self.hedges = self._words("HedgeCue", "contentModality")
        self.negations = frozenset(self._words("NegationCue", "word"))
        self.lone_negations = frozenset(self._words("LoneNegationCue", "word"))
        self.restrictions = frozenset(self._words("RestrictionMarker", "word"))
        self.connectives = frozenset(self._words("Connective", "word"))
        self.impersonal = frozenset(
            verb
            for term in ontology.terms("ImpersonalVerbs")
            if term.text("when") in ("always", "reflexive")
            for verb in term.texts("verb", language)
        )
        self.adverbs = self._words("Adverb", "role")
        self.subordinators = self._markers("Subordinator", "role")
        self.subordinate_modality = {
            k: v.lower() for k, v in self._markers("Subordinator", "contentModality").items()
        }

    def _enter(self, term: Term, frame: Frame) -> None:
        tables = {
            "verb": self.verbs,
            "noun": self.nouns,
            "adjective": self.adjectives,
            "clauseVerb": self.clause_verbs,
            "attributiveVerb": self.attributive_verbs,
        }
        for words, table in tables.items():
            for lemma in term.texts(words, self.language):
                table.setdefault(lemma, frame)
                if words == "verb":
                    self.senses.setdefault(lemma, []).append(frame)
                    self._express(lemma)
                elif words == "noun" and (" " in lemma or "'" in lemma):
                    self.compounds.setdefault(self.canonical(lemma), frame)

    def _express(self, lemma: str) -> None:
        if " " in lemma:
            self.expressions.setdefault(self.canonical(lemma), lemma)

    def frame_of(
        self, lemma: str, *, governs: str = "", attribute: bool = False, markers: frozenset[str] = frozenset()
    ) -> Frame | None:
        """The frame of a verb where it stands.

        `governs` is "infinitive" or "clause" where it has such a complement, `attribute` whether something is said of
        its object, `markers` the prepositions behind it; a sense that says what becomes of such a complement goes first,
        then one that wants one of these prepositions, then one that wants none.
        """
        if governs == "infinitive" and lemma in self.auxiliaries:
            return self.auxiliaries[lemma]
        if lemma in self.clause_verbs and (governs == "clause" or self._takes_no(governs, lemma)):
            return self.clause_verbs[lemma]
        if attribute and lemma in self.attributive_verbs:
            return self.attributive_verbs[lemma]
        senses = self.senses.get(lemma, [])
        if not senses:
            return self.auxiliaries.get(lemma) if governs else None
        telling = [frame for frame in senses if frame.content_modality] if governs else []
        fitting = telling or [frame for frame in senses if not markers.isdisjoint(frame.object_markers)]
        plain = fitting or [frame for frame in senses if not frame.object_markers]
        return plain[0] if plain else senses[0]

    def _takes_no(self, governs: str, lemma: str) -> bool:
        """« entend partir »: with an infinitive, the plain sense is out where it says nothing of one."""
        senses = self.senses.get(lemma, [])
        return governs == "infinitive" and not any(item.content_modality for item in senses)

    def state_of(self, participle: str, markers: frozenset[str]) -> Frame | None:
        """The frame of a participle that tells a state, with its preposition: « est basé à », « une loi consacrée à »."""
        for word in (participle, *(participle.removesuffix(end) for end in self.functions["agreement"])):
            for frame in (self.adjectives.get(word), self.verbs.get(f"{self.word('be')} {word}")):
                if frame is not None and markers & set(frame.object_markers):
                    return frame
        return None

    def modality_behind(self, noun: str) -> tuple[str, bool]:
        """How what a noun governs stands, and whether it is denied: « un projet de fusion », « le refus de partir »."""
        frame = self.nouns.get(noun)
        if frame is not None and frame.content_modality:
            return frame.content_modality, frame.content_polarity == "negated"
        names = ("planned", "possible", "obligation")
        return next((name for name in names if self.is_a(noun, name)), ""), False

    def names(self, verb: str) -> bool:
        """Whether the verb gives a name: « le logiciel appelé Vexa »."""
        frame = self.verbs.get(verb)
        return frame is not None and frame.property == NAMING

    def predicative(self, word: str) -> Frame | None:
        """The frame of an adjective that takes an infinitive: « être prêt à », « être capable de »."""
        expression = f"{self.word('be')} {word}"
        return self.auxiliaries.get(expression) or self.verbs.get(expression) or self.adjectives.get(word)

    @classmethod
    def of(cls, ontology: Ontology, language: str) -> Frames:
        """The compiled lexicon; compiled once for each ontology and language."""
        return _compiled(ontology, language)

    def _frame(self, term: Term) -> Frame:
        evoked = self.ontology.term(term.text("evokes"))
        label = evoked.label(self.language) if evoked else term.label(self.language)
        inverse = (evoked.text("inverseLabel", self.language) if evoked else "") or label
        by = inverse.rpartition(" ")
        stance = term.text("stance").lower() or ("neutral" if "SpeechFrame" in term.texts("rdf:type") else "")
        complements: dict[str, str] = {}
        for name in term.texts("complement"):
            complement = self.ontology.term(name)
            if complement:
                for marker in complement.texts("marker", self.language):
                    complements.setdefault(self.canonical(marker), complement.text("role"))
        return Frame(
            name=term.name.removeprefix("lex:"),
            property=term.text("evokes"),
            label=label,
            passive_label=by[0] if self.is_a(by[2], "by") else inverse,
            noun_of=term.text("nounOf"),
            object_markers=tuple(map(self.canonical, term.texts("objectMarker", self.language))),
            complements=tuple(complements.items()),
            content_modality=term.text("contentModality").lower(),
            perfect_modality=term.text("perfectModality").lower(),
            content_polarity=term.text("contentPolarity").lower(),
            content_subject=term.text("contentSubject"),
            stance=stance,
            auxiliary="AuxiliaryFrame" in term.texts("rdf:type"),
        )

    def _markers(self, class_name: str, value: str) -> Mapping[str, str]:
        return {
            self.canonical(marker): term.text(value)
            for term in self.ontology.terms(class_name)
            for marker in term.texts("marker", self.language)
        }

    @cached_property
    def support(self) -> Mapping[str, str]:
        """Verbs that say little themselves, and which part their subject has in what their object says."""
        return {
            lemma: term.text("nounSubject")
            for term in self.ontology.terms("SupportVerb")
            for lemma in term.texts("verb", self.language)
        }

    @cached_property
    def locutions(self) -> frozenset[str]:
        """Phrases that are adverbs as a whole: « par la suite »; those that tell a time or how are among them."""
        return frozenset((*self.locution_roles, *map(self.canonical, self.functions["locution"])))

    @cached_property
    def locution_ends(self) -> frozenset[str]:
        """The last words of such phrases: « suite »."""
        return frozenset(words.rpartition(" ")[2] for words in self.locutions)

    @cached_property
    def compound_openings(self) -> frozenset[str]:
        """The first words of nouns of several words: « offre » of « offre d'emploi »."""
        return frozenset(words.partition(" ")[0] for words in self.compounds)

    @cached_property
    def state_phrases(self) -> frozenset[str]:
        """What tells a state as a whole: « à l'arrêt », « au pouvoir »."""
        return frozenset(map(self.canonical, self.functions["state phrase"]))

    @cached_property
    def state_openings(self) -> frozenset[str]:
        """The prepositions that begin phrases of states: « à » of « à l'arrêt »."""
        return frozenset(words.partition(" ")[0] for words in self.state_phrases)

    def _is_inside_marker(self, text: str) -> bool:
        """Whether a preposition is made of this: « cours » of « au cours de »."""
        return self._in_markers.issuperset(self.canonical(text).split())

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """All that can stand before a noun and tell how it takes part: « au cours de », « à hauteur de »."""
        typed = (item for item, _ in self.typed)
        return frozenset((*self.defaults, *self.attribution, *self.functions["by"], *typed))

    @cached_property
    def _in_markers(self) -> frozenset[str]:
        """The words of all prepositions, nouns inside them included."""
        return frozenset(word for marker in self.prepositions for word in marker.split())

    @cached_property
    def openings(self) -> frozenset[str]:
        """What an expression of several words can begin with: « prendre » of « prendre fin »."""
        cut = (words.split() for words in self.expressions)
        return frozenset(" ".join(words[:size]) for words in cut for size in range(1, len(words)))

    @cached_property
    def expression_ends(self) -> frozenset[str]:
        """The last words of expressions: « fin »."""
        return frozenset(words.rpartition(" ")[2] for words in self.expressions)

    @cached_property
    def locution_roles(self) -> Mapping[str, str]:
        """The role of phrases that tell a time or a manner as a whole: « à l'avenir », « de justesse »."""
        told = {role: self.functions[f"locution of {role}"] for role in ("time", "manner")}
        return {self.canonical(words): role for role, every in told.items() for words in every}

    def _undo(self, words: str) -> str:
        parts = words.lower().replace("\u2019", "'").replace("'", "' ").split()
        return " ".join(self.contractions.get(part, part) for part in parts)

    def is_a(self, word: str, function: str) -> bool:
        """Whether a lemma or a marker has this grammatical function ("of", "by", "be"…)."""
        return word in self.functions.get(function, ())

    def word(self, function: str) -> str:
        """The first word that has this function: how the language writes it."""
        return next(iter(self.functions.get(function, ())), "")

    def _label_of(self, property_name: str) -> str:
        """The name of a property for people; empty where the ontology has no such property."""
        term = self.ontology.term(property_name)
        return term.label(self.language) if term is not None else ""

    def role(self, frame: Frame | None, marker: str, filler: str) -> str:
        """The qualifier role that a preposition gives under a frame, before a noun of this type; or nothing."""
        typed = self.typed.get((marker, filler), "")
        if frame and typed != "time":  # « éclate dans la nuit » tells when, whatever « dans » is to the verb
            for known, role in frame.complements:
                if known == marker:
                    return role
        return typed or self.defaults.get(marker, "")

    def _attribution(self, position: str) -> Mapping[str, str]:
        """The markers that name a source in one position ("" for any), with the stance of each."""
        return {
            self.canonical(marker): term.text("stance").lower()
            for term in self.ontology.terms("AttributionMarker")
            if term.text("position") == position
            for marker in term.texts("marker", self.language)
        }

    def _canonical(self) -> Mapping[str, str]:
        return {
            word: term.text("marker", self.language)
            for term in self.ontology.terms("Contraction")
            for word in term.texts("word", self.language)
        }

    def _functions(self) -> Mapping[str, Mapping[str, None]]:
        return {
            term.text("function"): dict.fromkeys(term.texts("marker", self.language))
            for term in self.ontology.terms("FunctionWord")
        }

    def _words(self, class_name: str, value: str) -> Mapping[str, str]:
        return {
            word: term.text(value).lower()
            for term in self.ontology.terms(class_name)
            for word in term.texts("word", self.language)
        }


@lru_cache(maxsize=8)
def _compiled(ontology: Ontology, language: str) -> Frames:
    return Frames(ontology, language)
