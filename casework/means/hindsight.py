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

HERE: Final = "here__"
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
    judged = persons_entitled(data, policy, left.select(*PERSON_KEY, "region_code", "on").unique())
    said = _placed(judged.drop("on")).drop("region_code")
    return _placed(left).join(said, on=[*PERSON_KEY, HERE], how="inner").drop(HERE).filter(nw.col("rule_state") != -1)


def households_then(data: Tables, policy: Policy, rows: Frame, *, by: str, ahead: int = 0) -> Frame:
    """Rows of a decision (`by`) with `meets` of its household; columns as `households_entitled` wants them."""
    had = in_the_way(policy, held_by_households(data, rows, ahead=ahead), (by,))
    left = once(rows.join(had, on=by, how="anti"))
    judged = households_entitled(data, policy, left.select(*HOME_KEY, "on", "statement_day").unique())
    said = _placed(judged.drop("on")).drop("region_code")
    key = [*(name for name in HOME_KEY if name != "region_code"), HERE]
    joined = _placed(left.select(by, *HOME_KEY)).join(said, on=key, how="inner")
    return joined.drop(HERE).filter(nw.col("rule_state") != -1)


def _placed(rows: Frame) -> Frame:
    """The region to join by: an unknown one is one place too, where rules of the whole country hold."""
    return rows.with_columns(nw.col("region_code").fill_null("").alias(HERE))


def met(rows: Frame) -> Frame:
    """Those whom the facts surely entitled."""
    return rows.filter(nw.col("meets").fill_null(value=False))


def undecided(found: Frame, people: Frame, homes: Frame, *, by: str) -> Frame:
    """The decisions nobody can judge: something is unknown of somebody, and nobody is surely entitled."""
    return open_cases(found, *(rows.filter(nw.col("meets").is_null()) for rows in (people, homes)), on=by)
