"""Does the dossier say what an official calls the member of the household?"""

from datetime import datetime
from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Policy
from casework.tables import PERSON
from casework.text import Text
from dashboard.queries import kinfolk
from detectors.favoritism.kin_handled import CARD as KIN_HANDLED
from detectors.favoritism.kin_unfiled import CARD as KIN_UNFILED
from tests.families import household, kin, member, person
from tests.worlds import world

PEOPLE = [
    person("示例干部", "1970-01-01"),
    person("示例父丙", "1945-01-01"),
    person("示例叔", "1950-01-01"),
    person("示例祖", "1920-01-01"),
    person("示例妻", "1972-01-01", sex="F"),
    person("示例岳甲", "1948-01-01", sex="F"),
]
TIES = [
    kin("示例干部", "示例父丙"),
    kin("示例父丙", "示例祖"),
    kin("示例叔", "示例祖"),
    kin("示例妻", "示例岳甲"),
    {**kin("示例干部", "示例妻"), "relation": "spouse"},
]


def asked(name: str, path: str) -> list[str]:
    """What the official calls everyone on the way to that member, by the path."""
    data = world(person=PEOPLE, kin=TIES, household=[household()], member=[member(name)])
    ids = ids_of(data)
    proof = pl.DataFrame({"table": ["member"], "key": ["H1|x"], "column": ["id_no"], "value": [str(ids[name])]})
    lead = {"related": f'["{ids["示例干部"]}"]'}
    row: dict[str, Any] = {"household_no": "H1", "accepted_at": datetime.fromisoformat("2024-03-04")}
    found = kinfolk.path(data, Policy.shipped(), lead, row, {"path": path}, proof)
    return [one.called.zh for one in found]


def ids_of(data: Tables) -> dict[str, int]:
    rows = data.engine.collect(data[PERSON].select("name", "person_id"))
    return dict(rows.iter_rows())


@pytest.mark.parametrize(
    ("name", "path", "called"),
    [
        ("示例父丙", "parent", ["干部本人", "父亲"]),
        ("示例祖", "parent>parent", ["干部本人", "父亲", "祖父"]),
        ("示例岳甲", "spouse>parent", ["干部本人", "妻子", "岳母"]),
        ("示例干部", "member", ["本人"]),
        ("示例岳甲", "parent", []),  # no such path to that member
    ],
)
def test_each_person_of_the_path_has_a_word(name: str, path: str, called: list[str]) -> None:
    assert asked(name, path) == called


def test_a_lead_without_a_tie_has_no_path() -> None:
    data = world(person=PEOPLE)
    proof = pl.DataFrame(schema=dict.fromkeys(("table", "key", "column", "value"), pl.String()))
    for lead, facts in (
        ({"related": "[]"}, {"path": "parent"}),
        ({"related": '["1"]'}, {}),
        ({"related": '["H2"]'}, {}),
    ):
        assert kinfolk.path(data, Policy.shipped(), lead, {"household_no": "H1"}, facts, proof) == []


def test_an_account_leads_from_the_official_to_its_holder() -> None:
    data = world(person=PEOPLE, kin=TIES)
    ids = ids_of(data)
    lines = [("official", "id_no", "示例干部"), ("payment", "account_holder_id_no", "示例岳甲")]
    proof = pl.DataFrame(
        [{"table": table, "key": "x", "column": column, "value": str(ids[name])} for table, column, name in lines]
    )
    lead = {"related": "[]", "subject_kind": "account"}
    found = kinfolk.path(data, Policy.shipped(), lead, {}, {"path": "spouse>parent"}, proof)
    assert [one.called.zh for one in found] == ["干部本人", "妻子", "岳母"]
    themself = kinfolk.path(data, Policy.shipped(), lead, {}, {"path": "member"}, proof)
    assert [one.person_id for one in themself] == [ids["示例干部"]]
    assert kinfolk.path(data, Policy.shipped(), lead, {}, {"path": None}, proof) == []


FACTS = {
    "relation": "parent",
    "path": "parent",
    "certainty": 0.97,
    "weakest": "civil_registry",
    "steps": ["home_visit"],
}
FATHER = [
    kinfolk.Relative(1, "", Text("干部本人", "the official")),
    kinfolk.Relative(2, "parent", Text("父亲", "father")),
]


def test_the_sentence_calls_the_relative_as_the_official_does() -> None:
    card, facts = kinfolk.worded(KIN_UNFILED, {**FACTS, "due": "2024-05-07"}, FATHER)
    assert "父亲" in card.reads(facts, "zh")
    assert "父母" not in card.reads(facts, "zh")
    assert card.shown(facts, "en")["relation"] == "father"
    untold, _ = kinfolk.worded(KIN_UNFILED, FACTS, [])
    assert "父母" in untold.reads(FACTS, "zh")  # where no path is found the relation of the register stays


def test_an_official_in_person_has_no_certainty_of_kin() -> None:
    own = {**FACTS, "relation": "member", "path": "member", "certainty": 1.0, "weakest": "member"}
    card, facts = kinfolk.worded(KIN_HANDLED, own, FATHER[:1])
    assert facts["certainty"] is None
    assert facts["weakest"] is None
    assert "1.0" not in card.reckons(facts, "zh")
    assert "未知" not in card.reckons(
        {**facts, "acted": 1, "decided_at": "2024-05-07", "accepted_at": "2024-05-01"}, "zh"
    )
