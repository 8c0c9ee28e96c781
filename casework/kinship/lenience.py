"""Did an official's kin, or all whom they confirmed, fare better than like cases?

Three questions, each among like cases only (a stratum: village, need band, year and what the question adds):

- approved: of those ineligible by their own figures, were more of the marked approved? (exact conditional test)
- faster: were the marked decided in fewer working days? (stratified ranks). Where decisions come in monthly batches,
  the month of acceptance decides how long is waited, and kin told of the aid together apply together: so only those
  accepted in the same month are alike.
- paid: was more paid to the marked beyond the amount due? (stratified ranks)

Two markings: `kin`, the official's near kin against all others the same official confirmed; `all`, all they confirmed
against what others confirmed. Without lenience to kin the official's own cases are as likely to be the one's as the
other's, and each p is as likely as any other. That does not hold of `all`: officials differ innocently in pace, in
season, in what they are given to confirm. So what such differences make (days, pay) raises nobody by itself, and
beside one or two others approvals are not enough: either may be the odd one (`casework.kinship.odd_one`).

The p is of the strata that tell (not all fared alike); effect and counts are of all where both are, so that few odd
strata among many alike are no great effect.
"""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from casework.statistics import excess, false_discovery, greatest_ratio, rank_sum, rate_ratio, ratio_bounds, shift

QUESTIONS: Final = ("approved", "faster", "paid")
MARKINGS: Final = ("kin", "all")
RAISING: Final = {"kin": QUESTIONS, "all": ("approved",)}  # the others are told beside these only
PLACE: Final = {  # what is shown of a stratum
    "approved": ("region_code", "year", "band"),
    "faster": ("region_code", "month", "band"),
    "paid": ("region_code", "year", "band"),
}
ALIKE: Final[dict[str, tuple[str, ...]]] = {  # what else must be alike
    "approved": ("programme",),
    "faster": ("programme", "delegated", "extended", "urgency", "decision"),  # each with lawful times of its own
    "paid": ("programme",),
}
COUNTS: Final = ("hits_marked", "hits", "marked", "whole")  # of a stratum, as `rate_ratio` takes them
TEST: Final = ("county", "official_id", "marking", "question")
COMPARED: Final = ("stratum", "place", "application_id", "value", "marked", "hit", "telling", "others")
FOUND: Final = pl.Schema(
    {
        "county": pl.String(),
        "official_id": pl.Int64(),
        "marking": pl.String(),
        "question": pl.String(),
        "marked": pl.Int64(),
        "whole": pl.Int64(),
        "strata": pl.Int64(),
        "others": pl.Int64(),  # other officials who confirmed what tells; kin: null
        "telling": pl.Int64(),  # marked with a hit where not all fared alike
        "observed": pl.Int64(),  # marked with a hit: approved; sooner than, or beyond due by more than, the middle
        "expected": pl.Float64(),
        "effect": pl.Float64(),  # approved: times the others' rate; else the chance that a marked one is ahead
        "low": pl.Float64(),
        "high": pl.Float64(),
        "shift": pl.Float64(),  # in the question's own unit: working days sooner, half fen more; approved: null
        "p": pl.Float64(),
        "q": pl.Float64(),  # false discovery share among its family of tests
    }
)


def compared(cases: pl.DataFrame, confirmed: pl.DataFrame) -> pl.DataFrame:
    """Every case of every comparison, in strata with marked and others: `TEST`, `stratum`, `place`, `application_id`.

    `cases`: one row an application with `application_id`, what `PLACE` and `ALIKE` name (`month` of the acceptance,
    year x 100 + month), and a value a question, null where it does not ask about it: `approved` (1 or 0, of the
    ineligible), `days`, `beyond_half_fen`. `confirmed`: `application_id`, `official_id`, `kin` (1 or 0).

    Added too: `marked`; `value`, greater is better for the applicant; `hit`: a value of 1 where there are but 0 and 1,
    else above the middle of the stratum; `telling`: not all of the stratum fared alike; `others`: of `all`, how many
    other officials confirmed what is compared where it tells.
    """
    values = {"approved": pl.col("approved"), "faster": -pl.col("days"), "paid": pl.col("beyond_half_fen")}
    found = []
    for question in QUESTIONS:
        asked = _stratified(cases, question, values[question])
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
            both = _both(named, question)
            found.append(both.join(_others(both, confirmed), on="official_id", how="left").select(*TEST, *COMPARED))
    return pl.concat(found).sort(*TEST, "stratum", "value", "marked", "application_id")


