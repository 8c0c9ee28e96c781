"""What does a person see of a world that is made up: where it lies, what it holds, how near it comes to the figures?"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from casework.errors import WrongUsageError
from casework.text import Text
from synthetic.world import TRUTH, Form, Regime, Scale, World, build
from synthetic.world.calibration import table

_HEADER: Final = ("figure", "aim", "reached", "unit", "within", "what")
_META: Final = "meta.toml"


def synthesize(
    folder: Path,
    *,
    scale: Scale,
    persons: int | None,
    seed: int,
    regime: Regime,
    form: Form,
    told: Callable[[str], None],
) -> World:
    """Build a world in a folder that is empty, or holds an earlier world, which is replaced.

    Raises:
        WrongUsageError: something else lies there, or the numbers do not fit.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUsageError(Text(f"{folder} 不是文件夹", f"{folder} is not a folder"))
    old = list(folder.iterdir()) if folder.is_dir() else []
    if old and not _made_up(folder):
        raise WrongUsageError(
            Text(
                f"{folder} 中已有其他文件,请换一个空文件夹",
                f"{folder} holds other files already; name an empty folder",
            )
        )
    for path in [*folder.glob("*.csv"), *folder.glob("*.xlsx"), *folder.glob("*.parquet")]:
        path.unlink()
    return build(folder, seed=seed, scale=scale, persons=persons, regime=regime, form=form, told=told)


def summary(world: World) -> str:
    """Rows of each table, then each target with the figure reached, as lines of text."""
    lines = [f"{name}: rows {count}" for name, count in world.rows.items()]
    lines += ["", ",".join(_HEADER)]
    for target, found in table(world.tally):
        reached = "" if found is None else f"{found:.2f}"
        within = "" if found is None else str(target.low <= found <= target.high).lower()
        lines.append(f"{target.id},{target.aim:g},{reached},{target.unit},{within},{target.zh} / {target.en}")
    return "\n".join(lines) + "\n"


def where(folder: Path, world: World) -> Text:
    """What lies where."""
    planted = sum(not row.twin for row in world.truth)
    twins = len(world.truth) - planted
    truth = folder.parent / TRUTH
    return Text(
        f"已写入 {folder};真值 {truth}:预设 {planted} 条,无辜对照 {twins} 条",
        f"written to {folder}; truth in {truth}: planted {planted}, innocent look-alikes {twins}",
    )


def _made_up(folder: Path) -> bool:
    """Is that an earlier world of ours, not finished ones included?"""
    meta = folder / _META
    if not meta.is_file():
        return False
    return tomllib.loads(meta.read_text(encoding="utf-8")).get("synthetic") is True
