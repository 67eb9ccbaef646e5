"""Our own words: everything in a brief that no source wrote, in one place, and how dates and numbers are set."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date

DATE_LOCALE = "en_GB"  # the language of the labels below
READING_SPEED = 230  # words a minute, adults reading English non-fiction silently (Brysbaert 2019: 238)
UNATTRIBUTED = "unattributed"

FLAG_NOTES = {
    "paraphrased": "machine-paraphrased text: its quotations are not verbatim speech",
    "undated": "no date given",
    "date-unsure": "date not certain",
    "updated": "changed since it was first read",
    "stub": "only its opening could be read",
}
FEED_NOTES = {
    "late": "Late, last entry",
    "silent": "Silent since",
    "gone": "Gone, last read",
    "failed": "Could not be read, last read",
    "moved": "Moved",
}
FEED_NOTES_UNDATED = {
    "late": "Late",
    "silent": "Silent",
    "gone": "Gone",
    "failed": "Could not be read",
    "moved": "Moved",
}
STATUS_NOTES = {"new": "New", "updated": "Updated", "unchanged": "Unchanged", "quiet": "Quiet"}
MEETING_NOTES = {"planned": "planned", "held": "held", "cancelled": "cancelled", "past": "earlier"}
ALONE = "one source only"  # beside what no other independent source of the story reports
PARAPHRASED_QUOTE = "paraphrased, not verbatim speech"
LARGE = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))


def flag_note(flag: str) -> str:
    """What a flag of an article means to a reader; an unknown flag is its own note."""
    return FLAG_NOTES.get(flag, flag.replace("_", " ").replace("-", " "))


def feed_note(state: str, since: str | None) -> str:
    """What the state of a feed means to a reader: "Silent since 14 Jan 2031", "Could not be read"."""
    if since and state != "moved":
        return f"{FEED_NOTES.get(state, state)} {short_day(since)}"
    return FEED_NOTES_UNDATED.get(state, state)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def long_day(text: str) -> str:
    """ "Wednesday 12 January 2022" for an ISO day; anything else as it is."""
    day = _day(text)
    return format_date(day, "EEEE d MMMM y", locale=DATE_LOCALE) if day else text


def short_day(text: str | None) -> str:
    """ "12 Jan 2022" for an ISO date or time, "January 2022" and "2022" for coarser ones, "" for None."""
    if not text:
        return ""
    if len(text) == 7 and (month := _day(text + "-01")):
        return format_date(month, "MMMM y", locale=DATE_LOCALE)
    day = _day(text)
    return format_date(day, "d MMM y", locale=DATE_LOCALE) if day else text


def moment(text: str | None) -> str:
    """ "12 January 2022, 17:30 UTC+01:00" for an ISO time, the day alone where no time is given."""
    if not text:
        return ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = format_date(at.date(), "d MMMM y", locale=DATE_LOCALE)
    return f"{day}, {at:%H:%M}{_zone(at)}" if "T" in text or " " in text else day


def _zone(at: datetime) -> str:
    offset = at.utcoffset()
    if offset is None:
        return ""
    if not offset:
        return " UTC"
    minutes = abs(offset) // timedelta(minutes=1)
    return f" UTC{'-' if offset < timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def span(start: str | None, end: str | None) -> str:
    """The window of an edition in words; a day or zone that both ends share is said once."""
    first, last = moment(start), moment(end)
    if not first or not last or first == last:
        return first or last
    zone = first.partition(" UTC")
    if zone[1] and last.endswith(zone[1] + zone[2]):
        first = zone[0]
    day, comma, clock = first.partition(", ")
    if comma and last.startswith(day + comma):
        return f"{day}, {clock}–{last.removeprefix(day + comma)}"
    return f"{first} – {last}"


def amount(value: float) -> str:
    """A number with thousands set apart, round millions in words: 100,000; 2.5; 1.25 billion; 1,234,567."""
    for name, size in LARGE:
        if value >= size and value * 100 % size == 0:  # two decimals say it exactly
            return f"{value / size:,.10g} {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def quantity(value: float, unit: str | None) -> str:
    """A number with its unit: "12%", "3 days"."""
    if unit in {"%", "percent", "per cent"}:
        return f"{amount(value)}%"
    return f"{amount(value)} {unit}" if unit else amount(value)


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 source", "3 sources"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def minutes(words: int) -> str:
    """How long reading takes, at least a minute."""
    return count(max(1, round(words / READING_SPEED)), "minute") + " to read"
