"""What does the reference page of the rules say?"""

from collections.abc import Iterable, Iterator

from casework.policy.policy import Policy
from casework.policy.rule import Entry, Rule
from casework.policy.shape import token


def page() -> str:
    """Markdown: one table of every shipped rule, then every dated value of each; generated, never edited."""
    rules = Policy.shipped().rules.values()
    statute = [rule for rule in rules if rule.family == "statute"]
    tuning = [rule for rule in rules if rule.family == "tuning"]
    lines = [
        "# 规则与判断参数 / Rules and judgements",
        "",
        "由 `casework/policy` 生成 / generated from `casework/policy`.",
        "演示值没有文件依据,使用前须由本地规定替换 / a demo value is printed in no document; a local rule replaces it.",
        "",
        "## 规则 / Law (`statute`)",
        "",
        *_overview(statute),
        "",
        "## 判断参数 / Judgement (`tuning`)",
        "",
        *_overview(tuning),
        "",
        "## 取值 / Values",
    ]
    for rule in (*statute, *tuning):
        lines += ["", *_values(rule)]
    return "\n".join(lines) + "\n"


def _overview(rules: Iterable[Rule]) -> Iterator[str]:
    yield from _table(
        ("id", "名称", "Name", "单位 / Unit", "依据 / Source", "条目 / Entries"),
        (
            (
                f"[`{rule.id}`](#{rule.id})",
                rule.label.zh,
                rule.label.en,
                " / ".join(filter(None, (rule.unit_text.zh, rule.unit_text.en))),
                rule.source or ("演示值 / demo" if rule.demo else ""),
                f"{len(rule.entries)}" + (" (demo)" if rule.demo else ""),
            )
            for rule in rules
        ),
    )


def _values(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield f"{rule.label.zh} / {rule.label.en}"
    for words in (rule.why, rule.note):
        if words is not None:
            yield ""
            yield f"{words.zh} / {words.en}"
    yield ""
    if not rule.entries:
        yield "随程序不带数值 / no value ships with the program."
        return
    yield from _table(
        ("自 / From", "至 / To", "地区 / Region", "适用 / Scope", "值 / Value", "依据 / Source"),
        (_row(entry) for entry in rule.entries),
    )


def _row(entry: Entry) -> tuple[str, ...]:
    scope = ", ".join(f"{key}={token(value)}" for key, value in entry.scope.items())
    said = entry.fields if list(entry.fields) != ["value"] else None
    value = _value(entry.value) if said is None else ", ".join(f"{key}={_value(part)}" for key, part in said.items())
    return (
        str(entry.from_),
        str(entry.to or ""),
        entry.region or "全国 / national",
        scope,
        "none" if entry.none else value,
        ";".join(filter(None, (entry.source, entry.note))),
    )


def _value(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else token(value)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