def assessed(rows: pl.DataFrame, minimum: int, lift: float) -> pl.DataFrame:
    """One test (`FOUND`) of every comparison with at least so many marked that tell.

    A family of tests is one marking in one county, and of it what raises (`RAISING`) or what is told beside: were all
    one family, many who are rightly named for all their cases, or innocently differ in pace, would lower the bar for
    what is said of kin and of approvals.

    Left out is too who could not be named for approvals, had all of the marked been approved. Which tests are made so
    depends on marks and strata alone, never on how the marked fared, and costs no test its level (Tarone, Biometrics 46
    (1990) 515–522).
    """
    enough = (pl.col("marked") & pl.col("telling")).sum().over(*TEST) >= minimum
    each = list(_each(rows.filter(enough), minimum, lift))
    found = pl.DataFrame(each, schema=FOUND).with_columns(raises().alias("raises"))
    judged = [
        family.with_columns(pl.Series("q", false_discovery(family["p"])))
        for family in found.partition_by("county", "marking", "raises", maintain_order=True)
    ]
    return pl.concat([found.clear(), *judged]).drop("raises").sort(*TEST)


def raises() -> pl.Expr:
    """Does the question, so marked, raise by itself?"""
    of = (
        (pl.col("marking") == marking) & pl.col("question").is_in(questions) for marking, questions in RAISING.items()
    )
    return pl.any_horizontal(of)


def strata(rows: pl.DataFrame) -> pl.DataFrame:
    """Each stratum of each comparison: `TEST`, `stratum`, `place`, `telling` and `COUNTS`."""
    counts = {
        "hits_marked": pl.col("hit") & pl.col("marked"),
        "marked": pl.col("marked"),
        "hits": pl.col("hit"),
    }
    summed = {name: expression.sum().cast(pl.Int64) for name, expression in counts.items()}
    each = rows.group_by(*TEST, "stratum", "place", "telling")
    return each.agg(**summed, whole=pl.len().cast(pl.Int64)).sort(*TEST, "stratum")


def _stratified(cases: pl.DataFrame, question: str, value: pl.Expr) -> pl.DataFrame:
    """Those a question asks about, with `value`, `county`, `place` and `stratum`."""
    place = PLACE[question]
    dashed = pl.col("month").cast(pl.String).str.replace(r"(\d\d)$", "-$1")  # 202403: 2024-03
    said = [pl.col(name).cast(pl.String).fill_null("?") for name in (*place, *ALIKE[question])]
    return (
        cases.with_columns(dashed)
        .select(
            "application_id",
            value.cast(pl.Int64).alias("value"),
            pl.col("region_code").str.slice(0, 6).alias("county"),
            pl.concat_str(said[: len(place)], separator=" ").alias("place"),
            pl.concat_str(said, separator="|").alias("stratum"),
        )
        .filter(pl.col("value").is_not_null())
    )


def _both(rows: pl.DataFrame, question: str) -> pl.DataFrame:
    """Of strata with marked and others everyone, who had a hit, and whether not all fared alike."""
    stratum = ["official_id", "stratum"]
    marked, value = pl.col("marked"), pl.col("value")
    both = marked.any().over(stratum) & ~marked.all().over(stratum)
    differ = value.max().over(stratum) > value.min().over(stratum)
    hit = value == 1 if question == "approved" else value > value.median().over(stratum)
    return rows.filter(both).with_columns(hit.alias("hit"), differ.alias("telling"))


def _others(rows: pl.DataFrame, confirmed: pl.DataFrame) -> pl.DataFrame:
    """How many other officials confirmed the unmarked of each official's strata that tell: `official_id`, `others`."""
    beside = rows.filter(~pl.col("marked") & pl.col("telling")).select("official_id", "application_id")
    by_others = confirmed.select("application_id", pl.col("official_id").alias("other"))
    counted = beside.join(by_others, on="application_id").group_by("official_id").agg(pl.col("other").n_unique())
    return counted.select("official_id", pl.col("other").cast(pl.Int64).alias("others"))


def _each(rows: pl.DataFrame, minimum: int, lift: float) -> Iterator[dict[str, Any]]:
    counted = dict(strata(rows).group_by(*TEST, maintain_order=True))
    for key, one in rows.group_by(*TEST, maintain_order=True):
        table = counted[key]
        expected = float((table["marked"] * table["hits"] / table["whole"]).sum())
        said = dict(zip(TEST, key, strict=True)) | {
            "marked": int(table["marked"].sum()),
            "whole": int(table["whole"].sum()),
            "strata": table.height,
            "others": one["others"][0] if key[2] == "all" else None,
            "telling": int(table.filter("telling")["hits_marked"].sum()),
            "observed": int(table["hits_marked"].sum()),
            "expected": expected,
        }
        if said["question"] == "approved":
            possible = int(table.filter("telling").select(pl.min_horizontal("hits", "marked")).sum().item())
            a, k, m, n = (table.filter("telling")[name].to_numpy() for name in COUNTS)
            if possible < minimum or not greatest_ratio(k, m, n) >= lift:
                continue
            effect = dict(
                zip(("effect", "low", "high"), (rate_ratio(a, k, m, n), *ratio_bounds(a, k, m, n)), strict=True)
            )
            yield said | effect | {"p": excess(a, k, m, n).p}
        else:
            given = (one["value"], one["marked"], one["stratum"])
            ranks, moved = rank_sum(*given), shift(*given)
            effect = {"effect": ranks.superiority, "low": ranks.low, "high": ranks.high, "p": ranks.p}
            yield said | effect | {"shift": moved.value}
