"""What does a scenario change, in words that an office can read: 原值 → 新值, 生效, 依据?"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from casework.policy import Change, Policy, Rule
from casework.policy import scope as scopes
from casework.policy.rule import UNITS
from casework.policy.shape import token
from casework.text import Language, Text, halves
from metrics.whatif import assumed
from metrics.whatif.population import Population
from metrics.whatif.scenario import Scenario
from metrics.whatif.shares import Figures, amounts
from metrics.whatif.touched import Touched, reach

SCHEMA: Final = pl.Schema(
    {
        "change": pl.Int64(),  # place in the scenario, from 1; 0: an assumption
        "id": pl.String(),
        "field": pl.String(),
        **{
            f"{name}_{language}": pl.String()
            for name in ("rule", "where", "whom", "old", "new", "unit")
            for language in ("zh", "en")
        },
        "from": pl.Date(),  # null: from the beginning
        "to": pl.Date(),  # the last day; null: open
        "source": pl.String(),
    }
)
NATIONAL: Final = Text("全国", "nationwide")
_EVERYBODY: Final = Text("", "")
_NONE: Final = Text("不限", "none")
_FLAGS: Final[Mapping[str, Mapping[str, Text]]] = {
    "delegated": {"true": Text("已下放", "delegated"), "false": Text("未下放", "not delegated")},
    "extended": {"true": Text("延期", "extended"), "false": Text("未延期", "not extended")},
    "objection": {"true": Text("有异议", "objection"), "false": Text("无异议", "no objection")},
}
_YES_NO: Final = {True: Text("是", "yes"), False: Text("否", "no")}
_PERCENT: Final = 100


def differences(
    scenario: Scenario,
    policy: Policy,
    population: Population,
    figures: Figures | None = None,
    *,
    months: int = 12,
    names: Mapping[str, Text] | None = None,
) -> pl.DataFrame:
    """A row for every value in force that becomes another one, in the order of the changes (`SCHEMA`).

    `names` of regions by code, where somebody knows them; a change without any effect has no row (`conflicts` says
    why). Assumptions that differ from the records come last.
    """
    rows: list[dict[str, Any]] = []
    rules = policy
    for place in range(len(scenario.changes)):
        for change in amounts(scenario, place, figures or {}, population.as_of):
            found: dict[tuple[Any, ...], dict[str, Any]] = {}
            for one in reach(rules, change, population, months=months).changed:
                row = _row(rules.rule(change.id), change, one, rules, names or {})
                found.setdefault(tuple(row.values()), row)
            rows += [{"change": place + 1, **row, "source": scenario.source(place)} for row in found.values()]
            rules = rules.adjusted([change])
    rows += [_assumption(name, said) for name, said in assumed.spoken(scenario.assumptions).items()]
    return pl.DataFrame(rows, schema=SCHEMA)


def sentences(rows: pl.DataFrame, language: Language) -> list[str]:
    """Each row as one sentence."""
    return [_sentence(row, language) for row in rows.iter_rows(named=True)]


def _row(rule: Rule, change: Change, one: Touched, policy: Policy, names: Mapping[str, Text]) -> dict[str, Any]:
    field = change.which or rule.number_field
    unit = rule.unit if field == (rule.number_field or field) else ""
    if rule.ranges.get(field, (0, 0))[1] == 1:
        unit = "share"
    region = max(change.region, one.entry.region, key=len)
    whom = {key: token(value) for key, value in (*one.entry.scope.items(), *change.scope.items())}
    words = {
        "rule": rule.label if field == (rule.number_field or "value") else _join(rule.label, Text(field, field), " · "),
        "where": names.get(region.ljust(12, "0"), Text(region, region)) if region else NATIONAL,
        "whom": spoken(whom, policy),
        "old": _value(one.old, unit),
        "new": _value(one.new, unit),
        "unit": Text("", "") if unit == "share" else UNITS[unit],
    }
    spread = {f"{name}_{key}": getattr(text, key) for name, text in words.items() for key in ("zh", "en")}
    return {"id": rule.id, "field": field, **spread, "from": change.from_, "to": change.to}


def _assumption(name: str, said: object) -> dict[str, Any]:
    label = assumed.LABELS[name]
    old = assumed.USUAL.get(name, assumed.RECORDED)
    words = {
        "rule": label,
        "where": NATIONAL,
        "whom": _EVERYBODY,
        "old": old,
        "new": assumed.value(said),
        "unit": _EVERYBODY,
    }
    spread = {f"{key}_{tongue}": getattr(text, tongue) for key, text in words.items() for tongue in ("zh", "en")}
    return {"change": 0, "id": name, "field": "", **spread, "from": None, "to": None, "source": ""}


def _value(value: object, unit: str) -> Text:
    """A value in words: a share as per cent, nothing in force as such."""
    if value is None:
        return _NONE
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, int | float) and unit == "share":
        plain = f"{value * _PERCENT:.6g}%"
        return Text(plain, plain)
    return assumed.value(value)


def spoken(scope: Mapping[str, str], policy: Policy) -> Text:
    """For whom, in words; "" for everybody."""
    said = [_scope_word(key, value, policy) for key, value in sorted(scope.items())]
    return Text("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def _scope_word(key: str, value: str, policy: Policy) -> Text:
    if key in _FLAGS:
        return _FLAGS[key][value]
    for option in scopes.CLOSED.get(key, ()):
        if option.code == value:
            return option.label
    if key == "programme":
        for entry in policy.rule("programme").entries:
            if entry.scope["code"] == value:
                return Text(entry.fields["zh"], entry.fields["en"])
    return Text(f"{key} {value}", f"{key} {value}")


def _join(first: Text, second: Text, mark: str) -> Text:
    return Text(f"{first.zh}{mark}{second.zh}", f"{first.en}{mark}{second.en}")


def _sentence(row: Mapping[str, Any], language: Language) -> str:
    where, whom, rule, old, new, unit = (
        row[f"{name}_{language}"] for name in ("where", "whom", "rule", "old", "new", "unit")
    )
    when, source = _when(row["from"], row["to"], language), halves(row["source"]).say(language)
    place = (",".join if language == "zh" else ", ".join)(filter(None, (where, whom)))
    unit = f" {unit}" if unit else ""
    if language == "zh":
        return f"{rule}({place}):{old} → {new}{unit},{when}" + (f"(依据:{source})" if source else "")
    return f"{rule} ({place}): {old} → {new}{unit}, {when}" + (f" (by {source})" if source else "")


def _when(begin: date | None, end: date | None, language: Language) -> str:
    if language == "zh":
        if begin is None and end is None:
            return "测算期内一直有效"
        return "".join((f"自 {begin} 起" if begin else "", f"至 {end} 止" if end else ""))
    if begin is None and end is None:
        return "all the time"
    return " ".join(filter(None, (f"from {begin}" if begin else "", f"to {end}" if end else "")))
