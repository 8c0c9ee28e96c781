"""Tests of same_person: each kind of double identity is found, and each innocent look-alike is not."""

import json
from typing import Any

import polars as pl
import pytest

from casework.engine import Engine
from casework.intake.values.id_no import check_digit
from casework.policy import Policy
from detectors.duplicate import same_person
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

VILLAGE = "990101001001"
PHONE = "13812345678"
FIRST = person_no("王建国", "1970-03-05")
SECOND = person_no("另一号", "1971-03-05", area="990102")


def wrong_digit(number: str, place: int) -> str:
    """The number with another digit in one place; its check digit no longer fits."""
    digit = str((int(number[place]) + 1) % 10)
    return number[:place] + digit + number[place + 1 :]


def swapped(number: str, place: int) -> str:
    """The number with two neighbours swapped."""
    assert number[place] != number[place + 1]
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def person(number: str, name: str = "王建国", born: str = "1970-03-05", **cells: str | None) -> Row:
    said = {"name": name, "sex": "M", "born_on": born, "hukou": "rural", "region_code": VILLAGE}
    return {"id_no": number, **said, **cells}


def covered(number: str, award: str, since: str = "2024-01", until: str | None = "2024-06") -> dict[str, list[Row]]:
    """One person alone in a household on an award, 500 yuan a month."""
    house = f"H{award}"
    months = [f"2024-{month:02d}" for month in range(1, 13) if since <= f"2024-{month:02d}" <= (until or "2024-12")]
    return {
        "household": [{"household_no": house, "region_code": VILLAGE}],
        "member": [
            {"household_no": house, "id_no": number, "joined_on": "2010-01-01", "relation": "head", "co_living": "true"}
        ],
        "award": [
            {"award_no": award, "programme": "dibao", "household_no": house, "from_month": since, "to_month": until}
        ],
        "beneficiary": [{"award_no": award, "id_no": number, "from_month": since, "to_month": until}],
        "payment": [
            {"payment_no": f"P{award}{month}", "award_no": award, "month": month, "amount": "500"} for month in months
        ],
    }


