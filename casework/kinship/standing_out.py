"""Which comparisons of outcomes stand out, and in which figures is each official's told?"""

import math
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from casework.kinship.lenience import QUESTIONS, TEST, raises, strata
from casework.kinship.odd_one import ALIKE, odd_in_county
from casework.written import chance

LEAD: Final = ("official_id", "marking")
HALF: Final = 0.5  # of the pairs: no difference
TOLD: Final = pl.Schema(
    {
        "official_id": pl.Int64(),
        "marking": pl.String(),
        "case": pl.String(),  # the question with the greatest score
        "causes": pl.String(),  # all of them, separated by ;
        "marked": pl.Int64(),
        "whole_others": pl.Int64(),
        "observed": pl.Int64(),
        "expected": pl.Float64(),
        "excess": pl.Float64(),
        "effect": pl.Float64(),  # times, null: none of the others; faster, paid: in so many of a hundred pairs
        "low": pl.Float64(),
        "high": pl.Float64(),  # null: no bound
        "shift_days": pl.String(),
        "shift_fen": pl.Int64(),
        "p": pl.String(),
        "q": pl.String(),
        "strata": pl.Int64(),
        "beside": pl.String(),  # every stratum, separated by ;
        "score": pl.Float64(),
        "region_low": pl.String(),
        "region_high": pl.String(),
        "since": pl.Date(),
        "until": pl.Date(),
    }
)


def standing_out(
    tests: pl.DataFrame, cases: pl.DataFrame, confirmed: pl.DataFrame, limits: Mapping[str, float]
) -> pl.DataFrame:
    """Of the tests (`casework.kinship.lenience.FOUND`) those to be named, with their `score`.

    `q` at most the limit, no nil effect in its interval; approved: `minimum` approvals or more that tell and the
    `lift`; else the `superiority`, and of speed so many `days`. Of what is told beside only (`raises`), what the same
    official is named for anyway. Of all their cases, beside fewer than `confirmers` others only approvals are told, and
    only where the whole county says who is the odd one (`odd_in_county`, of `cases` and `confirmed`).

    The score is the cautious end of the effect, as odds where it is a chance, so that few cases do not come first.
    """
    of_counts = pl.col("question") == "approved"
    enough = pl.col("telling") >= limits["minimum"]
    great = enough & (pl.col("effect") >= limits["lift"]) & (pl.col("low") > ALIKE)
    soon = (pl.col("question") != "faster") | (pl.col("shift") >= limits["days"])
    ahead = (pl.col("effect") >= limits["superiority"]) & (pl.col("low") > HALF) & soon
    score = pl.when(of_counts).then(pl.col("low")).otherwise(pl.col("low") / (1 - pl.col("low")))
    named = (pl.col("q") <= limits["q"]) & pl.when(of_counts).then(great).otherwise(ahead)
    found = tests.filter(named).with_columns(score.alias("score"), raises().alias("raises"))
    few = (pl.col("marking") == "all") & (pl.col("others") < limits["confirmers"])
    odd = odd_in_county(found.filter(few & of_counts)["official_id"], cases, confirmed, limits)
    settled = found.filter(few & of_counts).join(odd, on=["official_id", "county"], how="semi")
    kept = pl.concat([found.filter(~few.fill_null(value=False)), settled]).sort(*TEST)
    return kept.filter(pl.col("raises").any().over("county", *LEAD)).drop("raises")


def told(raised: pl.DataFrame, rows: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """One row (`TOLD`) an official and marking of what stands out, in the figures of the clearest question that raises.

    `rows`: the cases of the comparisons (`compared`); `cases`: `application_id`, `region_code`, `decided_on`.
    """
    ordered = raised.with_columns(pl.col("question").cast(pl.Enum(QUESTIONS)).alias("order"))
    falling = [False, False, True, True, False, False]
    ranked = ordered.sort(*LEAD, raises(), "score", "order", "county", descending=falling)
    causes = (
        ranked.select(*LEAD, "question", "order")
        .unique()
        .sort(*LEAD, "order")
        .group_by(*LEAD, maintain_order=True)
        .agg(pl.col("question").str.join(";").alias("causes"))
    )
    clearest = ranked.unique(LEAD, keep="first", maintain_order=True).join(causes, on=LEAD)
    own = rows.join(clearest, on=list(TEST), how="semi")
    by_lead = dict(own.group_by(*LEAD))
    tests = clearest.iter_rows(named=True)
    said = [_figures(test, by_lead[test["official_id"], test["marking"]], cases) for test in tests]
    chances = ("p", "q")
    raw = pl.DataFrame(said, schema={**TOLD, **dict.fromkeys(chances, pl.Float64())})
    return raw.with_columns(**{name: chance(pl.col(name)) for name in chances})


def _figures(test: Mapping[str, Any], rows: pl.DataFrame, cases: pl.DataFrame) -> dict[str, Any]:
    question = test["question"]
    hundred = 1 if question == "approved" else 100
    marked = rows.filter("marked").join(cases, on="application_id")
    figures = {name: _bounded(test[name] * hundred) for name in ("effect", "low", "high")}
    return {
        **{name: test[name] for name in (*LEAD, "causes", "marked", "observed", "score")},
        **figures,
        "case": question,
        "whole_others": test["whole"] - test["marked"],
        "expected": round(test["expected"], 2),
        "excess": round(test["observed"] - test["expected"], 2),
        "shift_days": f"{test['shift']:g}" if question == "faster" else None,
        "shift_fen": round(test["shift"] / 2) if question == "paid" else None,
        **{name: test[name] for name in ("p", "q")},
        "strata": test["strata"],
        "beside": ";".join(_beside(rows)),
        "region_low": marked["region_code"].min(),
        "region_high": marked["region_code"].max(),
        "since": marked["decided_on"].min(),
        "until": marked["decided_on"].max(),
    }


def _bounded(effect: float) -> float | None:
    return None if math.isinf(effect) else round(effect, 2)


def _beside(rows: pl.DataFrame) -> list[str]:
    """Each stratum as one line: village, year, band, hits by number of the marked, hits by number of the others."""
    others = (pl.col("hits") - pl.col("hits_marked"), pl.col("whole") - pl.col("marked"))
    line = pl.format("{} {}/{} {}/{}", pl.col("place"), "hits_marked", "marked", *others)
    return strata(rows).select(line.alias("line"))["line"].to_list()
