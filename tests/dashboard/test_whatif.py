"""Does a what-if say what it did, leave what repeats it, and touch nothing?"""

import csv
import hashlib
import json
import re
import shlex
import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path

import polars as pl
import pytest

import mingcha as notebook
from casework.errors import CaseworkError, PolicyError, WrongUsageError
from dashboard import api, cli
from dashboard import whatif as house
from detectors import delay
from metrics.whatif.shipped import shipped
from tests.commands import Mingcha
from tests.county import ROOT

HIGHER = 'name = "higher"\n[[change]]\nid = "dibao_standard"\nurban_rural = "rural"\nscale = 1.1\nsource = "依据甲"\n'
LONGER = 'name = "longer"\n[[change]]\nid = "taper_months"\nset = 9\n'
SAME = 'name = "same"\n[[change]]\nid = "taper_months"\nset = 6\n'


@pytest.fixture(autouse=True)
def _few_detectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """One family of them: what a run does is tested elsewhere."""
    monkeypatch.setattr(cli, "detectors", delay)


def file(folder: Path, text: str) -> Path:
    found = re.search(r'name = "(\w+)"', text)
    assert found
    path = folder / f"{found[1]}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_it_says_the_banner_the_difference_and_the_numbers(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    said = mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER))
    assert (said.code, said.words) == (0, "")
    assert "情景测算" in said.out
    assert "620 → 682 元/人·月" in said.out
    assert "依据甲" in said.out
    for line in ("cannot be judged", "cost:", "on the roll:", "poverty gap a year:", "newly in"):
        assert line in said.out


def test_the_folder_holds_the_tables_and_what_repeats_them(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER), "--out", out, "--months", "3")
    assert said.code == 0
    measures = rows(out / "measures.csv")
    assert list(measures[0]) == ["scenario", "region_code", "group", "measure", "unit", "value", "low", "high"]
    assert {row["scenario"] for row in measures} == {"baseline", "higher", "higher-baseline"}
    leads = rows(out / "leads.csv")
    assert list(leads[0]) == ["scheme", "appears", "vanishes"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (scenario,) = manifest["scenarios"]
    assert scenario["applied"] == [
        {"id": "dibao_standard", "scope": {"urban_rural": "rural"}, "scale": 1.1, "source": "依据甲"}
    ]
    assert scenario["policy"] == scenario["outcome"] != manifest["baseline"]["policy"]
    assert manifest["baseline"]["policy"] == manifest["baseline"]["outcome"]
    counts = [row for row in measures if row["unit"] == "households" and row["value"]]
    assert counts
    assert not [row for row in counts if 0 < abs(float(row["value"])) < 10 and "-" not in row["scenario"]]
    assert manifest["hidden"]["measures"] > 0
    assert (manifest["months"], scenario["effect"], scenario["warnings"]) == (3, True, [])
    again = [
        str(out / word) if word in {"again", "scenario_1.toml"} else word for word in shlex.split(manifest["command"])
    ]
    assert again[0] == "mingcha"
    assert mingcha(*again[1:]).code == 0
    for name in ("measures.csv", "moves.csv", "leads.csv"):
        assert (out / "again" / name).read_bytes() == (out / name).read_bytes()


def test_every_lever_doubt_and_visit_is_written_and_repeated_to_the_byte(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = ("--sample", "--seed", "7", "--budget", "60000", "--months", "3")
    said = mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER), "--out", out, *asked)
    assert (said.code, said.words) == (0, "")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["seed"], manifest["budget_yuan_month"], manifest["not_comparable"]) == (7, 60000, {})
    digests_of_code = manifest["code"]
    assert len({digests_of_code["digest"], digests_of_code["detectors"]}) == 2
    again = [
        str(out / word) if word in {"again", "scenario_1.toml"} else word for word in shlex.split(manifest["command"])
    ]
    assert mingcha(*again[1:]).code == 0
    heads = {
        "front": ("scenario", "cost", "poverty_gap", "exclusion", "best"),
        "grid": ("scenario", "urban", "rural", "cost_fen", "fgt1", "missed", "best"),
        "levers": ("scenario", "rule", "scope", "step", "measure", "base", "less", "more", "spread"),
        "doubts": ("scenario", "source_zh", "source_en", "measure", "value", "low", "high"),
        "behaviour": ("scenario", "measure", "arithmetic", "low", "middle", "high"),
        "kin_odds": ("scenario", "among", "odds", "low", "high", "kin", "strata"),
        "optimum": ("scenario", "lever", "urban", "rural", "topups", "cost_fen", "fgt1", "fgt2"),
        "largest": ("scenario", "urban_rural", "by", "end", "standard", "month_yuan", "reckonings"),
        "capacity": ("scenario", "scheme", "visits_month", "cost_month", "visits", "found", "queue", "left", "months"),
        "sampling": ("scenario", "measure", "value", "low", "high"),
    }
    for name, columns in heads.items():
        text = (out / f"{name}.csv").read_text(encoding="utf-8")
        assert set(columns) <= set(text.splitlines()[0].split(",")), name
        assert (out / "again" / f"{name}.csv").read_text(encoding="utf-8") == text
    assert [row["scenario"] for row in rows(out / "front.csv")] == ["baseline", "higher"]
    within, beyond = (row for row in rows(out / "largest.csv") if (row["scenario"], row["by"]) == ("higher", "factor"))
    assert float(within["month_yuan"]) <= 60000 < float(beyond["month_yuan"])
    assert 0 < float(beyond["standard"]) - float(within["standard"]) < 0.002
    cost = next(row for row in rows(out / "sampling.csv") if row["measure"] == "cost_fen")
    assert float(cost["low"]) < float(cost["value"]) < float(cost["high"])
    month = [row for row in rows(out / "capacity.csv") if row["visits_month"] == "200"]
    assert {row["cost_month"] for row in month} == {"40000.0"}


