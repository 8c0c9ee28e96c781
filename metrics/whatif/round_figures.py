"""What would the same households be in round figures, so that an example lays open what nobody really filed?

Everything personal that is money is rounded; the rules then reckon with it as with any other figures, so that an
example still adds up. Never for a number of a what-if: only for one household shown line by line.
"""

from dataclasses import replace
from typing import Final

from metrics.whatif.population import Population, Whole

YEAR_FEN: Final = 50_000  # 500 yuan: incomes and expenses of a year
MONTH_FEN: Final = 5_000  # 50 yuan: what is paid a month


def in_round_figures(population: Population) -> Population:
    """The same population, incomes, expenses and payments rounded; who pays anything at all pays at least one step."""
    persons = population.persons
    return replace(
        population,
        items={name: _round(column, YEAR_FEN) for name, column in population.items.items()},
        paid_fen=_round(population.paid_fen, MONTH_FEN),
        persons=replace(persons, supporter_fen=_round(persons.supporter_fen, YEAR_FEN)),
        kept={},
    )


def _round(fen: Whole, step: int) -> Whole:
    """To the nearest step; not to nothing, and what is unknown (below 0) stays so."""
    rounded = ((fen + step // 2) // step).clip(1) * step
    found: Whole = fen.copy()
    found[fen > 0] = rounded[fen > 0]
    return found
