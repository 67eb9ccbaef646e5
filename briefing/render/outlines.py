"""Coastlines and borders as rings of coordinates, and the part of them that a map shows.

The data are Natural Earth's 1:110m countries (public domain, naturalearthdata.com), cut to tenths of a degree:

    python -m briefing.render.outlines COUNTRIES.shp > templates/maps/world.json
"""

from __future__ import annotations

import itertools
import json
import struct
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from briefing.render.brand import Look
from briefing.render.folder import find_file

Point = tuple[float, float]
Ring = tuple[Point, ...]
Box = tuple[float, float, float, float]  # west, south, east, north in degrees

WORLD = "maps/world.json"
SCALE = 10  # units a degree in the file; a tenth of a degree is 0.1 mm on the largest map drawn
SPECK = 0.05  # square degrees; smaller rings cannot be seen


def coasts(look: Look, templates: Path | None = None) -> tuple[Ring, ...] | None:
    """The coasts that a theme draws, None for a theme without drawings."""
    return None if look.theme == "plain" else world(find_file(WORLD, templates))


@cache
def world(file: Path) -> tuple[Ring, ...]:
    """The rings of `file` in degrees, longitude first; stored are the steps from point to point, flat."""
    rings = []
    for steps in json.loads(file.read_text("utf-8"))["rings"]:
        x = y = 0
        ring = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / SCALE, y / SCALE))
        rings.append(tuple(ring))
    return tuple(rings)


def within(rings: tuple[Ring, ...], box: Box) -> Iterator[Ring]:
    """The parts of the rings inside the box (Sutherland and Hodgman 1974)."""
    west, south, east, north = box
    for ring in rings:
        longitudes, latitudes = [x for x, _ in ring], [y for _, y in ring]
        if min(longitudes) > east or max(longitudes) < west or min(latitudes) > north or max(latitudes) < south:
            continue
        part = list(ring)
        part = _cut(part, lambda p: p[0] >= west, lambda a, b: _at_x(a, b, west))
        part = _cut(part, lambda p: p[0] <= east, lambda a, b: _at_x(a, b, east))
        part = _cut(part, lambda p: p[1] >= south, lambda a, b: _at_y(a, b, south))
        part = _cut(part, lambda p: p[1] <= north, lambda a, b: _at_y(a, b, north))
        if len(part) > 2:
            yield tuple(part)


def _cut(ring: list[Point], inside: Callable[[Point], bool], cross: Callable[[Point, Point], Point]) -> list[Point]:
    cut: list[Point] = []
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if inside(point) != inside(before):
            cut.append(cross(before, point))
        if inside(point):
            cut.append(point)
    return cut


def _at_x(a: Point, b: Point, x: float) -> Point:
    return x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])


def _at_y(a: Point, b: Point, y: float) -> Point:
    return a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]), y


# ---------------------------------------------------------------- making the file


def read_shapefile(content: bytes) -> Iterator[Ring]:
    """The rings of the polygons of an ESRI shapefile (ESRI White Paper, July 1998)."""
    at = 100
    while at < len(content):
        length = struct.unpack(">i", content[at + 4 : at + 8])[0] * 2
        record = content[at + 8 : at + 8 + length]
        at += 8 + length
        if struct.unpack("<i", record[:4])[0] != 5:
            continue
        parts, points = struct.unpack("<2i", record[36:44])
        starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
        flat = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts :])
        coordinates = list(zip(flat[::2], flat[1::2], strict=True))
        for start, end in itertools.pairwise(starts):
            yield tuple(coordinates[start:end])


def pack(rings: Iterator[Ring]) -> str:
    """The rings as compact JSON; specks and points that fall on their neighbour are left out."""
    packed = []
    for ring in rings:
        if _area(ring) < SPECK:
            continue
        steps: list[int] = []
        x = y = 0
        for longitude, latitude in ring:
            new = round(longitude * SCALE), round(latitude * SCALE)
            if not steps or new != (x, y):
                steps += [new[0] - x, new[1] - y]
                x, y = new
        packed.append(steps)
    source = "Natural Earth 1:110m countries, public domain, naturalearthdata.com"
    return json.dumps({"source": source, "scale": SCALE, "rings": packed}, separators=(",", ":"))


def _area(ring: Ring) -> float:
    pairs = itertools.pairwise(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


if __name__ == "__main__":
    print(pack(read_shapefile(Path(sys.argv[1]).read_bytes())))
