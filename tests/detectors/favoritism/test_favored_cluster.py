"""Tests of favored_cluster: whose circle holds more contradicted awards than the county, and who is never named."""

import dataclasses
import json
import types
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from casework.card import Card
from casework.dataset import Tables
from casework.engine import Engine
from casework.lead import Leads, leads
from casework.policy import Policy
from casework.registry import found
from casework.run import Run, run
from casework.tables import AWARD, OFFICIAL, PERSON
from detectors.delay import late_review
from detectors.favoritism import favored_cluster
from tests.worlds import Row, person_no, world

VILLAGE, TOWNSHIP = "990101001001", "990101001000"


def no(name: str) -> str:
    return person_no(f"示例{name}")


def person(name: str, village: str = VILLAGE, **cells: str | None) -> Row:
    row = {"id_no": no(name), "name": f"示例{name}", "sex": "M", "born_on": "1980-01-01", "hukou": "rural"}
    return {**row, "region_code": village, "phone": None, "account_no": None, **cells}


class County:
    """Households 1, 2, … of one person each with an award since 2022, and an official tied to some of them."""

    def __init__(self, homes: int, *, village: str = VILLAGE, mark: str = "") -> None:
        self.mark, self.village = mark, village
        names = [f"{mark}{number}" for number in range(1, homes + 1)]
        self.persons = {name: person(name, village) for name in (f"{mark}官", *names)}
        self.homes = {
            name: {"household_no": f"H{name}", "region_code": village, "phone": None, "address": None} for name in names
        }
        self.members = [self.member(name, name) for name in names]
        self.awards = [self.award(name) for name in names]
        self.kin: list[Row] = []
        self.payments: list[Row] = []
        self.officials: list[Row] = [self.post(f"{mark}官")]

    def member(self, name: str, home: str, relation: str = "head", **cells: str | None) -> Row:
        """One person in one household since 2015."""
        row = {"household_no": f"H{home}", "id_no": no(name), "joined_on": "2015-01-01", "relation": relation}
        return {**row, "co_living": "true", "left_on": None, **cells}

    def award(self, name: str, tail: str = "", **cells: str | None) -> Row:
        """The household's award; `tail` tells a second one apart."""
        row = {"award_no": f"W{name}{tail}", "programme": "dibao", "household_no": f"H{name}"}
        return {**row, "from_month": "2022-01", "to_month": None, "application_no": None, **cells}

    def post(self, name: str, **cells: str | None) -> Row:
        """A handler's post in the township since 2018."""
        row = {"id_no": no(name), "duty": "handler", "region_code": self.village[:9] + "000", "from_on": "2018-01-01"}
        return {**row, "to_on": None, "post": None, **cells}

    def tie(self, one: str, other: str, relation: str = "sibling", **cells: str | None) -> None:
        """`other` is the `relation` of `one`."""
        row = {"id_no": no(one), "relative_id_no": no(other), "relation": relation, "source": "hukou"}
        self.kin.append({**row, "from_on": None, "to_on": None, **cells})

    def pay(self, name: str, account: str, holder: str | None = None) -> None:
        """A payment of the household's award."""
        row = {"payment_no": f"P{len(self.payments)}{self.mark}", "award_no": f"W{name}", "month": "2022-01"}
        holder_no = no(holder) if holder else None
        self.payments.append({**row, "amount": "100", "account_no": account, "account_holder_id_no": holder_no})

    def tables(self, *others: "County", turn: int = 1, on: str | Engine = "polars") -> Tables:
        """The county as tables, with others beside it."""
        whole = (self, *others)
        stranger = {"id_no": no("官"), "relative_id_no": no("1"), "relation": "other", "source": "hukou"}
        nothing = {"payment_no": "P", "award_no": "W1", "month": "2022-01", "amount": "1", "account_no": None}
        rows: dict[str, list[Row]] = {
            "person": [row for one in whole for row in one.persons.values()],
            "household": [row for one in whole for row in one.homes.values()],
            "member": [row for one in whole for row in one.members],
            "award": [row for one in whole for row in one.awards],
            "kin": [row for one in whole for row in one.kin] or [{**stranger, "from_on": None, "to_on": None}],
            "official": [row for one in whole for row in one.officials],
            "payment": [row for one in whole for row in one.payments] or [{**nothing, "account_holder_id_no": None}],
            "beneficiary": [
                {
                    "award_no": row["award_no"],
                    "id_no": no(str(row["household_no"])[1:]),
                    "from_month": row["from_month"],
                }
                for one in whole
                for row in one.awards
                if str(row["household_no"])[1:] in one.persons
            ],
        }
        return world("2024-12-31", on=on, **{name: of[::turn] for name, of in rows.items()})


