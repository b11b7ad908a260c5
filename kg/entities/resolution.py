"""The entities of one article: `resolve` finds them, `Resolution` tells which of them a word speaks of.

names (the model's, mended) ─┐
values ──────────────────────┼─► Reader: one pass in reading order ─► Resolution: entities, mentions, node()
trees: phrases, pronouns ────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.entities.antecedents import relative_head
from kg.entities.labels import Labels
from kg.entities.lexicon import lexicon_of, plain
from kg.entities.mentions import Candidate
from kg.entities.names import Name
from kg.entities.nodes import slug, value_node
from kg.entities.phrases import phrase_tokens
from kg.entities.reading import Reader, Resolved
from kg.entities.referents import PERSON_TYPES, TOGETHER
from kg.language.tree import Tree
from kg.model import Amount, Analysis, Document, Entity, Mention, Node, Refusal, Span, Token, ValueMention
from kg.ontology import Ontology

__all__ = ["Resolution", "resolve"]

# The unit of a share of something.
SHARE = "%"
INDIVIDUAL = frozenset({"Person", "Organization", "Place", "Work", "Product", "Event", "Group"})


def resolve(
    document: Document, analysis: Analysis, values: Sequence[ValueMention], ontology: Ontology
) -> Resolution:
    """What an article speaks of: its names, descriptions and pronouns, each with the entity that it refers to."""
    reader = Reader(document, analysis, values, lexicon_of(ontology, document.language))
    reader.read()
    return Resolution(document, reader, values)


class Resolution:
    """The entities of one article, by first mention; their mentions, in text order; what was left unresolved."""

    def __init__(self, document: Document, reader: Reader, values: Sequence[ValueMention]) -> None:
        self._document = document
        self._local_part = document.sha256[:8]
        self._reader = reader
        self._labels = Labels(reader, values)
        self._values = {(value.sentence, value.token): value for value in values}
        self._amounts = {
            (value.sentence, value.start): value for value in values if isinstance(value.value, Amount)
        }
        self._slugs: dict[str, int] = {}
        self._starts: dict[int, list[int]] = {}
        for resolved in reader.resolved:
            self._starts.setdefault(resolved.item.sentence, []).append(resolved.item.start)
        self._phrases: dict[tuple[int, int], Span] = {}
        self._nodes: dict[tuple[int, int], Node] = {}
        self._descriptions: dict[tuple[int, int], Node] = {}
        self._by_referent: dict[int, Entity] = {}
        chains = self._chains()
        firsts = {number: min([one.item.start for one in chain]) for number, chain in chains.items()}
        for number in sorted(chains, key=firsts.__getitem__):
            entity = self._entity(number, chains[number])
            if entity is not None:
                self._by_referent[number] = entity
        self.entities: tuple[Entity, ...] = tuple(self._by_referent.values())
        self.mentions: tuple[Mention, ...] = self._mentions()
        self.refusals: tuple[Refusal, ...] = tuple(
            sorted(reader.refusals, key=lambda one: (one.start, one.end))
        )

    def phrase(self, tree: Tree, head: Token) -> Span:
        """The characters of the noun phrase, name or pronoun headed by this token, determiner included."""
        place = (tree.sentence.index, head.index)
        found = self._phrases.get(place)
        if found is None:
            words = self._labels.before_name(tree, head, phrase_tokens(tree, head))
            found = self._phrases[place] = Span(words[0].start, words[-1].end)
        return found

    @property
    def trees(self) -> Sequence[Tree]:
        """The sentences of the article, in its order."""
        return self._reader.trees

    def node(self, tree: Tree, head: Token) -> Node:
        """The participant for the phrase headed by this token: an entity, a value, or a node of its own."""
        place = (tree.sentence.index, head.index)
        found = self._nodes.get(place)
        if found is None:
            found = self._nodes[place] = self._node(tree, head)
        return found

    def _node(self, tree: Tree, head: Token) -> Node:
        sentence = tree.sentence.index
        name = self._reader.name_at(sentence, head.index)
        at = self._reader.by_token.get((sentence, name.head if name else head.index))
        value = self._values.get((sentence, head.index))
        resolved = self._reader.resolved[at] if at is not None else None
        if resolved is None and value is None and self._amounts:
            value = self._whole(tree, head)
        if value is not None and resolved is None:
            return self._share(tree, head, value)
        if resolved is not None:
            entity = self._by_referent.get(resolved.referent)
            if entity is not None:
                return Node(entity.id, entity.label, entity.type, self._surface(tree, head, resolved))
            if isinstance(resolved.item, Candidate) and resolved.item.pronoun:
                return self._unresolved(tree, head, resolved.item)
        return self.description(tree, head)

    def _share(self, tree: Tree, head: Token, value: ValueMention) -> Node:
        """An amount as a participant; « 40 % des élus » are those of them, not as much of anything."""
        node = value_node(value)
        if not isinstance(value.value, Amount) or value.value.unit != SHARE:
            return node
        words = [item for item in phrase_tokens(tree, head) if item.start >= value.start]
        behind = [item for item in words if item.start >= value.end][:2]
        known = [
            item.upos == "DET" or plain(item.text) in self._reader.lexicon.contractions for item in behind
        ]
        if not any(known) or behind[0].upos not in ("ADP", "DET"):
            return node
        label = tree.text(words)
        return replace(node, id=slug(label), label=label)

    def _whole(self, tree: Tree, head: Token) -> ValueMention | None:
        """« deux milliards d'euros »: the amount that a phrase is as a whole, whichever of its words is counted; no people."""
        span = self.phrase(tree, head)
        amount = self._amounts.get((tree.sentence.index, span.start))
        whole = amount is not None and amount.end == span.end
        return amount if whole and self._type_of(tree, head) != "Group" else None

    # ---- entities

    def _chains(self) -> dict[int, list[Resolved]]:
        chains: dict[int, list[Resolved]] = {}
        for resolved in (*self._reader.resolved, *self._reader.inner):
            if resolved.referent in chains:
                chains[resolved.referent].append(resolved)
            elif resolved.referent >= 0:
                chains[resolved.referent] = [resolved]
        return chains

    def _entity(self, number: int, chain: list[Resolved]) -> Entity | None:
        named = self._reader.named(number)
        if named is not None:
            known = named.known
            return Entity(
                self._id(known.id if known else slug(named.label)),
                named.label,
                named.type,
                named.aliases,
                True,
                known.links if known else (),
            )
        referent = self._reader.memory.referents[number]
        if referent.introduced == TOGETHER:
            return Entity(self._id(self._local(referent.label)), referent.label, referent.type)
        if len(chain) < 2 and referent.type not in INDIVIDUAL:
            return None
        described = [one.item for one in chain if isinstance(one.item, Candidate) and not one.item.pronoun]
        if not described or (len(chain) < 2 and self._bare(described[0])):
            return None
        label, *others = self._labels.of(described)
        return Entity(
            self._id(self._local(label)),
            label,
            referent.type or "Concept",
            tuple(sorted(others)),
        )

    def _bare(self, item: Candidate) -> bool:
        """Whether a description lacks the determiner that makes it one thing; a headline leaves it out."""
        return not item.determiner and not self._reader.trees[item.sentence].sentence.headline

    def _local(self, label: str) -> str:
        return f"{slug(label)}-{self._local_part}"

    def _id(self, wanted: str) -> str:
        """The id, or with a number where another thing of this article has it already."""
        count = self._slugs[wanted] = self._slugs.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}-{self._local_part}-{count}"

    # ---- mentions

    def _mentions(self) -> tuple[Mention, ...]:
        found = [
            self._mention(resolved, entity)
            for resolved in (*self._reader.resolved, *self._reader.predicates, *self._reader.inner)
            if (entity := self._by_referent.get(resolved.referent)) is not None
            and not self._inherent(resolved)
        ]
        return tuple(sorted(found, key=lambda one: (one.start, -one.end)))

    def _inherent(self, resolved: Resolved) -> bool:
        """A reflexive belongs to its verb; it is no mention of its own."""
        item = resolved.item
        return (
            isinstance(item, Candidate) and item.pronoun is not None and item.pronoun.reference == "reflexive"
        )

    def _mention(self, resolved: Resolved, entity: Entity) -> Mention:
        item = resolved.item
        kind = "name" if isinstance(item, Name) else item.kind
        start, end = self._written(item) if isinstance(item, Name) else (item.start, self._end(item))
        text = self._document.text[start:end]
        return Mention(
            start, end, text, kind, entity.type, item.sentence, item.head, entity.id, resolved.rule
        )

    def _written(self, name: Name) -> tuple[int, int]:
        """Where a name stands with its article or civil title, as one reads it: "la CPI", "Mme Park"."""
        before = self._reader.trees[name.sentence].tokens[name.first - 1] if name.first else None
        titles = self._reader.lexicon.civil_titles
        if before is None:
            return name.start, name.end
        small = plain(before.text)
        with_title = before.text in titles or small in titles
        with_article = small in self._reader.lexicon.articles and before.upos == "DET"
        return (before.start if with_title or with_article else name.start), name.end

    def _end(self, item: Candidate) -> int:
        """Where a description ends, at the latest before the next mention: "le décret" of "le décret de Donald Trump"."""
        tree = self._reader.trees[item.sentence]
        head = tree.tokens[item.head]
        if item.pronoun or item.end <= head.end:
            return item.end
        later = [start for start in self._starts.get(item.sentence, ()) if head.end <= start < item.end]
        if not later:
            return item.end
        cut = min(later)
        kept = [token for token in tree.tokens[head.index :] if token.start < cut]
        while len(kept) > 1 and kept[-1].upos in ("ADP", "DET", "PUNCT", "CCONJ"):
            kept.pop()
        return kept[-1].end

    # ---- nodes

    def _surface(self, tree: Tree, head: Token, resolved: Resolved) -> str:
        item = resolved.item
        if isinstance(item, Name):
            return item.text
        if item.pronoun:
            return self._document.text[item.start : item.end]
        span = self.phrase(tree, head)
        return self._document.text[span.start : span.end]

    def _unresolved(self, tree: Tree, head: Token, item: Candidate) -> Node:
        """A relative pronoun is the phrase that its clause hangs from; any other stands for itself, in this place."""
        antecedent = (
            relative_head(tree, head) if item.pronoun and item.pronoun.reference == "relative" else None
        )
        if antecedent is not None and antecedent.index != head.index and antecedent.upos != "PRON":
            return self.node(tree, antecedent)
        text = self._document.text[item.start : item.end]
        return Node(f"{slug(text)}-{self._local_part}-{item.start}", _alone(text), "Other", text)

    def description(self, tree: Tree, head: Token) -> Node:
        """The phrase as a node of its own, even where it describes a known entity: an office, a kind, a title."""
        place = (tree.sentence.index, head.index)
        found = self._descriptions.get(place)
        if found is None:
            found = self._descriptions[place] = self._describe(tree, head)
        return found

    def description_type(self, tree: Tree, head: Token) -> str:
        """The type of that node, which is told without its label."""
        found = self._descriptions.get((tree.sentence.index, head.index))
        return found.type if found is not None else self._own_type(tree, head)

    def _own_type(self, tree: Tree, head: Token) -> str:
        """« un ancien comptable »: what somebody is, no second one beside him."""
        type_name = self._type_of(tree, head)
        return "Occupation" if type_name == "Person" else type_name

    def _describe(self, tree: Tree, head: Token) -> Node:
        label = _alone(self._labels.short(tree, head))
        span = self.phrase(tree, head)
        mention = self._document.text[span.start : span.end]
        type_name = self._own_type(tree, head)
        local = type_name in INDIVIDUAL
        return Node(self._local(label) if local else slug(label), label, type_name, mention)

    def _counted(self, tree: Tree, head: Token) -> Token | None:
        """« une dizaine d'élus », « des milliers de clients »: those that a noun inside an amount counts."""
        below = tree.exactly(head, "nmod")
        inside = below and any(
            sentence == tree.sentence.index and amount.start <= head.start and head.end <= amount.end
            for (sentence, _), amount in self._amounts.items()
        )
        return below[0] if inside else None

    def _type_of(self, tree: Tree, head: Token) -> str:
        lexicon = self._reader.lexicon
        noun = lexicon.sense(plain(head.lemma), plain(head.text))
        if noun is None and (thing := self._counted(tree, head)) is not None:
            noun = lexicon.sense(plain(thing.lemma), plain(thing.text))
            if noun is not None:
                return "Group" if noun.type in PERSON_TYPES else noun.type
        if noun is None:
            return "Concept" if head.upos in ("NOUN", "VERB", "PROPN") else "Other"
        if noun.type == "Occupation" and tree.child(head, "det"):
            return "Person"
        return noun.type


def _alone(text: str) -> str:
    """A pronoun that hangs from its verb as it is written by itself.

    >>> _alone("-t-on")
    'on'
    """
    return text.rpartition("-")[2] if text.startswith("-") else text
