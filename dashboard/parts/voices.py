"""Which complaints came in: to which level, of which kind, on which way?"""

from typing import Final

import polars as pl
import streamlit as st

from casework.tables import COMPLAINT
from dashboard.parts import bars, counted, few, labels, twin
from dashboard.queries import heard
from dashboard.queries.counts import SEES_ALL
from dashboard.session import Session
from metrics.honest.veil import veiled

_TITLES: Final = {"level": "complaints.by_level", "kind": "complaints.by_kind", "channel": "complaints.by_channel"}
_HIGHER: Final = ("city", "province", "ministry")  # what a card beside sums up, as higher_level_share does
_ALL: Final = "all"
Cell = tuple[str, str]


def draw(session: Session, rows: pl.DataFrame) -> None:
    """Three pictures of the same complaints, and how many there are together."""
    say = session.say
    counts = {by: heard.counted(rows, by) for by in heard.BY}
    seen = few.rough(session, hidden(counts, rows.height, counted.least(session)))
    total = seen[_ALL, _ALL]
    st.text(say("complaints.received", total=few.told(session, total)))
    few.rounding(session)
    for column, by in zip(st.columns(len(heard.BY), gap="large"), heard.BY, strict=True):
        with column:
            _one(session, by, {code: seen[by, code] for code in counts[by]}, total)


def hidden(counts: dict[str, dict[str, int]], total: int, least: int) -> dict[Cell, int | None]:
    """The counts of all three, none of them to be solved from the total or from the share of higher levels beside."""
    cells: dict[Cell, int] = {(by, code): count for by, found in counts.items() for code, count in found.items()}
    higher: Cell = ("level", "higher")
    cells |= {(_ALL, _ALL): total, higher: sum(counts["level"].get(code, 0) for code in _HIGHER)}
    sums = [((_ALL, _ALL), [(by, code) for code in found]) for by, found in counts.items()]
    sums.append((higher, [("level", code) for code in _HIGHER if code in counts["level"]]))
    return veiled(cells, least, sums=sums)


def hidden_what(session: Session) -> None:
    """Why some counts are hidden, once a page, for those from whom any is."""
    if counted.least(session) != SEES_ALL:
        st.caption(session.say("times.few_what", minimum=session.desk.counts.minimum))


def _one(session: Session, by: str, counts: dict[str, int | None], total: int | None) -> None:
    say, names = session.say, session.desk.programmes
    st.subheader(say(_TITLES[by]))
    words = {code: labels.cell(COMPLAINT.name, by, code, session.language, names) for code in counts}
    words |= {heard.UNKNOWN: say("overview.unknown")} if heard.UNKNOWN in counts else {}
    shares = {code: few.share_beside(session, count, total) if count else "" for code, count in counts.items()}
    drawn = [
        bars.Bar(words[code], count, " · ".join(filter(None, [few.told(session, count), shares[code]])))
        for code, count in counts.items()
    ]
    table = pl.DataFrame(
        [
            {
                say(_TITLES[by]): words[code],
                say("complaints.count"): few.told(session, count),
                say("complaints.share"): shares[code],
            }
            for code, count in counts.items()
        ]
    )
    twin.draw(
        session,
        bars.figure(drawn, room=1.9),
        table,
        name=f"complaints-{by}",
        alt=say("complaints.by_alt", by=say(_TITLES[by])),
        data=pl.DataFrame({by: [*counts], "count": [*counts.values()]}, schema={by: pl.String(), "count": pl.Int64()}),
    )
