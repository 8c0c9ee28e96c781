"""What else can be asked of a what-if, as tables that may be shared: levers, fronts, doubts, responses, visits?

All of everybody in the data. Nothing here tells of a household: where fewer are counted than may be told a number is
null; counts are rounded to five, money to a hundred yuan and shares to a thousandth, so that two numbers close to each
other tell of nobody between them.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Final

import numpy as np
import polars as pl

from casework.errors import CaseworkError, WrongUsageError
from casework.text import Text
from dashboard.queries import leads as queue
from dashboard.queries.visits import VISIT
from dashboard.whatif import Hear, Result, unheard
from metrics.evaluation import threshold
from metrics.whatif import doubt, pareto, pushed, swept
from metrics.whatif.affordable import moved
from metrics.whatif.bootstrap import REPLICATES, Interval, bootstrap
from metrics.whatif.capacity import CAPACITY_SCHEMA, capacities, together, told
from metrics.whatif.equity import kin_odds
from metrics.whatif.headline import headline
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Real
from metrics.whatif.pushed import Unit
from metrics.whatif.scenario_file import BASELINE
from metrics.whatif.tiers import tiers

_FEN: Final = 100
_STEPS: Final[Mapping[str, float]] = {  # to which a number is rounded
    "cost_fen": 10_000.0,
    "households": 5.0,
    "persons": 5.0,
    "exclusion": 0.001,
    "inclusion": 0.001,
}
_AIMS: Final = ("cost", "poverty_gap", "exclusion")
_DIGITS: Final = 3
_JUDGED: Final = 5  # visits of a band of scores before anything is expected of its others


@dataclass(frozen=True, slots=True)
class Wished:
    """What is written beside the measures: leads and visits with `detectors`, what a month's budget buys."""

    detectors: ModuleType | None = None
    budget_yuan: int | None = None
    seed: int = 1  # of the draws of a sample


def front(result: Result) -> pl.DataFrame:
    """Cost, poverty gap (fen) and exclusion of each scenario, and `best`: none beats it in all three at once.

    Exclusion is of the delivered roll: by the rules nobody eligible is left out. Null: hidden or unknown.
    """
    whole = tiers(result.county.population, result.county.regions)[0].codes[0]
    mine = result.measures.filter(pl.col("region_code") == whole, pl.col("group") == "")
    cells = {(row["scenario"], row["measure"]): row["value"] for row in mine.iter_rows(named=True)}
    rows = []
    for name, outcome in result.outcomes.items():
        left_out = headline(result.county.population, outcome)["exclusion"]
        sure = cells.get((name, "eligible_households")) is not None and np.isfinite(left_out)
        exclusion = round(left_out, _DIGITS) if sure else None
        rows.append((name, cells.get((name, "cost")), cells.get((name, "poverty_gap")), exclusion))
    schema = pl.Schema({"scenario": pl.String()} | dict.fromkeys(_AIMS, pl.Float64()))
    return pareto.front(pl.DataFrame(rows, schema=schema, orient="row"), _AIMS)


def grid(result: Result, name: str = BASELINE) -> pl.DataFrame:
    """Every pair of an urban and a rural multiple, with `best` (`metrics.whatif.swept.pairs`); none of few."""
    return swept.pairs(result.posed(name), result.county.least, int(_STEPS["households"]))


def optimum(result: Result, budget_yuan: float, name: str = BASELINE) -> pl.DataFrame:
    """What each lever buys for a month's budget (`metrics.whatif.optimum`); none of few."""
    return swept.best(result.posed(name), _budget(budget_yuan) * _FEN, result.county.least)


