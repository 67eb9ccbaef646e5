"""Numbers -> shapes: what the SVG macros draw, already placed. Units are those of the drawing's own viewBox.

A drawing is left out where it would say nothing: one bar, one actor, two dates.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from briefing.render import labels
from briefing.render.outlines import Box, Point, Ring, within

WIDTH = 440  # a column of 110 mm: four units a millimetre, so that 11 units of type are 8 pt
LETTER = 5.4  # mean width of a letter at 11 units of the sans face
WIDEST_LABEL = 0.4  # of the drawing's width, for the names beside rows
NEUTRAL = "states"  # says that somebody spoke, not where they stand
ROW = 18  # height of a row of a bar chart
CLOSE = 14  # height of a row of a matrix, whose table follows
MOST_BARS = 8  # rows of a bar chart; more is a table
LEAST_ROWS, LEAST_COUNT = 3, 3  # of a bar chart: rows, and the highest count
LEAST_SHARED = 2  # stances of a matrix that two actors hold: camps, or the table is clearer
LEAST_DATES = 4  # a line with fewer dots says no more than the list below it
LEAST_SPAN = 14.0  # degrees of latitude that a map shows at least: a place needs a coast to be recognised by
WIDEST = 150.0  # degrees of longitude; beyond it the whole world is clearer
DOT = 3.0  # units from the middle of a place's dot that no label may cover
FINEST = 1.5  # units; steps of a coast shorter than this are less than half a millimetre on paper
WORLD: Box = (-170.0, -56.0, 190.0, 78.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: label, value, and the length of its bar."""

    label: str
    value: int
    length: float
    y: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A horizontal bar chart; bars begin at `left`."""

    bars: tuple[Bar, ...]
    left: float
    width: int
    height: float
    said: str


@dataclass(frozen=True, slots=True)
class Column:
    """One step of time: where it stands, how high, and its label, "" for most."""

    x: float
    height: float
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A histogram over time on a base line at `base`."""

    columns: tuple[Column, ...]
    step: float
    base: float
    width: int
    height: float
    said: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A point on an axis with its label and the label's row, 0 or 1."""

    x: float
    label: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis: dots for events, ticks for years or months."""

    dots: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    width: int
    height: float
    said: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who takes which stance: dots at (column, row) with how many sentences stand behind them."""

    rows: tuple[tuple[str, float], ...]
    heads: tuple[tuple[str, float], ...]
    dots: tuple[tuple[float, float, int], ...]
    left: float
    width: int
    height: float
    said: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a map; `label` is "" where others stand in the way."""

    x: float
    y: float
    label: str
    anchor: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Land as one path, places as marks."""

    land: str
    marks: tuple[Mark, ...]
    width: int
    height: int
    said: str


# ---------------------------------------------------------------- bars


def bars(counts: Sequence[tuple[str, int]], *, of: str) -> Bars | None:
    """The largest counts as rows, or None for too few of them to tell anything."""
    rows = sorted(counts, key=lambda row: (-row[1], row[0]))[:MOST_BARS]
    if len(rows) < LEAST_ROWS or rows[0][1] < LEAST_COUNT:
        return None
    left = min(WIDTH * WIDEST_LABEL, max(len(label) for label, _ in rows) * LETTER) + 10
    room = (WIDTH - left - 30) / rows[0][1]
    drawn = tuple(Bar(_short(label), value, value * room, number * ROW) for number, (label, value) in enumerate(rows))
    said = f"{of}: " + ", ".join(f"{label} {value}" for label, value in rows)
    return Bars(drawn, left, WIDTH, len(rows) * ROW, said)


