"""How many things are done: the type of the `map` that a stage takes from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

__all__ = ["Map"]


class Map(Protocol):
    """The builtin `map`, or anything that keeps its order: a process pool, a cluster."""

    def __call__(self, function: Callable[[Item], Result], items: Sequence[Item], /) -> Iterable[Result]:
        """`function` of each item, in the order of the items."""