def bracket(
    result: Result, budget_yuan: float, name: str = BASELINE, setting: str = "", by: Unit = "yuan"
) -> pl.DataFrame:
    """The largest standard within a month's budget and the next beyond it, by the real reckoning over all months.

    A row an end ("within", "beyond") and standard: `region` and `urban_rural` where it holds, `standard` (yuan a person
    a month, several in proportion; or with `by` "factor" times the standards now), `month_yuan` (what everybody costs a
    month then, on average, of the layer asked about, rounded away from the budget), `reckonings`. Null: there is no
    such end among what was tried between 1 yuan (a hundredth) and three times the standard.

    Raises:
        WrongUsageError: a budget, setting or unit that is none.
        CaseworkError: no standard is in force there.
    """
    money = _budget(budget_yuan)
    if setting not in ("", "urban", "rural") or by not in ("yuan", "factor"):
        raise WrongUsageError(
            Text(
                f"urban_rural 应为 urban、rural 或空,by 应为 yuan 或 factor;得到 {setting!r}、{by!r}",
                f"urban_rural is urban, rural or empty and by is yuan or factor; found {setting!r}, {by!r}",
            )
        )
    found, now = pushed.largest(result.posed(name), round(money * _FEN) * result.months, setting, by)
    step, rows = _STEPS["cost_fen"], []
    for end, value, cost, whole in (
        ("within", found.low, found.low_cost_fen, math.floor),
        ("beyond", found.high, found.high_cost_fen, math.ceil),
    ):
        month = None if cost is None else whole(cost / result.months / step) * step / _FEN
        if value is None or by == "factor":
            rows.append((end, "", setting, value, month, found.reckonings))
            continue
        for (region, kind), yuan in moved(now, int(value)).items():
            rows.append((end, region, kind or "", float(yuan), month, found.reckonings))
    names = ("end", "region", "urban_rural")
    schema = pl.Schema(
        dict.fromkeys(names, pl.String())
        | {"standard": pl.Float64(), "month_yuan": pl.Float64(), "reckonings": pl.Int64()}
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _budget(yuan: float) -> float:
    if not (math.isfinite(yuan) and yuan > 0):
        raise WrongUsageError(Text(f"预算应为大于 0 的元数,得到 {yuan}", f"a budget is yuan above 0, found {yuan}"))
    return yuan


def levers(result: Result, name: str = BASELINE) -> pl.DataFrame:
    """Every rule a tenth less and a tenth more (`metrics.whatif.tornado`), the one that moves cost most on top."""
    found = _coarse(result, pushed.swings(result.posed(name)), ("base", "less", "more"))
    ends = pl.col("base", "less", "more")
    return found.with_columns(spread=pl.max_horizontal(ends) - pl.min_horizontal(ends))


def doubts(result: Result, name: str = BASELINE) -> pl.DataFrame:
    """How far the headline could be off, a row a source and measure (`metrics.whatif.doubt`); never added up."""
    return _coarse(result, doubt.table(pushed.doubts(result.posed(name))), ("value", "low", "high"))


def behaviour(result: Result, name: str) -> pl.DataFrame:
    """The headline as arithmetic has it, and with low, middle and high responses of earnings: a range, no forecast."""
    found = pushed.responses(result.posed(name))
    numbers = {"arithmetic": found.base} | {
        label: case.numbers for label, case in zip(("low", "middle", "high"), found.cases, strict=True)
    }
    table = {"measure": list(found.base)} | {label: list(each.values()) for label, each in numbers.items()}
    return _coarse(result, pl.DataFrame(table), tuple(numbers))


def odds_of_kin(result: Result, name: str = BASELINE) -> pl.DataFrame:
    """How many times the odds of being paid are for near kin, among the eligible and among those judged not to be.

    `among`, `odds`, `low`, `high`, `kin` (households), `strata` (villages); null where few. A ratio is a question.
    """
    one = result.posed(name)
    rows = []
    for among, eligible in (("eligible", True), ("not_eligible", False)):
        found = kin_odds(one.people, one.outcome, eligible=eligible)
        few = found.kin < result.county.least
        step = _STEPS["households"]
        told = found._replace(kin=int(round(found.kin / step) * step))
        rows.append((among, *[None] * 5) if few else (among, *told))
    names = ("odds", "low", "high")
    schema = {"among": pl.String()} | dict.fromkeys(names, pl.Float64()) | dict.fromkeys(("kin", "strata"), pl.Int64())
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col(*names).fill_nan(None))


