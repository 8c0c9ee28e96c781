"""What is a lead that a person recorded: from a complaint, an inspection, an audit, or another office?

The same dossier and the same decisions as any other; no detector raised it, so no detector's precision counts it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from casework.card import FAMILIES, SUBJECTS, Card, Fact
from casework.errors import WrongUsageError
from casework.lead import LEAD_SCHEMA
from casework.review.standing import SHORTEST_REASON
from casework.review.vocabulary import ORIGINS
from casework.text import Text

SCHEME: Final = "by_hand"
_NUMBERS: Final = re.compile(r"\d{14,19}[\dXx]?")  # citizen numbers and accounts
CARD: Final = Card(
    scheme=SCHEME,
    family="wrong",  # each lead names its own
    subject="household",
    title=Text("手工登记的线索(待核实)", "Lead recorded by hand (to verify)"),
    question=Text("来信、检查、审计或转办反映了什么?", "What did a complaint, inspection, audit or transfer tell?"),
    folk=Text("", ""),
    rule="",
    needs=(),
    level="info",
    severity="procedure",
    confidence=0.0,
    reason=Text("{source}:{text}", "{source}: {text}"),
    facts={
        "source": Fact(Text("来源", "Source"), words={str(code): text for code, text in ORIGINS.items()}),
        "number": Fact(Text("来源编号", "Number of the source"), absent=Text("无", "none")),
        "text": Fact(Text("反映的内容", "What it says")),
    },
    arithmetic=Text("由人登记,未经计算", "recorded by a person; nothing was computed"),
    innocent=(),
    verify=Text("按反映的内容逐项核实", "Verify what it says, point by point"),
)


def check(words: Mapping[str, Any]) -> None:
    """Refuse what lacks a word.

    Raises:
        WrongUsageError: a word is not of its list, or the text says nothing.
    """
    for word, known, said in (
        (words["source"], ORIGINS, Text("请选择来源", "choose the source")),
        (words["family"], FAMILIES, Text("请选择类别", "choose the kind")),
        (words["subject_kind"], SUBJECTS, Text("请选择对象", "choose what it is about")),
    ):
        if word not in known:
            raise WrongUsageError(said)
    if not str(words["subject"]).strip():
        raise WrongUsageError(Text("请填写对象的编号", "give the number of what it is about"))
    if len(str(words["text"]).strip()) < SHORTEST_REASON:
        raise WrongUsageError(Text("请写明反映的内容", "say what it tells"))
    if words["amount_fen"] is not None and words["amount_fen"] < 0:
        raise WrongUsageError(Text("金额不能为负", "the amount cannot be below 0"))


def lead_row(
    *,
    key: str,
    source: str,
    number: str,
    text: str,
    family: str,
    subject_kind: str,
    subject: str,
    region_code: str | None,
    amount_fen: int | None,
    on: date,
) -> dict[str, Any]:
    """The row of a lead recorded by hand, as a detector's would be. `key` makes its lead_id.

    Raises:
        WrongUsageError: a word is not of its list, or the text says nothing.
    """
    check(
        {
            "source": source,
            "family": family,
            "subject_kind": subject_kind,
            "subject": subject,
            "text": text,
            "amount_fen": amount_fen,
        }
    )
    plain = _NUMBERS.sub(lambda found: f"{found.group()[:6]}…", text.strip())  # a list is no place for numbers
    facts = json.dumps({"source": source, "number": number.strip() or None, "text": plain}, ensure_ascii=False)
    row = dict.fromkeys(LEAD_SCHEMA) | {
        "lead_id": hashlib.sha256(f"{SCHEME}\0{key}".encode()).hexdigest()[:16],
        "scheme": SCHEME,
        "family": family,
        "subject_kind": subject_kind,
        "subject": subject.strip(),
        "part": "",
        "related": "[]",
        "region_code": region_code,
        "level": "info",
        "severity": CARD.severity,
        "confidence": 0.0,
        "score": 0.0,
        "amount_fen": amount_fen,
        "since": on,
        "until": on,
        "facts": facts,
        "checked_innocent": "[]",
        "rule": "",
        "rule_version": "",
        "sources": "{}",
        "content_digest": hashlib.sha256(facts.encode()).hexdigest(),
        "snapshot": "",
        "policy": "",
        "detector": "",
    }
    return dict(row)


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of leads as kept in an act (dates as text) as the table of leads; columns beyond it are left out."""
    dated = [{**row, **{name: _day(row.get(name)) for name in ("since", "until")}} for row in rows]
    return pl.DataFrame([{name: row.get(name) for name in LEAD_SCHEMA} for row in dated], schema=LEAD_SCHEMA)


def _day(word: object) -> date | None:
    return word if isinstance(word, date) else date.fromisoformat(str(word)) if word else None


__all__ = ["CARD", "SCHEME", "check", "frame", "lead_row"]
