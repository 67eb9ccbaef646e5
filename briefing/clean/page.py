"""An HTML page to an article: body, captions and metadata."""

from __future__ import annotations

from briefing.clean.draft import Draft
from briefing.clean.paragraphs import join, paragraphs, tidy


def clean_html(content: str, *, url: str | None = None) -> Draft:
    """The article on a page."""
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(
        content, url=url, with_metadata=True, include_comments=False, include_tables=False
    )
    if not isinstance(found, Document):
        return Draft("")
    return Draft(
        text=join(paragraphs(tidy(found.text or ""))),
        title=found.title or "",
        published=found.date,
        source=found.sitename or found.hostname,
        url=found.url or url,
        authors=tuple(filter(None, (found.author or "").split("; "))),
        language=found.language,
    )
