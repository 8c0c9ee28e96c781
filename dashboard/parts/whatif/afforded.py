"""With so many visits a month at so much each, how far down the leads does one get under either set of rules?"""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import few, shown, tables
from dashboard.parts.before_work import ENOUGH
from dashboard.parts.counted import least
from dashboard.parts.whatif import letters
from dashboard.queries import appearing, lab
from dashboard.queries.appearing import Both
from dashboard.session import Session


def draw(session: Session, both: Both, letter: str, limit: int) -> None:
    """Visits and their price, both in the link; a row a set of rules."""
    say, desk = session.say, session.desk
    st.subheader(say("whatif.visits"))
    left, right = st.columns(2)
    with left:
        visits = _number(
            session, ("visits", "whatif.visits_asked"), int(desk.policy.value("visits_month", on=desk.as_of)), 5_000
        )
    with right:
        price = _number(
            session,
            ("price", "whatif.price_asked"),
            round(float(desk.policy.value("visit_cost", on=desk.as_of))),
            1_000,
        )
    st.text(say("whatif.visits_cost", visits=f"{visits:,}", price=f"{price:,}", month=f"{visits * price:,}"))
    concluded = lab.raised(desk, session.reader, session.region_codes)
    judged = concluded.select("lead_id", lab.judged().alias("confirmed")).drop_nulls()
    enough = max(ENOUGH, few.enough(session))
    before, after = appearing.afforded(both, judged, visits, float(price), enough, limit)
    names = (letters.called(session, "baseline"), letters.called(session, letter))
    rows = [
        {say("whatif.rules"): name} | _row(session, one.row(0, named=True))
        for name, one in zip(names, (before, after), strict=True)
    ]
    tables.plain(pl.DataFrame(rows), alt=say("whatif.visits"))
    st.caption(say("whatif.visits_what"))


def _number(session: Session, asking: tuple[str, str], usual: int, most: int) -> int:
    name, words = asking
    asked = min(max(address.number(name, usual), 1), most)
    key, kept = f"url-{name}", _kept(name)
    st.session_state[key] = asked
    st.number_input(session.say(words), min_value=1, max_value=most, step=10, key=key, on_change=kept)
    return asked


def _kept(name: str) -> Any:  # noqa: ANN401 - a callback of streamlit
    return lambda: address.write(**{name: str(int(st.session_state[f"url-{name}"] or 1))})


def _row(session: Session, row: dict[str, Any]) -> dict[str, str]:
    say, step = session.say, max(least(session), 1)

    def count(name: str) -> str:
        return say("overview.hidden") if row[name] is None else f"{round(row[name] / step) * step:,}"

    def expected(name: str) -> str:
        if row[name] is None:
            return shown.UNKNOWN
        value, low, high = (round(row[f"{name}{end}"] / step) * step for end in ("", "_low", "_high"))
        return f"{value:,} ({low:,}–{high:,})"

    months = row["months"]
    return {
        say("whatif.queue"): count("queue"),
        say("whatif.reached"): count("visits"),
        say("whatif.cut"): shown.UNKNOWN if row["cut"] is None else f"{row['cut']:.2f}",
        say("lab.confirmed"): expected("found"),
        say("lab.innocent"): expected("innocent"),
        say("whatif.left"): count("left"),
        say("whatif.months_to_clear"): shown.UNKNOWN if months is None else f"{months:,}",
    }
