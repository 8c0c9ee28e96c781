"""Whom did the facts entitle on the day of a decision that took aid away, or refused it?

Who already had the programme in that month, or one that excludes it, was rightly refused or lost nothing, and is left
out; so is whom no rule in force that day speaks of.
"""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from casework.card import Protected
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import open_cases
from casework.means.entitled_households import households_entitled
from casework.means.entitled_persons import PERSON_KEY, persons_entitled
from casework.means.standing import held_by_households, held_by_persons, in_the_way
from casework.policy import Policy

HOME_KEY: Final = ("household_id", "programme", "day", "single", "region_code")
PROTECTED: Final[Mapping[str, Protected]] = {
    "person.disability_grade": "entitles",
    "person.disability_kind": "entitles",
    "person.status": "entitles",
    "person.health": "entitles",  # only in the order of hardship
}


def persons_then(data: Tables, policy: Policy, asked: Frame, *, by: str, ahead: int = 0) -> Frame:
    """Rows of a decision (`by`) and `person_id` with `meets`; as `persons_entitled` wants them, `ahead` as there."""
    had = in_the_way(policy, held_by_persons(data, asked, ahead=ahead), (by, "person_id"))
    left = once(asked.join(had, on=[by, "person_id"], how="anti"))
    key = [*PERSON_KEY, "region_code"]
    judged = persons_entitled(data, policy, left.select(*key, "on").unique())
    return left.join(judged.drop("on"), on=key, how="inner").filter(nw.col("rule_state") != -1)


def households_then(data: Tables, policy: Policy, rows: Frame, *, by: str, ahead: int = 0) -> Frame:
    """Rows of a decision (`by`) with `meets` of its household; columns as `households_entitled` wants them."""
    had = in_the_way(policy, held_by_households(data, rows, ahead=ahead), (by,))
    left = once(rows.join(had, on=by, how="anti"))
    judged = households_entitled(data, policy, left.select(*HOME_KEY, "on", "statement_day").unique())
    joined = left.select(by, *HOME_KEY).join(judged.drop("on"), on=list(HOME_KEY), how="inner")
    return joined.filter(nw.col("rule_state") != -1)


def met(rows: Frame) -> Frame:
    """Those whom the facts surely entitled."""
    return rows.filter(nw.col("meets").fill_null(value=False))


def undecided(found: Frame, people: Frame, homes: Frame, *, by: str) -> Frame:
    """The decisions nobody can judge: something is unknown of somebody, and nobody is surely entitled."""
    return open_cases(found, *(rows.filter(nw.col("meets").is_null()) for rows in (people, homes)), on=by)
