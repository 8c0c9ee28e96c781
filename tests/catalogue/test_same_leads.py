"""Does another number of threads, or another hash seed, change a single lead?"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAY = """
import hashlib
import detectors
from casework.run import run
from tests.detectors.made import policy, township
result = run(detectors, township(), policy())
print(result.leads.height, hashlib.sha256(repr([result.leads.rows(), result.evidence.rows()]).encode()).hexdigest())
"""


def said(threads: int, seed: int) -> str:
    """What a fresh process finds in the county."""
    return subprocess.run(  # noqa: S603 - our own interpreter on our own words
        [sys.executable, "-c", SAY],
        cwd=ROOT,
        env={**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_threads_and_hash_seeds_change_nothing() -> None:
    seen = {said(threads, seed) for threads, seed in ((1, 0), (2, 1), (4, 0))}
    assert len(seen) == 1
    assert int(seen.pop().split()[0]) > 0
