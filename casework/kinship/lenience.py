"""Did an official's kin, or all whom they confirmed, fare better than like cases?

Three questions, each among like cases only (a stratum: village, need band, year and what the question adds):

- approved: of those ineligible by their own figures, were more of the marked approved? (exact conditional test)
- faster: were the marked decided in fewer working days? (stratified ranks)
- paid: was more paid to the marked beyond the amount due? (stratified ranks)

Two markings: `kin`, the official's near kin against all others the same official confirmed; `all`, all they confirmed
against what others confirmed. In a world without lenience marks mean nothing, and each p is as likely as any other.
"""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from casework.statistics import excess, false_discovery, rank_sum, shift

QUESTIONS: Final = ("approved", "faster", "paid")
MARKINGS: Final = ("kin", "all")
PLACE: Final = ("region_code", "year", "band")  # what is shown of a stratum
ALIKE: Final[dict[str, tuple[str, ...]]] = {  # what else must be alike
    "approved": ("programme",),
    "faster": ("programme", "delegated", "extended", "urgency", "decision"),  # each with lawful times of its own
    "paid": ("programme",),
}
COUNTS: Final = ("hits_marked", "hits", "marked", "whole")  # of a stratum
TEST: Final = ("county", "official_id", "marking", "question")
COMPARED: Final = ("stratum", "place", "application_id", "value", "marked", "hit")
FOUND: Final = pl.Schema(
    {
        "county": pl.String(),
        "official_id": pl.Int64(),
        "marking": pl.String(),
        "question": pl.String(),
        "marked": pl.Int64(),
        "whole": pl.Int64(),
        "strata": pl.Int64(),
        "observed": pl.Int64(),  # marked with a hit: approved; sooner than, or beyond due by more than, the middle
        "expected": pl.Float64(),
        "effect": pl.Float64(),  # approved: lift; else the chance that a marked one is ahead of another
        "low": pl.Float64(),
        "high": pl.Float64(),
        "shift": pl.Float64(),  # in the question's own unit: working days sooner, half fen more; approved: null
        "p": pl.Float64(),
        "q": pl.Float64(),  # false discovery share among the tests of the county and marking
    }
)


def compared(cases: pl.DataFrame, confirmed: pl.DataFrame) -> pl.DataFrame:
    """Every case of every comparison, in strata that tell: `TEST`, `stratum`, `place`, `application_id`, `marked`.

    `cases`: one row an application with `application_id`, `region_code`, `year`, `band`, what `ALIKE` names, and a
    value a question, null where it does not ask about it: `approved` (1 or 0, of the ineligible), `days`,
    `beyond_half_fen`. `confirmed`: `application_id`, `official_id`, `kin` (1 or 0).

    `value`: greater is better for the applicant; `hit`: a value of 1 where there are but 0 and 1, else above the middle
    of the stratum.
    """
    values = {"approved": pl.col("approved"), "faster": -pl.col("days"), "paid": pl.col("beyond_half_fen")}
    found = []
    for question in QUESTIONS:
        asked = _stratified(cases, ALIKE[question], values[question])
        theirs = asked.join(confirmed, on="application_id")
        strata = theirs.select("official_id", "stratum").unique()
        everyone = asked.join(confirmed.select("application_id").unique(), on="application_id", how="semi")
        own = theirs.select("official_id", "application_id", pl.lit(value=True).alias("marked"))
        of_all = everyone.join(strata, on="stratum").join(own, on=["official_id", "application_id"], how="left")
        pools = {
            "kin": theirs.with_columns(pl.col("kin") == 1).rename({"kin": "marked"}),
            "all": of_all.with_columns(pl.col("marked").fill_null(value=False)),
        }
        for marking in MARKINGS:
            named = pools[marking].with_columns(pl.lit(marking).alias("marking"), pl.lit(question).alias("question"))
            found.append(_telling(named, question).select(*TEST, *COMPARED))
    return pl.concat(found).sort(*TEST, "stratum", "value", "marked", "application_id")


