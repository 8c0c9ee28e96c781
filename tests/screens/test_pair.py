"""Are two persons shown side by side, judged once for all their dossiers, and is “not the same” remembered?"""

import shutil
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from casework.dataset import Tables
from casework.policy import Policy
from casework.review import identity
from casework.review.precision import Precision
from casework.review.register import Registered, enrol
from casework.review.scope import Reader
from casework.tables import BENEFICIARY, HOUSEHOLD, MEMBER, PERSON
from casework.workspace import Workspace
from dashboard import unmask
from dashboard.desk import Desk
from dashboard.entry import ENTERED
from dashboard.exports import opened as sheets
from dashboard.exports import sections
from dashboard.queries import board, followed, pair
from dashboard.queries.pair import Compared
from dashboard.session import Reading
from tests.families import household, kin, member, no, person
from tests.screens.conftest import Open, said
from tests.screens.enrolled import put
from tests.screens.handmade import add, card, known
from tests.worlds import Row, world

WHY = "两张证件照片明显不同"
POLICY = Policy.shipped()


# -- field by field ----------------------------------------------------------------------------------------------------


def family(**tables: list[Row]) -> Tables:
    return world(
        **{
            "household": [household(), household("H2")],
            "person": [
                person("示例甲", phone="13900000001"),
                person("示例乙", "1980-01-02", phone="13900000002"),
                person("示例母", "1955-01-01", sex="F"),
                person("示例父", "1955-01-01"),
            ],
            "member": [member("示例甲"), member("示例乙", "H2")],
            "kin": [kin("示例甲", "示例母"), kin("示例乙", "示例母"), kin("示例甲", "示例父")],
            **tables,
        }
    )


def of(data: Tables, *names: str) -> Compared:
    rows = data.engine.collect(data[PERSON].select("name", "person_id"))
    ids = dict(rows.iter_rows())
    return pair.compared(data, POLICY, (ids[names[0]], ids[names[1]]))


def test_each_field_agrees_partly_differs_or_is_unknown() -> None:
    found = of(family(), "示例甲", "示例乙")
    assert {field: found.agreement(field) for field in pair.FIELDS} == {
        "name": "differs",
        "sex": "equal",
        "born_on": "differs",
        "id_state": "equal",
        "phone": "differs",
        "account": "unknown",
        "address": "unknown",
        "household": "differs",
        "kin": "partly",  # one mother, one father known of one of them only
    }


def test_a_value_that_one_of_two_lacks_is_unknown_and_never_different() -> None:
    people = [
        person("示例甲", phone="13900000001"),
        person("示例乙", phone=None),
        person("示例母", sex="F"),
        person("示例父"),
    ]
    assert of(family(person=people), "示例甲", "示例乙").agreement("phone") == "unknown"


def test_the_phone_and_address_of_a_household_are_its_members_too() -> None:
    homes = [
        {**household(), "phone": "13900000002", "address": "示例村1号"},
        {**household("H2"), "address": "示例村1号"},
    ]
    found = of(family(household=homes), "示例甲", "示例乙")
    assert (found.agreement("phone"), found.agreement("address")) == ("partly", "equal")


def aid(until: str | None, since: str = "2024-06") -> dict[str, list[Row]]:
    awards = [
        {"award_no": f"W{n}", "programme": "dibao", "household_no": f"H{n}", "from_month": "2024-01", "to_month": None}
        for n in (1, 2)
    ]
    spells = [
        {"award_no": "W1", "id_no": no("示例甲"), "from_month": "2024-01", "to_month": until},
        {"award_no": "W2", "id_no": no("示例乙"), "from_month": since, "to_month": None},
    ]
    return {"award": awards, "beneficiary": spells}


