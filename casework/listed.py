"""Is a row's step, or relation, among those that a rule lists for its place, programme and day?"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy


def names(policy: Policy, rule_id: str, field: str = "value") -> list[str]:
    """Every step (or relation) that the rule lists anywhere, at any time, by its entries or by a scenario's changes."""
    rule = policy.rule(rule_id)
    listed_anywhere = [entry.fields.get(field) for entry in rule.entries]
    listed_anywhere += [change.set for change in rule.changes if (change.which or "value") == field]
    return sorted({name for value in listed_anywhere for name in value or ()})


def listed(
    policy: Policy, frame: Frame, rule_id: str, *, on: str, into: str, column: str = "step", field: str = "value"
) -> Frame:
    """Add `into`: does the list in force hold the row's `step` (or other `column`)? False where nothing is in force.

    Rows should already be few kinds of steps: every step the rule names costs a look-up.
    """
    held: nw.Expr = nw.lit(value=False)
    wanted = names(policy, rule_id, field)
    for name in wanted:
        frame = policy.in_force(frame, rule_id, on=on, into=f"{into}_{name}", holding=name, field=field)
        held = held | ((nw.col(column) == name) & nw.col(f"{into}_{name}").fill_null(value=False))
    shown = frame.with_columns(held.fill_null(value=False).alias(into))
    return shown.drop(*(f"{into}_{name}{tail}" for name in wanted for tail in ("", "_state")))


def required(data: Tables, policy: Policy, applications: Frame) -> Frame:
    """Add `needs_<step>` for every step that required_steps names anywhere, and `needs_state` of the rule.

    `needs_state`: 1 in force, 0 undecidable, -1 outside the rule. Adds `objection` too, on which a place may make a
    step depend.
    """
    shown = objected(data, applications)
    wanted = names(policy, "required_steps")
    for name in wanted:
        shown = policy.in_force(shown, "required_steps", on="accepted_at", into=f"needs_{name}", holding=name)
    state = nw.max_horizontal(*(f"needs_{name}_state" for name in wanted)) if wanted else nw.lit(-1)
    shown = shown.with_columns(
        state.alias("needs_state"), *(nw.col(f"needs_{name}").fill_null(value=False) for name in wanted)
    )
    return shown.drop(*(f"needs_{name}_state" for name in wanted))


def objected(data: Tables, applications: Frame) -> Frame:
    """Add `objection`: did anyone object to the application's posting?"""
    steps = data.milestone.select("application_id", (nw.col("objection_rows") > 0).alias("objection"))
    joined = applications.join(steps, on="application_id", how="left")
    return joined.with_columns(nw.col("objection").fill_null(value=False))
