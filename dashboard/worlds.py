"""What does a person see of a world that is made up: where it lies, what it holds, how near it comes to the figures?"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from casework.text import Text
from synthetic.world import TRUTH, Form, Regime, Scale, World, build
from synthetic.world.calibration import table

_HEADER: Final = ("figure", "aim", "low", "high", "reached", "n", "unit", "within", "what")
_BEFORE: Final = Text("以下按预设线索之前的人口统计", "counted before anything was planted")
_FEW: Final = Text("样本过少", "too few to judge")


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
    """Build a world in a folder that is empty, or holds an earlier world, which is replaced when all went well.

    Raises:
        WrongUsageError: something else lies there, or the numbers do not fit.
        CaseworkError: nothing can be written there.
    """
    return build(folder, seed=seed, scale=scale, persons=persons, regime=regime, form=form, told=told)


def summary(world: World) -> str:
    """Rows of each table, then each target with the figure reached, as lines of text."""
    lines = [f"{name}: rows {count}" for name, count in world.rows.items()]
    lines += ["", f"# {_BEFORE.zh} / {_BEFORE.en}", ",".join(_HEADER)]
    for target, found in table(world.tally):
        few = found is None or target.few(world.tally)
        reached = "" if found is None else f"{found:.2f}"
        within = f"{_FEW.zh} / {_FEW.en}" if few else str(target.low <= (found or 0) <= target.high).lower()
        cells = (target.aim, target.low, target.high)
        bounds = ",".join(f"{cell:g}" for cell in cells)
        n = target.n(world.tally)
        lines.append(f"{target.id},{bounds},{reached},{n},{target.unit},{within},{target.zh} / {target.en}")
    return "\n".join(lines) + "\n"


def where(folder: Path, world: World) -> Text:
    """What lies where."""
    planted = sum(not row.twin for row in world.truth)
    twins = len(world.truth) - planted
    truth = folder.resolve().parent / TRUTH
    persons, living = world.rows["person"], world.residents.total()
    return Text(
        f"已写入 {folder}:{persons} 人,其中现住 {living} 人;真值 {truth}:预设 {planted} 条,无辜对照 {twins} 条",
        f"written to {folder}: {persons} persons, of whom {living} live there; "
        f"truth in {truth}: planted {planted}, innocent look-alikes {twins}",
    )