@pytest.mark.parametrize(
    ("until", "common"), [("2024-05", 0), ("2024-06", 1), ("2024-07", 2), (None, 7)]
)  # the data end in December 2024
def test_months_in_common_count_both_ends(until: str | None, common: int) -> None:
    found = of(family(**aid(until)), "示例甲", "示例乙")
    assert len(found.common) == common
    assert [spell.open_end for spell in found.spells] == [until is None, True]


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county of one's own with a lead on two persons of two households, and one that names them both."""
    place = Path(shutil.copytree(county, tmp_path / "workspace"))
    known(monkeypatch, card("same_person"), card("other_thing"), card("favored_cluster"))
    one, other = two(place)
    about = {"subject_kind": "person", "subject": str(one), "related": [str(other)]}
    add(
        place,
        {"lead_id": "L-same", "scheme": "same_person", **about},
        {"lead_id": "L-other", "scheme": "other_thing", **about, "subject": str(other), "part": str(one)},
    )
    return place


def two(place: Path) -> tuple[int, int]:
    tables = Workspace(place).tables()
    homes = tables[HOUSEHOLD].select("household_id")
    members = tables[MEMBER].filter(nw.col("relation") == "head").join(homes, on="household_id", how="inner")
    ids = tables.engine.collect(members)["person_id"].unique().sort()
    return int(ids[1]), int(ids[0])


def opened(open_page: Open, place: Path, lead_id: str = "L-same", who: str = "甲", role: str = "inspector") -> AppTest:
    page = open_page(place, "dossier", role=role, lead=lead_id)
    page.session_state[ENTERED] = (who, role)
    page.run()
    assert not page.exception
    return page


def box(page: AppTest, name: str) -> TextArea:
    return next(one for one in page.text_area if str(one.key).startswith(f"{name}-why-L-same"))


def press(page: AppTest, key: str, **words: str) -> AppTest:
    for name, text in words.items():
        box(page, name).set_value(text)
    page.button(key=key).click().run()
    assert not page.exception
    return page


def agree(open_page: Open, place: Path) -> AppTest:
    """Two readers say that they are not one."""
    press(opened(open_page, place), "judge-not_same-L-same", judge=WHY)
    return press(opened(open_page, place, who="乙"), "judge-not_same-L-same", judge=WHY)


def tray(place: Path, lead_id: str = "L-same") -> dict[str, Any]:
    workspace = Workspace(place)
    laid = Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())
    return laid.board.leads.row(by_predicate=pl.col("lead_id") == lead_id, named=True)


def test_the_two_stand_side_by_side_and_nobody_is_named(open_page: Open, desk: Path) -> None:
    page = opened(open_page, desk)
    tables = [table.value for table in page.dataframe if "是否相同" in table.value.columns]
    (rows,) = tables
    assert rows["字段" if "字段" in rows.columns else rows.columns[0]].tolist()[:2] == ["公民身份号码", "姓名"]
    assert set(rows["是否相同"]) <= {"＝ 相同", "≈ 部分相同", "≠ 不同", "? 一方未知"}
    words = said(page)
    names = Workspace(desk).tables().engine.collect(Workspace(desk).tables()[PERSON].select("name"))["name"]
    assert not [name for name in names.drop_nulls() if len(name) > 1 and name in words]
    assert "尚无人作出判断" in words


def test_a_lead_of_another_kind_has_no_comparison(open_page: Open, desk: Path) -> None:
    page = opened(open_page, desk, "L-other")
    assert "两人并列比对" not in [one.value for one in page.subheader]


def test_a_lead_that_names_one_number_says_that_there_is_nothing_to_compare(open_page: Open, desk: Path) -> None:
    add(desk, {"lead_id": "L-same", "scheme": "same_person", "subject_kind": "person", "subject": str(two(desk)[0])})
    assert "没有给出两个不同的人员编号" in said(opened(open_page, desk))


