"""Which words may a column of a closed list hold, and does the importer know a word of a file by itself?"""

from casework.intake.headers import normalise
from casework.intake.programmes import programme_words
from casework.intake.values.codes import spellings
from casework.tables import Column
from casework.text import Text
from dashboard.queries.programmes import known_names
from dashboard.session import Session

_BOOLEANS = {"true": Text("是", "yes"), "false": Text("否", "no")}
_SAID = frozenset({"是", "否", "true", "false", "1", "0"})


def options(session: Session, column: Column) -> dict[str, str]:
    """Code to words of the reader's language; empty where the column is open."""
    match column.kind:
        case "enum":
            return {option.code: session.text(option.label) for option in column.options}
        case "programme":
            return {code: session.text(text) for code, text in known_names(session.desk.policy).items()}
        case "boolean":
            return {code: session.text(text) for code, text in _BOOLEANS.items()}
        case _:
            return {}


def known(session: Session, column: Column, word: str) -> bool:
    """Does the importer read this word without being told?"""
    said = normalise(word)
    match column.kind:
        case "boolean":
            return said in _SAID
        case "programme":
            return said in programme_words(session.desk.policy)
        case _:
            return said in spellings(column.options)
