"""How well and how fast are two identities of one person found, beside other ways, on the same records in one run?

`python -m benchmarks.linkage --peers PYTHON [--persons 60000] [--seed 1] [--turns 3]`. PYTHON is an interpreter that
has Splink, networkx and pypinyin; without it only ours is measured. The ways take turns; the least time of each counts.
A peer is judged at the cut that is best for it, ours at the one it ships with. The figures go to docs/linkage.csv.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

from benchmarks.linkage.peers import WAYS
from benchmarks.linkage.records import register
from benchmarks.linkage.score import scored

OURS = "mingcha"
HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "linkage.csv"


def main() -> None:
    """Everything, once."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--peers", help="an interpreter that has Splink, networkx and pypinyin")
    asked.add_argument("--persons", type=int, default=60_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--out", type=Path, default=TABLE)
    said = asked.parse_args()
    ways = {OURS: [sys.executable, "-m", "benchmarks.linkage.ours"]}
    if said.peers:
        ways |= {way: [said.peers, str(HERE / "peers.py")] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "records.parquet"
        rows = register(said.persons, said.seed)
        rows.write_parquet(source)
        seconds: dict[str, float] = {}
        for turn in range(said.turns):
            for way, command in ways.items():
                took = _once([*command, str(source), str(Path(folder) / f"{way}.parquet"), way])
                seconds[way] = min(seconds.get(way, took), took)
                print(f"turn {turn + 1}: {way} {took:.2f} s", flush=True)
        table = pl.DataFrame(
            [
                {"way": way, "records": rows.height, "seconds": seconds[way]}
                | scored(_ordered(Path(folder) / f"{way}.parquet"), rows, cut=0.0 if way == OURS else None)
                for way in ways
            ]
        )
    with pl.Config(tbl_cols=-1, tbl_rows=-1, tbl_width_chars=200, float_precision=3):
        print(table.transpose(include_header=True, column_names="way"))
    table.with_columns(pl.col(pl.Float64).round(4)).write_csv(said.out)


def _once(command: list[str]) -> float:
    """Run one way; the seconds it says it took."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=HERE.parents[1])  # noqa: S603 - ours
    if done.returncode:
        sys.exit(done.stderr)
    return float(done.stdout.strip().splitlines()[-1])


def _ordered(path: Path) -> pl.DataFrame:
    """The pairs with the smaller record first."""
    pairs = pl.read_parquet(path)
    low, high = pl.min_horizontal("record_a", "record_b"), pl.max_horizontal("record_a", "record_b")
    return pairs.select(low.cast(pl.Int64).alias("record_a"), high.cast(pl.Int64).alias("record_b"), "score")


if __name__ == "__main__":
    main()
