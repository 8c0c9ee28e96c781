"""Which outlines did the source bring, and what stands in for a map where it brought none?

The file was checked when it was imported (`casework.intake.boundaries`); one of an older import may not have been, so
what cannot be read is no map.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path

from casework.workspace import BOUNDARIES
from dashboard.queries.outlines import Outline


def outlines(snapshot: Path) -> dict[str, Outline]:
    """Every outline by region code; none where the snapshot has no map."""
    file = snapshot / BOUNDARIES
    if not file.exists():
        return {}
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return {
            feature["properties"]["region_code"]: Outline.of(_polygons(feature["geometry"]))
            for feature in said["features"]
        }
    except (ValueError, KeyError, TypeError, IndexError):
        return {}


def _polygons(
    geometry: dict[str, Sequence[Sequence[Sequence[Sequence[float]]]]],
) -> Sequence[Sequence[Sequence[Sequence[float]]]]:
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else coordinates  # type: ignore[list-item, comparison-overlap]


def tiles(codes: Sequence[str]) -> dict[str, Outline]:
    """A square an area, row by row from the top in order of code: where it stands says nothing of where it lies."""
    across = math.ceil(math.sqrt(len(codes) * 1.4)) or 1
    return {code: _tile(place % across, -(place // across)) for place, code in enumerate(sorted(codes))}


def _tile(x: float, y: float) -> Outline:
    gap = 0.04
    low, high = gap, 1 - gap
    corners = [(low, low), (high, low), (high, high), (low, high), (low, low)]
    return Outline.of([[[(x + dx, y + dy) for dx, dy in corners]]])
