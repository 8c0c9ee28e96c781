"""May a world be written into a folder, and how does it take the place of an earlier one, wholly or not at all?

A world is built in a folder of its own beside the one asked for and moved there when it is finished: until then what
lies there stays as it is. Only an empty folder or an earlier world is replaced, and only the truth that it wrote.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final, NamedTuple

import polars as pl

from casework.errors import CaseworkError, WrongUsageError
from casework.tables import TABLES
from casework.text import Text

TRUTH: Final = "truth.parquet"
META: Final = "meta.toml"
WORLD: Final = "mingcha.world"  # metadata of the truth: the name in the meta.toml of its world
FOLDER: Final = "mingcha.folder"  # the name of the folder of its world
SEED: Final = "mingcha.seed"
_OURS: Final = frozenset(
    [META, "policy", "boundaries.geojson"]
    + [f"{name}.{ending}" for name in TABLES for ending in ("csv", "xlsx", "parquet")]
)
_POLICY: Final = frozenset({"dibao_standard.toml"})


class Place(NamedTuple):
    """Where a world is built for the time being."""

    folder: Path
    truth: Path


@contextmanager
def placed(wanted: Path) -> Iterator[Place]:
    """Where to build the world that is to lie in that folder; it is moved there when all went well.

    Raises:
        WrongUsageError: something lies there that is no earlier world, or the truth beside it is another world's.
        CaseworkError: nothing can be written there.
    """
    try:
        folder = wanted.resolve()
        _refuse(folder)
        fresh = [parent for parent in folder.parents if not parent.exists()]
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            aside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
            try:
                yield _started(aside, folder.name)
                _swap(aside, folder)
            finally:
                rmtree(aside, ignore_errors=True)
        except BaseException:
            for parent in fresh:
                with suppress(OSError):
                    parent.rmdir()
            raise
    except OSError as error:
        why = error.strerror or error
        raise CaseworkError(
            Text(f"无法写入 {wanted}:{why};未改动任何文件", f"cannot write {wanted}: {why}; nothing was changed")
        ) from error


def _started(aside: Path, name: str) -> Place:
    (aside / "new" / name).mkdir(parents=True)
    return Place(aside / "new" / name, aside / "new" / TRUTH)


def _refuse(folder: Path) -> None:
    """Leave alone whatever is not ours to replace."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsageError(Text(f"{folder} 不是文件夹", f"{folder} is not a folder"))
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise WrongUsageError(
            Text(
                f"请在 {folder} 之外运行:该文件夹将被整体替换", f"run it from outside {folder}, which is replaced whole"
            )
        )
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    foreign = sorted(there - _OURS)
    if "policy" in there:
        policy = folder / "policy"
        inside = {path.name for path in policy.iterdir()} if policy.is_dir() else {""}
        foreign += [f"policy/{name}" for name in sorted(inside - _POLICY)]
    if there and META not in there:
        foreign = sorted(there)
    if foreign:
        raise WrongUsageError(
            Text(
                f"{folder} 中有其他文件({foreign[0]}),请换一个空文件夹",
                f"{folder} holds other files ({foreign[0]}); name an empty folder",
            )
        )
    if there and not _made_up(folder / META):
        raise WrongUsageError(
            Text(
                f"{folder / META} 不是合成数据的说明,或无法读取;请换一个空文件夹",
                f"{folder / META} is not that of a made-up world, or cannot be read; name an empty folder",
            )
        )
    _refuse_truth(folder.parent / TRUTH, folder.name)


def _made_up(meta: Path) -> bool:
    """Is that the note of an earlier world of ours?"""
    try:
        return tomllib.loads(meta.read_text(encoding="utf-8")).get("synthetic") is True
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


def _refuse_truth(truth: Path, name: str) -> None:
    """The truth beside the folder is replaced only where the world of that folder wrote it."""
    if not truth.exists() and not truth.is_symlink():
        return
    try:
        known = pl.read_parquet_metadata(truth)
    except (OSError, pl.exceptions.PolarsError):
        known = {}
    if known.get(FOLDER) == name:
        return
    whose = known.get(WORLD)
    said = (
        Text(f"属于“{whose}”", f"belongs to {whose}") if whose else Text("不是本文件夹的真值", "is not this folder's")
    )
    raise WrongUsageError(
        Text(
            f"{truth} {said.zh},不予覆盖;请移走它,或换一个位置",
            f"{truth} {said.en} and is not replaced; move it away, or name another place",
        )
    )


def _swap(aside: Path, folder: Path) -> None:
    """Put the new world where the old one lies; put everything back should a step fail."""
    truth = folder.parent / TRUTH
    moves = [(folder, aside / "old"), (truth, aside / "old.parquet")]
    moves += [(aside / "new" / folder.name, folder), (aside / "new" / TRUTH, truth)]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            if source.exists():
                source.rename(target)
                done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise
