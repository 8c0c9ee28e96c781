"""Tests of local rule files: how they join the shipped ones, and what is said of a faulty one."""

from datetime import date
from pathlib import Path

import pytest

from casework.errors import PolicyError
from casework.policy import Policy

HEAD = """id = "decision_days"
label.zh = "办结时限"
label.en = "Limit"
unit = "working_days"
source = "县政办〔2023〕1号"
"""


def folder(path: Path, *texts: str) -> Path:
    for n, text in enumerate(texts):
        (path / f"rule_{n}.toml").write_text(text, encoding="utf-8")
    return path


def days(policy: Policy, on: str, region: str = "990101001000", **scope: bool) -> int | None:
    found = policy.value("decision_days", on=date.fromisoformat(on), region=region, programme="dibao", **scope)
    assert found is None or isinstance(found, int)
    return found


def test_a_county_adds_its_own_limit_beside_the_national_one(tmp_path: Path) -> None:
    text = HEAD + '[[value]]\nfrom = 2023-01-01\nregion = "990101"\nprogramme = "dibao"\nvalue = 20\n'
    policy = Policy.load(folder(tmp_path, text))
    assert days(policy, "2022-12-31") == 30
    assert days(policy, "2023-01-01") == 20
    assert days(policy, "2023-01-01", region="990102001000") == 30
    assert days(policy, "2023-01-01", extended=True) == 45  # the county's 20 does not beat the national 45
    entry = policy.entry("decision_days", on=date(2023, 1, 1), region="990101", programme="dibao")
    assert (entry.source, entry.origin) == ("县政办〔2023〕1号", "rule_0.toml")


def test_a_local_entry_replaces_shipped_ones_of_equal_region_and_scope_from_its_own_first_day(tmp_path: Path) -> None:
    text = HEAD + '[[value]]\nfrom = 2022-01-01\nregion = ""\nprogramme = "dibao"\ndelegated = true\nvalue = 25\n'
    policy = Policy.load(folder(tmp_path, text))
    assert days(policy, "2021-12-31", delegated=True) == 30  # the shipped plain entry
    assert days(policy, "2022-01-01", delegated=True) == 25
    assert days(policy, "2022-10-20", delegated=True) == 25  # the shipped 20 of that scope is replaced
    assert days(policy, "2022-10-20", delegated=False) == 30


def test_an_earlier_shipped_entry_of_equal_scope_remains_as_history(tmp_path: Path) -> None:
    text = HEAD + '[[value]]\nfrom = 2024-01-01\nprogramme = "dibao"\ndelegated = true\nvalue = 15\n'
    policy = Policy.load(folder(tmp_path, text))
    assert days(policy, "2023-12-31", delegated=True) == 20
    assert days(policy, "2024-01-01", delegated=True) == 15


def test_extended_false_means_the_same_as_leaving_it_out(tmp_path: Path) -> None:
    text = HEAD + '[[value]]\nfrom = 2021-07-01\nprogramme = "dibao"\nextended = false\nvalue = 28\n'
    policy = Policy.load(folder(tmp_path, text))
    assert (days(policy, "2024-01-01"), days(policy, "2024-01-01", extended=True)) == (28, 45)


def test_a_later_folder_goes_over_an_earlier_one_and_a_missing_one_is_ignored(tmp_path: Path) -> None:
    first, second = tmp_path / "source", tmp_path / "workspace"
    entry = '[[value]]\nfrom = 2023-01-01\nprogramme = "dibao"\nvalue = '
    for path, value in ((first, 20), (second, 18)):
        path.mkdir()
        folder(path, HEAD + entry + f"{value}\n")
    assert days(Policy.load(first, second), "2023-01-01") == 18
    assert days(Policy.load(second, first, tmp_path / "nowhere"), "2023-01-01") == 20
    assert Policy.load(tmp_path / "nowhere").digest == Policy.shipped().digest


