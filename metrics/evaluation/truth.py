"""What was planted, and which subject of the snapshot is meant by it? Contract §8, `truth.parquet`.

A truth names persons and officials by their number as in the files; leads name them by person_id. The 15-digit and the
18-digit form of a number are one.
"""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import polars as pl

from casework.errors import CaseworkError
from casework.intake.values.id_no import LENGTH, check_digit
from casework.text import Text

TRUTH_SCHEMA: Final = pl.Schema(
    {
        "scheme": pl.String(),
        "subject_kind": pl.String(),
        "subject": pl.String(),
        "twin": pl.Boolean(),  # an innocent look-alike, which must not be raised
        "variant": pl.String(),
        "amount_fen": pl.Int64(),  # empty: the truth gives none
    }
)
PERSONS: Final = ("person", "official")
_OLD_LENGTH: Final = 15
_YES: Final = {"true": True, "false": False, "1": True, "0": False}


def read_truth(path: Path) -> pl.DataFrame:
    """The truth of a file, parquet or CSV, as `TRUTH_SCHEMA`, a row a lead."""
    try:
        rows = pl.read_csv(path, infer_schema=False) if path.suffix == ".csv" else pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise CaseworkError(
            Text(
                f"无法读取真值文件 {path};应为 mingcha synthesize 写出的 truth.parquet",
                f"the truth {path} cannot be read; expected the truth.parquet of mingcha synthesize",
            )
        ) from error
    needed = [name for name in TRUTH_SCHEMA if name != "amount_fen"]
    if lacking := sorted(set(needed) - set(rows.columns)):
        raise CaseworkError(
            Text(f"真值文件 {path} 缺少列 {'、'.join(lacking)}", f"the truth {path} lacks {', '.join(lacking)}")
        )
    amount = rows["amount"].to_list() if "amount" in rows.columns else [None] * rows.height
    try:
        fen = [_fen(value) for value in amount]
        twin = [_YES[str(value).lower()] for value in rows["twin"]]
    except (InvalidOperation, KeyError, ValueError) as error:
        raise CaseworkError(
            Text(
                f"真值文件 {path}:twin 应为 true/false,amount 应为元,至多两位小数",
                f"the truth {path}: twin must be true or false, amount yuan with at most two decimals",
            )
        ) from error
    said = rows.select(needed).with_columns(
        pl.Series("twin", twin, pl.Boolean), pl.Series("amount_fen", fen, pl.Int64), pl.col("variant").fill_null("")
    )
    return said.cast(TRUTH_SCHEMA).select(TRUTH_SCHEMA.names())


def as_in_snapshot(truth: pl.DataFrame, identity: pl.DataFrame) -> pl.DataFrame:
    """The truth with persons named by person_id, as leads name them.

    `identity`: person_id, id_no. Who is not in the snapshot keeps the number, and so is never found.
    """
    persons = pl.col("subject_kind").is_in(PERSONS)
    named = truth.filter(persons)["subject"].unique().to_list()
    whole = {number: _whole(number) for number in named}
    meant = set(whole.values())
    ids = {
        full: str(person)
        for person, number in identity.select("person_id", "id_no").iter_rows()
        if (full := _whole(number)) in meant
    }
    known = {number: ids[full] for number, full in whole.items() if full in ids}
    subject = pl.col("subject")
    return truth.with_columns(subject=pl.when(persons).then(subject.replace(known)).otherwise(subject))


def _whole(number: str) -> str:
    """The 18-digit form."""
    plain = number.strip().upper()
    if len(plain) == _OLD_LENGTH and plain.isdecimal():
        plain = f"{plain[:6]}19{plain[6:]}"
    return plain + check_digit(plain) if len(plain) == LENGTH - 1 and plain.isdecimal() else plain


def _fen(value: object) -> int | None:
    """Whole fen of yuan; a float is taken at two decimals, as it was written."""
    if value is None or value == "":
        return None
    yuan = Decimal(f"{value:.2f}") if isinstance(value, float) else Decimal(str(value))
    fen = yuan * 100
    if fen != int(fen):
        raise ValueError(value)
    return int(fen)
