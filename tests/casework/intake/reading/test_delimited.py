"""Does a text file come through exactly as written, row by row?"""

import csv
import io
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.intake.fault import Fault, RefusalError
from casework.intake.limits import Limits
from casework.intake.readers import delimited
from casework.intake.readers.rows import kind_of
from casework.intake.sheet import Job, Sheet

HEADER = "户编号,家庭住址"


def taken(
    content: str | bytes, folder: Path, *, limits: Limits | None = None, mapped: bool = False
) -> tuple[Sheet, list[Fault], list[tuple[object, ...]]]:
    """The sheet of a household file with this content, its faults, and its staged good rows."""
    path = folder / "household.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    sources = frozenset({"household.csv"}) if mapped else None
    job = Job(path, "household.csv", "text", "household", None if mapped else "household", sources, folder / "stage")
    (sheet,), faults, _ = delimited.read(job, limits or Limits())
    cells = pl.read_parquet(sheet.cells)
    good = cells.filter(pl.col("bad").is_null()).drop("bad", "raw")
    return sheet, faults, good.rows()


def refusal(content: str | bytes, folder: Path, limits: Limits | None = None) -> RefusalError:
    with pytest.raises(RefusalError) as caught:
        taken(content, folder, limits=limits)
    return caught.value


def test_cells_stay_text_and_empty_ones_are_null(tmp_path: Path) -> None:
    _, _, rows = taken(f"{HEADER}\n007,\n1e5, 示例路 \n", tmp_path)
    assert rows == [(2, "007", None), (3, "1e5", " 示例路 ")]