def circle(homes: int = 20, inside: int = 4) -> County:
    """An official who is a brother of the heads of the first `inside` of `homes` households."""
    county = County(homes)
    for number in range(1, inside + 1):
        county.tie("官", str(number))
    return county


def marking(*award_nos: str, level: str = "exclude") -> types.ModuleType:
    """A question that raises these awards."""
    card: Card = dataclasses.replace(late_review.CARD, scheme="marking", needs=(), also_uses=(), facts={})

    def detect(data: Tables, policy: Policy) -> Leads:
        del policy
        rows = data[AWARD].filter(nw.col("award_no").is_in(list(award_nos)))
        rows = rows.with_columns(nw.lit(VILLAGE).alias("region_code"))
        return leads(card, rows, subject="award_no", facts=(), score=nw.lit(1), level=nw.lit(level))

    module = types.ModuleType("marking")
    module.__dict__.update({"CARD": card, "detect": detect, "__file__": __file__})
    return module


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.run.found", lambda one: one.modules if hasattr(one, "modules") else found(one))


def asked(
    data: Tables, marked: Sequence[str], policy: Policy | None = None, *, level: str = "exclude", **how: Any
) -> Run:
    package = types.ModuleType("package")
    package.__dict__["modules"] = [favored_cluster, marking(*(f"W{name}" for name in marked), level=level)]
    return run(package, data, policy or Policy.shipped(), **how)


def raised(result: Run) -> list[str]:
    return sorted(result.leads.filter(scheme="favored_cluster")["subject"])


def facts(result: Run) -> dict[str, Any]:
    (said,) = result.leads.filter(scheme="favored_cluster")["facts"]
    return dict(json.loads(said))


def official(data: Tables, name: str = "官") -> str:
    people = dict(data.engine.collect(data[PERSON].select("name", "person_id")).iter_rows())
    return str(people[f"示例{name}"])


THREE = ("1", "2", "3")


def test_three_marked_households_of_four_near_one_official_stand_out() -> None:
    data = circle().tables()
    result = asked(data, THREE)
    assert raised(result) == [official(data)]
    said = facts(result)
    assert (said["homes"], said["households"], said["near"], said["awards"], said["marks"]) == (4, 3, 3, 4, 3)
    assert (said["share"], said["county_share"], said["multiple"]) == (0.75, 0.15, 5.0)
    assert (said["expected"], said["lift"]) == (0.6, 5.0)
    assert said["p"] == 0.0018  # 4 of the 1140 threes are all near, and half of them count
    assert said["household_nos"] == ["H1", "H2", "H3"]
    lead = result.leads.filter(scheme="favored_cluster").row(0, named=True)
    assert (lead["subject_kind"], lead["level"], lead["region_code"]) == ("official", "info", VILLAGE)
    assert json.loads(lead["related"]) == ["H1", "H2", "H3"]


def test_every_household_named_has_its_own_lead_and_the_lead_lists_it() -> None:
    result = asked(circle().tables(), THREE)
    own = result.leads.filter(scheme="marking")
    assert facts(result)["lead_ids"] == sorted(own["lead_id"])
    assert {"H4"}.isdisjoint(facts(result)["household_nos"])
    proof = result.evidence.join(result.leads.filter(scheme="favored_cluster"), on="lead_id", how="semi")
    assert set(proof.filter(table="award")["key"]) == {"W1", "W2", "W3"}
    assert not proof.filter(pl.col("value").is_in(["H4", "W4"])).height


def test_two_households_are_no_cluster() -> None:
    assert raised(asked(circle().tables(), THREE[:2])) == []


def test_a_household_with_two_marked_awards_is_one_household() -> None:
    county = circle()
    county.awards.append(county.award("1", "b"))
    assert raised(asked(county.tables(), ("1", "1b", "2"))) == []


@pytest.mark.parametrize(("homes", "stands_out"), [(35, False), (36, True), (37, True)])
def test_exactly_three_times_the_countys_share_is_enough(homes: int, *, stands_out: bool) -> None:
    """3 of 6 near, 6 of 36 in the county: three times."""
    data = circle(homes, inside=6).tables()
    assert bool(raised(asked(data, (*THREE, "20", "21", "22")))) is stands_out


