"""Tests of exclusive_programmes: pairs, months, amounts by head, and what may be held together."""

import pytest

from casework.policy import Policy
from detectors.duplicate import exclusive_programmes
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

ID, BROTHER = person_no("示例甲"), person_no("示例乙")
Span = tuple[str, str, str | None]  # programme, first and last month


def small(
    *spans: Span, monthly: dict[str, str] | None = None, heads: int = 1, home: str = "990101001001"
) -> dict[str, list[Row]]:
    """One person (and, for more heads, another) covered by one award a span, paid monthly through 2024."""
    awards, rows, payments = [], [], []
    for place, (programme, since, until) in enumerate(spans):
        no = f"W{place}"
        awards.append(
            {"award_no": no, "programme": programme, "household_no": "H1", "from_month": since, "to_month": until}
        )
        covered = [ID, BROTHER][:heads] if place == 0 else [ID]
        rows += [{"award_no": no, "id_no": one, "from_month": since, "to_month": until} for one in covered]
        payments += [
            {
                "payment_no": f"{no}-{month}",
                "award_no": no,
                "month": f"2024-{month:02d}",
                "amount": (monthly or {}).get(programme, "100"),
            }
            for month in range(1, 13)
        ]
    return {
        "household": [{"household_no": "H1", "region_code": home}],
        "award": awards,
        "beneficiary": rows,
        "payment": payments,
    }


def raised(*spans: Span, policy: Policy | None = None, **cells: str) -> list[tuple[str, str]]:
    leads = asked(exclusive_programmes, world(**small(*spans, **cells)), policy).leads
    return sorted(leads.select("part", "level").rows())


FORBIDDEN = [
    ("dibao", "destitute"),
    ("dibao", "dibao_edge"),
    ("dibao", "rigid_expense"),
    ("destitute", "rigid_expense"),
    ("dibao_edge", "rigid_expense"),
    ("destitute", "orphan"),
    ("destitute", "de_facto_orphan"),
    ("destitute", "disability_living"),
    ("destitute", "disability_care"),
    ("orphan", "de_facto_orphan"),
    ("orphan", "disability_living"),
    ("de_facto_orphan", "disability_living"),
]


@pytest.mark.parametrize(("first", "second"), FORBIDDEN)
@pytest.mark.parametrize("turned", [False, True])
def test_forbidden_pairs_exclude_in_whatever_order_they_came(first: str, second: str, turned: bool) -> None:
    spans = [(first, "2024-01", None), (second, "2024-03", None)]
    assert raised(*(reversed(spans) if turned else spans)) == [(f"{first}+{second}", "exclude")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("dibao", "disability_care"), ("dibao", "disability_living"), ("orphan", "disability_care"), ("dibao", "old_age")],
)
def test_other_pairs_may_be_held_together(first: str, second: str) -> None:
    assert raised((first, "2024-01", None), (second, "2024-01", None)) == []


@pytest.mark.parametrize(
    ("until", "since", "months"),
    [("2024-05", "2024-06", 0), ("2024-06", "2024-06", 1), ("2024-08", "2024-06", 3), (None, "2024-12", 1)],
)
def test_only_months_of_both_count(until: str | None, since: str, months: int) -> None:
    data = world(**small(("dibao", "2024-01", until), ("destitute", since, None)))
    assert (
        facts(exclusive_programmes, data)["months"]
        if months
        else raised(("dibao", "2024-01", until), ("destitute", since, None))
    ) == (months or [])


def test_an_open_row_ends_with_its_award() -> None:
    tables = small(("dibao", "2024-01", "2024-05"), ("destitute", "2024-06", None))
    tables["beneficiary"] = [{**row, "to_month": None} for row in tables["beneficiary"]]
    assert asked(exclusive_programmes, world(**tables)).leads.height == 0


def test_in_doubt_is_the_smaller_amount_by_head() -> None:
    spans = ("dibao", "2024-01", None), ("destitute", "2024-11", None)
    two = small(*spans, monthly={"dibao": "901", "destitute": "500"}, heads=2)
    assert asked(exclusive_programmes, world(**two)).leads["amount_fen"].to_list() == [90100]  # 450.50 twice
    one = small(*spans, monthly={"dibao": "901", "destitute": "500"})
    assert asked(exclusive_programmes, world(**one)).leads["amount_fen"].to_list() == [100000]


