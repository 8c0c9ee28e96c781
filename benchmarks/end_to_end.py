"""How long does a world take from its files to its leads and counts, and which question takes longest?

`python -m benchmarks.end_to_end --persons 60000` (a county), `--persons 1000000`. Every stage is the command a user
runs, in a process of its own: seconds of the whole process and its peak of memory, then the seconds of each question as
the run itself writes them down.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MIB = 1024


def stage(*words: str) -> tuple[float, int]:
    """Seconds and peak MiB of one command."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "dashboard.cli", *words], stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"mingcha {words[0]} failed")
    return time.perf_counter() - begun, usage.ru_maxrss // MIB


def main() -> None:
    """Print a line a stage, then the questions, the longest first."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--persons", type=int, default=60_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--folder", type=Path, help="where the files are kept; default: a temporary folder")
    said = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.folder or Path(temporary)
        source, workspace = folder / "source", folder / "workspace"
        made = ["--persons", str(said.persons), "--seed", str(said.seed), "--format", "parquet"]
        if not source.exists():
            show("synthesize", *stage("synthesize", str(source), *made))
        total = 0.0
        for name, *rest in (("import", str(source), str(workspace)), ("detect", str(workspace))):
            seconds, peak = stage(name, *rest)
            total += seconds
            show(name, seconds, peak)
        seconds, peak = stage("measure", str(workspace), "--out", str(folder / "measures.csv"))
        show("measure", seconds, peak)
        print(f"import, detect, measure: {total + seconds:.1f} s")
        with (workspace / "runs.csv").open(encoding="utf-8") as file:
            runs = sorted(csv.DictReader(file), key=lambda run: -float(run["seconds"]))
        print(f"{len(runs)} questions, {sum(float(run['seconds']) for run in runs):.2f} s")
        for run in runs:
            print(f"  {run['scheme']:28}{run['status']:8}{run['leads']:>9}{float(run['seconds']):>9.3f}")


def show(name: str, seconds: float, peak: int) -> None:
    """One stage."""
    print(f"{name:12}{seconds:8.1f} s{peak:8} MiB", flush=True)


if __name__ == "__main__":
    main()