@pytest.mark.parametrize("level", ["verify", "info"])
def test_only_a_lead_that_records_contradict_marks(level: str) -> None:
    assert raised(asked(circle().tables(), THREE, level=level)) == []


def test_a_refuted_lead_is_left_out_until_it_says_something_else() -> None:
    data = circle().tables()
    one = asked(data, THREE).leads.filter(subject="W1").row(0, named=True)
    assert raised(asked(data, THREE, refuted=[(one["lead_id"], one["content_digest"])])) == []
    assert raised(asked(data, THREE, refuted=[(one["lead_id"], "what it said before")])) == [official(data)]


def test_the_households_leads_are_what_they_are_without_the_cluster() -> None:
    data = circle().tables()
    alone = types.ModuleType("package")
    alone.__dict__["modules"] = [marking("W1", "W2", "W3")]
    before = run(alone, data, Policy.shipped()).leads
    assert asked(data, THREE).leads.filter(scheme="marking").equals(before)


def test_asked_for_alone_it_reads_the_others_all_the_same() -> None:
    data = circle().tables()
    alone = asked(data, THREE, only=["favored_cluster"])
    assert alone.leads.equals(asked(data, THREE).leads.filter(scheme="favored_cluster"))
    assert alone.runs["scheme"].to_list() == ["favored_cluster"]
    assert set(alone.evidence["lead_id"]) == set(alone.leads["lead_id"])


# -- what is near ------------------------------------------------------------------------------------------------------


def test_two_steps_are_near_and_three_are_not() -> None:
    county = County(20)
    county.tie("官", "9")
    for name in THREE:
        county.tie("9", name, "child")  # whom 9 is tied to: two steps from the official
    data = county.tables()
    assert (facts(asked(data, THREE))["homes"], facts(asked(data, THREE))["near"]) == (4, 0)
    further = County(20)
    further.tie("官", "8", "spouse")
    further.tie("8", "9", "sibling")
    further.tie("9", "10", "spouse")
    for name in THREE:
        further.tie("10", name)
    assert raised(asked(further.tables(), THREE)) == []


def test_a_relative_of_no_household_is_a_step_all_the_same() -> None:
    """The sisters of a wife of whom no file tells but the register of kin."""
    county = County(20)
    county.persons["妻"] = person("妻", phone="13900000000")
    county.tie("官", "妻", "spouse")
    for name in THREE[:2]:
        county.tie("妻", name)
    county.persons["3"] = person("3", phone="13900000000")
    data = county.tables()
    result = asked(data, THREE)
    assert raised(result) == [official(data)]
    assert (facts(result)["near"], facts(result)["homes"]) == (0, 3)
    proof = result.evidence.join(result.leads.filter(scheme="favored_cluster"), on="lead_id", how="semi")
    assert set(proof.filter(table="kin", column="relation")["value"]) == {"spouse", "sibling"}
    assert proof.filter(table="person", column="phone")["key"].n_unique() == 2


@pytest.mark.parametrize("relation", ["sibling_in_law", "parent_in_law", "other"])
def test_who_is_not_near_kin_is_no_step(relation: str) -> None:
    county = County(20)
    for name in THREE:
        county.tie("官", name, relation)
    assert raised(asked(county.tables(), THREE)) == []


def test_a_tie_that_had_ended_or_a_post_after_the_award_is_no_step() -> None:
    gone, late = County(20), circle()
    for name in THREE:
        gone.tie("官", name, "spouse", to_on="2021-12-31")
    late.officials = [late.post("官", from_on="2024-01-01")]
    late.awards = [{**row, "to_month": "2023-12"} for row in late.awards]
    assert raised(asked(gone.tables(), THREE)) == []
    assert raised(asked(late.tables(), THREE)) == []
    late.officials = [late.post("官", from_on="2023-12-31")]
    assert raised(asked(late.tables(), THREE)) == [official(late.tables())]


def test_only_a_marked_award_that_ran_while_in_post_is_a_mark_of_the_circle() -> None:
    """Awards of 2010 to 2012 are marked, the post is held since 2018; today's awards have no mark."""
    county = circle()
    county.awards += [county.award(name, "old", from_month="2010-01", to_month="2012-12") for name in (*THREE, "4")]
    old = [f"{name}old" for name in THREE]
    assert raised(asked(county.tables(), old)) == []
    county.officials = [county.post("官", from_on="2012-12-31")]
    result = asked(county.tables(), old)
    assert raised(result) == [official(county.tables())]
    assert (facts(result)["awards"], facts(result)["marks"]) == (8, 3)


