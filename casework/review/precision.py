"""How often was a scheme right, where people looked; and when is it no longer shown?

Precision = confirmed / (confirmed + unfounded + data_error); pending and inconclusive stand beside it (safeguards R24);
nobody looked: unknown. Leads recorded by hand say nothing of a detector. What a detector picked is no sample: the
share tells what visits are likely to find, never how common anything is (R13).

The stop rule (R16): looked into often enough, and even the upper end of the interval lies below the share: the scheme
moves to shadow, computed and not shown, until it is restored; then it is counted from there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
        if standing.scheme and not standing.by_hand and not _past(standing, restored or {}):
            by_scheme.setdefault(standing.scheme, []).append(standing)
    minimum, share = int(policy.tuning("stop_rule", "minimum")), float(policy.tuning("stop_rule", "share"))
    return {scheme: _of(found, minimum, share) for scheme, found in sorted(by_scheme.items())}


def _past(standing: Standing, restored: Mapping[str, str]) -> bool:
    """Was it decided before its scheme was restored?"""
    return bool(standing.outcome) and standing.decided_at < restored.get(standing.scheme, "")


def _of(found: list[Standing], minimum: int, share: float) -> Precision:
    confirmed = sum(one.outcome in CONFIRMED for one in found)
    refuted = sum(one.outcome in REFUTED for one in found)
    looked = confirmed + refuted
    low, high = (None, None) if not looked else tuple(float(bound) for bound in wilson(confirmed, looked))
    return Precision(
        confirmed=confirmed,
        refuted=refuted,
        deviation=sum(one.outcome == "objective_deviation" for one in found),
        inconclusive=sum(one.outcome == "inconclusive" for one in found),
        pending=sum(one.outcome is None and one.state != "new" for one in found),
        visits=sum(one.visits for one in found),
        low=low,
        high=high,
        shadow=looked >= minimum and high is not None and high < share,
    )


__all__ = ["Precision", "precision"]