def both(one: Row, two: Row, *more: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Two rows of person, and what else there is; the first is covered unless something else is said."""
    tables: dict[str, list[Row]] = {"person": [one, two]}
    for said in more or (covered(str(one["id_no"]), "W1"),):
        for name, rows in said.items():
            tables[name] = [*tables.get(name, []), *rows]
    return tables


def raised(tables: dict[str, list[Row]]) -> list[str]:
    return asked(same_person, world(**tables)).leads["level"].to_list()


def pair(name: str = "王建国", born: str = "1971-03-05", number: str = SECOND, **cells: str | None) -> list[str]:
    """What is said of 王建国, born 1970-03-05, and of another identity with the same phone."""
    return raised(both(person(FIRST, phone=PHONE), person(number, name, born, **{"phone": PHONE, **cells})))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("王建国", True),
        (" 王 建 国 ", True),
        ("王建國", True),  # traditional
        ("王健国", True),  # sounds the same
        ("王剑国", True),
        ("王检国", True),  # the same but for the tone
        ("王建军", False),  # a brother's name
        ("王国建", False),
        ("李建国", False),
        ("王建", False),
    ],
)
def test_the_name_is_the_same_a_variant_or_sounds_alike(name: str, found: bool) -> None:
    assert bool(pair(name)) == found


@pytest.mark.parametrize(
    ("born", "found"),
    [
        ("1970-03-05", True),
        ("1972-03-05", True),  # two years
        ("1973-03-05", False),
        ("1968-03-05", True),
        ("1967-03-05", False),
        ("1970-03-06", False),
        ("1970-05-03", False),
    ],
)
def test_the_birth_is_the_same_or_month_and_day_and_two_years(born: str, found: bool) -> None:
    assert bool(pair(born=born)) == found


@pytest.mark.parametrize(
    ("one", "two"), [("单伟", "善伟"), ("仇小兰", "求小兰"), ("曾志伟", "增志伟"), ("闫丽", "阎丽"), ("付强", "傅强")]
)
def test_surnames_are_read_as_surnames(one: str, two: str) -> None:
    tables = both(person(FIRST, one, phone=PHONE), person(SECOND, two, "1971-03-05", phone=PHONE))
    assert raised(tables) == ["verify"]


def test_a_phone_an_account_or_an_address_is_needed() -> None:
    assert raised(both(person(FIRST), person(SECOND, born="1971-03-05"))) == []
    account = {"account_no": "6217000000000001"}
    assert raised(both(person(FIRST, **account), person(SECOND, born="1971-03-05", **account))) == ["verify"]
    one, two = covered(FIRST, "W1"), covered(SECOND, "W2", until="2024-02")
    one["household"][0]["address"], two["household"][0]["address"] = "示例村三组5号", "示例镇示例村3组5号"
    assert raised(both(person(FIRST), person(SECOND, born="1971-03-05"), one, two)) == ["exclude"]
    two["household"][0]["address"] = "示例村3组6号"
    assert raised(both(person(FIRST), person(SECOND, born="1971-03-05"), one, two)) == []


@pytest.mark.parametrize("number", [wrong_digit(FIRST, 16), wrong_digit(FIRST, 3), swapped(FIRST, 0 + 1)])
def test_a_slip_of_the_number_stands_for_a_phone(number: str) -> None:
    tables = both(person(FIRST), person(number))
    assert raised(tables) == ["verify"]
    assert facts(same_person, world(**tables))["case"] == "slip"


@pytest.mark.parametrize(
    ("place", "born", "found"),
    [
        (9, "1971-03-05", True),  # 1971 for 1970
        (8, "1970-03-05", True),  # 1980 in the number alone
        (8, "1980-03-05", False),  # ten years apart
        (13, "1970-03-06", False),
    ],
)
def test_beside_a_slip_too_the_birth_agrees(place: int, born: str, found: bool) -> None:
    slip = wrong_digit(FIRST, place)
    assert bool(raised(both(person(FIRST), person(slip, born=born)))) == found
    assert raised(both(person(FIRST), person(slip, "王建军", born))) == []


@pytest.mark.parametrize(("one", "two"), [("王国林", "王国宁"), ("李兰", "李然"), ("陈胜", "岑森")])
def test_a_name_that_sounds_nearly_the_same_needs_a_slip(one: str, two: str) -> None:
    named = person(FIRST, one, phone=PHONE)
    assert raised(both(named, person(SECOND, two, "1971-03-05", phone=PHONE))) == []
    assert raised(both(named, person(wrong_digit(FIRST, 16), two, phone=PHONE))) == ["verify"]


def lived(number: str, award: str, address: str, until: str | None = "2024-06") -> dict[str, list[Row]]:
    tables = covered(number, award, until=until)
    tables["household"][0]["address"] = address
    return tables


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("示例村三组", False),  # a group is where many live
        ("示例村3组12巷", False),
        ("示例村3组5号", True),
        ("示例小区2栋301室", True),
        ("示例镇敬老院1号", False),  # an institution
    ],
)
@pytest.mark.parametrize("born", ["1970-03-05", "1971-03-05"])
def test_an_address_is_shared_if_it_names_a_home(address: str, born: str, found: bool) -> None:
    people = person(FIRST), person(SECOND, born=born)
    assert bool(raised(both(*people, lived(FIRST, "W1", address), lived(SECOND, "W2", address)))) == found


def crowd(size: int, **cells: str) -> dict[str, list[Row]]:
    """So many households of one person, who all have a phone or an address."""
    numbers = [person_no(f"众{place}", f"{1940 + place}-01-01") for place in range(size)]
    homes: list[Row] = [{"household_no": f"C{place}", "region_code": VILLAGE, **cells} for place in range(size)]
    rows = [
        person(number, f"李{chr(0x4E00 + 37 * place)}", f"{1940 + place}-01-01") for place, number in enumerate(numbers)
    ]
    return {
        "person": rows,
        "household": homes,
        "member": [joined(number, f"C{place}") for place, number in enumerate(numbers)],
    }


@pytest.mark.parametrize(("homes", "found"), [(8, True), (9, False)])
def test_what_more_than_ten_households_have_is_of_common_use(homes: int, found: bool) -> None:
    """Beside the two whose own households are two more."""
    people = person(FIRST), person(SECOND, born="1971-03-05")
    phone = [*({**person, "phone": PHONE} for person in people)]
    own = covered(FIRST, "W1"), covered(SECOND, "W2")
    assert bool(raised(both(phone[0], phone[1], *own, crowd(homes, phone=PHONE)))) == found
    house = "示例村3组5号"
    lives = lived(FIRST, "W1", house), lived(SECOND, "W2", house)
    assert bool(raised(both(*people, *lives, crowd(homes, address=house)))) == found


def test_an_account_that_the_county_lists_as_collective_is_not_shared() -> None:
    account = "6217000000000001"
    tables = both(person(FIRST, account_no=account), person(SECOND, born="1971-03-05", account_no=account))
    assert raised(tables) == ["verify"]
    listed = Policy.of(collective_account={"words": ["敬老院"], "programmes": [], "accounts": [account]})
    assert asked(same_person, world(**tables), listed).leads.is_empty()


@pytest.mark.parametrize(
    ("said", "level"), [({"shared": 14}, []), ({"shared": 8}, ["verify"]), ({"slip": 9}, ["verify"])]
)
def test_what_is_shared_must_weigh_by_itself(said: dict[str, float], level: list[str]) -> None:
    tables = both(person(FIRST, phone=PHONE), person(SECOND, born="1971-03-05", phone=PHONE))
    least = Policy.of(same_person={"value": 20, "shared": 8, "slip": 4, **said})
    assert asked(same_person, world(**tables), least).leads["level"].to_list() == level


@pytest.mark.parametrize(("least", "level"), [(5, ["verify"]), (9, [])])
def test_a_slip_must_weigh_by_itself(least: float, level: list[str]) -> None:
    tables = both(person(FIRST), person(wrong_digit(FIRST, 16)))
    policy = Policy.of(same_person={"value": 20, "shared": 8, "slip": least})
    assert asked(same_person, world(**tables), policy).leads["level"].to_list() == level


def test_two_digits_off_is_no_slip() -> None:
    assert raised(both(person(FIRST), person(wrong_digit(wrong_digit(FIRST, 3), 15)))) == []


def test_fifteen_digits_are_the_same_number() -> None:
    old = FIRST[:6] + FIRST[8:17]
    assert raised(both(person(FIRST), person(old))) == []  # one person, entered twice
    assert raised(both(person(FIRST), person(old, "王建军"))) == ["verify"]


def test_one_number_under_two_names_is_the_exact_lane() -> None:
    tables = both(person(FIRST), person(FIRST, "李四"))
    (lead,) = asked(same_person, world(**tables)).leads.rows(named=True)
    assert (lead["part"], lead["related"], lead["confidence"], lead["level"]) == ("", "[]", 0.95, "verify")
    assert facts(same_person, world(**tables))["grade"] == "a"
    variant = both(person(FIRST, "闫丽"), person(FIRST, "阎麗"))  # one name, two spellings
    assert raised(variant) == ["verify"]
    assert facts(same_person, world(**variant))["against"] == ["name_variant"]
    assert raised(both(person(FIRST), person(FIRST, phone=PHONE))) == []


def test_one_number_covered_in_two_households_in_one_month_contradicts() -> None:
    tables = both(person(FIRST), person(FIRST, "李四"), covered(FIRST, "W1"), covered(FIRST, "W2", "2024-05"))
    (lead,) = asked(same_person, world(**tables)).leads.rows(named=True)
    assert (lead["level"], lead["amount_fen"]) == ("exclude", 100_000)


@pytest.mark.parametrize(
    ("since", "level", "amount"),
    [("2024-06", "exclude", 50_000), ("2024-07", "verify", None), ("2024-05", "exclude", 100_000)],
)
def test_excludes_only_where_both_are_covered_in_one_month(since: str, level: str, amount: int | None) -> None:
    tables = both(
        person(FIRST, phone=PHONE),
        person(SECOND, born="1971-03-05", phone=PHONE),
        covered(FIRST, "W1"),
        covered(SECOND, "W2", since, None),
    )
    (lead,) = asked(same_person, world(**tables)).leads.rows(named=True)
    assert (lead["level"], lead["amount_fen"]) == (level, amount)


def persons(tables: dict[str, list[Row]]) -> dict[str, int]:
    data = world(**tables)
    rows = data.engine.collect(data.derived("identity", pl.Schema({"person_id": pl.Int64(), "id_no": pl.String()})))
    return {number: person_id for person_id, number in rows.select("person_id", "id_no").rows()}


def test_is_about_the_one_covered_later() -> None:
    one, two = person(FIRST, phone=PHONE), person(SECOND, born="1971-03-05", phone=PHONE)
    ids = persons(both(one, two))

    def subject(*more: dict[str, list[Row]]) -> tuple[str, str]:
        (lead,) = asked(same_person, world(**both(one, two, *more))).leads.rows(named=True)
        return lead["subject"], lead["related"]

    first, second = str(ids[FIRST]), str(ids[SECOND])
    early, late = "2024-01", "2024-03"
    assert subject(covered(FIRST, "W1", early), covered(SECOND, "W2", late)) == (second, f'["{first}"]')
    assert subject(covered(FIRST, "W1", late), covered(SECOND, "W2", early)) == (first, f'["{second}"]')
    assert subject(covered(FIRST, "W1")) == (first, f'["{second}"]')
    assert subject(covered(SECOND, "W1")) == (second, f'["{first}"]')
    greater = str(max(ids[FIRST], ids[SECOND]))
    assert subject(covered(FIRST, "W1"), covered(SECOND, "W2"))[0] == greater


def application(number: str, **cells: str | None) -> dict[str, list[Row]]:
    said: dict[str, Any] = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "applicant_id_no": number,
    }
    said |= {"region_code": VILLAGE, "channel": "window", "delegated": "false", "accepted_at": "2024-11-01"}
    return {"household": [{"household_no": "H1", "region_code": VILLAGE}], "application": [{**said, **cells}]}


def test_at_least_one_is_covered_or_applying() -> None:
    one, two = person(FIRST, phone=PHONE), person(SECOND, born="1971-03-05", phone=PHONE)
    nobody = {"beneficiary": covered(person_no("第三人"), "W9")["beneficiary"]}
    assert raised(both(one, two, nobody)) == []
    assert raised(both(one, two, application(FIRST))) == ["verify"]
    assert raised(both(one, two, application(FIRST, decision="refused", decided_at="2024-11-20"))) == []


def joined(number: str, household: str, since: str = "2010-01-01", until: str | None = None) -> Row:
    said = {"household_no": household, "id_no": number, "joined_on": since, "relation": "child", "co_living": "true"}
    return {**said, "left_on": until}


def test_members_listed_together_are_two_persons() -> None:
    one, two = person(FIRST, phone=PHONE), person(SECOND, born="1971-03-05", phone=PHONE)
    together: dict[str, list[Row]] = {"member": [joined(SECOND, "HW1")]}
    assert raised(both(one, two, covered(FIRST, "W1"), together)) == []
    before = {"member": [joined(SECOND, "HW1", "2005-01-01", "2010-01-01")]}
    assert raised(both(one, two, covered(FIRST, "W1"), before)) == ["verify"]


TWIN = FIRST[:14] + "999"
TWIN += check_digit(TWIN)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("王建军", []),
        ("王建国", ["verify"]),  # a namesake of the same day and place, or a double registration: a second look
        ("王健国", []),  # twins are often given names of one sound
    ],
)
def test_twins_are_two_persons(name: str, level: list[str]) -> None:
    tables = both(
        person(FIRST, phone=PHONE),
        person(TWIN, name, phone=PHONE),
        covered(FIRST, "W1"),
        covered(TWIN, "W2"),
    )
    assert raised(tables) == level
    if level:
        said = facts(same_person, world(**tables))
        assert (said["grade"], said["months"], said["amount_fen"]) == ("c", 6, None)


def fifteen(number: str) -> str:
    return number[:6] + number[8:17]


BAD_TWIN = TWIN[:17] + ("0" if TWIN[17] != "0" else "1")


@pytest.mark.parametrize(("one", "two"), [(FIRST, BAD_TWIN), (fifteen(FIRST), fifteen(TWIN)), (FIRST, fifteen(TWIN))])
def test_twins_are_two_whatever_their_numbers_lack(one: str, two: str) -> None:
    aid = covered(one, "W1"), covered(two, "W2")
    alike = both(person(one, "王伟", phone=PHONE), person(two, "王玮", phone=PHONE), *aid)
    assert raised(alike) == []
    same = both(person(one, "王伟", phone=PHONE), person(two, "王伟", phone=PHONE), *aid)
    assert raised(same) == ["verify"]
    assert facts(same_person, world(**same))["grade"] == "c"


def test_of_one_area_and_birth_a_slip_is_a_typo() -> None:
    slip = wrong_digit(FIRST, 16)
    assert raised(both(person(FIRST, "王伟"), person(slip, "王玮"))) == ["verify"]


@pytest.mark.parametrize(
    ("other", "born", "ruled_out"),
    [
        (SECOND, "1971-03-05", True),
        (person_no("乙", "1970-03-05", area="990102"), "1970-03-05", True),
        (person_no("乙", "1971-03-05"), "1971-03-05", True),
        (TWIN, "1970-03-05", False),
        (wrong_digit(SECOND, 16), "1971-03-05", False),  # not valid: whose area and birth is it?
        (wrong_digit(FIRST, 16), "1970-03-05", False),
    ],
)
def test_twins_are_ruled_out_by_two_valid_numbers_of_two_areas_or_births(
    other: str, born: str, ruled_out: bool
) -> None:
    tables = both(person(FIRST, phone=PHONE), person(other, born=born, phone=PHONE))
    (lead,) = asked(same_person, world(**tables)).leads.rows(named=True)
    twins = same_person.CARD.innocent.index(same_person.TWINS)
    assert (twins in json.loads(lead["checked_innocent"])) == ruled_out


def test_registered_kin_are_two_persons() -> None:
    tables = both(person(FIRST, phone=PHONE), person(SECOND, born="1971-03-05", phone=PHONE), covered(FIRST, "W1"))
    brothers = {"kin": [{"id_no": FIRST, "relative_id_no": SECOND, "relation": "sibling", "source": "hukou"}]}
    assert raised(tables) == ["verify"]
    assert raised({**tables, **brothers}) == []


def test_a_namesake_is_somebody_else() -> None:
    other = person_no("另一号", "1970-03-05", area="990102")
    assert raised(both(person(FIRST, phone=PHONE), person(other, phone="13887654321"))) == []
    assert raised(both(person(FIRST), person(other))) == []


def test_father_and_son_of_one_phone_and_address_are_two() -> None:
    assert pair("王建", "1995-03-05") == []
    assert pair("王建国", "1995-03-05") == []


def test_two_deaths_are_two_persons() -> None:
    one, two = person(FIRST, phone=PHONE, died_on="2020-01-01"), person(SECOND, born="1971-03-05", phone=PHONE)
    assert raised(both(one, {**two, "died_on": "2020-01-20"})) == ["verify"]
    assert raised(both(one, {**two, "died_on": "2022-01-20"})) == []


def test_below_the_bits_asked_for_nothing_is_raised() -> None:
    tables = both(person(FIRST, phone=PHONE), person(SECOND, born="1971-03-05", phone=PHONE))
    (lead,) = asked(same_person, world(**tables)).leads.rows(named=True)
    bits = lead["score"]
    assert bits > 20
    for limit, found in ((bits - 0.01, 1), (bits + 0.01, 0)):
        assert (
            asked(
                same_person, world(**tables), Policy.of(same_person={"value": limit, "shared": 8, "slip": 4})
            ).leads.height
            == found
        )


def test_the_waterfall_adds_up() -> None:
    tables = both(person(FIRST, phone=PHONE), person(SECOND, "王健国", "1971-03-05", phone=PHONE))
    said = facts(same_person, world(**tables))
    assert said["fields"] == ["prior", "name_sound", "birth_shifted", "number_other", "sex_same", "phone_same"]
    bits = [float(one) for one in said["field_bits"]]
    assert sum(bits[1:]) == pytest.approx(said["bits"], abs=0.05)
    assert sum(bits) == pytest.approx(said["balance"], abs=0.05)
    assert said["against"] == ["number_other", "birth_shifted"]
    assert said["found_by"] == ["phone"]


def test_a_person_without_a_name_cannot_be_compared() -> None:
    tables = both(person(FIRST, phone=PHONE), person(SECOND, None or "", "1971-03-05", phone=PHONE))
    tables["person"][1]["name"] = None
    assert status(asked(same_person, world(**tables)))[2] == 1


def test_nobody_is_raised_through_a_third() -> None:
    """B is one slip from either of two who were listed together: from the surer one only."""
    third = wrong_digit(FIRST, 16)
    one = person(FIRST, phone=PHONE)
    brother = person(SECOND, "王健国", "1971-03-05", phone=PHONE)
    tables = both(
        one,
        brother,
        covered(FIRST, "W1"),
        {"member": [joined(SECOND, "HW1")]},
        {"person": [person(third, phone=PHONE)]},
    )
    leads = asked(same_person, world(**tables)).leads
    ids = persons(tables)
    (lead,) = leads.rows(named=True)
    assert {lead["subject"], *lead["related"].strip('[]"').split(",")} == {str(ids[FIRST]), str(ids[third])}


@pytest.mark.spark
def test_spark_gives_the_same_leads_as_polars(spark: Engine) -> None:
    tables = both(
        person(FIRST, phone=PHONE),
        person(SECOND, "王健国", "1971-03-05", phone=PHONE),
        covered(FIRST, "W1"),
        covered(SECOND, "W2", "2024-03", None),
        {"person": [person(wrong_digit(FIRST, 16)), person(FIRST, "李四")]},
        application(SECOND),
    )
    here, there = (asked(same_person, world(on=engine, **tables)) for engine in ("polars", spark))
    assert here.leads.height == 3
    assert there.leads.rows() == here.leads.rows()
    assert there.evidence.rows() == here.evidence.rows()