def test_a_mark_before_the_post_is_neither_counted_nor_named() -> None:
    county = circle()
    county.awards += [county.award(name, "old", from_month="2010-01", to_month="2012-12") for name in ("3", "4")]
    data = county.tables()
    assert raised(asked(data, ("1", "2", "3old", "4old"))) == []
    result = asked(data, (*THREE, "3old", "4old"))
    assert (facts(result)["household_nos"], facts(result)["marks"]) == (["H1", "H2", "H3"], 3)
    own = result.leads.filter(scheme="marking")
    assert facts(result)["lead_ids"] == sorted(own.filter(pl.col("subject").is_in(["W1", "W2", "W3"]))["lead_id"])
    proof = result.evidence.join(result.leads.filter(scheme="favored_cluster"), on="lead_id", how="semi")
    assert set(proof.filter(table="award")["key"]) == {"W1", "W2", "W3"}


def test_a_link_that_held_only_during_another_award_is_none() -> None:
    county = circle()
    county.kin = [{**row, "relation": "spouse", "to_on": "2013-12-31"} for row in county.kin]
    county.officials = [county.post("官", from_on="2010-01-01")]
    county.members = [{**row, "joined_on": "2009-01-01"} for row in county.members]
    county.persons["官"] = person("官", sex="F")
    county.awards += [county.award(name, "old", from_month="2011-01", to_month="2012-12") for name in THREE]
    assert raised(asked(county.tables(), THREE)) == []
    assert raised(asked(county.tables(), [f"{name}old" for name in THREE])) == [official(county.tables())]


def sharing(kind: str, names: Sequence[str], homes: int = 40) -> County:
    """The official and these households have one phone, address or account."""
    county = County(homes)
    county.homes["官"] = {"household_no": "H官", "region_code": VILLAGE, "phone": None, "address": None}
    county.members.append(county.member("官", "官"))
    for name in names:
        if kind == "phone":
            county.persons[name] = person(name, phone="13900000000")
            county.persons["官"] = person("官", phone="13900000000")
        elif kind == "address":
            for one in ("官", name):
                county.homes[one] = {**county.homes[one], "address": "示例村1组7号"}
        else:
            county.pay(name, "62001", "官")
    return county


@pytest.mark.parametrize("kind", ["phone", "address", "account"])
def test_what_they_share_is_a_step(kind: str) -> None:
    data = sharing(kind, THREE).tables()
    result = asked(data, THREE)
    assert raised(result) == [official(data)]
    assert facts(result)["near"] == 3
    proof = result.evidence.join(result.leads.filter(scheme="favored_cluster"), on="lead_id", how="semi")
    table = {"phone": "person", "address": "household", "account": "payment"}[kind]
    assert proof.filter(table=table).height
    assert not proof.filter(pl.col("value") == "H4").height


@pytest.mark.parametrize("nothing", ["00000000", "1111111", "无", "0"])
def test_a_mark_for_no_phone_and_no_account_is_shared_by_nobody(nothing: str) -> None:
    phones, paid = sharing("phone", ()), sharing("account", ())
    for name in ("官", *THREE):
        phones.persons[name] = person(name, phone=nothing)
    assert raised(asked(phones.tables(), THREE)) == []
    for name in THREE:
        paid.pay(name, "0000", "官")
    assert raised(asked(paid.tables(), THREE)) == []


def test_one_phone_account_or_house_is_one_however_it_is_written() -> None:
    phones, houses, paid = sharing("phone", ()), sharing("address", THREE), sharing("account", ())
    for name, text in zip(
        ("官", *THREE), ("13912345678", "139 1234 5678", "+86 139-1234-5678", "0086 139 12345678"), strict=True
    ):
        phones.persons[name] = person(name, phone=text)
    for name, text in zip(THREE, ("示例村一组7号", "示例村 第1村民小组 7 号", "示例镇示例村1组7号"), strict=True):
        houses.homes[name] = {**houses.homes[name], "address": text}
    for name, text in zip(THREE, ("6200 1", "6200-1", "62001"), strict=True):
        paid.pay(name, text, "官" if text == "62001" else None)
    for county, table in ((phones, "person"), (houses, "household"), (paid, "payment")):
        result = asked(county.tables(), THREE)
        assert facts(result)["households"] == 3
        proof = result.evidence.join(result.leads.filter(scheme="favored_cluster"), on="lead_id", how="semi")
        assert proof.filter(table=table)["key"].n_unique() >= 3


