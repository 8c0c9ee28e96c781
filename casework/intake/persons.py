"""Who is meant by a number, without anyone downstream ever seeing it?

A person is a keyed 64-bit hash of the 18-digit number; the key belongs to the workspace. Business numbers become
tokens by the same hash, each kind under its own name.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from casework.errors import IntakeError
from casework.intake.values.cell import plain, seen
from casework.intake.values.id_no import LENGTH, OLDEST, PROVINCES, SYNTHETIC, WEIGHTS, read_id
from casework.intake.values.id_no import OUTSIDE as RESIDENCE_PERMITS
from casework.intake.work import PLACE, Work
from casework.text import Text

MASK: Final = "*"
_KNOWN: Final = pl.Schema(
    {
        "cell": pl.String(),
        "number": pl.String(),
        "state": pl.String(),
        "codes": pl.String(),
        "born": pl.Date(),
        "sex": pl.String(),
        "person_id": pl.Int64(),
    }
)
IDENTITY: Final = pl.Schema({"person_id": pl.Int64(), "id_no": pl.String()})
ID_KEY: Final = pl.Schema({"person_id": pl.Int64(), "key": pl.Int64()})
Numbers = pl.DataFrame  # of schema _KNOWN, one row a distinct cell


def keyed(texts: Iterable[str], key: bytes, kind: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Signed 64-bit keyed hashes, in order."""
    base = hashlib.blake2b(key=key, digest_size=8, person=kind.encode())
    digests = []
    for text in texts:
        one = base.copy()
        one.update(text.encode())
        digests.append(one.digest())
    return np.frombuffer(b"".join(digests), dtype="<i8").astype(np.int64)


def tokens(texts: pl.Series, key: bytes, kind: str) -> pl.Series:
    """Each text's token; null stays null."""
    distinct = texts.drop_nulls().unique()
    return texts.replace_strict(distinct, keyed(distinct.to_list(), key, kind), default=None, return_dtype=pl.Int64)


def identify(works: Mapping[str, Work], as_of: date, key: bytes, before: pl.DataFrame | None = None) -> Numbers:
    """Replace the number cells of every table by person_ids, note what is odd, drop what is no number.

    `before` is the identity table of the snapshot that is joined.
    """
    columns = [(work, column) for work in works.values() for column in work.table.columns if column.kind == "id_no"]
    columns = [(work, column) for work, column in columns if work.has(column.name)]
    cells = [work.frame[column.name].rename("cell") for work, column in columns]
    cells += [before["id_no"].rename("cell")] if before is not None else []
    distinct = pl.concat(cells).drop_nulls().unique() if cells else pl.Series("cell", [], dtype=pl.String)
    numbers = read_numbers(distinct, as_of, key)
    coded = numbers.filter(pl.col("codes").is_not_null())
    coded = coded.select(
        "cell", pl.col("codes").str.split(";").alias("code"), pl.Series("found", map(masked, coded["cell"]), pl.String)
    )
    for work, column in columns:
        series = work.frame[column.name]
        person = series.replace_strict(numbers["cell"], numbers["person_id"], default=None, return_dtype=pl.Int64)
        work.frame = work.frame.with_columns(person.alias(column.main))
        if coded.height:
            odd = work.frame.select(PLACE, cell=pl.col(column.name)).join(coded, on="cell", maintain_order="left")
            odd = odd.with_columns(column=pl.lit(column.name)).explode("code")
            work.notes.append(odd.select(PLACE, "column", "code", "found"))
    for work in {id(work): work for work, _ in columns}.values():
        work.drop_rejected()
    if "person" in works:
        _describe(works["person"], numbers, key)
    return numbers


def _describe(work: Work, numbers: Numbers, key: bytes) -> None:
    """What the person table says beside the contract about its numbers."""
    said = numbers.select(id_no="cell", id_state="state", number="number")
    frame = work.frame.join(said, on="id_no", how="left", maintain_order="left")
    area_birth = tokens(frame["number"].str.slice(0, 14), key, "area_birth")
    work.frame = frame.drop("number").with_columns(area_birth.alias("id_area_birth"))


