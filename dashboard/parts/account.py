"""How is a statement of means shown, so that a villager can follow the sum (算账单)?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from casework.tables import MEANS
from dashboard.parts import labels, shown, tables
from dashboard.queries.account import Account, Stated, account, stated
from dashboard.session import Reading, Session

_STEPS = {
    "year": "account.step_year",
    "members": "account.step_members",
    "head": "account.step_head",
    "standard": "account.step_standard",
    "times": "account.step_times",
    "line": "account.step_line",
    "answer": "account.step_answer",
    "due": "account.step_due",
}
_ANSWERS = {
    "below": "account.answer_below",
    "at_or_above": "account.answer_at_or_above",
    "unknown": "account.answer_unknown",
}
_SIGNS = {1: "account.plus", -1: "account.minus", 0: "account.apart"}


def draw(
    session: Session, proof: pl.DataFrame, lead: Mapping[str, Any], row: Mapping[str, Any], facts: Mapping[str, Any]
) -> None:
    """One statement at a time: item, declared, verified, what of it counts and by which rule, and the sum so far."""
    say, desk = session.say, session.desk
    choices = stated(desk.opened, proof, lead, row, facts)
    if not choices:
        return
    chosen, day = _chosen(session, choices, lead["lead_id"])
    one = account(desk.opened, desk.policy, chosen, day, lead, row, facts)
    if one is None:
        return
    st.caption(say("account.of", household=one.household_no, as_of=one.as_of))
    tables.plain(lines(session, one), alt=say("account.alt", as_of=one.as_of))
    unknown = one.year_fen is None
    st.text(say("account.unknown") if unknown else say("account.year", sum=shown.yuan(one.year_fen)))
    if one.closing.height and one.day is not None:
        heading = say("account.closing", day=day_of(one.day, chosen))
        st.caption(heading)
        tables.plain(closing(session, one), alt=heading)
        st.text(resting_on(session, one))


def _chosen(session: Session, choices: list[Stated], lead_id: str) -> tuple[Stated, date | None]:
    """The heading; the statement and the month the reader asks for, at first the last ones."""
    say = session.say
    st.subheader(say("account.title"))
    chosen = choices[0]
    if len(choices) > 1:
        chosen = st.selectbox(
            say("account.which"),
            choices,
            format_func=lambda one: say("account.of", household=one.household_no, as_of=one.as_of),
            key=f"account-{lead_id}",
        )
    day = chosen.days[0] if chosen.days else None
    if len(chosen.days) > 1:
        day = st.selectbox(
            say("account.month"),
            chosen.days,
            format_func=lambda one: day_of(one, chosen),
            key=f"account-{lead_id}-{chosen.household_no}-{chosen.as_of}",
        )
    return chosen, day


def day_of(day: date, one: Stated) -> str:
    """A day, or a month of pay."""
    return f"{day:%Y-%m}" if one.monthly else str(day)


def lines(reading: Reading, one: Account) -> pl.DataFrame:
    """Item by item: declared, verified, what of it counts and by which rule, and the sum so far."""
    say, policy = reading.say, reading.desk.policy
    rows = []
    for line in one.lines.to_dicts():
        hidden = line["item"] == "deposits"  # a balance is sensitive, and does not count
        rules = [reading.text(policy.rule(rule).label) for rule in line["rules"].split(";") if rule]
        rows.append(
            {
                say("account.item"): labels.cell(MEANS.name, "item", line["item"], reading.language, {}),
                say("account.declared"): _yuan(reading, line["declared_fen"], hidden=hidden),
                say("account.verified"): _yuan(reading, line["verified_fen"], hidden=hidden),
                say("account.sign"): say(_SIGNS[line["sign"]]),
                say("account.counted"): "" if hidden else shown.yuan(line["counted_fen"]),
                say("account.rule"): say("rules.joint").join(rules) or ("" if hidden else say("account.as_filed")),
                say("account.sum"): "" if hidden else shown.yuan(line["running_fen"]),
            }
        )
    return pl.DataFrame(rows)


def closing(reading: Reading, one: Account) -> pl.DataFrame:
    """Income a head, the line, the answer and the amount due."""
    say = reading.say
    return pl.DataFrame(
        [
            {say("account.step"): say(_STEPS[line["item"]]), say("account.figure"): _figure(reading, line)}
            for line in one.closing.to_dicts()
        ]
    )


def resting_on(reading: Reading, one: Account) -> str:
    """The rules of the closing lines, each with its source and since when it holds."""
    say, policy = reading.say, reading.desk.policy
    said = []
    for line in one.closing.filter(pl.col("rule").is_not_null()).to_dicts():
        source = labels.half(line["source"] or "", reading.language)
        since = say("account.holds_since", since=line["since"]) if line["since"] else ""
        parts = (say(_STEPS[line["item"]]), reading.text(policy.rule(line["rule"]).label), source, since)
        said.append(say("account.joint").join(part for part in parts if part))
    return "\n".join(said)


def _figure(reading: Reading, line: dict[str, Any]) -> str:
    say = reading.say
    match line["item"]:
        case "answer":
            return say(_ANSWERS[line["answer"]])
        case "members":
            return say("account.persons", persons=f"{line['number']:g}")
        case "times":
            return shown.UNKNOWN if line["number"] is None else f"× {line['number']:g}"
        case _:
            return shown.UNKNOWN if line["fen"] is None else say("account.yuan", sum=shown.yuan(line["fen"]))


def _yuan(reading: Reading, fen: int | None, *, hidden: bool) -> str:
    return reading.say("dossier.hidden") if hidden and fen is not None else shown.yuan(fen)
