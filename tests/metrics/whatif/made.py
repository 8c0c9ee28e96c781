"""A population written down by hand: one dict a household, in yuan; whatever is left out is ordinary."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np

from metrics.whatif.population import HEALTH, ITEMS, Persons, Population

AS_OF = date(2025, 6, 30)


def population(*homes: Mapping[str, Any], as_of: date = AS_OF, sample: bool = False) -> Population:
    """Households, with any of these said.

    Items of a statement in yuan a year (left out: absent), `n`, `village`, `urban_rural`, `own`, `covered`, `single`,
    `stated`, `unclear`, `barred`, `shut`, `above`, `months` (of the award), `paid` (yuan), `hardship`, `kin`, `weight`,
    `take_up` and `leak` (stored draws), `people` (dicts: age, health, grade, covered, counted, supporter in yuan).
    """
    codes = sorted({(str(home.get("village", "990101001001")), home.get("urban_rural", "rural")) for home in homes})
    places = {code: place for place, (code, _) in enumerate(codes)}
    rows = [_home(home) for home in homes]

    def column(name: str, kind: Any) -> Any:
        return np.array([row[name] for row in rows], kind)

    people = [(place, person) for place, row in enumerate(rows) for person in row["people"]]
    return Population(
        as_of=as_of,
        snapshot="",
        gathered="",
        village_code=tuple(code for code, _ in codes),
        village_name=tuple(code for code, _ in codes),
        urban_rural=tuple(kind for _, kind in codes),
        village=np.array([places[row["village"]] for row in rows], np.int32),
        weight=column("weight", np.float64),
        n=column("n", np.int64),
        covered=column("covered", np.int64),
        own=column("own", np.bool_),
        single=column("single", np.bool_),
        stated=column("stated", np.bool_),
        unclear=column("unclear", np.bool_),
        items={name: np.array([round(row.get(name, 0) * 100) for row in rows], np.int64) for name in ITEMS},
        absent={name: np.array([name not in row for row in rows], np.bool_) for name in ("wage", "land", "support")},
        barred=column("barred", np.int8),
        shut=column("shut", np.int8),
        above_months=column("above", np.int64),
        award_months=column("months", np.int64),
        paid_fen=np.array([-1 if row["paid"] is None else round(row["paid"] * 100) for row in rows], np.int64),
        hardship=column("hardship", np.float64),
        kin=column("kin", np.bool_),
        groups={},
        draws={name: column(name, np.float64) for name in ("take_up", "leak")},
        persons=_persons(people),
        sample=sample,
    )


def _home(said: Mapping[str, Any]) -> dict[str, Any]:
    own = bool(said.get("own", False))
    n = int(said.get("n", 1))
    ordinary = {
        "village": "990101001001",
        "weight": 1.0,
        "n": n,
        "own": own,
        "covered": n if own else 0,
        "single": False,
        "stated": True,
        "unclear": False,
        "barred": 0,
        "shut": 0,
        "above": -1,
        "months": 12 if own else -1,
        "paid": None,
        "hardship": 0.0,
        "kin": False,
        "take_up": 0.0,
        "leak": 0.5,
    }
    people = said.get("people") or [{} for _ in range(n)]
    covered = int(said.get("covered", n if own else 0))
    return {**ordinary, **said, "people": [{"covered": place < covered, **one} for place, one in enumerate(people)]}


def _persons(people: Iterable[tuple[int, Mapping[str, Any]]]) -> Persons:
    rows = list(people)
    health = [HEALTH.index(one["health"]) if one.get("health") else -1 for _, one in rows]
    return Persons(
        home=np.array([place for place, _ in rows], np.int32),
        age=np.array([one.get("age", 40) for _, one in rows], np.int64),
        health=np.array(health, np.int8),
        disability=np.array([one.get("grade", 0) for _, one in rows], np.int8),
        covered=np.array([one["covered"] for _, one in rows], np.bool_),
        counted=np.array([one.get("counted", True) for _, one in rows], np.bool_),
        supporter_fen=np.array([round(one.get("supporter", 0) * 100) for _, one in rows], np.int64),
        supporter_known=np.array([one.get("supporter_known", True) for _, one in rows], np.bool_),
    )