def test_a_scenario_paid_otherwise_than_by_the_gap_has_no_grid_and_the_manifest_says_why(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    change = '[[change]]\nid = "benefit_mode"\nprogramme = "dibao"\nset = "flat"\n'
    flat = file(tmp_path, f'name = "flat"\n{change}')
    out = tmp_path / "out"
    said = mingcha("whatif", county_workspace, "--scenario", flat, "--out", out, "--budget", "60000")
    assert (said.code, said.words) == (0, "")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["no_curve"]) == ["flat"]
    assert "补差" in manifest["no_curve"]["flat"]["zh"]
    assert {row["scenario"] for row in rows(out / "grid.csv")} <= {"baseline"}
    assert {row["scenario"] for row in rows(out / "largest.csv")} == {"baseline", "flat"}


def test_a_register_has_no_sampling_interval_and_says_why_in_both_languages(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert mingcha("whatif", county_workspace, "--scenario", file(tmp_path, SAME), "--out", out).code == 0
    assert not (out / "sampling.csv").exists()
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["seed"] is None
    county = notebook.open(county_workspace)
    with pytest.raises(WrongUsageError) as caught:
        county.whatif(county.read(file(tmp_path, SAME))).sampling()
    assert "不是抽样" in caught.value.message.zh
    assert "not a sample" in caught.value.message.en


def test_a_question_that_one_set_of_rules_cannot_ask_is_said_and_not_counted(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the scenario's rules could not be asked of late_decision: its leads are not said to vanish."""
    real, calls = house.run, count()

    def run(*asked: object, **how: object) -> object:
        found = real(*asked, **how)
        if next(calls) == 0:
            return found
        late = pl.col("scheme") == "late_decision"
        runs = found.runs.with_columns(status=pl.when(late).then(pl.lit("not_run")).otherwise("status"))
        return replace(found, leads=found.leads.filter(~late), runs=runs)

    monkeypatch.setattr(house, "run", run)
    out = tmp_path / "out"
    said = mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER), "--out", out)
    assert "不可比" in said.out
    assert "not comparable" in said.out
    late = next(row for row in rows(out / "leads.csv") if row["scheme"] == "late_decision")
    assert (late["appears"], late["vanishes"]) == ("", "")
    assert json.loads((out / "manifest.json").read_text())["not_comparable"] == {"higher": ["late_decision"]}


