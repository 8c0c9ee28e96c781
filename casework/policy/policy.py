"""Which rule is in force, on which day, where, and for whom?

Law and judgement as data: `statute/*.toml` and `tuning/*.toml` ship with the program, a source's or workspace's
`policy/*.toml` adds to them. A policy never changes; `adjusted` returns another one.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import narwhals as nw

from casework.engine import Frame
from casework.errors import NothingInForceError, PolicyError
from casework.policy import loader, lookup
from casework.policy import scope as scopes
from casework.policy.change import Change
from casework.policy.rule import Entry, Rule, Value
from casework.policy.shape import token
from casework.text import Text

_HERE = Path(__file__).parent
_ALWAYS = date.min


@dataclass(frozen=True)
class Policy:
    """Every rule with its dated values; immutable."""

    rules: Mapping[str, Rule] = field(repr=False)

    @classmethod
    def shipped(cls) -> "Policy":
        """The rules that come with the program."""
        return _shipped()

    @classmethod
    def load(cls, *folders: Path) -> "Policy":
        """The shipped rules and those of local folders, a later folder over an earlier; missing folders are ignored.

        Raises:
            PolicyError: every fault of every file, each with its line and what to do.
        """
        faults: list[loader.Fault] = []
        policy = cls._with(folders, faults)
        if faults:
            said = [fault.say() for fault in faults]
            raise PolicyError(Text(";".join(text.zh for text in said), "; ".join(text.en for text in said)))
        return policy

    @classmethod
    def faults(cls, *folders: Path) -> list[loader.Fault]:
        """Everything that keeps these folders from being read as rules, one by one."""
        faults: list[loader.Fault] = []
        cls._with(folders, faults)
        return faults

    @classmethod
    def of(cls, **values: Any) -> "Policy":  # noqa: ANN401 - a rule's value may be of any kind
        """The shipped rules, the named ones replaced by one value in force everywhere and always.

        A dict, or a list of dicts, is read as the `[[value]]` entries of a policy file; `from` may be left out.
        """
        policy = cls.shipped()
        changed = {}
        for name, value in values.items():
            rule = policy.rule(name)
            raws = value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
            entries = []
            for raw in raws:
                said = raw if isinstance(raw, dict) else {"value": "none" if raw is None else raw}
                try:
                    entries += loader.read_entries(rule, {"from": _ALWAYS, **said}, {})
                except loader.WrongEntryError as wrong:
                    raise PolicyError(Text(f"{name}:{wrong.message.zh}", f"{name}: {wrong.message.en}")) from wrong
            changed[name] = replace(rule, entries=tuple(entries))
        return cls({**policy.rules, **changed})

    @classmethod
    def _with(cls, folders: Iterable[Path], faults: list[loader.Fault]) -> "Policy":
        rules = dict(cls.shipped().rules)
        for folder in folders:
            for name, entries in loader.local(folder, rules, faults).items():
                rules[name] = loader.merged(rules[name], entries)
        return cls(rules)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; PolicyError names the nearest ids."""
        if rule_id not in self.rules:
            close = loader.near(rule_id, self.rules)
            raise PolicyError(Text(f'没有名为 "{rule_id}" 的规则{close.zh}', f'there is no rule "{rule_id}"{close.en}'))
        return self.rules[rule_id]

    @cached_property
    def digest(self) -> str:
        """What these rules say, as SHA-256; independent of the order of files and entries, and of labels."""
        content = "".join(rule.digest for _, rule in sorted(self.rules.items()))
        return hashlib.sha256(content.encode()).hexdigest()

    def in_force(
        self,
        frame: Frame,
        rule_id: str,
        *,
        on: str | date,
        into: str = "limit",
        scope: Mapping[str, str | nw.Expr] | None = None,
        field: str = "value",
        holding: str | int | None = None,
    ) -> Frame:
        """Add the value in force as `<into>`, and `<into>_state`: 1 in force, 0 undecidable, -1 outside the rule.

        `on` is the governing date: a date, moment or month column of the frame (a month is judged on its first day),
        or one date for all rows. The frame's `region_code` and the scope keys' own columns are read; `scope` gives
        another column, or an expression, for a key (or for "region"); a column the frame lacks counts as null. A null
        fits only entries that leave the key out; a null `extended` is false. `field` picks one field of several;
        of a list field the answer is whether it holds `holding`.
        """
        rule = self._asked(rule_id, field, scope or {})
        if (rule.shape[field].kind == "list") != (holding is not None):
            raise PolicyError(
                Text(
                    f"{rule_id} 的 {field}:列表须用 holding 提问,其他不可",
                    f"{rule_id}, {field}: ask a list, and only a list, with holding",
                )
            )
        return lookup.in_force(rule, frame, on=on, into=into, columns=scope or {}, field=field, holding=holding)

    def entry(
        self, rule_id: str, *, on: date | None = None, region: str = "", **scope: str | bool | int | None
    ) -> Entry:
        """The one entry in force for such a case on that day (no day: the newest).

        Raises:
            NothingInForceError: nothing is in force; names the rule, the day and the place.
        """
        rule = self._asked(rule_id, None, scope)
        tokens = {key: token(value) for key, value in scope.items() if value is not None}
        found = rule.resolve(on or date.max, region, tokens)
        if found is None:
            where = ", ".join([region or "全国", *(f"{key}={value}" for key, value in tokens.items())])
            kind = lookup.outside(rule, tokens)
            raise NothingInForceError(
                Text(
                    f"{rule.label.zh}({rule_id}){'不适用' if kind else '没有有效的规定'}:{on or '现行'},{where}",
                    f"{rule.label.en} ({rule_id}) {'does not apply' if kind else 'has nothing in force'}:"
                    f" {on or 'now'}, {where}",
                )
            )
        return found

    def found(
        self, rule_id: str, *, on: date, region: str, **scope: str | bool | int | None
    ) -> tuple[Entry | None, int]:
        """What `in_force` would say of one case: the entry (None: there is none) and the state."""
        rule = self._asked(rule_id, None, scope)
        tokens = {key: token(value) for key, value in scope.items() if value is not None}
        return lookup.found(rule, on, region, tokens)

    def value(
        self,
        rule_id: str,
        *,
        on: date | None = None,
        region: str = "",
        field: str = "value",
        **scope: str | bool | int | None,
    ) -> Value:
        """The value of `entry`; None where nothing is limited or the field was left out."""
        self._asked(rule_id, field, scope)
        return self.entry(rule_id, on=on, region=region, **scope).fields.get(field)

    def tuning(self, rule_id: str, field: str = "value") -> Value:
        """The newest national value of a judgement (or of any rule)."""
        return self.value(rule_id, field=field)

    def rows(self, rule_id: str, *, on: date | None = None, region: str = "") -> list[dict[str, Any]]:
        """The rows of a table rule in force: scope keys and fields, None where left out, in the order of the files."""
        rule = self.rule(rule_id)
        found: dict[tuple[tuple[str, str], ...], dict[str, Any]] = {}
        for said in rule.entries:
            place = said.place[1]
            governing = rule.resolve(on or date.max, region, dict(place)) if place not in found else None
            if governing is not None and not governing.none:
                keys = {key: said.scope.get(key) for key in dict.fromkeys((*rule.scope, *said.scope))}
                fields = {name: governing.fields.get(name) for name in rule.shape}
                found[place] = {**keys, **fields, "demo": governing.demo}
        return list(found.values())

    def adjusted(self, changes: Iterable[Change]) -> "Policy":
        """The same rules under these changes, in order; this policy stays as it is.

        Raises:
            PolicyError: an unknown id, key or field, a value that cannot be scaled, or not exactly one of set, scale
                and add.
        """
        rules = dict(self.rules)
        for change in changes:
            rule = self._asked(change.id, None, change.scope)
            said = self._checked(rule, change)
            rules[change.id] = replace(rules[change.id], changes=(*rules[change.id].changes, said))
        return Policy(rules)

    @staticmethod
    def _checked(rule: Rule, change: Change) -> Change:
        name = change.which or rule.number_field
        if name not in rule.shape:
            fields = ", ".join(rule.shape)
            raise PolicyError(Text(f"{rule.id}:请写明改动的字段:{fields}", f"{rule.id}: say which field: {fields}"))
        shape = rule.shape[name]
        if sum(said is not None for said in (change.set, change.scale, change.add)) != 1:
            raise PolicyError(
                Text(f"{rule.id}:set、scale、add 须且只能写一个", f"{rule.id}: write exactly one of set, scale and add")
            )
        if change.set is None and not shape.is_number:
            raise PolicyError(
                Text(
                    f"{rule.id}:{name} 不是数字,只能用 set",
                    f"{rule.id}: {name} is not a number; only set can change it",
                )
            )
        if not math.isfinite(change.scale or change.add or 0):
            raise PolicyError(Text(f"{rule.id}:scale 与 add 应为数字", f"{rule.id}: scale and add must be numbers"))
        try:
            change.applied(None, shape)
            scope = dict(sorted(change.scope.items()))
            if rule.pair:
                scope = dict(rule.ordered({key: token(said) for key, said in scope.items()}))
            return replace(change, region=loader.region_prefix(change.region), scope=scope)
        except loader.WrongEntryError as wrong:
            raise PolicyError(Text(f"{rule.id}:{wrong.message.zh}", f"{rule.id}: {wrong.message.en}")) from wrong
        except ValueError as error:
            want = shape.expected
            raise PolicyError(
                Text(
                    f"{rule.id}:set 应为{want.zh},得到 {change.set!r}",
                    f"{rule.id}: set must be {want.en}, found {change.set!r}",
                )
            ) from error

    def _asked(self, rule_id: str, field: str | None, scope: Iterable[str]) -> Rule:
        """The rule, once the field and scope keys asked for are its own."""
        rule = self.rule(rule_id)
        if field is not None and field not in rule.shape:
            fields = ", ".join(rule.shape)
            raise PolicyError(
                Text(f"{rule_id} 没有字段 {field};有 {fields}", f"{rule_id} has no field {field}; it has {fields}")
            )
        known = {*rule.scope, *scopes.COMMON, "region"}
        for key in scope:
            if key not in known:
                close = loader.near(key, known)
                raise PolicyError(
                    Text(f"{rule_id} 没有范围键 {key}{close.zh}", f"{rule_id} has no scope key {key}{close.en}")
                )
        return rule


@cache
def _shipped() -> Policy:
    rules = [*loader.shipped(_HERE / "statute", "statute"), *loader.shipped(_HERE / "tuning", "tuning")]
    return Policy({rule.id: rule for rule in rules})
