"""Tests of where a world may be written: what lies there is replaced wholly, by a finished world, or not at all."""

import tomllib
from pathlib import Path

import polars as pl
import pytest

from casework.errors import CaseworkError, WrongUsageError
from synthetic.world import TRUTH, World, build, writing
from synthetic.world.placing import WORLD

Files = dict[str, bytes]


def small(folder: Path, **wish: object) -> World:
    return build(folder, **{"scale": "village", "persons": 1_000, "regime": "clean"} | wish)  # type: ignore[arg-type]  # arguments of build


def lying(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """An earlier world in the folder `a` with its truth, as files."""
    place = tmp_path_factory.mktemp("earlier")
    small(place / "a")
    return lying(place)


@pytest.fixture
def place(tmp_path: Path, county: Files) -> Path:
    """Where the earlier world lies."""
    for name, content in county.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_an_earlier_world_is_replaced_with_its_truth(place: Path) -> None:
    before = lying(place)
    small(place / "a", seed=2)
    after = lying(place)
    assert set(after) == set(before)
    assert after["a/person.csv"] != before["a/person.csv"]
    assert after[TRUTH] != before[TRUTH]
    small(place / "a", form="parquet")
    assert not list((place / "a").glob("*.csv"))


@pytest.mark.parametrize("wish", [{"persons": 999}, {"scale": "province", "persons": 3_999}])
def test_too_few_persons_are_refused_before_anything_is_touched(place: Path, wish: dict[str, object]) -> None:
    before = lying(place)
    with pytest.raises(WrongUsageError, match="at least"):
        small(place / "a", **wish)
    with pytest.raises(WrongUsageError, match="at least"):
        small(place / "new" / "b", **wish)
    assert lying(place) == before
    assert not (place / "new").exists()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device"), RuntimeError])
def test_whatever_stops_the_work_the_earlier_world_stays(
    place: Path, stop: BaseException | type[BaseException]
) -> None:
    before = lying(place)

    def told(stage: str) -> None:
        if stage == "boundaries":  # nearly finished
            raise stop

    kind = CaseworkError if isinstance(stop, OSError) else stop
    with pytest.raises(kind):  # type: ignore[arg-type]  # a kind of exception
        small(place / "a", seed=2, told=told)
    with pytest.raises(kind):  # type: ignore[arg-type]  # a kind of exception
        small(place / "new" / "b", seed=2, told=told)
    assert lying(place) == before
    assert sorted(path.name for path in place.iterdir()) == ["a", TRUTH]


def test_when_the_new_world_cannot_be_moved_the_earlier_one_comes_back(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lying(place)
    rename = Path.rename

    def fail(source: Path, target: Path) -> Path:
        if target == place / "a" and "new" in source.parts:
            raise OSError(13, "Permission denied")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(CaseworkError, match="Permission denied"):
        small(place / "a", seed=2)
    assert lying(place) == before


@pytest.mark.parametrize("foreign", ["a/notes.txt", "a/policy/my_rules.toml", "a/more/person.csv"])
def test_files_that_somebody_added_are_never_lost(place: Path, foreign: str) -> None:
    (place / foreign).parent.mkdir(exist_ok=True)
    (place / foreign).write_text("mine", encoding="utf-8")
    before = lying(place)
    with pytest.raises(WrongUsageError, match="holds other files"):
        small(place / "a", seed=2)
    assert lying(place) == before


@pytest.mark.parametrize("meta", [b"synthetic = tru", b"\xff\xfe", b'name = "ours"\n', b""])
def test_a_note_that_is_broken_or_not_ours_is_refused_in_one_line(place: Path, meta: bytes) -> None:
    (place / "a" / "meta.toml").write_bytes(meta)
    before = lying(place)
    with pytest.raises(WrongUsageError, match="not that of a made-up world"):
        small(place / "a", seed=2)
    assert lying(place) == before


def test_a_folder_without_a_note_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "person.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUsageError, match="holds other files"):
        small(tmp_path / "a")


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUsageError, match="is not a folder"):
        small(tmp_path / "file")
    with pytest.raises(CaseworkError, match="cannot write"):
        small(tmp_path / "file" / "a")
    with pytest.raises(CaseworkError, match="cannot write"):
        small(tmp_path / ("long" * 100))


def test_the_truth_of_another_world_is_not_replaced(place: Path) -> None:
    before = lying(place)
    with pytest.raises(WrongUsageError, match="belongs to"):
        small(place / "b")
    assert lying(place) == before
    (place / TRUTH).unlink()
    small(place / "b")
    with pytest.raises(WrongUsageError, match="belongs to"):
        small(place / "a")


@pytest.mark.parametrize("folder", [True, False])
def test_a_truth_that_is_no_truth_of_ours_is_refused(tmp_path: Path, folder: bool) -> None:
    if folder:
        (tmp_path / TRUTH).mkdir()
    else:
        (tmp_path / TRUTH).write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUsageError, match="is not replaced"):
        small(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == [TRUTH]


def test_the_truth_says_which_world_it_is_of(place: Path) -> None:
    known = pl.read_parquet_metadata(place / TRUTH)
    meta = tomllib.loads((place / "a" / "meta.toml").read_text(encoding="utf-8"))
    assert known[WORLD] == meta["name"]
    assert (known["mingcha.folder"], known["mingcha.seed"]) == ("a", "1")


def test_the_folder_one_stands_in_is_not_taken_away(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "a")
    with pytest.raises(WrongUsageError, match="run it from outside"):
        small(Path())


def test_what_no_workbook_holds_is_refused_before_building(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(_stage: str) -> None:
        pytest.fail("something was built")

    with pytest.raises(WrongUsageError, match="too many for a workbook"):
        small(tmp_path / "a", scale="city", persons=620_000, form="xlsx", told=told)
    monkeypatch.setattr(writing, "SHEET", 1_800)  # what only shows when the rows are counted is refused as well
    with pytest.raises(WrongUsageError, match="too many for a workbook"):
        small(tmp_path / "a", form="xlsx")
    assert list(tmp_path.iterdir()) == []
