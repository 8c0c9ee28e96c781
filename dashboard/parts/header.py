"""How does a dossier begin: who or what, what was seen, how much, by which rule, in one sentence?"""

import streamlit as st

from dashboard.parts import labels, shown
from dashboard.parts.opened import Opened
from dashboard.parts.said import subject, together
from dashboard.session import Session


def draw(session: Session, opened: Opened) -> None:
    """The title, the sentence, what it adds up to with other leads, and how sure and how grave it is, apart."""
    say, lead = session.say, opened.lead
    st.title(session.text(opened.card.title))
    with st.container(key="sentence"):
        st.text(_sentence(session, opened))
    same = opened.same_money
    if sum_ := together(session, lead) or (say("dossier.same_money", count=len(same)) if same else ""):
        with st.container(key="together"):
            st.text(sum_)
    with st.container(key="axes"):
        st.text(_axes(session, opened))


def _sentence(session: Session, opened: Opened) -> str:
    say, lead = session.say, opened.lead
    spoken, facts = opened.worded
    who = say(
        "header.who",
        kind=labels.code("kind", lead["subject_kind"], session.language, session.desk),
        subject=subject(lead, opened.persons, reveal=opened.reveal),
        region=session.place(lead["region_code"]),
    )
    seen = spoken.reads(facts, session.language, session.desk.programmes)
    amount = ""
    sum_ = shown.yuan(lead["amount_fen"])
    if lead["amount_fen"] is not None and sum_ not in seen:  # many a sentence says it already
        amount = say("header.owed" if lead["family"] == "missed" else "header.in_doubt", sum=sum_)
    rule = session.text(session.desk.policy.rule(opened.card.rule).label) if opened.card.rule else ""
    by = say("header.by", rule=rule) if rule else ""
    return say("header.whole", who=who, seen=seen, amount=amount, by=by)


def _axes(session: Session, opened: Opened) -> str:
    """Identity before the allegation; how sure and how grave are never one number."""
    say, lead, language, desk = session.say, opened.lead, session.language, session.desk
    states = [one.state for one in opened.persons.values()]
    sure = all(state in {"valid", "upgraded15"} for state in states)
    return say(
        "header.axes",
        identity=say("dossier.nobody") if not states else say("dossier.sure") if sure else say("dossier.unsure"),
        confidence=f"{lead['confidence']:.2f}",
        severity=labels.code("severity", lead["severity"], language, desk),
        level=labels.code("level", lead["level"], language, desk),
    )
