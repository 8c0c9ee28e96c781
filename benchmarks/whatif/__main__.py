"""How long does a reform take for a million households, beside others, on the same people in one run?

`python -m benchmarks.whatif [--households 1000000] [--peers PYTHON] [--rounds 3] [--seed 1] [--out FILE]`. PYTHON is an
interpreter that has openfisca-core and policyengine-core; without it only ours is measured. The ways take turns, each
in a process of its own; the least time of each counts, the most is told beside it, and the processor's seconds where
the clock's say most on a machine that does other things too. Every total must be the same
but for what 32-bit floats lose. `--out docs/whatif.csv` keeps the figures.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from benchmarks.whatif import ours, peers
from benchmarks.whatif.people import made

HERE: Final = Path(__file__).parent
FACTORS: Final = ("1.1", "1.2", "1.3")  # of the standards: whole yuan, so that nobody rounds
CLOSE: Final = 2e-6  # relative: the peers keep money in 32 bits, of which a total of a million loses some
PARTS: Final = ("import", "build", "formula", "reform", "reform_cpu")
Said = dict[str, Any]


def main() -> None:
    """Make the people, let everybody take turns, compare, tell."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=1_000_000)
    words.add_argument("--peers", help="an interpreter that has openfisca-core and policyengine-core")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    ways = {way: [sys.executable, "-m", "benchmarks.whatif.ours", way] for way in (*ours.WAYS, ours.EVERYTHING)}
    if asked.peers:
        ways |= {way: [asked.peers, str(HERE / "peers.py"), way] for way in peers.WAYS}
    with tempfile.TemporaryDirectory() as folder:
        people = made(asked.households, asked.seed)
        people.save(Path(folder))
        persons = len(people.home)
        del people
        print(f"{asked.households:,} households, {persons:,} persons, seed {asked.seed}")
        told: dict[str, list[Said]] = {way: [] for way in ways}
        for turn in range(asked.rounds):
            for way, command in ways.items():
                told[way].append(_once([*command, folder, *FACTORS]))
                print(f"round {turn + 1}: {way}", flush=True)
    _agree(told)
    table = _table(told).insert_column(0, pl.lit(asked.households).alias("households"))
    with pl.Config(tbl_cols=-1, tbl_rows=-1, tbl_width_chars=160, fmt_str_lengths=40, float_precision=6):
        print(table)
    _compare(told)
    if asked.out:
        table.write_csv(asked.out)


def _once(command: list[str]) -> Said:
    """Run one way; what it says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env = os.environ if command[0] == sys.executable else kept  # a peer finds nothing of ours
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=HERE.parents[1], env=env)  # noqa: S603 - ours
    if done.returncode:
        sys.exit(done.stderr)
    said: Said = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def _agree(told: Mapping[str, list[Said]]) -> None:
    """Stop where a way does not find what all others find, before and after each reform."""
    right = told["numpy"][0]["totals"]
    worst = dict.fromkeys(told, 0.0)
    for way, rounds in told.items():
        for said in rounds:
            for total, wanted in zip(said.get("totals", right), right, strict=True):
                worst[way] = max(worst[way], abs(total / wanted - 1))
    for way, off in worst.items():
        if off > CLOSE:
            sys.exit(f"{way} is {off:.1e} off")
    print(f"totals in yuan a month: {', '.join(f'{total:,.0f}' for total in right)}")
    print(
        "largest difference: " + ", ".join(f"{way} {off:.0e}" for way, off in worst.items() if way != ours.EVERYTHING)
    )


def _table(told: Mapping[str, list[Said]]) -> pl.DataFrame:
    """way, what, unit, least, most: one row a figure."""
    rows = []
    for way, rounds in told.items():
        for what in [name for name in (*PARTS, *rounds[0]) if name in rounds[0] and name != "totals"]:
            found = [float(said[what]) for said in rounds]
            rows.append((way, what, "MiB" if what == "peak_mib" else "s", round(min(found), 6), round(max(found), 6)))
    return pl.DataFrame(rows, schema=["way", "what", "unit", "least", "most"], orient="row").unique(maintain_order=True)


def _compare(told: Mapping[str, list[Said]]) -> None:
    """How many times as long as ours a reform of the faster peer takes, round by round."""
    if peers.WAYS[0] not in told:
        return
    for way in ours.WAYS:
        for what in ("reform", "reform_cpu"):
            ratios = [
                min(told[peer][place][what] for peer in peers.WAYS) / said[what] for place, said in enumerate(told[way])
            ]
            print(f"{what}: the faster peer takes {min(ratios):,.1f} to {max(ratios):,.1f} times as long as {way}")


if __name__ == "__main__":
    main()
