"""Did a lead's own arithmetic use a rule that its card names?

A card names every rule its question may read; a lead of one part or case used some of them. Where a card says which
(`rests_on`), that was asked before.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from casework.kinship.staff import MEMBER_THEMSELF

Facts = Mapping[str, Any]

_ON_EDGE: Final = "dibao_edge"
_APART: Final = frozenset({"apart", "both", "unnamed"})  # households of one account that were joined by kin


def used(rule_id: str, scheme: str, facts: Facts, *, programme: str, single: bool) -> bool:
    """True unless the facts say that this rule had no part."""
    if rule_id == "edge_multiplier":
        return _of_income(facts) and (single or programme == _ON_EDGE)
    if rule_id == "required_steps" and scheme == "late_step":
        return facts.get("case") == "never"
    asked = _ASKED.get(rule_id)
    return asked is None or asked(facts)


def _of_income(facts: Facts) -> bool:
    """Was income held against a line?"""
    if "grounds" in facts:
        return "income" in facts["grounds"]
    return facts.get("case") not in {"veto", "fixed", "equal", "unknown"}


def _of_kin(facts: Facts) -> bool:
    """Is there a tie? The official in person is no kin."""
    return facts.get("relation") not in {None, MEMBER_THEMSELF}


_ASKED: Final[dict[str, Callable[[Facts], bool]]] = {
    "dibao_standard": _of_income,
    "benefit_mode": _of_income,
    "benefit_bands": _of_income,
    "deduction_cap": _of_income,
    "disregard": _of_income,
    "job_cost": _of_income,
    "benefit_amount": lambda facts: facts.get("case") != "equal",
    "category_topup": lambda facts: bool(facts.get("topup_fen")),
    "taper_months": lambda facts: "taper" in facts,
    "death_grace_months": lambda facts: "grace" in facts and facts.get("case") == "one",
    "exclusive": lambda facts: "first" in facts,
    "required_steps": lambda facts: "unchecked" in facts["grounds"] if "grounds" in facts else True,
    "clock_stops": lambda facts: bool(facts.get("stopped")),
    "emergency_hours": lambda facts: not facts.get("urgency"),
    "urgency_hours": lambda facts: bool(facts.get("urgency")),
    "temporary_per_year": lambda facts: facts.get("case") != "cap",
    "temporary_cap": lambda facts: facts.get("case") == "cap",
    "complaint_told_days": lambda facts: facts.get("case") in {"told", "both"},
    "complaint_closed_days": lambda facts: facts.get("case") in {"closed", "both"},
    "complaint_extension_days": lambda facts: facts.get("case") in {"closed", "both"} and bool(facts.get("extended")),
    "near_kin": lambda facts: _of_kin(facts) or facts.get("case") in _APART,
    "wider_kin": lambda facts: facts.get("case") in _APART,
    "kin_certainty": _of_kin,
}
