"""What of compared scenarios may be shared, so that no small cell tells of a household?

Counts from 1 to one below the least are hidden, and every number that rests on one; 0 is told. What adds up is looked
at as one family (the regions of a region, the groups of a kind, those who come, go and stay, the classes of winners and
losers): where one of it would be hidden alone the others would tell it, so the next smallest is hidden with it.

A change of a count is a count. Where it is hidden the later of its two numbers is hidden too ("2,773 → *"), or the two
would tell it; and where only few households have more or less, so is every sum of money and every share of the later.
A change is also hidden where either of its two is. Hidden is null, and `hidden` says so.
"""

from typing import Final

import numpy as np
import polars as pl

from casework.regions import UNASSIGNED
from metrics.whatif.compared import BASELINE
from metrics.whatif.measure import MEASURES
from metrics.whatif.population import Flag

LEAST: Final = 10  # households; more where the tuning `small_cell` says more
COUNTED: Final = ("households", "persons")  # units
_NUMBERS: Final = ("value", "low", "high")
_DIGITS: Final = (9, 6, 4, 2)
_PLACES: Final = 12
_CELL: Final = ["scenario", "region_code", "group"]
_SIDES: Final = ("one", "other")  # of a difference "a-b"
_CHANGED: Final = "changed_households"
_SAID: Final = {"newly_in": "newly_in_households", "newly_out": "newly_out_households"}  # classes that are measures too
_PARTS_OF_COST: Final = ("judged_cost", "untold_cost")
# What adds up in a difference, the number that a reader misses most last.
_SUMS: Final[tuple[tuple[str, ...], ...]] = (
    ("gain_more", "gain_less", "lose_less", "lose_more", "unknown", _CHANGED),
    ("same", _CHANGED),
    ("gain_more", "gain_less", "gaining_households"),
    ("lose_less", "lose_more", "losing_households"),
    ("unknown", "gaining_households", "losing_households", _CHANGED),
    ("newly_in_households", "newly_out_households", "roll_households"),
    ("stay", "newly_in_households"),
    ("stay", "newly_out_households"),
    ("untold_households", "newly_told_households", "unjudged_households"),
)
_RESTS: Final = pl.DataFrame(
    [(card.id, of, card.unit in COUNTED, card.unit == "fen", card.between) for card in MEASURES for of in card.counts],
    schema=["measure", "of", "counted", "money", "between"],
    orient="row",
)


def shared(measures: pl.DataFrame, moves: pl.DataFrame, least: int = LEAST) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`compared.measures` and `compared.moves` of the same outcomes, each with a column `hidden`."""
    pairs = differences(pl.concat([measures["scenario"], moves["scenario"]]).unique().to_list())
    rows = _counts(measures, moves)
    difference = pl.col("scenario").is_in(pairs["scenario"].to_list())
    levels = _flagged(rows.filter(~difference), least)
    apart = rows.filter(difference).join(pairs, on="scenario", how="left", maintain_order="left")
    changes, later = _of_changes(apart, levels, least)
    few = _flagged(apart.filter(pl.col("of") == _CHANGED), least).filter("hidden")
    rest = measures.filter(~pl.col("unit").is_in(COUNTED)).select("measure").unique()
    marks = [
        _resting(levels.filter("hidden")),
        _resting(changes, pl.col("between") | ~pl.col("money")),
        _resting(later, ~pl.col("between") & ~pl.col("money")),
        few.join(rest, how="cross"),
        few.with_columns(scenario="one").join(rest, how="cross"),
    ]
    hidden = pl.concat([one.select(*_CELL, "measure") for one in marks]).unique()
    hidden = pl.concat([hidden, *_of_either(hidden, pairs)]).unique()
    cost = hidden.filter(pl.col("measure") == "cost").select(_CELL)
    hidden = pl.concat([hidden, *(cost.with_columns(measure=pl.lit(part)) for part in _PARTS_OF_COST)])
    classes = changes.select(*_CELL, pl.col("of").replace({said: name for name, said in _SAID.items()}).alias("class"))
    return _veiled(measures, hidden, _NUMBERS), _veiled(moves, classes, COUNTED)


def differences(names: list[str]) -> pl.DataFrame:
    """The differences among the names, with the `one` and the `other` they are of; a name may hold a hyphen itself."""
    known = set(names)
    plain = [BASELINE, *sorted(name.removesuffix(f"-{BASELINE}") for name in names if name.endswith(f"-{BASELINE}"))]
    found = [(f"{one}-{other}", one, other) for one in plain for other in plain if f"{one}-{other}" in known]
    return pl.DataFrame(found, schema=dict.fromkeys(("scenario", *_SIDES), pl.String()), orient="row")


def _counts(measures: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """Every count of households once: its cell, what it is `of`, how many, and the region above."""
    own = measures.filter(pl.col("unit") == "households").select(*_CELL, of="measure", value=pl.col("value").abs())
    classes = moves.select(*_CELL, of=pl.col("class").replace(_SAID), value="households")
    rows = pl.concat([own, classes]).unique([*_CELL, "of"], keep="first").sort(*_CELL, "of")
    codes = rows["region_code"].unique()
    above = pl.DataFrame({"region_code": codes, "parent": _parents(codes.to_list())})
    kind = pl.col("group").str.split(":").list.first()
    return rows.join(above, on="region_code", how="left", maintain_order="left").with_columns(kind=kind)


def _of_changes(rows: pl.DataFrame, levels: pl.DataFrame, least: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The changes that are hidden, and the later numbers that are hidden with them, until nothing more is."""
    keys = [*_CELL, "of"]
    below = levels.filter("hidden").select(keys)
    later = below.clear()
    while True:
        hidden = _flagged(rows, least, _either(rows, pl.concat([below, later]))).filter("hidden")
        more = pl.concat([later, hidden.with_columns(scenario="one").select(keys)]).unique()
        if more.height == later.height:
            return hidden.select(keys), later
        later = more


