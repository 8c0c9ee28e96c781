"""What must evidence reach before it speaks for two persons being one?"""

from dataclasses import dataclass
from typing import Final, Self

from casework.kinship.resources import COLLECTIVE
from casework.listed import names
from casework.policy import Policy

RULE: Final = "same_person"


@dataclass(frozen=True, slots=True)
class Limits:
    """`bits` of all fields together; `shared`, `slip`: bits of the thing shared, or of the slip of a number, alone.

    `hub`: households above which a phone, account or address is of common use. `words`: found in the addresses of
    institutions.
    """

    bits: float
    shared: float
    slip: float
    hub: int
    words: tuple[str, ...]

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """As the tuning says; a least that is left out limits nothing."""
        whole, shared, slip = (float(str(policy.tuning(RULE, of) or 0)) for of in ("value", "shared", "slip"))
        return cls(
            whole, shared, slip, int(str(policy.tuning("cluster_hub"))), tuple(names(policy, COLLECTIVE, "words"))
        )
