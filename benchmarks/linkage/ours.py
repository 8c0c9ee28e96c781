"""How do we find the pairs, on the same records as the others? As shipped: the limits are the tuning's.

`python -m benchmarks.linkage.ours RECORDS.parquet OUT.parquet`: writes `record_a`, `record_b`, `score` (bits above the
limit), prints the seconds from reading to pairs, numbers into tokens included.
"""

import sys
import time
from datetime import date
from pathlib import Path

import polars as pl

from casework.identity.limits import Limits
from casework.identity.linking import linked
from casework.intake.persons import keys, read_numbers, tokens
from casework.policy import Policy

KEY = bytes(32)  # of a workspace that nobody has
AS_OF = date(2025, 12, 31)


def pairs(rows: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """The records as an import would hand them on, linked."""
    numbers = read_numbers(rows["id_no"].unique(), AS_OF, KEY)
    told = numbers.select(id_no="cell", number="person_id", id_state="state", whole="number")
    joined = rows.join(told, on="id_no", how="left", maintain_order="left")
    persons = joined.select(
        "number",
        "name",
        "sex",
        "born_on",
        "phone",
        "account_no",
        "address",
        "id_state",
        person_id="record",
        household=pl.col("household").cast(pl.String),
        county=pl.lit("990101"),  # wherever they were registered, here they are in one county's papers
        id_area_birth=tokens(joined["whole"].str.slice(0, 14), KEY, "area_birth"),
    )
    slips = keys(numbers.drop_nulls("number").unique("person_id"), KEY).rename({"person_id": "number"})
    found = linked(persons, slips, limits=limits)
    return found.select(record_a="person_a", record_b="person_b", score=pl.col("bits") - limits.bits)


def main() -> None:
    """Once."""
    rows = pl.read_parquet(sys.argv[1])
    limits = Limits.of(Policy.shipped())
    begun = time.perf_counter()
    found = pairs(rows, limits)
    seconds = time.perf_counter() - begun
    found.write_parquet(Path(sys.argv[2]))
    print(f"{seconds:.2f}")


if __name__ == "__main__":
    main()
