"""What do the tables, the rules, the questions and the metrics say about themselves, as pages of the documentation?

`python -m dashboard.reference` writes them; a test says when a committed page is no longer what the code says.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import typer

import detectors
import metrics
from casework.card import AREAS, FAMILIES, LEVELS, SEVERITIES, SUBJECTS, Card, MetricCard, Need
from casework.policy.page import page as policy_page
from casework.registry import found
from casework.tables import TABLES, Column, Table
from casework.text import Text
from dashboard.measured import HEADER, NOTE, measured
from dashboard.template import KINDS

DOCS: Final = Path(__file__).parents[1] / "docs"
_BETTER: Final = {
    "higher": Text("越高越好", "higher is better"),
    "lower": Text("越低越好", "lower is better"),
    "neither": Text("无好坏之分", "neither is better"),
}
_SENSITIVITY: Final = {
    "open": "",
    "personal": "个人 / personal",
    "sensitive": "敏感 / sensitive",
}


def pages() -> dict[str, str]:
    """Every generated page: its path below docs/, its text."""
    cards: list[Card] = [module.CARD for module in found(detectors)]
    counted: list[MetricCard] = [module.CARD for module in found(metrics)]
    return {
        "reference/tables.md": _tables(),
        "reference/policy.md": policy_page(),
        "catalogue/README.md": _catalogue(cards, counted),
        **{f"catalogue/{card.scheme}.md": _card(card) for card in cards},
        **{f"catalogue/{card.metric}.md": _metric(card) for card in counted},
    }


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _rows(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(header)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '·') for cell in row)} |"


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


# -- tables ----------------------------------------------------------------------------------------------------------


def _tables() -> str:
    lines = [
        "# 数据表 / The tables",
        "",
        "由 `casework/tables` 生成 / generated from `casework/tables`. **k** 主键 / key · ? 可空 / optional.",
        "",
    ]
    lines += _rows(
        ("表 / table", "", "一行说什么 / one row says"),
        ((_link(table), _both(table.label), _both(table.question)) for table in TABLES.values()),
    )
    for table in TABLES.values():
        lines += ["", f"## {table.name}", "", f"{_both(table.label)}: {_both(table.question)}", ""]
        header = (
            "列 / column",
            "名称 / label",
            "类型 / kind",
            "单位 / unit",
            "敏感 / care",
            "又名 / aliases",
            "选项 / options",
        )
        lines += _rows(header, (_column(column) for column in table.columns))
    return _joined(lines)


def _link(table: Table) -> str:
    return f"[`{table.name}`](#{table.name})"


def _column(column: Column) -> tuple[str, ...]:
    mark = " **k**" if column.key else " ?" if column.optional else ""
    kind = _both(KINDS[column.kind]) + (f" → `{column.parent}`" if column.parent else "")
    options = "<br>".join(
        f"`{option.code}` {_both(option.label)}" + (f"({'、'.join(option.aliases)})" if option.aliases else "")
        for option in column.options
    )
    care = _SENSITIVITY[column.sensitivity]
    return (f"`{column.name}`{mark}", _both(column.label), kind, column.unit, care, "、".join(column.aliases), options)


# -- questions and metrics -------------------------------------------------------------------------------------------


def _catalogue(cards: list[Card], counted: list[MetricCard]) -> str:
    lines = ["# 线索与指标目录 / Catalogue", "", "由各卡片生成 / generated from the cards.", "", "## 线索 / Leads", ""]
    lines += _rows(
        ("规则 / scheme", "名称 / title", "问题 / question", "类别 / family"),
        (
            (f"[`{c.scheme}`]({c.scheme}.md)", _both(c.title), _both(c.question), _both(FAMILIES[c.family]))
            for c in cards
        ),
    )
    lines += ["", "## 指标 / Metrics", ""]
    lines += _rows(
        ("指标 / metric", "名称 / title", "问题 / question", "类别 / area"),
        ((f"[`{c.metric}`]({c.metric}.md)", _both(c.title), _both(c.question), _both(AREAS[c.area])) for c in counted),
    )
    return _joined(lines)


def _card(card: Card) -> str:
    lines = [
        f"# {_both(card.title)}",
        "",
        f"`{card.scheme}` · {_both(FAMILIES[card.family])}",
        "",
        _both(card.question),
        "",
    ]
    lines += _rows(("", ""), _about(card))
    lines += ["", "## 怎么说、怎么算 / How a lead reads and is computed", ""]
    lines += _sentences(card.reason, card.arithmetic)
    for name, wording in card.cases.items():
        lines += ["", f"`{name}`:", "", *_sentences(wording.reason, wording.arithmetic)]
    lines += ["", "## 事实 / Facts", ""]
    lines += _rows(
        ("事实 / fact", "名称 / label", "单位 / unit", "取值 / values"),
        (
            (
                f"`{name}`",
                _both(fact.label),
                _both(fact.unit),
                "<br>".join(f"`{code}` {_both(word)}" for code, word in fact.words.items()),
            )
            for name, fact in card.facts.items()
        ),
    )
    lines += ["", "## 可能的无辜原因 / Innocent explanations", ""]
    lines += [
        f"- {_both(one.text)}" + (f" — 已核 / checked: {_needs(one.checked)}" if one.checked else "")
        for one in card.innocent
    ]
    lines += ["", "## 如何核实 / What would settle it", "", _both(card.verify)]
    if found_right := measured(card.scheme):
        lines += ["", "## 测得的准确度 / Measured", "", *NOTE, "", *_rows(HEADER, found_right)]
    return _joined(lines)


def _sentences(reason: Text, arithmetic: Text) -> Iterator[str]:
    for text in (reason, arithmetic):
        yield f"- {text.zh}"
        yield f"- {text.en}"


def _about(card: Card) -> Iterator[tuple[str, str]]:
    yield "对象 / subject", _both(SUBJECTS[card.subject])
    yield "级别 / level", _both(LEVELS[card.level])
    yield "严重程度 / severity", _both(SEVERITIES[card.severity])
    yield "把握 / confidence", f"{card.confidence:g}"
    yield "依据 / rule", ", ".join(_rule(name) for name in card.rules)
    yield "需要 / needs", _needs(card.needs)
    if card.either:
        yield "至少其一 / any of", _needs(card.either)
    if card.also_uses:
        yield "另用 / also uses", _needs(card.also_uses)
    yield "民间说法 / folk name", _both(card.folk)


def _metric(card: MetricCard) -> str:
    lines = [f"# {_both(card.title)}", "", f"`{card.metric}` · {_both(AREAS[card.area])}", "", _both(card.question), ""]
    about = [
        ("公式 / formula", _both(card.formula)),
        ("种类 / kind", card.kind + (f", × {card.per}" if card.kind == "rate" else "")),
        ("单位 / unit", _both(card.unit)),
        ("读法 / reading", _both(card.reading)),
        ("好坏 / better", _both(_BETTER[card.better])),
        ("排名下限 / ranked from", str(card.minimum)),
        ("依据 / rule", _rule(card.rule) if card.rule else ""),
        ("需要 / needs", _needs(card.needs)),
    ]
    lines += _rows(("", ""), about)
    return _joined(lines)


def _rule(name: str) -> str:
    return f"[`{name}`](../reference/policy.md#{name})"


def _needs(needs: tuple[Need, ...]) -> str:
    return ", ".join(f"`{need}`" for need in needs)


def main() -> None:
    """Write every page; name those that changed."""
    for name, text in pages().items():
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            typer.echo(f"docs/{name}", file=sys.stdout)


if __name__ == "__main__":
    main()
