"""Is a truth the truth of the world in the snapshot?

Worlds number their awards and applications alike, so the truth of another world would be compared without a word, and
every figure would be wrong. It is refused where it names another world, or a subject that the snapshot does not have.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.errors import CaseworkError
from casework.tables import APPLICATION, AWARD, COMPLAINT, HOUSEHOLD, PAYMENT, PERSON, REGION, Table
from casework.text import Text
from metrics.evaluation.truth import PERSONS

# Where the subjects of a kind are to be found; persons and officials: the identity table.
PLACES: Final[dict[str, tuple[tuple[Table, str], ...]]] = {
    "household": ((HOUSEHOLD, "household_no"),),
    "application": ((APPLICATION, "application_no"),),
    "award": ((AWARD, "award_no"),),
    "complaint": ((COMPLAINT, "complaint_no"),),
    "region": ((REGION, "region_code"),),
    "account": ((PAYMENT, "account_no"), (PERSON, "account_no")),
}


def of_this_world(named: pl.DataFrame, data: Tables, identity: pl.DataFrame, *, world: str | None = None) -> None:
    """Refuse a truth that is not of this snapshot.

    `named`: the truth as `as_in_snapshot` gives it; `identity`: person_id of everyone in the snapshot; `world`: the
    name in the truth's file, None where it has none.

    Raises:
        CaseworkError: another world's name, or subjects that the snapshot does not have.
    """
    if world is not None and world != data.manifest.name:
        raise CaseworkError(
            Text(
                f"真值属于另一份数据“{world}”,当前数据为“{data.manifest.name}”;请使用同一世界的真值",
                f'the truth is of another world, "{world}", the data are "{data.manifest.name}"; name its own truth',
            )
        )
    subjects = named.select("subject_kind", "subject").unique()
    strangers = pl.concat([_strangers(rows, data, identity) for rows in subjects.partition_by("subject_kind")])
    if strangers.height:
        kind, subject = strangers.sort("subject_kind", "subject").row(0)
        shown = f"…{subject[-4:]}" if kind in PERSONS else subject
        raise CaseworkError(
            Text(
                f"真值中有 {strangers.height} 个对象不在当前数据中(共 {subjects.height} 个),如 {kind} {shown};"
                "请使用同一世界的真值",
                f"{strangers.height} of {subjects.height} subjects of the truth are not in the data, such as {kind} "
                f"{shown}; name the truth of the same world",
            )
        )


def _strangers(rows: pl.DataFrame, data: Tables, identity: pl.DataFrame) -> pl.DataFrame:
    """Those of one kind that the snapshot does not have."""
    kind = str(rows["subject_kind"][0])
    if kind in PERSONS:
        return rows.join(identity.select(subject=pl.col("person_id").cast(pl.String)), on="subject", how="anti")
    for table, column in PLACES.get(kind, ()):
        meant = data.engine.place(rows.select("subject").rename({"subject": column}))
        there = data.engine.collect(data[table].select(nw.col(column)).join(meant, on=column, how="semi").unique())
        rows = rows.join(there, left_on="subject", right_on=column, how="anti")
    return rows
