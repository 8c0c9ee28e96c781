"""Where does each metric stand in the month of the report, and against what came before?"""

from dataclasses import dataclass, replace
from typing import Any, Final

from casework.card import MetricCard
from dashboard.exports.report.shape import Cell, Figure, Form, Table
from dashboard.parts import counted, numbers, variation
from dashboard.queries.counts import Period, index, month
from dashboard.session import Viewing
from metrics.honest.control import Chart

_WIDTHS: Final = (2.9, 2.05, 1.7, 1.7, 2.0, 2.05, 2.05, 2.6)
_BELOW: Final = (3.1, 2.5, 2.2, 1.6, 1.6, 2.3, 2.3)
Row = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One metric: the month, the month before, the year up to it, and what its course says."""

    card: MetricCard
    now: Row
    before: Row
    year: Row
    chart: Chart


def standing(viewing: Viewing, card: MetricCard) -> Standing:
    """Counted as on the pages; the last month of the view is the report's."""
    period = viewing.view.period
    months = counted.monthly(viewing, card)
    known = {row["month"]: row for row in months.to_dicts()}
    return Standing(
        card,
        known.get(period.until),
        known.get(month(index(period.until) - 1)),
        counted.total(viewing, card),
        variation.chart_of(viewing, card, months=months),
    )


def titled(viewing: Viewing, card: MetricCard) -> str:
    """The metric with its unit, where the value's own sign does not tell it."""
    unit = viewing.text(card.unit)
    return f"{viewing.text(card.title)} ({unit})" if unit and unit != "%" else viewing.text(card.title)


def table(viewing: Viewing, standings: list[Standing], heading: str = "") -> Table:
    """A row a metric."""
    say = viewing.say
    columns = (
        say("overview.metric"),
        say("report.this_month"),
        say("overview.trend_low"),
        say("overview.trend_high"),
        say("report.rests_on"),
        say("report.month_before"),
        say("report.year", months=viewing.view.period.months),
        say("report.course"),
    )
    rows = [
        (
            titled(viewing, one.card),
            figure(viewing, one.card, one.now),
            *bounds(one.card, one.now),
            rests_on(one.card, one.now),
            figure(viewing, one.card, one.before),
            figure(viewing, one.card, one.year),
            course_told(viewing, one.chart),
        )
        for one in standings
    ]
    return Table(columns, rows, _WIDTHS, heading)


def course_told(viewing: Viewing, chart: Chart) -> str:
    """Variation, and assurance where there is a target, in words."""
    said = variation.told(viewing, chart)
    return said if chart.assurance == "none" else f"{said}; {variation.assured(viewing, chart)}"


def below(viewing: Viewing, card: MetricCard, codes: list[str]) -> Table | str:
    """The month of each region one tier down, by code: no ranking. A sentence where none has a number to show."""
    say, until = viewing.say, viewing.view.period.until
    found = counted.each(replace(viewing, view=replace(viewing.view, period=Period(until, until))), card, codes)
    known = {row["region_code"]: row for row in found.to_dicts()}
    title = titled(viewing, card)
    if not any(numbers.reliable(row) for row in known.values()):
        hidden = any(row["suppressed"] for row in known.values())
        return say("report.all_hidden" if hidden else "report.all_unknown", metric=title)
    columns = (
        say("handover.region_code"),
        say("overview.region"),
        say("overview.value"),
        say("overview.trend_low"),
        say("overview.trend_high"),
        say("report.rests_on"),
        say("report.remark"),
    )
    rows = [
        (
            code,
            viewing.place(code),
            figure(viewing, card, row),
            *bounds(card, row),
            rests_on(card, row),
            _few(viewing, card, row),
        )
        for code in codes
        for row in [known.get(code)]
    ]
    return Table(columns, rows, _BELOW, title)


def figure(viewing: Viewing, card: MetricCard, row: Row) -> Cell:
    """The value; in words that it is hidden or unknown."""
    if row is not None and row["suppressed"]:
        return viewing.say("report.not_shown")
    if row is None or not numbers.reliable(row):
        return viewing.say("overview.unknown")
    return _figure(card, row["value"])


def bounds(card: MetricCard, row: Row) -> tuple[Cell, Cell]:
    """Between which values it lies; empty where nobody knows or nobody may."""
    if row is None or not numbers.reliable(row) or row["low"] is None or row["high"] is None:
        return "", ""
    return _figure(card, row["low"]), _figure(card, row["high"])


def rests_on(card: MetricCard, row: Row) -> str:
    """The counts that the number is made of; none of a hidden one."""
    if row is None or not numbers.reliable(row) or card.kind in ("sum", "ratio"):
        return ""
    counts = [row["whole"]] if card.kind == "quantile" else [row["part"], row["whole"]]
    return " / ".join(f"{count:,}" for count in counts if count is not None)


def form_of(card: MetricCard) -> Form:
    """How the metric's values are written."""
    if numbers.in_percent(card):
        return "percent"
    return "yuan" if card.money and card.kind == "sum" else "number"


def scaled(card: MetricCard, value: float) -> float:
    """A value as a workbook and a chart have it: money in yuan."""
    return value / 100 if form_of(card) == "yuan" else value


def _figure(card: MetricCard, value: float) -> Figure:
    return Figure(scaled(card, value), numbers.value(card, value), form_of(card))


def _few(viewing: Viewing, card: MetricCard, row: Row) -> str:
    if row is None or not numbers.reliable(row) or row["whole"] is None or row["whole"] >= card.minimum:
        return ""
    return viewing.say("overview.few", minimum=card.minimum)
