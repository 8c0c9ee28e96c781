"""Is every rule known to be read by one part of a what-if, and is what is said of it true?"""

from collections import Counter

from casework.policy import Change, Policy
from casework.policy.rule import Rule
from metrics.whatif.gather import gather
from metrics.whatif.readers import BESIDE, BY_MONTH, ELSEWHERE, GATHERED, OF_TIME
from metrics.whatif.reckon import reckon
from metrics.whatif.time_limits import time_limits
from tests.detectors.made import policy, township

# Read when the households are gathered, yet no scenario's: what lies behind `as_of` happened under the rules in force,
# and how sure a tie of kin must be is no rule of aid.
OF_THE_PAST = {*BY_MONTH, "kin_certainty"}
SWITCHES = [Change(switch, set=True) for switch in ("single_entry", "impute_work", "impute_land", "impute_support")]


class Heard(dict[str, Rule]):
    """Rules that know which of them were asked for."""

    def __init__(self, law: Policy) -> None:
        super().__init__(law.rules)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Rule:
        self.asked.add(name)
        return super().__getitem__(name)


def test_every_shipped_rule_is_in_exactly_one_list() -> None:
    listed = Counter([*BY_MONTH, *GATHERED, *OF_TIME, *BESIDE, *ELSEWHERE])
    assert listed == Counter([*Policy.shipped().rules])


def test_what_months_and_gathering_and_time_limits_ask_is_in_their_lists() -> None:
    data, law = township(), policy()
    rules = Heard(law)
    people = gather(data, Policy(rules))
    assert set(GATHERED) <= rules.asked <= {*GATHERED, *OF_THE_PAST}
    for mode in ("gap", "bands", "flat"):
        rules = Heard(law.adjusted([*SWITCHES, Change("benefit_mode", set=mode)]))
        reckon(people, Policy(rules))
        assert rules.asked <= set(BY_MONTH)
    rules = Heard(law)
    time_limits(data, Policy(rules))
    assert rules.asked <= set(OF_TIME)
