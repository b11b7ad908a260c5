"""What an article speaks of: its names, descriptions, pronouns and values, and which of them are one thing."""

from kg.entities.inner import INSIDE
from kg.entities.nodes import bare_amount, slug, value_node
from kg.entities.resolution import Resolution, resolve

__all__ = ["INSIDE", "Resolution", "bare_amount", "resolve", "slug", "value_node"]