def sampling(result: Result, seed: int = 1, replicates: int = REPLICATES) -> pl.DataFrame:
    """What the headline lies between because only a sample was asked: villages drawn anew within counties, 95 %.

    `scenario` ("a-baseline" for what one adds to cost and roll), `measure`, `value`, `low`, `high`.

    Raises:
        WrongUsageError: the data are a register.
    """
    population = result.county.population
    sums = {
        f"{name} {measure}": amounts
        for name, outcome in result.outcomes.items()
        for measure, amounts in _sums(population.weight, outcome, result.layer).items()
    }
    for one in result.tried:
        for measure in ("cost_fen", "households", "persons"):
            key = f"{one.scenario.name} {measure}"
            sums[f"{one.scenario.name}-{BASELINE} {measure}"] = sums[key] - sums[f"{BASELINE} {measure}"]
    drawn = bootstrap(population, sums, seed, replicates)
    rows = [
        (key.rpartition(" ")[0], key.rpartition(" ")[2], *_triple(drawn.total(key)))
        for key in sums
        if key.rpartition(" ")[2] in _STEPS
    ]
    for name in result.outcomes:
        rows.append((name, "exclusion", *_triple(drawn.ratio(f"{name} missed", f"{name} eligible"))))
        rows.append((name, "inclusion", *_triple(drawn.ratio(f"{name} wrong", f"{name} judged"))))
    schema = dict.fromkeys(("scenario", "measure"), pl.String()) | dict.fromkeys(("value", "low", "high"), pl.Float64())
    return _coarse(result, pl.DataFrame(rows, schema=schema, orient="row"), ("value", "low", "high"))


