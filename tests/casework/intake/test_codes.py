"""Tests of every code a row can meet on the road, each with its file, row and column."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from casework.intake.faults import kind_of, sentence
from casework.intake.messages import MESSAGES
from tests.casework.intake.sources import BING, GOOD, JIA, VILLAGE, YI, Row, good, imported, told
from tests.worlds import person_no

WRONG = JIA[:17] + ("0" if JIA[17] != "0" else "1")
FIFTEEN = JIA[:6] + JIA[8:17]
LONG = "字" * 2001

CELLS: list[tuple[str, dict[str, str | None], str, str]] = [  # table, changed cells, column, code
    ("person", {"id_no": "990101********0011"}, "id_no", "E_ID_MASKED"),
    ("person", {"id_no": "9.90101E+17"}, "id_no", "E_ID_SCIENTIFIC"),
    ("person", {"id_no": "不详"}, "id_no", "E_ID_PLACEHOLDER"),
    ("person", {"id_no": JIA[:17]}, "id_no", "E_ID_LENGTH"),
    ("person", {"id_no": JIA[:17] + "A"}, "id_no", "E_ID_CHARS"),
    ("person", {"id_no": "990101198002300011"}, "id_no", "E_ID_DATE"),
    ("person", {"id_no": person_no("甲", "2025-01-01")}, "id_no", "E_ID_FUTURE"),
    ("person", {"id_no": None}, "id_no", "E_REQUIRED"),
    ("person", {"id_no": WRONG}, "id_no", "W_ID_CHECKSUM"),
    ("person", {"id_no": FIFTEEN}, "id_no", "W_ID15"),
    ("person", {"id_no": person_no("甲", "1900-01-02"), "born_on": "1900-01-02"}, "id_no", "W_AGE_OVER_120"),
    ("person", {"id_no": person_no("甲", area="000101")}, "id_no", "W_ID_AREA"),
    ("person", {"id_no": person_no("甲", area="900101")}, "id_no", "W_ID_RESIDENCE_PERMIT"),
    ("person", {"name": None}, "name", "W_MISSING"),
    ("person", {"name": "示\u200b例"}, "name", "W_INVISIBLE"),
    ("person", {"name": "\ue000例"}, "name", "W_PUA_CHAR"),
    ("person", {"name": "=1+1"}, "name", "W_FORMULA_TEXT"),
    ("person", {"name": "示\x07例"}, "name", "E_CONTROL_CHAR"),
    ("person", {"name": LONG}, "name", "E_TOO_LONG"),
    ("person", {"name": "#REF!"}, "name", "E_CELL_ERROR"),
    ("person", {"sex": "女"}, "sex", "W_SEX_MISMATCH"),
    ("person", {"sex": "两性"}, "sex", "E_ENUM"),
    ("person", {"born_on": "1980-01-02"}, "born_on", "W_BIRTH_MISMATCH"),
    ("person", {"born_on": None}, "born_on", "E_REQUIRED"),
    ("person", {"born_on": "80-01-01"}, "born_on", "E_DATE_AMBIGUOUS"),
    ("person", {"born_on": "农历正月初一"}, "born_on", "E_DATE_LUNAR"),
    ("person", {"born_on": "1980-02-30"}, "born_on", "E_DATE_INVALID"),
    ("person", {"born_on": "1900-01-01"}, "born_on", "E_DATE_PLACEHOLDER"),
    ("person", {"born_on": "1980-01"}, "born_on", "E_DATE_PRECISION"),
    ("person", {"born_on": "29221"}, "born_on", "E_DATE_FORMAT"),
    ("person", {"born_on": "1800-01-01"}, "born_on", "E_DATE_RANGE"),
    ("person", {"born_on": "民国69年1月1日"}, "born_on", "W_ROC"),
    ("person", {"died_on": "1979-12-31"}, "died_on", "W_ORDER"),
    ("person", {"died_on": "2025-01-01"}, "died_on", "W_FUTURE_EVENT"),
    ("person", {"disability_grade": "5"}, "disability_grade", "E_RANGE"),
    ("person", {"disability_grade": "重"}, "disability_grade", "E_NUMBER"),
    ("person", {"region_code": "99010"}, "region_code", "E_AREA_LENGTH"),
    ("person", {"region_code": None}, "region_code", "W_MISSING"),
    ("household", {"household_no": "6.21E+18"}, "household_no", "E_TYPE_MISMATCH"),
    ("member", {"co_living": "有"}, "co_living", "E_BOOLEAN"),
    ("member", {"left_on": "9999-12-31"}, "left_on", "W_OPEN_END"),
    ("member", {"left_on": "2014-12-31"}, "left_on", "W_ORDER"),
    ("member", {"joined_on": "1979-12-31"}, "joined_on", "W_BEFORE_BIRTH"),
    ("kin", {"relative_id_no": JIA}, "relative_id_no", "E_KIN_SELF"),
    ("application", {"programme": "许可"}, "programme", "W_PROGRAMME"),
    ("application", {"decided_at": "2024-03-03"}, "decided_at", "W_ORDER"),
    ("application", {"monthly": "6720元/年"}, "monthly", "E_AMOUNT_PERIOD"),
    ("award", {"to_month": "2024-03"}, "to_month", "W_ORDER"),
    ("award", {"from_month": "2024-04-15"}, "from_month", "W_PRECISION"),
    ("award", {"to_month": "2099-12"}, "to_month", "W_OPEN_END"),
    ("beneficiary", {"from_month": "1979-12"}, "from_month", "W_BEFORE_BIRTH"),
    ("payment", {"amount": "约800"}, "amount", "E_AMOUNT_FORMAT"),
    ("payment", {"amount": "12,34"}, "amount", "E_AMOUNT_GROUPING"),
    ("payment", {"amount": "560.005"}, "amount", "E_AMOUNT_PRECISION"),
    ("payment", {"amount": "99999999999999"}, "amount", "E_AMOUNT_RANGE"),
    ("payment", {"amount": "200000"}, "amount", "W_AMOUNT_OUTLIER"),
    ("payment", {"amount": "0"}, "amount", "W_ZERO"),
    ("payment", {"amount": None}, "amount", "W_MISSING"),
    ("means", {"verified": "-1"}, "verified", "E_AMOUNT_NEGATIVE"),
    ("match", {"kind": "飞机"}, "kind", "E_ENUM"),
    ("complaint", {"closed_at": "2024-05-05"}, "closed_at", "W_ORDER"),
    ("outreach", {"visited_at": "2024-05-05"}, "visited_at", "W_ORDER"),
]


@pytest.mark.parametrize(("table", "cells", "column", "code"), CELLS, ids=[f"{t}-{c}-{k}" for t, _, c, k in CELLS])
def test_a_cell_meets_its_code_in_its_row_and_column(
    tmp_path: Path, table: str, cells: dict[str, str | None], column: str, code: str
) -> None:
    outcome, workspace = imported(tmp_path, **{table: [good(table, **cells)]})
    assert [fault for fault in told(outcome) if fault[3] != "W_NO_PARENT_TABLE"] == [(f"{table}.csv", 2, column, code)]
    rejected = code.startswith("E_")
    assert outcome.ok is not rejected
    assert (workspace.current is None) is rejected
    assert outcome.lines == [
        f"{table}: read 1, taken {int(not rejected)}, rejected {int(rejected)}, ignored 0, blank 0"
    ]


@pytest.mark.parametrize("table", sorted(GOOD))
def test_a_good_row_meets_no_code(tmp_path: Path, table: str) -> None:
    outcome, _ = imported(tmp_path, **{table: [good(table)]})
    assert {fault[3] for fault in told(outcome)} <= {"W_NO_PARENT_TABLE"}
    assert outcome.ok


PERSONS = [good("person"), good("person", id_no=YI, name="示例乙", sex="女", born_on="1985-02-03")]
BESIDE: list[tuple[dict[str, Sequence[Row]], tuple[str, int, str, str]]] = [
    ({"household": [], "member": [good("member")]}, ("member.csv", 2, "household_no", "E_ORPHAN")),
    ({"application": [], "step": [good("step")]}, ("step.csv", 2, "application_no", "E_ORPHAN")),
    ({"award": [], "payment": [good("payment")]}, ("payment.csv", 2, "award_no", "E_ORPHAN")),
    ({"person": [], "kin": [good("kin")]}, ("kin.csv", 2, "relative_id_no", "W_MISSING")),
    ({"person": [], "official": [good("official")]}, ("official.csv", 2, "id_no", "W_MISSING")),
    ({"person": [], "member": [good("member")]}, ("member.csv", 2, "id_no", "W_MISSING")),
    ({"person": [], "match": [good("match")]}, ("match.csv", 2, "id_no", "W_MISSING")),
    (
        {"official": [], "review": [{"award_no": "W1", "reviewed_on": "2024-05-01", "actor_id_no": JIA}]},
        ("review.csv", 2, "actor_id_no", "W_OFFICIAL_UNKNOWN"),
    ),
    ({"region": [], "household": [good("household")]}, ("household.csv", 2, "region_code", "W_AREA_UNKNOWN")),
    ({"person": [good("person"), good("person")]}, ("person.csv", 3, "id_no", "W_DUP_ROW")),
    ({"person": [good("person"), good("person", id_no=FIFTEEN)]}, ("person.csv", 3, "id_no", "W_DUP_ROW")),
    ({"person": [good("person"), good("person", name="示例乙")]}, ("person.csv", 3, "id_no", "W_ID_NAME_CONFLICT")),
    (
        {"payment": [good("payment"), good("payment", amount="561")]},
        ("payment.csv", 3, "payment_no", "W_DUP_CONFLICT"),
    ),
    (
        {"region": [good("region", parent_code=VILLAGE)]},
        ("region.csv", 2, "parent_code", "E_AREA_CYCLE"),
    ),
]


@pytest.mark.parametrize(("tables", "fault"), BESIDE, ids=[fault[3] + fault[0] for _, fault in BESIDE])
def test_a_row_is_judged_beside_the_others(
    tmp_path: Path, tables: dict[str, Sequence[Row]], fault: tuple[str, int, str, str]
) -> None:
    files = {name: rows or ",".join(GOOD[name]) + "\n" for name, rows in tables.items()}
    outcome, _ = imported(tmp_path, **files)
    assert fault in told(outcome)


def test_all_edges_of_a_parent_ring_go_and_no_other(tmp_path: Path) -> None:
    def tie(one: str, relation: str, other: str) -> Row:
        return good("kin", id_no=one, relation=relation, relative_id_no=other)

    ring = [tie(JIA, "parent", YI), tie(YI, "parent", BING), tie(JIA, "child", BING)]  # BING is a child of JIA
    below = tie(person_no("丁"), "parent", JIA)
    aside = tie(JIA, "spouse", person_no("戊", sex="F"))
    outcome, workspace = imported(tmp_path, keep_valid=True, kin=[*ring, below, aside])
    assert [fault[1] for fault in told(outcome) if fault[3] == "E_KIN_CYCLE"] == [2, 3, 4]
    assert workspace.manifest()["tables"]["kin"]["rows"] == 2


def test_both_directions_of_one_tie_are_no_ring(tmp_path: Path) -> None:
    rows = [good("kin", relation="parent"), good("kin", id_no=YI, relative_id_no=JIA, relation="child")]
    outcome, _ = imported(tmp_path, kin=rows)
    assert "E_KIN_CYCLE" not in {fault[3] for fault in told(outcome)}


def test_rejections_run_down_to_the_last_child(tmp_path: Path) -> None:
    outcome, _ = imported(
        tmp_path,
        keep_valid=True,
        household=[good("household", region_code="9")],
        award=[good("award")],
        payment=[good("payment")],
    )
    assert told(outcome) == [
        ("award.csv", 2, "household_no", "E_ORPHAN"),
        ("household.csv", 2, "region_code", "E_AREA_LENGTH"),
        ("payment.csv", 2, "award_no", "E_ORPHAN"),
    ]


def test_two_bare_dates_of_one_day_are_in_order(tmp_path: Path) -> None:
    row = good("application", accepted_at="2024-03-04 15:00", decided_at="2024-03-04")
    outcome, _ = imported(tmp_path, application=[row])
    assert "W_ORDER" not in {fault[3] for fault in told(outcome)}


def test_one_row_tells_all_its_faults_and_is_rejected_once(tmp_path: Path) -> None:
    outcome, _ = imported(tmp_path, payment=[good("payment", amount="约800", month="2024")])
    assert [fault[3] for fault in told(outcome) if fault[1]] == ["E_AMOUNT_FORMAT", "E_DATE_PRECISION"]
    assert outcome.lines == ["payment: read 1, taken 0, rejected 1, ignored 0, blank 0"]


def test_a_message_names_column_and_finding_in_both_languages_and_never_a_number() -> None:
    text = sentence("E_AMOUNT_FORMAT", "amount", "约800", "", "payment")
    assert "发放金额" in text.zh
    assert "约800" in text.zh
    assert "Amount" in text.en
    assert "约800" in text.en


def test_no_fault_shows_a_whole_number(tmp_path: Path) -> None:
    outcome, _ = imported(tmp_path, person=[good("person", id_no=WRONG, name=f"\x01{JIA}")], kin=[good("kin")])
    assert not [message for message in outcome.faults["message"] if WRONG in message or JIA in message]


def test_every_code_has_words_in_both_languages() -> None:
    for code, text in MESSAGES.items():
        assert text.zh
        assert text.en
        assert kind_of(code) == "rejected" if code.startswith("E_") else kind_of(code) in {"warned", "ignored"}
