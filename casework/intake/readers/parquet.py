"""What does a Parquet file of our own writing hold?"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from casework.intake.fault import Fault, RefusalError
from casework.intake.limits import Limits
from casework.intake.names import table_of
from casework.intake.readers import header
from casework.intake.readers.stage import Stage
from casework.intake.sheet import Job, Sheet

MARK: Final = "mingcha"  # the key in the file's metadata under which our writer names the table
_BLOCK: Final = 200_000  # rows


def read(job: Job, limits: Limits) -> tuple[list[Sheet], list[Fault]]:
    """The one table; refused with E_TYPE unless our own writer marked it and every column is text.

    Nothing declares how much a Parquet file unpacks to, so rows x columns are bounded before any is read.
    """
    try:
        claimed = pl.read_parquet_metadata(job.path).get(MARK)
        schema = pl.read_parquet_schema(job.path)
        rows = int(pl.scan_parquet(job.path, glob=False).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise RefusalError("E_TYPE", found=type(error).__name__) from error
    if claimed is None or (job.sources is None and table_of(claimed) != job.table):
        raise RefusalError(
            "E_TYPE", found=claimed or "", hint="只读取明察写出的 Parquet / only Parquet that Mingcha wrote"
        )
    if odd := [name for name, kind in schema.items() if kind != pl.String]:
        raise RefusalError("E_TYPE", column=odd[0], found=str(schema[odd[0]]))
    if rows > limits.rows:
        raise RefusalError("E_TOO_MANY_ROWS", found=str(rows))
    if rows * len(schema) > limits.parquet_cells:
        raise RefusalError("E_TOO_LARGE", found=f"{rows} x {len(schema)}")
    head = [(1, list(schema))]
    faults = header.checked(job, job.table, head, 0)
    stage = Stage(job, limits, list(schema), 1, None)
    try:
        for frame in _blocks(job, rows, stage.names):
            stage.add(frame)
    except pl.exceptions.PolarsError as error:
        raise RefusalError("E_CORRUPT_ZIP", found=type(error).__name__) from error
    return [stage.finish(job.name)], faults + stage.faults


def _blocks(job: Job, rows: int, names: list[str]) -> Iterator[pl.DataFrame]:
    """Rows numbered as they would be in the CSV of the same table: the header is line 1."""
    lazy = pl.scan_parquet(job.path, glob=False)
    renamed = lazy.select(pl.all().name.map(dict(zip(lazy.collect_schema().names(), names, strict=True)).__getitem__))
    for start in range(0, rows, _BLOCK):
        frame = renamed.slice(start, _BLOCK).collect(engine="streaming")
        yield frame.insert_column(
            0, pl.int_range(start + 2, start + 2 + frame.height, dtype=pl.Int32, eager=True).alias("row")
        )
