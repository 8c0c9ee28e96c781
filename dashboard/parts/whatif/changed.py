"""What does a scenario change, in words, and what should be known of it before its numbers are read?"""

from collections.abc import Sequence
from typing import Final

import polars as pl
import streamlit as st

from casework.policy import Change
from casework.policy.shape import token
from dashboard.parts import labels
from dashboard.session import Session
from metrics.whatif.conflicts import Conflict
from metrics.whatif.difference import sentences, spoken
from metrics.whatif.risk import KINDS, Note
from metrics.whatif.scenario import Scenario

_DIGITS: Final = 12  # of a region's code


def title(session: Session, scenario: Scenario) -> str:
    """A shipped scenario's name in the reader's language."""
    return labels.half(scenario.name, session.language)


def note(session: Session, scenario: Scenario) -> str:
    """What it says of itself."""
    return labels.half(scenario.note, session.language)


def line(session: Session, change: Change, source: str) -> str:
    """A change as it was written: the rule, how, on whose authority; what it comes to is told with the numbers."""
    say = session.say
    rule = session.desk.policy.rules.get(change.id)
    name = session.text(rule.label) if rule else change.id
    whom = _whom(session, change)
    if change.scale is not None:
        what = say("whatif.scaled", number=f"{change.scale:g}")
    elif change.add is not None:
        what = say("whatif.added", number=f"{change.add:+g}")
    else:
        what = say("whatif.became", value=_plain(session, change.set))
    days = "".join(
        filter(
            None,
            (
                say("whatif.since", day=change.from_) if change.from_ else "",
                say("whatif.until", day=change.to) if change.to else "",
            ),
        )
    )
    return say(
        "whatif.own_line",
        rule=name,
        whom=say("whatif.for_whom", whom=whom) if whom else "",
        what=what,
        days=days,
        source=say("whatif.by", source=labels.half(source, session.language)) if source else "",
    )


def _whom(session: Session, change: Change) -> str:
    """Where and for whom, as far as the change says; two changes of one rule are told apart by nothing else."""
    where = session.place(change.region.ljust(_DIGITS, "0")) if change.region else ""
    said = spoken({key: token(value) for key, value in change.scope.items()}, session.desk.policy)
    return session.say("rules.joint").join(filter(None, (where, session.text(said))))


def _plain(session: Session, value: object) -> str:
    if isinstance(value, bool):
        return session.say("rules.yes") if value else session.say("rules.no")
    if isinstance(value, tuple | list):
        return session.say("rules.joint").join(map(str, value))
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def told(session: Session, differences: pl.DataFrame, found: Sequence[Conflict], notes: Sequence[Note]) -> None:
    """原值 → 新值, 生效, 依据; then what is unknown, without effect, out of range, overlapping, or a risk."""
    lines = sentences(differences, session.language)
    st.text("\n".join(lines) if lines else session.say("whatif.changes_nothing"))
    if notes:
        said = [
            session.say("whatif.of_kind", kind=session.text(KINDS[one.kind]), label=session.text(one.text))
            for one in {one.text: one for one in notes}.values()  # of several switches that say the same, one
        ]
        st.info("\n\n".join([session.say("whatif.risks"), *said]))
    for one in found:
        text = session.text(one.message)
        if one.error:
            st.error(text)
        else:
            st.warning(text)
