"""What does the monthly report (月报) say, in which order?

Every number is asked where the pages ask it; nothing is computed here. How it looks is the document's, the workbook's
or the page's.
"""

from datetime import datetime
from typing import Final

from casework.card import AREAS, MetricCard
from dashboard.exports.mark import Mark, mark
from dashboard.exports.printed import Note
from dashboard.exports.report.courses import course
from dashboard.exports.report.methods import methods, unknown
from dashboard.exports.report.shape import Courses, Part, Report, Section, Table
from dashboard.exports.report.standing import Standing, below, figure, standing, table, titled
from dashboard.parts import changes
from dashboard.queries import masked, places
from dashboard.queries.changes import whole
from dashboard.session import Viewing

MONEY: Final = ("amount_owed", "amount_in_doubt")  # always beside each other
MOST: Final = 8  # metrics at the head, as on the overview
_SHORT: Final = 16  # signs of a digest


def report(viewing: Viewing, at: datetime) -> Report:
    """The report of the last month of the view."""
    say, period = viewing.say, viewing.view.period
    cards = viewing.desk.metric_cards.items()
    standings = {metric: standing(viewing, card) for metric, card in cards if masked.seen(viewing.role, card)}
    head = [standings[card.metric] for card in headed(viewing)]
    counted = [one for one in head if one.card.metric not in MONEY]
    every = [one for area in AREAS for one in standings.values() if one.card.area == area]
    first, numbers, areas, notes = (
        say("report.sheet_head"),
        say("report.sheet_every"),
        say("report.sheet_areas"),
        say("report.sheet_notes"),
    )
    return Report(
        say("report.heading", region=viewing.place(viewing.view.region), month=f"{period.until:%Y-%m}"),
        say("report.not_a_finding"),
        fields(viewing, at),
        [
            Section(say("changes.title"), _changes(viewing), first),
            Section(say("report.head"), _head(viewing, counted), first),
            Section(say("report.money"), money(viewing, standings), first),
            Section(say("trends.every"), _every(viewing, every), numbers),
            Section(say("report.below"), _below(viewing, head), areas),
            Section(say("report.unknown"), [unknown(viewing, every)], notes),
            Section(say("report.hidden"), [say("report.suppression", minimum=viewing.desk.counts.minimum)], notes),
            Section(say("report.methods"), methods(viewing, every), notes),
        ],
    )


def headed(viewing: Viewing) -> list[MetricCard]:
    """The metrics at the head: those of the overview."""
    known = viewing.desk.metric_cards
    named = [known[name] for name in viewing.desk.policy.tuning("overview_metrics") if name in known]
    return [card for card in named if card.metric not in masked.FLAGS][:MOST]


def fields(viewing: Viewing, at: datetime) -> list[tuple[str, str]]:
    """Of what, from which data and rules, by whom and when."""
    say, desk, view = viewing.say, viewing.desk, viewing.view
    over = "" if whole(view.period.until, desk.as_of) else say("report.not_over", as_of=desk.as_of)
    return [
        (say("overview.region"), viewing.place(view.region)),
        (say("handover.region_code"), view.region),
        (say("overview.trend_month"), f"{view.period.until:%Y-%m}{over}"),
        (say("report.courses"), f"{view.period.since:%Y-%m} – {view.period.until:%Y-%m}"),
        (say("data.as_of"), str(desk.as_of)),
        (say("handover.calendar"), str(desk.calendar.through)),
        (say("handover.rules_digest"), desk.policy.digest[:_SHORT]),
        (say("data.digest"), desk.opened.digest[:_SHORT]),
        (say("report.made_by"), viewing.who),
        (say("report.made_at"), f"{at:%Y-%m-%d %H:%M}"),
    ]


def marked(viewing: Viewing, at: datetime) -> Mark:
    """What every page carries: a report is to be passed on, a lead's sheet is not."""
    own = mark(viewing, at)
    return Mark(own.taken, viewing.say("report.taken", taken=own.taken), viewing.say("report.notice"), own.synthetic)


def _changes(viewing: Viewing) -> list[Part]:
    cards = [one for one in viewing.desk.metric_cards.values() if one.ranked]
    said: list[Part] = [changes.sentence(viewing, one) for one in changes.told(viewing, cards)]
    return said or [viewing.say("changes.none")]


def _head(viewing: Viewing, head: list[Standing]) -> list[Part]:
    drawn = [one for one in (course(viewing, standing) for standing in head) if one is not None]
    charts: list[Part] = [Courses(drawn, viewing.say("report.chart_signs"))] if drawn else []
    return [table(viewing, head), Note(viewing.say("report.signs")), *charts]


def money(viewing: Viewing, standings: dict[str, Standing]) -> list[Part]:
    """What may be owed beside what is in doubt: never the one without the other."""
    say = viewing.say
    columns = (
        say("overview.metric"),
        say("report.this_month"),
        say("report.month_before"),
        say("report.year", months=viewing.view.period.months),
    )
    rows = [
        (
            titled(viewing, one.card),
            *(figure(viewing, one.card, row) for row in (one.now, one.before, one.year)),
        )
        for one in (standings[name] for name in MONEY if name in standings)
    ]
    if not rows:
        return [say("report.no_money")]
    return [Table(columns, rows, (3, 2, 2, 2)), Note(say("report.money_note"))]


def _every(viewing: Viewing, every: list[Standing]) -> list[Part]:
    """By area of concern; the two sums of money have their own place, where one is never read without the other."""
    tables: list[Part] = [
        table(viewing, of_area, viewing.text(words))
        for area, words in AREAS.items()
        for of_area in [[one for one in every if one.card.area == area and one.card.metric not in MONEY]]
        if of_area
    ]
    return [Note(viewing.say("report.money_apart")), *tables]


def _below(viewing: Viewing, head: list[Standing]) -> list[Part]:
    codes = [region.code for region in places.below(viewing.desk.regions, viewing.view.region)]
    if not codes:
        return [viewing.say("overview.below_none")]
    found: list[Part] = [below(viewing, one.card, codes) for one in head]
    return [viewing.say("report.below_note"), *found]
