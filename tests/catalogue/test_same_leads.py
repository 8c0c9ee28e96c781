"""Does another number of threads, or another hash seed, change a single lead?"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAY = """
import hashlib
from tests.detectors.patterned import leads_of_all
result = leads_of_all()
print(result.leads.height, hashlib.sha256(repr([result.leads.rows(), result.evidence.rows()]).encode()).hexdigest())
"""


def asked(threads: int, seed: int) -> subprocess.Popen[str]:
    """A fresh process that says what it finds in the county."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own words
        [sys.executable, "-c", SAY],
        cwd=ROOT,
        env={**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_threads_and_hash_seeds_change_nothing() -> None:
    seen = {process.communicate()[0] for process in [asked(1, 0), asked(4, 1)]}
    assert len(seen) == 1
    assert int(seen.pop().split()[0]) > 0