def test_who_lies_outside_the_readers_area_is_named_in_no_head_no_table_and_no_chart(
    open_page: Open, desk: Path
) -> None:
    here, away, village = apart(desk)
    add(
        desk,
        {"lead_id": "L-same", "scheme": "same_person", "subject_kind": "person", "subject": str(here)}
        | {"related": [str(away)], "region_code": village},
    )
    put(desk, "示例村员", "inspector", village)
    page = opened(open_page, desk, who="示例村员")
    (rows,) = [table.value for table in page.dataframe if "是否相同" in table.value.columns]
    head = next(one for one in rows.columns if str(one).startswith("B "))
    assert head == "B 辖区外"
    assert set(rows[head]) == {"辖区外"}
    tables = Workspace(desk).tables()
    awards = tables[BENEFICIARY].filter(nw.col("person_id") == away)
    numbers = tables.engine.collect(awards)["award_no"].to_list()
    assert numbers
    assert not [one for one in numbers if one in said(page)]


def apart(place: Path) -> tuple[int, int, str]:
    """Two persons on aid of two villages, and the village of the first."""
    tables = Workspace(place).tables()
    homes = tables[HOUSEHOLD].select("household_id", "region_code")
    aided = tables[BENEFICIARY].select("person_id").unique()
    members = tables[MEMBER].join(homes, on="household_id", how="inner").join(aided, on="person_id", how="inner")
    first = tables.engine.collect(members.select("person_id", "region_code")).sort("person_id")
    one = first.row(0, named=True)
    other = first.filter(pl.col("region_code").str.head(9) != one["region_code"][:9]).row(0, named=True)
    return one["person_id"], other["person_id"], one["region_code"]


