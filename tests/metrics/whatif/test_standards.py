"""Does a month under other standards cost what the whole model pays the same households?"""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.rules import Rules
from metrics.whatif.standards import Month, Standards
from metrics.whatif.standing import standing
from tests.metrics.whatif.made import population
from tests.metrics.whatif.test_reckon import HOMES

DAY = date(2025, 7, 1)
LAW = Policy.of(
    dibao_standard=500,
    category_topup=[{"group": "aged", "value": 0.1}, {"group": "severe_disability", "value": 0.255}],
)
PEOPLE = [{"age": 80}, {"age": 30, "grade": 1}, {"age": 75, "grade": 2}, {}]


@settings(max_examples=80, deadline=None)
@given(HOMES, st.integers(0, 1_200), st.integers(0, 1_200))
def test_it_costs_what_the_model_pays_those_who_are_eligible(
    homes: list[dict[str, object]], one: int, other: int
) -> None:
    who = population(*({**home, "people": PEOPLE[: int(str(home["n"]))], "weight": 1.0} for home in homes))
    law = LAW.adjusted(
        [Change("dibao_standard", region="9901", set=one), Change("dibao_standard", region="9902", set=other)]
    )
    rules = Rules.of(who, law, DAY)
    whole = standing(who, rules)
    paid = whole.eligible
    asked = Standards(who, Rules.of(who, LAW, DAY)).month(rules.whole("dibao_standard"))
    assert asked == Month(float(whole.amount_fen[paid].sum()), float(paid.sum()), float(whole.heads[paid].sum()))


def test_equality_is_out_and_a_village_without_a_standard_has_nobody() -> None:
    who = population({"wage": 6_000}, {"wage": 5_999}, {"wage": 0, "village": "990201001001"})
    month = Standards(who, Rules.of(who, Policy.of(dibao_standard=500), DAY)).month(np.array([50_000, -1]))
    assert month == Month(100.0, 1.0, 1.0)
