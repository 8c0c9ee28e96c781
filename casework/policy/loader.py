"""How do TOML files become rules, and what is wrong with those that cannot?

Every fault of a file is found at once, each with its line, what was expected and what to do.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from itertools import product
from pathlib import Path
from typing import Any

from casework.policy import scope as scopes
from casework.policy.rule import UNITS, Entry, Rule
from casework.policy.shape import Shape
from casework.text import Text

_HEADER = {"id", "label", "unit", "source", "value", "scope", "shape", "range", "table", "pair", "why", "note", "demo"}
_ENTRY = {"from", "to", "region", "source", "demo", "note"}
_LARGEST = 4_000_000  # bytes; the largest shipped file has some thousands
_TIERS = (2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one policy file."""

    file: str
    line: int  # 0 where the whole file is meant
    message: Text

    def say(self) -> Text:
        """The whole sentence, with file and line."""
        zh = f"{self.file} 第 {self.line} 行:" if self.line else f"{self.file}:"
        en = f"{self.file}, line {self.line}: " if self.line else f"{self.file}: "
        return Text(zh + self.message.zh, en + self.message.en)


class WrongEntryError(Exception):
    """What is wrong with one entry; becomes a fault with a line, or a PolicyError."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Text(zh, en)


def near(name: str, known: Iterable[str]) -> Text:
    """Did they mean one of the known names?"""
    close = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    if not close:
        return Text("", "")
    return Text(f";是否指 {'、'.join(close)}", f"; did you mean {', '.join(close)}")


def shipped(folder: Path, family: Any) -> Iterator[Rule]:  # noqa: ANN401 - a Literal, read from the folder's name
    """The rules of one shipped folder; a fault here is ours and is raised as it comes."""
    for path in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        rule = Rule(
            id=raw["id"],
            label=Text(**raw["label"]),
            unit=raw["unit"],
            source=raw.get("source", ""),
            family=family,
            shape={name: Shape.parse(text) for name, text in raw["shape"].items()},
            ranges={name: (low, high) for name, (low, high) in raw.get("range", {}).items()},
            scope=tuple(raw.get("scope", ())),
            table=raw.get("table", False),
            pair=raw.get("pair", False),
            why=Text(**raw["why"]) if "why" in raw else None,
            note=Text(**raw["note"]) if "note" in raw else None,
        )
        _ = UNITS[rule.unit]
        entries = [entry for value in raw.get("value", ()) for entry in read_entries(rule, value, {})]
        yield replace(rule, entries=tuple(entries))


def local(folder: Path, known: Mapping[str, Rule], faults: list[Fault]) -> dict[str, list[Entry]]:
    """The entries of a local folder by rule id; what cannot be read is added to `faults`."""
    files = [
        (path, *read) for path in sorted(folder.glob("*.toml")) if (read := parsed(path, "value", faults)) is not None
    ]
    programmes = programme_names(known, [raw for _, raw, _ in files])
    found: dict[str, list[Entry]] = {}
    for path, raw, lines in files:
        unknown = _header_faults(raw, known)
        faults.extend(Fault(path.name, 0, message) for message in unknown)
        if unknown:
            continue
        rule = known[raw["id"]]
        seen: dict[tuple[object, date], int] = {}
        for value, line in zip(raw["value"], lines, strict=False):
            try:
                for entry in read_entries(rule, value, programmes):
                    _alone(entry, line, seen)
                    said = replace(entry, source=entry.source or str(raw.get("source", "")), origin=path.name)
                    found.setdefault(rule.id, []).append(said)
            except WrongEntryError as wrong:
                faults.append(Fault(path.name, line, wrong.message))
    return found


def _alone(entry: Entry, line: int, seen: dict[tuple[object, date], int]) -> None:
    twin = seen.setdefault((entry.place, entry.from_), line)
    if twin != line:
        raise WrongEntryError(
            f"与第 {twin} 行的条目适用范围和起始日期相同,请只留一条",
            f"same region, scope and date as the entry at line {twin}; keep one of them",
        )


def merged(rule: Rule, entries: list[Entry]) -> Rule:
    """The rule with local entries: those of one place replace the earlier ones from their own first day on."""
    since: dict[object, date] = {}
    for entry in entries:
        since[entry.place] = min(entry.from_, since.get(entry.place, entry.from_))
    kept = [old for old in rule.entries if old.place not in since or old.from_ < since[old.place]]
    return replace(rule, entries=(*kept, *entries))


def read_entries(rule: Rule, raw: Mapping[str, Any], programmes: Mapping[str, str]) -> list[Entry]:
    """One `[[value]]` as entries: a list under a scope key stands for one entry each."""
    keys = rule.scope if rule.table else tuple(dict.fromkeys((*rule.scope, *scopes.COMMON)))
    allowed = {*_ENTRY, *keys, *rule.shape, "value"}
    for name in raw:
        if name not in allowed:
            close = near(name, allowed)
            raise WrongEntryError(
                f'不认识的键 "{name}"{close.zh};可用:{"、".join(sorted(allowed))}',
                f'unknown key "{name}"{close.en}; allowed: {", ".join(sorted(allowed))}',
            )
    fields, none = _fields(rule, raw)
    entry = Entry(
        from_=day(raw, "from"),
        to=day(raw, "to") if "to" in raw else None,
        region=region_prefix(raw.get("region", "")),
        fields=fields,
        none=none,
        source=str(raw.get("source", "")),
        demo=bool(raw.get("demo", False)),
        note=str(raw.get("note", "")),
    )
    if entry.to is not None and entry.to < entry.from_:
        raise WrongEntryError('"to" 早于 "from",请更正日期', '"to" is before "from"; correct the dates')
    named = {key: raw[key] if isinstance(raw[key], list) else [raw[key]] for key in keys if key in raw}
    made = []
    for values in product(*named.values()):
        one = {key: scope_value(key, value, programmes) for key, value in zip(named, values, strict=True)}
        if rule.pair:
            one = dict(zip(rule.scope, sorted(one.values(), key=str), strict=True))
        if one.get("extended") is False:
            del one["extended"]  # a key left out means exactly this
        made.append(replace(entry, scope=one))
    return made


def _fields(rule: Rule, raw: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    if raw.get("value") == "none":
        return {}, True
    fields = {}
    for name, shape in rule.shape.items():
        if name not in raw:
            if shape.optional:
                continue
            want = shape.expected
            raise WrongEntryError(f'缺少 "{name}",应为{want.zh}', f'"{name}" is missing; expected {want.en}')
        try:
            fields[name] = shape.read(raw[name])
        except ValueError as error:
            want = shape.expected
            raise WrongEntryError(
                f'"{name}" 应为{want.zh},得到 {raw[name]!r};没有限制时写 value = "none"',
                f'"{name}" must be {want.en}, found {raw[name]!r}; where nothing is limited write value = "none"',
            ) from error
    if "value" in raw and "value" not in rule.shape:
        names = ", ".join(rule.shape)
        raise WrongEntryError(f'本规则没有 "value",应写 {names}', f'this rule has no "value"; write {names}')
    return fields, False


def day(raw: Mapping[str, Any], key: str) -> date:
    """The day written under a key; WrongEntryError where there is none."""
    value = raw.get(key)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        got = "没有写" if value is None else f"得到 {value!r}"
        found = "found nothing" if value is None else f"found {value!r}"
        raise WrongEntryError(
            f'"{key}" 应为日期,例 {key} = 2021-07-01,{got}', f'"{key}" must be a date such as 2021-07-01, {found}'
        ) from error


def region_prefix(value: object) -> str:
    """The prefix a division code stands for: 990101000000 is its county with all below, 990101."""
    code = value if isinstance(value, str) else ""
    if value != "" and (len(code) not in _TIERS or not (code.isascii() and code.isdigit())):
        raise WrongEntryError(
            f'"region" 应为 2、4、6、9 或 12 位区划代码("" 为全国),得到 {value!r}',
            f'"region" must be a division code of 2, 4, 6, 9 or 12 digits ("" is national), found {value!r}',
        )
    for start, end in ((9, 12), (6, 9), (4, 6), (2, 4)):
        if len(code) == end and set(code[start:]) == {"0"}:
            code = code[:start]
    return code


def scope_value(key: str, value: object, programmes: Mapping[str, str]) -> str | bool | int:
    """A scope value as its code; WrongEntryError where it cannot be one."""
    try:
        return scopes.read(key, value, programmes)
    except ValueError as error:
        want = scopes.expected(key)
        close = near(str(value), (option.code for option in scopes.CLOSED.get(key, ())))
        raise WrongEntryError(
            f'"{key}" 应为 {want} 之一,得到 {value!r}{close.zh}',
            f'"{key}" must be one of {want}, found {value!r}{close.en}',
        ) from error


def parsed(path: Path, entry: str, faults: list[Fault]) -> tuple[dict[str, Any], list[int]] | None:
    """The file's content, and the line of each `[[entry]]`; None, and a fault, where it is no TOML."""
    try:
        if path.stat().st_size > _LARGEST:
            faults.append(Fault(path.name, 0, Text("文件过大,不是规则文件", "too large to be a policy file")))
            return None
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except OSError:
        faults.append(Fault(path.name, 0, Text("没有这个文件,或无法读取", "no such file, or it cannot be read")))
    except UnicodeDecodeError:
        faults.append(Fault(path.name, 0, Text("不是 UTF-8 文本,请另存为 UTF-8", "not UTF-8 text; save it as UTF-8")))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = int(found.group(1)) if (found := re.search(r"at line (\d+)", str(error))) else 0
        faults.append(Fault(path.name, line, Text(f"不是合法的 TOML:{error}", f"not valid TOML: {error}")))
    else:
        starts = [n for n, row in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{entry}\s*\]\]", row)]
        values = raw.get(entry)
        count = len(values) if isinstance(values, list) else 0
        return raw, (starts if len(starts) == count else [0] * count)
    return None


