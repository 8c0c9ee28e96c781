"""What was planted, and which subject of the snapshot is meant by it? Contract §8, `truth.parquet`.

A truth names persons and officials by their number as in the files; leads name them by person_id. The 15-digit and the
18-digit form of a number are one.
"""

from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl
from pyarrow import ArrowException, parquet

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
SUBJECT: Final = ("subject_kind", "subject")
WORLD: Final = "mingcha.world"  # in the metadata of a truth.parquet
MOST_ROWS: Final = 1_000_000  # a truth of ten million made-up persons has fewer
MOST_MIB: Final = 256
_OLD_LENGTH: Final = 15
_YES: Final = {"true": True, "false": False, "1": True, "0": False}


def read_truth(path: Path) -> pl.DataFrame:
    """The truth of a file, parquet or CSV, as `TRUTH_SCHEMA`, a row a lead.

    Raises:
        CaseworkError: it cannot be read, lacks columns or values, or holds no row.
    """
    rows = _rows(path)
    needed = [name for name in TRUTH_SCHEMA if name != "amount_fen"]
    if lacking := sorted(set(needed) - set(rows.columns)):
        raise CaseworkError(
            Text(f"真值文件 {path} 缺少列 {'、'.join(lacking)}", f"the truth {path} lacks {', '.join(lacking)}")
        )
    if not rows.height:
        raise CaseworkError(
            Text(f"真值文件 {path} 没有任何记录,无从检验", f"the truth {path} holds no row: nothing to evaluate")
        )
    amount = rows["amount"].to_list() if "amount" in rows.columns else [None] * rows.height
    try:
        fen = pl.Series("amount_fen", [_fen(value) for value in amount], pl.Int64)
        twin = [_YES[str(value).lower()] for value in rows["twin"]]
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:  # whatever no number of yuan can be made of
        raise CaseworkError(
            Text(
                f"真值文件 {path}:twin 应为 true/false,amount 应为元,至多两位小数",
                f"the truth {path}: twin must be true or false, amount yuan with at most two decimals",
            )
        ) from error
    try:
        said = rows.select(needed).with_columns(pl.Series("twin", twin, pl.Boolean), fen).cast(TRUTH_SCHEMA)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(path) from error
    if said.select(pl.any_horizontal(pl.col("scheme", *SUBJECT).is_null()).any()).item():
        raise CaseworkError(
            Text(
                f"真值文件 {path} 的 scheme、subject_kind、subject 不得为空",
                f"the truth {path}: scheme, subject_kind and subject must not be empty",
            )
        )
    return said.with_columns(pl.col("variant").fill_null("")).select(TRUTH_SCHEMA.names())


def world_of(path: Path) -> str | None:
    """The name of the world whose truth the file says it is; None where it says nothing."""
    if path.suffix == ".csv":
        return None
    try:
        return pl.read_parquet_metadata(path).get(WORLD)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(path) from error


def _rows(path: Path) -> pl.DataFrame:
    if not path.is_file():  # of a folder, every parquet in it would be read
        raise _unreadable(path)
    try:
        if path.suffix == ".csv":
            return pl.read_csv(path, infer_schema=False)
        _check_size(path)
        return pl.read_parquet(path, glob=False)
    except pl.exceptions.NoDataError as error:
        raise CaseworkError(
            Text(f"真值文件 {path} 是空的,无从检验", f"the truth {path} is empty: nothing to evaluate")
        ) from error
    except (OSError, ArrowException, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _unreadable(path) from error


def _check_size(path: Path) -> None:
    """Refuse what a small file would unfold to, before any of it is unfolded."""
    told = parquet.read_metadata(path)
    size = sum(told.row_group(number).total_byte_size for number in range(told.num_row_groups))
    if told.num_rows > MOST_ROWS or size > MOST_MIB << 20:
        raise CaseworkError(
            Text(
                f"真值文件 {path} 展开后过大(至多 {MOST_ROWS:,} 行、{MOST_MIB} MiB),未读取",
                f"the truth {path} unfolds to too much (at most {MOST_ROWS:,} rows, {MOST_MIB} MiB) and was not read",
            )
        )


def _unreadable(path: Path) -> CaseworkError:
    return CaseworkError(
        Text(
            f"无法读取真值文件 {path};应为 mingcha synthesize 写出的 truth.parquet",
            f"the truth {path} cannot be read; expected the truth.parquet of mingcha synthesize",
        )
    )


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