def test_living_allowance_beside_the_orphans_is_lifted_only_in_months_on_dibao() -> None:
    spans = [("de_facto_orphan", "2024-01", None), ("disability_living", "2024-01", None)]
    benefit = {"de_facto_orphan": "820", "dibao": "100", "disability_living": "80"}
    assert raised(*spans, ("dibao", "2024-01", None), monthly=benefit) == []
    said = facts(exclusive_programmes, world(**small(*spans, ("dibao", "2024-03", "2024-10"), monthly=benefit)))
    assert (said["months"], said["first_month"], said["last_month"]) == (4, "2024-01", "2024-12")


@pytest.mark.parametrize(
    ("dibao", "orphan", "expected"),
    [
        ("500", "420", None),  # the difference to 920
        ("500", "421", None),  # one yuan of rounding
        ("500", "421.01", 12 * 101),
        ("500", "920", 12 * 50000),  # the whole beside dibao
        ("0", "920", None),
    ],
)
def test_beside_dibao_only_the_difference_is_due(dibao: str, orphan: str, expected: int | None) -> None:
    paid = {"dibao": dibao, "de_facto_orphan": orphan}
    tables = small(("dibao", "2024-01", None), ("de_facto_orphan", "2024-01", None), monthly=paid)
    leads = asked(exclusive_programmes, world(**tables)).leads
    assert leads.select("part", "level", "amount_fen").rows() == (
        [("dibao+de_facto_orphan", "verify", expected)] if expected else []
    )


def test_the_dibao_of_a_household_counts_by_head() -> None:
    spans = ("dibao", "2024-01", None), ("de_facto_orphan", "2024-01", None)
    fair = small(*spans, monthly={"dibao": "1000", "de_facto_orphan": "420"}, heads=2)
    assert asked(exclusive_programmes, world(**fair)).leads.height == 0


def test_a_fixed_benefit_nobody_set_leaves_the_pair_outside() -> None:
    assert raised(("dibao", "2024-01", None), ("orphan", "2024-01", None), monthly={"orphan": "2000"}) == []


def test_a_county_may_change_the_matrix_for_itself() -> None:
    own = Policy.of(
        exclusive=[
            {"a": "dibao", "b": "old_age", "action": "forbid", "region": "990102"},
            {"a": "dibao", "b": "destitute", "action": "allow", "region": "990102"},
            {"a": "dibao", "b": "destitute", "action": "forbid"},
        ]
    )
    ages = ("dibao", "2024-01", None), ("old_age", "2024-01", None)
    assert raised(*ages, policy=own) == []
    assert raised(*ages, policy=own, home="990102001001") == [("dibao+old_age", "exclude")]
    poor = ("dibao", "2024-01", None), ("destitute", "2024-01", None)
    assert raised(*poor, policy=own) == [("dibao+destitute", "exclude")]
    assert raised(*poor, policy=own, home="990102001001") == []


def test_a_pair_forbidden_from_a_day_on_is_judged_month_by_month() -> None:
    own = Policy.of(exclusive=[{"from": "2024-06-01", "a": "dibao", "b": "old_age", "action": "forbid"}])
    data = world(**small(("dibao", "2024-01", None), ("old_age", "2024-01", "2024-08")))
    said = facts(exclusive_programmes, data, own)
    assert (said["first_month"], said["last_month"], said["months"]) == ("2024-06", "2024-08", 3)


def test_another_member_of_the_household_is_another_person() -> None:
    tables = small(("dibao", "2024-01", None), ("destitute", "2024-01", None))
    tables["beneficiary"] = [tables["beneficiary"][0], {**tables["beneficiary"][1], "id_no": BROTHER}]
    assert asked(exclusive_programmes, world(**tables)).leads.height == 0


def test_where_only_payments_say_when_an_award_ends_they_prove_both() -> None:
    tables = small(("dibao", "2024-01", None), ("destitute", "2024-04", None))
    for name in ("award", "beneficiary"):
        tables[name] = [{key: cell for key, cell in row.items() if key != "to_month"} for row in tables[name]]
    assert facts(exclusive_programmes, world(**tables))["months"] == 9  # both paid to December
    gone = {f"W0-{month}" for month in range(4, 13)}
    after = [row for row in tables["payment"] if row["payment_no"] not in gone]
    assert asked(exclusive_programmes, world(**{**tables, "payment": after})).leads.height == 0  # one after the other
    del tables["payment"]
    said = facts(exclusive_programmes, world(**tables))  # nothing but the register, which says that both go on
    assert (said["months"], said["amount_fen"]) == (9, None)


