"""What becomes of a population under one policy and its assumptions, month by month?"""

from datetime import date

import numpy as np

from casework.policy import Policy
from metrics.whatif import benefit, cut, delivery
from metrics.whatif.labour import coefficients
from metrics.whatif.months import WORKING_AGES, Followed, followed
from metrics.whatif.outcome import CUT, UNKNOWN, Layer, Outcome
from metrics.whatif.population import YES, Flag, Index, Population, Whole
from metrics.whatif.rules import Rules, same
from metrics.whatif.scenario import Assumptions
from metrics.whatif.standing import Standing, standing


def reckon(
    population: Population,
    policy: Policy,
    assumptions: Assumptions | None = None,
    *,
    months: int = 12,
    baseline: Outcome | None = None,
) -> Outcome:
    """Reckon `months` months from the one after `as_of`.

    `baseline`: the outcome of today's rules, from which the delivered layer learns how things go; without one this is
    the baseline itself.
    """
    said = assumptions or Assumptions()
    stretches = [
        (_cut(population, standing(population, rules), said), count)
        for rules, count in _stretches(population, policy, months)
    ]
    last = stretches[-1][0]
    start = _start(population, stretches[0][0]) if baseline is None else baseline.habits.start
    moving = followed(population, stretches, start, taper=said.taper, able=_able(population, policy, stretches))
    habit = _habits(population, stretches[0][0], moving, start) if baseline is None else baseline.habits
    every = np.arange(population.households, dtype=np.int32)
    lawful = [(rules.enters, rules.amount_fen, count) for rules, count in stretches]
    asked = [
        (delivery.Lawful(every, rules.enters, rules.amount_fen, rules.reason == UNKNOWN), count)
        for rules, count in stretches
    ]
    paid = [(*delivery.delivered(population, habit, said, one), count) for one, count in asked]
    moved = [
        delivery.delivered(population, habit, said, delivery.Lawful(moving.rows, on, amount, untold))
        for on, amount, untold in zip(moving.on_roll, moving.amount_fen, moving.untold, strict=True)
    ]
    heads = np.where(last.enters, last.heads, benefit.heads(population))
    followed_by_rules = list(zip(moving.on_roll, moving.amount_fen, strict=True))
    by_rules = _layer(population, heads, lawful, moving.rows, followed_by_rules)
    tapering, reason = np.zeros(population.households, np.bool_), last.reason.copy()
    tapering[moving.rows] = moving.tapering
    reason[moving.rows] = moving.reason
    return Outcome(
        policy=policy.digest,
        months=months,
        y_fen=last.y_fen,
        standard_fen=last.standard_fen,
        known=last.known,
        below=last.below,
        eligible=last.eligible,
        tapering=tapering,
        reason=reason,
        due_fen=by_rules.month_fen,
        topup_fen=np.where(by_rules.on_roll, last.topup_fen, 0),
        circle=last.circle,
        rule_book=by_rules,
        delivered=_layer(population, heads, paid, moving.rows, moved),
        habits=habit,
    )


def rules_of_last_month(population: Population, policy: Policy, months: int) -> Rules:
    """The rules by which the stock of an outcome is judged."""
    return _rules_of(population, policy, population.as_of.year * 12 + population.as_of.month + months - 1)


def _rules_of(population: Population, policy: Policy, index: int) -> Rules:
    return Rules.of(population, policy, date(index // 12, index % 12 + 1, 1))


def _stretches(population: Population, policy: Policy, months: int) -> list[tuple[Rules, int]]:
    """The rules of the period, and for how many months each hold; a month that says the same is not asked again."""
    start = population.as_of.year * 12 + population.as_of.month  # the month after, as year x 12 + month - 1
    found: list[tuple[Rules, int]] = []
    for index in range(start, start + months):
        rules = _rules_of(population, policy, index)
        if found and same(found[-1][0], rules):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((rules, 1))
    return found


def _cut(population: Population, rules: Standing, said: Assumptions) -> Standing:
    if said.quota is None and said.budget_fen is None:
        return rules
    priced = np.maximum(rules.amount_fen, 0)
    stays = cut.kept(population, rules.enters, priced, quota=said.quota, budget_fen=said.budget_fen)
    return rules.without(rules.enters & ~stays, CUT)


def _able(population: Population, policy: Policy, stretches: list[tuple[Standing, int]]) -> Flag | None:
    """Households with somebody of working age whom the coefficients say able to work; None where no term is set."""
    if all((rules.term < 0).all() for rules, _ in stretches):
        return None
    persons = population.persons
    rules = Rules.of(population, policy, population.as_of)
    low, high = WORKING_AGES
    able = persons.counted & (persons.age >= low) & (persons.age <= high) & (coefficients(population, rules) > 0)
    return np.bincount(persons.home[able], minlength=population.households) > 0


def _start(population: Population, first: Standing) -> delivery.Start:
    """Who is above the line by today's rules and was never seen to rise, rose this month, if nothing else bars it."""
    unseen = population.own & first.over & (population.above_months < 0) & (population.barred != YES)
    above = np.where(unseen, 0, population.above_months)
    return delivery.Start(
        last_fen=np.where(first.eligible, first.amount_fen, population.paid_fen),
        above_months=above,
        rightly=population.own & (first.eligible | (above >= 0)),
    )


def _habits(population: Population, first: Standing, moving: Followed, start: delivery.Start) -> delivery.Habits:
    lawful = first.enters.copy()
    lawful[moving.rows] = moving.on_roll[0]
    return delivery.habits(population, start, first.eligible, first.reason != UNKNOWN, lawful)


def _layer(
    population: Population,
    heads: Whole,
    stretches: list[tuple[Flag, Whole, int]],
    rows: Index,
    moved: list[tuple[Flag, Whole]],
) -> Layer:
    """Put the months together: the rules' own, and over them the followed households."""
    weight = population.weight
    year = np.zeros(population.households, np.int64)
    unpriced = np.zeros(population.households, np.bool_)
    cost, number = [], []
    still = np.ones(population.households, np.bool_)
    still[rows] = False
    on, amount = stretches[-1][0].copy(), stretches[-1][1].copy()
    for flags, amounts, count in stretches:
        unpriced |= still & flags & (amounts < 0)
        kept = np.where(still & flags, np.maximum(amounts, 0), 0)
        year += kept * count
        cost += [float(weight @ kept)] * count
        number += [float(weight @ (still & flags))] * count
    for month, (flags, amounts) in enumerate(moved):
        unpriced[rows] |= flags & (amounts < 0)
        kept = np.where(flags, np.maximum(amounts, 0), 0)
        year[rows] += kept
        cost[month] += float(weight[rows] @ kept)
        number[month] += float(weight[rows] @ flags)
    if moved:
        on[rows], amount[rows] = moved[-1]
    return Layer(
        on_roll=on,
        heads=np.where(on, heads, 0),
        month_fen=np.where(on, np.maximum(amount, 0), 0),
        year_fen=year,
        unpriced=unpriced,
        cost_fen=tuple(round(each) for each in cost),
        households=tuple(number),
    )