def test_a_village_without_a_house_number_is_nobodys_address() -> None:
    county = sharing("address", THREE)
    county.homes = {
        name: {**row, "address": "示例镇示例村" if row["address"] else None} for name, row in county.homes.items()
    }
    assert raised(asked(county.tables(), THREE)) == []


@pytest.mark.parametrize(("kind", "most"), [("phone", 10), ("address", 9), ("account", 10)])
def test_what_too_many_share_glues_nothing(kind: str, most: int) -> None:
    """Ten households; of an address the official's own is one of them, and so it is of a phone they have."""
    names = [str(number) for number in range(1, most + 2)]
    few, many = sharing(kind, names[: most - 1]).tables(), sharing(kind, names).tables()
    assert raised(asked(few, THREE)) == [official(few)]
    assert raised(asked(many, THREE)) == []


def test_the_same_address_of_another_village_is_another_address() -> None:
    county = sharing("address", THREE)
    county.homes["3"] = {**county.homes["3"], "region_code": "990101001002"}
    assert raised(asked(county.tables(), THREE)) == []


def test_how_many_are_too_many_is_a_judgement() -> None:
    data = sharing("account", THREE).tables()
    assert raised(asked(data, THREE, Policy.of(cluster_hub=2))) == []


def test_an_institutions_address_and_account_glue_nothing() -> None:
    home = sharing("address", THREE)
    home.homes = {
        name: {**row, "address": "示例镇敬老院" if row["address"] else None} for name, row in home.homes.items()
    }
    assert raised(asked(home.tables(), THREE)) == []
    paid = sharing("account", THREE)
    paid.homes["4"] = {**paid.homes["4"], "address": "示例镇中心敬老院"}
    paid.pay("4", "62001")
    assert raised(asked(paid.tables(), THREE)) == []


def of_one_account(programme: str, holder: str | None) -> Tables:
    """Brother 9's household and three others are paid through one account."""
    county = County(40)
    county.tie("官", "9")
    county.awards = [{**row, "programme": programme} for row in county.awards]
    for name in ("9", *THREE):
        county.pay(name, "62001", holder)
    return county.tables()


def test_an_account_of_no_named_holder_for_the_destitute_is_collective() -> None:
    assert raised(asked(of_one_account("destitute", None), THREE)) == []
    assert raised(asked(of_one_account("destitute", "9"), THREE))
    assert raised(asked(of_one_account("dibao", None), THREE))


def test_a_county_lists_its_collective_accounts() -> None:
    listed = Policy.of(collective_account={"words": [], "programmes": [], "accounts": ["62001"]})
    data = of_one_account("dibao", "9")
    assert raised(asked(data, THREE))
    assert raised(asked(data, THREE, listed)) == []


# -- beside what -------------------------------------------------------------------------------------------------------


def test_what_chance_may_have_made_says_so_and_is_trusted_less() -> None:
    small, large = circle(20), circle(200)
    small.officials += [small.post(str(number)) for number in range(5, 20)]
    chance, beyond = asked(small.tables(), (*THREE, "10", "11")), asked(large.tables(), THREE)
    for result, case, confidence in ((chance, "chance", 0.2), (beyond, "beyond", 0.5)):
        assert facts(result)["case"] == case
        assert result.leads.filter(scheme="favored_cluster")["confidence"].item() == confidence
    assert (facts(chance)["officials"], facts(beyond)["officials"]) == (16, 1)
    assert facts(chance)["q"] == pytest.approx(16 * facts(chance)["p"], abs=1e-3)
    for said in (facts(chance), facts(beyond)):
        assert set(said) == set(favored_cluster.CARD.facts)
        for language in ("zh", "en"):
            assert "{" not in favored_cluster.CARD.reads(said, language) + favored_cluster.CARD.reckons(said, language)


