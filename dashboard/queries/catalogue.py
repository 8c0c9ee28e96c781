"""What does each programme promise, on which conditions, how fast, for which papers, and by which document?

Everything is read from the rules in force on a day in a place: what a county adds to them is there too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from casework.policy import Entry, Policy
from casework.policy.shape import token
from casework.text import Text

LIMITS: Final = ("decision_days", "emergency_hours", "make_up_days", "payment_start_months")
AMOUNTS: Final = ("dibao_standard", "benefit_amount", "temporary_cap", "category_topup")
STEPS: Final = ("required_steps",)
PAPERS: Final = "document_checklist"
APPLICANTS: Final = ("told", "verified")  # the stages of the papers that an applicant sees
_LINE: Final = ("dibao", "dibao_edge")
_EMERGENCY: Final = "temporary_emergency"
_RULES_OF: Final[Mapping[str, tuple[str, ...]]] = {  # rules that name no programme, of which they speak
    "emergency_hours": (_EMERGENCY,),
    "make_up_days": (_EMERGENCY,),
    "dibao_standard": _LINE,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One programme."""

    code: str
    name: Text
    department: str
    monthly: bool | None
    means_tested: bool
    aliases: tuple[str, ...]
    sources: tuple[Entry, ...]  # the catalogue's own entry
    conditions: tuple[Entry, ...]  # entitlement
    excluded: tuple[tuple[str, Entry], ...]  # the other programme, and what the rule says
    rules: Mapping[str, tuple[Entry, ...]]  # limits, amounts and steps by rule
    situations: frozenset[str]

    @property
    def entries(self) -> Iterable[Entry]:
        """Every value that is told of it."""
        yield from (*self.sources, *self.conditions, *(entry for _, entry in self.excluded))
        for entries in self.rules.values():
            yield from entries


def offers(policy: Policy, on: date, region: str) -> list[Offer]:
    """Every programme of the list in force there on that day, in the order of the list."""
    return [_offer(policy, on, region, row) for row in policy.rows("programme", on=on, region=region)]


def papers(policy: Policy, on: date, region: str) -> list[dict[str, Any]]:
    """What an applicant brings or signs; one list for all programmes."""
    return [row for row in policy.rows(PAPERS, on=on, region=region) if row["stage"] in APPLICANTS]


def narrowed(
    found: Iterable[Offer], department: str, situation: str, word: str, text: Mapping[str, str]
) -> list[Offer]:
    """Those of a department and a situation that hold a word in their names or in what is told of them (by code)."""
    wanted = word.strip().casefold()
    return [
        one
        for one in found
        if (not department or one.department == department)
        and (not situation or situation in one.situations)
        and wanted in "\n".join([one.code, one.name.zh, one.name.en, *one.aliases, text.get(one.code, "")]).casefold()
    ]


def _offer(policy: Policy, on: date, region: str, row: Mapping[str, Any]) -> Offer:
    code = str(row["code"])
    conditions = _entries(policy, "entitlement", on, region, code)
    rules = {name: _entries(policy, name, on, region, code) for name in (*LIMITS, *AMOUNTS, *STEPS)}
    return Offer(
        code,
        Text(str(row["zh"]), str(row["en"])),
        str(row["department"]),
        None if row["kind"] is None else row["kind"] == "monthly",
        bool(row["means_tested"]),
        tuple(row["aliases"] or ()),
        tuple(_governing(policy, "programme", on, region, {"code": code})),
        conditions,
        tuple(_excluded(policy, on, region, code)),
        {name: entries for name, entries in rules.items() if entries},
        _situations(row, conditions),
    )


def _governing(policy: Policy, rule_id: str, on: date, region: str, scope: Mapping[str, str]) -> Iterable[Entry]:
    found = policy.rule(rule_id).resolve(on, region, scope)
    return () if found is None or found.none else (found,)


def _entries(policy: Policy, rule_id: str, on: date, region: str, code: str) -> tuple[Entry, ...]:
    """Every value of a rule in force for a programme, each case it tells apart once."""
    rule = policy.rule(rule_id)
    if "programme" not in rule.scope and code not in _RULES_OF.get(rule_id, ()):
        return ()
    found: dict[int, Entry] = {}
    for said in rule.entries:
        place = dict(said.place[1])
        if "programme" in rule.scope:
            if place.get("programme", code) != code:
                continue
            place["programme"] = code
        entry = rule.resolve(on, region, place)
        if entry is not None and not entry.none:
            found[id(entry)] = entry
    return tuple(found.values())


def _excluded(policy: Policy, on: date, region: str, code: str) -> Iterable[tuple[str, Entry]]:
    rule = policy.rule("exclusive")
    for row in policy.rows("exclusive", on=on, region=region):
        if code in (row["a"], row["b"]) and row["action"] != "allow":
            entry = rule.resolve(on, region, {"a": token(row["a"]), "b": token(row["b"])})
            if entry is not None:
                yield (row["b"] if row["a"] == code else row["a"]), entry


def _situations(row: Mapping[str, Any], conditions: tuple[Entry, ...]) -> frozenset[str]:
    """What the list says it is for, and what its conditions tell of themselves."""
    found = {str(code) for code in row["situations"] or ()} | ({"poverty"} if row["means_tested"] else set())
    for fields in (entry.fields for entry in conditions):
        told = {
            "aged": fields.get("age_from") is not None,
            "child": fields.get("age_below") is not None or bool(fields.get("each_parent")),
            "disabled": bool(fields.get("grades")),
            "poverty": fields.get("income") is not None,
        }
        found |= {code for code, said in told.items() if said}
    return frozenset(found)
