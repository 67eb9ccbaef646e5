"""A daily news brief in which every word of a source is verbatim, cited and re-checkable offline.

    from briefing import Annotator, make_brief
    from briefing.collect import collect
    from briefing.render import render

    made = make_brief(collect(["articles/"]), annotate=Annotator(), now="2022-01-12T06:00:00+00:00")
    page = render(made.brief, "html")

The names of this module are loaded when they are first used, so `import briefing` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.language import Annotator as Annotator
    from briefing.model import Article as Article
    from briefing.model import Brief as Brief
    from briefing.model import Dropped as Dropped
    from briefing.model import Page as Page
    from briefing.model import Passage as Passage
    from briefing.pipeline import Settings as Settings
    from briefing.pipeline import make_brief as make_brief

__version__ = "0.1.0"

_ROOMS = {
    "Annotator": "language",
    "Article": "model",
    "Brief": "model",
    "Dropped": "model",
    "Page": "model",
    "Passage": "model",
    "Settings": "pipeline",
    "make_brief": "pipeline",
}

__all__ = [
    "Annotator",
    "Article",
    "Brief",
    "Dropped",
    "Page",
    "Passage",
    "Settings",
    "make_brief",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"briefing.{_ROOMS[name]}"), name)