def test_a_record_is_numbered_by_the_line_it_begins_on(tmp_path: Path) -> None:
    _, _, rows = taken(f'{HEADER}\nH1,"一\n二"\nH2,三\n', tmp_path)
    assert rows == [(2, "H1", "一\n二"), (4, "H2", "三")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(tmp_path: Path, end: str) -> None:
    sheet, _, rows = taken(end.join([HEADER, "H1,a", "", "H2,b"]), tmp_path)
    assert rows == [(2, "H1", "a"), (4, "H2", "b")]
    assert (sheet.read, sheet.blank) == (3, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blocks_cut_anywhere_change_nothing(tmp_path: Path, encoding: str, end: str) -> None:
    lines = [HEADER, *(f'H{n},"示例路{n}号{end}二楼"' if n % 7 == 0 else f"H{n},示例路{n}号" for n in range(200))]
    sheet, _, rows = taken(end.join(lines).encode(encoding), tmp_path, limits=Limits(block_bytes=61))
    assert [row[1] for row in rows] == [f"H{n}" for n in range(200)]
    assert rows[7] == (10, "H7", f"示例路7号{end}二楼")
    assert sheet.read == 200


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    sheet, faults, rows = taken(HEADER, tmp_path)
    assert (sheet.read, sheet.header, faults, rows) == (0, ("户编号", "家庭住址"), [], [])


def test_a_row_of_another_length_is_kept_as_it_was(tmp_path: Path) -> None:
    sheet, faults, rows = taken(f"{HEADER}\nH1,a,b\nH2,c\n", tmp_path)
    assert rows == [(3, "H2", "c")]
    assert pl.read_parquet(sheet.cells).filter(pl.col("bad").is_not_null()).select("row", "bad", "raw").rows() == [
        (2, "E_FIELD_COUNT", "H1,a,b")
    ]
    assert [(fault.row, fault.code, fault.found) for fault in faults] == [(2, "E_FIELD_COUNT", "3 / 2")]
    assert (sheet.read, sheet.blank, sheet.ignored) == (2, 0, 0)


def test_only_two_thousand_characters_of_a_bad_row_are_kept(tmp_path: Path) -> None:
    sheet, _, _ = taken(f"{HEADER}\n{'x' * 3_000}\n", tmp_path)
    assert pl.read_parquet(sheet.cells)["raw"].to_list() == ["x" * 2_000]


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_a_line_may_have_64_kibibytes(tmp_path: Path, extra: int, is_refused: bool) -> None:
    text = f"{HEADER}\nH1,{'x' * ((64 << 10) - 3 + extra)}\n"
    if is_refused:
        assert (refusal(text, tmp_path).code, refusal(text, tmp_path).row) == ("E_LINE_TOO_LONG", 2)
    else:
        assert taken(text, tmp_path)[0].read == 1


@pytest.mark.parametrize(("extra", "is_refused"), [(0, False), (1, True)])
def test_a_quoted_record_may_have_256_kibibytes(tmp_path: Path, extra: int, is_refused: bool) -> None:
    inside = ("x" * 1_023 + "\n") * 255 + "x" * (1_024 - len('H1,""\n') + extra)
    text = f'{HEADER}\nH1,"{inside}"\nH2,\n'
    if is_refused:
        assert (refusal(text, tmp_path).code, refusal(text, tmp_path).row) == ("E_QUOTE", 2)
    else:
        assert taken(text, tmp_path)[0].read == 2


def test_a_quote_never_closed_names_the_line_it_opened_on(tmp_path: Path) -> None:
    found = refusal(f'{HEADER}\nH1,a\nH2,"b\nH3,c\n', tmp_path, Limits(block_bytes=16))
    assert (found.code, found.row) == ("E_QUOTE", 3)


def test_a_damaged_byte_names_its_line(tmp_path: Path) -> None:
    found = refusal(f"{HEADER}\nH1,示例\nH2,".encode() + b"\xff\n", tmp_path)
    assert (found.code, found.row) == ("E_ENCODING", 3)


def test_chinese_in_gb18030_is_not_taken_for_damaged_utf_8(tmp_path: Path) -> None:
    _, faults, rows = taken("household_no,address\nH1,联通\n".encode("gb18030"), tmp_path)
    assert rows == [(2, "H1", "联通")]
    assert [fault.code for fault in faults] == ["W_ENCODING"]


def test_titles_are_passed_over_until_half_the_words_are_headers(tmp_path: Path) -> None:
    sheet, faults, rows = taken(f"示例县户编号一览,,\n\n{HEADER},备考\nH1,a,\n", tmp_path)
    assert (sheet.header_row, sheet.header, rows) == (3, ("户编号", "家庭住址", "备考"), [(4, "H1", "a", None)])
    assert [(fault.code, fault.row, fault.kind) for fault in faults] == [("W_HEADER_OFFSET", 3, "warned")]


def test_a_mapped_file_begins_at_its_first_words(tmp_path: Path) -> None:
    sheet, faults, rows = taken("\na;b\n1;2\n", tmp_path, mapped=True)
    assert (sheet.header, rows) == (("a", "b"), [(3, "1", "2")])
    assert [fault.code for fault in faults] == ["W_DELIMITER"]


def test_totals_and_signatures_are_listed_and_left_out(tmp_path: Path) -> None:
    text = f"{HEADER}\nH1,a\n小计,1 户\nH2,b\n,总 计:2 户\n\n填表人:示例甲,审核人:示例乙,日期:2024-01-05\n备注:无\n"
    sheet, faults, rows = taken(text.replace(":", "\uff1a"), tmp_path)
    assert [row[1] for row in rows] == ["H1", "H2"]
    assert [(fault.row, fault.code, fault.kind) for fault in faults] == [
        (3, "W_TOTAL_ROW", "ignored"),
        (5, "W_TOTAL_ROW", "ignored"),
        (7, "W_FOOTER_ROW", "ignored"),
        (8, "W_FOOTER_ROW", "ignored"),
    ]
    assert (sheet.read, sheet.blank, sheet.ignored) == (7, 1, 4)


@pytest.mark.parametrize(
    "tail", ["制表人:张三\n2025年1月1日\n", "制表人:张三,\n\n,2025年1月1日\n", "制表人:张三,\n2025年1月1日\n"]
)
def test_a_sole_cell_after_a_signature_belongs_to_it(tmp_path: Path, tail: str) -> None:
    sheet, faults, rows = taken(f"{HEADER}\nH1,a\n{tail}", tmp_path)
    assert [row[1] for row in rows] == ["H1"]
    assert [fault.code for fault in faults] == ["W_FOOTER_ROW", "W_FOOTER_ROW"]
    assert sheet.ignored == 2


def test_a_sole_cell_after_a_row_of_data_is_data(tmp_path: Path) -> None:
    _, faults, rows = taken(f"{HEADER}\nH1,a\n制表人:张三,\nH2,b\nH3,\n", tmp_path)
    assert [row[1] for row in rows] == ["H1", "H2", "H3"]
    assert [fault.code for fault in faults] == ["W_FOOTER_ROW"]


def test_no_person_hides_behind_the_word_total(tmp_path: Path) -> None:
    sheet, _, rows = taken(f"{HEADER}\n合计,990101199001010014\n", tmp_path)
    assert rows == [(2, "合计", "990101199001010014")]
    assert sheet.ignored == 0


def test_trailing_columns_are_dropped_only_while_empty(tmp_path: Path) -> None:
    sheet, faults, _ = taken(f"{HEADER},,\nH1,a,,\n", tmp_path)
    assert (len(sheet.header), [fault.code for fault in faults]) == (2, ["W_TRAILING_EMPTY"])
    sheet, faults, _ = taken(f"{HEADER},,\nH1,a,,x\n", tmp_path)
    assert (len(sheet.header), faults) == (4, [])


def test_text_cannot_pass_for_a_typed_cell(tmp_path: Path) -> None:
    _, _, rows = taken(f"{HEADER}\n\x01n5,a\n", tmp_path)
    assert rows == [(2, "\x02n5", "a")]


def test_a_file_most_of_whose_rows_are_none_is_refused(tmp_path: Path) -> None:
    text = HEADER + "\nx" * 4
    assert taken(text, tmp_path, limits=Limits(row_faults=4))[0].read == 4
    assert refusal(text, tmp_path, Limits(row_faults=3)).code == "E_FIELD_COUNT"


def test_rows_are_counted_before_there_are_too_many(tmp_path: Path) -> None:
    text = HEADER + "\nH1,a" * 4
    assert taken(text, tmp_path, limits=Limits(rows=4))[0].read == 4
    assert refusal(text, tmp_path, Limits(rows=3)).code == "E_TOO_MANY_ROWS"


FIELD = st.text(alphabet='ab,;"\n\r 合计:\u3000示', max_size=5)


@st.composite
def written(draw: st.DrawFn) -> tuple[int, str]:
    """The width and the text of a small file, some of it as no csv writer would write it."""
    width = draw(st.integers(1, 4))
    end = st.sampled_from(["\n", "\r\n", "\r"])
    text = ",".join(f"h{place}" for place in range(width)) + draw(end)
    for _ in range(draw(st.integers(0, 8))):
        fields = draw(st.lists(FIELD, min_size=0, max_size=5) | st.lists(FIELD, min_size=width, max_size=width))
        quoting = draw(st.sampled_from(["all", "needed", "raw"]))
        for place, field in enumerate(fields):
            needed = any(sign in field for sign in ',"\n\r')
            if quoting == "all" or (quoting == "needed" and needed):
                fields[place] = '"' + field.replace('"', '""') + '"'
        text += ",".join(fields) + draw(end)
    return width, text


def expected(width: int, text: str) -> tuple[list[tuple[object, ...]], dict[str, int]] | None:
    """What Python's csv makes of it: the good rows and the counts; None where a quote never closes."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(iter(lines), strict=True)
    next(reader)
    good: list[tuple[object, ...]] = []
    counts = dict.fromkeys(("read", "bad", "blank", "ignored"), 0)
    while True:
        row = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return good, counts
        except csv.Error as error:
            if "unexpected end" in str(error):
                return None
            counts["bad"] += 1
        else:
            kind = kind_of(cells)
            if kind == "blank":
                counts["blank"] += 1
            elif kind != "data":
                counts["ignored"] += 1
            elif len(cells) == width:
                good.append((row, *(cell or None for cell in cells)))
            else:
                counts["bad"] += 1
        counts["read"] += 1


@settings(max_examples=150, deadline=None)
@given(written(), st.sampled_from([7, 64, 1 << 20]))
def test_any_small_file_reads_as_python_reads_it(file: tuple[int, str], block: int) -> None:
    width, text = file
    known = expected(width, text)
    with tempfile.TemporaryDirectory() as name:
        if known is None:
            with pytest.raises(RefusalError):
                taken(text, Path(name), limits=Limits(block_bytes=block), mapped=True)
            return
        sheet, faults, rows = taken(text, Path(name), limits=Limits(block_bytes=block), mapped=True)
    good, counts = known
    assert rows == good
    assert (sheet.read, sheet.blank, sheet.ignored) == (counts["read"], counts["blank"], counts["ignored"])
    assert sheet.read == len(rows) + counts["bad"] + sheet.blank + sheet.ignored
    assert sum(fault.kind == "rejected" for fault in faults) == counts["bad"]
