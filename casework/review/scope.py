"""Which part of the data is a reader's?

One predicate, the prefix of the region's code (GB/T 2260, GB/T 10114), for every read: queues, searches, dossiers,
exports. What lies in no known region is the whole workspace's, so only a reader of the whole sees it.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeVar, get_args

import narwhals as nw
import polars as pl

from casework.errors import WrongUsageError
from casework.lead import DIGITS
from casework.text import Text

Role = Literal["inspector", "supervisor", "leader", "researcher", "steward", "auditor"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
DISCIPLINE: Final[frozenset[Role]] = frozenset({"inspector", "supervisor"})  # who may read of officials' conduct
Expr = TypeVar("Expr", nw.Expr, pl.Expr)
_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """The regions whose code begins with `prefix`; the empty prefix is the whole workspace."""

    prefix: str = ""

    @classmethod
    def of(cls, region_code: str) -> "Scope":
        """The scope of a region: its code without the zeros of lower tiers; "" is everywhere.

        Raises:
            WrongUsageError: not 12 digits.
        """
        if region_code == "":
            return cls()
        if len(region_code) != _LENGTH or not (region_code.isascii() and region_code.isdigit()):
            raise WrongUsageError(
                Text(f"区划代码应为 12 位数字,收到“{region_code}”", f"a region code has 12 digits, not “{region_code}”")
            )
        if region_code == "0" * _LENGTH:
            return cls()
        return cls(next(region_code[:n] for n in DIGITS if region_code[n:].strip("0") == ""))

    def covers(self, region_code: str | None) -> bool:
        """Does the region lie within? An unknown one lies only in the whole."""
        return not self.prefix or (region_code is not None and region_code.startswith(self.prefix))

    def within(self, code: Expr) -> Expr:
        """The same question of a column of codes; null answers as `covers` does."""
        return code.fill_null("").str.starts_with(self.prefix)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the name in the journal, what they may do, where, and who they are among the persons of the data."""

    name: str
    role: Role
    scope: Scope = Scope()
    person_id: int | None = None  # for recusal; None where no citizen number was given
    registered: bool = False


__all__ = ["DISCIPLINE", "ROLES", "Reader", "Role", "Scope"]
