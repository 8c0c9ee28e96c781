"""How much may be owed to households, beside how much may have been paid wrongly?

Both bars are drawn alike: neither error is the lesser one (safeguards, "one ledger of both errors").
"""

from typing import Any, Final

import polars as pl
import streamlit as st

from casework.card import MetricCard
from dashboard.parts import bars, boxes, counted, numbers, states, twin
from dashboard.queries.counts import Period
from dashboard.session import Session

_BOTH: Final = ("amount_owed", "amount_in_doubt")
_COLOURS: Final = ("#0072B2", "#E69F00")


def draw(session: Session) -> None:
    """Two bars on one scale, as they stand at the data's day, whatever months the view shows."""
    say = session.say
    st.subheader(say("integrity.money"))
    st.caption(say("integrity.money_what", day=session.desk.as_of))
    cards = boxes.named(session, _BOTH)
    if not session.desk.detected:
        states.no_run(say, session.desk)
        return
    now = Period(session.desk.as_of.replace(day=1), session.desk.as_of.replace(day=1))
    found = {card.metric: counted.total(session, card, period=now) for card in cards}
    if not any(found.values()):
        states.nothing(say("integrity.no_money"), say("integrity.no_money_how"), part="money")
        return
    names = {card.metric: session.text(card.title) for card in cards}
    said = {card.metric: _said(session, card, found[card.metric]) for card in cards}
    twin.draw(
        session,
        bars.figure(
            [bars.Bar(names[card.metric], _yuan(found[card.metric]), said[card.metric]) for card in cards],
            colours=_COLOURS,
        ),
        pl.DataFrame({say("overview.metric"): [*names.values()], say("integrity.amount"): [*said.values()]}),
        name="money",
        alt=say("integrity.money_alt"),
        data=pl.DataFrame(
            {"metric": [*names], "yuan": [_yuan(found[metric]) for metric in names]},
            schema={"metric": pl.String(), "yuan": pl.Float64()},
        ),
    )
    for column, card in zip(st.columns(len(cards)), cards, strict=True):
        with column:
            if boxes.opens(session, card, found[card.metric]):
                st.caption(names[card.metric])
            boxes.link(session, card, found[card.metric], period=now)


def _yuan(row: dict[str, Any] | None) -> float | None:
    return None if row is None or row["value"] is None else row["value"] / 100


def _said(session: Session, card: MetricCard, row: dict[str, Any] | None) -> str:
    """Where no lead has an amount nothing is known to be owed: that is no sum of 0."""
    if row is None:
        return session.say("integrity.no_lead")
    unit = f" {session.say('integrity.yuan')}" if numbers.reliable(row) else ""
    return numbers.headline(session, card, row) + unit
