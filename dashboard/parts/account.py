"""How is a statement of means shown, so that a villager can follow the sum (算账单)?"""

from typing import Any

import polars as pl
import streamlit as st

from casework.tables import MEANS
from dashboard.parts import labels, shown, tables
from dashboard.queries.account import Account
from dashboard.session import Session

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


def draw(session: Session, accounts: list[Account]) -> None:
    """One table a statement: item, declared, verified, what of it counts and by which rule, and the sum so far."""
    say = session.say
    if not accounts:
        return
    st.subheader(say("account.title"))
    for one in accounts:
        st.caption(say("account.of", household=one.household_no, as_of=one.as_of))
        tables.plain(_rows(session, one), alt=say("account.alt", as_of=one.as_of))
        unknown = one.year_fen is None
        st.text(say("account.unknown") if unknown else say("account.year", sum=shown.yuan(one.year_fen)))
        if one.closing.height:
            st.caption(say("account.closing", day=one.day))
            tables.plain(_closing(session, one), alt=say("account.closing", day=one.day))
            st.text(_rules(session, one))


def _rows(session: Session, one: Account) -> pl.DataFrame:
    say, policy = session.say, session.desk.policy
    rows = []
    for line in one.lines.to_dicts():
        hidden = line["item"] == "deposits"  # a balance is sensitive, and does not count
        rules = [session.text(policy.rule(rule).label) for rule in line["rules"].split(";") if rule]
        rows.append(
            {
                say("account.item"): labels.cell(MEANS.name, "item", line["item"], session.language, {}),
                say("account.declared"): _yuan(session, line["declared_fen"], hidden=hidden),
                say("account.verified"): _yuan(session, line["verified_fen"], hidden=hidden),
                say("account.sign"): say(_SIGNS[line["sign"]]),
                say("account.counted"): "" if hidden else shown.yuan(line["counted_fen"]),
                say("account.rule"): say("rules.joint").join(rules) or ("" if hidden else say("account.as_filed")),
                say("account.sum"): "" if hidden else shown.yuan(line["running_fen"]),
            }
        )
    return pl.DataFrame(rows)


def _closing(session: Session, one: Account) -> pl.DataFrame:
    """Income a head, the line, the answer and the amount due."""
    say = session.say
    return pl.DataFrame(
        [
            {say("account.step"): say(_STEPS[line["item"]]), say("account.figure"): _figure(session, line)}
            for line in one.closing.to_dicts()
        ]
    )


def _rules(session: Session, one: Account) -> str:
    """The rules of the closing lines, each with its source and since when it holds."""
    say, policy = session.say, session.desk.policy
    said = []
    for line in one.closing.filter(pl.col("rule").is_not_null()).to_dicts():
        source = labels.half(line["source"] or "", session.language)
        since = say("account.holds_since", since=line["since"]) if line["since"] else ""
        parts = (say(_STEPS[line["item"]]), session.text(policy.rule(line["rule"]).label), source, since)
        said.append(say("account.joint").join(part for part in parts if part))
    return "\n".join(said)


def _figure(session: Session, line: dict[str, Any]) -> str:
    say = session.say
    match line["item"]:
        case "answer":
            return say(_ANSWERS[line["answer"]])
        case "members":
            return say("account.persons", persons=f"{line['number']:g}")
        case "times":
            return shown.UNKNOWN if line["number"] is None else f"× {line['number']:g}"
        case _:
            return shown.UNKNOWN if line["fen"] is None else say("account.yuan", sum=shown.yuan(line["fen"]))


def _yuan(session: Session, fen: int | None, *, hidden: bool) -> str:
    return session.say("dossier.hidden") if hidden and fen is not None else shown.yuan(fen)