def _header_faults(raw: Mapping[str, Any], known: Mapping[str, Rule]) -> list[Text]:
    """What is wrong above the values? The shipped rule's words, unit and shape stay; a local file's are not read."""
    name = raw.get("id")
    if not isinstance(name, str):
        return [Text('缺少 id,例 id = "decision_days"', 'id is missing; write for example id = "decision_days"')]
    found = []
    if name not in known:
        close = near(name, known)
        found.append(Text(f'没有名为 "{name}" 的规则{close.zh}', f'there is no rule "{name}"{close.en}'))
    for key in raw:
        if key not in _HEADER:
            close = near(key, _HEADER)
            found.append(Text(f'不认识的键 "{key}"{close.zh}', f'unknown key "{key}"{close.en}'))
    values = raw.get("value")
    if not isinstance(values, list) or not values or not all(isinstance(value, dict) for value in values):
        found.append(Text("缺少 [[value]] 条目", "no [[value]] entry; add one with from and value"))
    return found


def programme_names(known: Mapping[str, Rule], raws: Iterable[dict[str, Any]] = ()) -> dict[str, str]:
    """Which code stands behind a programme's name, label or alias?"""
    rows = [{**entry.fields, "code": entry.scope["code"]} for entry in known["programme"].entries]
    for raw in raws:
        if raw.get("id") == "programme" and isinstance(raw.get("value"), list):
            rows += [row for row in raw["value"] if isinstance(row, dict)]
    names: dict[str, str] = {}
    for row in rows:
        aliases = row.get("aliases", ())
        for name in (row.get("zh"), row.get("en"), *(aliases if isinstance(aliases, list | tuple) else ())):
            if isinstance(name, str) and isinstance(row.get("code"), str):
                names[name] = row["code"]
    return names
