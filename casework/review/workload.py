"""How much lies on whose desk?"""

from dataclasses import dataclass

import sqlalchemy as sa

from casework.review.database import Database
from casework.review.schema import STANDING


@dataclass(frozen=True, slots=True)
class Workload:
    """How many leads are someone's: not begun, being verified, decided, and done but for a second name."""

    assigned: int = 0
    verifying: int = 0
    decided: int = 0
    waiting: int = 0

    @property
    def open(self) -> int:
        """Those that somebody else must go on with if this person does not."""
        return self.assigned + self.verifying + self.decided + self.waiting


def workloads(database: Database) -> dict[str, Workload]:
    """Of everybody who has a lead that is not closed; one that waits for a second name counts as nothing else."""
    waiting = STANDING.c.pending.is_not(None)
    going_on = sa.not_(waiting)
    query = (
        sa.select(
            STANDING.c.assignee,
            _counted(going_on & (STANDING.c.state == "assigned")),
            _counted(going_on & (STANDING.c.state == "verifying")),
            _counted(going_on & STANDING.c.state.in_(("decided", "acted"))),
            _counted(waiting),
        )
        .where(STANDING.c.assignee.is_not(None), STANDING.c.state != "closed")
        .group_by(STANDING.c.assignee)
    )
    with database.reading() as connection:
        return {row[0]: Workload(*map(int, row[1:])) for row in connection.execute(query)}


def _counted(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((which, 1), else_=0))


__all__ = ["Workload", "workloads"]
