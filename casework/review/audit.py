"""Is what lies in a workspace still what the journal and the digests say it is?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.review.journal import Head, Verdict
from casework.text import Text
from casework.workspace import MANIFEST, RUN_FILES, Workspace, digest_of, file_digest, others_digest, others_told


@dataclass(frozen=True, slots=True)
class Audit:
    """The journal's verdict, how much else was recomputed, and everything that does not agree."""

    journal: Verdict
    acts: dict[str, int]  # of each kind
    snapshots: int
    attachments: int
    problems: tuple[Text, ...]


def audit(workspace: Workspace, *, kept: Head | None = None) -> Audit:
    """Recompute the chain and every digest; `kept` is a head kept elsewhere, against which a cut tail shows."""
    verdict = workspace.journal.verify(kept=kept)
    problems = [] if verdict.problem is None else [Text(f"日志:{verdict.problem.zh}", f"journal: {verdict.problem.en}")]
    folders = sorted(path for path in (workspace.path / "snapshots").glob("[!.]*") if path.is_dir())
    problems += [problem for folder in folders if (problem := _snapshot(folder)) is not None]
    problems += _in_use(workspace)
    problems += workspace.review.problems()
    attached = list(_attached(workspace))
    problems += [problem for problem in attached if problem is not None]
    problems += [Text(f"数据库:{said}", f"database: {said}") for said in workspace.database.sound()]
    return Audit(verdict, workspace.review.counts(), len(folders), len(attached), tuple(problems))


def _snapshot(folder: Path) -> Text | None:
    """The first thing wrong with one snapshot."""
    name = folder.name[:12]
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        said, as_of, synthetic = dict(content["files"]), content["as_of"], content["synthetic"]
    except (OSError, ValueError, KeyError, TypeError):
        return Text(f"快照 {name}:{MANIFEST} 缺失或无法读取", f"snapshot {name}: {MANIFEST} is missing or unreadable")
    found = {file.name: file_digest(file) for file in sorted(folder.glob("*.parquet"))}
    for file in sorted(said.keys() | found.keys()):
        if file not in found:
            return Text(f"快照 {name}:{file} 缺失", f"snapshot {name}: {file} is missing")
        if said.get(file) != found[file]:
            return Text(f"快照 {name}:{file} 内容被改动", f"snapshot {name}: {file} has been changed")
    if digest_of({"files": found, "as_of": as_of, "synthetic": synthetic}) != folder.name:
        return Text(f"快照 {name}:摘要不符", f"snapshot {name}: its digest does not agree")
    return None


def _attached(workspace: Workspace) -> Iterator[Text | None]:
    """What is wrong with each attachment that an act tells of."""
    found = cache(file_digest)  # several leads may share a file
    for lead_id, acts in workspace.review.acts_of_kind("attach").items():
        for act in acts:
            digest = str(act.content.get("sha256", ""))
            path = workspace.attachment(digest)
            name = f"{lead_id} {digest[:12]}"
            if not re.fullmatch("[0-9a-f]{64}", digest):
                yield Text(f"附件 {name}:操作记录没有摘要", f"attachment {name}: its act has no digest")
            elif not path.is_file():
                yield Text(f"附件 {name} 缺失", f"attachment {name} is missing")
            elif found(path) != digest:
                yield Text(f"附件 {name} 被改动", f"attachment {name} has been changed")
            else:
                yield None


def _in_use(workspace: Workspace) -> list[Text]:
    """Are the snapshot and the leads in use those that the journal tells of last?"""
    problems = []
    told = workspace.journal.last(subject="snapshot")
    if (told.new if told is not None else None) != workspace.current:
        problems.append(
            Text("当前快照不是日志所记的最后一次导入", "the snapshot in use is not the last one journalled")
        )
    elif told is not None and not (workspace.path / "snapshots" / told.new).is_dir():
        problems.append(Text(f"快照 {told.new[:12]} 缺失", f"snapshot {told.new[:12]} is missing"))
    ran = workspace.journal.last(subject="leads")
    leads = workspace.path / "leads.parquet"
    if (ran.new if ran is not None else None) != (file_digest(leads) if leads.exists() else None):
        problems.append(Text("leads.parquet 不是日志所记的线索", "leads.parquet is not what the journal tells of"))
    if ran is not None and others_told(ran) not in {"", others_digest(workspace.path)}:
        names = ", ".join(RUN_FILES[1:])
        problems.append(
            Text(
                f"上次核查的其他文件({names})有缺失或改动",
                f"the other files of the last run ({names}): one is missing or has been changed",
            )
        )
    return problems


__all__ = ["Audit", "audit"]
