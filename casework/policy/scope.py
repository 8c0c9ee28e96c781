"""Which keys may narrow a rule, and which codes may they take?

A key is a contract column of the case, or (`objection`) a fact of it; closed lists come from the contract's own
enumerations, so that a file may write the code or its Chinese label. Programmes, regions' own words and the like are
open.
"""

from collections.abc import Mapping

from casework.tables import APPLICATION, AWARD, MATCH, MEANS, PERSON, REGION, STEP
from casework.tables.schema import Option

FLAGS = frozenset({"delegated", "extended", "objection"})

CLOSED: Mapping[str, tuple[Option, ...]] = {
    "step": STEP["step"].options,
    "decision": APPLICATION["decision"].options,
    "urgency": APPLICATION["urgency"].options,
    "urban_rural": REGION["urban_rural"].options,
    "category": AWARD["category"].options,
    "health": PERSON["health"].options,
    "kind": MATCH["kind"].options,
    "item": MEANS["item"].options,
}

# Keys that any rule on cases may use beside its own: a county may narrow what the state left general.
COMMON = ("programme", "urban_rural", "category", "urgency", "decision", "step", "grade", "delegated", "extended")

# Keys that name the thing a rule is about: what no entry names lies outside the rule, it is not undecidable.
NAMING = ("programme", "step")


def read(key: str, raw: object, programmes: Mapping[str, str]) -> str | bool | int:
    """One scope value as its code; ValueError where it cannot be one.

    `programmes` maps names and aliases of programmes to their codes.
    """
    if key in FLAGS:
        if not isinstance(raw, bool):
            raise ValueError(raw)
        return raw
    if isinstance(raw, bool) or not isinstance(raw, str | int) or raw == "":
        raise ValueError(raw)
    if key in CLOSED:
        for option in CLOSED[key]:
            if raw in (option.code, option.label.zh, *option.aliases):
                return option.code
        raise ValueError(raw)
    if key in {"programme", "a", "b"}:
        return programmes.get(str(raw), str(raw))
    return raw


def expected(key: str) -> str:
    """What should have been written for that key, in codes."""
    if key in FLAGS:
        return "true, false"
    return ", ".join(option.code for option in CLOSED.get(key, ())) or "…"
