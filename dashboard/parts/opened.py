"""What lies on the desk once one lead is opened, each piece fetched when somebody first asks for it?"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from casework.card import Card
from dashboard import unmask
from dashboard.masking import masked_card
from dashboard.queries import dossier, kinfolk, leads, money
from dashboard.queries.kinfolk import Relative
from dashboard.queries.people import Person
from dashboard.session import Session


@dataclass(frozen=True)
class Opened:
    """One lead that the reader may see, its card, and what belongs to it."""

    session: Session
    lead: dict[str, Any]
    card: Card
    carried: dict[str, str]  # the queue's own parameters of the URL, for links to other leads

    @cached_property
    def reveal(self) -> bool:
        """Has the reader unmasked this lead?"""
        return unmask.seen(self.session, self.lead["lead_id"])

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The lead's facts."""
        return leads.facts_of(self.lead)

    @cached_property
    def row(self) -> dict[str, Any]:
        """The subject's own row; empty for kinds without one table."""
        return dossier.subject_row(self.session.desk.opened, self.lead)

    @cached_property
    def proof(self) -> pl.DataFrame:
        """The evidence lines."""
        return self.session.desk.workspace.evidence(self.lead["lead_id"])

    @cached_property
    def kin(self) -> list[Relative]:
        """The path of kin that the lead tells of."""
        return self.session.desk.kin.get(self.lead["lead_id"], [])

    @cached_property
    def worded(self) -> tuple[Card, dict[str, Any]]:
        """Card and facts as a screen shows them: relatives called as the official does, what is sensitive masked."""
        worded = kinfolk.worded(self.card, self.facts, self.kin)
        return worded if self.reveal else masked_card(*worded)

    @cached_property
    def persons(self) -> dict[int, Person]:
        """Everyone the lead speaks of, masked unless the reader has said why not."""
        further = {one.person_id for one in self.kin}
        desk = self.session.desk
        return dossier.involved(desk.opened, self.lead, self.row, self.proof, further, reveal=self.reveal)

    @cached_property
    def same_money(self) -> set[str]:
        """The other leads that rest on the same payments."""
        return money.same_money(self.session.desk.workspace, self.session.leads, self.lead)
