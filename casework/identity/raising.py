"""Which pairs of a snapshot are leads, and about whom?

One lead a pair of which at least one was ever covered, or is applying. It is about the one who was covered later; if
only one ever was, about that one; otherwise about the greater person_id.
"""

from dataclasses import dataclass
from math import log2
from typing import Final

import polars as pl

from casework.dataset import Tables
from casework.identity.aided import aided, both_covered
from casework.identity.judging import NUMBER_SAME, NUMBER_SLIP, judged
from casework.identity.learning import SHIPPED
from casework.identity.levels import FIELDS, LEVELS, UNKNOWN, sided
from casework.identity.limits import Limits
from casework.identity.names import forms
from casework.identity.people import TRAITS
from casework.identity.register import register
from casework.identity.weights import NUMBER_SAME as CHANCE
from casework.policy import Policy
from casework.tables import PERSON

PRIOR: Final = "prior"
SHIFTED: Final = 1


@dataclass(frozen=True, slots=True)
class Raised:
    """`pairs`: one row a lead. `undecided`: a row for each pair that could not be compared: too many, or no name."""

    pairs: pl.DataFrame
    undecided: pl.DataFrame


def raised(data: Tables, policy: Policy) -> Raised:
    """Pairs (`subject_id`, `other_id`) with evidence, coverage and months of both.

    `case` number, slip or pair; `fields` and `field_bits` (`;`-separated, in step, the prior first), `bits` (their sum
    but the prior), `prior`, `balance` (with it); `found_by`, `against`; `sharing`: how many have the rarest thing
    shared; `doubtful`; `no_twins`; `covered` both, one or none; `first_month`, `last_month`, `months`, `amount_fen`;
    `household_id` of the subject's aid.
    """
    limits = Limits.of(policy)
    found = judged(register(data, policy, limits), limits)
    every = pl.concat([_weighed(found.pairs), _one_number(data)], how="diagonal_relaxed")
    pairs = _about(data, every.rename({"person_a": "a", "person_b": "b"}))
    months = both_covered(data, pairs.select("a", "b"))
    whole = pairs.join(months, on=["a", "b"], how="left").with_columns(pl.col("months").fill_null(0))
    nameless = _about(data, found.unknown.rename({"person_a": "a", "person_b": "b"}))
    undecided = pl.DataFrame({"pair": pl.int_range(found.left_out + nameless.height, eager=True, dtype=pl.Int64)})
    return Raised(whole.sort("subject_id", "other_id"), undecided)


def _weighed(pairs: pl.DataFrame) -> pl.DataFrame:
    """The evidence of each pair in words that a card can say."""
    rounded = [pl.col(f"{field}_bits").round(2) for field in FIELDS]
    named = [_word(field) for field in FIELDS]
    shown = [pl.when(word.is_not_null()).then(one.cast(pl.String)) for word, one in zip(named, rounded, strict=True)]
    prior = pl.col("prior").round(2)
    slip = pl.col("number") == NUMBER_SLIP
    found = [pl.when(slip).then(pl.lit("slip"))]
    found += [pl.when(pl.col(trait) == 0).then(pl.lit(trait)) for trait in TRAITS]
    against = [pl.when(pl.col(f"{field}_bits") < 0).then(word) for field, word in zip(FIELDS, named, strict=True)]
    against += [pl.when(pl.col("birth") == SHIFTED).then(_word("birth")), pl.when("doubtful").then(pl.lit("twins"))]
    return pairs.select(
        "person_a",
        "person_b",
        pl.when(slip).then(pl.lit("slip")).otherwise(pl.lit("pair")).alias("case"),
        "bits",
        prior.alias("prior"),
        (pl.col("bits") + pl.col("prior")).round(2).alias("balance"),
        pl.concat_str(pl.lit(PRIOR), *named, separator=";", ignore_nulls=True).alias("fields"),
        pl.concat_str(prior.cast(pl.String), *shown, separator=";", ignore_nulls=True).alias("field_bits"),
        pl.concat_str(*found, separator=";", ignore_nulls=True).alias("found_by"),
        pl.concat_str(*against, separator=";", ignore_nulls=True).alias("against"),
        pl.min_horizontal(f"{trait}_count" for trait in TRAITS).alias("sharing"),
        "doubtful",
        "no_twins",
    ).filter(pl.col("case").is_not_null())


