"""What would every pair of an urban and a rural standard cost, and whom would it leave in poverty?

Villages are urban or rural and no household lives in both, so a pair is the sum of two curves: a grid of any size costs
two sorts. Villages of neither setting stay at their standard.
"""

from dataclasses import dataclass

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
    }
)


@dataclass(frozen=True, eq=False)
class Sides:
    """The curves of both settings, each with the other at its standard. Arguments are multiples, broadcast together."""

    urban: Curve
    rural: Curve
    urban_poor: PovertyCurve
    rural_poor: PovertyCurve

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


def sides(rows: Candidates, urban: Flag, rural: Flag, resources_fen: Whole, line_fen: Whole, counts: Flag) -> Sides:
    """The curves of the households of urban and of rural villages; the rest as for `poverty_curve`."""
    return Sides(
        curve(rows, urban),
        curve(rows, rural),
        poverty_curve(rows, resources_fen, line_fen, counts, urban),
        poverty_curve(rows, resources_fen, line_fen, counts, rural),
    )


def grid(both: Sides, urban: Real, rural: Real) -> pl.DataFrame:
    """Every pair of these multiples, a row each as SCHEMA says, the rural ones running fastest."""
    first, second = (part.ravel() for part in np.meshgrid(urban, rural, indexing="ij"))
    persons = both.persons(first, second)
    with np.errstate(invalid="ignore"):
        coverage = persons / np.float64(both.urban_poor.population)
    columns = [first, second, both.cost(first, second), both.households(first, second), persons, coverage]
    columns += [both.fgt(first, second, alpha) for alpha in range(3)]
    return pl.DataFrame(dict(zip(SCHEMA, columns, strict=True)), schema=SCHEMA)
