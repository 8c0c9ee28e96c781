"""How many stand last before a quota or a budget only because nobody knows how hard they have it?"""

from collections.abc import Iterator

import numpy as np

from casework.text import Text
from metrics.whatif.conflicts import Conflict
from metrics.whatif.outcome import CUT, IN, Outcome
from metrics.whatif.population import Population
from metrics.whatif.scenario import Assumptions


def unranked(assumptions: Assumptions, population: Population, outcome: Outcome, least: int) -> Iterator[Conflict]:
    """A warning where a cut is on and some who compete have no hardship points; fewer than `least` are not counted."""
    if assumptions.quota is None and assumptions.budget_fen is None:
        return
    blind = np.isnan(population.hardship) & np.isin(outcome.reason, (IN, CUT))
    if not blind.any():
        return
    rows = int(blind.sum())
    many = round(float(population.weight[blind].sum()) / least) * least
    veiled = Text(f"不足 {least} 户", f"fewer than {least} households")
    said = Text(f"约 {many} 户", f"about {many} households") if rows >= least else veiled
    yield Conflict(
        "unranked",
        (),
        Text(
            f"排序截断:参加排序的家庭中有{said.zh}困难程度不明,一律排在最后,可能因资料不全被截去;请先补齐困难指数资料",
            f"rank and cut: {said.en} of those ranked have unknown hardship and all stand last, so they may be "
            "cut for want of data; complete their records first",
        ),
    )