def read_numbers(cells: pl.Series, as_of: date, key: bytes) -> Numbers:
    """Every distinct cell read as a citizen number; a collision of hashes stops the import."""
    good = _well_formed(cells, as_of)
    plainly = cells.filter(good)
    rest = cells.filter(~good).to_list()
    parsed = [read_id(cell, as_of) for cell in rest]
    frame = pl.concat(
        [
            pl.DataFrame({"cell": plainly, "number": plainly}).select(
                "cell", "number", pl.lit("valid").alias("state"), pl.lit(None, pl.String).alias("codes")
            ),
            pl.DataFrame(
                {
                    "cell": rest,
                    "number": [said.value.number if said.value else None for said in parsed],
                    "state": [said.value.state if said.value else None for said in parsed],
                    "codes": [";".join(said.codes) or None for said in parsed],
                },
                schema={name: _KNOWN[name] for name in ("cell", "number", "state", "codes")},
            ),
        ]
    ).with_columns(
        born=pl.col("number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False),
        sex=pl.when(pl.col("number").str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1)
        .then(pl.lit("M"))
        .when(pl.col("number").is_not_null())
        .then(pl.lit("F")),
    )
    return _without_collision(frame.with_columns(person_id=tokens(frame["number"], key, "person")))


def _without_collision(numbers: Numbers) -> Numbers:
    people = numbers.drop_nulls("number").unique("number")
    if people["person_id"].n_unique() != people.height:
        raise IntakeError(
            Text(
                "两个不同的身份证号得到同一内部编号,导入已停止;请在新的工作区重新导入",
                "two different citizen numbers share one internal id; the import stopped: use a new workspace",
            )
        )
    return numbers


def _well_formed(cells: pl.Series, as_of: date) -> pl.Series:
    """Which cells are whole, valid numbers of persons who may live: no code applies to them."""
    shaped = cells.str.contains(r"^[0-9]{17}[0-9X]$")
    result = np.zeros(len(cells), dtype=bool)
    if not shaped.any():
        return pl.Series(result)
    bulk = "".join(cells.filter(shaped).to_list()).encode("ascii")
    digits = np.frombuffer(bulk, dtype=np.uint8).reshape(-1, LENGTH)
    total = (digits[:, :17].astype(np.int64) - ord("0")) @ np.asarray(WEIGHTS, dtype=np.int64)
    checks = np.frombuffer(b"10X98765432", dtype=np.uint8)[total % 11]
    text = cells.filter(shaped)
    born = text.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    first = date(as_of.year - OLDEST, 1, 1)
    place = text.str.slice(0, 2).is_in([*(PROVINCES - RESIDENCE_PERMITS), SYNTHETIC])
    alive = born.is_between(first, as_of).fill_null(value=False)
    result[shaped.to_numpy()] = (checks == digits[:, 17]) & place.to_numpy() & alive.to_numpy()
    return pl.Series(result)


def masked(cell: str) -> str:
    """A number as it may be shown: 110101********4514; of anything shorter only its length."""
    text = plain(seen(cell))
    if len(text) >= LENGTH - 3:
        return f"{text[:6]}********{text[-4:]}"
    return "*" * len(text) if text.isdigit() else text


@dataclass(frozen=True)
class Protected:
    """The two tables that know numbers; neither is a case table."""

    identity: pl.DataFrame
    id_key: pl.DataFrame


def protect(works: Iterable[Work], numbers: Numbers, key: bytes, before: pl.DataFrame | None = None) -> Protected:
    """Each person's number in the form of its first row in person, or wherever first seen; and `id_key`."""
    seen_in = [
        (work.table.name, work.frame.sort(PLACE).select(person_id=column.main, cell=column.name).drop_nulls())
        for work in works
        for column in work.table.columns
        if column.kind == "id_no" and work.has(column.name)
    ]
    forms = [frame for name, frame in seen_in if name == "person"]
    forms += [before.rename({"id_no": "cell"})] if before is not None else []
    forms += [frame for name, frame in seen_in if name != "person"]
    if not forms:
        return Protected(pl.DataFrame(schema=IDENTITY), pl.DataFrame(schema=ID_KEY))
    first = pl.concat(forms).unique("person_id", keep="first", maintain_order=True)
    identity = first.select("person_id", id_no=pl.col("cell").str.strip_chars()).sort("person_id")
    people = first.join(numbers.select("cell", "number", "state"), on="cell", how="left")
    return Protected(identity, keys(people, key))


def keys(people: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """id_key: for numbers not valid, the hashes with one digit masked or two neighbours swapped.

    A valid number gets the keys it shares with one that is not. Only of those few is anything hashed: the masked forms
    are compared as text, for in a county of a million a decade's births begin with the same nine digits.
    """
    doubtful = people.filter(pl.col("state") != "valid")
    if not doubtful.height:
        return pl.DataFrame(schema=ID_KEY)
    made = _hashed(
        [
            (person, form)
            for person, number in doubtful.select("person_id", "number").iter_rows()
            for form in near(number)
        ],
        key,
    )
    valid = people.filter(pl.col("state") == "valid")
    shared = []
    for place in range(LENGTH):
        form = pl.col("number").str.slice(0, place) + MASK + pl.col("number").str.slice(place + 1)
        wanted = doubtful.select(form.alias("form")).unique()
        shared += valid.select("person_id", form.alias("form")).join(wanted, on="form", how="semi").rows()
    swapped = valid.select("person_id", key="person_id")  # a swapped form is another person's whole number
    meeting = swapped.join(made.select("key").unique(), on="key", how="semi")
    return pl.concat([made, _hashed(shared, key), meeting]).unique().sort("person_id", "key")


def _hashed(forms: list[tuple[int, str]], key: bytes) -> pl.DataFrame:
    """ID_KEY of persons and forms of their numbers."""
    hashes = keyed((form for _, form in forms), key, "person")
    return pl.DataFrame({"person_id": [person for person, _ in forms], "key": hashes}, schema=ID_KEY)


def near(number: str) -> list[str]:
    """The number with one character masked, and with two unequal neighbours swapped."""
    hidden = [number[:place] + MASK + number[place + 1 :] for place in range(len(number))]
    return hidden + [
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(len(number) - 1)
        if number[place] != number[place + 1]
    ]
