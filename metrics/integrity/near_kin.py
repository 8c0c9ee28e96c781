"""Of which applications of an official's near kin was the duty towards the public kept, and of which is it unknown?

One row an application, however many officials are near kin of its household; it counts in the month of the decision.
"""

import narwhals as nw

from casework.engine import Frame
from metrics import counts


def by_application(judged: Frame, kept: nw.Expr, *facts: nw.Expr) -> Frame:
    """The rows behind a number. `judged`: a row an application and close official with `has_part` and `perhaps`.

    `kept`: was the duty kept towards this official (null: unknown)? Towards all of them: `in_part`; towards one not:
    not in it. An official whose post may or may not be over the village leaves it undecidable where the duty was not
    kept, and does not count where it was. `officials`: how many counted; `facts` are taken over all of them.
    """
    part, perhaps = nw.col("has_part"), nw.col("perhaps") == 1
    asked = judged.filter(~nw.col("decided_at").is_null()).with_columns(kept.alias("kept"))
    asked = asked.filter(part | (perhaps & ~nw.col("kept").fill_null(value=False)))
    known = asked.with_columns(
        _one(part).alias("officials"),
        _one(part & ~nw.col("kept")).alias("broken"),
        _one(~part | nw.col("kept").is_null()).alias("unknown"),
    )
    key = ("application_no", "region_code", "programme", "accepted_at", "decided_at", "decision")
    whole = known.group_by(*key).agg(nw.col("officials").sum(), nw.col("broken").max(), nw.col("unknown").max(), *facts)
    names = [name for name in whole.collect_schema().names() if name not in {*key, "officials", "broken", "unknown"}]
    told = (
        nw.when(nw.col("broken") == 1).then(nw.lit(value=False)).when(nw.col("unknown") == 0).then(nw.lit(value=True))
    )
    return counts.every(
        whole.select(
            nw.col("application_no").alias("subject"),
            "region_code",
            counts.month_of("decided_at"),
            "programme",
            told.alias("in_part"),
            *("accepted_at", "decided_at", "decision"),
            nw.col("officials").cast(nw.Int64),
            *names,
        )
    )


def _one(held: nw.Expr) -> nw.Expr:
    return nw.when(held.fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
