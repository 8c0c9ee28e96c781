"""Which outlines of a map file are kept, and what is said of the rest?"""

import json
from pathlib import Path
from typing import Any

import pytest

from casework.intake.boundaries import checked
from casework.intake.limits import Limits

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
VILLAGE = "990101001001"


def _feature(code: object = VILLAGE, coordinates: object = None, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"region_code": code, "name": "示范村"}, "geometry": geometry}


def _file(path: Path, *features: object) -> Path:
    file = path / "boundaries.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def _kept(content: bytes | None) -> dict[str, Any]:
    """Code to coordinates of what was kept."""
    features = [] if content is None else json.loads(content)["features"]
    return {one["properties"]["region_code"]: one["geometry"]["coordinates"] for one in features}


def test_only_the_code_and_the_rings_are_kept_in_order_of_code(tmp_path: Path) -> None:
    content, faults = checked(_file(tmp_path, _feature(), _feature("990101001000")), Limits())
    assert faults == []
    assert list(_kept(content)) == ["990101001000", VILLAGE]
    assert b"name" not in (content or b"")


def test_a_hole_and_several_parts_stay(tmp_path: Path) -> None:
    parts = [[SQUARE, HOLE], [[[9, 9], [10, 9], [9, 10], [9, 9]]]]
    content, faults = checked(_file(tmp_path, _feature(coordinates=parts, kind="MultiPolygon")), Limits())
    assert faults == []
    assert [len(rings) for rings in _kept(content)[VILLAGE]] == [2, 1]


def test_a_short_code_is_padded_an_open_ring_closed_and_a_height_left_out(tmp_path: Path) -> None:
    content, faults = checked(_file(tmp_path, _feature(990101001, [[[0, 0, 7], [1, 0, 7], [0, 1, 7]]])), Limits())
    assert faults == []
    assert _kept(content) == {"990101001000": [[[[0, 0], [1, 0], [0, 1], [0, 0]]]]}


@pytest.mark.parametrize(
    ("feature", "said"),
    [
        (_feature("９９０１０１００１００１"), "没有 12 位区划代码"),  # digits, but not those of a code
        (_feature("99010100100"), "没有 12 位区划代码"),
        (_feature(None), "没有 12 位区划代码"),
        ({"type": "Feature", "properties": [], "geometry": None}, "没有 12 位区划代码"),
        ("Feature", "没有 12 位区划代码"),
        (_feature(kind="Point", coordinates=[0, 0]), "只收 Polygon"),
        (_feature(kind="LineString", coordinates=SQUARE), "只收 Polygon"),
        ({"properties": {"region_code": VILLAGE}, "geometry": {"type": ["Polygon"]}}, "只收 Polygon"),
        ({"properties": {"region_code": VILLAGE}, "geometry": None}, "只收 Polygon"),
        (_feature(coordinates=[[[0, 0], [1, 1], [0, 0]]]), "不足三个点"),
        (_feature(coordinates=[]), "不足三个点"),
        (_feature(coordinates=[SQUARE, []]), "不足三个点"),
        (_feature(coordinates=[[[0, 0], [1, "x"], [1, 1], [0, 0]]]), "坐标不是数字"),
        (_feature(coordinates=[[[0, 0], [float("nan"), 1], [1, 1], [0, 0]]]), "坐标不是数字"),
        (_feature(coordinates=[[[0, 0], [float("inf"), 1], [1, 1], [0, 0]]]), "坐标不是数字"),
        (_feature(coordinates=[[[0, 0], [True, 1], [1, 1], [0, 0]]]), "坐标不是数字"),
        (_feature(coordinates="[[0,0]]"), "坐标不是数字"),
        (_feature(coordinates=[SQUARE], kind="MultiPolygon"), "坐标不是数字"),  # a Polygon's depth
    ],
)
def test_an_outline_that_cannot_be_drawn_is_named_and_the_others_kept(
    tmp_path: Path, feature: object, said: str
) -> None:
    content, faults = checked(_file(tmp_path, feature, _feature("990101001002")), Limits())
    assert list(_kept(content)) == ["990101001002"]
    assert [(fault.code, fault.kind) for fault in faults] == [("W_BOUNDARY", "warned")]
    assert said in faults[0].hint


def test_a_code_twice_counts_once_and_faults_of_one_kind_are_told_once(tmp_path: Path) -> None:
    content, faults = checked(_file(tmp_path, *[_feature()] * 3), Limits())
    assert list(_kept(content)) == [VILLAGE]
    assert [fault.hint for fault in faults] == [
        "同一区划代码出现两次,取第一块,共 2 块 / one code twice: the first is kept; 2 in all"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是有效的 JSON"),
        (b"{", "不是有效的 JSON"),
        (b"\xff\xfe\x00", "不是有效的 JSON"),
        (b"[" * 200_000, "不是有效的 JSON"),
        (b'{"type": "FeatureCollection", "features": ' + b"9" * 5000 + b"}", "不是有效的 JSON"),
        (b"[]", "FeatureCollection"),
        (b'{"type": "Topology", "objects": {}}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": {}}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "没有一块可用"),
    ],
)
def test_a_file_that_is_no_map_is_left_out_with_one_warning(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "boundaries.geojson"
    file.write_bytes(content)
    kept, faults = checked(file, Limits())
    assert kept is None
    assert [(fault.code, fault.kind, fault.file) for fault in faults] == [
        ("W_BOUNDARIES", "warned", "boundaries.geojson")
    ]
    assert said in faults[0].hint


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = _file(tmp_path, _feature())
    kept, (fault,) = checked(file, Limits(boundaries_bytes=file.stat().st_size - 1))
    assert kept is None
    assert "文件过大" in fault.hint


def test_outlines_beyond_the_limit_of_points_are_left_out(tmp_path: Path) -> None:
    content, (fault,) = checked(_file(tmp_path, _feature(), _feature("990101001002")), Limits(boundary_points=7))
    assert list(_kept(content)) == [VILLAGE]
    assert "点数过多" in fault.hint
