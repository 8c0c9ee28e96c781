"""Who of a village lives hardest, and where does the order of aid run against the order of need?"""

from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address
from dashboard.parts import counted, few, shown, states, tables
from dashboard.queries import hardest, places
from dashboard.rights import may
from dashboard.session import Session
from metrics.honest.veil import Sum

_SIZE: Final = 50
_ALL: Final = ""
_COUNTED: Final = ("households", "inverted")


def draw(session: Session) -> None:
    """In a village the households by rank, unnamed; above it how many inversions each region below has."""
    say, policy = session.say, session.desk.policy
    st.subheader(say("coverage.hardest"))
    points, least = (policy.tuning(hardest.RULE, name) for name in ("points", "households"))
    st.caption(say("coverage.hardest_what", points=f"{points:g}", households=least))
    rows = hardest.narrowed(session.desk.reach.hardest, session.region_codes)
    if rows.is_empty():
        states.nothing(say("coverage.hardest_none"), say("coverage.hardest_none_how"))
        return
    below = [region.code for region in places.below(session.desk.regions, session.view.region)]
    if below:
        _regions(session, rows, below)
    elif not may(session.role, "rows"):
        _village(session, rows)
    elif 0 < rows.height < counted.least(session):
        st.text(say("coverage.hardest_hidden", minimum=session.desk.counts.minimum))
    else:
        _village(session, rows)
        _ranked(session, rows)


def _village(session: Session, rows: pl.DataFrame) -> None:
    """The two numbers of one village."""
    counts = _veiled(session, {session.view.region: (rows.height, int(rows["inverted"].sum()))})
    told = counts[session.view.region]
    st.text(
        session.say(
            "coverage.hardest_village", households=few.told(session, told[0]), inverted=few.told(session, told[1])
        )
    )


def _regions(session: Session, rows: pl.DataFrame, below: list[str]) -> None:
    """Each region below with its inversions; a click leads there."""
    say, regions = session.say, session.desk.regions
    found = {}
    for code in below:
        here = hardest.narrowed(rows, regions.descendants(code))
        if here.height:
            found[code] = (here.height, int(here["inverted"].sum()))
    rest = hardest.narrowed(rows, [session.view.region])
    if rest.height:
        found[session.view.region] = (rest.height, int(rest["inverted"].sum()))
    counts = _veiled(session, found)
    names = {code: session.place(code) for code in below} | {
        session.view.region: say("coverage.not_below"),
        _ALL: say("coverage.together"),
    }
    frame = pl.DataFrame(
        [
            {
                say("overview.region"): names[code],
                say("coverage.ranked"): few.told(session, households),
                say("coverage.inversions"): few.told(session, inverted),
            }
            for code, (households, inverted) in counts.items()
        ]
    )
    st.caption(say("overview.below_what"))
    picked = tables.picker(frame, [*counts], name="hardest", alt=say("coverage.hardest_alt"))
    if picked and picked != session.view.region:
        session.go("coverage", region=picked, part="hardest")


def _veiled(session: Session, found: dict[str, tuple[int, int]]) -> dict[str, tuple[int | None, int | None]]:
    """Households and inversions of each region and of all, the small ones hidden."""
    cells = {(code, name): row[place] for code, row in found.items() for place, name in enumerate(_COUNTED)}
    sums: list[Sum[tuple[str, str]]] = []
    if len(found) > 1:
        for place, name in enumerate(_COUNTED):
            cells[_ALL, name] = sum(row[place] for row in found.values())
            sums.append(((_ALL, name), [(code, name) for code in found]))
    within = [((code, "inverted"), (code, "households")) for code, name in cells if name == "households"]
    seen = few.seen(session, cells, sums=sums, within=within)
    return {code: (seen[code, "households"], seen[code, "inverted"]) for code, name in cells if name == "households"}


def _ranked(session: Session, rows: pl.DataFrame) -> None:
    """A page of the village's households, the hardest first."""
    say = session.say
    pages = -(-rows.height // _SIZE)
    number = min(max(address.number("page", 1), 1), pages)
    st.text(say("coverage.listed", total=f"{rows.height:,}", page=number, pages=pages))
    first = (number - 1) * _SIZE
    middle = rows["middle"][0]
    if middle is not None and may(session.role, "dossier"):
        st.text(say("coverage.middle", points=f"{middle:g}"))
    told = [_household(session, place, row) for place, row in enumerate(rows.slice(first, _SIZE).to_dicts(), first + 1)]
    tables.plain(pl.DataFrame(told), alt=say("coverage.ranked_alt"))
    tables.pages(number, pages)


def _household(session: Session, rank: int, row: dict[str, Any]) -> dict[str, str]:
    """Those who open cases read the household's number and points, others its place in this list.

    The points tell illness, disability and age of a household that the case number beside them names.
    """
    say = session.say
    opens = may(session.role, "dossier")
    return {
        say("coverage.rank"): str(rank),
        say("coverage.household"): row["household_no"] if opens else say("coverage.household_token", rank=rank),
        **({say("coverage.points"): f"{row['points']:g}"} if opens else {}),
        say("coverage.on_aid"): say("coverage.yes") if row["paid"] else say("coverage.no"),
        say("coverage.number"): row["application_no"] or shown.UNKNOWN,
        say("coverage.inversion"): say("coverage.to_check") if row["inverted"] else "",
    }
