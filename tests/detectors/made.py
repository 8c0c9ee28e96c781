"""A made-up township as tables on an engine: every planted variant and every innocent look-alike at once."""

from functools import cache

from casework.dataset import Tables
from casework.engine import Engine
from casework.policy import Policy
from synthetic.world import Regime, World, source
from tests.worlds import Row, world

AS_OF = "2025-12-31"
PERSONS = 1200
SEED = 7


@cache
def made(regime: Regime = "capture", seed: int = SEED) -> tuple[dict[str, list[Row]], World]:
    """The rows of every table as files hold them, and what is true of them."""
    rows, whole = source(seed=seed, persons=PERSONS, regime=regime)
    return {
        name: [{column: cell or None for column, cell in row.items()} for row in of] for name, of in rows.items()
    }, whole


@cache
def policy(regime: Regime = "capture", seed: int = SEED) -> Policy:
    """The shipped rules, and the standard that the made-up county sets."""
    _, whole = made(regime, seed)
    entries = [
        {"from": since, "region": county.code[:6], "urban_rural": settlement, "value": float(yuan[place])}
        for county in whole.plan.counties
        for place, since in enumerate(county.standards.since)
        for settlement, yuan in (("rural", county.standards.rural), ("urban", county.standards.urban))
    ]
    return Policy.of(dibao_standard=entries)


def township(
    on: str | Engine = "polars", *, regime: Regime = "capture", seed: int = SEED, **changed: list[Row]
) -> Tables:
    """The township; `changed` puts other rows in a table's place."""
    return world(AS_OF, on=on, **{**made(regime, seed)[0], **changed})
