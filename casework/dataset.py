"""What does a detector see of a snapshot?

Every table of the contract is there with its full stored schema: a column the source lacked is null, a table it lacked
is empty. Whether it was there at all is asked with `has`; the runner asks it for the card, so a detector never does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import narwhals as nw
import polars as pl

from casework.calendar import Calendar
from casework.card import Need
from casework.engine import Engine, Frame, once
from casework.milestone import MILESTONE_SCHEMA, milestones
from casework.tables import APPLICATION, STEP, Table


@dataclass(frozen=True)
class Manifest:
    """What a snapshot says about itself (snapshot.json)."""

    digest: str
    as_of: date
    name: str
    synthetic: bool
    columns: dict[str, tuple[str, ...]]  # table -> contract columns the source carried
    rows: dict[str, int]


@dataclass(frozen=True)
class Tables:
    """The case tables of one snapshot on one engine."""

    folder: Path
    manifest: Manifest
    engine: Engine
    calendar: Calendar
    _opened: dict[str, Frame] = field(default_factory=dict, repr=False)
    few: bool = False  # cut down to one case

    @property
    def as_of(self) -> date:
        """The day (its end) up to which the data speak."""
        return self.manifest.as_of

    @cached_property
    def as_of_day(self) -> int:
        """The same as days since 1970-01-01."""
        return (self.as_of - date(1970, 1, 1)).days

    @cached_property
    def as_of_month(self) -> int:
        """The month of `as_of` as year x 12 + month - 1."""
        return self.as_of.year * 12 + self.as_of.month - 1

    @property
    def digest(self) -> str:
        """Digest of the snapshot."""
        return self.manifest.digest

    @property
    def synthetic(self) -> bool:
        """Was the source marked as synthetic?"""
        return self.manifest.synthetic

    def __getitem__(self, table: Table) -> Frame:
        """The table with its whole stored schema."""
        return self.derived(table.name, table.schema)

    @cached_property
    def all_in_charge(self) -> bool:
        """Does every application say which office is in charge of it?"""
        unsaid = self[APPLICATION].filter(nw.col("region_code").is_null()).select("application_id").head(1)
        return self.engine.collect(unsaid).is_empty()

    @property
    def milestone(self) -> Frame:
        """One row an application: the first start and last finish of each step."""
        if "milestone" not in self._opened and not (self.folder / "milestone.parquet").exists():
            self._opened["milestone"] = milestones(self[STEP])
        return self.derived("milestone", MILESTONE_SCHEMA)

    def derived(self, name: str, schema: pl.Schema) -> Frame:
        """A stored table by name, completed to `schema`; empty where the snapshot has none."""
        if name not in self._opened:
            path = self.folder / f"{name}.parquet"
            if path.exists():
                self._opened[name] = self._completed(self.engine.open(path), schema)
            else:
                self._opened[name] = self.engine.place(pl.DataFrame(schema=schema))
        return self._opened[name]

    def shared(self, name: str, build: Callable[[], Frame]) -> Frame:
        """Rows that several questions read (every paid month with its due amount, …), computed once for these tables.

        What depends on the rules carries the policy's digest in its `name`.
        """
        key = f"shared:{name}"
        if key not in self._opened:
            self._opened[key] = once(build()) if self.few else self.engine.park(build())
        return self._opened[key]

    def cut(self, rows: Mapping[Table, Frame]) -> "Tables":
        """The same tables, some of them cut down to the few rows of one case; what was computed for all stays behind.

        So that a screen asks about one household what a run asks about all of them, with the same code.
        """
        stored = {name: frame for name, frame in self._opened.items() if not name.startswith("shared:")}
        cut = {table.name: once(frame) for table, frame in rows.items()}
        if STEP in rows:
            cut["milestone"] = milestones(cut[STEP.name])
        return replace(self, _opened=stored | cut, few=True)

    def beside(self, given: Mapping[Table, pl.DataFrame]) -> "Tables":
        """The same tables and these, which no snapshot keeps (how leads stand, …); columns not given are null."""
        placed = {table.name: self._completed(self.engine.place(frame), table.schema) for table, frame in given.items()}
        columns = {table.name: tuple(column.name for column in table.columns) for table in given}
        rows = {table.name: frame.height for table, frame in given.items()}
        manifest = replace(self.manifest, columns=self.manifest.columns | columns, rows=self.manifest.rows | rows)
        return replace(self, manifest=manifest, _opened=self._opened | placed)

    @staticmethod
    def _completed(frame: Frame, schema: pl.Schema) -> Frame:
        there = set(frame.collect_schema().names())
        if missing := [name for name in schema if name not in there]:
            types = nw.from_native(pl.LazyFrame(schema=schema)).collect_schema()
            frame = frame.with_columns(*(nw.lit(None).cast(types[name]).alias(name) for name in missing))
        return frame

    def has(self, table: Table, *columns: str) -> bool:
        """Did the source carry this table, with these contract columns?"""
        carried = self.manifest.columns.get(table.name)
        return carried is not None and set(columns) <= set(carried)

    def meets(self, need: Need) -> bool:
        """Is what a card names there?"""
        return self.has(need.table, *need.columns)

    def lacking(self, wanted: tuple[Need, ...]) -> list[str]:
        """Which of the needs are not there, as `table` or `table.column`."""
        found: list[str] = []
        for need in wanted:
            if need.table.name not in self.manifest.columns:
                found.append(need.table.name)
            else:
                carried = self.manifest.columns[need.table.name]
                found.extend(f"{need.table.name}.{name}" for name in need.columns if name not in carried)
        return sorted(set(found))

    def rows(self, table: Table) -> int:
        """How many rows the table has; 0 where absent."""
        return self.manifest.rows.get(table.name, 0)
