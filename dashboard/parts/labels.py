"""What are codes called: levels, severities, families, subjects, columns, schemes?"""

from typing import Final

from casework.card import FAMILIES, LEVELS, SEVERITIES, SUBJECTS
from casework.tables import TABLES
from casework.text import Language, Text, halves
from dashboard.desk import Desk

_CLOSED: Final[dict[str, dict[str, Text]]] = {
    "family": {str(one): text for one, text in FAMILIES.items()},
    "level": {str(one): text for one, text in LEVELS.items()},
    "severity": {str(one): text for one, text in SEVERITIES.items()},
    "kind": {str(one): text for one, text in SUBJECTS.items()},
}


def code(facet: str, value: str, language: Language, desk: Desk) -> str:
    """A code of a facet in words; an unknown code stays as it is."""
    if facet == "scheme":
        return scheme(value, language, desk)
    text = _CLOSED[facet].get(value)
    return value if text is None else text.say(language)


def scheme(value: str, language: Language, desk: Desk) -> str:
    """A scheme's neutral title; it ends in (待核实)."""
    card = desk.all_cards.get(value)
    return value if card is None else card.title.say(language)


def table(name: str, language: Language) -> str:
    """A contract table in words."""
    return TABLES[name].label.say(language) if name in TABLES else name


def column(table_name: str, name: str, language: Language) -> str:
    """A contract column in words."""
    if table_name not in TABLES:
        return name
    found = next((one for one in TABLES[table_name].columns if one.name == name), None)
    return name if found is None else found.label.say(language)


def cell(table_name: str, name: str, value: str, language: Language, names: dict[str, Text]) -> str:
    """A written value in words where its column is a closed list, a programme or a yes and no."""
    if table_name not in TABLES:
        return value
    found = next((one for one in TABLES[table_name].columns if one.name == name), None)
    if found is None:
        return value
    if found.kind == "programme":
        return names.get(value, Text(value, value)).say(language)
    if found.kind == "boolean":
        return {"true": Text("是", "yes"), "false": Text("否", "no")}.get(value, Text(value, value)).say(language)
    option = next((one for one in found.options if one.code == value), None)
    return value if option is None else option.label.say(language)


def half(text: str, language: Language) -> str:
    """The reader's half of a text kept as "中文 / English"; a text in one language stays whole."""
    return halves(text).say(language)


def needs(reason: str, language: Language) -> str:
    """A run's "needs a.b, c" in words of the contract."""
    return named(reason.partition(" ")[2].split(", "), language) if reason else ""


def named(wanted: list[str], language: Language) -> str:
    """Tables and columns in words; the codes stay beside them, for the mapping file. "a or b" stays a choice."""
    either = Text(" 或 ", " or ").say(language)
    said = [either.join(_place(one, language) for one in choice.split(" or ")) for choice in wanted]
    return Text("、", ", ").say(language).join(said)


def _place(code_of: str, language: Language) -> str:
    table_name, _, name = code_of.partition(".")
    words = table(table_name, language)
    return f"{words}·{column(table_name, name, language)} ({code_of})" if name else f"{words} ({code_of})"
