"""How right are the questions on worlds with known answers, over several seeds and in every regime?

`python -m benchmarks.evaluation --seeds 10 --persons 60000`: worlds are made, imported, asked and compared with their
truth. Every lead that no truth explains and every twin raised is printed; the pooled figures with their intervals go to
docs/evaluation.csv, which the pages of docs/catalogue show.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

import detectors
from casework.intake.road import import_source
from casework.run import run
from casework.tables import PERSON
from casework.workspace import Workspace
from dashboard.evaluation import as_csv
from dashboard.exports.rows import masked
from dashboard.measured import EVALUATION, WORLDS
from metrics.evaluation import as_in_snapshot, evaluate, over_seeds, read_truth
from metrics.evaluation.table import KEY, unexplained

SHOWN = 20  # unexplained leads of one world


def world(folder: Path, regime: str, seed: int, persons: int) -> pl.DataFrame:
    """The evaluation of one world, with its regime, seed and persons beside each row."""
    source = folder / "source"
    words = ["--persons", str(persons), "--seed", str(seed), "--regime", regime, "--format", "parquet"]
    subprocess.run([sys.executable, "-m", "dashboard.cli", "synthesize", str(source), *words], check=True)  # noqa: S603 - ourselves
    workspace = Workspace(folder / "workspace", create=True)
    outcome = import_source(source, workspace, who="benchmark")
    if not outcome.ok or any(count.rejected for count in outcome.counts):
        sys.exit(f"{regime} {seed}: rows were rejected, see {folder / 'workspace' / 'faults.csv'}")
    data, policy = workspace.tables(), workspace.policy()
    found = run(detectors, data, policy)
    ran = found.runs.filter(pl.col("status") != "not_run")["scheme"].to_list()
    truth = as_in_snapshot(read_truth(truth_of(source)), pl.read_parquet(workspace.snapshot / "identity.parquet"))
    tell(regime, seed, found.leads, truth, ran)
    visits = int(str(policy.value("visits_month", on=data.as_of)))
    table = evaluate(found.leads, truth, ran=ran, persons=data.rows(PERSON), visits=visits)
    return table.with_columns(
        regime=pl.lit(regime), seed=pl.lit(seed), persons=pl.lit(data.rows(PERSON), dtype=pl.Int64)
    )


def truth_of(source: Path) -> Path:
    """Where a world keeps its answers: beside the source."""
    return source.parent / "truth.parquet"


def tell(regime: str, seed: int, leads: pl.DataFrame, truth: pl.DataFrame, ran: list[str]) -> None:
    """What was raised and not planted, and what was planted and not raised."""
    planted = truth.filter(pl.col("scheme").is_in(ran))
    more = unexplained(leads, truth).join(truth.filter("twin"), on=KEY, how="left")
    missed = planted.filter(~pl.col("twin")).join(leads, on=KEY, how="anti")
    for what, rows in (("unexplained", more), ("missed", missed)):
        for row in rows.sort(KEY).head(SHOWN).iter_rows(named=True):
            subject = masked(row["subject"]) if row["subject_kind"] in {"person", "official"} else row["subject"]
            variant = f" ({row['variant']})" if row["variant"] else ""
            print(f"  {regime} {seed} {what}: {row['scheme']} {row['subject_kind']} {subject}{variant}")
        if rows.height > SHOWN:
            print(f"  {regime} {seed} {what}: {rows.height - SHOWN} more")


def main() -> None:
    """Make, ask, compare; print what is wrong and the pooled figures."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seeds", type=int, default=10)
    words.add_argument("--persons", type=int, default=20_000)
    words.add_argument("--regime", nargs="+", choices=[*WORLDS], default=[*WORLDS])
    words.add_argument("--out", type=Path, default=EVALUATION)
    said = words.parse_args()
    tables = []
    for regime in said.regime:
        for seed in range(1, said.seeds + 1):
            begun = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                tables.append(world(Path(folder), regime, seed, said.persons))
            whole = tables[-1].filter(pl.col("scheme") == "").row(0, named=True)
            counts = " ".join(
                f"{name} {whole[name]}" for name in ("planted", "found", "leads", "unexplained", "twins_raised")
            )
            print(f"{regime} {seed}: {counts}, {time.perf_counter() - begun:.1f} s", flush=True)
    pooled = over_seeds(pl.concat(tables), np.random.default_rng(0))
    said.out.write_text(as_csv(pooled), encoding="utf-8")
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=220, float_precision=3):
        print(pooled)


if __name__ == "__main__":
    main()