def over_time(moments: Iterable[str | None]) -> Columns | None:
    """How many articles appeared in each step of time: three hours within three days, else days; None below 3 steps."""
    times = sorted(time for moment in moments if moment and (time := _time(moment)))
    if len(times) < 3:
        return None
    days = (times[-1].date() - times[0].date()).days
    if days > 60 or (days > 2 and len({time.date() for time in times}) < 3):
        return None
    step = timedelta(hours=3) if days <= 2 else timedelta(days=1)
    start = times[0].replace(hour=times[0].hour // 3 * 3 if days <= 2 else 0, minute=0, second=0, microsecond=0)
    counts = Counter((time - start) // step for time in times)
    number = max(counts) + 1
    if number < 3:
        return None
    return _columns(counts, number, start, step)


def _short(label: str) -> str:
    """The label, cut where it would run out of its room."""
    most = int(WIDTH * WIDEST_LABEL / LETTER)
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _time(moment: str) -> datetime | None:
    """The wall-clock time of an ISO time; a day alone says nothing of hours."""
    try:
        return datetime.fromisoformat(moment).replace(tzinfo=None) if len(moment) > 10 else None
    except ValueError:
        return None


def _columns(counts: Counter[int], number: int, start: datetime, step: timedelta) -> Columns:
    base, top, width = 54.0, 40.0, WIDTH / number
    highest = max(counts.values())
    columns = []
    for place in range(number):
        at = start + place * step
        midnight = not place or (at.hour < 3 if step < timedelta(days=1) else number <= 10 or at.weekday() == 0)
        label = labels.short_day(at.date().isoformat()).rpartition(" ")[0] if midnight else ""
        columns.append(Column(place * width, counts[place] * top / highest, counts[place], label))
    said = f"Articles over time, {sum(counts.values())} in all, most at once {highest}"
    return Columns(tuple(columns), width, base, WIDTH, 72, said)


# ---------------------------------------------------------------- timeline


def axis(dates: Iterable[str]) -> Axis | None:
    """The dates of events on one line, or None for fewer than `LEAST_DATES` different ones."""
    points = sorted({(_middle(text), text) for text in dates if _middle(text)})
    if len(points) < LEAST_DATES:
        return None
    first, last = points[0][0], points[-1][0]
    room = (WIDTH - 80) / max(1, last - first)
    ends: list[float] = [-1.0, -1.0]
    dots = []
    for day, text in points:
        x, label = 40 + (day - first) * room, labels.short_day(text)
        half = len(label) * LETTER / 2
        row = next((row for row in (0, 1) if ends[row] < x - half), None)
        if row is not None:
            ends[row] = x + half + 4
        dots.append(Tick(x, label if row is not None else "", row or 0))
    first_day, last_day = labels.short_day(points[0][1]), labels.short_day(points[-1][1])
    said = f"Timeline of {len(points)} dated events from {first_day} to {last_day}; the list below tells them"
    return Axis(tuple(dots), (), WIDTH, 52, said)


def _middle(text: str) -> int:
    """The ordinal day in the middle of an ISO year, month or day, 0 for anything else."""
    filled = {4: text + "-07-01", 7: text + "-15"}.get(len(text), text[:10])
    try:
        return date.fromisoformat(filled).toordinal()
    except ValueError:
        return 0


# ---------------------------------------------------------------- stances


def matrix(stands: Sequence[tuple[str, Sequence[str]]]) -> Matrix | None:
    """Actors by stance; None where they do not form camps: a table is clearer then."""
    taken = [(actor, [stance for stance in stances if stance != NEUTRAL]) for actor, stances in stands]
    counts = {actor: Counter(stances) for actor, stances in taken if stances}
    heads = list(dict.fromkeys(stance for _, stances in taken for stance in stances))
    shared = [stance for stance in heads if sum(stance in counter for counter in counts.values()) > 1]
    if len(counts) < 3 or len(shared) < LEAST_SHARED:
        return None
    left = min(WIDTH * WIDEST_LABEL, max(map(len, counts)) * LETTER) + 12
    across = min(66.0, (WIDTH - left) / len(heads))
    places = {stance: left + (number + 0.5) * across for number, stance in enumerate(heads)}
    top = 20.0
    rows = tuple((_short(actor), top + (number + 0.5) * CLOSE) for number, actor in enumerate(counts))
    dots = tuple(
        (places[stance], y, count)
        for (_, y), counter in zip(rows, counts.values(), strict=True)
        for stance, count in counter.items()
    )
    said = "Stances: " + "; ".join(f"{actor} {', '.join(counts[actor])}" for actor in counts)
    return Matrix(rows, tuple(places.items()), dots, left, WIDTH, top + len(rows) * CLOSE, said)


# ---------------------------------------------------------------- map


def locate(
    places: Sequence[tuple[str, str, float, float]], rings: tuple[Ring, ...], *, width: int = WIDTH, height: int = 180
) -> Map | None:
    """A map of places (number, name, latitude, longitude) with their surroundings, or None without a place."""
    if not places:
        return None
    box = _frame([(longitude, latitude) for _, _, latitude, longitude in places], width / height)
    across, up = width / (box[2] - box[0]), height / (box[3] - box[1])
    land = "".join(_path(ring, box, across, up) for ring in within(rings, box))
    points = [((longitude - box[0]) * across, (box[3] - latitude) * up) for _, _, latitude, longitude in places]
    marks: list[Mark] = []
    taken: list[Box] = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points]
    for (number, name, _, _), (x, y) in zip(places, points, strict=True):
        label, anchor, height_of_label = _label((f"{number} {name}".strip(), number), x, y, width, taken)
        marks.append(Mark(round(x, 1), round(y, 1), label, anchor, round(height_of_label, 1)))
    said = "Map: " + ", ".join(dict.fromkeys(name for _, name, _, _ in places))
    return Map(land, tuple(marks), width, height, said)


def _frame(points: Sequence[Point], shape: float) -> Box:
    """The box around the points: with air, at least `LEAST_SPAN` high, and of the drawing's shape on the ground."""
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    shrink = max(0.3, math.cos(math.radians(middle[1])))  # a degree of longitude in degrees of latitude
    high = max(
        LEAST_SPAN, 1.5 * (max(latitudes) - min(latitudes)), 1.4 * (max(longitudes) - min(longitudes)) * shrink / shape
    )
    wide = high * shape / shrink
    if wide > WIDEST:
        return WORLD
    south = min(max(middle[1] - high / 2, -85), 85 - high)
    return middle[0] - wide / 2, south, middle[0] + wide / 2, south + high


def _path(ring: Ring, box: Box, across: float, up: float) -> str:
    """A ring in drawing units, as steps from point to point, without those shorter than `FINEST`."""
    drawn: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        x, y = (longitude - box[0]) * across, (box[3] - latitude) * up
        if not drawn or abs(x - drawn[-1][0]) + abs(y - drawn[-1][1]) > FINEST:
            drawn.append((round(x), round(y)))
    steps = (f"{x - a} {y - b}" for (a, b), (x, y) in itertools.pairwise(drawn))
    return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}z" if len(drawn) > 2 else ""


def _label(texts: Sequence[str], x: float, y: float, width: int, taken: list[Box]) -> tuple[str, str, float]:
    """The first of the texts that finds room, with the side and height at which it does; "" where none does."""
    for text in texts:
        long = len(text) * LETTER + 6
        for lift in (0, -9, 9):
            for anchor, west in (("start", x + DOT + 1), ("end", x - DOT - 1 - long)):
                here = (west, y + lift - 7, west + long, y + lift + 7)
                free = all(here[0] > o[2] or here[2] < o[0] or here[1] > o[3] or here[3] < o[1] for o in taken)
                if text and free and here[0] >= 0 and here[2] <= width:
                    taken.append(here)
                    return text, anchor, y + lift
    return "", "start", y