def test_without_payments_the_months_are_still_raised() -> None:
    tables = small(("dibao", "2024-01", None), ("destitute", "2024-01", None))
    del tables["payment"]
    result = asked(exclusive_programmes, world(**tables))
    assert result.leads["amount_fen"].to_list() == [None]  # unknown, not nothing
    assert status(result)[:2] == ("partly", "lacks payment, region")


def test_evidence_holds_both_awards_and_what_they_paid_in_the_months_of_both() -> None:
    seen = asked(
        exclusive_programmes, world(**small(("dibao", "2024-01", None), ("destitute", "2024-11", None)))
    ).evidence
    assert sorted(seen.filter((seen["table"] == "award") & (seen["column"] == "programme"))["value"]) == [
        "destitute",
        "dibao",
    ]
    assert sorted(seen.filter((seen["table"] == "payment") & (seen["column"] == "month"))["value"]) == [
        "2024-11",
        "2024-11",
        "2024-12",
        "2024-12",
    ]


def test_says_why_in_both_languages_with_the_programmes_names() -> None:
    said = facts(exclusive_programmes, world(**small(("dibao", "2024-01", None), ("destitute", "2024-11", None))))
    names = {
        "dibao": exclusive_programmes.Text("最低生活保障", "Dibao"),
        "destitute": exclusive_programmes.Text("特困供养", "Destitute"),
    }
    assert "最低生活保障与特困供养" in exclusive_programmes.CARD.reads(said, "zh", names)
    assert "dibao and destitute" in exclusive_programmes.CARD.reads(said, "en", names)


@pytest.mark.parametrize(("ended", "both"), [("2024-03", False), ("2024-05", True), (None, True)])
def test_no_row_outlives_its_award(ended: str | None, both: bool) -> None:
    tables = small(("de_facto_orphan", "2024-01", "2024-08"), ("orphan", "2024-05", None))
    tables["award"][0]["to_month"] = ended
    assert (asked(exclusive_programmes, world(**tables)).leads.height == 1) is both


def outcome(changed: dict[str, str | None], *more: Row, second: str = "destitute") -> tuple[list[int | None], int]:
    """Fen in doubt of November and December under dibao and another programme, and how many were undecidable."""
    tables = small(("dibao", "2024-01", None), (second, "2024-11", None), monthly={"de_facto_orphan": "1000"})
    rows = [{**row, "amount": changed.get(str(row["payment_no"]), row["amount"])} for row in tables["payment"]]
    result = asked(exclusive_programmes, world(**{**tables, "payment": [*rows, *more]}))
    return result.leads["amount_fen"].to_list(), status(result)[2]


def row(no: str, award: str, month: str, yuan: str | None) -> Row:
    return {"payment_no": no, "award_no": award, "month": month, "amount": yuan}


def test_an_unknown_amount_leaves_what_is_in_doubt_unknown() -> None:
    assert outcome({}) == ([20000], 0)
    assert outcome({"W1-11": None}) == ([None], 0)  # both cover the person all the same
    assert outcome({"W1-11": None, "W1-12": None}) == ([None], 0)
    assert outcome({}, second="de_facto_orphan") == ([36000], 0)  # 100 + 1000 − 920, twice
    perhaps_reversed = row("N1", "W1", "2024-11", None), row("N2", "W1", "2024-12", None)
    assert outcome({}, *perhaps_reversed, second="de_facto_orphan") == ([], 1)
    assert outcome({}, perhaps_reversed[0], second="de_facto_orphan") == ([18000], 0)  # December is known


def test_a_month_wholly_taken_back_is_not_in_both() -> None:
    back = row("B1", "W1", "2024-11", "-100"), row("B2", "W1", "2024-12", "-100")
    assert outcome({}, back[0]) == ([10000], 0)
    assert outcome({}, *back) == ([], 0)
    assert outcome({}, *back, row("C1", "W1", "2024-12", "100")) == ([10000], 0)  # and paid again
    unpaid = {"W1-11": "0", "W1-12": "0"}
    assert outcome(unpaid) == ([0], 0)  # never paid: in both all the same
