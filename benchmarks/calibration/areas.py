"""How often do the questions about areas name a place that is like its peers, and how often one that is not?

Counties of villages whose true shares scatter by a beta distribution, so that villages differ by more than chance, as
real ones do. In a clean county every village named is named falsely; in a planted one the last village is not like the
others. The drawn counts go through the detectors' own judges: those of `split_village` by size of household, with the
base that the peers of each size predict, `never_exit` by ends among months in force. All villages are of one setting
and large enough, none is a township of small ones. `mass_exit` is no judge of its own: townships over stretches of time
against the same control limit, written here anew.

So many counties a world, 32 worlds, that all is drawn within four minutes on one quiet core: 100 of `split_village`, 40
of `never_exit`, 20 of `mass_exit`. A share of 20 or 40 counties is known to some twenty per cent; ask for more.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casework.statistics import against_peers
from detectors.wrong import never_exit, split_village

COUNTIES: Final = {"split_village": 100, "never_exit": 40, "mass_exit": 20}  # a world
SEED: Final = 20_260_901
Q: Final = 0.05
LIMIT: Final = 0.998
LEAST_SHARE: Final = 0.2
MONTHS: Final = 12
SIZES: Final = (
    4.0,
    4.0,
    3.0,
    2.0,
    1.0,
)  # how common households of one, two, … living together are; their sum: how alike
STRETCHES: Final = 12
AREAS: Final = (10, 30)  # villages, or townships, of a county
SPREADS: Final = (0.05, 0.15)  # around 20 %: mostly within 16 and 24 %; within 8 and 32 %
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


def calibrate(times: int = 1, seed: int = SEED) -> pl.DataFrame:
    """A row a scheme, number of areas, spread between them and effect planted (1: none).

    `times`: so many times the usual counties. `counties` drawn; `tested`, `named`, `false` areas; `any_false`: the
    share of counties in which any area is named falsely, which in a clean county is the false discovery share;
    `false_share` of all named; `power` among those planted.
    """
    worlds = [
        (scheme, areas, spread, effect)
        for scheme, (_, effects) in SCHEMES.items()
        for areas in AREAS
        for spread in SPREADS
        for effect in effects
    ]
    return pl.DataFrame([world(*one, counties=COUNTIES[one[0]] * times, seed=seed) for one in worlds])


def world(scheme: str, areas: int, spread: float, effect: float, *, counties: int, seed: int) -> dict[str, Any]:
    """One row of `calibrate`."""
    judge, _ = SCHEMES[scheme]
    rng = np.random.default_rng([seed, areas, int(spread * 100), int(effect * 100)])
    drawn = [judge(rng, areas, spread, effect) for _ in range(counties)]  # who was named, who was planted
    named = sum(int(one.sum()) for one, _ in drawn)
    wrong = [int((one & ~planted).sum()) for one, planted in drawn]
    planted = sum(int(flags.sum()) for _, flags in drawn)
    right = named - sum(wrong)
    return {
        "scheme": scheme,
        "areas": areas,
        "spread": spread,
        "effect": effect,
        "counties": counties,
        "tested": sum(len(one) for one, _ in drawn),
        "named": named,
        "false": sum(wrong),
        "any_false": sum(count > 0 for count in wrong) / len(drawn),
        "false_share": sum(wrong) / named if named else None,
        "power": right / planted if planted else None,
    }


def _shares(rng: np.random.Generator, mean: float, spread: float, size: int) -> NDArray[np.float64]:
    """True shares; `spread`: their standard deviation by that of one case."""
    if spread == 0:
        return np.full(size, mean)
    strength = 1 / spread**2 - 1
    return rng.beta(mean * strength, (1 - mean) * strength, size)


def _split(rng: np.random.Generator, areas: int, spread: float, effect: float) -> tuple[Flags, Flags]:
    """Awards of larger households that cover only some: one in ten, in the planted village `effect` times as many."""
    shares = _shares(rng, 0.1, spread, areas)
    planted = _last(areas, effect)
    short = np.where(planted, np.minimum(shares * effect, 0.95), shares)
    mixes = rng.dirichlet(SIZES, areas)  # villages differ by the size of their households
    each = rng.multinomial(rng.integers(30, 150, areas), mixes)
    part = rng.binomial(each, short[:, None] * (np.arange(len(SIZES)) > 0))  # who lives alone is never short
    size = np.tile(np.arange(1, len(SIZES) + 1), areas)
    awards, missing = each.ravel(), part.ravel()
    sizes = _placed(np.repeat(np.arange(areas), len(SIZES))).with_columns(
        pl.Series("size", size),
        pl.Series("awards", awards),
        pl.Series("short", missing),
        pl.Series("together", size * awards),
        pl.Series("covered", size * awards - (size - 1) * missing),
        apart=pl.lit(0),
        villages=pl.lit(1),
        enough=pl.lit(value=True),
    )
    found = split_village.judged(sizes.filter(pl.col("awards") > 0)).sort("area")
    fewer = found["per_award"] < found["expected_per_award"]
    return (fewer & (found["q"] <= Q)).fill_null(value=False).to_numpy(), planted


def _never(rng: np.random.Generator, areas: int, spread: float, effect: float) -> tuple[Flags, Flags]:
    """Ends among months in force: 12 % of awards a year; the spread of a year; effect 0: none ever ends."""
    whole = rng.integers(30, 110, areas) * MONTHS
    shares = 1 - (1 - np.minimum(_shares(rng, 0.12, spread, areas), 0.99)) ** (1 / MONTHS)
    planted = _last(areas, effect)
    part = rng.binomial(whole, np.where(planted, shares * effect, shares))
    one = _placed(np.arange(areas)).with_columns(
        pl.Series("part", part), pl.Series("whole", whole), tested=pl.lit(value=True)
    )
    named = (never_exit.judged(one)["q"] <= Q).fill_null(value=False).to_numpy()
    return np.asarray(named & (part == 0)), planted


def _mass(rng: np.random.Generator, areas: int, spread: float, effect: float) -> tuple[Flags, Flags]:
    """Townships over stretches of time, 4 % ended in each; `areas` townships, in one the last stretch is planted."""
    whole = np.repeat(rng.integers(40, 500, areas), STRETCHES)
    time = np.tile(np.arange(STRETCHES), areas)
    shares = _shares(rng, 0.04, spread, areas * STRETCHES)
    planted = _last(areas * STRETCHES, effect)
    part = rng.binomial(whole, np.where(planted, np.minimum(shares * effect, 0.95), shares))
    asked = part >= LEAST_SHARE * whole
    found = against_peers(part, whole, time[:, None] != time, asked=asked, level=LIMIT)
    limit = found["high"].fill_null(np.inf).to_numpy()
    return np.asarray(asked & (part > limit)), planted


def _placed(areas: Counts) -> pl.DataFrame:
    """Villages of one county and setting by their numbers, as the detectors' judges want them."""
    return pl.DataFrame({"area": areas}).with_columns(township=pl.lit("t"), county=pl.lit("c"), setting=pl.lit("rural"))


def _last(size: int, effect: float) -> Flags:
    return np.asarray((np.arange(size) == size - 1) & (effect != 1))


Judge = Callable[[np.random.Generator, int, float, float], tuple[Flags, Flags]]
SCHEMES: Final[dict[str, tuple[Judge, tuple[float, ...]]]] = {
    "split_village": (_split, (1.0, 3.0, 6.0)),
    "never_exit": (_never, (1.0, 0.0)),
    "mass_exit": (_mass, (1.0, 6.0, 10.0)),
}
