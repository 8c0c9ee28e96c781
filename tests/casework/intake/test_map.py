"""Does a map come into the snapshot with its source, and stay out of the way of the tables?"""

import json
from pathlib import Path

from casework.intake.road import import_source
from casework.workspace import BOUNDARIES, Workspace
from tests.casework.intake.sources import codes, folder, good

HERE, THERE = [[0, 0], [1, 0], [0, 1], [0, 0]], [[5, 5], [6, 5], [5, 6], [5, 5]]


def _source(path: Path, ring: list[list[int]] | None = None, text: str = "", **tables: object) -> Path:
    source = folder(path, **(tables or {"person": [good("person")]}))  # type: ignore[arg-type]  # tables or the default
    if ring:
        feature = {
            "properties": {"region_code": "990101001001"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    if text:
        (source / BOUNDARIES).write_text(text, encoding="utf-8")
    return source


def _ring(workspace: Workspace) -> list[list[float]]:
    (feature,) = json.loads((workspace.snapshot / BOUNDARIES).read_text(encoding="ascii"))["features"]
    ring: list[list[float]] = feature["geometry"]["coordinates"][0][0]
    return ring


def test_a_map_is_kept_and_changes_no_digest(tmp_path: Path) -> None:
    bare, drawn = (Workspace(tmp_path / name, create=True) for name in ("bare", "drawn"))
    without = import_source(_source(tmp_path / "one"), bare)
    outcome = import_source(_source(tmp_path / "two", HERE), drawn)
    assert (outcome.ending, codes(outcome)) == ("stored", codes(without))
    assert _ring(drawn) == HERE
    assert not (bare.snapshot / BOUNDARIES).exists()
    assert bare.manifest()["files"].keys() == drawn.manifest()["files"].keys()
    assert "boundaries.geojson" in drawn.manifest()["sources"]


def test_a_newer_map_of_the_same_tables_replaces_the_older(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace", create=True)
    first = import_source(_source(tmp_path / "one", HERE), workspace)
    second = import_source(_source(tmp_path / "two", THERE), workspace)
    assert (first.digest, second.ending) == (second.digest, "stored")
    assert _ring(workspace) == THERE
    import_source(_source(tmp_path / "three"), workspace)  # a complete snapshot without a map has none
    assert not (workspace.snapshot / BOUNDARIES).exists()


def test_what_is_added_keeps_the_map_or_brings_a_new_one(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace", create=True)
    import_source(_source(tmp_path / "one", HERE), workspace)
    import_source(_source(tmp_path / "two", household=[good("household")]), workspace, add=True)
    assert _ring(workspace) == HERE
    only_the_map = _source(tmp_path / "three", THERE, household=[good("household")])
    assert import_source(only_the_map, workspace, add=True).ending == "stored"
    assert _ring(workspace) == THERE


def test_a_broken_map_is_warned_and_the_tables_are_taken(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace", create=True)
    outcome = import_source(_source(tmp_path / "one", text="<svg/>"), workspace)
    assert outcome.ending == "stored"
    assert "W_BOUNDARIES" in codes(outcome)
    assert not (workspace.snapshot / BOUNDARIES).exists()
