"""Where does every household stand by the rules of one day, apart from what lies behind it?

What depends on earlier months (a taper, a term) is not here: `months` adds it.
"""

from dataclasses import dataclass, replace

import numpy as np

from metrics.whatif import benefit
from metrics.whatif.circles import circle
from metrics.whatif.income import counted_income
from metrics.whatif.outcome import BARRED, IN, OVER_LINE, SHUT, UNKNOWN
from metrics.whatif.population import NO, YES, Flag, Index, Population, Small, Whole
from metrics.whatif.rules import Rules


@dataclass(frozen=True, eq=False)
class Standing:
    """One set of rules, a row a household."""

    y_fen: Whole
    standard_fen: Whole
    known: Flag
    below: Flag
    eligible: Flag
    over: Flag  # at or above the line, whatever else
    enters: Flag  # on the roll by these rules: eligible, or by single-person entry
    heads: Whole  # persons paid for where it enters
    amount_fen: Whole  # a month, where it enters; -1 nobody can tell
    topup_fen: Whole
    reason: Small
    circle: Small
    taper: Whole  # taper_months of its village, 0 where nothing is said
    term: Whole  # aid_term_months; -1 none

    def without(self, left_out: Flag, reason: int) -> "Standing":
        """The same, some of those who enter left out for another reason."""
        return replace(
            self,
            enters=self.enters & ~left_out,
            heads=np.where(left_out, 0, self.heads),
            amount_fen=np.where(left_out, 0, self.amount_fen),
            topup_fen=np.where(left_out, 0, self.topup_fen),
            reason=np.where(left_out, reason, self.reason).astype(np.int8),
        )


def standing(population: Population, rules: Rules) -> Standing:
    """Judge every household: strictly below the line, no excluding finding, nothing that excludes dibao."""
    village = population.village
    standard = rules.whole("dibao_standard")[village]
    y_fen, income_known = counted_income(population, rules)
    line = 12 * population.n * np.maximum(standard, 0)
    judged = income_known & (standard >= 0) & (population.n > 0)
    below = judged & (y_fen < line)
    shut = np.where(population.own, np.int8(NO), population.shut)  # whoever has dibao is judged as the award was
    out = (population.barred == YES) | (shut == YES) | (judged & ~below)
    sure = (population.barred == NO) & (shut == NO) & judged
    due, topup, payable = benefit.due(population, rules, y_fen, standard)
    known = (sure | out) & (payable | out)
    free = (population.barred == NO) & (shut == NO)
    ordinary = below & free & payable & ~population.single
    beyond, within = _edges(rules, village, y_fen, line, judged)
    single, heads, amount = _single(population, rules, standard, within, judged & ~below & free)
    enters = ordinary | single
    reason = np.full(population.households, UNKNOWN, np.int8)
    reason[np.where(population.single, beyond, judged & ~below)] = OVER_LINE
    reason[shut == YES] = SHUT
    reason[population.barred == YES] = BARRED
    reason[enters] = IN
    taper = np.maximum(rules.whole("taper_months", times=1, programme="dibao")[village], 0)
    return Standing(
        y_fen=y_fen,
        standard_fen=standard,
        known=known & ~population.single,
        below=below,
        eligible=ordinary,
        over=judged & ~below,
        enters=enters,
        heads=np.where(single, heads, np.where(ordinary, benefit.heads(population), 0)),
        amount_fen=np.where(single, amount, np.where(ordinary, due, 0)),
        topup_fen=np.where(ordinary, topup, 0),
        reason=reason,
        circle=circle(rules, village, y_fen, line, judged),
        taper=taper,
        term=rules.whole("aid_term_months", times=1, programme="dibao")[village],
    )


def _edges(rules: Rules, village: Index, y_fen: Whole, line: Whole, judged: Flag) -> tuple[Flag, Flag]:
    """Who is at or above the edge line, and who below it; neither where nobody can tell."""
    edge = rules.whole("edge_multiplier", times=benefit.THOUSANDTHS)[village]
    told = judged & (edge >= 0)
    below = y_fen * benefit.THOUSANDTHS < line * edge
    return told & ~below, told & below


def _single(
    population: Population, rules: Rules, standard: Whole, below_edge: Flag, above: Flag
) -> tuple[Flag, Whole, Whole]:
    """Who is on the roll by single-person entry, for how many persons, and for how much a month.

    A single-person award stays as it is while the household is below the edge line and no finding excludes it: what the
    rules would pay it nobody can tell (contract §4). Where rule `single_entry` opens it, others between the two lines
    enter with their severely disabled and seriously ill.
    """
    village = population.village
    kept = population.single & below_edge & (population.barred == NO)
    heads = np.where(kept, population.covered, 0)
    amount = np.where(kept, population.paid_fen, 0)
    opened = rules.flag("single_entry")[village]
    if not opened.any():
        return kept, heads, amount
    may = benefit.single_entries(population).astype(np.int64)
    share = rules.whole("single_entry", times=benefit.THOUSANDTHS, field="share")[village]
    new = opened & above & below_edge & ~population.own & (may > 0) & (share >= 0)
    each = -(-share * standard // (benefit.THOUSANDTHS * benefit.FEN)) * benefit.FEN
    return kept | new, np.where(new, may, heads), np.where(new, each * may, amount)
