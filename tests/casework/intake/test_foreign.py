"""Tests of files nobody knows: looked through, guessed at, and brought in by the mapping written for them."""

import tomllib
from pathlib import Path

import openpyxl
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from casework.intake.guess import matches, tables
from casework.intake.look import Found, look
from casework.intake.mapping import Pick, TableMap, read_mapping
from casework.intake.road import import_source
from casework.intake.written import mapping_text
from casework.tables import APPLICATION, AWARD, PAYMENT, TABLES
from casework.workspace import Workspace
from tests.casework.intake.sources import JIA

HEADERS = ["受理单编号", "业务类别", "受理日期时间", "申请人姓名", "申请人公民身份证", "核定月补助金额(元)", "审核结论"]
ROWS = [
    ["S1", "城市低保", "04/03/2024", "示例甲", JIA, "560", "准予"],
    ["S2", "农村低保", "13/03/2024", "示例乙", JIA, "480", "不予"],
]


def foreign(folder: Path, name: str = "台账.xlsx") -> Path:
    """A county's own ledger: a title above the table, headers and words of its own, a second sheet of other things."""
    folder.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2024年台账"
    sheet.append(["示范县社会救助受理台账"])
    for row in (HEADERS, *ROWS):
        sheet.append(row)
    other = book.create_sheet("备查")
    other.append(["x", "y"])
    other.append(["1", "2"])
    book.save(folder / name)
    return folder / name


def seen(path: Path) -> Found:
    """The look at its first sheet."""
    (first, _), faults = look(path, path.parent / "look")
    assert [fault.kind for fault in faults if fault.kind == "refused"] == []
    return first


def test_a_look_finds_every_sheet_and_what_its_columns_hold(tmp_path: Path) -> None:
    first = seen(foreign(tmp_path / "in"))
    assert (first.sheet, first.source, first.table, first.header_row, first.rows) == (
        "2024年台账", "2024年台账", None, 2, 2,
    )  # fmt: skip
    assert [(column.header, column.content) for column in first.columns[2:]] == [
        ("受理日期时间", "date"),
        ("申请人姓名", "words"),
        ("申请人公民身份证", "id_no"),
        ("核定月补助金额(元)", "number"),
        ("审核结论", "words"),
    ]
    assert first.columns[1].words == ("农村低保", "城市低保")
    assert first.columns[2].example == "04/03/2024"
    assert [column.example for column in first.columns if column.content in {"id_no", "words"}] == [""] * 5


def test_a_guess_offers_the_likeliest_column_once(tmp_path: Path) -> None:
    first = seen(foreign(tmp_path / "in"))
    assert tables(first)[0] == "application"
    offered = {name: first.columns[place].header for name, place in matches(APPLICATION, first).items()}
    assert offered["accepted_at"] == "受理日期时间"
    assert offered["applicant_id_no"] == "申请人公民身份证"
    assert len(set(offered.values())) == len(offered)


def test_the_mapping_written_for_a_foreign_sheet_imports_it(tmp_path: Path) -> None:
    source = foreign(tmp_path / "in")
    first = seen(source)
    picks = (
        Pick(APPLICATION["application_no"], header="受理单编号"),
        Pick(APPLICATION["programme"], constant="dibao"),
        Pick(APPLICATION["accepted_at"], header="受理日期时间", format="%d/%m/%Y"),
        Pick(APPLICATION["applicant_id_no"], header="申请人公民身份证"),
        Pick(APPLICATION["monthly"], header="核定月补助金额(元)", unit="元"),
        Pick(APPLICATION["decision"], header="审核结论", values={"准予": "approved", "不予": "refused"}),
    )
    path = tmp_path / "mapping.toml"
    path.write_text(mapping_text([TableMap(APPLICATION, first.source, picks)], {}), "utf-8")
    workspace = Workspace(tmp_path / "workspace", create=True)
    for place in (source, source.parent):  # the file itself, and the folder it lies in
        outcome = import_source(place, workspace, mapping=path)
        assert outcome.ok, outcome.faults["message"].to_list()
    rows = pl.read_parquet(workspace.snapshot / "application.parquet").sort("application_no")
    assert rows.select("application_no", "programme", pl.col("accepted_at").cast(pl.Date).cast(pl.String), "decision")[
        1
    ].rows() == [("S2", "dibao", "2024-03-13", "refused")]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
PICKS = st.one_of(
    st.builds(lambda name, header: Pick(AWARD[name], header=header), st.sampled_from(["award_no", "category"]), WORDS),
    st.builds(
        lambda header, code: Pick(PAYMENT["amount"], header=header, unit=code), WORDS, st.sampled_from(["元", "万元"])
    ),
    st.builds(lambda text: Pick(AWARD["household_no"], constant=text), WORDS),
    st.builds(lambda header: Pick(AWARD["from_month"], header=header, format="%d/%m/%Y %H:%M"), WORDS),
    st.builds(
        lambda header, word: Pick(AWARD["category"], header=header, values={word: "A"}, otherwise="B"), WORDS, WORDS
    ),
)


@given(PICKS, WORDS)
def test_any_words_come_back_from_the_mapping_they_were_written_in(pick: Pick, source: str) -> None:
    table = TABLES["payment"] if pick.unit else AWARD
    said = tomllib.loads(mapping_text([TableMap(table, source, (pick,))], {"synthetic": True}))
    (one,) = said["table"]
    assert (one["name"], one["source"], said["meta"]) == (table.name, source, {"synthetic": True})
    how = one["columns"][pick.column.name]
    wanted = {
        "column": pick.header, "constant": pick.constant, "values": dict(pick.values) or None,
        "otherwise": pick.otherwise, "format": pick.format or None, "unit": pick.unit or None,
    }  # fmt: skip
    wanted = {name: value for name, value in wanted.items() if value is not None}
    assert ({"column": how} if isinstance(how, str) else how) == wanted


def test_a_mapping_written_is_read_without_a_fault(tmp_path: Path) -> None:
    picks = (Pick(AWARD["award_no"], header='a"b\\c'), Pick(AWARD["category"], header="类", values={"甲": "A"}))
    path = tmp_path / "mapping.toml"
    path.write_text(mapping_text([TableMap(AWARD, "表 1", picks)], {"name": "x"}), "utf-8")
    read = read_mapping(path)
    assert read.faults == ()
    assert read.tables == (TableMap(AWARD, "表 1", picks),)
