"""How fast on this machine? `python -m benchmarks`: six beside SQL, a county, a million persons, then faults."""

import runpy
import sys

for module, *words in (
    ("benchmarks.six_detectors",),
    ("benchmarks.end_to_end", "--persons", "60000"),
    ("benchmarks.end_to_end", "--persons", "1000000"),
    ("benchmarks.faults",),
):
    print(f"\n{module} {' '.join(words)}", flush=True)
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__")
