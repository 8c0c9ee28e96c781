"""What is one application with its steps, and how may a planted variant change it?"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from synthetic.kit.people import Household, Official, Person
from synthetic.kit.rows import Row, Rows


@dataclass(slots=True, eq=False)
class Case:
    """One application; its rows are in the files already, change them to change the files."""

    no: str
    programme: str
    household: Household
    applicant: Person
    row: Row = field(repr=False)
    steps: list[Row] = field(repr=False)
    kin: list[tuple[Official, str]] = field(repr=False)  # officials near kin on the acceptance day, as what
    rows: Rows = field(repr=False)

    @property
    def accepted(self) -> datetime:
        """When it was accepted."""
        return cast("datetime", self.row["accepted_at"])

    @property
    def decided(self) -> datetime | None:
        """When it was decided; None while open."""
        return cast("datetime | None", self.row["decided_at"])

    @property
    def decided_on(self) -> date:
        """The day of the decision.

        Raises:
            ValueError: it is still open.
        """
        if self.decided is None:
            raise ValueError(f"{self.no} is not decided")
        return self.decided.date()

    def step(self, name: str) -> Row:
        """The first row of that step; KeyError where there is none."""
        for row in self.steps:
            if row["step"] == name:
                return row
        raise KeyError(f"{self.no} has no {name}")

    def without(self, *names: str) -> "Case":
        """Take those steps out of the files."""
        for row in [row for row in self.steps if row["step"] in names]:
            self.rows.drop("step", row)
            self.steps.remove(row)
        return self

    def add_step(
        self, name: str, started: datetime, finished: datetime | None, actor: Person | None = None, **cells: str | None
    ) -> Row:
        """One more step, as given."""
        row = self.rows.add(
            "step",
            {
                "application_no": self.no,
                "step": name,
                "started_at": started,
                "finished_at": finished,
                "actor_id_no": None if actor is None else actor.id_no,
                **cells,
            },
        )
        self.steps.append(row)
        return row


@dataclass(slots=True, eq=False)
class Award:
    """One award with its beneficiary and payment rows."""

    no: str
    programme: str
    household: Household
    row: Row = field(repr=False)
    beneficiaries: list[Row] = field(default_factory=list, repr=False)
    payments: list[Row] = field(default_factory=list, repr=False)

    @property
    def first(self) -> date:
        """The first month paid for."""
        return cast("date", self.row["from_month"])

    @property
    def last(self) -> date | None:
        """The last month paid for; None while in force."""
        return cast("date | None", self.row.get("to_month"))

    def covered(self, month: date) -> list[Row]:
        """The beneficiary rows in force in that month; none outlives the award."""
        if self.last is not None and month > self.last:
            return []
        return [row for row in self.beneficiaries if _covers(row, month)]

    def paid(self, month: date) -> int:
        """Fen paid for that month so far."""
        return sum(cast("int", row["amount"]) for row in self.payments if row["month"] == month)


def _covers(row: Row, month: date) -> bool:
    last = cast("date | None", row.get("to_month"))
    return cast("date", row["from_month"]) <= month and (last is None or month <= last)
