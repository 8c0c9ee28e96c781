"""Who confirmed the applications of whose near kin, and what does the office's own division of work predict?

A favour is an approved application that an official, first or second actor of its confirm step, confirmed for near kin
of another (on the acceptance day, or the other themself), while neither close to the household nor joined by the other
in that step: either would be a case of one's own. To leave a case of one's own kin to a colleague is what the law asks.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.staff import ACTORS, close_staff
from casework.lead import first_rows
from casework.policy import Policy
from casework.tables import APPLICATION, STEP

ARC: Final = ("one", "other")
STRATUM: Final = ("office", "year", "programme")
PATH: Final = ("member_id", "via_1", "via_2", "certainty")


def favours(data: Tables, policy: Policy) -> Frame:
    """One row a favour: `one` and `other` (person ids), `application_id`, `household_id`, `region_code`, `accepted_at`.

    And the path of kin from the other to the household: `member_id`, `via_1`, `via_2`, `certainty`.
    """
    close = _approved(data, policy)
    confirmed = once(_confirmed(data, close))
    own = close.select("application_id", nw.col("official_id").alias("one"))
    theirs = confirmed.select("application_id", nw.col("one").alias("official_id"))
    apart = close.join(theirs, on=["application_id", "official_id"], how="anti")
    return (
        apart.join(confirmed, on="application_id", how="inner")
        .with_columns(nw.col("official_id").alias("other"))
        .filter(nw.col("one") != nw.col("other"))
        .join(own, on=["application_id", "one"], how="anti")
        .select(*ARC, "application_id", "household_id", "region_code", "accepted_at", *PATH)
    )


def nobody_named(data: Tables, policy: Policy) -> Frame:
    """Approved applications of an official's near kin (`application_id`) whose confirm step names nobody who acted."""
    close = _approved(data, policy).select("application_id").unique()
    steps = data[STEP].filter(nw.col("step") == "confirm").select("application_id").unique()
    return close.join(steps, on="application_id", how="semi").join(
        _confirmed(data, close), on="application_id", how="anti"
    )


def divided(data: Tables, policy: Policy, arcs: Frame) -> Frame:
    """What each arc (`one`, `other`) is compared with, a row an office, year and programme with kin of the other.

    `whole` approved applications of which it is known who confirmed them, `marked` of the other's kin, `hits` confirmed
    by the one, `both`. Left out are those the other confirmed and those of the one's own kin: who must stand aside is
    nobody's choice.
    """
    close = _approved(data, policy)
    rows = (
        first_rows(data[APPLICATION])
        .filter((nw.col("decision") == "approved") & ~nw.col("accepted_at_day").is_null())
        .select(
            "application_id",
            nw.col("region_code").alias("office"),
            nw.col("accepted_at").dt.year().cast(nw.Int32).alias("year"),
            "programme",
        )
    )
    kin = close.select("application_id", nw.col("official_id").alias("person")).unique()
    marked = arcs.join(kin, left_on="other", right_on="person", how="inner").join(rows, on="application_id")
    places = once(marked.select(*ARC, *STRATUM).unique())
    offices = places.select(*STRATUM).unique()
    there = once(rows.join(offices, on=list(STRATUM), how="semi"))
    confirmed = once(_confirmed(data, there))
    acted = confirmed.select("application_id", nw.col("one").alias("person"))
    known = there.join(confirmed, on="application_id", how="semi")
    flagged = places.join(known, on=list(STRATUM), how="inner")
    for flag, whose, end in (
        ("kin", kin, "other"),
        ("own", kin, "one"),
        ("did", acted, "one"),
        ("aside", acted, "other"),
    ):
        rows_of = whose.select("application_id", nw.col("person").alias(end), nw.lit(1).alias(flag))
        flagged = flagged.join(rows_of, on=["application_id", end], how="left")
    flagged = flagged.with_columns(nw.col(flag).fill_null(0) for flag in ("kin", "own", "did", "aside"))
    return (
        flagged.filter((nw.col("own") == 0) & (nw.col("aside") == 0))
        .with_columns((nw.col("kin") * nw.col("did")).alias("both"))
        .group_by(*ARC, *STRATUM)
        .agg(
            nw.len().cast(nw.Int64).alias("whole"),
            nw.col("kin").sum().cast(nw.Int64).alias("marked"),
            nw.col("did").sum().cast(nw.Int64).alias("hits"),
            nw.col("both").sum().cast(nw.Int64).alias("both"),
        )
    )


def _approved(data: Tables, policy: Policy) -> Frame:
    return close_staff(data, policy).filter(nw.col("decision") == "approved")


def _confirmed(data: Tables, of: Frame) -> Frame:
    """Who acted in the confirm step of those applications: `application_id`, `one`, each once."""
    steps = data[STEP].filter(nw.col("step") == "confirm").join(of, on="application_id", how="semi")
    actors = nw.concat([steps.select("application_id", nw.col(name).alias("one")) for name in ACTORS])
    return actors.filter(~nw.col("one").is_null()).unique()
