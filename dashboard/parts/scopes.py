"""For whom does a value of a rule hold?"""

from typing import Final

from casework.policy import Entry, Rule
from casework.policy.scope import CLOSED
from casework.text import Text
from dashboard.parts import rules
from dashboard.parts.fields import DETAILS
from dashboard.session import Session

NAMED: Final = frozenset({"slot", "indicator", "tag", "part", "event", "code", "kind", "detail"})  # see `NAME`
NAME: Final = ("zh", "en")  # fields that name a row of a table, so that the keys above need not
INNER: Final = frozenset({"aliases", "table", "column", "test", "level", "code", "group", "item"})  # said by the name
_FLAGS: Final = {
    "delegated": (Text("审核确认权已下放", "confirmation delegated"), Text("未下放", "not delegated")),
    "extended": (Text("依规延期的", "lawfully extended"), Text("未延期的", "not extended")),
    "objection": (Text("公示有异议的", "with an objection"), Text("公示无异议的", "without objection")),
}
_KEYS: Final = {
    "category": Text("类别", "category"),
    "circle": Text("信息圈", "circle"),
    "age_from": Text("年满", "from the age of"),
    "grade": Text("等级", "grade"),
    "band": Text("档", "band"),
    "group": Text("群体", "group"),
}
_ASKED: Final = {  # keys as a box asks for them
    "programme": Text("救助项目", "Programme"),
    "urban_rural": Text("城乡", "Urban or rural"),
    "category": Text("类别", "Category"),
    "urgency": Text("紧急程度", "Urgency"),
    "decision": Text("审批结果", "Decision"),
    "step": Text("环节", "Step"),
    "health": Text("健康状况", "Health"),
    "kind": Text("核对种类", "Kind of finding"),
    "item": Text("收支项目", "Item of income or expense"),
    "delegated": Text("审核确认权已下放", "Confirmation delegated"),
    "extended": Text("依规延期", "Lawfully extended"),
    "objection": Text("公示有异议", "With an objection"),
    "circle": Text("信息圈", "Circle"),
    "group": Text("群体", "Group"),
    "grade": Text("等级", "Grade"),
    "band": Text("档", "Band"),
    "age_from": Text("年满", "From the age of"),
    "a": Text("项目一", "One programme"),
    "b": Text("项目二", "Other programme"),
    "code": Text("代码", "Code"),
    "slot": Text("材料", "Paper"),
    "indicator": Text("指标", "Indicator"),
    "detail": Text("细类", "Detail"),
    "level": Text("结果级别", "Level"),
}
_LEVELS: Final = {"verify": Text("需要核实", "to verify"), "exclude": Text("明显不符", "records contradict")}


def scope(session: Session, rule: Rule, entry: Entry) -> str:
    """The cases in words; of a table's named row its name."""
    named = [entry.fields[session.language]] if session.language in rule.shape and rule.table else []
    keys = [key for key in entry.scope if not (named and key in NAMED)]
    said = [*map(str, named), *(_one(session, key, entry) for key in keys)]
    return session.say("rules.joint").join(said) or session.say("rulebook.general")


def value(session: Session, rule: Rule, entry: Entry) -> str:
    """The value in words, without what the name of a table's row says already."""
    if entry.none:
        return session.say("rules.no_limit")
    leave = {"aliases"}
    if rule.table and session.language in rule.shape:
        leave |= {*NAME, *INNER}
    return rules.value(session, entry, rule.unit_text, leave) or session.say("rulebook.listed")


def _one(session: Session, key: str, entry: Entry) -> str:
    content = entry.scope[key]
    if key in _FLAGS:
        return session.text(_FLAGS[key][0 if content else 1])
    if key == "level":
        return session.text(_LEVELS.get(str(content), Text(str(content), str(content))))
    if key == "detail":
        return session.text(DETAILS.get(str(entry.scope.get("kind")), {}).get(str(content), Text(str(content), "")))
    label = next((option.label for option in CLOSED.get(key, ()) if option.code == content), None)
    text = rules.word(session, content) if label is None else session.text(label)
    return f"{session.text(_KEYS[key])} {text}" if key in _KEYS else text


def key(session: Session, name: str) -> str:
    """What a key of a scope is called."""
    if name in _ASKED:
        return session.text(_ASKED[name])
    return session.text(_KEYS[name]) if name in _KEYS else name
