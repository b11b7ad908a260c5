"""Memory that Python no longer uses, given back to the system.

The allocator keeps what many small things have left, for the next of its size; what comes next in a build is of other
sizes, so that without this each step would stand on what the step before it took.
"""

from __future__ import annotations

import ctypes
import gc
import sys

__all__ = ["trim"]


# To look through all that a process has takes longer than to index a few articles.
MANY = 50


def trim(articles: int) -> None:
    """Give back what can be, after so many articles, where they are many.

    Only the GNU library is asked; others do so by themselves or not at all.
    """
    if articles < MANY:
        return
    gc.collect()
    if sys.platform != "linux":
        return
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if give_back is not None:
        give_back(0)
