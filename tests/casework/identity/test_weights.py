"""Tests of weights: rare agreement tells more, more agreement never less, a county by itself."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.identity.learning import SHIPPED, learnt
from casework.identity.levels import FIELDS, LEVELS, UNKNOWN, compared
from casework.identity.people import TRAITS, plain
from casework.identity.weights import _less_of_kin, bits, chances, weighed

SHARES = ("plain", "variant", "sound", "near", "birth", "shifted", *TRAITS)


def level(field: str) -> st.SearchStrategy[int]:
    return st.integers(-1, len(LEVELS[field]) - 1)


@st.composite
def learned(draw: st.DrawFn) -> dict[str, tuple[float, ...]]:
    """What any candidates may have taught."""
    rows = draw(st.lists(st.fixed_dictionaries({field: level(field) for field in FIELDS}), max_size=12))
    return learnt(pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.Int8()))).agreeing


def total(levels: dict[str, int], shares: dict[str, float], agreeing: dict[str, tuple[float, ...]]) -> float:
    chance = chances()
    row = pl.DataFrame({**levels, **shares}).with_columns(pl.col(*FIELDS).cast(pl.Int8))
    weights = [bits(field, agreeing[field], chance[field]).alias(f"{field}_bits") for field in FIELDS]
    return float(_less_of_kin(row.with_columns(*weights)).select(pl.sum_horizontal("^.*_bits$")).item())


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries({field: level(field) for field in FIELDS}),
    st.sampled_from(FIELDS),
    st.lists(st.floats(1e-6, 0.9), min_size=4, max_size=4),
    st.lists(st.floats(1e-6, 0.9), min_size=2, max_size=2),
    st.lists(st.floats(1e-6, 0.9), min_size=3, max_size=3),
    learned(),
)
def test_more_agreement_never_weighs_less(
    levels: dict[str, int],
    field: str,
    names: list[float],
    births: list[float],
    shared: list[float],
    agreeing: dict[str, tuple[float, ...]],
) -> None:
    ordered = [*sorted(names), *sorted(births), *shared]
    shares = {f"share_{name}": value for name, value in zip(SHARES, ordered, strict=True)}
    known = range(levels[field]) if levels[field] != UNKNOWN else (0,)
    for better in known:
        assert total({**levels, field: better}, shares, agreeing) >= total(levels, shares, agreeing) - 1e-9


def test_without_pairs_the_shipped_values_stay() -> None:
    taught = learnt(pl.DataFrame(schema=dict.fromkeys(FIELDS, pl.Int8())))
    assert taught.agreeing["sex"] == pytest.approx(SHIPPED["sex"])
    assert taught.expected == 0


def patterns(times: int, **levels: int) -> pl.DataFrame:
    row = {"name": 0, "birth": 0, "number": 2, "sex": 0, "phone": 0, "account": -1, "address": -1, **levels}
    return pl.DataFrame([row] * times, schema=dict.fromkeys(FIELDS, pl.Int8()))


def test_many_pairs_teach_how_often_phones_agree() -> None:
    kin = patterns(3000, name=5, birth=3, sex=1)
    often = learnt(pl.concat([kin, patterns(3000)])).agreeing["phone"][0]
    seldom = learnt(pl.concat([kin, patterns(500), patterns(2500, phone=1, address=0)])).agreeing["phone"][0]
    assert seldom < SHIPPED["phone"][0] < often


def test_a_few_pairs_teach_little() -> None:
    taught = learnt(patterns(5)).agreeing["phone"][0]
    assert taught == pytest.approx(SHIPPED["phone"][0], abs=0.02)


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    said = {"sex": "M", "county": "990101", "id_state": "valid"}
    numbered = [{"person_id": place, "number": place, **said, **row} for place, row in enumerate(rows)]
    return pl.DataFrame(numbered, infer_schema_length=None)


def crowd(size: int, **cells: object) -> list[dict[str, object]]:
    """Persons of rare names, each born on a day of their own."""
    return [
        {
            "name": f"孔{chr(0x4E00 + place % 900)}{chr(0x5200 + place // 900)}",
            "born_on": date(1930, 1, 1) + timedelta(place * 7),
            **cells,
        }
        for place in range(size)
    ]


def evidence(rows: list[dict[str, object]]) -> dict[str, float]:
    """The bits of the first two persons by field."""
    people = plain(frame(rows))
    pairs = pl.DataFrame({"a": [0], "b": [1], "slip": [False]})
    return weighed(people, compared(people, pairs)).row(0, named=True)


DOUBLE = [
    {"name": "王建国", "born_on": date(1970, 3, 5), "phone": "13800000001"},
    {"name": "王建国", "born_on": date(1971, 3, 5), "phone": "13800000001"},
]


def test_a_rare_name_tells_more_than_a_common_one() -> None:
    others = crowd(3000)
    rare = evidence([*DOUBLE, *others])
    common = evidence([*DOUBLE, *({**one, "name": "王建国"} for one in others)])
    assert rare["name_bits"] > common["name_bits"] + 2


def test_a_rare_surname_tells_no_more_than_a_common_one() -> None:
    others = crowd(3000)
    rare = evidence(
        [*({**one, "name": "孔建国"} for one in DOUBLE), *({**one, "name": f"王{one['name'][1:]}"} for one in others)]
    )
    assert rare["name_bits"] == pytest.approx(evidence([*DOUBLE, *others])["name_bits"], abs=1e-9)


def test_an_office_phone_tells_little() -> None:
    alone = evidence([*DOUBLE, *crowd(3000)])
    office = evidence([*DOUBLE, *crowd(3000, phone="13800000001")])
    assert alone["phone_bits"] > 12
    assert office["phone_bits"] < 4


def test_what_a_family_shares_counts_once() -> None:
    alone = evidence(DOUBLE)
    both = evidence([{**one, "account_no": "62170001"} for one in DOUBLE])
    assert alone["bits"] < both["bits"] <= alone["bits"] + 1.01


def test_an_unrelated_county_changes_nothing() -> None:
    far = [{**one, "county": "990102"} for one in crowd(500)]
    near = [*DOUBLE, *crowd(500)]
    assert evidence([*near, *far]) == evidence(near)


def test_a_pair_of_two_counties_weighs_the_mean_of_both() -> None:
    one, two = DOUBLE
    here, there = crowd(400), [{**other, "name": "王建国", "county": "990102"} for other in crowd(400)]
    across = evidence([one, {**two, "county": "990102"}, *here, *there])
    first = evidence([one, *([two] * 1), *here])["name_bits"]
    assert across["name_bits"] < first


def test_unknown_is_neither_for_nor_against() -> None:
    one, two = DOUBLE
    said = evidence([{**one, "sex": None}, two])
    assert said["sex_bits"] == 0
    assert said["account_bits"] == 0
