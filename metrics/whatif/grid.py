"""What would every pair of an urban and a rural standard cost, and whom would it leave in poverty?

Villages are urban or rural and no household lives in both, so a pair is the sum of two curves: a grid of any size costs
two sorts. Villages of neither setting stay at their standard.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from metrics.whatif.curve import Candidates, Curve, curve
from metrics.whatif.population import Flag, Real, Whole
from metrics.whatif.poverty_curve import PovertyCurve, poverty_curve

SCHEMA = pl.Schema(
    {
        "urban": pl.Float64(),
        "rural": pl.Float64(),
        "cost_fen": pl.Float64(),  # a month, not rounded
        "households": pl.Float64(),
        "persons": pl.Float64(),
        "coverage": pl.Float64(),  # persons / all people whose resources are known
        "fgt0": pl.Float64(),
        "fgt1": pl.Float64(),
        "fgt2": pl.Float64(),
        "missed": pl.Float64(),  # of the people below the line before aid, the share not on the roll
    }
)


@dataclass(frozen=True, eq=False)
class Sides:
    """The curves of both settings, each with the other at its standard. Arguments are multiples, broadcast together."""

    urban: Curve
    rural: Curve
    urban_poor: PovertyCurve
    rural_poor: PovertyCurve
    reached: tuple[Curve, Curve]  # its households are the people below the line before aid who are on the roll
    poor: float  # people below the line before aid, weighted

    def cost(self, urban: npt.ArrayLike, rural: npt.ArrayLike) -> Real:
        """Fen a month."""
        return np.asarray(self.urban.cost(urban) + (self.rural.cost(rural) - self.rural.cost(1.0)))

    def households(self, urban: npt.ArrayLike, rural: npt.ArrayLike) -> Real:
        """On the roll, weighted."""
        return np.asarray(self.urban.households(urban) + (self.rural.households(rural) - self.rural.households(1.0)))

    def persons(self, urban: npt.ArrayLike, rural: npt.ArrayLike) -> Real:
        """Paid for, weighted."""
        return np.asarray(self.urban.persons(urban) + (self.rural.persons(rural) - self.rural.persons(1.0)))

    def fgt(self, urban: npt.ArrayLike, rural: npt.ArrayLike, alpha: int) -> Real:
        """FGT0, FGT1 or FGT2 under the fixed line."""
        moved = self.rural_poor.fgt(rural, alpha) - self.rural_poor.fgt(1.0, alpha)
        return np.asarray(np.maximum(self.urban_poor.fgt(urban, alpha) + moved, 0))

    def missed(self, urban: npt.ArrayLike, rural: npt.ArrayLike) -> Real:
        """Of the people below the line before aid, the share not on the roll; NaN where there are none."""
        in_town, in_country = self.reached
        there = in_town.households(urban) + (in_country.households(rural) - in_country.households(1.0))
        with np.errstate(invalid="ignore"):
            return np.asarray(np.maximum(1 - there / np.float64(self.poor), 0))


def sides(rows: Candidates, urban: Flag, rural: Flag, resources_fen: Whole, line_fen: Whole, counts: Flag) -> Sides:
    """The curves of the households of urban and of rural villages; the rest as for `poverty_curve`."""
    below = np.where(counts & (resources_fen < rows.n * line_fen), rows.weight * rows.n, 0.0)
    poor = replace(rows, weight=below)
    return Sides(
        curve(rows, urban),
        curve(rows, rural),
        poverty_curve(rows, resources_fen, line_fen, counts, urban),
        poverty_curve(rows, resources_fen, line_fen, counts, rural),
        (curve(poor, urban), curve(poor, rural)),
        float(below.sum()),
    )


def grid(both: Sides, urban: Real, rural: Real) -> pl.DataFrame:
    """Every pair of these multiples, a row each as SCHEMA says, the rural ones running fastest."""
    first, second = (part.ravel() for part in np.meshgrid(urban, rural, indexing="ij"))
    persons = both.persons(first, second)
    with np.errstate(invalid="ignore"):
        coverage = persons / np.float64(both.urban_poor.population)
    columns = [first, second, both.cost(first, second), both.households(first, second), persons, coverage]
    columns += [*(both.fgt(first, second, alpha) for alpha in range(3)), both.missed(first, second)]
    return pl.DataFrame(dict(zip(SCHEMA, columns, strict=True)), schema=SCHEMA)
