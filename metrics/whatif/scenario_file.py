"""How is a scenario written in a file, and what is wrong with one that cannot be read?

Contract §7: `name`, `note`, `[[change]]` (id, region, the rule's scope keys, which, from, to, one of set, scale and
add, share_of, source) and `[assumptions]` (with `reset`: those of files stacked below that shall no longer count).
Every fault of every file is found at once, each with file, line, what was expected and what to do.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from casework.errors import PolicyError
from casework.policy import Change, Fault, Policy, loader
from casework.policy import scope as scopes
from casework.policy.rule import Rule
from casework.text import Text
from metrics.whatif import assumed
from metrics.whatif.scenario import Scenario, stacked
from metrics.whatif.shares import MONTHLY, YEARLY

BASELINE: Final = "baseline"  # its name in every table of results
_FILE: Final = ("name", "note", "change", "assumptions")
_CHANGE: Final = ("id", "region", "which", "from", "to", "set", "scale", "add", "share_of", "source")
Wrong = list[tuple[str, Text]]  # the key it is about, "" the whole entry


def read(*paths: Path, policy: Policy) -> Scenario:
    """The scenario of a file, or of several stacked in order.

    Raises:
        PolicyError: every fault of every file.
    """
    found: list[Fault] = []
    scenarios = [_file(path, policy, found) for path in paths]
    if found:
        said = [fault.say() for fault in found]
        raise PolicyError(Text(";".join(one.zh for one in said), "; ".join(one.en for one in said)))
    return stacked(*scenarios) if len(scenarios) > 1 else scenarios[0]


def faults(*paths: Path, policy: Policy) -> list[Fault]:
    """Everything that keeps these files from being read as scenarios, one by one."""
    found: list[Fault] = []
    for path in paths:
        _file(path, policy, found)
    return found


def written(scenario: Scenario) -> str:
    """The scenario as a file that reads back as the same."""
    lines = [f"name = {_toml(scenario.name)}", *([f"note = {_toml(scenario.note)}"] if scenario.note else [])]
    for place in range(len(scenario.changes)):
        said = _raw(scenario, place)
        lines += ["", "[[change]]", *(f"{key} = {_toml(value)}" for key, value in said.items())]
    spoken = assumed.spoken(scenario.assumptions)
    if scenario.reset:
        spoken["reset"] = scenario.reset
    if spoken:
        lines += ["", "[assumptions]", *(f"{key} = {_toml(value)}" for key, value in spoken.items())]
    return "\n".join(lines) + "\n"


def checked(scenario: Scenario, *, policy: Policy) -> Scenario:
    """A scenario that was not read from a file, as one that was: codes for labels, prefixes for region codes.

    Raises:
        PolicyError: everything wrong in it.
    """
    named: Wrong = []
    _name(scenario.name, named)
    found = [words for _, words in named]
    programmes = loader.programme_names(policy.rules)
    changes = []
    for place in range(len(scenario.changes)):
        wrong: Wrong = []
        changes.append(_change(_raw(scenario, place), policy, programmes, wrong))
        found += [Text(f"第 {place + 1} 项改动:{said.zh}", f"change {place + 1}: {said.en}") for _, said in wrong]
    wrong = []
    assumed.read(assumed.spoken(scenario.assumptions), wrong)
    found += [words for _, words in wrong]
    if found:
        raise PolicyError(Text(";".join(one.zh for one in found), "; ".join(one.en for one in found)))
    return replace(scenario, changes=tuple(change for change in changes if change is not None))


def _raw(scenario: Scenario, place: int) -> dict[str, Any]:
    """A change as its file's table says it."""
    change = scenario.changes[place]
    said = {
        "id": change.id,
        "region": change.region or None,
        **change.scope,
        "which": change.which or None,
        "from": change.from_,
        "to": change.to,
        "set": change.set,
        "scale": change.scale,
        "add": change.add,
        "share_of": scenario.share(place) or None,
        "source": scenario.source(place) or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _toml(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # a basic string of TOML is a string of JSON, but for the sign "delete"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _file(path: Path, policy: Policy, found: list[Fault]) -> Scenario:
    """The scenario of one file; what cannot be read is added to `found` and left out."""
    read_ = loader.parsed(path, "change", found)
    if read_ is None:
        return Scenario(path.stem)
    raw, starts = read_
    text = path.read_text(encoding="utf-8-sig").splitlines()

    def tell(start: int, wrong: Wrong) -> None:
        found.extend(Fault(path.name, _line(text, start, key), words) for key, words in wrong)

    tell(1, _header(raw))
    changes: list[tuple[Change, str, str]] = []
    programmes = loader.programme_names(policy.rules)
    for entry, start in zip(_entries(raw), starts, strict=False):
        wrong: Wrong = []
        change = _change(entry, policy, programmes, wrong)
        tell(start, wrong)
        if change is not None and not wrong:
            changes.append((change, str(entry.get("source", "")), str(entry.get("share_of", ""))))
    wrong = []
    said = raw.get("assumptions", {})
    said = dict(said) if isinstance(said, dict) else {}
    reset = assumed.reset(said.pop("reset", []), wrong)
    assumptions = assumed.read(said, wrong)
    tell(next((n for n, row in enumerate(text, 1) if re.match(r"\s*\[\s*assumptions\s*\]", row)), 0), wrong)
    return Scenario(
        name=str(raw.get("name", path.stem)),
        changes=tuple(change for change, _, _ in changes),
        assumptions=assumptions,
        sources=tuple(source for _, source, _ in changes),
        note=str(raw.get("note", "")),
        shares=tuple(share for _, _, share in changes),
        reset=reset,
    )


def _line(text: list[str], start: int, key: str) -> int:
    """The line of a key from a table's first line on, before the next table begins; else that first line."""
    for n, row in enumerate(text[start - 1 :] if start else (), start):
        if n > start and row.lstrip().startswith("["):
            break
        if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", row):
            return n
    return start


def _header(raw: Mapping[str, Any]) -> Wrong:
    found: Wrong = [(key, _unknown(key, _FILE)) for key in raw if key not in _FILE]
    _name(raw.get("name"), found)
    if "change" in raw and not isinstance(raw["change"], list):
        found.append(("change", Text("改动应写成 [[change]] 条目", "write each change as a [[change]] entry")))
    if not isinstance(raw.get("assumptions", {}), dict):
        found.append(("assumptions", Text("假设应写成 [assumptions] 一节", "write them as a section [assumptions]")))
    if not raw.get("change") and not raw.get("assumptions"):
        found.append(
            ("", Text("既无 [[change]] 也无 [assumptions],没有可试的内容", "neither [[change]] nor [assumptions]"))
        )
    return found


def _name(name: object, wrong: Wrong) -> None:
    if not isinstance(name, str) or not name.strip() or name == BASELINE:
        wrong.append(
            (
                "name",
                Text(
                    f'缺少 name,请写方案名称(不可为 "{BASELINE}"),例 name = "农村标准提高 10%"',
                    f'name is missing: name the scenario (not "{BASELINE}"), as name = "rural standard + 10 %"',
                ),
            )
        )


def _entries(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    said = raw.get("change", [])
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _unknown(key: str, known: Iterable[str]) -> Text:
    close = loader.near(key, known)
    names = ", ".join(known)
    return Text(f'不认识的键 "{key}"{close.zh};可用:{names}', f'unknown key "{key}"{close.en}; allowed: {names}')


def _change(raw: Mapping[str, Any], policy: Policy, programmes: Mapping[str, str], wrong: Wrong) -> Change | None:
    """One `[[change]]`; None, and what is wrong, where it cannot be one."""
    name = raw.get("id")
    if not isinstance(name, str) or name not in policy.rules:
        close = loader.near(str(name), policy.rules)
        wrong.append(("id", Text(f'没有名为 "{name}" 的规则{close.zh}', f'there is no rule "{name}"{close.en}')))
        return None
    rule = policy.rules[name]
    keys = tuple(dict.fromkeys((*rule.scope, *scopes.COMMON)))
    wrong.extend((key, _unknown(key, (*_CHANGE, *keys))) for key in raw if key not in {*_CHANGE, *keys})
    for key, kind in (("which", str), ("source", str), ("share_of", str), ("scale", float), ("add", float)):
        if key in raw and not _is(raw[key], kind):
            want = Text("文字", "text") if kind is str else Text("数字", "a number")
            wrong.append((key, Text(f'"{key}" 应为{want.zh},得到 {raw[key]!r}', f'"{key}" must be {want.en}')))
    change = Change(
        id=name,
        region=_or(wrong, "region", "", lambda: loader.region_prefix(raw.get("region", ""))),
        scope={
            key: _or(wrong, key, "", lambda key=key: loader.scope_value(key, raw[key], programmes))
            for key in keys
            if key in raw
        },
        from_=_or(wrong, "from", None, lambda: loader.day(raw, "from")) if "from" in raw else None,
        to=_or(wrong, "to", None, lambda: loader.day(raw, "to")) if "to" in raw else None,
        set=raw.get("set"),
        scale=raw.get("scale"),
        add=raw.get("add"),
        which=str(raw.get("which", "")),
    )
    if change.from_ and change.to and change.to < change.from_:
        wrong.append(("to", Text('"to" 早于 "from",请更正日期', '"to" is before "from"; correct the dates')))
    if "share_of" in raw:
        wrong.extend(_share(rule, raw))
    if not wrong:
        try:
            return policy.adjusted([change]).rule(name).changes[-1]
        except PolicyError as error:
            wrong.append(("", error.message))
    return None


def _is(value: object, kind: type) -> bool:
    if kind is str:
        return isinstance(value, str)
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _or(wrong: Wrong, key: str, otherwise: Any, ask: Any) -> Any:  # noqa: ANN401 - whatever the key holds
    """What the file says under a key; `otherwise`, and the fault, where it cannot be read."""
    try:
        return ask()
    except loader.WrongEntryError as error:
        wrong.append((key, error.message))
        return otherwise


def _share(rule: Rule, raw: Mapping[str, Any]) -> Wrong:
    """What is wrong with "a share of last year's figure"?"""
    found: Wrong = []
    if raw["share_of"] not in YEARLY:
        names = ", ".join(YEARLY)
        found.append(("share_of", Text(f"share_of 应为 {names} 之一", f"share_of must be one of {names}")))
    if rule.unit not in MONTHLY:
        found.append(
            (
                "share_of",
                Text(f"{rule.id} 不是按月的金额,不能用 share_of", f"{rule.id} is no money a month: no share_of"),
            )
        )
    share = raw.get("set")
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 < share <= 1:
        found.append(
            (
                "set",
                Text(
                    f"有 share_of 时 set 为占比,应在 0 与 1 之间,得到 {share!r}",
                    f"beside share_of, set is a share between 0 and 1, found {share!r}",
                ),
            )
        )
    return found
