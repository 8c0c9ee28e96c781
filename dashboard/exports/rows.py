"""Which rows does an export hold, and whose numbers may it show?

Contract §8: persons are named by the number as in the files only where `reveal` is asked for; else it is masked. Other
subjects keep their business numbers; accounts are masked like persons.
"""

import json
from collections.abc import Callable, Collection
from typing import Any, Final

import polars as pl

from casework.errors import CaseworkError
from casework.text import Text
from casework.workspace import Workspace

COLUMNS: Final = (
    "scheme",
    "subject_kind",
    "subject_source",
    "part",
    "related",
    "content_digest",
    "level",
    "severity",
    "confidence",
    "score",
    "amount",
    "since",
    "until",
    "region_code",
)
PERSONS: Final = frozenset({"person", "official"})
_HEAD, _TAIL = 6, 4
Named = Callable[[str], str]


def masked(number: str) -> str:
    """A number that names a person, as it may be shown: 990101********4514."""
    if len(number) <= _HEAD + _TAIL:
        return "*" * len(number)
    return f"{number[:_HEAD]}{'*' * (len(number) - _HEAD - _TAIL)}{number[-_TAIL:]}"


def chosen(workspace: Workspace, lead_ids: Collection[str] | None) -> pl.DataFrame:
    """The leads of the last run, or those of the ids, in the order a reader works through them."""
    leads = workspace.leads()
    if lead_ids is not None:
        if unknown := sorted(set(lead_ids) - set(leads["lead_id"])):
            raise CaseworkError(
                Text(f"没有编号为 {'、'.join(unknown)} 的线索", f"there is no lead {', '.join(unknown)}")
            )
        leads = leads.filter(pl.col("lead_id").is_in(list(lead_ids)))
    return leads.sort("scheme", "score", "lead_id", descending=[False, True, False])


def rows(workspace: Workspace, lead_ids: Collection[str] | None, *, reveal: bool) -> list[dict[str, Any]]:
    """One dict of `COLUMNS` a lead, all text but confidence and score (numbers)."""
    leads = chosen(workspace, lead_ids)
    named = namer(workspace, leads, reveal=reveal)
    return [_row(lead, named, reveal=reveal) for lead in leads.iter_rows(named=True)]


def namer(workspace: Workspace, leads: pl.DataFrame, *, reveal: bool) -> Named:
    """A function from a person_id in decimal to that person's number; any other words stay as they are."""
    if leads.is_empty():
        return lambda words: words
    text = pl.concat([leads[name].cast(pl.String) for name in ("subject", "part", "related", "facts")])
    spoken = text.drop_nulls().str.extract_all(r"-?\d{6,20}").explode(empty_as_null=False)
    ids = spoken.cast(pl.Int64, strict=False).drop_nulls().unique()
    identity = pl.scan_parquet(workspace.snapshot / "identity.parquet").filter(pl.col("person_id").is_in(ids)).collect()
    numbers = {str(person): number if reveal else masked(number) for person, number in identity.iter_rows()}
    return lambda words: numbers.get(words, words)


def _row(lead: dict[str, Any], named: Named, *, reveal: bool) -> dict[str, Any]:
    subject = named(lead["subject"])
    if lead["subject_kind"] == "account" and not reveal:
        subject = masked(subject)
    fen = lead["amount_fen"]
    return {
        "scheme": lead["scheme"],
        "subject_kind": lead["subject_kind"],
        "subject_source": subject,
        "part": renamed(lead["part"], named),
        "related": json.dumps(renamed(json.loads(lead["related"]), named), ensure_ascii=False),
        "content_digest": lead["content_digest"],
        "level": lead["level"],
        "severity": lead["severity"],
        "confidence": lead["confidence"],
        "score": lead["score"],
        "amount": "" if fen is None else yuan(fen),
        "since": "" if lead["since"] is None else lead["since"].isoformat(),
        "until": "" if lead["until"] is None else lead["until"].isoformat(),
        "region_code": lead["region_code"] or "",
    }


def yuan(fen: int) -> str:
    """Yuan with two decimals, exactly."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def renamed(value: Any, named: Named) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The same value with every person_id replaced, also one that is a part of a pair a+b."""
    match value:
        case str():
            return "+".join(named(piece) for piece in value.split("+"))
        case bool():
            return value
        case int():
            shown = named(str(value))
            return value if shown == str(value) else shown
        case list():
            return [renamed(item, named) for item in value]
        case dict():
            return {name: renamed(item, named) for name, item in value.items()}
        case _:
            return value
