"""What do the benchmarks say on this machine? `python -m benchmarks` runs every one of them."""

import runpy

runpy.run_module("benchmarks.six_detectors", run_name="__main__")