def test_relatives_are_never_unmasked_and_the_readers_own_kin_are_left_out(
    open_page: Open, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two(desk)
    tables = Workspace(desk).tables()
    rows = tables.engine.collect(tables[PERSON].filter(~nw.col("person_id").is_in([one, other])))
    mother, father = (row for row in rows.unique("person_id").sort("person_id").head(2).to_dicts())
    told = {person: {mother["person_id"]: "parent", father["person_id"]: "parent"} for person in (one, other)}
    monkeypatch.setattr(pair, "_relations", lambda *_: told)
    monkeypatch.setattr(unmask, "seen", lambda *_: True)
    page = opened(open_page, desk)
    (kin_table,) = [table.value for table in page.dataframe if "亲属" in table.value.columns]
    assert len(kin_table) == 2
    assert not [row for row in (mother, father) if row["name"] in " ".join(kin_table["亲属"])]
    monkeypatch.setattr(Desk, "circle", lambda *_: frozenset({mother["person_id"]}))
    monkeypatch.setattr(Desk, "recused", lambda *_: frozenset())
    enrol(
        Workspace(desk).review, "某", Registered("示例回避", "inspector", "", mother["person_id"], active=True), key="z"
    )
    page = opened(open_page, desk, who="示例回避")
    (kin_table,) = [table.value for table in page.dataframe if "亲属" in table.value.columns]
    assert len(kin_table) == 1


def test_one_number_under_two_names_lays_its_two_rows_side_by_side() -> None:
    rows = [person("示例甲", phone="13900000001"), {**person("示例甲", phone="13900000001"), "name": "示例假"}]
    data = family(person=[*rows, person("示例乙", "1980-01-02")])
    ids = dict(data.engine.collect(data[PERSON].select("name", "person_id")).iter_rows())
    found = pair.rows_of(data, ids["示例甲"])
    assert found is not None
    assert [found.values[row]["name"] for row in found.pair] == [("示例甲",), ("示例假",)]
    assert (found.agreement("name"), found.agreement("phone")) == ("differs", "equal")
    assert pair.rows_of(data, ids["示例乙"]) is None


def test_without_a_reason_nothing_is_judged_and_the_page_says_so(open_page: Open, desk: Path) -> None:
    page = press(opened(open_page, desk), "judge-not_same-L-same", judge="短")
    assert "请写明理由" in said(page)
    assert identity.about(Workspace(desk).database, two(desk)) == []
    assert box(page, "judge").value == "短"


def test_not_the_same_is_remembered_though_the_content_changes_and_withdrawing_opens_it_again(
    open_page: Open, desk: Path
) -> None:
    assert tray(desk)["tray"] == "open"
    page = press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    assert "≠ 不是同一人(甲" in said(page)
    assert "须由另一人同样判断" in said(page)
    assert (tray(desk)["tray"], tray(desk)["apart"]) == ("open", 1)
    assert "须由另一人同样判断" not in said(agree(open_page, desk))
    assert tray(desk)["tray"] == "settled"
    assert tray(desk, "L-other")["tray"] == "open"  # other schemes are not settled by it
    one, other = two(desk)
    changed = {"lead_id": "L-same", "scheme": "same_person", "subject_kind": "person", "content_digest": "another"}
    add(desk, {**changed, "subject": str(other), "related": [str(one)]})
    assert tray(desk)["tray"] == "settled"
    page = opened(open_page, desk, who="丙")
    assert "已了结" in said(page)
    assert not [one.key for one in page.button if str(one.key).startswith("do-take")]
    page = press(page, "withdraw-L-same-go", withdraw="取得了新的证件")
    assert tray(desk)["tray"] == "open"
    assert "由 丙 撤回:取得了新的证件" in said(page)
    assert "由 乙 再次作同样判断" in said(page)
    assert Workspace(desk).review.problems() == []


@pytest.mark.parametrize(("verdict", "word"), [("same", "＝ 同一人"), ("unsure", "? 暂不确定")])
def test_the_same_and_unsure_leave_the_lead_open(open_page: Open, desk: Path, verdict: str, word: str) -> None:
    page = press(opened(open_page, desk), f"judge-{verdict}-L-same", judge=WHY)
    assert word in said(page)
    assert tray(desk)["tray"] == "open"
    assert not [one for one in page.button if one.key == "offer-L-same"]


def test_every_dossier_that_names_both_says_what_was_judged(open_page: Open, desk: Path) -> None:
    press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    one, other = two(desk)
    kept = Workspace(desk)
    proof = kept.evidence()
    lines = [
        {**proof.row(0, named=True), "lead_id": "L-other", "table": "member", "column": "id_no", "value": str(person)}
        for person in (one, other)
    ]
    kept.keep_run(kept.leads(), pl.concat([proof, pl.DataFrame(lines, schema=proof.schema)]), kept.runs(), who="测试")
    assert "身份判断" in said(opened(open_page, desk, "L-other"))
    assert "身份判断" in said(opened(open_page, desk))
    other_lead = kept.leads().filter(~pl.col("lead_id").str.starts_with("L-"))["lead_id"][0]
    assert "身份判断" not in said(opened(open_page, desk, other_lead))


def test_not_the_same_offers_to_conclude_as_unfounded_which_a_second_person_closes(open_page: Open, desk: Path) -> None:
    page = press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    assert tray(desk)["state"] == "new"  # the judgement alone concludes nothing
    page = press(page, "offer-L-same")
    assert (tray(desk)["outcome"], tray(desk)["tray"]) == ("unfounded", "working")
    act = Workspace(desk).review.acts("L-same")[-1]
    assert (act.kind, act.content["reason"], act.content["text"]) == ("decide", "innocent", WHY)
    assert not [one for one in page.button if one.key == "offer-L-same"]


def test_who_comes_second_is_told_and_keeps_what_they_wrote(open_page: Open, desk: Path) -> None:
    mine = opened(open_page, desk, who="乙")
    box(mine, "judge").set_value("我认为是同一人")
    identity.judge(Workspace(desk).database, "甲", two(desk), "not_same", WHY, key="k")
    mine.button(key="judge-same-L-same").click().run()
    assert not mine.exception
    (one,) = identity.about(Workspace(desk).database, two(desk))
    assert (one.who, one.verdict) == ("甲", "not_same")
    assert "已被处理:甲" in said(mine)


def test_judging_withdrawing_and_judging_the_same_again_is_said_twice(open_page: Open, desk: Path) -> None:
    page = press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    page = press(page, "withdraw-L-same-go", withdraw="取得了新的证件")
    press(page, "judge-not_same-L-same", judge="再次核对仍不同")
    found = identity.about(Workspace(desk).database, two(desk))
    assert [(one.why, one.stands) for one in found] == [(WHY, False), ("再次核对仍不同", True)]


def test_nobody_withdraws_what_was_judged_anew_meanwhile(open_page: Open, desk: Path) -> None:
    identity.judge(Workspace(desk).database, "甲", two(desk), "not_same", WHY, key="k1")
    mine = opened(open_page, desk, who="乙")
    box(mine, "withdraw").set_value("撤回我所看到的")
    identity.judge(Workspace(desk).database, "丙", two(desk), "same", WHY, key="k2")
    mine.button(key="withdraw-L-same-go").click().run()
    assert not mine.exception
    assert [one.verdict for one in identity.about(Workspace(desk).database, two(desk)) if one.stands] == ["same"]
    assert "已被处理:丙" in said(mine)
    assert box(mine, "withdraw").value == "撤回我所看到的"


def test_what_one_alone_judged_stays_in_the_queue_and_says_so(open_page: Open, desk: Path) -> None:
    press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    page = open_page(desk, "queue", role="inspector", scheme="same_person")
    assert "一人判断不是同一人,待第二人复核" in said(page)


def test_the_stop_rule_keeps_in_the_shadow_what_is_judged_not_the_same(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"same_person": Precision(refuted=99, shadow=True)}
    monkeypatch.setattr(board, "precision", lambda *_: found)
    assert tray(desk)["tray"] == "shadow"
    for who in ("甲", "乙"):
        identity.judge(Workspace(desk).database, who, two(desk), "not_same", WHY, key=who)
    assert (tray(desk)["tray"], tray(desk)["apart"]) == ("shadow", 2)


def test_no_figure_counts_what_two_judged_not_the_same(open_page: Open, desk: Path) -> None:
    def counted() -> bool:
        kept = Workspace(desk)
        laid = Desk(kept, kept.policy(), kept.calendar(), kept.tables()).board
        rows = followed._leads(laid)
        return bool(rows.row(by_predicate=pl.col("lead_id") == "L-same", named=True)["current"])

    press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    assert counted()  # one name alone takes nothing away
    agree(open_page, desk)
    assert not counted()
    identity.withdraw(Workspace(desk).database, "丙", two(desk), WHY, key="w")
    assert counted()


def test_a_lead_that_relates_to_households_is_not_read_as_one_on_persons(open_page: Open, desk: Path) -> None:
    one, other = two(desk)
    agree(open_page, desk)
    related = ["99010010000120260001", str(other)]
    add(
        desk,
        {"lead_id": "L-c", "scheme": "favored_cluster", "subject_kind": "person", "subject": str(one)}
        | {"related": related},
    )
    assert "身份判断" not in said(opened(open_page, desk, "L-c"))


def test_the_queue_has_a_place_for_what_is_settled(open_page: Open, desk: Path) -> None:
    agree(open_page, desk)
    page = open_page(desk, "queue", role="inspector", tray="settled")
    assert not page.exception
    assert "已判断不是同一人 1" in page.segmented_control(key="url-tray").options
    assert "已了结:不是同一人" in said(page)


def test_the_hand_over_sheet_says_what_was_judged_in_one_line(open_page: Open, desk: Path) -> None:
    def lines() -> list[str]:
        kept = Workspace(desk)
        laid = Desk(kept, kept.policy(), kept.calendar(), kept.tables())
        reading = Reading(laid, Reader("甲", "inspector"), "zh")
        return [str(one) for one in sections.judged(sheets.opened(reading, laid.board.leads, "L-same", reveal=False))]

    assert lines() == []
    press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    (line,) = lines()
    assert line.startswith("身份判断")
    assert "不是同一人(甲," in line
    assert WHY in line


def test_the_journal_says_it_without_naming_anybody(open_page: Open, desk: Path) -> None:
    press(opened(open_page, desk), "judge-not_same-L-same", judge=WHY)
    words = said(open_page(desk, "journal", role="auditor"))
    assert "判断是否同一人" in words
    assert "不是同一人" in words
    assert not [one for one in two(desk) if str(one) in words]
