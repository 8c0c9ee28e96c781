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
from dashboard.parts.voices import told
from dashboard.queries import outcomes
from dashboard.queries.outcomes import Money, Outcomes
from dashboard.session import Session
from metrics.honest.veil import Sum, veiled

_EVERY: Final = get_args(Family)
_UNDERPAID: Final = ("missed",)
Cell = tuple[str, str]
TOTAL: Final = ""
_CARD: Final = "card"
_PARTS: Final = ("pending", *outcomes.OUTCOMES)


@dataclass(frozen=True, slots=True)
class Concluded:
    """Counts as the reader may see them; None is hidden.

    `cells`: by scheme ("" = all together) and group, with `n` (confirmed or refuted), `concluded`, and of all together
    `closed` (a second person agreed).
    """

    cells: dict[Cell, int | None]
    schemes: list[str]


def seen(by_scheme: dict[str, dict[str, int]], closed: int, least: int) -> Concluded:
    """The counts of one page together, so that no small one is solved from another table's sums."""
    rows = {**by_scheme, TOTAL: {part: sum(row[part] for row in by_scheme.values()) for part in _PARTS}}
    machine = [scheme for scheme in by_scheme if scheme != outcomes.BY_HAND]  # what the card of precision counts
    rows[_CARD] = {part: sum(by_scheme[scheme][part] for scheme in machine) for part in _PARTS}
    cells: dict[Cell, int] = {(scheme, part): count for scheme, row in rows.items() for part, count in row.items()}
    sums: list[Sum[Cell]] = []
    for scheme in rows:
        for name, parts in (("n", ("confirmed", "refuted")), ("concluded", outcomes.OUTCOMES)):
            cells[scheme, name] = sum(cells[scheme, part] for part in parts)
            sums.append(((scheme, name), [(scheme, part) for part in parts]))
    for part in (*_PARTS, "n", "concluded"):
        sums.append(((TOTAL, part), [(scheme, part) for scheme in by_scheme]))
        sums.append(((_CARD, part), [(scheme, part) for scheme in machine]))
    cells[TOTAL, "closed"] = closed
    within = [((TOTAL, "closed"), (TOTAL, "concluded"))]
    return Concluded(veiled(cells, least, sums=sums, within=within), [*by_scheme])


def draw(session: Session, told_of: Outcomes, counts: Concluded) -> None:
    """Five numbers, and behind them what was done."""
    say, period = session.say, session.view.period
    st.subheader(say("integrity.closure"))
    st.caption(say("integrity.closure_what"))
    together = counts.cells[TOTAL, "concluded"]
    if together == 0 and told_of.actions.is_empty():
        states.nothing(say("integrity.none_concluded"), say("integrity.none_concluded_how"))
        return
    days = outcomes.median_days(outcomes.concluded(told_of.leads, period))
    deviation = counts.cells[TOTAL, "deviation"]
    repaid = outcomes.money(told_of.actions, outcomes.REPAID, _UNDERPAID, period)
    recovered = outcomes.money(told_of.actions, ("recover",), _EVERY, period)
    honest = told(session, None) if deviation is None or together is None else say("overview.unknown")
    honest = shown.percent(deviation / together) if deviation is not None and together else honest
    closed = say("integrity.closed", count=told(session, counts.cells[TOTAL, "closed"]))
    boxes = [
        (say("integrity.concluded"), told(session, together), closed),
        (
            say("integrity.days"),
            _days(session, days, together),
            say("integrity.days_what"),
        ),
        (say("integrity.repaid"), *_sum(session, repaid)),
        (say("integrity.recovered"), *_sum(session, recovered)),
        (say("integrity.deviation"), honest, say("integrity.deviation_what", count=told(session, deviation))),
    ]
    for column, (title, value, what) in zip(st.columns(len(boxes)), boxes, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.metric(title, value)
            st.caption(what)
    _actions(session, told_of)


def _days(session: Session, days: float | None, concluded: int | None) -> str:
    if concluded is None:
        return told(session, None)
    return session.say("overview.unknown") if days is None else f"{days:,.0f}"


def _sum(session: Session, found: Money) -> tuple[str, str]:
    """The yuan, and how many times that was reported; hidden where so few did it that the sum is somebody's."""
    say, least = session.say, counted.least(session)
    if 0 < found.actions < least:
        return told(session, None), say("integrity.yuan")
    times = say("integrity.times", count=f"{found.actions:,}")
    unsaid = say("integrity.unsaid", count=f"{found.unsaid:,}") if found.unsaid and not 0 < found.unsaid < least else ""
    return shown.yuan(found.fen), "  \n".join(filter(None, [say("integrity.yuan"), times, unsaid]))


def _actions(session: Session, told_of: Outcomes) -> None:
    """Every kind of action with how often and how much; hidden counts hide their money."""
    say, period = session.say, session.view.period
    sums = {kind: outcomes.money(told_of.actions, (kind,), _EVERY, period) for kind in ACTIONS}
    if not any(one.actions for one in sums.values()):
        st.caption(say("integrity.no_actions"))
        return
    counts = veiled({kind: one.actions for kind, one in sums.items()}, counted.least(session))
    rows = [
        {
            say("integrity.action"): session.text(ACTIONS[kind]),
            say("integrity.how_often"): told(session, counts[kind]),
            say("integrity.amount"): shown.UNKNOWN
            if counts[kind] is None or one.unsaid == one.actions
            else shown.yuan(one.fen),
        }
        for kind, one in sums.items()
    ]
    with st.expander(say("integrity.actions")):
        tables.plain(pl.DataFrame(rows), alt=say("integrity.actions"))
