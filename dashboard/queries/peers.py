"""With what was the area of a statistical lead compared, and what did each of its peers show?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from casework.areas import peer_rows
from casework.dataset import Tables
from casework.means.figures import YEAR
from casework.policy import Policy
from detectors.missed import mass_exit
from detectors.wrong import never_exit, split_village

HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Compared:
    """The area's own row and its peers': `area`, `part` of `whole`; its own also `expected`, `low`, `high`.

    `odd`: how many would be peers were they not out of line themselves. `times`: a share x this is the figure shown.
    """

    own: dict[str, Any]
    peers: pl.DataFrame
    odd: int
    times: int


def compared(
    tables: Tables, policy: Policy, lead: Mapping[str, Any], known: dict[tuple[str, str], pl.DataFrame] | None = None
) -> Compared | None:
    """By the same computation as the run; None where the lead compares no areas, or data and rules have changed.

    `known`: what was computed of these tables, by scheme and digest of the policy; it gains what it lacks.
    """
    if lead["scheme"] not in _AREAS:
        return None
    areas, times = _AREAS[lead["scheme"]]
    known, key = {} if known is None else known, (str(lead["scheme"]), policy.digest)
    if key not in known:
        known[key] = areas(tables, policy)
    rows = known[key]
    mine = pl.col("area") == lead["subject"]
    found = rows.filter(mine & (pl.col("month") == lead["part"]) if lead["part"] else mine)
    if found.is_empty() or found["expected"][0] is None:
        return None
    own = found.row(0, named=True)
    county = rows.filter(pl.col("county") == own["county"], pl.col("whole") > 0)
    peers = _stretches(county, own, policy) if lead["part"] else _places(county, own)
    return Compared(own, peers.filter(~pl.col("odd")), peers.filter("odd").height, times)


def _places(county: pl.DataFrame, own: Mapping[str, Any]) -> pl.DataFrame:
    """The other areas of the county that are its peers."""
    place = county["area"].to_list().index(own["area"])
    return county.filter(pl.Series(peer_rows(county)[place], dtype=pl.Boolean()))


def _stretches(county: pl.DataFrame, own: Mapping[str, Any], policy: Policy) -> pl.DataFrame:
    """The stretches of the same tier that lie whole stretches before or after."""
    months = int(str(policy.tuning("mass_exit", "months")))
    away = pl.col("first") - own["first"]
    return county.filter(pl.col("tier") == own["tier"], away != 0, away % months == 0)


_AREAS: Final[dict[str, tuple[Callable[[Tables, Policy], pl.DataFrame], int]]] = {
    "never_exit": (never_exit.areas, HUNDRED * YEAR),
    "split_village": (split_village.areas, HUNDRED),
    "mass_exit": (mass_exit.areas, HUNDRED),
}
