"""Tests of the whole road: what is stored, what is told, what is counted."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import WorkspaceError
from casework.intake.road import import_source
from casework.tables import PERSON, TABLES
from casework.tables.schema import SOURCE_COLUMNS
from casework.workspace import Workspace
from tests.casework.intake.sources import BING, JIA, YI, codes, folder, good, imported, told
from tests.worlds import person_no

BAD = good("payment", payment_no="P2", amount="约800")


def stored(workspace: Workspace, table: str) -> pl.DataFrame:
    return pl.read_parquet(workspace.snapshot / f"{table}.parquet")


def test_a_source_becomes_the_snapshot_in_use(tmp_path: Path) -> None:
    outcome, workspace = imported(tmp_path, person=[good("person")], meta='name = "示范县"\nsynthetic = true\n')
    assert (outcome.ending, outcome.ok) == ("stored", True)
    assert workspace.current == outcome.digest
    manifest = workspace.manifest()
    assert manifest["as_of"] == "2024-12-31"
    assert (manifest["name"], manifest["synthetic"]) == ("示范县", True)
    assert manifest["tables"] == {"person": {"rows": 1, "columns": ["id_no", "name", "sex", "born_on", "hukou"]}}
    assert stored(workspace, "person").schema == PERSON.schema


def test_every_stored_table_has_the_whole_schema_in_its_own_order(tmp_path: Path) -> None:
    rows = [good("payment", payment_no=f"P{n}", award_no=f"W{n % 3}", month=f"2024-0{n % 4 + 1}") for n in range(9)]
    _, workspace = imported(tmp_path, payment=rows)
    frame = stored(workspace, "payment")
    assert frame.schema == TABLES["payment"].schema
    assert frame.equals(frame.sort("award_id", "month_index", "payment_no"))


def test_derived_integers_stand_beside_days_months_moments_and_numbers(tmp_path: Path) -> None:
    _, workspace = imported(
        tmp_path,
        application=[good("application", accepted_at="2024-03-04T10:00:00.5+09:00", decided_at="2024-03-05")],
        payment=[good("payment")],
    )
    row = stored(workspace, "application").row(0, named=True)
    assert str(row["accepted_at"]) == "2024-03-04 09:00:00.500000"
    assert (row["accepted_at_dated"], row["decided_at_dated"]) == (False, True)
    assert row["accepted_at_epoch"] == 1709514000  # 2024-03-04T01:00:00Z
    assert row["decided_at_day"] == 19787
    payment = stored(workspace, "payment").row(0, named=True)
    assert (payment["amount_fen"], payment["month_index"]) == (56000, 2024 * 12 + 3)


def test_what_the_quick_way_does_not_know_for_certain_goes_the_long_way(tmp_path: Path) -> None:
    moments = ["2024-03-04T10:00:00+13:59", "2024-03-04T10:00:00+14:01", "2024-03-04T10:00:00+08:60"]
    outcome, workspace = imported(
        tmp_path,
        keep_valid=True,
        application=[good("application", application_no=f"A{n}", accepted_at=at) for n, at in enumerate(moments)],
        payment=[good("payment"), good("payment", payment_no="P2", amount="٣", month="٢٠٢٤-03")],
    )
    assert stored(workspace, "application")["accepted_at"].cast(pl.String).to_list() == ["2024-03-04 04:01:00.000000"]
    assert {fault for fault in told(outcome) if fault[3].startswith("E_")} == {
        ("application.csv", 3, "accepted_at", "E_DATE_INVALID"),
        ("application.csv", 4, "accepted_at", "E_DATE_INVALID"),
        ("payment.csv", 3, "amount", "E_AMOUNT_FORMAT"),
        ("payment.csv", 3, "month", "E_DATE_FORMAT"),
    }


def test_invisible_characters_are_left_out_and_told_in_every_kind_of_column(tmp_path: Path) -> None:
    row = {name: f"{value}\u200b" for name, value in good("member").items()}
    paid = {name: f"{value}\u200b" for name, value in good("payment").items()}
    outcome, workspace = imported(tmp_path, member=[row], payment=[paid])
    told_of = {fault[2] for fault in told(outcome) if fault[3] == "W_INVISIBLE"}
    assert told_of == {*good("member"), *good("payment")}
    assert stored(workspace, "member").select("household_no", "relation", "co_living").rows() == [("H1", "head", True)]
    assert stored(workspace, "payment")["amount_fen"].to_list() == [56000]


def test_a_token_is_the_same_number_in_every_table(tmp_path: Path) -> None:
    _, workspace = imported(tmp_path, household=[good("household")], member=[good("member")], award=[good("award")])
    assert {stored(workspace, name)["household_id"][0] for name in ("household", "member", "award")} == {
        stored(workspace, "household")["household_id"][0]
    }
    assert stored(workspace, "award")["award_id"][0] != stored(workspace, "award")["household_id"][0]


def test_raw_numbers_lie_in_the_protected_table_only(tmp_path: Path) -> None:
    _, workspace = imported(tmp_path, person=[good("person")], kin=[good("kin")])
    for path in workspace.snapshot.glob("*.parquet"):
        if path.name != "identity.parquet":
            assert JIA not in pl.read_parquet(path).cast(pl.String).write_csv()
    assert sorted(stored(workspace, "identity")["id_no"]) == sorted([JIA, YI])
    assert (workspace.snapshot / "identity.parquet").stat().st_mode & 0o077 == 0


def test_a_number_is_kept_in_the_form_of_its_first_row_in_person(tmp_path: Path) -> None:
    fifteen = JIA[:6] + JIA[8:17]
    _, workspace = imported(tmp_path, person=[good("person", id_no=fifteen)], kin=[good("kin")])
    identity = stored(workspace, "identity")
    person = stored(workspace, "person")
    assert identity.filter(pl.col("person_id") == person["person_id"][0])["id_no"].to_list() == [fifteen]
    assert person["id_state"].to_list() == ["upgraded15"]
    assert stored(workspace, "kin")["person_id"][0] == person["person_id"][0]


def test_a_doubtful_number_shares_a_key_with_the_valid_one_it_may_be(tmp_path: Path) -> None:
    one_digit_off = YI[:16] + str((int(YI[16]) + 2) % 10) + YI[17]
    swapped = next(
        BING[:place] + BING[place + 1] + BING[place] + BING[place + 2 :]
        for place in range(14, 16)
        if BING[place] != BING[place + 1]
    )
    rows = [good("person", id_no=number) for number in (JIA, YI, BING, one_digit_off, swapped)]
    _, workspace = imported(tmp_path, person=rows)
    number_of = dict(stored(workspace, "identity").iter_rows())
    shared = (
        stored(workspace, "id_key")
        .join(stored(workspace, "id_key"), on="key")
        .filter(pl.col("person_id") < pl.col("person_id_right"))
    )
    pairs = {frozenset((number_of[a], number_of[b])) for a, b in shared.select("person_id", "person_id_right").rows()}
    assert pairs == {frozenset((YI, one_digit_off)), frozenset((BING, swapped))}


def test_the_first_of_two_rows_of_one_number_is_the_person(tmp_path: Path) -> None:
    _, workspace = imported(tmp_path, person=[good("person", name="示例乙"), good("person", name="示例甲")])
    assert stored(workspace, "person").select("name", "repeat").rows() == [("示例乙", 0), ("示例甲", 1)]


def test_rejected_rows_store_nothing_unless_the_good_ones_are_wanted(tmp_path: Path) -> None:
    outcome, workspace = imported(tmp_path, payment=[good("payment"), BAD])
    assert (outcome.ending, outcome.ok, workspace.current) == ("rejected", False, None)
    outcome, workspace = imported(tmp_path, keep_valid=True, payment=[good("payment"), BAD])
    assert (outcome.ending, outcome.ok) == ("stored", True)
    assert stored(workspace, "payment")["payment_no"].to_list() == ["P1"]
    assert outcome.lines == ["payment: read 2, taken 1, rejected 1, ignored 0, blank 0"]


def test_rejected_rows_are_kept_as_they_were(tmp_path: Path) -> None:
    outcome, workspace = imported(tmp_path, payment=[good("payment"), BAD])
    rejects = pl.read_csv(workspace.path / "rejects.csv")
    assert rejects.rows() == [("payment.csv", 3, "E_AMOUNT_FORMAT", "P2,W1,2024-04,约800")]
    assert pl.read_csv(workspace.path / "faults.csv").height == outcome.faults.height
    assert (workspace.path / "rejects.csv").stat().st_mode & 0o777 == 0o600


def test_a_workspace_that_cannot_be_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "workspace"):
        with pytest.raises(WorkspaceError):
            Workspace(path, create=True)


def test_a_record_with_another_number_of_fields_is_rejected_as_it_lay(tmp_path: Path) -> None:
    text = "payment_no,award_no,month,amount\nP1,W1,2024-04,560\nP2,W1,2024-05\n"
    outcome, workspace = imported(tmp_path, keep_valid=True, payment=text)
    assert ("payment.csv", 3, "", "E_FIELD_COUNT") in told(outcome)
    assert pl.read_csv(workspace.path / "rejects.csv")["record"].to_list() == ["P2,W1,2024-05"]
    assert outcome.lines == ["payment: read 2, taken 1, rejected 1, ignored 0, blank 0"]


def test_a_trial_writes_the_faults_and_stores_nothing(tmp_path: Path) -> None:
    outcome, workspace = imported(tmp_path, dry_run=True, payment=[good("payment", amount="0")])
    assert (outcome.ending, outcome.ok, workspace.current) == ("dry_run", True, None)
    assert "W_ZERO" in pl.read_csv(workspace.path / "faults.csv")["code"].to_list()
    assert not list((workspace.path / "snapshots").iterdir())


def test_a_trial_with_rejected_rows_is_no_success(tmp_path: Path) -> None:
    assert not imported(tmp_path, dry_run=True, payment=[BAD])[0].ok
    assert imported(tmp_path, dry_run=True, keep_valid=True, payment=[BAD])[0].ok


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("award_no,month,amount\nW1,2024-04,560\n", "E_MISSING_COLUMN"),
        ("payment_no,award_no,month,amount,金额\nP1,W1,2024-04,560,560\n", "E_DUP_COLUMN"),
    ],
)
def test_a_refused_file_stores_nothing_even_of_the_valid_ones(tmp_path: Path, text: str, code: str) -> None:
    outcome, workspace = imported(tmp_path, keep_valid=True, payment=text, person=[good("person")])
    assert (outcome.ending, outcome.ok, workspace.current) == ("refused", False, None)
    assert code in codes(outcome)


def test_a_local_rule_that_cannot_be_read_refuses_the_import(tmp_path: Path) -> None:
    source = folder(tmp_path / "source", person=[good("person")])
    (source / "policy").mkdir()
    (source / "policy" / "decision_days.toml").write_text("value = [", "utf-8")
    outcome = import_source(source, Workspace(tmp_path / "workspace", create=True))
    assert (outcome.ending, codes(outcome)) == ("refused", ["E_POLICY"])


def test_a_source_may_name_its_own_programmes(tmp_path: Path) -> None:
    source = folder(tmp_path / "source", application=[good("application", programme="取暖费")])
    (source / "policy").mkdir()
    (source / "policy" / "programme.toml").write_text(
        'id = "programme"\n[[value]]\nfrom = 2000-01-01\ncode = "local_heat"\nzh = "取暖费"\nen = "Heat"\n'
        'department = "民政"\nkind = "one_off"\nmeans_tested = false\n',
        "utf-8",
    )
    workspace = Workspace(tmp_path / "workspace", create=True)
    assert "W_PROGRAMME" not in codes(import_source(source, workspace))
    assert stored(workspace, "application")["programme"].to_list() == ["local_heat"]
    assert (workspace.path / "policy" / "programme.toml").exists()


def test_an_unknown_column_is_told_and_left_alone(tmp_path: Path) -> None:
    outcome, _ = imported(tmp_path, person=[{**good("person"), "备用": "x"}])
    assert told(outcome) == [("person.csv", 1, "备用", "W_UNKNOWN_COLUMN")]


def test_a_unit_in_the_header_is_honoured(tmp_path: Path) -> None:
    text = "发放编号,保障编号,发放月份,金额(万元)\nP1,W1,2024-04,0.056\n"
    _, workspace = imported(tmp_path, payment=text)
    assert stored(workspace, "payment")["amount_fen"].to_list() == [56000]


def test_without_as_of_it_is_the_day_of_the_last_event(tmp_path: Path) -> None:
    rows = [good("application", accepted_at="2024-03-29T23:30:00Z", due_at="2024-12-31")]
    outcome, workspace = imported(tmp_path, as_of=None, application=rows)
    assert str(outcome.as_of) == "2024-03-30"  # in Shanghai; a deadline is no event
    assert "W_AS_OF" in codes(outcome)
    assert workspace.manifest()["as_of"] == "2024-03-30"


def test_a_source_without_any_event_says_that_it_speaks_for_today(tmp_path: Path) -> None:
    outcome, _ = imported(tmp_path, as_of=None, household=[good("household")])
    assert [message for message in outcome.faults["message"] if "按今天计" in message]


def test_an_addition_that_tells_of_no_event_keeps_the_day_the_data_speak_for(tmp_path: Path) -> None:
    first, _ = imported(tmp_path, as_of="2024-12-31", household=[good("household")])
    outcome, workspace = imported(tmp_path, as_of=None, add=True, household=[good("household", household_no="H2")])
    assert (outcome.ending, str(outcome.as_of)) == ("stored", "2024-12-31")
    said = outcome.faults.filter(pl.col("code") == "W_AS_OF")["message"].item()
    assert "沿用当前数据的截止日" in said
    assert "最后一件事" not in said
    outcome, workspace = imported(tmp_path, as_of=None, add=True, household=[good("household")])
    assert (outcome.ending, workspace.manifest()["as_of"]) == ("unchanged", "2024-12-31")
    assert outcome.digest != first.digest


def test_an_addition_moves_the_day_only_to_a_later_event_or_to_what_is_stated(tmp_path: Path) -> None:
    imported(tmp_path, as_of="2024-12-31", household=[good("household")])
    days = [
        str(imported(tmp_path, as_of=stated, add=True, outreach=[good("outreach", found_at=found)])[0].as_of)
        for stated, found in ((None, "2024-12-30"), (None, "2025-01-01"), ("2024-12-01", "2024-11-30"))
    ]
    assert days == ["2024-12-31", "2025-01-01", "2024-12-01"]


def test_a_total_the_rows_do_not_meet_is_told(tmp_path: Path) -> None:
    meta = "[totals]\npayment.amount = 1120.00\npayment.payment_no = 3\n"
    rows = [good("payment"), good("payment", payment_no="P2")]
    outcome, _ = imported(tmp_path, meta=meta, payment=rows)
    assert [fault[2] for fault in told(outcome) if fault[3] == "W_TOTAL_MISMATCH"] == ["payment.payment_no"]


def test_an_absent_parent_table_is_told_once_and_the_rows_are_kept(tmp_path: Path) -> None:
    outcome, _ = imported(tmp_path, payment=[good("payment"), good("payment", payment_no="P2")])
    assert [fault for fault in told(outcome) if fault[3] == "W_NO_PARENT_TABLE"] == [
        ("", None, "payment.award_no", "W_NO_PARENT_TABLE")
    ]
    assert outcome.lines == ["payment: read 2, taken 2, rejected 0, ignored 0, blank 0"]


def test_the_same_bytes_twice_change_nothing(tmp_path: Path) -> None:
    first, _ = imported(tmp_path, person=[good("person")])
    source = tmp_path / "source0"
    workspace = Workspace(tmp_path / "workspace")
    again = import_source(source, workspace)
    assert (again.ending, again.ok, again.digest) == ("unchanged", True, first.digest)
    assert "W_DUP_FILE" in pl.read_csv(workspace.path / "faults.csv")["code"].to_list()
    assert again.lines == first.lines


def test_an_import_replaces_and_an_addition_joins(tmp_path: Path) -> None:
    imported(tmp_path, person=[good("person"), good("person", id_no=YI, name="示例乙", sex="F", born_on="1985-02-03")])
    changed = good("person", name="示例甲甲")
    new = good("person", id_no=BING, name="示例丙", sex="F", born_on="2010-05-06")
    outcome, workspace = imported(tmp_path, add=True, person=[changed, new])
    assert outcome.ending == "stored"
    assert sorted(stored(workspace, "person")["name"]) == ["示例丙", "示例乙", "示例甲甲"]
    assert sorted(stored(workspace, "identity")["id_no"]) == sorted([JIA, YI, BING])
    _, workspace = imported(tmp_path, person=[new])
    assert stored(workspace, "person")["name"].to_list() == ["示例丙"]
    assert stored(workspace, "identity")["id_no"].to_list() == [BING]


def test_an_addition_finds_its_parents_in_the_snapshot(tmp_path: Path) -> None:
    imported(tmp_path, household=[good("household")])
    outcome, workspace = imported(
        tmp_path, add=True, award=[good("award"), good("award", award_no="W2", household_no="H2")]
    )
    assert ("award.csv", 3, "household_no", "E_ORPHAN") in told(outcome)
    outcome, workspace = imported(tmp_path, add=True, award=[good("award")])
    assert outcome.ending == "stored"
    assert sorted(workspace.manifest()["tables"]) == ["award", "household"]


def test_a_ring_of_parents_closed_by_an_addition_costs_the_added_rows(tmp_path: Path) -> None:
    up = good("kin", id_no=YI, relative_id_no=JIA, relation="父母")
    imported(tmp_path, kin=[up])
    closing = good("kin", id_no=JIA, relative_id_no=YI, relation="父母")
    other = good("kin", id_no=BING, relative_id_no=YI, relation="父母")
    outcome, workspace = imported(tmp_path, add=True, keep_valid=True, kin=[other, closing])
    assert [fault for fault in told(outcome) if fault[3] == "E_KIN_CYCLE"] == [
        ("kin.csv", 3, "relative_id_no", "E_KIN_CYCLE")
    ]
    assert stored(workspace, "kin").height == 2
    replaced = good("kin", id_no=YI, relative_id_no=JIA, relation="子女")
    assert imported(tmp_path, add=True, kin=[replaced, closing])[0].ending == "stored"


def test_a_ring_of_regions_closed_by_an_addition_costs_the_added_rows(tmp_path: Path) -> None:
    town = {"region_code": "990101001000", "name": "示范镇", "tier": "township", "parent_code": ""}
    village = good("region", parent_code="990101001000")
    imported(tmp_path, region=[town, village])
    outcome, _ = imported(tmp_path, add=True, region=[{**town, "parent_code": "990101001001"}])
    assert (outcome.ending, told(outcome)[0][3]) == ("rejected", "E_AREA_CYCLE")


def test_a_number_in_groups_is_masked_in_every_message(tmp_path: Path) -> None:
    grouped = f"{JIA[:6]} {JIA[6:14]}-{JIA[14:]}"
    outcome, workspace = imported(
        tmp_path, payment=[{**good("payment", amount=grouped, month=grouped), grouped: "x"}], meta=f'"{grouped}" = 1\n'
    )
    said = (workspace.path / "faults.csv").read_text("utf-8")
    assert {"E_AMOUNT_FORMAT", "W_UNKNOWN_COLUMN"} <= set(codes(outcome))
    assert JIA[6:14] not in said
    assert JIA[:6] in said


def test_an_addition_of_what_is_there_already_changes_nothing(tmp_path: Path) -> None:
    first, _ = imported(tmp_path, person=[good("person")], kin=[good("kin")])
    outcome, _ = imported(tmp_path, add=True, kin=[good("kin")])
    assert (outcome.ending, outcome.ok, outcome.digest) == ("unchanged", True, first.digest)
    assert "W_DUP_FILE" in codes(outcome)


def test_an_addition_after_which_the_source_stands_alone_again_is_an_import(tmp_path: Path) -> None:
    imported(tmp_path, person=[good("person")])
    _, workspace = imported(tmp_path, add=True, person=[good("person", id_no=BING, sex="F", born_on="2010-05-06")])
    assert import_source(tmp_path / "source1", workspace).ending == "stored"
    assert stored(workspace, "person").height == 1


def test_the_order_of_rows_changes_nothing_but_their_places(tmp_path: Path) -> None:
    tables = {
        "person": [good("person", id_no=person_no(str(n)), name=f"示例{n}") for n in range(30)],
        "payment": [good("payment", payment_no=f"P{n}", award_no=f"W{n % 7}") for n in range(40)],
        "step": [
            good("step", application_no=f"A{n % 5}", label=f"{n}", started_at=f"2024-03-0{n % 3 + 1}")
            for n in range(40)
        ],
    }
    _, workspace = imported(tmp_path, **tables)
    before = {name: stored(workspace, name).drop(SOURCE_COLUMNS) for name in tables}
    imported(tmp_path, **{name: rows[1::2] + rows[-2::-2] for name, rows in tables.items()})
    for name, frame in before.items():
        assert stored(workspace, name).drop(SOURCE_COLUMNS).equals(frame), name


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    first, workspace = imported(tmp_path, person=[good("person")], payment=[good("payment")])
    imported(tmp_path, person=[good("person", name="示例乙")])
    assert import_source(tmp_path / "source0", workspace).digest == first.digest


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["P1", "P2", "P3", "", "6.21E+18"]),
            st.sampled_from(["W1", "W2", ""]),
            st.sampled_from(["2024-04", "2024-04-01", "2024", "无", ""]),
            st.one_of(
                st.sampled_from(["560", "约800", "", "-1", "#REF!"]), st.text(st.characters(codec="utf-8"), max_size=6)
            ),
        ),
        max_size=12,
    )
)
def test_every_row_read_is_taken_rejected_ignored_or_blank(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    names = ("payment_no", "award_no", "month", "amount")
    tables = [dict(zip(names, row, strict=True)) for row in rows]
    outcome, _ = imported(
        tmp_path_factory.mktemp("property"), keep_valid=True, award=[good("award")], payment=tables or ",".join(names)
    )
    for count in outcome.counts:
        assert count.read == count.taken + count.rejected + count.ignored + count.blank
    if outcome.counts:
        assert {count.table for count in outcome.counts} == {"award", "payment"}
