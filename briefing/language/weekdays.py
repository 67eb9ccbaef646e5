"""The day of an undated report, from the weekday that its first paragraph names."""

from __future__ import annotations

import re
from datetime import date, timedelta

WITHIN = 2  # days around the story's own day; a weekday farther off is another week's
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"(?<!next )(?<!last )(?<!until )(?<!by )\b({'|'.join(_NAMES)})\b(?!['’]s)", re.IGNORECASE)


def day_of_report(text: str, near: date) -> date:
    """`near`, or the day within two days of it whose weekday is the only one that the first paragraph names.

    News names its own day in the lead ("took their quarrel to Vienna on Thursday"); "Thursday's", "next Thursday" and a
    lead with two weekdays say nothing of it.
    """
    lead = text.partition("\n\n")[0]
    named = {name.lower() for name in _WEEKDAY.findall(lead)}
    if len(named) != 1:
        return near
    away = (_NAMES.index(named.pop()) - near.weekday()) % 7
    away = away - 7 if away > 3 else away
    return near + timedelta(days=away) if abs(away) <= WITHIN else near
