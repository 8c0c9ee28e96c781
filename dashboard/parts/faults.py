"""How are the faults of an import shown, each in its sheet's own row?"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import streamlit as st

from casework.intake.messages import MESSAGES
from dashboard import address
from dashboard.parts import labels, tables
from dashboard.queries import faults
from dashboard.queries.faults import Part
from dashboard.session import Session

KINDS: Final = {
    "refused": "data.refused",
    "rejected": "data.rejected",
    "warned": "data.warned",
    "ignored": "data.ignored",
}
_WHAT: Final = {
    "refused": "faulty.refused_what",
    "rejected": "faulty.rejected_what",
    "warned": "faulty.warned_what",
    "ignored": "faulty.ignored_what",
}
_FACETS: Final = {"kind": "data.kind", "code": "faulty.code", "place": "faulty.place"}
_LINES: Final = 4


def draw(session: Session, report: Path) -> None:
    """How many of each kind and what follows, three facets, then what concerns whole files, then row by row."""
    say = session.say
    told = faults.told(report)
    if told.is_empty():
        st.text(say("faulty.none"))
        return
    counts = dict(told.group_by("kind").len().iter_rows())
    for box, (kind, name) in zip(st.columns(len(KINDS)), KINDS.items(), strict=True):
        with box, st.container(key=f"card-{kind}"):
            st.metric(say(name), f"{counts.get(kind, 0):,}", border=True)
            st.caption(say(_WHAT[kind]))
    asked = {name: address.read(name) for name in faults.FACETS}
    asked = {name: value if value in told[name] else "" for name, value in asked.items()}
    _facets(session, told, asked)
    kept = faults.narrowed(told, asked)
    whole, rows = kept.filter(pl.col("row").is_null()), kept.filter(pl.col("row").is_not_null())
    if not whole.is_empty():
        st.subheader(say("faulty.whole", total=f"{whole.height:,}"))
        _whole(session, whole.head(faults.SIZE))
    if rows.is_empty():
        return
    st.subheader(say("faulty.rows", total=f"{rows.height:,}"))
    st.caption(say("faulty.rows_what"))
    pages = -(-rows.height // faults.SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    shown = rows.slice((number - 1) * faults.SIZE, faults.SIZE)
    for part in faults.parts(report, shown, session.language):
        _part(session, part)
    tables.pages(number, pages)


def _facets(session: Session, told: pl.DataFrame, asked: Mapping[str, str]) -> None:
    for box, (name, title) in zip(st.columns([2, 4, 3]), _FACETS.items(), strict=True):
        counted = faults.choices(told, asked, name)
        key, changed = address.bound(name, asked[name], clears=("page",))
        with box:
            st.selectbox(
                session.say(title),
                ["", *dict.fromkeys([*counted, *filter(None, [asked[name]])])],
                format_func=_choice(session, name, counted),
                key=key,
                on_change=changed,
            )


def _choice(session: Session, facet: str, counted: Mapping[str, int]) -> Callable[[str], str]:
    def words(value: str) -> str:
        if not value:
            return session.say("faulty.any", total=f"{sum(counted.values()):,}")
        text = {"kind": kind, "code": meaning}.get(facet, lambda _session, name: name)(session, value)
        return f"{text} · {counted.get(value, 0):,}"

    return words


def kind(session: Session, value: str) -> str:
    """What followed, in words."""
    return session.say(KINDS[value]) if value in KINDS else value


def meaning(session: Session, code: str) -> str:
    """A code and what it means."""
    return f"{code} {session.text(MESSAGES[code])}" if code in MESSAGES else code


def _whole(session: Session, found: pl.DataFrame) -> None:
    say = session.say
    rows = [
        {
            say("faulty.place"): said["place"],
            say("data.kind"): kind(session, said["kind"]),
            say("data.message"): message(session, said["message"], said["sheet"]),
            say("faulty.code"): said["code"],
        }
        for said in found.iter_rows(named=True)
    ]
    widths = {say("faulty.place"): 170, say("data.kind"): 80, say("data.message"): 510, say("faulty.code"): 150}
    tables.plain(pl.DataFrame(rows), alt=say("faulty.whole", total=found.height), lines=3, columns=_wide(widths))


def message(session: Session, text: str, sheet: str) -> str:
    """The reader's half of a message, without the sheet that stands beside it."""
    return labels.half(text, session.language).removeprefix(f"[{sheet}] ")


def _part(session: Session, part: Part) -> None:
    """The rows of one sheet: their number, what is wrong, then their own cells, those meant in 【】."""
    say = session.say
    st.text(f"{part.file} [{part.sheet}]" if part.sheet else part.file)
    fixed = {
        "row": say("data.row"),
        "kind": say("data.kind"),
        "message": say("data.message"),
        "code": say("faulty.code"),
    }
    titles = {place: _free(header, fixed.values()) for place, header in part.headers.items()}
    rows = [
        {
            fixed["row"]: line.row,
            fixed["kind"]: kind(session, line.kind),
            fixed["message"]: message(session, line.message, part.sheet),
            fixed["code"]: line.code,
            **{titles[place]: _meant(line.cells.get(place, ""), place in line.meant) for place in titles},
        }
        for line in part.lines
    ]
    columns = _wide({fixed["row"]: 58, fixed["kind"]: 76, fixed["message"]: 320, fixed["code"]: 146}, pinned=1)
    tables.plain(
        pl.DataFrame(rows, infer_schema_length=None),
        alt=say("faulty.part_alt", file=part.file, sheet=part.sheet),
        lines=_LINES,
        columns=columns,
    )


def _meant(cell: str, meant: bool) -> str:
    return f"【{cell}】" if meant else cell


def _free(header: str, taken: Collection[str]) -> str:
    """A header of the file beside headers of ours."""
    return f"{header} " if header in taken else header


def _wide(widths: Mapping[str, int], pinned: int = 0) -> dict[str, Any]:
    column = st.column_config.Column
    return {
        title: column(width=width, pinned=place < pinned or None) for place, (title, width) in enumerate(widths.items())
    }
