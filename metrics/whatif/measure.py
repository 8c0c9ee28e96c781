"""What does each number of a what-if mean, in which unit, and who defined it?

Shown beside every number. `counts` names the counts of households a number rests on: where one of them is too small to
be shared the number is hidden with it (`sharing.shared`).
"""

from typing import Final

from casework.text import Text
from metrics.whatif.cards import incentives, roll, targeting, welfare
from metrics.whatif.cards.card import UNITS, Measure

__all__ = ["BY_ID", "MEASURES", "STANDARD_LINE", "UNITS", "Measure", "line_warning"]

STANDARD_LINE: Final = Text(
    "贫困线即基线的低保标准(按村、固定不变):标准本身提高并不改变此线,故所示为补助的作用;与其他线的结果不可混用。",
    "The poverty line is the baseline's dibao standard of each village, held fixed: raising the standard does not move "
    "it, so what changes is what aid does. Not to be mixed with results at another line.",
)


def line_warning(line_fen: int | None) -> Text | None:
    """What must be said beside every poverty measure; None where one line was given for all."""
    return STANDARD_LINE if line_fen is None else None


MEASURES: Final[tuple[Measure, ...]] = (
    *roll.roll(),
    *roll.moves(),
    *welfare.poverty(),
    *welfare.inequality(),
    *targeting.targeting(),
    *targeting.equity(),
    *incentives.incentives(),
)
BY_ID: Final = {measure.id: measure for measure in MEASURES}
