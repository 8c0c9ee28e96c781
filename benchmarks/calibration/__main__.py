"""Do the statistical questions accuse by chance, and what do they find? `python -m benchmarks.calibration`.

200 counties without favour (half of them where kin are poorer, a clan is mobilised, or all are of one surname), some of
a clan that knows better, and some in which a fifth of the officials favour, by odds ratio and number of kin. Every
county goes through kin_excess itself; kin_lenience and the questions about areas are judged on drawn counts (see
`lenience` and `areas`). Prints its figures and writes them to docs/calibration.csv and .md; with `--share 0.1` a tenth
of the counties, `--others 0.1` of those of kin_lenience, into the folder named by `--out`.
"""

import argparse
import math
import time
import zlib
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.calibration import areas, lenience
from benchmarks.calibration.counting import METHODS, OURS, Seen, seen, share, uniformity
from benchmarks.calibration.page import page
from benchmarks.calibration.table import common, of_areas, of_excess, of_lenience
from benchmarks.calibration.world import Kind, Plan

DOCS: Final = Path(__file__).parents[2] / "docs"
NULL: Final[dict[Kind, int]] = {"plain": 100, "needier": 34, "clan": 33, "one_surname": 33}
AHEAD: Final = 33
ODDS: Final = (1.0, 2.0, 4.0, 8.0)
KIN: Final = (10, 20, 40)
FAVOURING: Final = 3
EACH: Final = 25  # counties an odds ratio and number of kin
SEED: Final = 20_260_101


def main() -> None:
    """Draw, ask, print, write."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--share", type=float, default=1.0)
    said.add_argument("--others", type=float, default=1.0)
    said.add_argument("--out", type=Path, default=DOCS)
    asked = said.parse_args()
    begun = time.perf_counter()
    null = [_drawn(Plan(kind), worlds, asked.share) for kind, worlds in NULL.items()]
    ahead = _drawn(Plan("clan_ahead"), AHEAD, asked.share)
    plans = [Plan(kin=kin, odds=odds, favouring=FAVOURING) for kin in KIN for odds in ODDS]
    plans.append(Plan("needier", odds=4.0, favouring=FAVOURING))
    power = [_drawn(plan, EACH, asked.share) for plan in plans]
    table = pl.concat([_nothing_to_find(null, ahead), _something_to_find(power), _even(null)], how="diagonal")
    fared = lenience.calibrate(math.ceil(lenience.WORLDS * asked.others))
    others = [of_lenience(fared), of_areas(areas.calibrate())]
    seconds = time.perf_counter() - begun
    text = page(table, common(*others), seconds)
    print(text)
    asked.out.mkdir(parents=True, exist_ok=True)
    common(of_excess(table), *others).write_csv(asked.out / "calibration.csv", float_precision=4)
    (asked.out / "calibration.md").write_text(text, encoding="utf-8")


def _drawn(plan: Plan, worlds: int, part: float) -> Seen:
    number = max(1, math.ceil(worlds * part))
    return seen(plan, [int(one) for one in _seeds(plan, number)])


def _seeds(plan: Plan, number: int) -> np.ndarray:
    """Every plan its own, so that no county is another's in disguise."""
    own = zlib.crc32(repr(plan).encode())
    return np.random.default_rng([SEED, own]).integers(1, 2**62, number)


def _nothing_to_find(null: list[Seen], ahead: Seen) -> pl.DataFrame:
    """Where nobody favours every discovery is false: the false discovery share is that of counties with any."""
    rows = []
    for method in METHODS:
        several = [(one.plan.kind, one.alarmed[method], one.false[method], one.worlds) for one in [*null, ahead]]
        without = several[: len(null)]
        whole = ("all four", *(sum(one[place] for one in without) for place in (1, 2, 3)))
        for kind, alarmed, false, worlds in [*without, whole, several[-1]]:
            value, low, high = share(alarmed, worlds)
            rows.append(("no favour", kind, method, worlds, false, value, low, high))
    columns = ("part", "kind", "method", "worlds", "named_falsely", "share", "low", "high")
    return pl.DataFrame(rows, schema=columns, orient="row")


def _something_to_find(power: list[Seen]) -> pl.DataFrame:
    rows = []
    for one in power:
        for method in METHODS:
            favour = one.plan.odds > 1
            true, false = one.true[method], one.false[method]
            value, low, high = share(true, one.worlds * FAVOURING)
            wrong = false if favour else false + true
            false_share, false_low, false_high = share(wrong, true + false)
            rows.append(
                (
                    *("favour", one.plan.kind, method, one.plan.kin, one.plan.odds, one.worlds, true + false, wrong),
                    *(value, low, high, false_share, false_low, false_high),
                )
            )
    columns = (
        *("part", "kind", "method", "kin", "odds", "worlds", "named", "named_falsely"),
        *("share", "low", "high", "false_share", "false_low", "false_high"),
    )
    return pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)


def _even(null: list[Seen]) -> pl.DataFrame:
    rows = [{"part": "uniform", "kind": one.plan.kind, "method": OURS, **uniformity([one])} for one in null]
    return pl.DataFrame([*rows, {"part": "uniform", "kind": "all four", "method": OURS, **uniformity(null)}])


if __name__ == "__main__":
    main()
