"""Which relatives are near kin, or wider kin, by the rule in force on a day?"""

import narwhals as nw

from casework.engine import Frame
from casework.kinship.relation import INVERSE
from casework.policy import Policy


def near(policy: Policy, frame: Frame, *, on: str) -> Frame:
    """Rows whose `relation` is near kin on the date `on`: a column with its `<on>_day`, or a month with its index."""
    return _listed(policy, frame, ("near_kin",), on)


def wider(policy: Policy, frame: Frame, *, on: str) -> Frame:
    """Rows whose `relation` is near or wider kin on the date `on`, a column as for `near`."""
    return _listed(policy, frame, ("near_kin", "wider_kin"), on)


def named(policy: Policy, *rules: str) -> list[str]:
    """Every relation that one of these rules names anywhere, at any time."""
    found: set[str] = set()
    for rule_id in rules:
        rule = policy.rule(rule_id)
        said = [*(entry.value for entry in rule.entries), *(change.set for change in rule.changes)]
        found |= {name for value in said for name in value or ()}
    return sorted(found & set(INVERSE))


def _listed(policy: Policy, frame: Frame, rules: tuple[str, ...], on: str) -> Frame:
    columns = frame.collect_schema().names()
    held: nw.Expr = nw.lit(value=False)
    for rule_id in rules:
        for relation in named(policy, rule_id):
            into = f"{rule_id}_{relation}__"
            frame = policy.in_force(frame, rule_id, on=on, into=into, holding=relation)
            held = held | ((nw.col("relation") == relation) & nw.col(into).fill_null(value=False))
    return frame.filter(held).select(*columns)
