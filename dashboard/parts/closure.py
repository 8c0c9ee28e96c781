"""What came of the leads: concluded, closed, repaid to the under-paid, recovered, and held against nobody?

This stands first (safeguards R22), and nowhere the number of leads that were raised.
"""

from dataclasses import dataclass
from typing import Final, get_args

import polars as pl
import streamlit as st

from casework.card import Family
from casework.review.vocabulary import ACTIONS
from dashboard.parts import counted, shown, states, tables
from dashboard.parts.few import told
from dashboard.queries import outcomes
from dashboard.queries.counts import SEES_ALL
from dashboard.queries.outcomes import Money, Outcomes
from dashboard.session import Session
from metrics.honest.veil import Sum, veiled

_EVERY: Final = get_args(Family)
_UNDERPAID: Final = ("missed",)
_BOX: Final = "repaid"
_IN_A_ROW: Final = 3
TOTAL: Final = ""
SHARE: Final = ("n", "confirmed")
COLUMNS: Final = (*SHARE, "refuted", "deviation", "inconclusive", "pending")
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Concluded:
    """Counts as the reader may see them; None is hidden.

    `cells`: by scheme and column, and of all together ("") every column, `concluded` and `closed` (a second person
    agreed). `columns`: what is told of a single scheme.
    """

    cells: dict[Cell, int | None]
    schemes: list[str]
    columns: tuple[str, ...]


def seen(by_scheme: dict[str, dict[str, int]], closed: int, least: int) -> Concluded:
    """The counts of one page together, so that no small one is solved from another's sums.

    Where small counts are hidden a scheme tells no more than a share does, what was looked into and what was confirmed:
    the fewer sums there are, the less must be hidden for their sake. What was recorded by hand is no scheme there, for
    the share on the card leaves it out.
    """
    machine = {scheme: row for scheme, row in by_scheme.items() if least == SEES_ALL or scheme != outcomes.BY_HAND}
    rows = {scheme: _told(row) for scheme, row in machine.items()}
    hand = sum(_told(row)["concluded"] for scheme, row in by_scheme.items() if scheme not in machine)
    whole = {column: sum(row[column] for row in rows.values()) for column in (*COLUMNS, "concluded")}
    columns = COLUMNS if least == SEES_ALL else SHARE
    cells: dict[Cell, int] = {(scheme, column): row[column] for scheme, row in rows.items() for column in columns}
    cells |= {(TOTAL, column): count for column, count in whole.items()}
    cells |= {(TOTAL, "concluded"): whole["concluded"] + hand, (TOTAL, "hand"): hand, (TOTAL, "closed"): closed}
    sums: list[Sum[Cell]] = [((TOTAL, column), [(scheme, column) for scheme in rows]) for column in columns]
    sums.append(((TOTAL, "concluded"), [(TOTAL, part) for part in ("n", "deviation", "inconclusive", "hand")]))
    within: list[tuple[Cell, Cell]] = [((TOTAL, "closed"), (TOTAL, "concluded"))]
    return Concluded(veiled(cells, least, sums=sums, within=within), [*rows], columns)


def _told(row: dict[str, int]) -> dict[str, int]:
    looked = row["confirmed"] + row["refuted"]
    return {**row, "n": looked, "concluded": looked + row["deviation"] + row["inconclusive"]}


def draw(session: Session, told_of: Outcomes, counts: Concluded) -> None:
    """Five numbers, and behind them what was done."""
    say, period = session.say, session.view.period
    st.subheader(say("integrity.closure"))
    st.caption(say("integrity.closure_what"))
    together = counts.cells[TOTAL, "concluded"]
    if together == 0 and told_of.actions.is_empty():
        states.nothing(say("integrity.none_concluded"), say("integrity.none_concluded_how"), part="closure")
        return
    days = outcomes.median_days(outcomes.concluded(told_of.leads, period))
    deviation = counts.cells[TOTAL, "deviation"]
    closed = say("integrity.closed", count=told(session, counts.cells[TOTAL, "closed"]))
    honest = shown.percent(deviation / together) if deviation is not None and together else told(session, None)
    repaid = outcomes.money(told_of.actions, outcomes.REPAID, _UNDERPAID, period)
    recovered = outcomes.money(told_of.actions, ("recover",), _EVERY, period)
    done = _done(session, told_of, repaid)
    boxes = [
        (say("integrity.concluded"), told(session, together), closed),
        (say("integrity.days"), _days(session, days, together), say("integrity.days_what")),
        (say("integrity.repaid"), *_sum(session, repaid, done[_BOX])),
        (say("integrity.recovered"), *_sum(session, recovered, done["recover"])),
        (
            say("integrity.deviation"),
            say("overview.unknown") if together == 0 else honest,
            say("integrity.deviation_what", count=told(session, deviation)),
        ),
    ]
    for start in range(0, len(boxes), _IN_A_ROW):
        for column, box in zip(st.columns(_IN_A_ROW), boxes[start : start + _IN_A_ROW], strict=False):
            with column:
                _box(*box)
    _actions(session, told_of, done)


def _box(title: str, value: str, what: str) -> None:
    with st.container(border=True, height="stretch"):
        st.metric(title, value)
        st.caption(what)


def _days(session: Session, days: float | None, concluded: int | None) -> str:
    if concluded is None:
        return told(session, None)
    return session.say("overview.unknown") if days is None else session.say("integrity.in_days", days=f"{days:,.0f}")


def _done(session: Session, told_of: Outcomes, repaid: Money) -> dict[str, int | None]:
    """How often each action was reported, and how often something was repaid, which is the sum of two of them."""
    period = session.view.period
    counts = {str(kind): outcomes.money(told_of.actions, (kind,), _EVERY, period).actions for kind in ACTIONS}
    counts[_BOX] = repaid.actions
    return veiled(counts, counted.least(session), sums=[(_BOX, outcomes.REPAID)])


def _sum(session: Session, found: Money, times: int | None) -> tuple[str, str]:
    """The yuan, and how many times that was reported; hidden where so few did it that the sum is somebody's."""
    say = session.say
    if times is None:
        return told(session, None), say("integrity.yuan")
    unsaid = say("integrity.unsaid") if found.unsaid else ""
    lines = [say("integrity.yuan"), say("integrity.times", count=f"{times:,}"), unsaid]
    return shown.yuan(found.fen), "  \n".join(filter(None, lines))


def _actions(session: Session, told_of: Outcomes, done: dict[str, int | None]) -> None:
    """Every kind of action with how often; and how much, where no small count could be solved from it."""
    say, period = session.say, session.view.period
    if told_of.actions.is_empty():
        st.caption(say("integrity.no_actions"))
        return
    rows = []
    for kind, title in ACTIONS.items():
        row = {say("integrity.action"): session.text(title), say("integrity.how_often"): told(session, done[kind])}
        if counted.least(session) == SEES_ALL:
            found = outcomes.money(told_of.actions, (kind,), _EVERY, period)
            said = found.unsaid < found.actions
            row[say("integrity.amount")] = shown.yuan(found.fen) if said else shown.UNKNOWN
        rows.append(row)
    with st.expander(say("integrity.actions")):
        tables.plain(pl.DataFrame(rows), alt=say("integrity.actions"))
