"""Drawings side by side on one page, so that the whole is as large as it can be."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["packed", "room"]

WIDE = 1.05  # width of the whole over its height: the shape of the page's middle column
MARGIN = 26.0  # around each drawing
WIDTHS = tuple(1.0 + step / 20 for step in range(13))  # strips to try, by the narrowest one


def room(points: Points, half: Points) -> float:
    """Height of the page that holds these boxes."""
    wide, high = (points + half).max(axis=0) - (points - half).min(axis=0)
    return max(float(wide) / WIDE, float(high))


def packed(drawings: list[tuple[Points, Points, Points]]) -> list[Points]:
    """The points of drawings side by side, in the width that leaves the whole largest.

    A drawing is its points, half the sizes of the boxes that stand there, and how far each box lies below its point.
    """
    import numpy as np

    frames = [
        ((points + below - half).min(axis=0) - MARGIN, (points + below + half).max(axis=0) + MARGIN)
        for points, half, below in drawings
    ]
    boxes = [last - first for first, last in frames]
    most = max(float(boxes[0][0]), sqrt(sum(float(box[0] * box[1]) for box in boxes) * WIDE))
    ways = [_shelved(boxes, most * wider) for wider in WIDTHS]
    corners = min(ways, key=lambda way: room(way + np.array(boxes) / 2, np.array(boxes) / 2))
    return [
        points - first + corner
        for (points, *_), (first, _), corner in zip(drawings, frames, corners, strict=True)
    ]


def _shelved(boxes: list[Points], width: float) -> Points:
    """Upper left corners of boxes in a strip of this width, each as high up as it fits."""
    import numpy as np

    skyline = [(0.0, 0.0)]  # from this x on, what stands there ends at this y
    corners = []
    for wide, high in boxes:
        y, x = min((_floor(skyline, x, x + wide), x) for x, _ in skyline if x + wide <= width or not x)
        corners.append((x, y))
        after = [level for start, level in skyline if start <= x + wide][-1]
        skyline = [step for step in skyline if not x <= step[0] <= x + wide]
        skyline = sorted([*skyline, (x, y + high), (x + wide, after)])
    return np.array(corners)


def _floor(skyline: list[tuple[float, float]], left: float, right: float) -> float:
    """How far down reaches what stands between two places."""
    steps = pairwise([*skyline, (float("inf"), 0.0)])
    return max(y for (x, y), (end, _) in steps if x < right and end > left)
