"""What does a what-if come to, in a few lines of words?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from casework.text import Language, Text
from dashboard import limits
from dashboard.whatif import Result
from metrics.whatif.difference import sentences
from metrics.whatif.scenario_file import BASELINE
from metrics.whatif.tiers import tiers

BANNER: Final = Text(
    "情景测算:按规则测算,不是实际结果,不改动任何案件,也不作为任何个案的依据",
    "A scenario: reckoned by the rules, not what happened; no case is changed, and no case may be decided by it",
)
NO_EFFECT: Final = Text("这个方案没有改变任何规定或假设", "this scenario changes no rule and no assumption")
_LAYERS: Final = {
    "rule_book": Text("按规定应得", "by the rules"),
    "delivered": Text("按目前落实情况", "as delivered today"),
}
_APART: Final = ("untold_households", "newly_told_households", "untold_month_cost", "judged_cost", "untold_cost")
_WAN_FEN: Final = 1_000_000  # fen in 10,000 yuan
_FEN: Final = 100  # fen in a yuan
_UNITS: Final = {"万元": (_WAN_FEN, 2), "yuan": (_FEN, 0)}
HIDDEN: Final = "*"
_UNKNOWN: Final = "…"
FEW: Final = Text("* 户数过少,不显示", "* too few households to be told")


@dataclass(frozen=True, slots=True)
class _Cell:
    """One number, or why there is none."""

    value: float | None
    hidden: bool

    @property
    def mark(self) -> str:
        """What stands in its place."""
        return HIDDEN if self.hidden else _UNKNOWN


def headline(result: Result) -> list[Text]:
    """The banner, then of each scenario what it changes, what to know of it, and its four numbers.

    Whole regions alone: a number here is of every household of the data.
    """
    told = [BANNER, _of_all(result)]
    for one in result.tried:
        name = one.scenario.name
        rows = result.differences.filter(pl.col("scenario") == name).drop("scenario")
        told.append(Text(f"方案 {name}", f"scenario {name}"))
        told += [Text(zh, en) for zh, en in zip(sentences(rows, "zh"), sentences(rows, "en"), strict=True)]
        if rows.is_empty():
            told.append(NO_EFFECT)
        told += [Text(f"注意:{found.message.zh}", f"note: {found.message.en}") for found in one.warnings]
        told += [Text(f"风险提示:{note.text.zh}", f"risk: {note.text.en}") for note in one.risks]
        told += _numbers(result, name)
        told += limits.words(result, one)
    return [*told, *([FEW] if any(HIDDEN in text.zh for text in told) else [])]


def apart(leads: pl.DataFrame) -> list[Text]:
    """Of which questions the leads of a scenario cannot be compared (`Result.leads`); a line a scenario."""
    told = []
    for (name,), mine in leads.filter(~pl.col("comparable")).group_by("scenario", maintain_order=True):
        schemes = ", ".join(mine["scheme"])
        told.append(
            Text(
                f"方案 {name} 的线索不可比(两套规则中只有一套能检测):{schemes}",
                f"leads of {name} not comparable, for only one of the two sets of rules can ask: {schemes}",
            )
        )
    return told


def lines(result: Result, language: Language) -> str:
    """The same in one language, a line each."""
    return "\n".join(text.say(language) for text in headline(result))


def _of_all(result: Result) -> Text:
    population = result.county.population
    layer = _LAYERS[result.layer]
    return Text(
        f"{population.households} 户,{result.months} 个月,{layer.zh};数据截至 {population.as_of}",
        f"{population.households} households, {result.months} months, {layer.en}; data as of {population.as_of}",
    )


def _numbers(result: Result, name: str) -> list[Text]:
    """Cost, roll, poverty gap, who comes and goes; and of how many nothing can be said."""
    whole = tiers(result.county.population, result.county.regions)[0].codes[0]
    mine = result.measures.filter(pl.col("region_code") == whole, pl.col("group") == "")
    cells = {
        (row["scenario"], row["measure"]): _Cell(row["value"], row["hidden"]) for row in mine.iter_rows(named=True)
    }

    def of(measure: str) -> tuple[_Cell, _Cell, _Cell]:
        before, after, change = (
            cells.get((key, measure), _Cell(None, hidden=False)) for key in (BASELINE, name, f"{name}-{BASELINE}")
        )
        return before, after, change

    cost, gap = of("cost"), of("poverty_gap")
    households, persons = of("roll_households"), of("roll_persons")
    came, went = of("newly_in_households")[2], of("newly_out_households")[2]
    came_persons, went_persons = of("newly_in_persons")[2], of("newly_out_persons")[2]
    losing, unjudged = of("losing_households")[2], of("unjudged_households")
    apart = {name: of(name)[2] for name in _APART}
    return [
        Text(f"支出:{_money(cost, '万元')}", f"cost: {_money(cost, 'yuan')}"),
        Text(
            f"在保:{_count(households, '户')},{_count(persons, '人')}",
            f"on the roll: {_count(households, 'households')}, {_count(persons, 'persons')}",
        ),
        Text(f"贫困缺口(年):{_money(gap, '万元')}", f"poverty gap a year: {_money(gap, 'yuan')}"),
        Text(
            f"新进 {_plain(came)} 户 {_plain(came_persons)} 人,新出 {_plain(went)} 户 {_plain(went_persons)} 人,"
            f"受损 {_plain(losing)} 户",
            f"newly in {_plain(came)} households, {_plain(came_persons)} persons; newly out {_plain(went)},"
            f" {_plain(went_persons)}; losing {_plain(losing)} households",
        ),
        Text(
            f"资料不足、无法判定:{_count(unjudged, '户')}",
            f"cannot be judged for want of data: {_count(unjudged, 'households')}",
        ),
        *_untold(apart),
    ]


def _untold(apart: Mapping[str, _Cell]) -> list[Text]:
    """Of whom only one of the two can judge, where there are any; and what of the change in cost is theirs."""
    gone, back = apart["untold_households"], apart["newly_told_households"]
    lines = []
    if gone.value or gone.hidden:
        month = apart["untold_month_cost"]
        lines.append(
            Text(
                f"另有 {_plain(gone)} 户在本方案下无法判断,未计入新进、新出、受损;其现行月支出合计 {_yuan(month)} 元",
                f"{_plain(gone)} more households cannot be judged under this scenario and are counted as neither newly"
                f" in, newly out nor losing; a month they are now paid {_yuan(month)} yuan",
            )
        )
    if back.value or back.hidden:
        lines.append(
            Text(
                f"另有 {_plain(back)} 户现行无法判断、本方案下可以判断,未计入新进、新出、受损",
                f"{_plain(back)} more households can be judged under this scenario alone and are counted as neither"
                " newly in, newly out nor losing",
            )
        )
    if lines:
        judged, rest = apart["judged_cost"], apart["untold_cost"]
        lines.append(
            Text(
                f"支出变化中:能判断的户 {_change(judged, '万元')},上述无法比较的户 {_change(rest, '万元')}",
                f"of the change in cost: households judged {_change(judged, 'yuan')},"
                f" those that cannot be compared {_change(rest, 'yuan')}",
            )
        )
    return lines


def _plain(cell: _Cell) -> str:
    return cell.mark if cell.value is None else f"{cell.value:,.0f}"


def _yuan(cell: _Cell) -> str:
    return cell.mark if cell.value is None else f"{cell.value / _FEN:,.0f}"


def _change(cell: _Cell, unit: str) -> str:
    fen, digits = _UNITS[unit]
    return cell.mark if cell.value is None else f"{_signed(cell.value / fen, digits)} {unit}"


def _money(of: tuple[_Cell, _Cell, _Cell], unit: str) -> str:
    before, change = of[0].value, of[2].value
    share = f" {change / before:+.1%}" if before and change else ""
    fen, digits = _UNITS[unit]
    told = [cell.mark if cell.value is None else f"{cell.value / fen:,.{digits}f}" for cell in of[:2]]
    more = "" if change is None else f" ({_signed(change / fen, digits)} {unit}{share})"
    return f"{told[0]} → {told[1]} {unit}{more}"


def _count(of: tuple[_Cell, _Cell, _Cell], unit: str) -> str:
    """Where the change is hidden the later of its two numbers is too: 2,773 → *."""
    change = of[2].value
    return f"{_plain(of[0])} → {_plain(of[1])} {unit}" + ("" if change is None else f" ({_signed(change, 0)})")


def _signed(value: float, digits: int) -> str:
    """Exactly nothing has no sign."""
    return f"{value:+,.{digits}f}" if value else "0"
