"""Tests of outlines: what lies in them, where their middle is, and how they become few enough points."""

import json
from pathlib import Path

import numpy as np
import pytest

from dashboard.queries.boundaries import outlines, tiles
from dashboard.queries.outlines import Outline, doubled_area, lattice, thinned

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
HOLE = [[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0], [1.0, 1.0]]
RING = Outline.of([[SQUARE, HOLE]])


def test_what_lies_in_a_hole_lies_outside() -> None:
    points = np.array([[0.5, 0.5], [2.0, 2.0], [3.5, 3.5], [5.0, 2.0], [-1.0, -1.0]])
    assert RING.holds(points).tolist() == [True, False, True, False, False]


def test_a_hole_turns_against_its_outline_whichever_way_the_file_wrote_them() -> None:
    for outer in (SQUARE, SQUARE[::-1]):
        for inner in (HOLE, HOLE[::-1]):
            turns = [doubled_area(ring) > 0 for ring in Outline.of([[outer, inner]]).rings]
            assert turns == [True, False]


def test_the_middle_is_the_centre_of_gravity_of_the_largest_part() -> None:
    far = [[100.0, 100.0], [101.0, 100.0], [101.0, 101.0], [100.0, 100.0]]
    assert Outline.of([[far], [SQUARE]]).middle().tolist() == [2.0, 2.0]
    assert Outline.of([[[[1.0, 1.0], [3.0, 3.0], [1.0, 1.0], [1.0, 1.0]]]]).middle().tolist() == pytest.approx(
        [5 / 3, 5 / 3]
    )


def test_an_outline_of_very_many_points_is_thinned_and_keeps_its_shape() -> None:
    turn = np.linspace(0, 2 * np.pi, 50_000)
    circle = np.column_stack([np.cos(turn), np.sin(turn)]).tolist()
    drawn = thinned({"990101000000": Outline.of([[circle]])}, most=2000)["990101000000"]
    assert drawn.points <= 2000
    assert doubled_area(drawn.rings[0]) / 2 == pytest.approx(np.pi / 4, rel=0.01)  # in units of its own width


def test_neighbours_still_share_their_border_when_thinned() -> None:
    border = [[1.0 + 0.001 * np.sin(at), float(at)] for at in range(100)]
    left = [*border, [0.0, 99.0], [0.0, 0.0], border[0]]
    right = [*border, [2.0, 99.0], [2.0, 0.0], border[0]]
    drawn = thinned({"a": Outline.of([[left]]), "b": Outline.of([[right]])}, most=100)
    shared = [{tuple(point) for point in outline.rings[0].tolist()} for outline in drawn.values()]
    assert len(shared[0] & shared[1]) > 10


def test_degrees_of_longitude_are_narrowed_and_metres_are_not() -> None:
    north = [[100.0, 59.0], [102.0, 59.0], [102.0, 61.0], [100.0, 61.0], [100.0, 59.0]]  # cos 60° = 1/2
    metres = [[x * 10_000, y * 10_000] for x, y in north]
    width, height = np.ptp(thinned({"a": Outline.of([[north]])})["a"].rings[0], axis=0)
    assert width / height == pytest.approx(0.5, rel=0.01)
    width, height = np.ptp(thinned({"a": Outline.of([[metres]])})["a"].rings[0], axis=0)
    assert width / height == pytest.approx(1.0, rel=0.01)


def test_every_click_point_lies_in_its_own_area() -> None:
    inner = Outline.of([[HOLE]])
    found = lattice({"ring": RING, "inner": inner})
    assert RING.holds(found["ring"]).all()  # its middle lies in the hole: not one of them
    assert inner.holds(found["inner"]).all()


def test_a_name_stands_in_the_middle_or_where_that_is_not_inside_as_deep_inside_as_can_be() -> None:
    wide = [[0.0, 0.0], [8.0, 0.0], [8.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[3.0, 0.5], [5.0, 0.5], [5.0, 3.5], [3.0, 3.5], [3.0, 0.5]]
    found = lattice({"square": Outline.of([[SQUARE]]), "wide": Outline.of([[wide, hole]])})
    assert found["square"][0].tolist() == [2.0, 2.0]
    x, y = found["wide"][0]
    assert min(x, 3 - x) > 1.2 or min(x - 5, 8 - x) > 1.2  # of at most 1.5 to the left or right of the hole
    assert min(y, 4 - y) > 1.2


def test_an_area_too_small_for_the_lattice_has_its_middle() -> None:
    speck = Outline.of([[[[0.0, 0.0], [1e-6, 0.0], [0.0, 1e-6], [0.0, 0.0]]]])
    assert len(lattice({"speck": speck, "ring": RING})["speck"]) == 1


def test_tiles_stand_in_order_of_code_from_the_top_left_without_touching() -> None:
    found = tiles(["c", "a", "d", "b", "e"])
    assert list(found) == ["a", "b", "c", "d", "e"]
    middles = {code: outline.middle().tolist() for code, outline in found.items()}
    assert middles["a"] == pytest.approx([0.5, 0.5])
    assert middles["b"] == pytest.approx([1.5, 0.5])
    assert middles["d"] == pytest.approx([0.5, -0.5])
    assert [code for code in "bcde" if found[code].holds(found["a"].rings[0]).any()] == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"features": [{"properties": {}}]}', '{"features": 3}'])
def test_what_cannot_be_read_is_no_map(tmp_path: Path, content: str) -> None:
    (tmp_path / "boundaries.geojson").write_text(content, encoding="utf-8")
    assert outlines(tmp_path) == {}


def test_a_snapshot_without_a_map_has_no_outlines(tmp_path: Path) -> None:
    assert outlines(tmp_path) == {}


def test_polygons_and_multipolygons_are_read_by_code(tmp_path: Path) -> None:
    shapes = {"990101001001": ("Polygon", [SQUARE, HOLE]), "990101001002": ("MultiPolygon", [[SQUARE], [HOLE]])}
    features = [
        {"properties": {"region_code": code}, "geometry": {"type": kind, "coordinates": coordinates}}
        for code, (kind, coordinates) in shapes.items()
    ]
    (tmp_path / "boundaries.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    found = outlines(tmp_path)
    assert {code: len(outline.rings) for code, outline in found.items()} == {"990101001001": 2, "990101001002": 2}
    assert not found["990101001001"].holds(np.array([[2.0, 2.0]]))[0]
