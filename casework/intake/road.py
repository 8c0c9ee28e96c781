"""How does a source become the snapshot in use, whole or not at all?

read → bind headers → typed columns → persons → checks → layout → one commit. Every fault is told at once; a refused
file stores nothing; rejected rows store nothing unless the good ones were asked for.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from casework.intake.checks import check_repeats, check_rows, last_event
from casework.intake.fault import Fault
from casework.intake.faults import FAULTS, fault_frame
from casework.intake.gather import Bound, gather, missing_sources, read_cells
from casework.intake.join import joined, same_content, stored_tables
from casework.intake.kinship import check_kin
from casework.intake.layout import add_tokens, lay_out
from casework.intake.mapping import MappingFile, read_mapping
from casework.intake.names import table_of
from casework.intake.outcome import (
    Count,
    Ending,
    Outcome,
    counted,
    said_before,
    write_faults,
    write_rejects,
    write_report,
)
from casework.intake.persons import Protected, identify, protect
from casework.intake.programmes import local_policy, programme_words
from casework.intake.reading import Reading, read
from casework.intake.references import check_references, check_rings, unchecked
from casework.intake.store import new_boundaries, store
from casework.intake.totals import check_totals
from casework.intake.values.dates import SHANGHAI
from casework.intake.work import Work
from casework.tables import TABLES
from casework.workspace import Workspace, digest_of

Progress = Callable[[str], None]
LAYOUT: Final = 2  # raised when the same bytes would be stored differently


@dataclass
class _Import:
    """One import under way."""

    workspace: Workspace
    reading: Reading
    mapping: MappingFile
    mapping_name: str
    source: Path
    faults: list[Fault]
    meta: dict[str, Any]
    fingerprint: str
    report: Path | None
    stored: dict[str, pl.DataFrame] = field(default_factory=dict)  # of the snapshot that is joined
    before: dict[str, Any] = field(default_factory=dict)  # its manifest
    bound: list[Bound] = field(default_factory=list)
    works: dict[str, Work] = field(default_factory=dict)
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)  # what is to be stored
    protected: Protected | None = None
    as_of: date | None = None

    @property
    def refused(self) -> bool:
        return any(fault.kind == "refused" for fault in self.faults)

    def end(self, ending: Ending) -> Outcome:
        """The outcome; faults.csv and rejects.csv are written beside it."""
        works = self.works.values()
        faults = fault_frame(self.faults, works)
        for folder in filter(None, (self.workspace.path, self.report)):
            write_faults(faults, folder)
            write_rejects(works, self.bound, folder)
        if self.report is not None:
            write_report(faults, self.bound, self.report)
        return Outcome(ending, counted(works), faults.select(*FAULTS), self.as_of, self.workspace.current)

    def nothing_new(self, source: Path) -> Outcome:
        """The same again: nothing is stored, and what was said of these bytes stays said."""
        fault = Fault(source.name, None, "", "W_DUP_FILE", "ignored")
        news = fault_frame([fault], ())
        faults = pl.concat([news.select(*FAULTS), said_before(self.workspace.path)]).unique(maintain_order=True)
        write_faults(faults, self.workspace.path)
        if self.report is not None:
            write_report(news, (), self.report)
        manifest = self.workspace.manifest()
        counts = tuple(Count(**said) for said in manifest.get("counts", ()))
        as_of = date.fromisoformat(manifest["as_of"])
        return Outcome("unchanged", counts, faults, as_of, self.workspace.current)


def import_source(
    source: Path,
    workspace: Workspace,
    *,
    mapping: Path | None = None,
    dry_run: bool = False,
    keep_valid: bool = False,
    add: bool = False,
    progress: Progress | None = None,
    who: str = "steward",
    report: Path | None = None,
) -> Outcome:
    """Import a folder, file or workbook into a workspace.

    `add` joins the snapshot in use instead of replacing it; into an empty workspace it is an import. `progress` hears
    the name of each stage. `report` is a private folder that receives the faults for a screen to show (`write_report`,
    faults.csv, rejects.csv). Nothing is stored on any way out but `stored`.
    """
    hear = progress or (lambda _: None)
    with workspace.stage() as staged, TemporaryDirectory(prefix=".stage-", dir=staged.parent) as scratch:
        hear("read")
        one = _read(source, workspace, mapping, Path(scratch), report, keep_valid=keep_valid)
        if not (one.refused or dry_run) and _known(one, add=add):
            return one.nothing_new(source)
        hear("check")
        _check(one, add=add and workspace.current is not None)
        if one.refused:
            return one.end("refused")
        if any(work.rejected for work in one.works.values()) and not keep_valid:
            return one.end("rejected")
        if dry_run:
            return one.end("dry_run")
        hear("store")
        _lay_out(one)
        if _nothing_joins(one):
            return one.nothing_new(source)
        manifest = _manifest(one, source)
        store(staged, one.frames, one.protected, one.reading, workspace.snapshot if one.stored else None)
        wishes = [word for word, wished in (("--add", add), ("--keep-valid", keep_valid)) if wished]
        workspace.commit(staged, manifest, who=who, what="import", why=" ".join([source.name, *wishes]))
        return one.end("stored")


def _read(
    source: Path, workspace: Workspace, mapping: Path | None, scratch: Path, report: Path | None, *, keep_valid: bool
) -> _Import:
    """The cells of the source, and what it and its mapping say about themselves."""
    mapped = read_mapping(mapping) if mapping else MappingFile("")
    wanted = mapped.sources | _by_name(source) if mapped.tables else None
    reading = read(source, scratch, sources=wanted)
    wish = {"hashes": reading.hashes, "mapping": mapped.digest, "keep_valid": keep_valid, "layout": LAYOUT}
    faults = [*reading.faults, *mapped.faults]
    meta = {**reading.meta, **mapped.meta}
    name = mapping.name if mapping else ""
    return _Import(workspace, reading, mapped, name, source, faults, meta, digest_of(wish), report)


def _by_name(source: Path) -> frozenset[str]:
    """Files of a folder that bear a table's name are read beside those of a mapping."""
    entries = source.iterdir() if source.is_dir() else ()
    return frozenset(path.name for path in entries if path.is_file() and table_of(path.stem))


