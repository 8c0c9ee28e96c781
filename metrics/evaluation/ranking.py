"""How good is the order of the leads inside one scheme?

Equal scores are equal: no order among them is made up. What cannot be computed is None, never 0.
"""

from collections import Counter
from collections.abc import Sequence


def pr_auc(ranked: Sequence[tuple[float, bool]], planted: int) -> float | None:
    """The area under the precision-recall curve as average precision, by steps at each distinct score.

    `ranked`: (score, is it one of the planted) of each subject raised, in any order. What was planted and never raised
    adds nothing. None where nothing was planted.
    """
    if planted == 0:
        return None
    area, raised, right = 0.0, 0, 0
    for many, hits in _steps(ranked):
        raised, right = raised + many, right + hits
        area += hits / planted * (right / raised)
    return area


def precision_at(ranked: Sequence[tuple[float, bool]], k: int) -> float | None:
    """Of the first k subjects, what share was planted? Of all of them where there are fewer; None where there is none.

    Where k cuts through equal scores, the share expected when they are visited in any order.
    """
    wanted = min(k, len(ranked))
    if wanted == 0:
        return None
    left, right = wanted, 0.0
    for many, hits in _steps(ranked):
        taken = min(left, many)
        right += hits * taken / many
        left -= taken
    return right / wanted


def _steps(ranked: Sequence[tuple[float, bool]]) -> list[tuple[int, int]]:
    """(subjects, planted ones among them) of each distinct score, highest first."""
    many = Counter(score for score, _ in ranked)
    hits = Counter(score for score, planted in ranked if planted)
    return [(many[score], hits[score]) for score in sorted(many, reverse=True)]
