"""Is a scenario read as it was written, and is everything wrong in it said at once?"""

from datetime import date
from pathlib import Path

import pytest

from casework.errors import PolicyError
from casework.policy import Change, Policy
from metrics.whatif.scenario import FALLING, Assumptions, Displaced, Scenario, stacked
from metrics.whatif.scenario_file import faults, read, written

POLICY = Policy.of(dibao_standard=[{"urban_rural": "urban", "value": 800}, {"urban_rural": "rural", "value": 600}])

WHOLE = """name = "农村标准提高 10%"
note = "试算"

[[change]]
id = "dibao_standard"
region = "990101000000"
urban_rural = "农村"
from = 2025-07-01
to = 2025-12-31
scale = 1.1
source = "县政办〔2025〕1号"

[[change]]
id = "dibao_standard"
urban_rural = "urban"
set = 0.25
share_of = "consumption_urban"

[[change]]
id = "kin_excess"
which = "lift"
add = 1

[assumptions]
take_up = 0.6
taper = "falling"
parallel = ["入户调查", "data_check"]
"""


def file(folder: Path, text: str, name: str = "a.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said(folder: Path, text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.message.en) for fault in faults(file(folder, text), policy=POLICY)]


def test_a_file_is_read_with_its_region_words_sources_shares_and_assumptions(tmp_path: Path) -> None:
    scenario = read(file(tmp_path, WHOLE), policy=POLICY)
    raised, share, lift = scenario.changes
    assert raised == Change(
        "dibao_standard",
        region="990101",
        scope={"urban_rural": "rural"},
        from_=date(2025, 7, 1),
        to=date(2025, 12, 31),
        scale=1.1,
    )
    assert (share.set, scenario.share(1), scenario.share(0)) == (0.25, "consumption_urban", "")
    assert (lift.which, lift.add) == ("lift", 1)
    assert scenario.sources == ("县政办〔2025〕1号", "", "")
    assert scenario.assumptions == Assumptions(take_up=0.6, taper=FALLING, parallel=("home_visit", "data_check"))


def test_what_is_written_reads_back_as_the_same(tmp_path: Path) -> None:
    scenario = read(file(tmp_path, WHOLE), policy=POLICY)
    assert read(file(tmp_path, written(scenario), "b.toml"), policy=POLICY) == scenario


def test_every_fault_is_said_at_once_with_its_line_and_near_names(tmp_path: Path) -> None:
    text = """nane = "x"
[[change]]
id = "dibao_standrad"
set = 1
[[change]]
id = "taper_months"
set = 1
scale = 2
[[change]]
id = "taper_months"
regoin = "99"
set = 3
[[change]]
id = "dibao_standard"
urban_rural = "suburban"
from = 2025-07-01
to = 2025-06-30
scale = 1.1
[[change]]
id = "impute_work"
set = "maybe"
[[change]]
id = "taper_months"
set = 0.3
share_of = "consumption"
[assumptions]
take_up = 1.5
takeup = 0.5
"""
    found = said(tmp_path, text)
    lines = [line for line, _ in found]
    assert lines == [1, 1, 3, 5, 11, 15, 17, 19, 25, 25, 27, 28]
    words = "\n".join(message for _, message in found)
    for expected in (
        'unknown key "nane"; did you mean name',
        "name is missing",
        "did you mean dibao_standard",
        "exactly one of set, scale and add",
        'unknown key "regoin"; did you mean region',
        "urban, rural",
        '"to" is before "from"',
        "set must be true or false",
        "share_of must be one of",
        "is no money a month",
        "a number from 0 to 1, found 1.5",
        'no assumption "takeup"; did you mean take_up',
    ):
        assert expected in words


def test_faults_of_several_files_come_together_and_name_their_file(tmp_path: Path) -> None:
    one = file(tmp_path, "name = = 1\n", "one.toml")
    two = file(tmp_path, 'name = "two"\n', "two.toml")
    with pytest.raises(PolicyError) as caught:
        read(one, two, policy=POLICY)
    assert "one.toml, line 1: not valid TOML" in caught.value.message.en
    assert "two.toml" in caught.value.message.en


@pytest.mark.parametrize("name", ["", "baseline"])
def test_a_name_that_would_be_mistaken_for_the_baseline_or_nothing_is_refused(tmp_path: Path, name: str) -> None:
    text = f'name = "{name}"\n[[change]]\nid = "taper_months"\nset = 3\n'
    assert [line for line, _ in said(tmp_path, text)] == [1]


def test_files_stack_in_order(tmp_path: Path) -> None:
    one = file(tmp_path, 'name = "a"\n[[change]]\nid = "taper_months"\nset = 3\nsource = "s"\n')
    two = file(tmp_path, 'name = "b"\n[[change]]\nid = "taper_months"\nadd = 2\n[assumptions]\nquota = 5\n', "b.toml")
    scenario = read(one, two, policy=POLICY)
    assert (scenario.name, scenario.sources) == ("a + b", ("s", ""))
    assert POLICY.adjusted(scenario.changes).value("taper_months") == 5
    assert scenario.assumptions.quota == 5


def test_of_stacked_assumptions_the_last_that_says_something_counts() -> None:
    first = Scenario("a", assumptions=Assumptions(take_up=0.5, quota=3))
    later = Scenario("b", assumptions=Assumptions(take_up=0.7))
    assert stacked(first, later).assumptions == Assumptions(take_up=0.7, quota=3)


def test_a_file_may_take_back_or_replace_an_assumption_on_purpose(tmp_path: Path) -> None:
    one = file(tmp_path, 'name = "a"\n[assumptions]\ntake_up = 0.5\nquota = 3\n', "a.toml")
    two = file(tmp_path, 'name = "b"\n[assumptions]\nreset = ["quota", "take_up"]\ntake_up = 0.7\n', "b.toml")
    scenario = read(one, two, policy=POLICY)
    assert (scenario.assumptions, scenario.displaced) == (Assumptions(take_up=0.7), ())
    again = file(tmp_path, written(read(two, policy=POLICY)), "c.toml")
    assert read(again, policy=POLICY) == read(two, policy=POLICY)


def test_without_a_reset_the_displaced_assumption_is_kept_for_a_warning() -> None:
    first, later = Scenario("a", assumptions=Assumptions(quota=3)), Scenario("b", assumptions=Assumptions(quota=5))
    assert stacked(first, later).displaced == (Displaced("quota", "a", 3, "b", 5),)
    assert stacked(first, first).displaced == ()
    assert stacked(stacked(first, later), Scenario("c")).displaced == (Displaced("quota", "a", 3, "b", 5),)


def test_only_an_assumption_can_be_reset(tmp_path: Path) -> None:
    text = 'name = "a"\n[assumptions]\nquota = 3\nreset = ["quotas"]\n'
    assert [line for line, _ in said(tmp_path, text)] == [4]


def test_a_file_that_is_not_there_is_said_not_to_be_there_and_one_in_another_encoding_to_be_in_it(
    tmp_path: Path,
) -> None:
    missing = faults(tmp_path / "none.toml", policy=POLICY)
    assert [fault.message.en for fault in missing] == ["no such file, or it cannot be read"]
    (tmp_path / "a.toml").write_bytes('name = "农村"'.encode("gb18030"))
    assert "UTF-8" in faults(tmp_path / "a.toml", policy=POLICY)[0].message.en