def capacity(
    result: Result,
    detectors: ModuleType,
    visits: Sequence[int] = (),
    *,
    cost: float | None = None,
    hear: Hear = unheard,
) -> pl.DataFrame:
    """With so many visits a month at so much a visit, how far down each scheme's leads, and all together, one gets.

    `scenario`, `scheme` ("" all, ordered by place within each), then `metrics.whatif.capacity`. Without more said, half
    the visits of the rule visits_month, as many, and twice as many, at the rule visit_cost. Counts are rounded to the
    least that may be told; null for a scheme whose change of leads is hidden.
    """
    county = result.county
    policy, day = county.policy, county.data.as_of
    each = float(policy.value("visit_cost", on=day)) if cost is None else cost
    month = int(policy.value("visits_month", on=day))
    asked = list(visits) or [max(month // 2, 1), month, 2 * month]
    frames = [pl.DataFrame(schema={"scenario": pl.String(), "scheme": pl.String(), **CAPACITY_SCHEMA})]
    judged = pl.DataFrame(
        {"lead_id": list(county.judged), "confirmed": list(county.judged.values())},
        schema={"lead_id": pl.String(), "confirmed": pl.Boolean()},
    )
    few = pl.any_horizontal(pl.col("appears", "vanishes", "stays").is_null())
    hidden = {
        str(name): set(rows["scheme"])
        for (name,), rows in result.leads(detectors, hear).filter(few).group_by("scenario")
    }
    for name, raised in result.raised(detectors, hear).items():
        placed = queue.placed(county.data, county.regions, raised.leads)
        leads = placed.with_columns(VISIT.alias("visit")).join(judged, on="lead_id", how="left")
        ordered = {"": together(leads)} | {scheme: leads.filter(scheme=scheme) for scheme in sorted(raised.asked)}
        for scheme, mine in ordered.items():
            curve = threshold.curve(mine.select("visit", "score", "confirmed"), cost=each, least=_JUDGED)
            rows = _rounded(told(capacities(curve, asked, cost=each), county.least), county.least)
            if scheme in hidden.get(name, ()):  # the queue less that of the rules in force would tell the hidden change
                rows = rows.with_columns(pl.lit(None, dtype=rows.schema[one]).alias(one) for one in rows.columns[2:])
            frames.append(rows.select(pl.lit(name).alias("scenario"), pl.lit(scheme).alias("scheme"), pl.all()))
    return pl.concat(frames)


def tables(result: Result, wished: Wished, hear: Hear = unheard) -> dict[str, pl.DataFrame]:
    """Everything above that is written beside the measures, by name of its file."""
    names = list(result.outcomes)
    priced = [name for name in names if name not in unswept(result)]
    made: dict[str, Callable[[], pl.DataFrame]] = {
        "front": lambda: front(result),
        "grid": lambda: _each(priced, lambda name: grid(result, name)),
        "levers": lambda: _each(names, lambda name: levers(result, name)),
        "doubts": lambda: _each(names, lambda name: doubts(result, name)),
        "behaviour": lambda: _each(names[1:], lambda name: behaviour(result, name)),
        "kin_odds": lambda: _each(names, lambda name: odds_of_kin(result, name)),
    }
    if (budget := wished.budget_yuan) is not None:
        made["optimum"] = lambda: _each(priced, lambda name: optimum(result, budget, name))
        made["largest"] = lambda: _each(names, lambda name: _settings(result, budget, name))
    if (detectors := wished.detectors) is not None:
        made["capacity"] = lambda: capacity(result, detectors, hear=hear)
    if result.county.population.sample:
        made["sampling"] = lambda: sampling(result, wished.seed)
    found = {}
    for name, make in made.items():
        hear(name)
        found[name] = make()
    return found


def unswept(result: Result) -> dict[str, Text]:
    """Of which scenarios there is no curve, so neither grid nor optimum, and why."""
    found = {}
    for name in result.outcomes:
        try:
            swept.rows(result.posed(name))
        except CaseworkError as error:
            found[name] = error.message
    return found


def _settings(result: Result, budget_yuan: int, name: str) -> pl.DataFrame:
    """The largest standard of town, of country and of both, these as a multiple too."""
    asked: tuple[tuple[str, Unit], ...] = (("urban", "yuan"), ("rural", "yuan"), ("", "yuan"), ("", "factor"))
    return pl.concat(
        bracket(result, budget_yuan, name, setting, by).select(
            pl.lit(setting).alias("moved"), pl.lit(by).alias("by"), pl.all()
        )
        for setting, by in asked
    )


def _each(names: Sequence[str], make: Callable[[str], pl.DataFrame]) -> pl.DataFrame:
    """The same of several scenarios, one below the other; nothing of none."""
    frames = [make(name).select(pl.lit(name).alias("scenario"), pl.all()) for name in names]
    return pl.concat(frames) if frames else pl.DataFrame(schema={"scenario": pl.String()})


def _coarse(result: Result, table: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The numbers of a table with `measure` rounded by `_STEPS`; null where unknown, or of fewer than may be told."""
    least, weight = result.county.least, result.county.population.weight
    sets = [part for one in result.outcomes.values() for part in (one.layer(result.layer).on_roll, one.eligible)]
    few = any(0 < float(weight[part].sum()) < least for part in sets)
    step = pl.col("measure").replace_strict(_STEPS, return_dtype=pl.Float64())
    counted = pl.col("measure").is_in(["households", "persons"])
    rounded = []
    for name in names:
        number = pl.col(name).fill_nan(None)
        small = counted & (number.abs() > 0) & (number.abs() < least)
        rounded.append(pl.when(~small & ~pl.lit(few)).then((number / step).round() * step).alias(name))
    return table.with_columns(rounded)


def _rounded(table: pl.DataFrame, step: int) -> pl.DataFrame:
    """Counts of visits to multiples of the least count that may be told."""
    names = ("visits", "queue", "left", "found", "found_low", "found_high", "innocent", "innocent_low", "innocent_high")
    price = pl.col("cost") / pl.col("visits")
    steps = [((pl.col(name) / step).round() * step).cast(table.schema[name]).alias(name) for name in names]
    return (
        table.with_columns(price=price.fill_nan(0))
        .with_columns(steps)
        .with_columns(cost=pl.col("price") * pl.col("visits"))
        .drop("price")
    )


def _sums(weight: Real, outcome: Outcome, layer: str) -> dict[str, Real]:
    """What is added up for the headline (`metrics.whatif.headline`), a household's share of it."""
    chosen, roll = outcome.layer(layer), outcome.delivered.on_roll
    due, judged = outcome.eligible | outcome.rule_book.on_roll, roll & outcome.known
    parts = {
        "cost_fen": chosen.year_fen,
        "households": chosen.on_roll,
        "persons": chosen.heads,
        "eligible": outcome.eligible,
        "missed": outcome.eligible & ~roll,
        "judged": judged,
        "wrong": judged & ~due,
    }
    return {name: weight * np.asarray(part, np.float64) for name, part in parts.items()}


def _triple(found: Interval) -> tuple[float, float, float]:
    return found.value, found.low, found.high
