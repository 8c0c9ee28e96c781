"""What does a term find: persons, households, applications, awards, accounts, complaints, leads?

Numbers are found whole or by their last four signs and more, business numbers also by their first, names by their
first two, addresses by every word, leads by the first signs of their id. A whole citizen number is compared as a keyed
hash; its last signs are sought in the protected table, which only person_ids leave.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

import narwhals as nw
import polars as pl

from casework.engine import Frame
from casework.intake.persons import IDENTITY, keyed
from casework.intake.values.cell import plain
from casework.intake.values.id_no import read_id
from casework.lead import first_rows
from casework.tables import PERSON
from dashboard.queries.owned import Owned
from dashboard.queries.terms import PREFIX, TAIL, Term

Kind = Literal["person", "household", "application", "award", "account", "complaint", "lead"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MOST: Final = 10  # rows of a kind on the screen

_OLD: Final = 15  # digits of the first generation of citizen numbers
_UNSEEN: Final = (  # spaces and invisible signs, as one portable pattern
    r"[\s\x{3000}\x{00ad}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}]"
)
_SPACES: Final = r"[\s'‘’`]"


@dataclass(frozen=True, slots=True)
class Found:
    """How many of one kind, and the first of them."""

    total: int
    rows: pl.DataFrame


def search(owned: Owned, term: Term, key: bytes, leads: pl.DataFrame) -> dict[Kind, Found]:
    """What the term finds among what is the reader's, by kind; `leads` are theirs already."""
    seekers: dict[Kind, tuple[Callable[[Owned, Term], Frame | None], str]] = {
        "household": (_households, "household_no"),
        "application": (_applications, "application_no"),
        "award": (_awards, "award_no"),
        "account": (_accounts, "account_no"),
        "complaint": (_complaints, "complaint_no"),
    }
    asked: dict[Kind, tuple[Frame, str]] = {"person": (_persons(owned, term, key), "person_id")}
    for kind, (seek, by) in seekers.items():
        if (rows := seek(owned, term)) is not None:
            asked[kind] = (rows, by)
    plans = [plan for rows, by in asked.values() for plan in (rows.select(nw.len()), rows.sort(by).head(MOST))]
    answers = owned.tables.engine.collect_all(plans)
    found = {kind: Found(int(answers[2 * place].item()), answers[2 * place + 1]) for place, kind in enumerate(asked)}
    found["lead"] = _leads(leads, term)
    return {kind: found[kind] for kind in KINDS if kind in found and found[kind].total}


def person_ids(owned: Owned, term: Term, key: bytes) -> list[int]:
    """Whose citizen number it is, or ends so."""
    ids = [] if term.whole is None else [int(one) for one in keyed([term.whole], key, "person")]
    return ids if term.tail is None else sorted({*ids, *_ending(owned, term.tail)})


def _ending(owned: Owned, tail: str) -> list[int]:
    """Whose number ends so, in fifteen or in eighteen signs: many are looked at coarsely, few exactly."""
    number = nw.col("id_no").str.replace_all(_SPACES, "").str.to_uppercase()
    old = (number.str.len_chars() == _OLD) & number.str.ends_with(tail[:-1])  # eighteen signs end in one more
    rows = owned.tables.derived("identity", IDENTITY).filter(
        number.str.ends_with(tail) | old | number.str.contains(r"[^\x00-\x7f]")
    )
    return [person for person, cell in owned.tables.engine.collect(rows).rows() if _ends(cell, tail, owned)]


def _ends(cell: str, tail: str, owned: Owned) -> bool:
    read = read_id(cell, owned.tables.as_of).value
    written = re.sub(_SPACES, "", plain(cell)).upper()
    return written.endswith(tail) or (read is not None and read.number.endswith(tail))


