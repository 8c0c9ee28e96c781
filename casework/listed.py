"""Is a row's step among those that a rule lists for its place, programme and day?"""

import narwhals as nw

from casework.engine import Frame
from casework.policy import Policy


def names(policy: Policy, rule_id: str) -> list[str]:
    """Every step that the rule lists anywhere, at any time, by its entries or by a scenario's changes."""
    rule = policy.rule(rule_id)
    listed_anywhere = [*(entry.value for entry in rule.entries), *(change.set for change in rule.changes)]
    return sorted({name for value in listed_anywhere for name in value or ()})


def listed(policy: Policy, frame: Frame, rule_id: str, *, on: str, into: str) -> Frame:
    """Add `into`: does the list in force hold the row's `step`? False where nothing is in force.

    Rows should already be few kinds of steps: every step the rule names costs a look-up.
    """
    held: nw.Expr = nw.lit(value=False)
    wanted = names(policy, rule_id)
    for name in wanted:
        frame = policy.in_force(frame, rule_id, on=on, into=f"{into}_{name}", holding=name)
        held = held | ((nw.col("step") == name) & nw.col(f"{into}_{name}").fill_null(value=False))
    shown = frame.with_columns(held.alias(into))
    return shown.drop(*(f"{into}_{name}{tail}" for name in wanted for tail in ("", "_state")))
