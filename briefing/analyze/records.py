"""The analysis record of contract: a Reading as plain values, entities given mention by mention."""

from __future__ import annotations

from typing import Any

from briefing.model import Meeting, Reading
from briefing.record import to_record


def record_of(reading: Reading) -> dict[str, Any]:
    """The analysis record of one article; `things` lists what the mentions' `entity` numbers stand for."""
    return {
        "id": reading.article,
        "entities": to_record(reading.mentions),
        "things": to_record(reading.entities),
        "attributions": to_record(reading.attributions),
        "meetings": [_meeting(meeting) for meeting in reading.meetings],
        "figures": to_record(reading.figures),
        "events": to_record(reading.events),
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {**to_record(meeting), "passage": to_record(meeting.evidence[0]) if meeting.evidence else None}