def _persons(owned: Owned, term: Term, key: bytes) -> Frame:
    ids = person_ids(owned, term, key)
    wanted = owned.tables.engine.place(pl.DataFrame({"person_id": ids}, schema={"person_id": pl.Int64()}))
    if term.sort != "number":
        name = nw.col("name").str.replace_all(_UNSEEN, "")
        named = first_rows(owned.tables[PERSON]).filter(_begins(name, term.text)).select("person_id")
        wanted = nw.concat([wanted, named])
    return owned.persons(wanted)


def _begins(column: nw.Expr, text: str) -> nw.Expr:
    return column.str.starts_with(text) if len(text) >= PREFIX else column == text


def _numbered(column: str, term: Term) -> nw.Expr:
    """A business number: its first signs, or its last four and more."""
    number, text = nw.col(column).str.to_uppercase(), term.text.upper()
    fits = _begins(number, text)
    return fits | number.str.ends_with(text) if len(text) >= TAIL else fits


def _households(owned: Owned, term: Term) -> Frame:
    fits = _numbered("household_no", term)
    if term.sort != "number" and len(term.text) >= PREFIX:
        lies = nw.all_horizontal(
            *(nw.col("address").str.contains(word, literal=True) for word in term.words), ignore_nulls=False
        )
        fits = fits | lies.fill_null(value=False)
    return owned.households().filter(fits).select("household_no", "household_id", "region_code")


def _applications(owned: Owned, term: Term) -> Frame:
    rows = owned.applications().filter(_numbered("application_no", term))
    return rows.select("application_no", "programme", "accepted_at", "decided_at", "decision", "region_code")


def _awards(owned: Owned, term: Term) -> Frame:
    rows = owned.awards().filter(_numbered("award_no", term))
    return rows.select("award_no", "programme", "household_no", "from_month", "to_month", "region_code")


def _accounts(owned: Owned, term: Term) -> Frame | None:
    """Accounts that were paid into for one of the reader's households."""
    if term.sort == "name or address" or len(term.text) < TAIL:
        return None
    number, text = nw.col("account_no").str.to_uppercase(), term.text.upper()
    paid = owned.payments().filter((number == text) | number.str.ends_with(text))
    pairs = paid.select("account_no", "account_id", "household_id").unique()
    return pairs.group_by("account_no", "account_id").agg(nw.len().cast(nw.Int64).alias("households"))


def _complaints(owned: Owned, term: Term) -> Frame:
    rows = owned.complaints().filter(_numbered("complaint_no", term))
    return rows.select("complaint_no", "kind", "received_at", "closed_at", "outcome", "region_code").unique(
        "complaint_no"
    )


def _leads(leads: pl.DataFrame, term: Term) -> Found:
    fits = (
        leads.filter(pl.col("lead_id").str.starts_with(term.text.lower())) if len(term.text) >= TAIL else leads.clear()
    )
    return Found(fits.height, fits.sort("lead_id").head(MOST))


def homes(owned: Owned, persons: list[int]) -> dict[int, list[str]]:
    """The households of each person, as far as they are the reader's, by number."""
    rows = owned.members().filter(nw.col("person_id").is_in(persons)).select("person_id", "household_no").unique()
    pairs = owned.tables.engine.collect(rows).sort("person_id", "household_no").rows()
    return {person: [number for other, number in pairs if other == person] for person in persons}


def living(owned: Owned, households: list[str]) -> dict[str, tuple[int | None, int]]:
    """Of each household who heads it (None: unknown) and how many belong to it on the day of the data."""
    today = owned.tables.as_of
    rows = owned.members().filter(
        nw.col("household_no").is_in(households),
        (nw.col("joined_on") <= nw.lit(today)).fill_null(value=True),
        (nw.col("left_on") > nw.lit(today)).fill_null(value=True),
    )
    told = owned.tables.engine.collect(rows.select("household_no", "person_id", "relation").unique())
    heads = dict(told.filter(pl.col("relation") == "head").sort("person_id").select("household_no", "person_id").rows())
    counted = dict(told.group_by("household_no").agg(pl.col("person_id").n_unique()).rows())
    return {number: (heads.get(number), counted.get(number, 0)) for number in households}
