"""How the classes are made whose instances pass between the stages, or serve inside one: dataclasses with slots."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar, dataclass_transform

__all__ = ["frozen", "ordered", "record"]

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True)
def record(made: type[Record]) -> type[Record]:
    """A dataclass for use inside a stage: the type checker holds it frozen, and making one costs least.

    What passes between the stages is frozen at run time too.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)


@dataclass_transform(frozen_default=True)
def frozen(made: type[Record]) -> type[Record]:
    """A dataclass that cannot be changed.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1)
    Point(x=1, y=0)
    """
    return _filled(dataclass(frozen=True, slots=True)(made))


@dataclass_transform(frozen_default=True, order_default=True)
def ordered(made: type[Record]) -> type[Record]:
    """A dataclass that cannot be changed, and is sorted by its fields."""
    return _filled(dataclass(frozen=True, slots=True, order=True)(made))


def _filled(made: type[Any]) -> type[Any]:
    """The class with an `__init__` that fills each slot itself, in half the time of going through `object.__setattr__`."""
    known = fields(made)
    scope = {f"set_{field.name}": getattr(made, field.name).__set__ for field in known}
    scope |= {f"default_{field.name}": field.default for field in known if field.default is not MISSING}
    parameters = [
        field.name if field.default is MISSING else f"{field.name}=default_{field.name}" for field in known
    ]
    lines = [f"    set_{field.name}(self, {field.name})" for field in known]
    exec("\n".join([f"def __init__(self, {', '.join(parameters)}):", *lines]), scope)
    made.__init__ = scope["__init__"]
    return made
