"""How does the list of the control sample leave, and what does the journal keep of it?

It names households, so only a head of inspection takes it, of regions that are theirs. That these were sampled stands
in the journal before anybody has the list: its digest says later that it is the list, and that no other was drawn.
"""

import hashlib
from typing import Final

import polars as pl

from dashboard.exports.csv import table_text
from dashboard.queries import lab
from dashboard.session import Session
from metrics.evaluation.sample import sample

SUBJECT: Final = "sample"


def drawn(session: Session, month: str) -> pl.DataFrame:
    """The sampled households of the view's region in that month."""
    desk, region = session.desk, session.view.region
    leads = lab.flagged_anywhere(desk)
    pool = desk.lab.pool(leads, session.region_codes)
    size = int(desk.policy.value("control_sample", on=desk.as_of))
    return sample(pool, size, digest=desk.opened.digest, month=month, region=region)


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
    content = table_text(table).encode("utf-8-sig")
    digest = hashlib.sha256(content).hexdigest()
    why = f"{session.view.region} {month} {chosen.height}"
    with session.desk.workspace.journal.entry(session.who, "sample", why=why, subject=SUBJECT, new=digest):
        pass
    return content
