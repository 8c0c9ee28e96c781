"""What do verify, backup and restore say?"""

from pathlib import Path

import typer

from casework.backup.write import Backup
from casework.review.audit import audit
from casework.review.journal import Head, now
from casework.text import Text
from casework.workspace import Workspace
from dashboard.terminal import say, working


def tell_audit(workspace: Workspace, *, kept: Head | None = None) -> None:
    """Name everything that does not agree and end with 1; else print the head to keep elsewhere."""
    with working():
        result = audit(workspace, kept=kept)
    kinds = ", ".join(f"{kind} {number}" for kind, number in result.acts.items())
    typer.echo(f"journal: entries {result.journal.entries}, head {result.journal.head}")
    typer.echo(f"acts: {sum(result.acts.values())}{f' ({kinds})' if kinds else ''}")
    typer.echo(f"snapshots: {result.snapshots}")
    typer.echo(f"attachments: {result.attachments}")
    typer.echo(f"database: {workspace.database.promise()}")
    for problem in result.problems:
        say(problem)
    if result.problems:
        raise typer.Exit(1)
    say(
        Text(
            "日志、操作记录、快照与附件完好;请将链首另行留存",
            "journal, acts, snapshots and attachments are whole; keep the head elsewhere",
        )
    )


def tell_backup(made: Backup) -> None:
    """Where it is, and the digest that proves later that it is this one."""
    typer.echo(made.path)
    typer.echo(f"digest: {made.digest}")
    typer.echo(f"journal: entries {made.manifest.counts['journal']}, head {made.manifest.head}")
    typer.echo(f"members: {len(made.manifest.members)}, bytes {made.size}")
    say(
        Text(
            "已读回核验。其中有密钥与身份证号,请妥善保管;摘要请另行留存",
            "read back and whole. It holds the key and citizens' numbers: keep it safe, and keep the digest elsewhere",
        )
    )


def file_of_now(workspace: Path) -> Path:
    """What a backup made now is called, in the current folder."""
    day, time = now()[:10].replace("-", ""), now()[11:19].replace(":", "")
    return Path(f"{workspace.resolve().name}-{day}-{time}.zip")


__all__ = ["file_of_now", "tell_audit", "tell_backup"]
