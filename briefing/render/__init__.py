"""Brief -> bytes: JSON, Markdown, HTML and PDF from one model, through the user's or our own templates.

Brief -> Edition (numbered, resolved) -> template -> bytes
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError
from briefing.model import Brief
from briefing.registry import find
from briefing.render.brand import PAGES, THEMES, Look
from briefing.render.caps import within_caps

ALIASES = {"markdown": "md"}
HEAVY = {"pdf"}  # formats whose making can take long; the others take milliseconds

__all__ = ["PAGES", "THEMES", "Look", "render"]


def render(
    brief: Brief,
    format: str,
    *,
    templates: Path | None = None,
    look: Look | None = None,
    capped: bool = False,
    **options: Any,
) -> bytes:
    """The brief as a file: "json", "md" or "markdown", "html", "pdf", or a format that another package registers.

    The same brief and options always give the same bytes.
    `templates` is a folder whose files replace ours one by one. `options` are those of `Look` (theme, page, name,
    colour, logo) where no `look` is given. `capped` makes a PDF in a child process with caps on time and memory.
    Raises `InputError` for an unknown format, theme, page or template, `MissingDependency` where a PDF is asked for
    and the system lacks a library for it, and `BriefingError` for whatever else stops a renderer.
    """
    name = ALIASES.get(format, format)
    work = partial(find("renderers", name), brief, templates=templates, look=look or Look(**options))
    try:
        return within_caps(work) if capped and name in HEAVY else bytes(work())
    except BriefingError:
        raise
    except Exception as error:  # whatever a library trips over costs this format, not the brief
        raise BriefingError(f"{format} could not be made: {type(error).__name__}: {error}") from error