def test_a_list_under_a_scope_key_stands_for_one_entry_each(tmp_path: Path) -> None:
    text = 'id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nprogramme = ["heating", "medical"]\nvalue = 5\n'
    policy = Policy.load(folder(tmp_path, text))
    for programme in ("heating", "medical"):
        assert policy.value("decision_days", on=date(2023, 1, 1), programme=programme) == 5


def test_labels_stand_for_codes_and_a_county_adds_programmes(tmp_path: Path) -> None:
    programme = (
        'id = "programme"\n[[value]]\nfrom = "2020-01-01"\ncode = "milk"\nzh = "学生奶"\nen = "School milk"\n'
        'department = "教育"\nkind = "monthly"\nmeans_tested = false\naliases = ["牛奶补助"]\n'
    )
    limits = (
        'id = "decision_days"\n[[value]]\nfrom = "2023-01-01"\nprogramme = "牛奶补助"\nvalue = 5\n'
        '[[value]]\nfrom = "2023-01-01"\nprogramme = "低保"\nvalue = 22\n'
    )
    standard = 'id = "dibao_standard"\n[[value]]\nfrom = "2023-01-01"\nurban_rural = "农村"\nvalue = 560\n'
    policy = Policy.load(folder(tmp_path, programme, limits, standard))
    assert policy.value("decision_days", on=date(2023, 1, 1), programme="milk") == 5
    assert days(policy, "2023-01-01") == 22
    assert policy.value("dibao_standard", on=date(2023, 1, 1), urban_rural="rural") == 560.0
    assert "milk" in {row["code"] for row in policy.rows("programme")}


@pytest.mark.parametrize(
    ("code", "reached"),
    [("99", True), ("9901", True), ("990101", True), ("990101000000", True), ("990100000000", True), ("990102", False)],
)
def test_a_region_may_be_a_prefix_or_a_whole_code(tmp_path: Path, code: str, reached: bool) -> None:
    text = HEAD + f'[[value]]\nfrom = 2023-01-01\nregion = "{code}"\nprogramme = "dibao"\nvalue = 20\n'
    assert days(Policy.load(folder(tmp_path, text)), "2023-01-01") == (20 if reached else 30)


def test_a_pair_written_in_the_other_order_replaces_the_shipped_one(tmp_path: Path) -> None:
    text = 'id = "exclusive"\n[[value]]\nfrom = 2000-01-01\na = "orphan"\nb = "dibao"\naction = "forbid"\n'
    rows = Policy.load(folder(tmp_path, text)).rows("exclusive")
    assert [row["action"] for row in rows if {row["a"], row["b"]} == {"dibao", "orphan"}] == ["forbid"]


def test_a_local_veto_of_one_kind_leaves_the_others(tmp_path: Path) -> None:
    text = (
        'id = "veto"\n[[value]]\nfrom = 2000-01-01\nkind = "vehicle"\ndetail = ["car"]\nlevel = "exclude"\n'
        'over = 30000\nzh = "汽车"\nen = "Car"\n'
    )
    rows = {(row["detail"], row["level"]): row["over"] for row in Policy.load(folder(tmp_path, text)).rows("veto")}
    assert (rows["car", "exclude"], rows["truck", "exclude"]) == (30000.0, 0.0)


