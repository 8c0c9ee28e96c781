"""What does a scenario change in a rule?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from casework.policy.shape import Shape, token


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the values in force: set, scale or add, within a region, a scope and a time.

    It changes what is in force and makes nothing where nothing is; `extended` left out means cases judged by the plain
    entries, as in a policy file. `from_` before every value changes from the first date on; `to` is the last day.
    """

    id: str
    region: str = ""
    scope: Mapping[str, str | bool | int] = field(default_factory=dict)
    from_: date | None = None
    to: date | None = None
    set: Any = None
    scale: float | None = None
    add: float | None = None
    which: str = ""  # the field, of a rule with several; "" is its value

    def reaches(self, day: date, region: str, scope: Mapping[str, str], *, extended: bool) -> bool:
        """Does it touch the value that governs such a case on that day? `extended`: by an entry for extended cases."""
        wanted = {key: token(value) for key, value in self.scope.items() if key != "extended"}
        if self.scope.get("extended", False):
            wanted["extended"] = "true"
        elif extended:
            return False
        return (
            (self.from_ is None or self.from_ <= day)
            and (self.to is None or day <= self.to)
            and region.startswith(self.region)
            and all(scope.get(key) == value for key, value in wanted.items())
        )

    def applied(self, value: Any, shape: Shape) -> Any:  # noqa: ANN401 - a rule's value may be of any kind
        """The value after the change; decimal arithmetic, so that 30 x 1.1 is 33. ValueError where `set` misfits."""
        if self.set is not None:
            return shape.read(self.set)
        if value is None:
            return None  # nothing is limited: there is nothing to scale
        exact = Decimal(str(value))
        exact = exact * Decimal(str(self.scale)) if self.scale is not None else exact + Decimal(str(self.add))
        exact = max(exact, Decimal(0))
        return int(exact) if shape.kind == "whole" and exact == int(exact) else float(exact)
