"""Is a truth read as it was written, and its persons known again?"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from casework.errors import CaseworkError
from casework.intake.values.id_no import check_digit
from metrics.evaluation import TRUTH_SCHEMA, as_in_snapshot, read_truth, truth, world_of

OLD = "990101550505101"  # 15 digits
NEW = "99010119550505101" + check_digit("99010119550505101")


def written(folder: Path, **columns: list[Any]) -> Path:
    plain: dict[str, list[Any]] = {"scheme": ["two_places"], "subject_kind": ["person"], "subject": [NEW]}
    plain |= {"twin": [False], "variant": ["urban_and_rural"]}
    path = folder / "truth.parquet"
    pl.DataFrame(plain | columns).write_parquet(path)
    return path


def test_a_truth_without_amounts_knows_none(tmp_path: Path) -> None:
    truth = read_truth(written(tmp_path))
    assert truth.schema == TRUTH_SCHEMA
    assert truth["amount_fen"].to_list() == [None]


@pytest.mark.parametrize(
    ("amount", "fen"), [(920, 92_000), (920.1, 92_010), ("0.29", 29), (Decimal("11040.00"), 1_104_000), ("", None)]
)
def test_yuan_become_fen_exactly(tmp_path: Path, amount: object, fen: int | None) -> None:
    assert read_truth(written(tmp_path, amount=[amount]))["amount_fen"].to_list() == [fen]


def test_a_truth_in_csv_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text(f"scheme,subject_kind,subject,twin,variant,amount\ntwo_places,person,{NEW},true,moved,\n", "utf-8")
    assert read_truth(path).row(0, named=True) == {
        "scheme": "two_places",
        "subject_kind": "person",
        "subject": NEW,
        "twin": True,
        "variant": "moved",
        "amount_fen": None,
    }


def test_what_is_no_truth_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "truth.parquet"
    path.write_bytes(b"no parquet")
    with pytest.raises(CaseworkError, match="cannot be read"):
        read_truth(path)
    pl.DataFrame({"scheme": ["x"]}).write_parquet(path)
    with pytest.raises(CaseworkError, match="lacks subject, subject_kind, twin, variant"):
        read_truth(path)
    with pytest.raises(CaseworkError, match="at most two decimals"):
        read_truth(written(tmp_path, amount=["0.005"]))


@pytest.mark.parametrize("amount", ["much", float("nan"), float("inf"), 1e300])
def test_what_is_no_amount_is_told_in_one_sentence(tmp_path: Path, amount: object) -> None:
    with pytest.raises(CaseworkError, match="yuan with at most two decimals"):
        read_truth(written(tmp_path, amount=[amount]))


@pytest.mark.parametrize("column", ["scheme", "subject_kind", "subject"])
def test_who_is_meant_must_be_said(tmp_path: Path, column: str) -> None:
    with pytest.raises(CaseworkError, match="must not be empty"):
        read_truth(written(tmp_path, **{column: [None]}))


def test_a_folder_or_a_torn_file_is_no_truth(tmp_path: Path) -> None:
    whole = written(tmp_path)
    with pytest.raises(CaseworkError, match="cannot be read"):
        read_truth(tmp_path)  # though a parquet lies in it
    whole.write_bytes(whole.read_bytes()[:-20])
    for read in (read_truth, world_of):
        with pytest.raises(CaseworkError, match="cannot be read"):
            read(whole)


def test_an_empty_truth_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    pl.read_parquet(path).clear().write_parquet(path)
    with pytest.raises(CaseworkError, match="nothing to evaluate"):
        read_truth(path)
    nothing = tmp_path / "truth.csv"
    nothing.write_bytes(b"")
    with pytest.raises(CaseworkError, match="nothing to evaluate"):
        read_truth(nothing)


def test_a_truth_names_its_world_or_none(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert world_of(path) is None
    pl.read_parquet(path).write_parquet(path, metadata={"mingcha.world": "示例甲县"})
    assert world_of(path) == "示例甲县"
    assert world_of(tmp_path / "truth.csv") is None


@pytest.mark.parametrize(("stored", "meant"), [(NEW, OLD), (OLD, NEW), (NEW, NEW), (NEW, NEW.lower())])
def test_both_forms_of_a_number_are_one_person(tmp_path: Path, stored: str, meant: str) -> None:
    identity = pl.DataFrame({"person_id": [-42], "id_no": [stored]})
    truth = read_truth(written(tmp_path, subject=[meant]))
    assert as_in_snapshot(truth, identity)["subject"].to_list() == ["-42"]


def test_only_persons_and_officials_are_renamed(tmp_path: Path) -> None:
    truth = read_truth(written(tmp_path, subject_kind=["account"]))
    assert as_in_snapshot(truth, pl.DataFrame({"person_id": [7], "id_no": [NEW]}))["subject"].to_list() == [NEW]


def test_who_is_not_in_the_snapshot_keeps_the_number(tmp_path: Path) -> None:
    nobody = pl.DataFrame(schema={"person_id": pl.Int64(), "id_no": pl.String()})
    assert as_in_snapshot(read_truth(written(tmp_path)), nobody)["subject"].to_list() == [NEW]


@pytest.mark.parametrize(
    "rows",
    [
        pl.DataFrame({"scheme": ["x"] * 101}),
        pl.DataFrame({"scheme": ["x" * (1 << 21)]}),
    ],
)
def test_a_small_file_that_unfolds_to_too_much_is_not_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: pl.DataFrame
) -> None:
    path = tmp_path / "truth.parquet"
    rows.write_parquet(path)
    assert path.stat().st_size < 1 << 16
    monkeypatch.setattr(truth, "MOST_ROWS", 100)
    monkeypatch.setattr(truth, "MOST_MIB", 1)
    monkeypatch.setattr(pl, "read_parquet", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(CaseworkError, match="unfolds to too much"):
        read_truth(path)
