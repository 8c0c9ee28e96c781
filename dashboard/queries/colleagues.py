"""Who is registered, since when and by whom, and how much lies on their desk?"""

from dataclasses import dataclass

from casework.review.register import Registered, registered
from casework.review.standing import Act
from casework.review.store import READERS, Review
from casework.review.workload import Workload, workloads


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person of the workspace, with every registration, the newest last."""

    one: Registered
    acts: tuple[Act, ...]
    load: Workload

    @property
    def since(self) -> str:
        """The day of the registration that holds now."""
        return self.acts[-1].at[:10] if self.acts else ""

    @property
    def by(self) -> str:
        """Who registered them so."""
        return self.acts[-1].who if self.acts else ""


def colleagues(review: Review) -> dict[str, Colleague]:
    """Everybody ever registered: those who may come in first, by name."""
    acts, loads = review.acts_of_kind("enrol", "retire"), workloads(review.database)
    ordered = sorted(registered(review).values(), key=lambda one: (not one.active, one.name))
    return {
        one.name: Colleague(one, tuple(acts.get(READERS + one.name, ())), loads.get(one.name, Workload()))
        for one in ordered
    }


def as_registered(act: Act) -> Registered:
    """What an act about a person registered."""
    return Registered(**act.content)
