"""What can be taken along: each scenario as a file, what it changes, the numbers, the moves, and how to do it again?"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from dashboard.exports import taken, whatif
from dashboard.parts import download
from dashboard.parts.whatif import letters
from dashboard.queries.whatif import Answer, WhatIf
from dashboard.session import Session
from dashboard.whatif import Layer
from metrics.whatif.scenario import Scenario


def draw(
    session: Session,
    house: WhatIf,
    scenarios: Mapping[str, Scenario],
    answer: Answer,
    how: tuple[Layer, int | None],
) -> None:
    """A button a file. `how`: layer and poverty line."""
    say = session.say
    st.subheader(say("whatif.files"))
    st.caption(say("whatif.files_what"))
    mine = pl.col("region_code").is_in(list(session.region_codes))
    measures, moves = (table.filter(mine) for table in (answer.measures, answer.moves))
    files = [f"scenario_{place}.toml" for place in range(1, len(scenarios) + 1)]
    for file, (letter, scenario) in zip(files, scenarios.items(), strict=True):
        name = letters.called(session, letter)
        left, right = st.columns(2)
        with left:
            _button(session, partial(taken.scenario, written=scenario), say("whatif.take_scenario", name=name), file)
        with right:
            rows = answer.differences[letter]
            make = partial(taken.table, content=rows, name=f"whatif-difference-{letter}")
            _button(session, make, say("whatif.take_difference", name=name), f"difference-{letter}.csv")
    first, second, third = st.columns(3)
    with first:
        _button(
            session,
            partial(taken.table, content=measures, name="whatif-measures"),
            say("whatif.take_measures"),
            "measures.csv",
        )
    with second:
        _button(
            session, partial(taken.table, content=moves, name="whatif-moves"), say("whatif.take_moves"), "moves.csv"
        )
    with third:
        make = partial(_manifest, house=house, scenarios=scenarios, how=how)
        _button(session, make, say("whatif.take_manifest"), "manifest.json")
    st.text(say("whatif.again"))
    st.code(whatif.again(Path(session.desk.workspace.path.name), files, how[0]), language=None)


def _manifest(
    session: Session, house: WhatIf, scenarios: Mapping[str, Scenario], how: tuple[Layer, int | None]
) -> bytes:
    return taken.manifest(session, house.result(scenarios, how[0]), how[1])


def _button(session: Session, make: Callable[[Session], bytes], label: str, name: str) -> None:
    download.draw(
        session, make, label, name=name, key=f"take-{name}", mime=taken.MIME[name.rpartition(".")[2]], wide=True
    )
