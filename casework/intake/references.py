"""Does every row refer to something that is there, and do no ties run in a ring?"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import polars as pl

from casework.intake.fault import Fault
from casework.intake.join import Stored
from casework.intake.work import PLACE, Work
from casework.tables import Column

STAFF: Final = frozenset({"actor_id_no", "second_actor_id_no", "official_id_no", "about_official_id_no"})


def unchecked(works: Mapping[str, Work], stored: Stored) -> list[Fault]:
    """Which tables do rows refer to that neither source nor snapshot has? Said once each; the rows are kept."""
    wanted = {
        column.parent: f"{work.table.name}.{column.name}"
        for work in works.values()
        for column in work.table.columns
        if column.parent and work.has(column.name) and column.parent not in {*works, *stored}
    }
    return [Fault("", None, where, "W_NO_PARENT_TABLE", "warned", parent) for parent, where in wanted.items()]


def check_references(work: Work, works: Mapping[str, Work], stored: Stored) -> None:
    """Parents first: a child of household, application or award without its parent is E_ORPHAN.

    Persons, officials and regions nobody knows are kept and warned. What a source wholly lacks cannot be checked.
    """
    for column in work.table.columns:
        if not work.has(column.name):
            continue
        if column.parent in {"household", "application", "award"}:
            _orphans(work, column, works, stored)
        elif column.kind == "id_no":
            _unknown_persons(work, column, works, stored)
        elif column.kind == "region" and not (work.table.name == "region" and column.key):
            known = _values("region", "region_code", works, stored)
            if known is not None:
                work.note(_not_in(work, column.main, known), "W_AREA_UNKNOWN", column.name, column.main)


def _orphans(work: Work, column: Column, works: Mapping[str, Work], stored: Stored) -> None:
    token = column.name.removesuffix("_no") + "_id"
    known = _values(str(column.parent), token, works, stored)
    if known is not None:
        work.drop(_not_in(work, token, known), "E_ORPHAN", column.name, column.name)


def _unknown_persons(work: Work, column: Column, works: Mapping[str, Work], stored: Stored) -> None:
    if column.parent == "person":
        known = _values("person", "person_id", works, stored)
        if known is not None:
            work.note(_not_in(work, column.main, known), "W_MISSING", column.name)
    if column.name in STAFF:
        known = _values("official", "person_id", works, stored)
        if known is not None:
            work.note(_not_in(work, column.main, known), "W_OFFICIAL_UNKNOWN", column.name)


def _values(table: str, column: str, works: Mapping[str, Work], stored: Stored) -> pl.DataFrame | None:
    """Every value of a parent's column; None where neither source nor snapshot has the table."""
    frames = [works[table].frame] if table in works else []
    frames += [stored[table]] if table in stored else []
    frames = [frame.select(pl.col(column).alias("known")) for frame in frames if column in frame.columns]
    return pl.concat(frames).unique() if frames else None


def _not_in(work: Work, column: str, known: pl.DataFrame) -> pl.DataFrame:
    rows = work.frame.filter(pl.col(column).is_not_null())
    return rows.join(known, left_on=column, right_on="known", how="anti", maintain_order="left")


def check_rings(work: Work, stored: Stored) -> None:
    """Regions that are their own ancestor, and persons who are their own relative or ancestor, are rejected.

    A ring may be closed by rows that lie in the snapshot already; only rows of the source are rejected.
    """
    if work.table.name == "region" and work.has("parent_code"):
        _drop_rings(work, stored, _region_edges, "E_AREA_CYCLE", "parent_code")
    if work.table.name == "kin":
        self_tie = work.frame.filter(pl.col("person_id") == pl.col("relative_person_id"))
        work.drop(self_tie, "E_KIN_SELF", "relative_id_no")
        if work.has("relation"):
            _drop_rings(work, stored, _kin_edges, "E_KIN_CYCLE", "relative_id_no")


def _region_edges(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(PLACE, low="region_code", high="parent_code")


def _kin_edges(rows: pl.DataFrame) -> pl.DataFrame:
    up, down = (rows.filter(pl.col("relation") == relation) for relation in ("parent", "child"))
    return pl.concat(
        [
            up.select(PLACE, low="person_id", high="relative_person_id"),
            down.select(PLACE, low="relative_person_id", high="person_id"),
        ]
    )


def _drop_rings(
    work: Work, stored: Stored, edges: Callable[[pl.DataFrame], pl.DataFrame], code: str, column: str
) -> None:
    """Every edge of a ring goes; the stored row that a rejected one was to replace stays, and may close another."""
    while True:
        key = [one.main for one in work.table.key]
        old = stored.get(work.table.name, work.frame.clear()).join(work.frame, on=key, how="anti")
        said = edges(work.frame)
        lying = edges(old.with_columns(pl.lit(None, pl.UInt32).alias(PLACE)))
        wrong = in_rings(pl.concat([said, lying]).drop_nulls(["low", "high"])).drop_nulls()
        if not wrong.len():
            return
        work.drop(work.frame.filter(pl.col(PLACE).is_in(wrong.implode())), code, column)


def in_rings(edges: pl.DataFrame) -> pl.Series:
    """The places of the edges (low -> high) that lie on a ring."""
    left = edges
    while True:  # an edge whose low end nobody points to, or whose high end points nowhere, is on no ring
        kept = left.join(left.select(low="high").unique(), on="low", how="semi")
        kept = kept.join(left.select(high="low").unique(), on="high", how="semi")
        if kept.height == left.height:
            break
        left = kept
    component = _components(left.select("low", "high").iter_rows())
    rows = left.select(PLACE, "low", "high").iter_rows()
    return pl.Series([place for place, low, high in rows if component[low] == component[high]], dtype=pl.UInt32)


def _components(edges: Iterable[tuple[object, object]]) -> dict[object, int]:
    """Which strongly connected component each node belongs to (Tarjan 1972, without recursion)."""
    after: dict[object, list[object]] = {}
    for low, high in edges:
        after.setdefault(low, []).append(high)
        after.setdefault(high, [])
    index: dict[object, int] = {}
    lowest: dict[object, int] = {}
    component: dict[object, int] = {}
    path: list[object] = []
    for start, followers in after.items():
        todo = [(start, iter(followers))] if start not in index else []
        while todo:
            node, rest = todo[-1]
            if node not in index:
                index[node] = lowest[node] = len(index)
                path.append(node)
            follower = next(rest, None)
            if follower is None:
                todo.pop()
                if todo:
                    lowest[todo[-1][0]] = min(lowest[todo[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    _close(node, path, component)
            elif follower not in index:
                todo.append((follower, iter(after[follower])))
            elif follower not in component:
                lowest[node] = min(lowest[node], index[follower])
    return component


def _close(node: object, path: list[object], component: dict[object, int]) -> None:
    """The nodes above `node` on the path are one component."""
    number = len(component)
    while True:
        last = path.pop()
        component[last] = number
        if last == node:
            return