def _word(field: str) -> pl.Expr:
    """`name_sound`, `birth_same`, …; null where unknown."""
    words = {level: f"{field}_{name}" for level, name in enumerate(LEVELS[field])}
    known = pl.when(pl.col(field) != UNKNOWN).then(pl.col(field))
    return known.replace_strict(words, default=None, return_dtype=pl.String)


def _one_number(data: Tables) -> pl.DataFrame:
    """Numbers under two names: each once, with the first later name; a mere other spelling if there is no other."""
    rows = data[PERSON].select("person_id", "name", "repeat")
    twice = data.engine.collect(rows).filter(pl.col("person_id").is_duplicated() & pl.col("name").is_not_null())
    spelt = twice.join(forms(twice["name"]).select("name", "variant", "sound", "near"), on="name").sort(
        "repeat", "name"
    )
    first = spelt.unique("person_id", keep="first", maintain_order=True)
    other = spelt.join(first, on="person_id", suffix="_b").filter(pl.col("name") != pl.col("name_b"))
    spelling = (pl.col("variant") == pl.col("variant_b")).alias("spelling")
    other = other.with_columns(spelling).sort("person_id", "spelling", "repeat", "name")
    other = other.unique("person_id", keep="first", maintain_order=True)
    name = (
        pl.when("spelling")
        .then(pl.lit("name_variant"))
        .when(pl.col("sound") == pl.col("sound_b"))
        .then(pl.lit("name_sound"))
        .when(pl.col("near") == pl.col("near_b"))
        .then(pl.lit("name_near"))
        .otherwise(pl.lit("name_other"))
    )
    weight = log2(SHIPPED["number"][NUMBER_SAME] / CHANCE)
    return other.select(
        person_a="person_id",
        person_b="person_id",
        case=pl.lit("number"),
        bits=pl.lit(weight).round(6),
        fields=pl.lit("number_same"),
        field_bits=pl.lit(f"{weight:.2f}"),
        found_by=pl.lit("number"),
        against=name,
        doubtful=pl.lit(value=False),
        no_twins=pl.lit(value=False),
    )


def _about(data: Tables, pairs: pl.DataFrame) -> pl.DataFrame:
    """Those of which one was covered or is applying: `subject_id`, `other_id`, `covered`, the subject's household."""
    known = aided(data, sided(pairs)).with_columns(aided=pl.lit(value=True))
    both = pairs.join(known, left_on="a", right_on="person_id", how="left")
    both = both.join(known, left_on="b", right_on="person_id", how="left", suffix="_b")
    both = both.filter(pl.col("aided").is_not_null() | pl.col("aided_b").is_not_null())
    one, two = pl.col("first_index"), pl.col("first_index_b")
    later = pl.when(one.is_null() & two.is_null()).then(None).otherwise(one.fill_null(-1) > two.fill_null(-1))
    tied = one.eq_missing(two)
    a_is_it = pl.when(tied).then(pl.col("a") > pl.col("b")).otherwise(later)
    apart = pl.col("a") != pl.col("b")
    covered = pl.when(apart & one.is_not_null() & two.is_not_null()).then(pl.lit("both"))
    return both.select(
        *pairs.columns,
        pl.when(a_is_it).then("a").otherwise("b").alias("subject_id"),
        pl.when(a_is_it).then("b").otherwise("a").alias("other_id"),
        pl.when(a_is_it).then("household_id").otherwise("household_id_b").alias("household_id"),
        covered.when(one.is_not_null() | two.is_not_null())
        .then(pl.lit("one"))
        .otherwise(pl.lit("none"))
        .alias("covered"),
    )
