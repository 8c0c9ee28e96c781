"""Does the reader outlive whatever a file does to its child?"""

from pathlib import Path

from casework.intake import child
from casework.intake.limits import MIB, Limits
from casework.intake.reading import read
from tests.faults import zips
from tests.faults.files import GOOD, put


def test_a_child_out_of_memory_is_a_refused_file(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    reading = read(tmp_path / "household.csv", tmp_path / "staging", limits=Limits(address_space=96 * MIB))
    assert [(fault.file, fault.code, fault.kind) for fault in reading.faults] == [
        ("household.csv", "E_PARSER_DIED", "refused")
    ]


def test_a_file_that_takes_too_long_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    zips.workbook(tmp_path / "household.xlsx", zips.row(1, "户编号", "区划代码") + f"<!--{'x' * 700_000}-->")
    put(tmp_path, "公民身份号码,姓名\n" + ",示例甲\n" * 30_000, "person.csv")
    put(tmp_path, "户编号,公民身份号码\n", "member.csv")
    # the largest file is read first, so the slow one dies second, is read again alone, and dies again
    limits = Limits(seconds=2, seconds_per_mib=0, packed_seconds_per_mib=0, block_bytes=64, children=1)
    reading = read(tmp_path, tmp_path / "staging", limits=limits)
    assert [sheet.name for sheet in reading.sheets] == ["家庭", "member"]
    assert [(fault.file, fault.code) for fault in reading.faults if fault.kind == "refused"] == [
        ("person.csv", "E_PARSER_DIED")
    ]


def test_the_time_allowed_grows_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "household.csv"
    path.write_bytes(bytes(2 * MIB))
    limits = Limits(seconds=10, seconds_per_mib=2, packed_seconds_per_mib=20)
    assert child.seconds_for({"path": str(path), "kind": "text"}, limits) == 14
    assert child.seconds_for({"path": str(path), "kind": "workbook"}, limits) == 50
