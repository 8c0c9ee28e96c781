"""How right are the questions on worlds with known answers, over several seeds and in every regime?

`python -m benchmarks.evaluation` (10 seeds of 20 000 persons in every regime): worlds are made, imported, asked and
compared with their truth. Every lead that no truth explains and every twin raised is printed; the pooled figures with
their intervals, one row a scheme and regime, go to docs/evaluation.csv, which the pages of docs/catalogue show. Digests
say of which worlds, policies and code they are. What is less than that goes into the file named by `--out`.
"""

import argparse
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl

import detectors
from casework.errors import CaseworkError
from casework.intake.road import import_source
from casework.run import run
from casework.tables import PERSON
from casework.workspace import Workspace, digest_of, file_digest
from dashboard.evaluation import as_csv
from dashboard.exports.rows import masked
from dashboard.measured import EVALUATION, WORLDS
from metrics.evaluation import (
    KEY,
    as_in_snapshot,
    evaluate,
    missed,
    of_this_world,
    over_seeds,
    read_truth,
    unexplained,
    world_of,
)

ROOT = Path(__file__).parents[1]
SIGNS = 12  # of a digest
SHOWN = 20  # unexplained leads of one world
FACTS = 300  # signs of their facts
SEEDS = 10
PERSONS = 20_000


def world(folder: Path, regime: str, seed: int, persons: int, only: list[str] | None) -> pl.DataFrame:
    """The evaluation of one world, with its regime, seed and persons beside each row."""
    source = folder / "source"
    words = ["--persons", str(persons), "--seed", str(seed), "--regime", regime, "--format", "parquet"]
    command = [sys.executable, "-m", "dashboard.cli", "synthesize", str(source), *words]
    made = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - ourselves
    if made.returncode:
        sys.exit(f"{regime} {seed}: {made.stderr}")
    workspace = Workspace(folder / "workspace", create=True)
    outcome = import_source(source, workspace, who="benchmark")
    if not outcome.ok or any(count.rejected for count in outcome.counts):
        sys.exit(f"{regime} {seed}: rows were rejected, see {folder / 'workspace' / 'faults.csv'}")
    data, policy = workspace.tables(), workspace.policy()
    found = run(detectors, data, policy, only=only)
    ran = found.runs.filter(pl.col("status") != "not_run")["scheme"].to_list()
    identity = pl.read_parquet(workspace.snapshot / "identity.parquet")
    written = folder / "truth.parquet"
    truth = as_in_snapshot(read_truth(written), identity)
    of_this_world(truth, data, identity, world=world_of(written))
    tell(regime, seed, found.leads, truth, ran)
    visits = int(str(policy.value("visits_month", on=data.as_of)))
    table = evaluate(found.leads, truth, ran=ran, persons=data.rows(PERSON), visits=visits)
    return table.with_columns(
        regime=pl.lit(regime),
        seed=pl.lit(seed),
        persons=pl.lit(data.rows(PERSON), dtype=pl.Int64),
        worlds=pl.lit(digest_of(files_of(source) | {"truth": file_digest(written)})),
        policy=pl.lit(policy.digest),
    )


def files_of(folder: Path, pattern: str = "*") -> dict[str, str]:
    """The digest of every file below, by its place."""
    found = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in found}


