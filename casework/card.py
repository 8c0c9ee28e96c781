"""What must every question and every count say about itself?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from casework.tables.schema import Table
from casework.text import Language, Text

Family = Literal["favoritism", "wrong", "duplicate", "missed", "delay"]
SubjectKind = Literal["household", "person", "official", "application", "award", "account", "region", "complaint"]
Level = Literal["exclude", "verify", "info"]
Severity = Literal["paper", "procedure", "money", "person"]
Area = Literal["efficiency", "coverage", "complaints", "integrity"]
MetricKind = Literal["share", "rate", "sum", "quantile", "ratio"]
Protected = Literal["identity", "entitles", "exonerates"]
Better = Literal["higher", "lower", "neither"]

LEVELS: dict[Level, Text] = {
    "exclude": Text("明显不符", "Records contradict"),
    "verify": Text("需要核实", "To verify"),
    "info": Text("提示信息", "For information"),
}
SEVERITIES: dict[Severity, Text] = {
    "paper": Text("材料", "Paper"),
    "procedure": Text("程序", "Procedure"),
    "money": Text("资金", "Money"),
    "person": Text("当事人", "Person"),
}
FAMILIES: dict[Family, Text] = {
    "favoritism": Text("优亲厚友(疑似)", "Favoritism (suspected)"),
    "wrong": Text("错保(疑似)", "Wrong assistance (suspected)"),
    "duplicate": Text("重复救助(疑似)", "Duplicate assistance (suspected)"),
    "missed": Text("漏保(疑似)", "Missed assistance (suspected)"),
    "delay": Text("超时与程序", "Delay and procedure"),
}
AREAS: dict[Area, Text] = {
    "efficiency": Text("效率", "Efficiency"),
    "coverage": Text("覆盖", "Coverage"),
    "complaints": Text("信访", "Complaints"),
    "integrity": Text("廉洁", "Integrity"),
}
SUBJECTS: dict[SubjectKind, Text] = {
    "household": Text("家庭", "Household"),
    "person": Text("人员", "Person"),
    "official": Text("干部", "Official"),
    "application": Text("申请", "Application"),
    "award": Text("保障", "Award"),
    "account": Text("账户", "Account"),
    "region": Text("地区", "Area"),
    "complaint": Text("信访件", "Complaint"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """A table, and the contract columns of it, that a question cannot do without."""

    table: Table
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As the reader of "not run: needs …" sees it."""
        return self.table.name if not self.columns else ", ".join(f"{self.table.name}.{name}" for name in self.columns)


def needs(table: Table, *columns: str) -> Need:
    """Name what a question needs; an unknown column is a KeyError at import, not a silence at run time."""
    for name in columns:
        table[name]
    return Need(table, columns)


@dataclass(frozen=True, slots=True)
class Innocent:
    """A lawful or harmless explanation, and whether the detector has already looked for it.

    `checked` needs: the data whose presence lets the detector rule it out. Empty: only a person can ask.
    """

    text: Text
    checked: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """How one fact of a lead is named and shown.

    A fact called `…_fen` is whole fen and shown in yuan. `words`: what its codes mean. `many`: a list of values.
    `absent`: how no value reads.
    """

    label: Text
    unit: Text = field(default=Text("", ""))
    words: Mapping[str, Text] = field(default_factory=dict)
    many: bool = False
    absent: Text = field(default=Text("未知", "unknown"))

    def shown(self, name: str, value: object, language: Language, names: Mapping[str, Text]) -> str:
        """The value as the reader sees it; `names` gives words for open lists (programmes)."""
        if value is None:
            return self.absent.say(language)
        if isinstance(value, list):
            joint = Text("、", ", ").say(language)
            return joint.join(self.shown(name, one, language, names) for one in value) or "—"
        if isinstance(value, bool):
            return (Text("是", "yes") if value else Text("否", "no")).say(language)
        if name.endswith("_fen") and isinstance(value, int):
            return f"{value / 100:,.2f}"
        word = self.words.get(str(value)) or names.get(str(value))
        return word.say(language) if word is not None else str(value)


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of hit reads and is computed, both templates over the card's `facts`."""

    reason: Text
    arithmetic: Text


