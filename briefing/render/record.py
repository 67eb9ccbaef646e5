"""Brief -> brief.json: the contract's record, in UTF-8, keys in the order of the model."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from briefing.model import Brief
from briefing.record import to_record
from briefing.render.brand import Look

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(brief: Brief, *, templates: Path | None = None, look: Look | None = None) -> bytes:
    """The brief as JSON; templates and look change nothing."""
    text = json.dumps(_normal(to_record(brief)), ensure_ascii=False, indent=1, allow_nan=False)
    return (_LONE_SURROGATE.sub(_escaped, text) + "\n").encode()


def _escaped(match: re.Match[str]) -> str:
    """JSON's own escape: UTF-8 cannot hold half a pair, but the words must come back as they were."""
    return f"\\u{ord(match[0]):04x}"


def _normal(value: Any) -> Any:
    """Whole floats as integers, so that 100000.0 and 100000 are the same bytes."""
    if isinstance(value, dict):
        return {key: _normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
