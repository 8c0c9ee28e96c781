"""What does a snapshot know of its persons that could tell two of them to be one?

Of several rows of one number the first is the person (contract §1). A person has the phones of themself and their
households, the accounts of themself and of the awards that cover them, and the addresses of their households, at any
time, but for what is of common use. The county is that of the person's village.
"""

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.identity.addresses import accounts, houses, phones
from casework.identity.common import VALUE, inside, institutional, normalised, of_few
from casework.identity.limits import Limits
from casework.identity.people import EARLIEST, LATEST, SPELLS, TRAIT, People, people
from casework.lead import DIGITS, first_rows
from casework.policy import Policy
from casework.tables import BENEFICIARY, HOUSEHOLD, KIN, MEMBER, PAYMENT, PERSON

COUNTY = DIGITS[2]


def register(data: Tables, policy: Policy, limits: Limits) -> People:
    """Everybody whom the person table names."""
    persons, members, homes, held, kin, listed = data.engine.collect_all(
        [_persons(data), _members(data), _homes(data), _accounts(data), _kin(data), institutional(data, policy)]
    )
    known = persons.with_columns(pl.col("region_code").str.slice(0, COUNTY).alias("county"), number="person_id")
    lived = members.join(homes, on="household_id").select("person_id", "address", "place", home_phone="phone").unique()
    traits = [
        persons.select("person_id", kind=pl.lit("phone"), value=phones(pl.col("phone"))),
        lived.select("person_id", kind=pl.lit("phone"), value=phones(pl.col("home_phone"))),
        persons.select("person_id", kind=pl.lit("account"), value=accounts(pl.col("account_no"))),
        held.select("person_id", kind=pl.lit("account"), value=accounts(pl.col("account_no"))),
        _addresses(lived.filter(~inside(pl.col("address"), limits.words))),
    ]
    keys = data.engine.collect(data.derived("id_key", pl.Schema({"person_id": pl.Int64(), "key": pl.Int64()})))
    spells = members.select(
        "person_id",
        household=pl.format("household {}", "household_id"),
        joined=pl.col("joined_on_day").fill_null(EARLIEST),
        left=pl.col("left_on_day").fill_null(LATEST),
    )
    both = pl.concat([spells.cast(SPELLS).select(SPELLS.names()), _of_one_kin(kin)])
    private = pl.concat(traits).cast(TRAIT).join(normalised(listed), on=VALUE, how="anti")
    few = of_few(private, spells.select("person_id", "household"), limits.hub)
    return people(known, few, keys.rename({"person_id": "number"}), both)


def _persons(data: Tables) -> Frame:
    columns = ("person_id", "name", "sex", "born_on", "died_on", "region_code", "phone", "account_no")
    return first_rows(data[PERSON]).select(*columns, "id_state", "id_area_birth")


def _members(data: Tables) -> Frame:
    rows = data[MEMBER].filter(~nw.col("person_id").is_null() & ~nw.col("household_id").is_null())
    return rows.select("household_id", "person_id", "joined_on_day", "left_on_day")


def _kin(data: Tables) -> Frame:
    return data[KIN].select("person_id", nw.col("relative_person_id").alias("relative_id")).unique()


def _of_one_kin(kin: pl.DataFrame) -> pl.DataFrame:
    """Whoever is registered as kin of another is not that other: as if listed together at all times."""
    pairs = kin.drop_nulls().filter(pl.col("person_id") != pl.col("relative_id"))
    named = pairs.with_columns(household=pl.format("kin {} {}", "person_id", "relative_id"))
    always = {"joined": pl.lit(EARLIEST, pl.Int32), "left": pl.lit(LATEST, pl.Int32)}
    sides = [named.select("household", pl.col(side).alias("person_id"), **always) for side in pairs.columns]
    return pl.concat(sides).cast(SPELLS).select(SPELLS.names())


def _homes(data: Tables) -> Frame:
    return first_rows(data[HOUSEHOLD]).select("household_id", "address", "phone", nw.col("region_code").alias("place"))


def _accounts(data: Tables) -> Frame:
    """The accounts that the awards covering each person were paid into."""
    paid = data[PAYMENT].filter(~nw.col("account_no").is_null()).select("award_id", "account_no").unique()
    rows = data[BENEFICIARY].select("award_id", "person_id").unique()
    return rows.join(paid, on="award_id", how="inner").select("person_id", "account_no").unique()


def _addresses(lived: pl.DataFrame) -> pl.DataFrame:
    placed = houses(lived.select("address", "place").unique().filter(pl.col("address").is_not_null()))
    joined = lived.select("person_id", "address", "place").join(placed, on=["address", "place"], nulls_equal=True)
    return joined.select("person_id", kind=pl.lit("address"), value="value").unique()
