"""What the rules see of one article: its trees, clauses, participants and values, with the nodes they become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from kg.entities import INSIDE, Resolution, slug, value_node
from kg.entities.phrases import balanced, closes
from kg.language.tree import Tree
from kg.model import Analysis, Document, Evidence, Mention, Node, Span, Token, ValueMention
from kg.ontology import Ontology
from kg.statements.arguments import spare_object, whole_marker
from kg.statements.attributes import judged
from kg.statements.clauses import Clause
from kg.statements.frames import Frames
from kg.statements.markers import marker_of
from kg.statements.modality import Status, status_of
from kg.statements.strays import Stray, strays_of
from kg.statements.subjects import clauses_of
from kg.statements.wording import core_end, title_words, trimmed

__all__ = ["BESIDE_NOUN", "Article", "content_id"]

# What hangs from a noun without being part of what it names: clauses beside it, and the clause it is predicate of.
BESIDE_NOUN = frozenset({
    "acl", "appos", "parataxis", "conj", "cc", "punct", "case", "nsubj", "cop", "advmod", "obl", "mark", "aux",
    "expl", "advcl", "ccomp",
})  # fmt: skip


def content_id(sentence: int, token: int) -> str:
    """The provisional id of what a clause says, until the statement it gives is known."""
    return f"content:{sentence}:{token}"


class Article:
    """One article as the rules of statements see it."""

    def __init__(
        self,
        document: Document,
        analysis: Analysis,
        values: Sequence[ValueMention],
        resolution: Resolution,
        ontology: Ontology,
    ) -> None:
        self.document, self.text = document, document.text
        self.ontology = ontology
        self.sentences = analysis.sentences
        self.resolution = resolution
        # The participant whose phrase a word heads, and the extent of that phrase.
        self.node, self.phrase = resolution.node, resolution.phrase
        # The phrase as a node of its own, even where it describes a known entity: an office, a class, a title.
        self.description, self.description_type = resolution.description, resolution.description_type
        self.frames = Frames.of(ontology, document.language)
        self.trees = resolution.trees
        self._nouns = [[token for token in tree.tokens if token.upos == "NOUN"] for tree in self.trees]
        self._entities = {entity.id: entity for entity in resolution.entities}
        self._named = frozenset([entity.id for entity in resolution.entities if entity.named])
        self._mentions_in = _by_sentence(resolution.mentions)
        self._names_in = _by_sentence(
            item for item in resolution.mentions if item.kind == "name" and item.rule != INSIDE
        )
        self.clauses = [
            {clause.head.index: clause for clause in clauses_of(tree, self.frames)} for tree in self.trees
        ]
        self._statuses: dict[tuple[int, int], Status] = {}
        self._complements: dict[int, list[tuple[Token, Token, str]]] = {}
        self.answers: dict[object, Any] = {}  # what rules ask of a sentence more than once
        self._values: dict[int, list[ValueMention]] = {}
        for value in values:
            self._values.setdefault(value.sentence, []).append(value)

    def quote(self, start: int, end: int) -> Evidence:
        """The evidence for what stands between two offsets, blanks and stray punctuation trimmed."""
        text = self.text
        start, end = trimmed(text, start, end)
        return Evidence(self.document.name, start, end, text[start:end])

    def values_of(self, tree: Tree) -> list[ValueMention]:
        """The values stated in a sentence."""
        return self._values.get(tree.sentence.index, [])

    def value_at(self, tree: Tree, token: Token) -> ValueMention | None:
        """The value of which this word is part."""
        for value in self._values.get(tree.sentence.index, ()):
            if value.start <= token.start and token.end <= value.end:
                return value
        return None

    def value_node(self, value: ValueMention) -> Node:
        """An amount or a time as a node, named by its content."""
        return value_node(value)

    def clause_node(self, tree: Tree, head: Token, *without: Token) -> Node:
        """What a clause says, as the object of saying, wanting, planning it; branches at its edge may be left out."""
        span = self.clause_span(tree, head, *without)
        label = self.quote(span.start, core_end(tree, head, span.end)).quote
        text = self.text[span.start : span.end]
        return Node(content_id(tree.sentence.index, head.index), balanced(label), "Statement", text)

    def clause_span(self, tree: Tree, head: Token, *without: Token) -> Span:
        """From the first to the last word of a clause, without its conjunction but « sans »; branches may be left out."""
        spare = spare_object(tree, head, self.frames)
        # « alors que », « afin de »: the whole conjunction.
        opening = tree.children(head, "mark", "cc")
        # « sans faire de blessé » says the contrary of « faire un blessé ».
        branches = (*[item for item in opening if not self.frames.is_a(item.lemma, "without")], *without)
        outside = {item.index for branch in branches for item in tree.subtree(branch)}
        words = [
            token
            for token in tree.subtree(head)
            if token.index not in outside
            and not (token.head == head.index and token.deprel == "punct")
            and token is not spare
        ] or [head]
        above = tree.head(head)
        if above is not None and above.index < head.index:
            # What a parser hangs below a clause from before its governor is not part of it.
            words = [token for token in words if token.index > above.index] or [head]
        while len(words) > 1 and words[0].upos == "PUNCT":
            words = words[1:]
        while len(words) > 1 and words[-1].upos == "PUNCT" and not closes(words):
            words = words[:-1]
        return Span(words[0].start, words[-1].end)

    def words_node(self, tree: Tree, tokens: list[Token], kind: str = "Concept") -> Node:
        """A stretch of words that names no individual: an adverb, an adjective, a prepositional predicate."""
        text = balanced(tree.text(tokens))
        return Node(slug(text), text, kind, text)

    @staticmethod
    def content_name(words: str) -> str:
        """The name of what is said where no statement was read from it: made of its words."""
        return f"content-{sha256(words.encode('utf-8')).hexdigest()[:12]}"

    def label_of(self, property_name: str, default: str) -> str:
        """The name of a property in the article's language."""
        return self.frames.label_of(property_name) or default

    def nouns(self, tree: Tree) -> list[Token]:
        """The common nouns of a sentence."""
        return self._nouns[tree.sentence.index]

    def names_in(self, tree: Tree) -> list[Mention]:
        """The names in a sentence, in text order; none inside another."""
        return self._names_in.get(tree.sentence.index, [])

    def mentions_in(self, tree: Tree) -> list[Mention]:
        """The mentions of a sentence, names, descriptions and pronouns."""
        return self._mentions_in.get(tree.sentence.index, [])

    def name_node(self, mention: Mention) -> Node:
        """The entity that a name names."""
        entity = self._entities[mention.entity]
        return Node(entity.id, entity.label, entity.type, mention.text)

    def beside_names(self, tree: Tree) -> Iterator[tuple[Mention, Mention]]:
        """Each noun phrase that the entities' rules put beside a name as its title or apposition, with that name."""
        names = self.names_in(tree)
        for mention in self.mentions_in(tree) if names else ():
            if mention.kind != "nominal" or not mention.rule.startswith(("title", "apposition")):
                continue
            same = [name for name in names if name.entity == mention.entity]
            if same:
                yield mention, min(same, key=lambda name: (abs(name.start - mention.end), name.start))

    def title_node(self, tree: Tree, head: Token, mention: Mention, name: Mention) -> Node:
        """The words of a description without the name that it describes: « président du conseil » Vautrin."""
        node = self.description(tree, head)
        kept = title_words(tree, head, mention, name)
        if len(kept) > 1 and self.frames.names(kept[-1].lemma):
            kept = kept[:-1]  # « le logiciel appelé » Kolibri
        bare = [token for token in kept if not (token.index < head.index and token.upos in ("DET", "PUNCT"))]
        if not bare:
            return node
        text = balanced(tree.text(bare))
        return Node(slug(text), text, "Occupation" if node.type == "Person" else node.type, tree.text(kept))

    def owned(self, tree: Tree, host: Token, owner: Token) -> Node:
        """What is possessed, without its possessor: « le siège » of « le siège de Valmont »."""
        node, owners = self.node(tree, host), {token.index for token in tree.subtree(owner)}
        if host.index in owners:
            return node
        words = [
            token
            for token in tree.subtree(host, without=BESIDE_NOUN)
            if token.end <= owner.start and token.index not in owners
        ]
        text = balanced(tree.text(words or [host]))
        return Node(node.id, node.label, node.type, text)

    def in_name(self, tree: Tree, token: Token) -> bool:
        """Whether the word is part of a name."""
        return (tree.sentence.index, token.start) in self._in_names

    @cached_property
    def _in_names(self) -> frozenset[tuple[int, int]]:
        return frozenset(
            (mention.sentence, token.start)
            for mention in self.resolution.mentions
            if mention.kind == "name"
            for token in self.trees[mention.sentence].tokens
            if mention.start <= token.start < mention.end
        )

    def without(self, tree: Tree, host: Token, branch: Token) -> Node:
        """The phrase of a noun without one of its dependents: « un verdict » of « un verdict unanime », « grèves » of « de nouvelles grèves »."""
        node = self.description(tree, host)
        below, reach = {token.index for token in tree.subtree(branch)}, self.phrase(tree, host)
        words = tree.subtree(host, without=BESIDE_NOUN)
        inside = [
            token for token in words if token.index not in below and reach.start <= token.start < reach.end
        ]
        first = branch.index + 1 if branch.index < host.index else host.index - 3
        last = min(below) if branch.index > host.index else host.index + 9
        run = [token for token in inside if first <= token.index < last]
        text = balanced(tree.text(run or [host]))
        return Node(node.id, node.label, node.type, text)

    def is_entity(self, node: Node) -> bool:
        """Whether the node is an entity of the article, named or not."""
        return node.id in self._entities

    def is_named(self, node: Node) -> bool:
        """Whether the node is an entity that some name names."""
        return node.id in self._named

    def clause(self, tree: Tree, token: Token) -> Clause | None:
        """The clause that this word heads, if it heads one."""
        return self.clauses[tree.sentence.index].get(token.index)

    def is_spent(self, tree: Tree, token: Token) -> bool:
        """Whether the noun is part of what its verb means with it: « prendre fin », « porter ses fruits »."""
        head = tree.head(token)
        clause = self.clause(tree, head) if head is not None else None
        return clause is not None and token.index in clause.consumed

    def status(self, clause: Clause) -> Status:
        """Polarity and modality of a clause among those of its sentence."""
        sentence = clause.tree.sentence.index
        place = (sentence, clause.head.index)
        if place not in self._statuses:
            self._statuses[place] = status_of(clause, self.clauses[sentence], self.frames)
        return self._statuses[place]

    @cached_property
    def strays(self) -> dict[tuple[int, int], list[Stray]]:
        """By sentence and verb, the complements of the verb that stand among those of its object."""
        found: dict[tuple[int, int], list[Stray]] = {}
        for sentence, clauses in enumerate(self.clauses):
            for clause in clauses.values():
                strays = list(strays_of(clause, self.frames, self.node)) if clause.objects else []
                if strays:
                    found[sentence, clause.head.index] = strays
        return found

    def strays_in(self, clause: Clause) -> list[Stray]:
        """The complements of a verb that stand among those of its object."""
        return self.strays.get((clause.tree.sentence.index, clause.head.index), [])

    def object_of(self, clause: Clause, token: Token) -> Node:
        """What a verb is about, without what it takes besides: « une indemnité » of « verse une indemnité à la ville »."""
        node = self.node(clause.tree, token)
        for said in judged(clause.tree, clause.head, clause.lemma, self.frames)[:1]:
            bare = self.without(clause.tree, token, said)
            article = next((item.text for item in clause.tree.children(token, "det")), "")
            label = bare.mention.removeprefix(article).lstrip()
            return (
                replace(node, mention=bare.mention)
                if self.is_entity(node)
                else Node(slug(label), label, node.type, bare.mention)
            )
        stray = next((item for item in self.strays_in(clause) if item.thing is token), None)
        if stray is None:
            return node
        behind = self.text[
            clause.tree.subtree(stray.branch)[0].start : clause.tree.subtree(stray.branch)[-1].end
        ]
        mention = node.mention.removesuffix(behind).rstrip()
        label = node.label.removesuffix(behind).rstrip()
        if not mention or not label or label == node.label:
            return replace(node, mention=mention or node.mention)
        return Node(node.id if self.is_named(node) else slug(label), label, node.type, mention, node.value)

    def complements(self, tree: Tree) -> list[tuple[Token, Token, str]]:
        """The nouns with a complement behind a preposition: the noun, the complement's head, the preposition."""
        sentence = tree.sentence.index
        found = self._complements.get(sentence)
        if found is None:
            strays = self._stray_branches.get(sentence, ())
            found = self._complements[sentence] = [
                (tree.tokens[token.head], token, marker_of(tree, token, self.frames, "case"))
                for token in tree.tokens
                if token.deprel == "nmod" or token.deprel.startswith("nmod:")
                if token.head >= 0
                and token.index not in strays
                and not self.in_name(tree, tree.tokens[token.head])
                # « du côté de Lyon »: part of the preposition
                and whole_marker(tree, tree.tokens[token.head], self.frames)[1].index == token.head
            ]
        return found

    @cached_property
    def _stray_branches(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for (sentence, _), strays in self.strays.items():
            found.setdefault(sentence, set()).update([item.branch.index for item in strays])
        return found


def _by_sentence(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, []).append(mention)
    return found
