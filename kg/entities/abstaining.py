"""What a mention by itself says against referring to anything said before: the features of abstaining."""

from __future__ import annotations

from kg.entities.features import is_plain
from kg.entities.referents import Setting

__all__ = ["ABSTENTION", "against"]

# What the candidate by itself says against referring to anything before.
ABSTENTION = (
    "none: any", "none: has complement", "none: has words beside", "none: first sentence", "none: in the headline",
    "none: definite", "none: demonstrative", "none: possessive", "none: no determiner", "none: plural",
    "none: noun of a person", "none: noun of an organization", "none: noun of a place", "none: noun of an event",
    "none: noun unknown", "none: noun of a firm", "none: noun of a body that is alone", "none: nothing beside",
    "none: in a quotation", "none: two words beside",
)  # fmt: skip
DETERMINERS = {
    "": "none: no determiner", "definite": "none: definite", "demonstrative": "none: demonstrative",
    "possessive": "none: possessive",
}  # fmt: skip
NOUNS = {
    "Person": "none: noun of a person", "Occupation": "none: noun of a person", "Place": "none: noun of a place",
    "Organization": "none: noun of an organization", "Event": "none: noun of an event",
    "Concept": "none: noun unknown", "": "none: noun unknown",
}  # fmt: skip
# What is one of many, and so was named before; and what every country has one of.
FIRMS = frozenset({"company", "union", "party", "media", "organization"})
ALONE = frozenset({"government", "assembly", "police"})


def against(setting: Setting) -> list[str]:
    """What speaks against the candidate referring to anything before, by name."""
    candidate, place, noun, found = setting.candidate, setting.place, setting.candidate.noun, ["none: any"]
    if candidate.complement:
        found.append("none: has complement")
    if candidate.words:
        found.append("none: has words beside")
    if place.order == 0:
        found.append("none: first sentence")
    if place.headline:
        found.append("none: in the headline")
    if candidate.determiner in DETERMINERS:
        found.append(DETERMINERS[candidate.determiner])
    if candidate.number == "Plur":
        found.append("none: plural")
    if noun.type in NOUNS:
        found.append(NOUNS[noun.type])
    if noun.kind in FIRMS:
        found.append("none: noun of a firm")
    if noun.kind in ALONE:
        found.append("none: noun of a body that is alone")
    if is_plain(candidate):
        found.append("none: nothing beside")
    if len(candidate.words) > 1:
        found.append("none: two words beside")
    if place.quoted >= 0:
        found.append("none: in a quotation")
    return found
