"""What does the public page of a question or a count say?

Everything of its card, in one language, as Markdown (safeguards: purpose, inputs, formula, rule, innocent causes).
"""

from collections.abc import Iterable, Iterator

from casework.card import AREAS, FAMILIES, LEVELS, SEVERITIES, SUBJECTS, Card, MetricCard, Need
from casework.policy import Policy
from casework.text import Language, Text

_FOLK = Text("俗称", "Folk name")
_FACTS = Text("事实", "Facts")
_LEVEL = Text("层级", "Level")
_SEVERITY = Text("性质", "Severity")
_CONFIDENCE = Text("确定程度", "Confidence")
_ABOUT = Text("对象", "About")
_FAMILY = Text("类别", "Family")
_READS = Text("如何表述", "How it reads")
_SUMS = Text("如何计算", "How it is computed")
_RULES = Text("依据", "Rules")
_NEEDS = Text("需要的数据", "Data it needs")
_ALSO = Text("有则更完整", "More complete with")
_INNOCENT = Text("可能的正当解释", "Innocent explanations")
_CHECKED = Text("已核对", "checked")
_PERSON = Text("须由人核实", "for a person to ask")
_VERIFY = Text("如何核实", "What would settle it")
_AREA = Text("领域", "Area")
_FORMULA = Text("公式", "Formula")
_READING = Text("如何看", "How to read it")
_OR = Text("之一", "one of")


def page(card: Card | MetricCard, language: Language, policy: Policy | None = None) -> str:
    """The card as a page of Markdown; with a policy, each rule by its name and source."""
    lines = _detector(card, language, policy) if isinstance(card, Card) else _metric(card, language, policy)
    return "\n".join(lines) + "\n"


def _detector(card: Card, language: Language, policy: Policy | None) -> Iterator[str]:
    yield f"# {card.title.say(language)}"
    yield ""
    yield card.question.say(language)
    yield ""
    said = (
        (Text("代号", "Id"), f"`{card.scheme}`"),
        (_FAMILY, FAMILIES[card.family].say(language)),
        (_ABOUT, SUBJECTS[card.subject].say(language)),
        (_LEVEL, LEVELS[card.level].say(language)),
        (_SEVERITY, SEVERITIES[card.severity].say(language)),
        (_CONFIDENCE, f"{card.confidence:g}"),
        (_FOLK, card.folk.say(language)),
    )
    yield from (f"- {label.say(language)}: {value}" for label, value in said)
    wordings = [(card.reason, card.arithmetic), *((one.reason, one.arithmetic) for one in card.cases.values())]
    yield from _section(_READS, language, [reason.say(language) for reason, _ in wordings])
    yield from _section(_SUMS, language, [sums.say(language) for _, sums in wordings])
    facts = [
        f"`{name}` {fact.label.say(language)}" + (f" ({unit})" if (unit := fact.unit.say(language)) else "")
        for name, fact in card.facts.items()
    ]
    yield from _section(_FACTS, language, facts)
    yield from _section(_RULES, language, [_rule(name, language, policy) for name in (card.rule, *card.other_rules)])
    either = [f"{_OR.say(language)}: {'; '.join(str(need) for need in card.either)}"] if card.either else []
    yield from _section(_NEEDS, language, [*map(str, card.needs), *either])
    yield from _section(_ALSO, language, map(str, card.also_uses))
    innocent = [f"{one.text.say(language)} ({_checks(one.checked, language)})" for one in card.innocent]
    yield from _section(_INNOCENT, language, innocent)
    yield from _section(_VERIFY, language, [card.verify.say(language)])


def _metric(card: MetricCard, language: Language, policy: Policy | None) -> Iterator[str]:
    yield f"# {card.title.say(language)}"
    yield ""
    yield card.question.say(language)
    yield ""
    yield f"- {Text('代号', 'Id').say(language)}: `{card.metric}`"
    yield f"- {_AREA.say(language)}: {AREAS[card.area].say(language)}"
    yield from _section(_FORMULA, language, [card.formula.say(language)])
    yield from _section(_READING, language, [card.reading.say(language)])
    yield from _section(_RULES, language, [_rule(card.rule, language, policy)] if card.rule else [])
    yield from _section(_NEEDS, language, map(str, card.needs))


def _section(title: Text, language: Language, rows: Iterable[str]) -> Iterator[str]:
    kept = list(rows)
    if kept:
        yield from ("", f"## {title.say(language)}", "")
        yield from (f"- {row}" for row in kept)


def _checks(needs: tuple[Need, ...], language: Language) -> str:
    if not needs:
        return _PERSON.say(language)
    return f"{_CHECKED.say(language)}: {'; '.join(map(str, needs))}"


def _rule(name: str, language: Language, policy: Policy | None) -> str:
    if policy is None:
        return f"`{name}`"
    rule = policy.rule(name)
    why = rule.why.say(language) if rule.why else rule.source
    return f"`{name}` {rule.label.say(language)}" + (f": {why}" if why else "")