def measured_on(pooled: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """The figures with digests of what they were measured on: worlds and their truth, policies, and the code that ran.

    The same command on the same code gives the same three.
    """
    code = digest_of({one: files_of(ROOT / one, "*.py") for one in ("casework", "detectors", "metrics")})
    of = {
        name: {
            str(regime): digest_of(sorted(rows[name].unique()))[:SIGNS] for (regime,), rows in tables.group_by("regime")
        }
        for name in ("worlds", "policy")
    }
    marks = {name: pl.col("regime").replace_strict(known, return_dtype=pl.String) for name, known in of.items()}
    return pooled.with_columns(**marks, code=pl.lit(code[:SIGNS]))


def tell(regime: str, seed: int, leads: pl.DataFrame, truth: pl.DataFrame, ran: list[str]) -> None:
    """What was raised and not planted, and what was planted and not raised."""
    planted = truth.filter(pl.col("scheme").is_in(ran))
    more = unexplained(leads, truth).join(truth.filter("twin").unique(KEY), on=KEY, how="left")
    for what, rows in (
        ("unexplained", more),
        ("missed", missed(leads, planted)),
        ("amount", wrong_amounts(leads, planted)),
    ):
        for row in rows.sort(KEY).head(SHOWN).iter_rows(named=True):
            subject = masked(row["subject"]) if row["subject_kind"] in {"person", "official"} else row["subject"]
            variant = f" ({row['variant']})" if row["variant"] else ""
            facts = f" {row['facts'][:FACTS]}" if "facts" in row else ""
            print(f"  {regime} {seed} {what}: {row['scheme']} {row['subject_kind']} {subject}{variant}{facts}")
        if rows.height > SHOWN:
            print(f"  {regime} {seed} {what}: {rows.height - SHOWN} more")


def wrong_amounts(leads: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Planted subjects whose leads name another sum than the truth."""
    meant = truth.group_by(KEY).agg(
        pl.col("variant").first(), meant=pl.col("amount_fen").sum(), unsaid=pl.col("amount_fen").is_null().any()
    )
    said = leads.group_by(KEY).agg(said=pl.col("amount_fen").sum(), silent=pl.col("amount_fen").is_null().any())
    both = meant.filter(~pl.col("unsaid")).join(said, on=KEY)
    wrong = both.filter(pl.col("silent") | (pl.col("meant") != pl.col("said")))
    note = pl.format("{}: {} fen meant, {} said", "variant", "meant", "said")
    return wrong.with_columns(variant=note)


def measured(regime: str, seed: int, persons: int, only: list[str] | None) -> pl.DataFrame:
    """The evaluation of one world in a folder that is gone afterwards; one line says how it went."""
    begun = time.perf_counter()
    try:
        with tempfile.TemporaryDirectory() as folder:
            table = world(Path(folder), regime, seed, persons, only)
    except CaseworkError as error:
        sys.exit(f"{regime} {seed}: {error.message.en}")
    whole = table.filter(pl.col("scheme") == "").row(0, named=True)
    counts = " ".join(f"{name} {whole[name]}" for name in ("planted", "found", "leads", "unexplained", "twins_raised"))
    print(f"{regime} {seed}: {counts}, {time.perf_counter() - begun:.1f} s", flush=True)
    return table


def asked(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is wanted; the file of the pages is for the whole of it only."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seeds", type=int, default=SEEDS, help=f"default {SEEDS}")
    words.add_argument("--persons", type=int, default=PERSONS, help=f"in each world, default {PERSONS}")
    words.add_argument("--regime", nargs="+", choices=[*WORLDS], default=[*WORLDS], help="default all")
    words.add_argument("--only", nargs="+", metavar="SCHEME", help="only these questions")
    words.add_argument("--jobs", type=int, default=1, help="worlds at a time, each in its own process; default 1")
    words.add_argument("--out", type=Path, help="default docs/evaluation.csv, where everything is asked")
    said = words.parse_args(arguments)
    if min(said.seeds, said.persons, said.jobs) < 1:
        words.error("--seeds, --persons and --jobs must be 1 or more")
    less = said.only or {*said.regime} != {*WORLDS} or said.seeds < SEEDS or said.persons < PERSONS
    if less and said.out is None:
        words.error(f"only a part is asked: name --out; {EVALUATION.name} is for every question, regime and seed")
    said.out = said.out or EVALUATION
    return said


def main() -> None:
    """Make, ask, compare; print what is wrong and the pooled figures."""
    said = asked()
    regimes, seeds = zip(*((one, seed) for one in said.regime for seed in range(1, said.seeds + 1)), strict=True)
    count = len(seeds)
    # Polars cannot live on in a forked process; a new process for each world also gives its memory back.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(said.jobs, mp_context=fresh, max_tasks_per_child=1) as pool:
        tables = list(pool.map(measured, regimes, seeds, [said.persons] * count, [said.only] * count))
    whole = pl.concat(tables)
    pooled = measured_on(over_seeds(whole), whole)
    said.out.write_text(as_csv(pooled), encoding="utf-8")
    show(pooled)


def show(pooled: pl.DataFrame) -> None:
    """One line a regime and scheme."""
    print(f"{'regime':12}{'scheme':26}{'recall':>24}{'precision':>24}{'twins':>10}{'exact':>12}{'per 10 000':>12}")
    for row in pooled.iter_rows(named=True):
        exact = "" if row["amount_exact"] is None else f"{row['amount_exact']:.2f} n={row['amounts']}"
        print(
            f"{row['regime']:12}{row['scheme'] or 'all':26}{share(row, 'recall', 'planted'):>24}"
            f"{share(row, 'precision', 'leads'):>24}{row['twins_raised']:>4} of {row['twins']:<3}{exact:>12}"
            f"{row['alerts_per_10000']:>12.2f}"
        )


def share(row: dict[str, Any], name: str, whole: str) -> str:
    """The share, its lower bound and n."""
    if row[name] is None:
        return "unknown"
    return f"{row[name]:.3f} (>{row[f'{name}_low']:.3f}) n={row[whole]}"


if __name__ == "__main__":
    main()
