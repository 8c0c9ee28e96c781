"""Which sums make which measure?

Sums by cell (a region, or a group of one) in, values by cell out, under the ids of `metrics.whatif.measure`; NaN where
there is nothing to measure.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from metrics.whatif import between, equity, targeting
from metrics.whatif.population import Index, Real
from metrics.whatif.tallies import Sums
from metrics.whatif.targeting import share

POOREST: Final = (20, 40)  # percent
Values = dict[str, Real]
Bounds = dict[str, tuple[Real, Real]]


def of_sums(fixed: Sums, moved: Sums) -> Values:
    """Every measure that needs no order of persons. `fixed`: `unchanging`; `moved`: of `touched`, both summed."""
    households, persons = _sets(moved, "households"), _sets(moved, "persons")
    rightly, rightly_persons = _rightly(moved, "households"), _rightly(moved, "persons")
    apart = _apart(fixed, moved)
    exclusion = targeting.exclusion(persons[0], persons[2])
    inclusion = targeting.inclusion(rightly_persons, persons[1])
    gap = fixed["gap_fen"] + moved["gap_fen_change"]
    return {
        "households": fixed["households"],
        "persons": fixed["persons"],
        "unjudged_households": moved["unjudged_households"],
        "roll_households": moved["roll_households"],
        "roll_persons": moved["roll_persons"],
        "unpriced_households": moved["unpriced_households"],
        "cost": moved["cost_fen"],
        "month_cost": moved["month_fen"],
        "eligible_households": moved["eligible_households"],
        "excluded_households": moved["eligible_households"] - moved["reached_households"],
        "included_households": households[1] - rightly,
        "fgt0": share(fixed["poor"] + moved["poor_change"], fixed["lined"]),
        "fgt1": share(fixed["gaps"] + moved["gaps_change"], fixed["lined"]),
        "fgt2": share(fixed["squared_gaps"] + moved["squared_gaps_change"], fixed["lined"]),
        "poverty_gap": np.where(fixed["lined"] > 0, gap, np.nan),
        "fgt0_before": share(fixed["poor"], fixed["lined"]),
        "exclusion": targeting.exclusion(households[0], households[2]),
        "exclusion_persons": exclusion,
        "inclusion": targeting.inclusion(rightly, households[1]),
        "inclusion_persons": inclusion,
        "false_positive_rate": targeting.false_positive_rate(*apart),
        "leaked_money": share(moved["leaked_fen"], moved["judged_fen"]),
        "coverage_of_poor": share(moved["poor_reached"], fixed["poor"]),
        "targeting_differential": targeting.targeting_differential(*apart),
        "net_of_errors": targeting.net_of_errors(exclusion, inclusion),
        "generosity": share(moved["aid"], moved["income_of_paid"]),
        "cost_benefit": targeting.cost_benefit(fixed["gap_fen"], gap, moved["aid"]),
    }


def bounds(moved: Sums) -> Bounds:
    """Wilson's interval of the shares of households."""
    reached, roll, eligible = _sets(moved, "households")
    wrongly = roll - _rightly(moved, "households")
    return {
        "exclusion": equity.interval(eligible - reached, eligible, moved["eligible_squares"]),
        "inclusion": equity.interval(wrongly, roll, moved["judged_roll_squares"]),
    }


def between_villages(fixed: Sums, moved: Sums, region: Index, regions: int) -> Values:
    """Within and between villages, from the sums of villages; `region`: of each village."""
    persons = fixed["measured"]
    money = fixed["floored"] + moved["floored_change"]
    log = between.theil_l(persons, money, fixed["logs"] + moved["logs_change"], region, regions)
    weighed = between.theil_t(persons, money, fixed["weighed_logs"] + moved["weighed_logs_change"], region, regions)
    apart = between.targeting_differential(*_apart(fixed, moved), region, regions)
    named: Mapping[str, between.Parts] = {"theil_l": log, "theil_t": weighed}
    found = {f"{name}{part}": value for name, each in named.items() for part, value in _parts(each).items()}
    return found | {f"targeting_differential{part}": value for part, value in _parts(apart).items() if part}


def of_order(moved: Sums) -> Values:
    """What goes by standing before aid: sums of aid, of aid × twice standing, and of the poorest (`compared`)."""
    aid = moved["aid"]
    found = {f"cgh_{q}": targeting.cgh(moved[f"aid_of_{q}"], aid, q / 100) for q in POOREST}
    # over all persons of a region the mean of low + high is 1, so the covariance is the weighted mean less one
    found["concentration"] = share(moved["aid_by_standing"], aid) - 1
    found["adequacy"] = share(moved["aid_of_20"], moved["income_of_20"])
    return found


def of_incentives(asked: Sums) -> Values:
    """What more earnings would leave (`incentives.Incentives`), summed."""
    many = asked["asked"]
    return {
        "asked_households": many,
        "marginal_rate": share(asked["rate"], many),
        "cliff_share": share(asked["on_cliff"], many),
        "cliff_gap": np.where(many > 0, asked["gap_fen"], np.nan),
        "cliff_size": share(asked["size"], asked["sized"]),
    }


def _sets(moved: Sums, unit: str) -> tuple[Real, Real, Real]:
    """Reached (R∩E), on the roll and judged (R), eligible (E)."""
    return moved[f"reached_{unit}"], moved[f"judged_roll_{unit}"], moved[f"eligible_{unit}"]


def _rightly(moved: Sums, unit: str) -> Real:
    """On the roll, judged and due something by the rules (R∩D): eligible, in a taper or in as a single person."""
    return moved[f"reached_{unit}"] + moved[f"otherwise_on_{unit}"]


def _apart(fixed: Sums, moved: Sums) -> tuple[Real, Real, Real, Real]:
    """Persons reached, on the roll, eligible and judged, without those due something though not eligible."""
    reached, roll, eligible = _sets(moved, "persons")
    judged = fixed["persons"] - moved["unjudged_persons"] - moved["otherwise_persons"]
    return reached, roll - moved["otherwise_on_persons"], eligible, judged


def _parts(found: between.Parts) -> dict[str, Real]:
    return {"": found.whole, "_within": found.within, "_between": found.between}
