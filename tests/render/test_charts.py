"""Drawings: placed right, told in words, left out where they would say nothing."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree

import pytest
import sample_briefs as samples
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import UNHURRIED

from briefing.render import render
from briefing.render.charts import WIDTH, axis, bars, locate, matrix, over_time
from briefing.render.folder import find_file
from briefing.render.outlines import WORLD, pack, read_shapefile, within, world

RINGS = world(find_file(WORLD))
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def test_the_map_of_the_world_is_small():
    assert find_file(WORLD).stat().st_size < 300_000


def test_the_world_has_the_land_where_it_is():
    def covered(longitude, latitude):
        window = (longitude - 0.5, latitude - 0.5, longitude + 0.5, latitude + 0.5)
        return any(within(RINGS, window))

    assert all(covered(*place) for place in [(24.0, 61.0), (-70.6, -33.4), (134.0, -25.0), (37.6, 55.7)])
    assert not any(covered(*place) for place in [(-30.0, 40.0), (80.0, -30.0), (-150.0, 20.0)])


@pytest.mark.parametrize(
    ("box", "area"), [((2, 2, 4, 4), 4), ((-5, -5, 5, 5), 25), ((-5, -5, 20, 20), 100), ((5, -1, 20, 3), 15)]
)
def test_a_ring_is_cut_to_the_window(box, area):
    (part,) = within((SQUARE,), box)
    pairs = zip(part, part[1:] + part[:1], strict=True)
    assert abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 == area


def test_a_ring_outside_the_window_is_left_out():
    assert list(within((SQUARE,), (20, 20, 30, 30))) == []


def test_a_shapefile_is_read_and_packed(tmp_path):
    points = [*SQUARE, SQUARE[0]]
    body = struct.pack("<i4d2i", 5, 0, 0, 10, 10, 1, 5) + struct.pack("<i", 0)
    body += b"".join(struct.pack("<2d", *point) for point in points)
    file = b"\0" * 100 + struct.pack(">2i", 1, len(body) // 2) + body
    (tmp_path / "world.json").write_text(pack(read_shapefile(file)))
    assert world(tmp_path / "world.json") == (tuple(points),)


@UNHURRIED
@given(
    st.lists(
        st.tuples(st.just("1"), st.text(min_size=1, max_size=12), st.floats(-84, 84), st.floats(-180, 180)),
        min_size=1,
        max_size=9,
    )
)
def test_every_place_is_on_its_map_and_no_label_touches_another_or_a_dot(places):
    drawn = locate(places, ())
    assert len(drawn.marks) == len(places)
    assert all(0 <= mark.x <= drawn.width or len(places) > 1 for mark in drawn.marks)
    boxes = []
    for mark in drawn.marks:
        if mark.label:
            long = len(mark.label) * 5.4
            left = mark.x + 7 if mark.anchor == "start" else mark.x - 7 - long
            boxes.append((left, mark.label_y, left + long))
            assert not any(left < dot.x < left + long and abs(mark.label_y - dot.y) < 7 for dot in drawn.marks)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or abs(one[1] - other[1]) >= 13


def test_places_keep_their_compass():
    oslo, rome = locate([("1", "Oslo", 59.9, 10.7), ("2", "Rome", 41.9, 12.5)], RINGS).marks
    assert oslo.y < rome.y
    assert oslo.x < rome.x


def test_bars_are_as_long_as_their_numbers():
    chart = bars([("b", 1), ("a", 4), ("c", 2)], of="Quotations")
    assert [bar.label for bar in chart.bars] == ["a", "c", "b"]
    assert chart.bars[0].length == pytest.approx(4 * chart.bars[2].length)
    assert chart.said == "Quotations: a 4, c 2, b 1"
    assert bars([("alone", 4)], of="Quotations") is None
    assert bars([("a", 1), ("b", 1), ("c", 2)], of="Quotations") is None


def test_articles_are_counted_in_steps_of_three_hours_or_of_days():
    hours = over_time([f"2031-01-14T{hour:02d}:30:00+01:00" for hour in (0, 1, 5, 6, 23)])
    assert [column.value for column in hours.columns] == [2, 1, 1, 0, 0, 0, 0, 1]
    days = over_time([f"2031-01-{day}T12:00:00Z" for day in (10, 10, 12, 15)])
    assert [column.value for column in days.columns] == [2, 0, 1, 0, 0, 1]


@pytest.mark.parametrize("moments", [[], [None], ["2031-01-14", "2031-01-15", "2031-01-16"], ["2031-01-14T10:00Z"] * 9])
def test_without_a_course_of_time_nothing_is_drawn(moments):
    assert over_time(moments) is None


def test_an_axis_keeps_the_order_of_time():
    drawn = axis(["2031-02-03", "2029-03", "2024", "2031-01-14", "not a date"])
    assert [dot.x for dot in drawn.dots] == sorted(dot.x for dot in drawn.dots)
    assert drawn.said == "Timeline of 4 dated events from 2024 to 3 Feb 2031; the list below tells them"
    assert axis(["2031", "2030", "2029"]) is None


def test_a_matrix_is_drawn_where_actors_form_camps():
    drawn = matrix([("A", ["rejects"]), ("B", ["rejects", "warns", "warns", "states"]), ("C", ["warns"])])
    assert sorted(count for _, _, count in drawn.dots) == [1, 1, 1, 2]
    assert drawn.said == "Stances: A rejects; B rejects, warns; C warns"
    assert matrix([("A", ["rejects"]), ("B", ["rejects"]), ("C", ["denies"])]) is None
    assert matrix([("A", ["rejects"]), ("B", ["rejects"])]) is None
    assert matrix([("A", ["states"]), ("B", ["states"]), ("C", ["states"])]) is None


def test_every_drawing_is_well_formed_and_told_in_words():
    page = render(samples.make_brief(6), "html").decode()
    drawings = ["<svg" + part.partition("</svg>")[0] + "</svg>" for part in page.split("<svg")[1:]]
    kinds = set()
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        kinds.add(root.get("class"))
        assert root.find("{http://www.w3.org/2000/svg}title").text
        assert float(root.get("width")) <= WIDTH
    assert kinds == {"chart map", "chart bars", "chart columns", "chart axis", "chart matrix"}
