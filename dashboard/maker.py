"""What does the process do that makes a world for a reader?

`python -m dashboard.maker FOLDER ORDER`: writes FOLDER/world.zip and what it holds, counted; one line of JSON a stage
to standard output; a fault, in both languages, to FOLDER/fault.json. It ends when whoever began it does.
"""

import json
import os
import shutil
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl

from casework.errors import CaseworkError
from casework.tables import TABLES
from dashboard.making import FAULT, FILE, FOUND
from dashboard.order import SOURCE, Order
from dashboard.worlds import synthesize
from synthetic.world import TRUTH, World
from synthetic.world.plan import plan

_STAMP: Final = (2026, 1, 1, 0, 0, 0)  # of every file, so that the same order is the same bytes
_NOTE: Final = "README.txt"
_BEHIND: Final = 5  # niceness: whoever reads a page comes first


def main() -> None:
    """One world."""
    folder, order = Path(sys.argv[1]), Order.read(sys.argv[2])
    threading.Thread(target=_watch, daemon=True).start()
    os.nice(_BEHIND)
    try:
        make(folder, order, _tell)
    except CaseworkError as error:
        said = {"zh": error.say("zh"), "en": error.say("en")}
        (folder / FAULT).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        sys.exit(1)


def _tell(step: int, of: int, name: str) -> None:
    sys.stdout.write(f"{json.dumps({'step': step, 'of': of, 'name': name})}\n")
    sys.stdout.flush()


def make(folder: Path, order: Order, told: Callable[[int, int, str], None]) -> None:
    """Build, count, pack; `told` hears how many steps of about how many are done, and what comes.

    Raises:
        CaseworkError: it cannot be built or written.
    """
    steps = _steps(order)
    done = 0

    def hear(name: str) -> None:
        nonlocal done
        told(min(done, steps - 1), steps, name)
        done += 1

    place = folder / order.name
    world = synthesize(
        place / SOURCE,
        scale=order.scale,
        persons=order.persons,
        seed=order.seed,
        regime=order.regime,
        form=order.form,
        told=hear,
    )
    hear(FILE)
    (place / _NOTE).write_text(_note(order), encoding="utf-8")
    _pack(place, folder / f".{FILE}")
    counted(world).write_parquet(folder / FOUND)
    (folder / f".{FILE}").rename(folder / FILE)
    shutil.rmtree(place)


def counted(world: World) -> pl.DataFrame:
    """Rows of each table, and what was planted of each scheme and variant: kind, name, variant, count, twins."""
    rows = [("rows", name, "", count, 0) for name, count in world.rows.items()]
    planted = world.truth_frame.group_by("scheme", "variant").agg(
        (~pl.col("twin")).sum().alias("count"), pl.col("twin").sum().alias("twins")
    )
    rows += [("planted", *row) for row in planted.sort("scheme", "variant").iter_rows()]
    schema = {"kind": pl.String, "name": pl.String, "variant": pl.String, "count": pl.Int64, "twins": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _steps(order: Order) -> int:
    """Townships, tables to convert, boundaries and the file."""
    townships = sum(len(county.townships) for county in plan(order.scale, order.persons, order.seed).counties)
    return townships + (0 if order.form == "csv" else len(TABLES)) + 2


def _pack(place: Path, file: Path) -> None:
    """Everything under `place` as one file, in the order of the names."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(one for one in place.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(place.parent)), _STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as source, packed.open(entry, "w") as target:
                shutil.copyfileobj(source, target)


def _note(order: Order) -> str:
    """What lies here, for whoever finds the folder."""
    return (
        "合成数据:人员、家庭与地区均为虚构,不得当作真实数据使用。\n"
        f"{SOURCE}/ 为数据源(各表、本地政策、地区轮廓);{TRUTH} 为预设的答案,只供检验,不得用于调整规则或阈值。\n"
        "Synthetic data: people, households and places are invented; never take them for real.\n"
        f"{SOURCE}/ is the source (tables, local policy, boundaries); {TRUTH} holds the planted answers, for testing\n"
        "only, never for tuning rules or thresholds.\n\n"
        f"{order.command}\n"
        f"mingcha import {order.name}/{SOURCE} workspace/{order.name}\n"
        f"mingcha detect workspace/{order.name}\n"
        f"mingcha evaluate workspace/{order.name} --truth {order.name}/{TRUTH}\n"
    )


def _watch() -> None:
    """End when whoever began this does: then nothing comes any more."""
    os.read(sys.stdin.fileno(), 1)  # a buffered read would hold the interpreter's own end up
    os._exit(1)


if __name__ == "__main__":
    main()
