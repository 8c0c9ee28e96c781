"""How is the funnel of discovery drawn: found, visited, on file, helped or referred?"""

from itertools import pairwise
from typing import Final

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from casework.tables import OUTREACH
from dashboard import address
from dashboard.parts import few, states, tables, twin
from dashboard.parts.charts import INK, base
from dashboard.queries import funnel
from dashboard.queries.funnel import BESIDE, STAGES, TOGETHER
from dashboard.session import Session
from metrics.honest.veil import Sum

_STAGES: Final = {
    "found": "coverage.found",
    "visited": "coverage.visited",
    "registered": "coverage.registered",
    "met": "coverage.met",
}
_BESIDE: Final = {
    "no_need": "coverage.no_need",
    "applied": "coverage.result_applied",
    "helped": "coverage.result_helped",
    "referred": "coverage.result_referred",
}
_BY: Final = {"cause": "coverage.by_cause", "channel": "coverage.by_channel"}
_COLOURS: Final = ("#0b4f6c", "#0072B2", "#56B4E9", "#009E73")
_WIDE, _WIDTH = 112, 88  # pixels, for a screen of 1280
Counts = dict[str, dict[str, int | None]]


def draw(session: Session) -> None:
    """Four bars, each with the share of the one before, and a table by cause or channel."""
    say = session.say
    st.subheader(say("coverage.funnel"))
    st.caption(say("coverage.funnel_what"))
    rows = funnel.narrowed(session.desk.reach.outreach, session.region_codes, session.view.period)
    if rows.is_empty():
        states.nothing(say("coverage.funnel_none"), say("coverage.funnel_none_how"))
        return
    by = address.read("by") if address.read("by") in _BY else "cause"
    counts = _veiled(session, funnel.counted(rows, by))
    whole = counts[TOGETHER]
    twin.draw(
        session,
        _figure(session, whole),
        _steps(session, whole),
        name="funnel",
        alt=say("coverage.funnel_alt"),
        data=pl.DataFrame([{"stage": stage, "count": whole[stage]} for stage in (*STAGES, *BESIDE)]),
    )
    key, changed = address.bound("by", by)
    st.segmented_control(
        say("coverage.by"),
        [*_BY],
        format_func=lambda name: say(_BY[name]),
        required=True,
        key=key,
        on_change=changed,
    )
    table = _table(session, counts, by)
    widths = {
        title: st.column_config.TextColumn(width=_WIDE if place == 0 else _WIDTH)
        for place, title in enumerate(table.columns)
    }
    tables.plain(table, alt=say("coverage.funnel_table"), columns=widths)


def _veiled(session: Session, found: dict[str, dict[str, int]]) -> Counts:
    """Hidden also where those who got no further are few; what ended how adds up to what was met."""
    cells = {(name, stage): count for name, row in found.items() for stage, count in row.items()}
    parts = [name for name in found if name != TOGETHER]
    sums: list[Sum[tuple[str, str]]] = [
        ((TOGETHER, stage), [(name, stage) for name in parts]) for stage in (*STAGES, *BESIDE)
    ]
    sums += [((name, "met"), [(name, end) for end in funnel.MET]) for name in found]
    within = [((name, later), (name, earlier)) for name in found for earlier, later in pairwise(STAGES)]
    shown = few.seen(session, cells, sums=sums, within=within)
    return {name: {stage: shown[name, stage] for stage in row} for name, row in found.items()}


def _figure(session: Session, whole: dict[str, int | None]) -> go.Figure:
    figure = base(height=300)
    counts = [whole[stage] for stage in STAGES]
    texts = [_text(session, whole, stage, before) for stage, before in zip(STAGES, (None, *STAGES), strict=False)]
    figure.add_trace(
        go.Bar(
            y=[session.say(_STAGES[stage]) for stage in STAGES],
            x=[count or 0 for count in counts],
            orientation="h",
            marker={"color": _COLOURS},
            text=texts,
            textposition="outside",
            textfont={"color": INK, "size": 13},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    room = max([1, *(count or 0 for count in counts)])
    figure.update_xaxes(range=[0, room * 1.45], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return figure


def _text(session: Session, whole: dict[str, int | None], stage: str, before: str | None) -> str:
    """The count, and its share of the step before; of what was found where that step is hidden."""
    say, count = session.say, whole[stage]
    told = few.told(session, count)
    if before is None or count is None:
        return told
    if whole[before] is not None:
        share = few.share_beside(session, count, whole[before])
        return told + say("coverage.of_before", share=share) if share else told
    share = few.share_beside(session, count, whole["found"])
    return told + say("coverage.of_found_too", share=share) if share else told


def _steps(session: Session, whole: dict[str, int | None]) -> pl.DataFrame:
    say = session.say
    before = [None, *STAGES[:-1]]
    return pl.DataFrame(
        [
            {
                say("coverage.stage"): say(_STAGES[stage]),
                say("coverage.households_times"): few.told(session, whole[stage]),
                say("coverage.conversion"): "" if earlier is None else few.share(session, whole[stage], whole[earlier]),
                say("coverage.of_found"): few.share(session, whole[stage], whole["found"]),
            }
            for stage, earlier in zip(STAGES, before, strict=True)
        ]
    )


def _table(session: Session, counts: Counts, by: str) -> pl.DataFrame:
    say = session.say
    options = {option.code: session.text(option.label) for option in OUTREACH[by].options}
    names = {**options, "?": say("overview.unknown"), TOGETHER: say("coverage.together")}
    order = sorted(counts, key=lambda name: (name == TOGETHER, [*names].index(name)))
    return pl.DataFrame(
        [
            {
                say(_BY[by]): names[name],
                **{say(_STAGES[stage]): few.told(session, counts[name][stage]) for stage in STAGES},
                **{say(_BESIDE[end]): few.told(session, counts[name][end]) for end in BESIDE},
                say("coverage.helped_share"): few.share(session, counts[name]["helped"], counts[name]["registered"]),
            }
            for name in order
        ]
    )