ENTRY = '[[value]]\nfrom = 2023-01-01\nprogramme = "dibao"\nvalue = 20\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('id = "desicion_days"\n' + ENTRY, 0, "decision_days"),
        (ENTRY, 0, "id"),
        ('id = "decision_days"\n', 0, "[[value]]"),
        ('id = "decision_days"\nvalue = 20\n', 0, "[[value]]"),
        ('id = "decision_days"\nuntil = 3\n' + ENTRY, 0, "until"),
        ('id = "decision_days"\n[[value]]\nvalue = 20\n', 2, "from"),
        ('id = "decision_days"\n[[value]]\nfrom = "2023-02-30"\nvalue = 20\n', 2, "2023-02-30"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-02-30\nvalue = 20\n', 3, "TOML"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-02-01T00:00:00\nvalue = 20\n', 2, "from"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-02-01\nto = 2023-01-01\nvalue = 20\n', 2, "to"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\n', 2, '"value" is missing'),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nvalue = "20"\n', 2, "whole number"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nvalue = 20.5\n', 2, "whole number"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nvalue = -1\n', 2, "whole number"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nvalue = true\n', 2, "whole number"),
        ('id = "dibao_standard"\n[[value]]\nfrom = 2023-01-01\nvalue = inf\n', 2, "a number"),
        ('id = "dibao_standard"\n[[value]]\nfrom = 2023-01-01\nvalue = nan\n', 2, "a number"),
        ('id = "posting_counts"\n[[value]]\nfrom = 2023-01-01\nvalue = 1\n', 2, "true or false"),
        ('id = "near_kin"\n[[value]]\nfrom = 2023-01-01\nvalue = ["cousin"]\n', 2, "sibling"),
        ('id = "burst_size"\n[[value]]\nfrom = 2023-01-01\nvalue = 8\n', 2, "seconds"),
        ('id = "mass_exit"\n[[value]]\nfrom = 2023-01-01\nvalue = 8\nshare = 1\nmonths = 3\nawards = 3\n', 2, "no"),
        (
            'id = "decision_days"\n\n' + ENTRY + "\n" + ENTRY.replace("value = 20", "valeu = 20"),
            8,
            "did you mean value",
        ),
        ('id = "decision_days"\n' + ENTRY + ENTRY.replace("20\n", "21\n"), 6, "line 2"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nregion = 990101\nvalue = 20\n', 2, "region"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nregion = "99010"\nvalue = 20\n', 2, "region"),
        ('id = "decision_days"\n[[value]]\nfrom = 2023-01-01\nextended = "yes"\nvalue = 20\n', 2, "true, false"),
        ('id = "step_days"\n[[value]]\nfrom = 2023-01-01\nstep = "confirmation"\nvalue = 20\n', 2, "confirm"),
        ('id = "decision_days"\n[[value]\n', 2, "TOML"),
    ],
)
def test_a_faulty_file_is_named_with_line_and_remedy(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(PolicyError) as error:
        Policy.load(folder(tmp_path, text))
    english = error.value.say("en")
    assert english.startswith(f"rule_0.toml, line {line}: " if line else "rule_0.toml: ")
    assert said in english
    assert error.value.say("zh").startswith(f"rule_0.toml 第 {line} 行:" if line else "rule_0.toml:")


def test_all_faults_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    bad = 'id = "decision_days"\n[[value]]\nvalue = 1\n[[value]]\nfrom = 2023-01-01\nvalue = "x"\n'
    faults = Policy.faults(folder(tmp_path, bad, 'id = "nothing"\n' + ENTRY, HEAD + ENTRY))
    assert [(fault.file, fault.line) for fault in faults] == [
        ("rule_0.toml", 2),
        ("rule_0.toml", 4),
        ("rule_1.toml", 0),
    ]
    assert Policy.faults(tmp_path / "nowhere") == []


def test_another_encoding_says_save_as_utf8_and_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes((HEAD + ENTRY).encode("utf-8-sig"))
    assert days(Policy.load(tmp_path), "2023-01-01") == 20
    (tmp_path / "a.toml").write_bytes((HEAD + ENTRY).encode("gb18030"))
    with pytest.raises(PolicyError, match="UTF-8"):
        Policy.load(tmp_path)


def test_a_hostile_file_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "deep.toml").write_text("a = " + "[" * 20_000, encoding="utf-8")
    (tmp_path / "large.toml").write_text("#" * 4_000_001, encoding="utf-8")
    assert {fault.file for fault in Policy.faults(tmp_path)} == {"deep.toml", "large.toml"}


def test_other_files_of_the_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "calendar.csv").write_text("date,is_workday,note\n", encoding="utf-8")
    assert Policy.load(tmp_path).digest == Policy.shipped().digest
