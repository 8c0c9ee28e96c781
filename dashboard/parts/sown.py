"""What does a made-up world hold, what was planted in it, and how is it taken along?"""

from collections.abc import Mapping
from typing import Final

import polars as pl
import streamlit as st

from dashboard.making import KEPT, Making
from dashboard.order import SOURCE, Order
from dashboard.parts import download, labels, tables
from dashboard.session import Session
from dashboard.words import Words
from synthetic.world import TRUTH

_MIB: Final = 1 << 20
_MINUTE: Final = 60


def scales(say: Words) -> Mapping[str, str]:
    """How large a place, in words."""
    return {
        "village": say("worlds.scale_village"),
        "township": say("worlds.scale_township"),
        "county": say("worlds.scale_county"),
    }


def regimes(say: Words) -> Mapping[str, str]:
    """Which kind of world, in words."""
    return {
        "capture": say("worlds.capture"),
        "clean": say("worlds.clean"),
        "needy_kin": say("worlds.needy_kin"),
        "one_surname": say("worlds.one_surname"),
    }


def forms(say: Words) -> Mapping[str, str]:
    """Which kind of files, in words."""
    return {"csv": say("worlds.form_csv"), "parquet": say("worlds.form_parquet"), "xlsx": say("worlds.form_xlsx")}


def described(session: Session, order: Order) -> str:
    """An order as one phrase."""
    say = session.say
    return say(
        "worlds.described",
        scale=scales(say)[order.scale],
        persons=f"{order.persons:,}",
        regime=regimes(say)[order.regime],
        seed=order.seed,
        form=forms(say)[order.form],
    )


def draw(session: Session, made: Making) -> None:
    """What it holds, the file, what was planted, and what to do with it."""
    say, found = session.say, made.found
    planted, rows = (found.filter(pl.col("kind") == kind) for kind in ("planted", "rows"))
    st.subheader(say("worlds.made"))
    st.text(described(session, made.order))
    persons = rows.filter(pl.col("name") == "person")["count"].sum()
    st.text(
        say(
            "worlds.holds",
            persons=f"{persons:,}",
            rows=f"{rows['count'].sum():,}",
            planted=f"{planted['count'].sum():,}",
            twins=f"{planted['twins'].sum():,}",
        )
    )
    download.draw(
        session,
        lambda _reader: made.content(),
        say("worlds.download", size=f"{made.size / _MIB:.1f}"),
        name=f"{made.order.name}.zip",
        key="take-world",
        mime="application/zip",
        hint=say("worlds.download_hint"),
    )
    st.caption(say("worlds.kept", minutes=int(KEPT) // _MINUTE))
    _planted(session, planted)
    with st.expander(say("worlds.tables")):
        counts = [(labels.table(name, session.language), count) for name, count in rows["name", "count"].iter_rows()]
        told = pl.DataFrame(counts, schema=[say("worlds.table"), say("worlds.rows")], orient="row")
        tables.plain(told, alt=say("worlds.tables"))
    with st.expander(say("worlds.use")):
        st.text(say("worlds.use_what"))
        st.code(_commands(made.order), language=None, wrap_lines=True)


def _planted(session: Session, planted: pl.DataFrame) -> None:
    """A line a scheme; by variant in a fold."""
    say = session.say
    st.subheader(say("worlds.planted"))
    st.warning(say("worlds.planted_what"))
    each = planted.group_by("name").agg(pl.col("count", "twins").sum()).sort("name")
    rows = [(say("worlds.total"), planted["count"].sum(), planted["twins"].sum())]
    rows += [(_scheme(session, name), *counts) for name, *counts in each["name", "count", "twins"].iter_rows()]
    columns = [say("worlds.count"), say("worlds.twins")]
    tables.plain(pl.DataFrame(rows, schema=[say("worlds.scheme"), *columns], orient="row"), alt=say("worlds.planted"))
    with st.expander(say("worlds.by_variant")):
        variants = [
            (_scheme(session, name), *told) for name, *told in planted["name", "variant", "count", "twins"].iter_rows()
        ]
        schema = [say("worlds.scheme"), say("worlds.variant"), *columns]
        tables.plain(pl.DataFrame(variants, schema=schema, orient="row"), alt=say("worlds.by_variant"))


def _scheme(session: Session, name: str) -> str:
    return labels.scheme(name, session.language, session.desk)


def _commands(order: Order) -> str:
    workspace = f"workspace/{order.name}"
    return "\n".join(
        [
            f"mingcha import {order.name}/{SOURCE} {workspace}",
            f"mingcha detect {workspace}",
            f"mingcha evaluate {workspace} --truth {order.name}/{TRUTH}",
        ]
    )
