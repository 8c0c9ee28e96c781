"""Which files does a what-if leave, so that somebody else can read, check and repeat it?

Contract §7: measures.csv, moves.csv, leads.csv, manifest.json; beside them what each scenario changes, each scenario as
a file, so that the folder alone repeats the reckoning, and what else can be asked of it (`dashboard.studied`).
"""

import hashlib
import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
import polars as pl

import casework
import detectors
import metrics
from casework.errors import CaseworkError, WrongUsageError
from casework.policy import Change
from casework.text import Text
from casework.workspace import canonical, digest_of
from dashboard import limits, studied
from dashboard.exports.csv import table_text
from dashboard.studied import Wished
from dashboard.whatif import MONTHS, Hear, Result, Tried, unheard
from metrics.whatif.difference import sentences
from metrics.whatif.idle import moves
from metrics.whatif.scenario_file import written

MANIFEST: Final = "manifest.json"
PLAIN: Final = Wished()
_UNKNOWN: Final = "unknown"


def save(result: Result, folder: Path, wished: Wished = PLAIN, hear: Hear = unheard) -> list[Path]:
    """Write every file into the folder, made where it is missing; what else lies there stays.

    Leads and visits only where detectors are wished for: they run under each set of rules.

    Raises:
        WrongUsageError: the folder lies in the workspace, where a scenario's file could become a rule.
        CaseworkError: nothing can be written there.
    """
    refuse(result.county.path, folder)
    leads = None if wished.detectors is None else result.leads(wished.detectors, hear)
    texts = {
        "measures.csv": table_text(result.measures.drop("hidden")),
        "moves.csv": table_text(result.moves.drop("hidden")),
        "differences.csv": table_text(result.differences),
        **{f"limits_{place}.csv": table_text(limits.table(result, one)) for place, one in _timed(result)},
        **{f"{name}.csv": table_text(table) for name, table in studied.tables(result, wished, hear).items()},
        **({} if leads is None else {"leads.csv": table_text(_one_or_several(leads))}),
        **{_file(place): written(one.scenario) for place, one in enumerate(result.tried, 1)},
        MANIFEST: json.dumps(manifest(result, wished, leads), ensure_ascii=False, indent=1, default=str) + "\n",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CaseworkError(
            Text(f"无法写入 {folder}:{error.strerror}", f"cannot write into {folder}: {error.strerror}")
        ) from error
    return [folder / name for name in texts]


def refuse(workspace: Path, folder: Path) -> None:
    """A folder inside the workspace, where a what-if leaves nothing, or one that holds files already."""
    if folder.resolve().is_relative_to(workspace.resolve()):
        raise WrongUsageError(
            Text(
                f"{folder} 在工作区内,情景结果不得写入工作区;请换一个文件夹",
                f"{folder} lies in the workspace, where a what-if writes nothing; name another folder",
            )
        )
    if folder.exists() and not folder.is_dir():
        raise WrongUsageError(
            Text(f"{folder} 是一个文件;--out 后请写文件夹", f"{folder} is a file; name a folder after --out")
        )
    if folder.exists() and (there := sorted(folder.iterdir())):
        first = there[0].name
        raise WrongUsageError(
            Text(
                f"{folder} 里已有文件(如 {first}),不予覆盖,以免新旧结果相混;请换一个新文件夹",
                f"{folder} holds files already ({first}), not to be overwritten; name a new folder",
            )
        )


def _timed(result: Result) -> list[tuple[int, Tried]]:
    """The scenarios that move a time, by their place."""
    return [(place, one) for place, one in enumerate(result.tried, 1) if limits.timed(one)]


def manifest(result: Result, wished: Wished = PLAIN, leads: pl.DataFrame | None = None) -> dict[str, Any]:
    """What was reckoned on what, by which rules and which code, and how to do it again."""
    county, population = result.county, result.county.population
    rows = result.differences
    return {
        "workspace": str(county.path),
        "snapshot": county.data.digest,
        "as_of": county.data.as_of.isoformat(),
        "synthetic": county.data.synthetic,
        "months": result.months,
        "layer": result.layer,
        "sample": population.sample,
        "households": population.households,
        "villages": len(population.village_code),
        "draws": _draws(population.draws),
        # only of a sample villages are drawn anew; the draws above are hashes of household numbers, kept with them
        "seed": wished.seed if population.sample else None,
        "budget_yuan_month": wished.budget_yuan,
        "hidden": {  # numbers of fewer households than `least`, and what would give them away, are left empty
            "least": county.least,
            "measures": int(result.measures["hidden"].sum()),
            "moves": int(result.moves["hidden"].sum()),
        },
        "code": {
            "version": _version(),
            "digest": code_digest(casework, metrics),
            "detectors": code_digest(detectors),
        },
        "baseline": {"policy": county.policy.digest, "outcome": result.baseline.policy},
        "scenarios": [_scenario(result, one, rows) for one in result.tried],
        "no_curve": {name: {"zh": why.zh, "en": why.en} for name, why in studied.unswept(result).items()},
        "not_comparable": {} if leads is None else _not_comparable(leads),
        "command": command(result, [_file(place) for place in range(1, len(result.tried) + 1)], wished),
    }


def command(result: Result, files: Sequence[str], wished: Wished = PLAIN) -> str:
    """The command line that reckons the same again, run where the scenario files lie."""
    said = again(result.county.path.resolve(), files, result.layer, months=result.months)
    sample = f" --sample --seed {wished.seed}" if result.county.population.sample else ""
    budget = "" if wished.budget_yuan is None else f" --budget {wished.budget_yuan}"
    return f"{said}{sample}{budget}"


def again(path: Path, files: Sequence[str], layer: str, *, months: int = MONTHS) -> str:
    """The command line for a workspace, scenario files and a layer."""
    words = ["mingcha", "whatif", str(path)]
    for file in files:
        words += ["--scenario", file]
    return shlex.join([*words, "--months", str(months), "--layer", layer, "--out", "again"])


def code_digest(*packages: ModuleType) -> str:
    """What the code of these packages says, whatever its version is called."""
    roots = [Path(str(package.__file__)).parent for package in packages]
    files = {
        f"{root.name}/{path.relative_to(root).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for root in roots
        for path in sorted(root.rglob("*.py"))
    }
    return digest_of(files)


def _scenario(result: Result, tried: Tried, rows: pl.DataFrame) -> dict[str, Any]:
    mine = rows.filter(pl.col("scenario") == tried.scenario.name).drop("scenario")
    return {
        "name": tried.scenario.name,
        "note": tried.scenario.note,
        "policy": tried.policy.digest,  # of the rules asked for
        "outcome": tried.outcome.policy,  # of the rules really used
        "applied": [_change(change, tried.settled.source(place)) for place, change in enumerate(tried.settled.changes)],
        "differences": {"zh": sentences(mine, "zh"), "en": sentences(mine, "en")},
        "assumptions": asdict(tried.scenario.assumptions),
        "warnings": [
            {"kind": one.kind, "changes": one.changes, "zh": one.message.zh, "en": one.message.en}
            for one in tried.warnings
        ],
        "risks": [
            {"kind": note.kind, "cause": note.cause, "zh": note.text.zh, "en": note.text.en} for note in tried.risks
        ],
        "effect": not mine.is_empty(),  # does a rule or an assumption become another one?
        "moves": moves(result.baseline, tried.outcome),  # does any household stand otherwise, or get another amount?
    }


def _change(change: Change, source: str) -> dict[str, Any]:
    said = {key.rstrip("_"): value for key, value in asdict(change).items() if value not in (None, "", {})}
    return {**said, "source": source} if source else said


def _draws(draws: Any) -> str:  # noqa: ANN401 - arrays by name
    every = hashlib.sha256()
    for name in sorted(draws):
        every.update(canonical(name).encode())
        every.update(np.ascontiguousarray(draws[name]).tobytes())
    return every.hexdigest()


def _version() -> str:
    try:
        return version("mingcha")
    except PackageNotFoundError:  # run from the sources, not installed
        return _UNKNOWN


def _not_comparable(leads: pl.DataFrame) -> dict[str, list[str]]:
    """By scenario the schemes that could be asked under one of its two sets of rules alone; their counts are empty."""
    apart = leads.filter(~pl.col("comparable"))
    return {name: mine["scheme"].to_list() for (name,), mine in apart.group_by("scenario", maintain_order=True)}


def _one_or_several(leads: pl.DataFrame) -> pl.DataFrame:
    """Of a single scenario as the contract says; of several with its name before."""
    leads = leads.drop("stays", "comparable")
    return leads.drop("scenario") if leads["scenario"].n_unique() <= 1 else leads


def _file(place: int) -> str:
    return f"scenario_{place}.toml"
