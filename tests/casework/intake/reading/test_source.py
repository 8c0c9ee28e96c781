"""Which files of a source are taken, and what is said of the rest?"""

import datetime as dt
import hashlib
from pathlib import Path

import polars as pl
import pytest

from casework.intake.fault import RefusalError
from casework.intake.limits import Limits
from casework.intake.meta import read_meta
from casework.intake.reading import read
from tests.faults.files import GOOD, HEADER, put

MAP = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"region_code": "990101001001"},'
    ' "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1], [0, 0]]]}}]}'
)
OTHER = "case,step\n1,a\n2,b\n"


def test_a_folder_gives_tables_rules_boundaries_and_meta(tmp_path: Path) -> None:
    put(tmp_path, GOOD, "家庭.CSV")
    put(tmp_path, "公民身份号码,姓名\n", "person.csv")
    put(
        tmp_path,
        'name = "示例县"\nas_of = 2024-12-31\nsynthetic = true\nseed = 7\n[totals]\npayment.amount = 5.5\n',
        "meta.toml",
    )
    put(tmp_path, MAP, "boundaries.geojson")
    (tmp_path / "policy").mkdir()
    for name in ("b.toml", "a.toml", "calendar.csv", "notes.md"):
        put(tmp_path / "policy", "", name)
    reading = read(tmp_path, tmp_path / "staging")
    assert [(sheet.file, sheet.name, sheet.read) for sheet in reading.sheets] == [
        ("person.csv", "person", 0),
        ("家庭.CSV", "家庭", 2),
    ]
    assert reading.meta == {
        "name": "示例县",
        "as_of": dt.date(2024, 12, 31),
        "synthetic": True,
        "totals": {"payment": {"amount": 5.5}},
    }
    assert [path.name for path in reading.policy] == ["a.toml", "b.toml", "calendar.csv"]
    assert reading.boundaries == tmp_path / "staging" / "boundaries.geojson"
    assert reading.hashes["家庭.CSV"] == hashlib.sha256(GOOD.encode()).hexdigest()
    assert len(reading.hashes) == 7
    assert [(fault.file, fault.code, fault.column) for fault in reading.faults if fault.file != "staging"] == [
        ("meta.toml", "W_UNKNOWN_COLUMN", "seed"),
        ("policy/notes.md", "W_UNKNOWN_FILE", ""),
    ]
    assert not reading.refused


def test_one_file_is_a_source(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    put(tmp_path, GOOD, "家庭.csv")
    reading = read(tmp_path / "household.csv", tmp_path / "staging")
    assert [(sheet.file, sheet.read) for sheet in reading.sheets] == [("household.csv", 2)]
    assert not reading.faults


def test_a_mapping_takes_the_files_it_names_and_no_other(tmp_path: Path) -> None:
    put(tmp_path, OTHER, "receipt.txt")
    put(tmp_path, GOOD)
    reading = read(tmp_path, tmp_path / "staging", sources={"receipt.txt"})
    assert [(sheet.name, sheet.header, sheet.read) for sheet in reading.sheets] == [("receipt", ("case", "step"), 2)]
    assert ("household.csv", "W_UNKNOWN_FILE") in [(fault.file, fault.code) for fault in reading.faults]


@pytest.mark.parametrize("name", ["../receipt.csv", "/etc/passwd", "a\\b.csv", ".."])
def test_a_mapping_cannot_name_a_file_elsewhere(tmp_path: Path, name: str) -> None:
    put(tmp_path, OTHER, "receipt.csv")
    reading = read(tmp_path, tmp_path / "staging", sources={"receipt.csv", name})
    assert reading.refused
    assert [fault.code for fault in reading.faults if fault.kind == "refused"] == ["E_PATH"]


def test_a_single_file_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, GOOD, "elsewhere.csv")
    (tmp_path / "household.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert [fault.code for fault in read(tmp_path / "household.csv", tmp_path / "staging").faults] == ["E_PATH"]


def test_every_refused_file_is_named_at_once(tmp_path: Path) -> None:
    put(tmp_path, b"", "person.csv")
    put(tmp_path, b"x\0", "kin.csv")
    put(tmp_path, "[]", "award.json")
    put(tmp_path, f"{HEADER}\nH1\n")
    reading = read(tmp_path, tmp_path / "staging")
    assert reading.refused
    assert {(fault.file, fault.code) for fault in reading.faults if fault.file != "staging"} == {
        ("person.csv", "E_EMPTY"),
        ("kin.csv", "E_TYPE"),
        ("award.json", "E_TYPE"),
        ("household.csv", "E_FIELD_COUNT"),
    }


def test_parquet_of_our_own_writing_reads_as_its_csv_would(tmp_path: Path) -> None:
    table = pl.DataFrame({"household_no": ["H1", None, "H2"], "address": ["a", None, ""]})
    table.write_parquet(tmp_path / "household.parquet", metadata={"mingcha": "household"})
    (sheet,) = read(tmp_path, tmp_path / "staging").sheets
    assert pl.read_parquet(sheet.cells).select("row", "c0", "c1").rows() == [(2, "H1", "a"), (4, "H2", None)]
    assert (sheet.read, sheet.blank) == (3, 1)


@pytest.mark.parametrize(("cells", "is_refused"), [(4, False), (3, True)])
def test_parquet_is_bounded_by_rows_and_columns_before_it_is_read(tmp_path: Path, cells: int, is_refused: bool) -> None:
    table = pl.DataFrame({"household_no": ["H1", "H2"], "address": ["a", "b"]})
    table.write_parquet(tmp_path / "household.parquet", metadata={"mingcha": "household"})
    reading = read(tmp_path, tmp_path / "staging", limits=Limits(parquet_cells=cells))
    assert reading.refused == is_refused


@pytest.mark.parametrize(
    "said",
    ["name = 5", "totals.payment.amuont = 1", 'synthetic = "yes"', "as_of = 2024-01-01T00:00:00",
     'as_of = "1.1.2024"', "totals = 5", "totals.x.y = 1",
     "totals.payment.amount = true", "\xff"],
)  # fmt: skip
def test_meta_is_refused_rather_than_guessed_at(tmp_path: Path, said: str) -> None:
    (tmp_path / "meta.toml").write_bytes(said.encode("latin-1"))
    with pytest.raises(RefusalError) as caught:
        read_meta(tmp_path / "meta.toml", Limits())
    assert caught.value.code == "E_META"
