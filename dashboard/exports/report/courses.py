"""What does the chart of a metric draw: its months, the mean and the limits, the target?"""

from typing import Final

from dashboard.exports.report.shape import Course, Line
from dashboard.exports.report.standing import Standing, course_told, form_of, scaled, titled
from dashboard.parts import numbers, variation
from dashboard.queries.counts import month
from dashboard.session import Viewing

_LEAST: Final = 2


def course(viewing: Viewing, one: Standing) -> Course | None:
    """None where fewer than two months have a value to show: a point alone is no course."""
    frame = one.chart.frame
    if frame["value"].count() < _LEAST:
        return None
    say, card = viewing.say, one.card
    values = [None if value is None else scaled(card, value) for value in frame["value"]]
    lines = [
        Line(say("overview.trend_value"), values, "value"),
        Line(say("trends.mean"), [_bound(one, value) for value in frame["mean"]], "mean"),
        Line(say("trends.low"), [_bound(one, value) for value in frame["low"]], "limit"),
        Line(say("trends.high"), [_bound(one, value) for value in frame["high"]], "limit"),
    ]
    target = variation.bound(viewing, card)
    if target is not None:
        lines.append(Line(say("trends.target"), [scaled(card, target)] * frame.height, "target"))
    return Course(
        card.metric,
        titled(viewing, card),
        course_told(viewing, one.chart),
        [f"{month(number):%Y-%m}" for number in frame["month_index"]],
        [line for line in lines if any(value is not None for value in line.values)],
        [place for place, point in enumerate(frame["point"]) if point.startswith("special")],
        form_of(card),
    )


def _bound(one: Standing, value: float | None) -> float | None:
    return None if value is None else scaled(one.card, numbers.within(one.card, value))
