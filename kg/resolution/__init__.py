"""What articles say of one thing, brought together: who is who across articles, what is a copy, what people decided.

Both are called at every commit: `resolve_journal` before the articles are indexed, `agree` after.
"""

from kg.resolution.agreement import agree
from kg.resolution.settling import resolve_journal

__all__ = ["agree", "resolve_journal"]
