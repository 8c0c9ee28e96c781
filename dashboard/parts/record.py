"""How is what was done about a lead said, on a page and on paper?

Numbers that name a person or an account are masked in what people wrote too, unless the reader has unmasked the lead.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from casework.review.standing import Act, ReviewError, Standing, after
from casework.review.vocabulary import ACTIONS, ATTACHED, KINDS, OUTCOMES, REASONS, STATED, STATES, STEPS
from casework.text import Text
from dashboard.exports.beside import Beside, Decided, Statement
from dashboard.exports.rows import masked
from dashboard.parts import shown, trays
from dashboard.session import Reading

_WORDS: Final[dict[str, Mapping[Any, Text]]] = {
    "outcome": OUTCOMES,
    "reason": REASONS,
    "action": ACTIONS,
    "how": STATED,
    "step": STEPS,
    "what": ATTACHED,
}
_PLAIN: Final = ("to", "on", "until", "present", "office", "name", "text")
_NUMBERS: Final = re.compile(r"\d{14,19}[\dXx]?")  # citizen numbers and accounts


def written(words: object, *, reveal: bool) -> str:
    """What somebody wrote, long numbers masked."""
    return str(words) if reveal else _NUMBERS.sub(lambda found: masked(found.group()), str(words))


def of(reading: Reading, leads: pl.DataFrame, *, whole: bool) -> Beside:
    """What a file says of these leads beside the run: how each stands; `whole`: and all that was done and stated."""
    rows = leads.to_dicts()
    standing = {row["lead_id"]: trays.stands(reading, row) for row in rows}
    if not whole:
        return Beside(standing=standing)
    each = [beside(reading, row) for row in rows]
    return Beside(
        decided={key: value for one in each for key, value in one.decided.items()},
        statements={key: value for one in each for key, value in one.statements.items()},
        standing=standing,
    )


def said(reading: Reading, act: Act, *, reveal: bool = False) -> str:
    """The words of one act in the reader's language: outcome, reason, amount, text."""
    content = act.content
    parts = [reading.text(words[content[name]]) for name, words in _WORDS.items() if content.get(name) in words]
    if content.get("amount_fen") is not None:
        parts.append(reading.say("history.yuan", yuan=shown.yuan(content["amount_fen"])))
    parts += [written(content[name], reveal=reveal) for name in _PLAIN if content.get(name)]
    return " · ".join(parts)


def beside(reading: Reading, lead: Mapping[str, Any]) -> Beside:
    """The same for a printed sheet: what was decided and what the person stated."""
    acts = reading.desk.workspace.review.acts(lead["lead_id"])
    stood: Standing | None = Standing(lead["lead_id"])
    decided, statements = [], []
    for act in acts:
        stood = _followed(stood, act)
        if act.kind == "statement":
            how = reading.text(STATED[act.content["how"]])
            words = " ".join(filter(None, (how, written(act.content.get("text") or "", reveal=False))))
            statements.append(Statement(words, on=date.fromisoformat(act.content["on"]), taken_by=act.who))
        else:
            decided.append(_on_paper(reading, act, stood))
    lead_id = str(lead["lead_id"])
    standing = trays.stands(reading, lead)
    return Beside(decided={lead_id: decided}, statements={lead_id: statements}, standing={lead_id: standing})


def _followed(stood: Standing | None, act: Act) -> Standing | None:
    """How the lead stood then; None from the first act on that the rules of today would not let follow."""
    try:
        return None if stood is None else after(stood, act)
    except ReviewError:
        return None


def _on_paper(reading: Reading, act: Act, stood: Standing | None) -> Decided:
    content = act.content
    told = {name: reading.text(words[content[name]]) for name, words in _WORDS.items() if content.get(name) in words}
    outcome = told.pop("outcome", "")
    own = [written(content[name], reveal=False) for name in _PLAIN if content.get(name) and name != "on"]
    words = " ".join([*told.values(), *own])
    plan = act.kind == "plan"
    return Decided(
        act.who,
        datetime.fromisoformat(act.at),
        " · ".join([reading.text(KINDS[act.kind]), *([reading.text(STATES[stood.state])] if stood else [])]),
        outcome,
        "" if plan else words,
        words if plan else "",
        amount_fen=content.get("amount_fen"),
        on=date.fromisoformat(content["on"]) if content.get("on") else None,
    )