def test_files_after_one_option_stack_and_further_options_stand_beside(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    higher, longer, same = (file(tmp_path, text) for text in (HIGHER, LONGER, SAME))
    out = tmp_path / "out"
    said = mingcha("whatif", county_workspace, "--scenario", higher, longer, "--scenario", same, "--out", out)
    assert said.code == 0
    names = {row["scenario"] for row in rows(out / "measures.csv")}
    assert names == {
        "baseline",
        "higher + longer",
        "same",
        "higher + longer-baseline",
        "same-baseline",
        "same-higher + longer",
    }
    assert {row["scenario"] for row in rows(out / "leads.csv")} == {"higher + longer", "same"}


def test_a_scenario_without_effect_says_so_and_every_difference_is_exactly_nothing(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = mingcha("whatif", county_workspace, "--scenario", file(tmp_path, SAME), "--out", out)
    assert "改后与现行规定相同" in said.out
    assert "没有改变任何规定" in said.out
    different = [row for row in rows(out / "measures.csv") if row["scenario"] == "same-baseline" and row["value"]]
    assert different
    assert {float(row["value"]) for row in different} == {0.0}
    assert {(row["appears"], row["vanishes"]) for row in rows(out / "leads.csv")} == {("0", "0")}


def test_no_file_of_the_workspace_changes_however_much_is_tried(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    before = digests(county_workspace)
    for path in (file(tmp_path, HIGHER), file(tmp_path, SAME), shipped()["taper_12"], shipped()["pingyuan_7_days"]):
        assert mingcha("whatif", county_workspace, "--scenario", path, "--layer", "delivered", "--sample").code == 0
    assert mingcha("whatif", county_workspace, "--scenario", file(tmp_path, LONGER), "--out", tmp_path / "o").code == 0
    assert digests(county_workspace) == before


def test_without_a_standard_nothing_is_reckoned_and_it_says_where_one_is_written(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(county_workspace, bare)
    (bare / "policy" / "dibao_standard.toml").unlink()
    told = mingcha("whatif", bare, "--scenario", file(tmp_path, SAME))
    assert told.code == 2
    assert "policy/dibao_standard.toml" in told.words
    assert "0.00" not in told.words


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, ""),
        (["--scenario", "none.toml"], 1, "none.toml"),
        (["--scenario", "WRONG"], 1, "did you mean taper_months"),
        (["--scenario", "SAME", "--months", "0"], 2, ""),
        (["--scenario", "SAME", "--layer", "hoped"], 2, ""),
        (["--scenario", "SAME", "--scenario", "SAME"], 2, "different names"),
        (["--scenario", "SAME", "--out", "INSIDE"], 2, "lies in the workspace"),
        (["--scenario", "SAME", "--out", "FULL"], 2, "holds files already"),
        (["--scenario", "SAME", "--out", "WRONG"], 2, "is a file"),
    ],
)
def test_what_is_wrong_is_one_line_and_its_own_code(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    wrong = file(tmp_path, 'name = "wrong"\n[[change]]\nid = "taper_month"\nset = 1\n')
    named = {
        "WRONG": str(wrong),
        "FULL": str(tmp_path),
        "SAME": str(file(tmp_path, SAME)),
        "INSIDE": str(county_workspace / "policy"),
    }
    told = mingcha("whatif", county_workspace, *(named.get(one, one) for one in arguments))
    assert told.code == code
    assert said in told.words
    assert told.words.count("\n") == 1


def test_shorter_limits_make_leads_appear_and_none_vanish(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert mingcha("whatif", county_workspace, "--scenario", shipped()["pingyuan_7_days"], "--out", out).code == 0
    late = next(row for row in rows(out / "leads.csv") if row["scheme"] == "late_decision")
    assert int(late["appears"]) > 0
    assert late["vanishes"] == "0"


def test_a_scenario_that_needs_more_discretion_carries_a_risk_note(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    cut = file(tmp_path, 'name = "cut"\n[assumptions]\nquota = 5\n')
    assert "风险提示" in mingcha("whatif", county_workspace, "--scenario", cut).out
    assert "风险提示" not in mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER)).out


def test_whom_the_scenario_cannot_judge_is_said_beside_who_comes_and_goes(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    said = mingcha("whatif", county_workspace, "--scenario", shipped()["balin_high"]).out
    assert re.search(r"另有 [\d,*]+ 户在本方案下无法判断,未计入新进、新出、受损;其现行月支出合计 [\d,*]+ 元", said)
    assert "more households cannot be judged under this scenario" in said
    assert re.search(r"支出变化中:能判断的户 (?:[-+\d.,]+ 万元|\*),上述无法比较的户 (?:[-+\d.,]+ 万元|\*)", said)
    assert "另有" not in mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER)).out


# -- from a notebook -------------------------------------------------------------------------------------------------


def test_the_pages_examples_run(county_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks[0].strip().splitlines()) == 6  # five lines and one between them
    names: dict[str, object] = {}
    for block in blocks:
        exec(block.replace("workspace/demo", str(county_workspace)), names)  # noqa: S102 - the page's own words
    said = capsys.readouterr().out
    assert "620 → 682 元/人·月" in said
    assert "out_of_range" in said


def test_a_notebook_reads_what_the_command_line_writes(county_workspace: Path, tmp_path: Path) -> None:
    county = notebook.open(county_workspace)
    result = county.whatif(county.read(file(tmp_path, HIGHER)))
    assert result.measures.columns == [
        "scenario",
        "region_code",
        "group",
        "measure",
        "unit",
        "value",
        "low",
        "high",
        "hidden",
    ]
    assert result.difference["new_zh"].to_list() == ["682"]
    assert result.manifest["scenarios"][0]["differences"]["en"]
    curve = result.curve(low=1, high=2, points=3)
    assert curve["factor"].to_list() == [1.0, 1.2, 2.0]  # between 1.2 and 1.5 lie fewer than ten households
    assert all(step == 0 or step >= 10 for step in curve["households"].diff().drop_nulls())
    assert curve["cost_yuan"].is_sorted()
    assert result.largest(curve["cost_yuan"][1]) == pytest.approx(1.2)
    assert {path.name for path in result.save(tmp_path / "saved")} == {
        *("measures.csv", "moves.csv", "differences.csv", "scenario_1.toml", "manifest.json"),
        *("front.csv", "grid.csv", "levers.csv", "doubts.csv", "behaviour.csv", "kin_odds.csv"),
    }


def test_a_notebook_assumes_what_a_scenario_file_can(county_workspace: Path, tmp_path: Path) -> None:
    text = '[assumptions]\nremoved = ["democratic_review"]\nparallel = ["home_visit"]\nstaff = 2.0\ntake_up = 0.5\n'
    written = notebook.open(county_workspace).read(file(tmp_path, f'name = "faster"\n{text}'))
    said = notebook.assume(removed=["democratic_review"], parallel=("home_visit",), staff=2.0, take_up=0.5)
    assert said == written.assumptions
    with pytest.raises(PolicyError) as caught:
        notebook.assume(staff=0, removed=["no_such_step"])
    assert "staff" in caught.value.message.en
    assert "removed" in caught.value.message.en


def test_what_more_earnings_leave_is_among_the_measures(county_workspace: Path) -> None:
    county = notebook.open(county_workspace)
    result = county.whatif(county.scenario("low", notebook.change("dibao_standard", scale=0.9)))
    told = result.measures.filter(measure="marginal_rate", scenario="baseline", group="")
    assert told["value"].drop_nulls().is_between(0.95, 1.05).all()  # paid by the gap, in whole yuan
    assert told["value"].drop_nulls().len() > 0
    for measure in ("asked_households", "cliff_share", "cliff_gap", "cliff_size"):
        assert measure in result.measures["measure"]


def test_counts_and_money_of_levers_and_doubts_are_coarse_so_that_no_two_of_them_tell_of_a_household(
    county_workspace: Path,
) -> None:
    county = notebook.open(county_workspace, sample=True)
    result = county.whatif(county.scenario("low", notebook.change("dibao_standard", scale=0.9)))
    tables = {
        "levers": (result.levers("low"), ("base", "less", "more")),
        "doubts": (result.doubts("low"), ("value", "low", "high")),
        "behaviour": (result.behaviour("low"), ("arithmetic", "low", "middle", "high")),
        "sampling": (result.sampling(), ("value", "low", "high")),
    }
    steps = {"cost_fen": 10_000, "households": 5, "persons": 5}
    for name, (table, columns) in tables.items():
        seen = [
            (row[column], step)
            for row in table.to_dicts()
            for column in columns
            if (step := steps.get(row["measure"])) and row[column] is not None
        ]
        assert seen, name
        assert not [value for value, step in seen if value % step], name


def test_what_was_judged_tells_what_a_months_visits_find(
    county_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "detectors", delay)
    county = notebook.open(county_workspace)
    low = county.scenario("low", notebook.change("dibao_standard", scale=0.9))
    leads = county.whatif(low).found.raised(delay)["baseline"].leads["lead_id"]
    unknown = county.whatif(low).capacity([500]).filter(scenario="low", scheme="").to_dicts()[0]
    assert unknown["visits"] == unknown["queue"] >= 10
    assert unknown["found"] is None
    judged = dict.fromkeys(leads, True) | {leads[0]: False}
    told = notebook.County(replace(county.opened, judged=judged)).whatif(low).capacity([500], cost_yuan=150)
    (row,) = told.filter(scenario="low", scheme="").to_dicts()
    assert row["visits"] - 1 <= row["found"] <= row["visits"]  # a visit may have several leads
    assert (row["cost_month"], row["cost"]) == (75_000, row["visits"] * 150)


def test_an_unknown_scenario_is_named_with_those_that_there_are(county_workspace: Path) -> None:
    county = notebook.open(county_workspace)
    result = county.whatif(county.scenario("low", notebook.change("dibao_standard", scale=0.9)))
    with pytest.raises(WrongUsageError, match="baseline, low"):
        result.levers("high")


def test_the_curve_of_a_scenario_knows_whom_its_own_rules_keep_out(county_workspace: Path) -> None:
    county = notebook.open(county_workspace)
    shut = ["destitute", "orphan", "de_facto_orphan", "disability_living", "disability_care", "temporary_expenditure"]
    result = county.whatif(
        county.scenario("shut", notebook.change("entitlement", programme="dibao", which="not_covered_by", set=shut))
    )
    (tried,) = result.found.tried
    assert tried.outcome.eligible.sum() < result.found.baseline.eligible.sum()
    (there,) = result.curve("shut", low=1, high=1, points=1)["households"]
    assert there == tried.outcome.eligible.sum()


def test_everything_wrong_in_a_notebooks_scenario_is_said_at_once(county_workspace: Path) -> None:
    county = notebook.open(county_workspace)
    with pytest.raises(PolicyError) as caught:
        county.scenario("x", notebook.change("taper_month", set=1), notebook.change("taper_months", set=1, scale=2))
    assert "change 1: there is no rule" in caught.value.message.en
    assert "change 2: taper_months: write exactly one" in caught.value.message.en
    with pytest.raises(WrongUsageError):
        county.whatif(county.scenario("x", notebook.change("taper_months", set=1)), months=0)
    with pytest.raises(CaseworkError, match="consumption_rural"):
        county.whatif(county.scenario("y", notebook.change("dibao_standard", set=0.3, share_of="consumption_rural")))


def test_a_notebook_asks_of_time_limits_and_of_near_kin(county_workspace: Path) -> None:
    county = notebook.open(county_workspace)
    parts = {row["part"]: row for row in county.over_correction().to_dicts()}
    assert list(parts) == ["roll", "kin", "eligible", "tapering", "failing", "unknown"]
    assert parts["roll"]["households"] > (parts["kin"]["households"] or 0)
    week = county.read("pingyuan_7_days")
    table = county.whatif(week).time_limits(week.name)
    every = next(row for row in table.to_dicts() if (row["scope"], row["programme"]) == ("decision", ""))
    assert every["judged"] > every["after"] > (every["before"] or 0)
    assert every["no_longer"] == 0
    assert every["before"] is every["becomes"] is None  # few before; those after less those who become late would tell


def test_a_scenario_of_times_says_how_many_would_be_late(
    mingcha: Mingcha, county_workspace: Path, tmp_path: Path
) -> None:
    week = shipped()["pingyuan_7_days"]
    said = mingcha("whatif", county_workspace, "--scenario", week, "--out", tmp_path / "out")
    assert re.search(r"办结超过时限:约 [\d*]+ → [\d,]+0 件\(能判定约 [\d,]+0 件\)", said.out)
    assert "decided past the limit" in said.out
    table = rows(tmp_path / "out" / "limits_1.csv")
    assert {"scope", "programme", "before", "after", "becomes", "unit"} <= set(table[0])
    other = mingcha("whatif", county_workspace, "--scenario", file(tmp_path, HIGHER))
    assert "past the limit" not in other.out
