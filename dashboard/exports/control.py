"""How does the list of the control sample leave, and what does the journal keep of it?

It names households, so only a head of inspection takes it, of the whole region that is theirs: of any smaller one that
they may choose they could draw until the list suits them. The journal has it before anybody does: month, region,
snapshot and run it was drawn from, and the households themselves, in whichever language the list was read.
"""

import hashlib
from typing import Final

import polars as pl

from casework.workspace import canonical
from dashboard.desk import Desk
from dashboard.exports.csv import table_text
from dashboard.queries import lab
from dashboard.session import Session
from metrics.evaluation.sample import sample

SUBJECT: Final = "sample"


def region(session: Session) -> str:
    """The highest region that is the reader's, whatever the view is narrowed to."""
    regions = session.desk.regions
    return next((code for code in regions.codes if session.scope.covers(code)), regions.root)


def size(desk: Desk) -> int:
    """How many are drawn a month."""
    return int(desk.policy.value("control_sample", on=desk.as_of))


def pool(session: Session) -> pl.DataFrame:
    """The households of that region without any lead."""
    desk = session.desk
    within = [code for code in desk.regions.descendants(region(session)) if session.scope.covers(code)]
    return desk.lab.pool(lab.flagged_anywhere(desk), within)


def drawn(session: Session, month: str) -> pl.DataFrame:
    """The sampled households of the reader's region in that month."""
    desk = session.desk
    return sample(pool(session), size(desk), digest=desk.opened.digest, month=month, region=region(session))


def taken(session: Session, month: str) -> bytes:
    """The list as CSV (UTF-8 with its mark), journalled before it is given out.

    Raises:
        NotYoursError: the reader is no head of inspection.
    """
    session.demand("assign")
    chosen = drawn(session, month)
    say = session.say
    table = pl.DataFrame(
        {
            say("control.household"): chosen["household_no"],
            say("control.village"): [session.place(code) for code in chosen["home"]],
            say("control.township"): [session.place(code) for code in chosen["township"]],
            say("control.known"): [say("control.yes") if known else say("control.no") for known in chosen["known"]],
            say("control.place"): chosen["place"],
            say("control.state"): [say("control.sampled")] * chosen.height,
        }
    )
    names = canonical(chosen["household_no"].sort().to_list())
    run = session.desk.workspace.journal.last(subject="leads")
    why = (
        f"{region(session)} {month} {chosen.height} snapshot:{session.desk.opened.digest}"
        f" run:{'' if run is None else run.new} {lab.DRAWN}{names}"
    )
    digest = hashlib.sha256(names.encode()).hexdigest()
    with session.desk.workspace.journal.entry(session.who, "sample", why=why, subject=SUBJECT, new=digest):
        pass
    return table_text(table).encode("utf-8-sig")
