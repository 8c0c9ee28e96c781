"""Who confirmed an application, and was it one of their own near kin?

Contract §5, kin_lenience: the first or second actor of a confirm step. Of near kin: on the acceptance day a member of
the household, co-living or not, is the official or near kin of theirs.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.staff import ACTORS, close_staff
from casework.policy import Policy
from casework.tables import STEP

CONFIRM: Final = "confirm"
TIE: Final = ("member_id", "via_1", "via_2")  # by which path the household is theirs; see `close_staff`


def confirmed(data: Tables, policy: Policy) -> Frame:
    """Each `application_id` with each `official_id` who confirmed it, once; `kin` 1 or 0, and the path of the tie."""
    steps = data[STEP].filter(nw.col("step") == CONFIRM)
    actors = [steps.select("application_id", nw.col(actor).alias("official_id")) for actor in ACTORS]
    pairs = nw.concat(actors).filter(~nw.col("official_id").is_null()).unique()
    close = close_staff(data, policy).select("application_id", "official_id", *TIE, nw.lit(1).alias("kin"))
    joined = pairs.join(close, on=["application_id", "official_id"], how="left")
    return joined.with_columns(nw.col("kin").fill_null(0).cast(nw.Int8))
