"""How often was a scheme right, where people looked; and when is it no longer shown?

Precision = confirmed / (confirmed + unfounded + data_error); pending and inconclusive stand beside it (safeguards R24);
nobody looked: unknown. Leads recorded by hand say nothing of a detector. What a detector picked is no sample: the
share tells what visits are likely to find, never how common anything is (R13).

The stop rule (R16): looked into often enough, and even the upper end of the interval lies below the share: the scheme
moves to shadow, computed and not shown, until it is restored; then it is counted from there. It is held against the
first `minimum` outcomes, the first twice as many, four times …, not after each: who looks after every outcome stops a
scheme by chance that would have passed. A lead that came back with other content keeps its earlier outcome too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from casework.policy import Policy
from casework.review.standing import Standing
from casework.review.vocabulary import CONFIRMED, REFUTED
from casework.statistics import wilson


@dataclass(frozen=True, slots=True)
class Precision:
    """What came of the leads of one scheme. Counts of leads; `visits` of visits made for them."""

    confirmed: int = 0
    refuted: int = 0
    deviation: int = 0
    inconclusive: int = 0
    pending: int = 0  # taken up, no outcome yet
    visits: int = 0
    low: float | None = None
    high: float | None = None
    shadow: bool = False

    @property
    def n(self) -> int:
        """Confirmed and refuted together: what the share rests on."""
        return self.confirmed + self.refuted

    @property
    def share(self) -> float | None:
        """The precision; None where nobody has looked."""
        return self.confirmed / self.n if self.n else None


def precision(
    standings: Iterable[Standing], policy: Policy, restored: Mapping[str, str] | None = None
) -> dict[str, Precision]:
    """What came of each scheme. `restored`: scheme → the moment from which its outcomes count again."""
    by_scheme: dict[str, list[Standing]] = {}
    for standing in standings:
        if standing.scheme and not standing.by_hand:
            by_scheme.setdefault(standing.scheme, []).append(standing)
    minimum, share = int(policy.tuning("stop_rule", "minimum")), float(policy.tuning("stop_rule", "share"))
    since = restored or {}
    return {scheme: _of(found, since.get(scheme, ""), minimum, share) for scheme, found in sorted(by_scheme.items())}


def _of(found: list[Standing], since: str, minimum: int, share: float) -> Precision:
    told = [one for standing in found for one in (*standing.past, (standing.outcome or "", standing.decided_at))]
    outcomes = [outcome for outcome, at in sorted(told, key=itemgetter(1)) if outcome and at >= since]
    confirmed = sum(outcome in CONFIRMED for outcome in outcomes)
    refuted = sum(outcome in REFUTED for outcome in outcomes)
    low, high = _interval(confirmed, confirmed + refuted)
    return Precision(
        confirmed=confirmed,
        refuted=refuted,
        deviation=outcomes.count("objective_deviation"),
        inconclusive=outcomes.count("inconclusive"),
        pending=sum(one.outcome is None and one.state != "new" for one in found),
        visits=sum(one.all_visits for one in found),
        low=low,
        high=high,
        shadow=_stopped(
            [outcome in CONFIRMED for outcome in outcomes if outcome in CONFIRMED | REFUTED], minimum, share
        ),
    )


def _interval(part: int, whole: int) -> tuple[float | None, float | None]:
    if not whole:
        return None, None
    low, high = wilson(part, whole)
    return float(low), float(high)


def _stopped(looked: list[bool], minimum: int, share: float) -> bool:
    """Is the upper end below the share, over the most outcomes that are minimum, twice that, four times that …?"""
    if len(looked) < minimum:
        return False
    at = minimum * 2 ** ((len(looked) // minimum).bit_length() - 1)
    _, high = _interval(sum(looked[:at]), at)
    return high is not None and high < share


__all__ = ["Precision", "precision"]
