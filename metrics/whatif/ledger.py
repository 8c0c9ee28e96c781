"""How does one household add up before and after, line by line (算账单)?

For reading, without a name, a number or a place: an example of what a scenario does, chosen by what becomes of it.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from casework.policy import Policy
from casework.text import Text
from metrics.whatif.income import WAGE, income_steps
from metrics.whatif.outcome import BARRED, CUT, IN, OVER_LINE, SHUT, TERM, UNKNOWN, Outcome
from metrics.whatif.population import EXPENSES, INCOMES, Flag, Population
from metrics.whatif.reckon import rules_of_last_month

KINDS: Final = {
    "newly_in": Text("新进入的一户", "a household that comes on the roll"),
    "newly_out": Text("退出的一户", "a household that leaves the roll"),
    "gains": Text("金额增加的一户", "a household that gains"),
    "loses": Text("金额减少的一户", "a household that loses"),
    "same": Text("没有变化的一户", "a household for which nothing changes"),
}
REASONS: Final = {
    IN: Text("在册", "on the roll"),
    OVER_LINE: Text("收入不低于保障线", "not below the line"),
    BARRED: Text("有一票否决事项", "an excluding finding"),
    SHUT: Text("已有不得同享的保障", "covered by what excludes dibao"),
    UNKNOWN: Text("无法判定", "cannot be told"),
    TERM: Text("救助期满", "the term has ended"),
    CUT: Text("排序在限额之外", "beyond the quota"),
}
_LABELS: Final = {
    "wage": Text("工资性收入", "Wage"),
    "business": Text("经营净收入", "Business"),
    "property_income": Text("财产净收入", "Property income"),
    "transfer": Text("转移净收入", "Transfers"),
    "support": Text("赡养抚养扶养费", "Support"),
    "land": Text("土地收入", "Land"),
    "job_cost": Text("就业成本扣减", "Cost of employment"),
    "disregard": Text("收入豁免", "Earnings disregarded"),
    "rate": Text("按比例豁免", "Share disregarded"),
    "medical_expense": Text("医疗支出", "Medical expense"),
    "education_expense": Text("教育支出", "Education expense"),
    "disability_expense": Text("残疾康复支出", "Disability expense"),
    "insurance_expense": Text("社会保险支出", "Insurance expense"),
    "imputed": Text("推算", "imputed"),
    "income_year": Text("家庭可计收入(年)", "Counted income a year"),
    "n": Text("共同生活人口", "Living together"),
    "standard": Text("保障标准(人·月)", "Standard a person a month"),
    "line_year": Text("保障线(全家·年)", "Line of the household a year"),
    "reason": Text("结论", "Conclusion"),
    "heads": Text("保障人数", "Persons paid for"),
    "topup": Text("其中分类施保(月)", "of it top-ups a month"),
    "due": Text("应发(月)", "Due a month"),
    "year": Text("测算期内合计", "Over the period"),
}
SCHEMA: Final = {"line": pl.String(), "zh": pl.String(), "en": pl.String(), "unit": pl.String()}


def example(before: Outcome, after: Outcome, kind: str, *, among: Flag | None = None, least: int = 1) -> int | None:
    """The row of a household of that kind (of KINDS): the middle one by the change of its year.

    `among`: the households that may be shown; None where fewer than `least` of them are of that kind.
    """
    one, other = before.rule_book, after.rule_book
    change = other.year_fen - one.year_fen
    judged = (before.reason == UNKNOWN) == (after.reason == UNKNOWN)  # by both, or by neither
    belongs: dict[str, Flag] = {
        "newly_in": ~one.on_roll & other.on_roll & judged,
        "newly_out": one.on_roll & ~other.on_roll & judged,
        "gains": one.on_roll & other.on_roll & (change > 0),
        "loses": one.on_roll & other.on_roll & (change < 0),
        "same": one.on_roll & other.on_roll & (change == 0),
    }
    rows = np.flatnonzero(belongs[kind] if among is None else belongs[kind] & among)
    if len(rows) < max(least, 1):
        return None
    return int(rows[np.argsort(change[rows], kind="stable")[len(rows) // 2]])


def ledger(
    population: Population, household: int, policies: Mapping[str, Policy], outcomes: Mapping[str, Outcome]
) -> pl.DataFrame:
    """The lines of one household, a column a scenario: `line`, `zh`, `en`, `unit` (fen, persons, "" for words).

    Deductions are negative. `reason` holds places of REASONS. Lines that are 0 under every scenario are left out.
    """
    columns = {name: _lines(population, household, policy, outcomes[name]) for name, policy in policies.items()}
    order = list(next(iter(columns.values())))
    kept = [line for line in order if line in _ALWAYS or any(column[line] for column in columns.values())]
    rows: list[dict[str, Any]] = [
        {"line": line, **_said(line), "unit": _UNITS.get(line, "fen"), **{n: c[line] for n, c in columns.items()}}
        for line in kept
    ]
    return pl.DataFrame(rows, schema={**SCHEMA, **dict.fromkeys(columns, pl.Int64())})


_IMPUTABLE: Final = ("wage", "land", "support")
_OF_A_WAGE: Final = ("disregard", "job_cost", "rate")  # in the order in which they are taken
_ALWAYS: Final = {"income_year", "n", "standard", "line_year", "reason", "heads", "due", "year"}
_UNITS: Final = {"n": "persons", "heads": "persons", "reason": ""}


def _lines(population: Population, household: int, policy: Policy, outcome: Outcome) -> dict[str, int | None]:
    steps = income_steps(population, rules_of_last_month(population, policy, outcome.months))

    def at(column: Any) -> int:  # noqa: ANN401 - any of the arrays
        return int(column[household])

    lines: dict[str, int | None] = {}
    for item in INCOMES:
        lines[item] = at(steps.filed[item])
        if item in _IMPUTABLE:
            lines[f"{item}_imputed"] = at(steps.imputed[item]) if item in steps.imputed else 0
        if item == WAGE:
            left = at(steps.filed[WAGE]) + (lines["wage_imputed"] or 0)
            for rule in _OF_A_WAGE:
                rest = at(steps.wage_after[rule]) if rule in steps.wage_after else left
                lines[rule], left = rest - left, rest
    lines.update({item: -at(steps.counted[item]) for item in EXPENSES})
    standard = at(outcome.standard_fen)
    lines["income_year"] = at(outcome.y_fen) if outcome.known[household] else None
    lines["n"] = at(population.n)
    lines["standard"] = standard if standard >= 0 else None
    lines["line_year"] = 12 * at(population.n) * standard if standard >= 0 else None
    lines["reason"] = at(outcome.reason)
    lines["heads"] = at(outcome.rule_book.heads)
    lines["topup"] = at(outcome.topup_fen)
    priced = not outcome.rule_book.unpriced[household]
    lines["due"] = at(outcome.rule_book.month_fen) if priced else None
    lines["year"] = at(outcome.rule_book.year_fen) if priced else None
    return lines


def _said(line: str) -> dict[str, str]:
    if line.endswith("_imputed"):
        label, more = _LABELS[line.removesuffix("_imputed")], _LABELS["imputed"]
        return {"zh": f"{label.zh}({more.zh})", "en": f"{label.en} ({more.en})"}
    return {"zh": _LABELS[line].zh, "en": _LABELS[line].en}