def test_households_are_compared_with_those_of_as_many_awards() -> None:
    """Every household of a second award is marked: that theirs are says nothing."""
    county = circle(20)
    many = (*THREE, *(str(number) for number in range(15, 21)))
    county.awards += [county.award(name, "b") for name in many]
    result = asked(county.tables(), many, Policy.of(cluster_multiple={"value": 1.0, "households": 3, "q": 0.05}))
    assert (facts(result)["expected"], facts(result)["lift"], facts(result)["p"]) == (3.0, 1.0, None)
    assert (facts(result)["case"], facts(result)["strata"]) == ("chance", 0)


def test_an_unrelated_county_adds_nothing() -> None:
    away = County(30, village="990202001001", mark="外")
    for number in range(1, 5):
        away.tie("外官", f"外{number}")
    data = circle().tables()
    alone = asked(data, THREE).leads.filter(scheme="favored_cluster")
    both = asked(circle().tables(away), (*THREE, "外1", "外9")).leads.filter(scheme="favored_cluster")
    assert both.equals(alone)


def test_an_official_of_another_county_is_not_compared() -> None:
    county = circle()
    county.officials = [county.post("官", region_code="990202001000")]
    assert raised(asked(county.tables(), THREE)) == []


def test_a_household_of_unknown_village_is_undecidable() -> None:
    county = circle()
    county.homes["1"] = {**county.homes["1"], "region_code": None}
    result = asked(county.tables(), THREE)
    assert raised(result) == []
    assert result.runs.filter(scheme="favored_cluster")["undecidable"].item() == 1


def test_the_order_of_rows_changes_nothing() -> None:
    county = circle()
    county.pay("5", "62001", "1")
    county.pay("6", "62001", "1")
    marked = (*THREE, "5")
    assert asked(county.tables(), marked).leads.equals(asked(county.tables(turn=-1), marked).leads)


def test_other_numbers_for_the_same_people_change_only_their_names() -> None:
    """The same circle about other people, in other households."""
    county = County(20)
    for name in ("17", "18", "19", "20"):
        county.tie("官", name)
    there = facts(asked(county.tables(), ("17", "18", "20")))
    here = facts(asked(circle().tables(), THREE))
    names = {"household_nos", "lead_ids"}
    assert {name: there[name] for name in there.keys() - names} == {name: here[name] for name in here.keys() - names}


def test_marks_come_from_household_person_and_application_too() -> None:
    county = circle()
    county.awards[2] = county.award("3", application_no="A3")
    county.awards.append(county.award("4", "b"))
    data = county.tables()
    card: Card = dataclasses.replace(late_review.CARD, scheme="marking", needs=(), also_uses=(), facts={})

    def detect(seen: Tables, policy: Policy) -> Leads:
        del policy
        people = seen.engine.collect(seen[PERSON].select("name", "person_id"))
        (person_id,) = people.filter(name="示例1")["person_id"]
        said = [("person", str(person_id)), ("household", "H2"), ("application", "A3"), ("official", "H4")]
        rows = seen.engine.place(pl.DataFrame(said, schema=["kind", "subject"], orient="row"))
        rows = rows.with_columns(nw.lit(VILLAGE).alias("region_code"))
        level = nw.lit("exclude")
        return leads(card, rows, subject="subject", facts=(), score=nw.lit(1), level=level, kind=nw.col("kind"))

    module = types.ModuleType("marking")
    module.__dict__.update({"CARD": card, "detect": detect, "__file__": __file__})
    package = types.ModuleType("package")
    package.__dict__["modules"] = [module, favored_cluster]
    said = facts(run(package, data, Policy.shipped()))
    assert said["household_nos"] == ["H1", "H2", "H3"]
    assert (said["awards"], said["marks"]) == (5, 3)


@pytest.mark.spark
def test_spark_gives_the_same_leads_and_evidence(spark: Engine) -> None:
    county = circle(40)
    county.tie("1", "9", "child")
    for name in ("5", "6", "7"):
        county.pay(name, "62001", "1")
    here, there = (asked(county.tables(on=on), (*THREE, "5", "9")) for on in ("polars", spark))
    assert here.leads.filter(scheme="favored_cluster").height
    assert there.leads.equals(here.leads)
    assert there.evidence.equals(here.evidence)


def test_a_cluster_is_evidence_against_nobody() -> None:
    assert (favored_cluster.CARD.statistical, favored_cluster.CARD.level) == (True, "info")
    assert favored_cluster.CARD.reads_leads
    data = circle().tables()
    assert not data.has(OFFICIAL, "no_such_column")
