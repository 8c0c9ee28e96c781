"""Which outlines of a source's `boundaries.geojson` can be drawn, and what is wrong with the others?

A map is an ornament of the data: whatever is wrong with it is warned, never a reason to refuse the tables. Kept is what
can be drawn and nothing else: the region's code and its rings; whatever other properties the file has stays outside.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from casework.intake.fault import Fault, shown
from casework.intake.limits import Limits
from casework.tables import REGION
from casework.workspace import BOUNDARIES

CODE: Final = REGION["region_code"]
_NAMES: Final = (CODE.name, CODE.label.zh, *CODE.aliases)
_DIGITS: Final = (2, 4, 6, 9, 12)  # shorter codes are those of a higher tier, as in the tables
_FAR: Final = 1e9  # beyond this no degree and no metre lies; NaN and infinity do not lie within
_CORNERS: Final = 4  # of the smallest ring: a triangle, closed
_DEPTH: Final = {"Polygon": 1, "MultiPolygon": 2}

NO_FILE: Final = {
    "size": "文件过大 / the file is too large",
    "json": "不是有效的 JSON(UTF-8) / not valid JSON in UTF-8",
    "collection": "不是 GeoJSON 的 FeatureCollection / not a GeoJSON FeatureCollection",
    "nothing": "没有一块可用 / not one outline can be used",
}
NO_AREA: Final = {
    "code": "没有 12 位区划代码(region_code) / no region_code of 12 digits",
    "twice": "同一区划代码出现两次,取第一块 / one code twice: the first is kept",
    "shape": "只收 Polygon 与 MultiPolygon / only Polygon and MultiPolygon are kept",
    "ring": "坐标不是数字,或一圈不足三个点 / coordinates that are no numbers, or a ring of fewer than three points",
    "points": "点数过多 / too many points",
}


@dataclass
class _Kept:
    """The outlines taken so far, and the first of each fault with how often it came."""

    limits: Limits
    areas: dict[str, dict[str, Any]] = field(default_factory=dict)
    points: int = 0
    first: dict[str, str] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def wrong(self, reason: str, found: str) -> None:
        self.first.setdefault(reason, found)
        self.times[reason] += 1


def checked(path: Path, limits: Limits) -> tuple[bytes | None, list[Fault]]:
    """The file as it is kept, and a warning a kind of fault; nothing where no outline can be drawn.

    Kept: a FeatureCollection in order of code, each feature with `region_code` and a MultiPolygon of [x, y] pairs.
    """
    said, fault = _said(path, limits)
    if fault:
        return None, [_warned("W_BOUNDARIES", "", NO_FILE[fault])]
    kept = _Kept(limits)
    for place, feature in enumerate(said, 1):
        _take(kept, feature, place)
    faults = [
        _warned("W_BOUNDARY", kept.first[reason], _counted(NO_AREA[reason], kept.times[reason]))
        for reason in NO_AREA
        if reason in kept.first
    ]
    if not kept.areas:
        return None, [*faults, _warned("W_BOUNDARIES", "", NO_FILE["nothing"])]
    features = [kept.areas[code] for code in sorted(kept.areas)]
    content = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return content.encode("ascii"), faults


def _said(path: Path, limits: Limits) -> tuple[list[Any], str]:
    """The features of the file, or why there are none."""
    if path.stat().st_size > limits.boundaries_bytes:
        return [], "size"
    try:
        said = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):  # also what is no UTF-8
        return [], "json"
    features = said.get("features") if isinstance(said, dict) and said.get("type") == "FeatureCollection" else None
    return (features, "") if isinstance(features, list) else ([], "collection")


def _take(kept: _Kept, feature: object, place: int) -> None:
    """One outline, or the reason why it is not one."""
    whole = feature if isinstance(feature, dict) else {}
    code = _code(whole.get("properties"))
    named = code or f"features[{place - 1}]"
    geometry = whole.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if code is None:
        kept.wrong("code", named)
    elif code in kept.areas:
        kept.wrong("twice", named)
    elif not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in _DEPTH:
        kept.wrong("shape", f"{named} {kind}" if isinstance(kind, str) else named)
    elif (polygons := _polygons(geometry.get("coordinates"), _DEPTH[kind])) is None:
        kept.wrong("ring", named)
    elif kept.points + (count := sum(len(ring) for rings in polygons for ring in rings)) > kept.limits.boundary_points:
        kept.wrong("points", named)
    else:
        kept.points += count
        kept.areas[code] = {
            "type": "Feature",
            "properties": {"region_code": code},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }


def _code(properties: object) -> str | None:
    """The division's code, padded as in the tables."""
    if not isinstance(properties, dict):
        return None
    said = next((str(properties[name]) for name in _NAMES if isinstance(properties.get(name), str | int)), "")
    if len(said) not in _DIGITS or not (said.isascii() and said.isdigit()):
        return None
    return said.ljust(_DIGITS[-1], "0")


def _polygons(said: object, depth: int) -> list[list[list[list[float]]]] | None:
    """Polygons of rings of [x, y]; None where one of them is not."""
    polygons = [said] if depth == 1 else said
    if not isinstance(polygons, list) or not polygons:
        return None
    taken = []
    for rings in polygons:
        if not isinstance(rings, list) or not rings:
            return None
        read = [_ring(ring) for ring in rings]
        if any(ring is None for ring in read):
            return None
        taken.append([ring for ring in read if ring is not None])
    return taken


def _ring(said: object) -> list[list[float]] | None:
    """A ring of points, closed; None where it is none. What a point says beside x and y (a height) is left out."""
    if not isinstance(said, list):
        return None
    points: list[list[float]] = []
    for point in said:
        if not isinstance(point, list) or len(point) < 2 or not all(map(_number, point[:2])):  # noqa: PLR2004 - x, y
            return None
        points.append([float(point[0]), float(point[1])])
    if points and points[0] != points[-1]:
        points.append(list(points[0]))
    return points if len(points) >= _CORNERS else None


def _number(value: object) -> bool:
    """A finite number that a degree or a metre can be; JSON here also knows NaN, infinity and endless integers."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -_FAR < value < _FAR


def _warned(code: str, found: str, hint: str) -> Fault:
    return Fault(BOUNDARIES, None, "", code, "warned", shown(found), hint)


def _counted(hint: str, times: int) -> str:
    zh, en = hint.split(" / ")
    return f"{zh},共 {times} 块 / {en}; {times} in all"
