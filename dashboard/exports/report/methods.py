"""How is each number of the report made, and which numbers are missing and why?"""

from dataclasses import replace
from typing import Final

from casework.card import MetricCard
from dashboard.exports.printed import Note
from dashboard.exports.report.shape import Part, Table
from dashboard.exports.report.standing import Standing, titled
from dashboard.parts import counted, labels, numbers, variation
from dashboard.queries import process
from dashboard.queries.counts import Period
from dashboard.session import Viewing

_CARDS: Final = (2.2, 3.2, 2.6, 3.4)
_UNKNOWN: Final = (3, 6)


def methods(viewing: Viewing, standings: list[Standing]) -> list[Part]:
    """The notes, and a row a metric."""
    say = viewing.say
    columns = (say("overview.metric"), say("report.formula"), say("report.excluded"), say("report.reading"))
    rows = [
        (titled(viewing, card), viewing.text(card.formula), viewing.text(card.exclusions), viewing.text(card.reading))
        for card in (one.card for one in standings)
    ]
    notes: list[Part] = [say("report.intervals"), say("trends.method"), say("report.rebased")]
    return [*notes, *_turns(viewing, standings), Table(columns, rows, _CARDS, say("report.each_metric"))]


def unknown(viewing: Viewing, standings: list[Standing]) -> Part:
    """Every metric without a value in the month, by the name of what it lacks; hidden ones are not unknown."""
    say = viewing.say
    rows = [
        (titled(viewing, one.card), numbers.why_unknown(viewing, one.card, one.now) + _counted_in(viewing, one.card))
        for one in standings
        if not numbers.reliable(one.now) and not (one.now is not None and one.now["suppressed"])
    ]
    if not rows:
        return say("report.none_unknown")
    return Table((say("overview.metric"), say("report.why")), rows, _UNKNOWN)


def _counted_in(viewing: Viewing, card: MetricCard) -> str:
    """In which months the metric was counted at all: what stands at the day of the data has one month only."""
    months = viewing.desk.counts.months
    every = replace(viewing, view=replace(viewing.view, period=Period(months[0], months[-1])))
    counted_in = counted.monthly(every, card)["month"]
    if counted_in.is_empty():
        return ""
    return viewing.say("report.counted_in", first=f"{counted_in[0]:%Y-%m}", last=f"{counted_in[-1]:%Y-%m}")


def _turns(viewing: Viewing, standings: list[Standing]) -> list[Part]:
    """At which months limits begin anew, and the targets they are held against."""
    view, policy = viewing.view, viewing.desk.policy
    said: list[Part] = []
    for one in standings:
        title = viewing.text(one.card.title)
        for turn in process.turns(policy, one.card, view.region, view.period.since, view.period.until):
            rule = viewing.text(policy.rule(turn.rule).label)
            said.append(Note(viewing.say("report.turn", metric=title, month=f"{turn.month:%Y-%m}", rule=rule)))
        target = process.target(policy, one.card, view.region, viewing.desk.as_of)
        if target is not None and variation.bound(viewing, one.card) is not None:
            value, source = numbers.value(one.card, target.low), labels.half(target.source, viewing.language)
            said.append(Note(viewing.say("report.target", metric=title, value=value, source=source)))
    return said
