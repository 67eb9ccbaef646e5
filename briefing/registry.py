"""Names to functions: `name -> "module:function"`, and what other packages add as entry points."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from briefing.errors import InputError

RENDERERS = {
    "json": "briefing.render.record:render",
    "md": "briefing.render.markdown:render",
    "html": "briefing.render.html:render",
    "pdf": "briefing.render.pdf:render",
}
POINTS = {"renderers": RENDERERS}


def known(point: str) -> tuple[str, ...]:
    """The names at a plug point, the package's own and those of entry points, sorted."""
    return tuple(sorted({*POINTS[point], *(entry.name for entry in entry_points(group=f"briefing.{point}"))}))


def find(point: str, name: str) -> Callable[..., Any]:
    """The function registered under `name` at a plug point, the package's own first, then entry points briefing.POINT.

    Raises `InputError` naming what is known.
    """
    own = POINTS[point]
    if name in own:
        module, _, function = own[name].partition(":")
        found: Callable[..., Any] = getattr(import_module(module), function)
        return found
    others = {entry.name: entry for entry in entry_points(group=f"briefing.{point}")}
    if name in others:
        loaded: Callable[..., Any] = others[name].load()
        return loaded
    raise InputError(f"no {point.removesuffix('s')} named {name!r}; known: {', '.join(known(point))}")
