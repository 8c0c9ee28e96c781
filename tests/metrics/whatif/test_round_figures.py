"""Is an example in round figures, and does it still add up?"""

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.ledger import ledger
from metrics.whatif.reckon import reckon
from metrics.whatif.round_figures import MONTH_FEN, YEAR_FEN, in_round_figures
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500)
UP = LAW.adjusted([Change("dibao_standard", scale=1.2)])
HOMES = population(
    {"n": 2, "wage": 6_358, "land": 249, "medical_expense": 1_750, "own": True, "paid": 426},
    {"wage": 1, "people": [{"supporter": 33_333}]},
    {"wage": 0, "own": True, "paid": None},
)


def test_money_goes_to_the_nearest_step_and_something_never_to_nothing() -> None:
    found = in_round_figures(HOMES)
    assert (found.items["wage"] // 100).tolist() == [6_500, 500, 0]  # 1 yuan stays something, nothing nothing
    assert (found.items["land"] // 100).tolist() == [500, 0, 0]
    assert (found.items["medical_expense"] // 100).tolist() == [2_000, 0, 0]
    assert found.paid_fen.tolist() == [45_000, -1, -1]  # unknown stays unknown
    assert found.persons.supporter_fen.max() == 3_350_000
    assert (found.absent["wage"] == HOMES.absent["wage"]).all()


def test_what_is_shown_of_it_adds_up_and_is_paid_by_the_rules() -> None:
    people = in_round_figures(HOMES)
    before = reckon(people, LAW)
    table = ledger(people, 0, {"b": LAW, "a": UP}, {"b": before, "a": reckon(people, UP, baseline=before)})
    lines = {row["line"]: (row["b"], row["a"]) for row in table.to_dicts()}
    filed = [lines[name][0] for name in ("wage", "land", "medical_expense")]
    assert all(fen % YEAR_FEN == 0 for fen in filed)
    assert sum(filed) == lines["income_year"][0] == 500_000  # 6,500 + 500 - 2,000
    assert lines["due"] == (58_400, 78_400)  # 1,000 - 5,000 / 12 = 583.33; 200 more
    assert MONTH_FEN == 5_000
