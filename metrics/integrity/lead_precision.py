"""How many of the leads that were looked into were confirmed?

Confirmed ÷ (confirmed + unfounded + error in the data), in the month of the conclusion. An honest deviation and what
could not be cleared up stand beside it, and so do, in the month of `as_of`, the leads that somebody has taken up and
not concluded: all undecidable. Leads recorded by hand say nothing of the detectors. Of conduct only the counts are
told.
"""

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.review.by_hand import SCHEME
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.integrity.standing import behind
from metrics.leads import CONFIRMED, LEAD, REFUTED

CARD = MetricCard(
    metric="lead_precision",
    area="integrity",
    kind="share",
    title=Text("线索查实率", "Leads confirmed"),
    question=Text("已有结论的线索,有多少属实?", "How many of the leads that were looked into were confirmed?"),
    formula=Text("属实 ÷(属实 + 不属实 + 数据有误)", "confirmed ÷ (confirmed + unfounded + error in the data)"),
    numerator=Text("结论为属实的线索数", "leads confirmed"),
    denominator=Text(
        "结论为属实、不属实或数据有误的线索数", "leads confirmed, unfounded, or raised by an error in the data"
    ),
    exclusions=Text(
        "无人办理的、手工登记的;办理中、客观偏差(容错)、无法查清的列在旁边,不计入",
        "leads nobody took up, those recorded by hand; those in work, honest deviations and what could not be cleared"
        " up stand beside it, not counted",
    ),
    needs=(needs(LEAD, "scheme", "state", "outcome", "decided_on"),),
    better="higher",
    reading=Text(
        "说的是检测规则准不准,不是地方好不好,不排名;经挑选核实的线索不是样本,不能推算问题有多普遍",
        "It speaks of the detectors, not of the place, and is not ranked. Leads picked for a visit are no sample: it"
        " does not tell how common anything is",
    ),
    ranked=False,
)


def measure(data: Tables, policy: Policy) -> Counts:
    """Leads confirmed (part) of those confirmed or refuted (whole)."""
    return counts.share(rows(data, policy))


def rows(data: Tables, policy: Policy) -> Frame:  # noqa: ARG001 - no rule decides a lead, a person does
    """The leads taken up; `in_part`: confirmed (null: no conclusion, or neither confirmed nor refuted)."""
    # An earlier conclusion was taken back where only its day is left; one without a day has no month to count in.
    decided = ~nw.col("decided_on").is_null() & ~nw.col("outcome").is_null()
    taken = data[LEAD].filter(nw.col("scheme") != SCHEME, decided | (nw.col("state") != "new"))
    placed = taken.with_columns(
        nw.when(decided)
        .then(counts.month_of("decided_on"))
        .otherwise(nw.lit(data.as_of_month))
        .cast(nw.Int32)
        .alias("month_index"),
        nw.when(decided).then(nw.col("outcome")).alias("outcome"),
    )
    told = nw.col("outcome").fill_null("")
    confirmed = (
        nw.when(told.is_in(CONFIRMED)).then(nw.lit(value=True)).when(told.is_in(REFUTED)).then(nw.lit(value=False))
    )
    return behind(placed, confirmed, "state")
