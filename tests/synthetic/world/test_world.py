"""Tests of a made-up world: whole on import, telling what is in it, and near its figures."""

import json
import tomllib
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from casework.intake.road import import_source
from casework.policy import Policy
from casework.workspace import Workspace
from synthetic.kit.rows import Rows, table_of
from synthetic.world import TRUTH, Regime, build
from synthetic.world.calibration import Tally, table
from synthetic.world.plan import plan
from synthetic.world.planting import sown
from synthetic.world.township import office
from synthetic.world.township import township as township_of
from synthetic.world.writing import Form
from tests.synthetic.world.small import Source, planted, township, village
from tests.worlds import world

EXPECTED = {
    "W_OFFICIAL_UNKNOWN",
    "W_ID15",
    "W_ORDER",
    "W_ID_CHECKSUM",
    "W_BIRTH_MISMATCH",
    "W_ID_NAME_CONFLICT",
}  # some variants are such faults


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small world with fraud, its truth beside it."""
    place = tmp_path_factory.mktemp("village") / "source"
    build(place, seed=1, scale="village", persons=1_000)
    return place


@pytest.fixture(scope="module")
def clean() -> Source:
    """A township without fraud."""
    return township()


def counted(persons: int, regime: Regime) -> Tally:
    """What a county of so many comes to; its rows are not kept."""
    tally = Tally()
    (county,) = plan("county", persons, 1).counties
    above = office(county, 1).officials
    where = sown(county, 1, regime)
    for town in county.townships:
        tally.count(township_of(county, town, 1, regime, above, where))
    return tally


@pytest.fixture(scope="module")
def county() -> Tally:
    """A county of sixty thousand: the figures of calibration are near only where enough are counted."""
    return counted(60_000, "clean")


# -- files -----------------------------------------------------------------------------------------------------------


def test_what_is_built_in_memory_is_what_lies_in_the_files(folder: Path) -> None:
    rows, told = village("capture")
    assert {name: len(found) for name, found in rows.items()} == {name: n for name, n in told.rows.items() if n}
    for name, found in rows.items():
        written = pl.read_csv(folder / f"{name}.csv", infer_schema=False).fill_null("")
        assert written.select(list(found[0])).rows(named=True) == found


@pytest.mark.parametrize(("form", "regime"), [("csv", "capture"), ("xlsx", "clean"), ("parquet", "clean")])
def test_each_form_is_imported_without_a_rejected_row(tmp_path: Path, form: Form, regime: Regime) -> None:
    source = tmp_path / "source"
    built = build(source, seed=2, scale="village", persons=1_000, form=form, regime=regime)
    outcome = import_source(source, Workspace(tmp_path / "W", create=True), who="tester")
    assert outcome.ok
    assert {count.table: count.taken for count in outcome.counts} == built.rows
    assert set(outcome.faults["code"]) <= EXPECTED


@pytest.mark.parametrize("regime", ["clean", "needy_kin", "one_surname"])
def test_a_world_without_fraud_is_imported_without_a_word(tmp_path: Path, regime: str) -> None:
    build(tmp_path / "source", seed=3, scale="village", persons=1_000, regime=regime)  # type: ignore[arg-type]  # one of them
    outcome = import_source(tmp_path / "source", Workspace(tmp_path / "W", create=True), who="tester")
    assert outcome.ok
    assert set(outcome.faults["code"]) <= EXPECTED - {"W_ORDER"}


def test_the_source_says_what_it_is_and_adds_up(folder: Path) -> None:
    meta = tomllib.loads((folder / "meta.toml").read_text(encoding="utf-8"))
    assert meta["synthetic"] is True
    paid = pl.read_csv(folder / "payment.csv", infer_schema=False)["amount"].cast(pl.Decimal(18, 2)).sum()
    assert float(str(paid)) == meta["totals"]["payment"]["amount"]


def test_the_standard_rises_from_year_to_year(folder: Path) -> None:
    local = Policy.load(folder / "policy")
    values = [
        entry.value for entry in local.rule("dibao_standard").entries if entry.scope.get("urban_rural") == "rural"
    ]
    assert len(values) == 5
    assert values == sorted(values, key=float)


def test_a_province_is_streamed_county_by_county_and_its_numbers_never_meet(tmp_path: Path) -> None:
    built = build(tmp_path / "source", seed=4, scale="province", persons=4_000, regime="clean")
    assert len(built.plan.cities) == 2
    assert len(built.plan.counties) == 4
    for name, key in (
        ("person", "id_no"),
        ("person", "phone"),
        ("household", "household_no"),
        ("application", "application_no"),
        ("award", "award_no"),
        ("payment", "payment_no"),
        ("match", "match_no"),
        ("complaint", "complaint_no"),
        ("outreach", "outreach_no"),
    ):
        rows = pl.read_csv(tmp_path / "source" / f"{name}.csv", infer_schema=False)
        if key == "phone":  # brothers, twins and others who share one are planted
            rows = rows.filter(~pl.col("id_no").is_in(planted(built, "same_person")))
        numbers = rows[key].drop_nulls()
        assert numbers.n_unique() == numbers.len(), (name, key)


def test_the_truth_lies_beside_the_source_and_speaks_of_what_is_in_it(folder: Path) -> None:
    truth = pl.read_parquet(folder.parent / TRUTH)
    assert truth.columns == ["scheme", "subject_kind", "subject", "twin", "variant", "amount"]
    assert truth["twin"].any()
    known = {
        "application": ("application", "application_no"),
        "award": ("award", "award_no"),
        "household": ("household", "household_no"),
        "person": ("person", "id_no"),
        "official": ("official", "id_no"),
        "complaint": ("complaint", "complaint_no"),
        "account": ("payment", "account_no"),
        "region": ("region", "region_code"),
    }
    for kind, (name, column) in known.items():
        said = truth.filter(pl.col("subject_kind") == kind)["subject"]
        there = set(pl.read_csv(folder / f"{name}.csv", infer_schema=False)[column])
        assert set(said) <= there, kind


# -- the world -------------------------------------------------------------------------------------------------------


def test_a_county_comes_near_the_figures(county: Tally) -> None:
    away = [
        (target.id, found)
        for target, found in table(county)
        if not target.few(county) and not (found and target.low <= found <= target.high)
    ]
    assert away == []


def test_as_many_leave_as_enter_and_coverage_stays_about_what_it_is(county: Tally) -> None:
    targets = {target.id: target.of(county) for target, _ in table(county)}
    assert 0.95 <= (targets["out_by_in"] or 0) <= 1.55
    begun, left = county.counts["dibao_at_first"], county.counts["recipients"]
    assert abs(left / begun - 1) < 0.15


def test_where_fraud_is_planted_registers_contradict_and_cases_are_late_as_often_as_elsewhere() -> None:
    tally = counted(60_000, "capture")
    targets = {target.id: target for target, _ in table(tally)}
    for name in ("doubtful", "late"):
        assert targets[name].low <= (targets[name].of(tally) or 0) <= targets[name].high, name


def test_surnames_are_as_frequent_as_in_china(clean: Source) -> None:
    rows, _ = clean
    names = Counter(row["name"][0] for row in rows["person"])
    assert {sign for sign, _ in names.most_common(5)} <= set("王李张刘陈杨")


def test_every_number_is_valid_and_every_row_means_something(clean: Source) -> None:
    rows, _ = clean
    tables = world(as_of="2025-12-31", **rows)
    assert tables.manifest.rows["person"] == len(rows["person"])


def test_all_whom_the_law_covers_at_eighty_are_covered(clean: Source) -> None:
    rows, _ = clean
    awards = {row["award_no"]: row for row in rows["award"] if row["programme"] == "old_age"}
    covered = {row["id_no"] for row in rows["beneficiary"] if row["award_no"] in awards}
    due = {row["id_no"] for row in rows["person"] if row["born_on"] < "1945-11-01" and not row["died_on"]}
    assert due
    assert due <= covered


def test_no_one_is_paid_for_after_death(clean: Source) -> None:
    rows, told = clean
    twins = {row.truth.subject for row in told.truth}  # a payment taken back may come after death
    died = {row["id_no"]: row["died_on"][:7] for row in rows["person"] if row["died_on"]}
    ends: dict[str, str] = {}
    for row in rows["beneficiary"]:
        ends[row["award_no"]] = max(ends.get(row["award_no"], ""), died.get(row["id_no"], "9999-12"))
    paid = [(row["month"], ends[row["award_no"]]) for row in rows["payment"] if row["award_no"] not in twins]
    assert any(last < "9999" for _, last in paid)
    assert all(month <= last for month, last in paid)


def test_terms_of_office_change_hands(clean: Source) -> None:
    rows, _ = clean
    assert any(row["to_on"] for row in rows["official"] if row["duty"] == "village_committee")
    assert {row["duty"] for row in rows["official"]} == {"handler", "approver", "village_committee", "public_payroll"}


def test_the_residents_of_a_place_are_who_lives_there_and_no_more_of_them_are_covered() -> None:
    rows, told = village("capture")
    residents = {row["region_code"]: int(row["residents"]) for row in rows["region"] if row["residents"]}
    home = {row["household_no"]: row["region_code"] for row in rows["household"]}
    dead = {row["id_no"] for row in rows["person"] if row["died_on"]}
    there = {
        row["id_no"]: home[row["household_no"]]
        for row in reversed(rows["member"])
        if row["id_no"] not in dead and not ("" < row["left_on"] <= "2025-12-31")
    }
    assert Counter(there.values()) == {village: n for village, n in residents.items() if village[9:] != "000"}
    assert told.residents.total() == len(there) > 1_500  # planted families live there too
    county, town = ("990101000000", "990101001000")
    assert residents[county] == residents[town] == len(there)
    stated = [row for row in rows["reference"] if row["item"].startswith("residents_") and row["year"] == "2025"]
    assert sum(float(row["value"]) for row in stated) == len(there)
    awards = {
        row["award_no"]: home[row["household_no"]]
        for row in rows["award"]
        if row["programme"] in {"dibao", "destitute"}
    }
    for month in (f"{year}-{number:02d}" for year in (2024, 2025) for number in range(1, 13)):
        covered = {
            (awards[row["award_no"]], row["id_no"])
            for row in rows["beneficiary"]
            if row["award_no"] in awards
            and row["from_month"] <= month
            and (not row["to_month"] or month <= row["to_month"])
        }
        for place, n in Counter(place for place, _ in covered).items():
            assert n <= residents[place]


def test_a_figure_of_few_is_not_judged(county: Tally) -> None:
    small = village("clean")[1]
    assert {target.id for target, _ in table(small.tally) if not target.few(small.tally)} <= {"elders", "dibao_pay"}
    assert county.counts["compared"] == 0  # nothing was planted: no share of doubtful or late ones
    judged = {target.id for target, _ in table(county) if not target.few(county)}
    assert {"rural_coverage", "dibao_elders", "household_size", "near_kin", "deaths"} <= judged


# -- regimes ---------------------------------------------------------------------------------------------------------


def test_only_capture_has_planted_cases_and_all_have_twins() -> None:
    for regime, guilty in (("capture", True), ("clean", False), ("needy_kin", False), ("one_surname", False)):
        truth = village(regime)[1].truth_frame  # type: ignore[arg-type]  # one of them
        assert truth["twin"].any()
        assert (~truth["twin"]).any() == guilty


def test_where_kin_are_needy_more_of_the_kin_are_on_aid(county: Tally) -> None:
    needy = counted(6_000, "needy_kin")
    near = {target.id: target for target, _ in table(county)}["near_kin"]
    assert (near.of(needy) or 0) > 2 * (near.of(county) or 0)


def test_a_village_of_one_surname_has_it_for_four_fifths_who_married_in_bring_another() -> None:
    rows, _ = village("one_surname")
    names = Counter(row["name"][0] for row in rows["person"])
    assert 0.75 < names.most_common(1)[0][1] / len(rows["person"]) < 0.87


# -- places ----------------------------------------------------------------------------------------------------------


def test_every_region_has_a_boundary(folder: Path) -> None:
    shapes = json.loads((folder / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    regions = pl.read_csv(folder / "region.csv", infer_schema=False)
    assert {shape["properties"]["region_code"] for shape in shapes} == set(regions["region_code"])


@pytest.mark.parametrize("scale", ["village", "township", "county", "city", "province"])
def test_everybody_has_a_village_at_every_scale(scale: str) -> None:
    made = plan(scale, 40_000, 1)  # type: ignore[arg-type]  # one of the scales
    villages = [village for county in made.counties for town in county.townships for village in town.villages]
    assert sum(village.persons for village in villages) == 40_000
    assert len({village.code for village in villages}) == len(villages)


def test_empty_tables_have_no_rows() -> None:
    assert table_of(Rows(), "person") == []