def _either(rows: pl.DataFrame, hidden: pl.DataFrame) -> pl.Series:
    """Of which changes one of the two numbers is hidden?"""
    marked = rows
    for side in _SIDES:
        on = [side, "region_code", "group", "of"]
        mine = hidden.rename({"scenario": side}).select(*on, pl.lit(value=True).alias(f"of_{side}")).unique()
        marked = marked.join(mine, on=on, how="left", maintain_order="left")
    return marked.select(pl.any_horizontal(pl.col("of_one", "of_other").fill_null(value=False))).to_series()


def _flagged(rows: pl.DataFrame, least: int, seeded: pl.Series | None = None) -> pl.DataFrame:
    """The counts with `hidden`: the small, the `seeded` unless they are 0, and what would tell one of them."""
    some = rows.with_row_index("at")
    small = rows["value"] < least if seeded is None else (rows["value"] < least) | seeded
    start = (small & (rows["value"] > 0)).fill_null(value=False).to_numpy().copy()
    return some.with_columns(hidden=pl.Series(_closed(start, _families(some)), dtype=pl.Boolean))


def _families(rows: pl.DataFrame) -> pl.DataFrame:
    """`family`, `at`, `last`: what adds up to what; whoever is `last` is hidden after the others."""
    some = rows.filter(pl.col("value") > 0)
    kinds = some.filter(pl.col("kind") != "").select(total="kind").unique()

    def family(name: str, *columns: str, last: int = 0) -> list[pl.Expr]:
        joined = pl.concat_str([pl.lit(name), *columns], separator="|").alias("family")
        return [joined, pl.col("at"), pl.lit(last).alias("last"), pl.col("value")]

    found = [
        some.filter(pl.col("parent").is_not_null()).select(family("in", "scenario", "parent", "group", "of")),
        some.select(family("in", "scenario", "region_code", "group", "of", last=1)),
        some.filter(pl.col("group") != "").select(family("group", "scenario", "region_code", "kind", "of")),
        some.filter(pl.col("group") == "")
        .join(kinds, how="cross")
        .select(family("group", "scenario", "region_code", "total", "of", last=1)),
    ]
    for place, names in enumerate(_SUMS):
        for last, name in enumerate(names):
            found.append(some.filter(pl.col("of") == name).select(family(f"sum {place}", *_CELL, last=last)))
    return pl.concat(found).sort("family", "last", "value", "at")


def _closed(hidden: Flag, families: pl.DataFrame) -> Flag:
    """Until no family has one hidden alone: the first of its others is hidden with it."""
    if families.is_empty():
        return hidden
    at = families["at"].to_numpy()
    starts = np.flatnonzero(families["family"].is_first_distinct().to_numpy())
    sizes = np.diff(np.append(starts, len(at)))
    while True:
        mine = hidden[at]
        alone = (np.add.reduceat(mine.astype(np.int64), starts) == 1) & (sizes > 1)
        if not alone.any():
            return hidden
        first = np.minimum.reduceat(np.where(mine, len(at), np.arange(len(at))), starts)
        hidden[at[first[alone]]] = True


def _resting(hidden: pl.DataFrame, which: pl.Expr | None = None) -> pl.DataFrame:
    """The measures of the same cell that rest on a hidden count."""
    rests = _RESTS if which is None else _RESTS.filter(which)
    return hidden.join(rests, on="of").select(*_CELL, "measure")


def _of_either(hidden: pl.DataFrame, pairs: pl.DataFrame) -> list[pl.DataFrame]:
    """The changes of which one of the two numbers is hidden."""
    return [
        hidden.join(pairs.select(side, told="scenario"), left_on="scenario", right_on=side).select(
            pl.col("told").alias("scenario"), "region_code", "group", "measure"
        )
        for side in _SIDES
    ]


def _parents(codes: list[str]) -> list[str | None]:
    """The nearest code above that is among these."""
    known = set(codes)
    return [next((each for each in _above(code) if each in known and each != code), None) for code in codes]


def _above(code: str) -> list[str]:
    if code.endswith(UNASSIGNED):
        return [code.removesuffix(UNASSIGNED)]
    return [*(code[:digits].ljust(_PLACES, "0") for digits in _DIGITS), "0" * _PLACES]


def _veiled(rows: pl.DataFrame, hidden: pl.DataFrame, numbers: tuple[str, ...]) -> pl.DataFrame:
    """The rows in their order, the numbers of the hidden ones null."""
    keys = hidden.columns
    marked = rows.join(
        hidden.unique().with_columns(hidden=pl.lit(value=True)), on=keys, how="left", maintain_order="left"
    )
    told = marked.with_columns(pl.col("hidden").fill_null(value=False))
    return told.with_columns(pl.when(~pl.col("hidden")).then(pl.col(name)).alias(name) for name in numbers)
