"""How fast are the six detectors beside hand-written DuckDB SQL over the same files?

`python -m benchmarks.six_detectors --persons 1000000`. Each measurement runs in a process of its own: the best of
several turns, and the peak of memory. Both must find the same subjects with the same amounts, or there is no table.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl

import detectors
from benchmarks.world import build, opened
from casework.policy import Policy
from casework.registry import found
from casework.run import run

WAYS = ("mingcha", "duckdb", "reading", "kept")
KIB = 1024
QUERIES = Path(__file__).parent / "queries"
# Which stored columns each question reads: their mere reading is the floor.
CASES = (
    "application_no application_id household_id region_code programme delegated extended extension_reason accepted_at"
    " accepted_at_day accepted_at_epoch decided_at decided_at_day decided_at_dated decided_at_epoch decision due_at"
    " due_at_day due_at_dated due_at_epoch"
)
HOME = "household_id region_code"
COVERED = "award_id person_id from_month_index to_month_index"
TIMED = {"application": CASES, "step": "application_id step started_at_day finished_at_day", "household": HOME}
COLUMNS = {
    "late_decision": TIMED,
    "open_overdue": TIMED,
    "late_complaint": {
        "complaint": "complaint_no region_code kind named extended outcome received_at received_at_day told_at"
        " told_at_day closed_at closed_at_day"
    },
    "impossible_timing": {
        "application": CASES,
        "step": "application_id step started_at started_at_day started_at_dated started_at_epoch finished_at"
        " finished_at_day finished_at_dated finished_at_epoch actor_person_id",
        "household": HOME,
    },
    "deceased_paid": {
        "person": "person_id died_on repeat",
        "match": "person_id kind from_on",
        "beneficiary": COVERED,
        "payment": "award_id month month_index amount_fen",
        "award": "award_id award_no programme household_id to_month_index repeat",
        "household": HOME,
    },
    "exclusive_programmes": {
        "beneficiary": COVERED,
        "payment": "award_id month_index amount_fen",
        "award": "award_id programme household_id to_month_index repeat",
        "household": HOME,
    },
}


def mingcha(folder: Path, scheme: str) -> Callable[[], pl.DataFrame]:
    """The question asked and collected."""
    data, policy = opened(folder), Policy.shipped()
    (module,) = (module for module in found(detectors) if scheme == module.CARD.scheme)

    def ask() -> pl.DataFrame:
        answer: pl.DataFrame = data.engine.collect(module.detect(data, policy).rows)
        return answer.select("subject", "part", amount="amount_fen")

    return ask


def kept(folder: Path, scheme: str) -> Callable[[], pl.DataFrame]:
    """The same as the runner keeps it: with ids, facts as JSON, digests, evidence and what was undecidable."""
    data, policy = opened(folder), Policy.shipped()
    return lambda: run(detectors, data, policy, only=[scheme]).leads.select("subject", "part", amount="amount_fen")


def sql(folder: Path, scheme: str) -> Callable[[], pl.DataFrame]:
    """The query by hand."""
    connection, query = (
        duckdb.connect(),
        (QUERIES / f"{scheme}.sql").read_text(encoding="utf-8").replace("$folder", str(folder)),
    )
    return lambda: pl.DataFrame(connection.sql(query).to_arrow_table()).select("subject", "part", "amount")


def reading(folder: Path, scheme: str) -> Callable[[], pl.DataFrame]:
    """The columns read into memory, and nothing done with them."""

    def read() -> pl.DataFrame:
        for table, columns in COLUMNS[scheme].items():
            schema = pl.read_parquet_schema(folder / f"{table}.parquet")
            pl.read_parquet(folder / f"{table}.parquet", columns=[name for name in columns.split() if name in schema])
        return pl.DataFrame(schema=["subject", "part", "amount"])

    return read


def measure(folder: Path, scheme: str, way: str, turns: int) -> dict[str, object]:
    """Best seconds, peak MiB, and what was found, in this process."""
    task = {"mingcha": mingcha, "duckdb": sql, "reading": reading, "kept": kept}[way](folder, scheme)
    best, rows = float("inf"), pl.DataFrame()
    for _ in range(turns):
        begun = time.perf_counter()
        rows = task()
        best = min(best, time.perf_counter() - begun)
    said = rows.select(pl.col("subject").cast(pl.String), "part", pl.col("amount").cast(pl.Int64)).unique()
    digest = hashlib.sha256(repr(said.sort("subject", "part").rows()).encode()).hexdigest()
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    peak = int(status["VmHWM"].split()[0]) // KIB
    return {"seconds": best, "mib": peak, "leads": said.height, "digest": digest}


def apart(folder: Path, scheme: str, way: str, turns: int) -> dict[str, object]:
    """The same in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.six_detectors", "--folder", str(folder), "--turns", str(turns)]
    done = subprocess.run([*words, "--one", scheme, way], check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    measured: dict[str, object] = json.loads(done.stdout)
    return measured


def main() -> None:
    """Print a table of all six; exit 1 where two ways disagree."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--persons", type=int, default=1_000_000)
    words.add_argument("--turns", type=int, default=5)
    words.add_argument("--rounds", type=int, default=2, help="times each way gets its turns, one way after the other")
    words.add_argument("--folder", type=Path, help="where the world is kept; default: a temporary folder")
    words.add_argument("--one", nargs=2, metavar=("SCHEME", "WAY"), help=argparse.SUPPRESS)
    said = words.parse_args()
    if said.one:
        print(json.dumps(measure(said.folder, *said.one, said.turns)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.folder or Path(temporary)
        build(folder, said.persons)
        agree = True
        print(f"{said.persons:,} persons, best of {said.turns}, each in its own process; seconds / peak MiB")
        print(f"{'scheme':22}{'leads':>8}{'mingcha':>14}{'duckdb':>14}{'ratio':>7}{'reading':>14}{'kept':>15}")
        for scheme in sorted(COLUMNS):
            rounds = [{way: apart(folder, scheme, way, said.turns) for way in WAYS} for _ in range(said.rounds)]
            seen = {way: min((one[way] for one in rounds), key=lambda one: float(str(one["seconds"]))) for way in WAYS}
            agree &= len({seen[way]["digest"] for way in ("mingcha", "duckdb", "kept")}) == 1
            cells = {way: f"{one['seconds']:.3f} / {one['mib']}" for way, one in seen.items()}
            ratio = float(str(seen["mingcha"]["seconds"])) / float(str(seen["duckdb"]["seconds"]))
            found_here = seen["mingcha"]["leads"]
            print(
                f"{scheme:22}{found_here:>8}{cells['mingcha']:>14}{cells['duckdb']:>14}{ratio:>7.2f}"
                f"{cells['reading']:>14}{cells['kept']:>15}"
                + (
                    ""
                    if seen["mingcha"]["digest"] == seen["duckdb"]["digest"]
                    else f"  DIFFERS ({seen['duckdb']['leads']})"
                ),
                flush=True,
            )
    if not agree:
        sys.exit("the ways disagree")


if __name__ == "__main__":
    main()
