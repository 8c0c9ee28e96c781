"""Which households with a statement were on dibao in which year, in which band of need, and until when is that asked?

A household is asked from the year of its first statement on, once a year, and no more after its first year on dibao:
five years on aid are one grant, not five. So what is counted is who comes on aid among those who are not yet (the
discrete-time form of the log-rank test; Cox, Journal of the Royal Statistical Society B 34 (1972) 187–202, §6).

Need and village are those of the year's last day (of the running year: `as_of`), the same for those on aid and not.
"""

from datetime import date
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows, household_region
from casework.means.band import edges, with_band
from casework.means.figures import YEAR
from casework.means.members import members_on
from casework.means.statement import statements
from casework.means.veto import excluding, vetoes
from casework.policy import Policy
from casework.tables import AWARD

PROGRAMME: Final = "dibao"
KEY: Final = ("household_id", "year")
EPOCH: Final = date(1970, 1, 1)


def asked_years(data: Tables, policy: Policy) -> Frame:
    """One row a household and year it is asked about.

    `household_id`, `year`, `day` (the year's last), `middle` (1 July; both days since 1970-01-01, neither after
    `as_of`), `region_code` (village), `band` (Int8; whom an exclude veto shuts out are a band of their own; null:
    unknown), `on_aid` (1 or 0: covered in some month of the year), `aid_month` (year x 12 + month - 1 in which the
    award that covers it began; of several the first; null: not on aid) and `first_aid_month` (the same of the first
    award that ever began by then, whether it is long over or not).
    """
    return data.shared(f"asked_years:{policy.digest}", lambda: _asked_years(data, policy))


def _asked_years(data: Tables, policy: Policy) -> Frame:
    stated = statements(data, policy).filter(nw.col("as_of_day") <= data.as_of_day)
    firsts = stated.group_by("household_id").agg(nw.col("as_of").dt.year().min().cast(nw.Int32).alias("first_year"))
    firsts = once(firsts)
    earliest = data.engine.collect(firsts.select(nw.col("first_year").min())).item()
    calendar = data.engine.place(_calendar(data, data.as_of.year if earliest is None else int(earliest)))
    years = firsts.join(calendar, how="cross").filter(nw.col("year") >= nw.col("first_year")).drop("first_year")
    asked = once(_on_aid(data, household_region(data, years)))
    banded = with_band(data, policy, asked).select(*asked.collect_schema().names(), "band")
    return _leaving(_barred_apart(data, policy, once(banded)))


def _calendar(data: Tables, earliest: int) -> pl.DataFrame:
    """Every year from `earliest` on: its days, and its first and last month; the running one as far as it has come."""
    rows = []
    for year in range(earliest, data.as_of.year + 1):
        last, middle = (min((day - EPOCH).days, data.as_of_day) for day in (date(year, 12, 31), date(year, 7, 1)))
        first_index = year * YEAR
        rows.append((year, last, middle, first_index, min(first_index + YEAR - 1, data.as_of_month)))
    names = ("year", "day", "middle", "first_index", "last_index")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int32()), orient="row")


def _on_aid(data: Tables, years: Frame) -> Frame:
    """Add `on_aid`, `aid_month` and `first_aid_month`, and drop the months of the year."""
    awards = (
        first_rows(data[AWARD])
        .filter((nw.col("programme") == PROGRAMME) & ~nw.col("household_id").is_null())
        .select("household_id", nw.col("from_month_index").alias("starts"), nw.col("to_month_index").alias("ends"))
    )
    begun = years.join(awards, on="household_id", how="inner").filter(nw.col("starts") <= nw.col("last_index"))
    covers = nw.col("ends").is_null() | (nw.col("ends") >= nw.col("first_index"))
    starts = nw.col("starts").cast(nw.Int64)
    told = begun.group_by(*KEY).agg(
        nw.when(covers).then(starts).min().alias("aid_month"), starts.min().alias("first_aid_month")
    )
    joined = years.join(told, on=list(KEY), how="left").drop("first_index", "last_index")
    on_aid = nw.when(nw.col("aid_month").is_null()).then(nw.lit(0)).otherwise(nw.lit(1))
    return joined.with_columns(on_aid.cast(nw.Int64).alias("on_aid"))


def _barred_apart(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """An exclude veto that held on the day is a band of its own, whatever the income."""
    people = members_on(data, rows.filter(~nw.col("band").is_null()))
    owners = people.filter(nw.col("co_living").fill_null(value=False)).select(*KEY, "person_id", "region_code", "day")
    held = vetoes(data, excluding(policy), owners.unique(), by=KEY).select(*KEY, nw.lit(1).alias("barred"))
    apart = nw.lit(len(edges(policy)) + 1)
    band = nw.when((nw.col("barred") == 1) & ~nw.col("band").is_null()).then(apart).otherwise(nw.col("band"))
    return rows.join(held, on=list(KEY), how="left").with_columns(band.cast(nw.Int8).alias("band")).drop("barred")


def _leaving(rows: Frame) -> Frame:
    """Without the years after the first one on aid of which the need is known."""
    known = (nw.col("on_aid") == 1) & ~nw.col("band").is_null()
    first = rows.filter(known).group_by("household_id").agg(nw.col("year").min().alias("last_asked"))
    joined = rows.join(first, on="household_id", how="left")
    return joined.filter(nw.col("last_asked").is_null() | (nw.col("year") <= nw.col("last_asked"))).drop("last_asked")