def _known(one: _Import, *, add: bool) -> bool:
    """Is this what the snapshot in use was made of, or what joined it last?"""
    if one.workspace.current is None:
        return False
    parts = one.workspace.manifest().get("parts", [])
    return bool(parts) and parts[-1] == one.fingerprint and (add or len(parts) == 1)


def _nothing_joins(one: _Import) -> bool:
    """Does the source leave the snapshot that it joins as it was: the rows, the day and the map?"""
    same = bool(one.stored) and same_content(one.stored, one.frames) and str(one.as_of) == one.before["as_of"]
    return same and not new_boundaries(one.reading, one.workspace.snapshot)


def _check(one: _Import, *, add: bool) -> None:
    """Every fault of every row, and which rows stay."""
    policy, wrong = local_policy(one.reading.policy, one.workspace.path / "policy")
    one.faults += [*wrong, *missing_sources(one.reading, one.mapping, one.mapping_name)]
    if not one.refused:
        one.bound, wrong = gather(one.reading, one.mapping, one.mapping_name)
        one.faults += wrong
    if one.refused:
        return
    if add:
        one.stored, one.before = stored_tables(one.workspace.snapshot), one.workspace.manifest()
    one.works = read_cells(one.bound, programme_words(policy), one.source)
    one.as_of = _as_of(one)
    _check_rows(one, one.as_of)
    one.faults += unchecked(one.works, one.stored)
    one.faults += check_totals(one.works, one.meta.get("totals", {}))


def _as_of(one: _Import) -> date:
    """The day the data speak for: as told, else that of the last event, never before the snapshot joined."""
    told = one.meta.get("as_of")
    if isinstance(told, date):
        return told
    today = datetime.now(SHANGHAI).date()
    event = last_event(one.works, today)
    before = date.fromisoformat(one.before["as_of"]) if one.before else None
    if before is not None and (event is None or event <= before):
        last, hint = before, "沿用当前数据的截止日 / that of the data in use is kept"
    elif event is not None:
        last, hint = event, "按最后一件事的日期计 / the day of the last event is used"
    else:
        last, hint = today, "来源没有任何事件,按今天计 / the source tells of no event: today"
    one.faults.append(Fault("", None, "as_of", "W_AS_OF", "warned", last.isoformat(), hint))
    return last


def _check_rows(one: _Import, as_of: date) -> None:
    """Persons first, then table by table, parents before children."""
    key = one.workspace.key
    identity = pl.read_parquet(one.workspace.snapshot / "identity.parquet") if one.stored else None
    numbers = identify(one.works, as_of, key, identity)
    for work in one.works.values():
        work.frame = add_tokens(work.table, work.frame, key)
        check_rings(work, one.stored)
        check_references(work, one.works, one.stored)
        check_repeats(work)
        check_rows(work, as_of, numbers)
        check_kin(work, one.stored, numbers)
    one.protected = protect(one.works.values(), numbers, key, identity)


def _lay_out(one: _Import) -> None:
    """The frames as they will lie in the snapshot, joined to the one in use where asked."""
    one.frames = {name: lay_out(work.table, work.frame) for name, work in one.works.items()}
    for name, old in one.stored.items():
        one.frames[name] = joined(TABLES[name], old, one.frames[name]) if name in one.frames else old


def _manifest(one: _Import, source: Path) -> dict[str, Any]:
    """What the snapshot says about itself."""
    earlier = one.before.get("tables", {})
    carried = {name: set(work.carried) for name, work in one.works.items()}
    for name, table in earlier.items():
        carried[name] = carried.get(name, set()) | set(table["columns"])
    tables = {
        name: {"rows": frame.height, "columns": [c.name for c in TABLES[name].columns if c.name in carried[name]]}
        for name, frame in one.frames.items()
    }
    return {
        "as_of": str(one.as_of),
        "as_of_told": isinstance(one.meta.get("as_of"), date),
        "name": one.meta.get("name") or one.before.get("name") or source.stem,
        "synthetic": bool(one.meta.get("synthetic", False)) or bool(one.before.get("synthetic", False)),
        "tables": tables,
        "sources": {**one.before.get("sources", {}), **one.reading.hashes},
        "mapping": one.mapping.digest,
        "parts": [*one.before.get("parts", []), one.fingerprint],
        "counts": [asdict(count) for count in counted(one.works.values())],
    }


__all__ = ["Outcome", "import_source"]
