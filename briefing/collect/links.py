"""Links: what a list of feeds, a sitemap or a person asks to be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.model import Page


@dataclass(frozen=True, slots=True)
class Link:
    """An http(s) address to fetch, named by whom, and what is known of the article behind it."""

    url: str
    origin: str
    known: Mapping[str, Any] = field(default_factory=dict, hash=False)
    depth: int = 0  # how many lists led here; 0 was named by a person, or in a person's list of feeds
    teaser: Page | None = None  # what stands for the page when it cannot be had
    again: bool = False  # asked a second time, after a Retry-After
