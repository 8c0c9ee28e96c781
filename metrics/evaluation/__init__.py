"""How well do the questions find what was planted, and what else do they raise?"""

from metrics.evaluation.belonging import of_this_world
from metrics.evaluation.pairing import KEY, missed, paired, unexplained
from metrics.evaluation.seeds import over_seeds
from metrics.evaluation.table import EVALUATION_SCHEMA, evaluate
from metrics.evaluation.truth import TRUTH_SCHEMA, as_in_snapshot, read_truth, world_of

__all__ = [
    "EVALUATION_SCHEMA",
    "KEY",
    "TRUTH_SCHEMA",
    "as_in_snapshot",
    "evaluate",
    "missed",
    "of_this_world",
    "over_seeds",
    "paired",
    "read_truth",
    "unexplained",
    "world_of",
]
