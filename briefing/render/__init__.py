"""Brief -> bytes: JSON, Markdown, HTML and PDF from one model, through the user's or our own templates.

    Brief -> Edition (numbered, resolved) -> template -> bytes
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from briefing.errors import InputError
from briefing.model import Brief
from briefing.render.brand import PAGES, THEMES, Look

FORMATS = {
    "html": "briefing.render.html:render",
    "json": "briefing.render.record:render",
    "markdown": "briefing.render.markdown:render",
    "pdf": "briefing.render.pdf:render",
}

__all__ = ["FORMATS", "PAGES", "THEMES", "Look", "render"]


def render(
    brief: Brief,
    format: str,  # noqa: A002 - the word every caller would use
    *,
    templates: Path | None = None,
    look: Look | None = None,
    **options: Any,
) -> bytes:
    """The brief as a file of one of `FORMATS`; the same brief and options always give the same bytes.

    `templates` is a folder whose files replace ours one by one. `options` are those of `Look` (theme, page, name,
    colour, logo) where no `look` is given. Raises `InputError` for an unknown format, theme, page or template, and
    `MissingDependency` where a PDF is asked for and the system lacks a library for it.
    """
    if format not in FORMATS:
        raise InputError(f"no renderer named {format!r}; known: {', '.join(FORMATS)}")
    module, function = FORMATS[format].split(":")
    renderer = getattr(importlib.import_module(module), function)
    return bytes(renderer(brief, templates=templates, look=look or Look(**options)))