@dataclass(frozen=True, slots=True)
class Card:
    """What a detector asks, under which rule, how a hit reads, what would explain it and what would settle it."""

    scheme: str
    family: Family
    subject: SubjectKind
    title: Text  # neutral, ends in (待核实) on screens
    question: Text
    folk: Text  # the folk name, for the documentation only
    rule: str  # policy id that governs
    needs: tuple[Need, ...]  # without any of these: "not run: needs …"
    level: Level
    severity: Severity
    confidence: float
    reason: Text  # template over `facts`
    facts: dict[str, Fact]  # every fact the detector returns
    arithmetic: Text  # how the facts are computed, over `facts`
    innocent: tuple[Innocent, ...]
    verify: Text  # what would settle it
    either: tuple[Need, ...] = ()  # without all of these: "not run: needs … or …"
    also_uses: tuple[Need, ...] = ()  # what makes it complete: lacking, the run is "partly"
    other_rules: tuple[str, ...] = ()  # further policy and tuning ids read
    protected: Mapping[str, Protected] = field(default_factory=dict)  # sensitive columns read, and to what use (R4)
    cases: Mapping[str, Wording] = field(default_factory=dict)  # by the fact `case`, where hits differ in kind
    rests_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by the fact `case` or `causes`: its rules
    reads_leads: bool = False  # asked after all others, with this run's leads beside the tables (`LEAD`)
    statistical: bool = False  # a figure out of line, evidence against nobody: never exported alone

    def reads(self, facts: Mapping[str, object], language: Language, names: Mapping[str, Text] | None = None) -> str:
        """The sentence of one lead."""
        return self._said(self._wording(facts).reason, facts, language, names)

    def reckons(self, facts: Mapping[str, object], language: Language, names: Mapping[str, Text] | None = None) -> str:
        """The arithmetic of one lead."""
        return self._said(self._wording(facts).arithmetic, facts, language, names)

    def shown(
        self, facts: Mapping[str, object], language: Language, names: Mapping[str, Text] | None = None
    ) -> dict[str, str]:
        """Every fact of the card as the reader sees it, units apart."""
        return {name: fact.shown(name, facts.get(name), language, names or {}) for name, fact in self.facts.items()}

    def rules_of(self, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The rules one lead rests on: those of its own causes, and those that every hit rests on."""
        causes = facts.get("causes")
        seen = causes if isinstance(causes, list) else [facts.get("case")]
        some = {rule for rules in self.rests_on.values() for rule in rules}
        own = {rule for cause in seen for rule in self.rests_on.get(str(cause), ())}
        return tuple(rule for rule in self.rules if rule in own or rule not in some)

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that is read, the governing one first."""
        return (self.rule, *self.other_rules)

    def _said(
        self, template: Text, facts: Mapping[str, object], language: Language, names: Mapping[str, Text] | None
    ) -> str:
        """The template filled; in the middle of an English sentence a programme or a step has no capital."""
        inner = {code: text.inside() for code, text in (names or {}).items()}
        said = {
            name: replace(fact, words={code: text.inside() for code, text in fact.words.items()}).shown(
                name, facts.get(name), language, inner
            )
            for name, fact in self.facts.items()
        }
        whole = template.say(language, said)
        return whole[:1].upper() + whole[1:]

    def _wording(self, facts: Mapping[str, object]) -> Wording:
        return self.cases.get(str(facts.get("case")), Wording(self.reason, self.arithmetic))


@dataclass(frozen=True, slots=True)
class MetricCard:
    """What a metric counts, and how its number is to be read."""

    metric: str
    area: Area
    kind: MetricKind
    title: Text
    question: Text
    formula: Text
    numerator: Text  # what `part` counts; of a quantile, what is ordered
    denominator: Text  # what `whole` counts; of a sum, that there is none
    exclusions: Text  # what is left out of both, and why
    needs: tuple[Need, ...]
    better: Better
    reading: Text  # what a reader must know before believing it
    rule: str = ""
    other_rules: tuple[str, ...] = ()  # further policy ids read
    unit: Text = field(default=Text("", ""))
    per: int = 1  # rate: k in k x part / whole
    q: float = 0.5  # quantile: which one
    minimum: int = 30  # below this whole, areas are not ranked
    ranked: bool = True  # may areas be compared by it at all
    money: bool = False  # part and value are whole fen, shown in yuan
    rest: bool = False  # share: whoever is not in the part is as easily recognised, and not to be shamed

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that is read, the governing one first."""
        return tuple(rule for rule in (self.rule, *self.other_rules) if rule)
