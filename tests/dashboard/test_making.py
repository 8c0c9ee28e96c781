"""Is a world made beside the page, given to whoever ordered it alone, and gone in its time?"""

import gc
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import which

import polars as pl
import pytest

from casework.errors import CaseworkError, WrongUsageError
from dashboard import making
from dashboard.maker import make
from dashboard.making import Making
from dashboard.order import FEWEST, MOST, Order
from tests.county import ROOT

SMALL = Order("village", 1_000, 7, "clean", "parquet")
PATIENCE = 60  # seconds, on a busy machine


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The machine's temporary files, here."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield tmp_path
    for one in list(making._all):
        one.close()


def lying(temporary: Path) -> list[Path]:
    return [folder for parent in temporary.glob("mingcha-worlds-*") for folder in parent.iterdir()]


def ended(one: Making) -> Making:
    until = time.monotonic() + PATIENCE
    while one.running:
        assert time.monotonic() < until
        time.sleep(0.05)
    return one


def test_a_world_is_made_by_another_process_told_stage_by_stage_and_packed(temporary: Path) -> None:
    one = Making(SMALL, "T-01")
    assert not one.ready
    assert ended(one).ready
    stage = one.stage
    assert stage is not None
    assert (stage.step, stage.name) == (stage.of - 1, making.FILE)
    with zipfile.ZipFile(BytesIO(one.content())) as packed:
        names = packed.namelist()
        assert one.size == len(one.content())
        truth = pl.read_parquet(packed.read(f"{SMALL.name}/truth.parquet"))
        note = packed.read(f"{SMALL.name}/README.txt").decode()
    source = f"{SMALL.name}/source"
    assert {f"{source}/person.parquet", f"{source}/policy/dibao_standard.toml", f"{source}/boundaries.geojson"} < {
        *names
    }
    assert note.startswith("合成数据")
    assert SMALL.command in note
    planted = one.found.filter(pl.col("kind") == "planted")
    assert planted["count"].sum() == 0  # a clean world
    assert planted["twins"].sum() == truth.height > 0
    assert sorted(path.name for path in one.folder.iterdir()) == ["found.parquet", "lock", "stages", "world.zip"]
    assert lying(temporary) == [one.folder]


def test_the_same_order_is_the_same_bytes_and_another_seed_is_not(tmp_path: Path) -> None:
    def packed(name: str, order: Order) -> bytes:
        (tmp_path / name).mkdir()
        make(tmp_path / name, order, lambda *_: None)
        return (tmp_path / name / making.FILE).read_bytes()

    assert packed("a", SMALL) == packed("b", SMALL)
    assert packed("c", Order("village", 1_000, 8, "clean", "parquet")) != packed("a2", SMALL)


def test_what_was_planted_is_counted_as_the_truth_has_it(tmp_path: Path) -> None:
    order = Order("village", 1_000, 7, "capture", "csv")
    make(tmp_path, order, lambda *_: None)
    with zipfile.ZipFile(tmp_path / making.FILE) as packed:
        truth = pl.read_parquet(packed.read(f"{order.name}/truth.parquet"))
    found = pl.read_parquet(tmp_path / making.FOUND).filter(pl.col("kind") == "planted")
    for row in found.iter_rows(named=True):
        same = truth.filter(pl.col("scheme") == row["name"], pl.col("variant") == row["variant"])
        assert (row["count"], row["twins"]) == ((~same["twin"]).sum(), same["twin"].sum())
    assert found["count"].sum() + found["twins"].sum() == truth.height


def test_cancelled_it_stops_at_once_and_leaves_nothing(temporary: Path) -> None:
    one = Making(Order("county", MOST, 1, "capture", "xlsx"), "T-01")
    one.close()
    assert one.gone
    assert not one.running
    assert not one.ready
    assert one._process.poll() is not None
    assert lying(temporary) == []
    with pytest.raises(CaseworkError, match="已过保留时间"):
        one.content()
    one.close()  # twice is no harm


def test_left_lying_it_goes_by_itself(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "KEPT", 0.2)
    one = Making(SMALL, "T-01")
    until = time.monotonic() + PATIENCE
    while not one.gone or lying(temporary):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert one.stage is None


def test_it_goes_with_the_session_that_held_it(temporary: Path) -> None:
    one = Making(SMALL, "T-01")
    process = one._process
    del one
    gc.collect()
    assert process.poll() is not None
    assert lying(temporary) == []


def test_two_at_once_are_made_and_so_many_kept(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Order("county", MOST, 1, "clean", "csv")
    held = [Making(slow, name) for name in ("T-01", "T-02")]
    assert held[0].folder != held[1].folder
    with pytest.raises(CaseworkError, match="2 个合成世界正在生成"):
        Making(SMALL, "T-03")
    held[0].close()
    monkeypatch.setattr(making, "READY", 1)
    with pytest.raises(CaseworkError, match="1 个合成世界待下载"):
        Making(SMALL, "T-03")
    held[1].close()
    Making(SMALL, "T-03").close()
    assert lying(temporary) == []


def test_a_fault_is_told_in_words_and_a_crash_without_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", which("false"))
    one = ended(Making(SMALL, "T-01"))
    assert not one.ready
    assert one.fault.zh.startswith("生成未能完成")
    (one.folder / making.FAULT).write_text(json.dumps({"zh": "满了", "en": "full"}), encoding="utf-8")
    assert one.fault.say("en") == "full"


def test_a_folder_that_another_laid_there_is_not_used(
    temporary: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    making._parent().rmdir()
    making._parent()
    (parent,) = temporary.glob("mingcha-worlds-*")
    parent.rmdir()
    parent.symlink_to(elsewhere)
    with pytest.raises(CaseworkError, match="临时文件夹不可用"):
        Making(SMALL, "T-01")
    assert list(elsewhere.iterdir()) == []


def test_the_maker_ends_with_whoever_began_it(tmp_path: Path) -> None:
    slow = Order("county", MOST, 1, "clean", "xlsx")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "dashboard.maker", str(tmp_path), slow.text],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=PATIENCE) == 1
    assert not (tmp_path / making.FILE).exists()


# -- the order -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persons", [FEWEST, MOST])
def test_an_order_reads_as_it_was_written(persons: int) -> None:
    order = Order("township", persons, 3, "needy_kin", "xlsx")
    assert Order.read(order.text) == order


@pytest.mark.parametrize(
    "wrong",
    [
        {"persons": FEWEST - 1},
        {"persons": MOST + 1},
        {"scale": "city"},
        {"regime": "fair"},
        {"form": "ods"},
        {"seed": 0},
    ],
)
def test_a_page_makes_nothing_beyond_its_bounds(wrong: dict[str, object]) -> None:
    with pytest.raises(WrongUsageError, match="至多一县"):
        Order(**wrong)  # type: ignore[arg-type]


def test_what_to_wait_for_is_near_what_was_measured() -> None:
    assert Order().about == 61_000  # 61,330 in six seconds
    assert Order(regime="clean").about == 61_000
    assert Order("village", 1_200).about == 2_000
    assert 5 <= Order().seconds <= 8
    assert 24 <= Order(persons=MOST, form="xlsx").seconds <= 30