def assessed(rows: pl.DataFrame, minimum: int, lift: float) -> pl.DataFrame:
    """One test (`FOUND`) of every comparison with at least so many marked.

    A family of tests is one marking in one county: were kin and all one family, many who are rightly named for all
    their cases would lower the bar for what is said of kin.

    Left out is too who could not be named for approvals, had all of the marked been approved. Which tests are made so
    depends on marks and strata alone, never on how the marked fared, and costs no test its level (Tarone, Biometrics 46
    (1990) 515–522).
    """
    many = rows.filter(pl.col("marked").sum().over(*TEST) >= minimum)
    found = pl.DataFrame(list(_each(many, minimum, lift)), schema=FOUND)
    judged = [
        family.with_columns(pl.Series("q", false_discovery(family["p"])))
        for family in found.partition_by("county", "marking", maintain_order=True)
    ]
    return pl.concat([found.clear(), *judged]).sort(*TEST)


def strata(rows: pl.DataFrame) -> pl.DataFrame:
    """Each stratum of each comparison: `TEST`, `stratum`, `place`, `hits_marked`, `marked`, `hits`, `whole`."""
    counts = {
        "hits_marked": pl.col("hit") & pl.col("marked"),
        "marked": pl.col("marked"),
        "hits": pl.col("hit"),
    }
    summed = {name: expression.sum().cast(pl.Int64) for name, expression in counts.items()}
    return rows.group_by(*TEST, "stratum", "place").agg(**summed, whole=pl.len().cast(pl.Int64)).sort(*TEST, "stratum")


def _stratified(cases: pl.DataFrame, alike: tuple[str, ...], value: pl.Expr) -> pl.DataFrame:
    """Those a question asks about, with `value`, `county`, `place` and `stratum`."""
    said = [pl.col(name).cast(pl.String).fill_null("?") for name in (*PLACE, *alike)]
    return cases.select(
        "application_id",
        value.cast(pl.Int64).alias("value"),
        pl.col("region_code").str.slice(0, 6).alias("county"),
        pl.concat_str(said[: len(PLACE)], separator=" ").alias("place"),
        pl.concat_str(said, separator="|").alias("stratum"),
    ).filter(pl.col("value").is_not_null())


def _telling(rows: pl.DataFrame, question: str) -> pl.DataFrame:
    """Of strata with marked and others who did not all fare alike, everyone, and who had a hit."""
    stratum = ["official_id", "stratum"]
    marked, value = pl.col("marked"), pl.col("value")
    telling = marked.any().over(stratum) & ~marked.all().over(stratum)
    differ = value.max().over(stratum) > value.min().over(stratum)
    hit = value == 1 if question == "approved" else value > value.median().over(stratum)
    return rows.filter(telling & differ).with_columns(hit.alias("hit"))


def _each(rows: pl.DataFrame, minimum: int, lift: float) -> Iterator[dict[str, Any]]:
    counted = dict(strata(rows).group_by(*TEST, maintain_order=True))
    for key, one in rows.group_by(*TEST, maintain_order=True):
        table = counted[key]
        expected = float((table["marked"] * table["hits"] / table["whole"]).sum())
        said = dict(zip(TEST, key, strict=True)) | {
            "marked": int(table["marked"].sum()),
            "whole": int(table["whole"].sum()),
            "strata": table.height,
            "observed": int(table["hits_marked"].sum()),
            "expected": expected,
        }
        if said["question"] == "approved":
            possible = int(table.select(pl.min_horizontal("hits", "marked")).sum().item())
            if possible < max(minimum, lift * expected):
                continue
            exact = excess(table["hits_marked"], table["hits"], table["marked"], table["whole"])
            yield said | {"effect": exact.lift, "low": exact.low, "high": exact.high, "p": exact.p}
        else:
            given = (one["value"], one["marked"], one["stratum"])
            ranks, moved = rank_sum(*given), shift(*given)
            effect = {"effect": ranks.superiority, "low": ranks.low, "high": ranks.high, "p": ranks.p}
            yield said | effect | {"shift": moved.value}
