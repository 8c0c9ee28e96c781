"""Do the questions find everything planted in one township, and nothing else?

Worlds are written from the contract alone, questions too: where they disagree, one of them has misread it.
"""

import importlib
import pkgutil
from dataclasses import dataclass

import polars as pl
import pytest

import detectors
from casework.policy import Policy
from casework.run import run
from metrics.evaluation import KEY, TRUTH_SCHEMA, as_in_snapshot, evaluate, missed, unexplained
from synthetic import schemes
from synthetic.kit.trial import STANDARDS, source, trial
from tests.worlds import world

IDENTITY = pl.Schema({"person_id": pl.Int64(), "id_no": pl.String()})
POLICY = Policy.of(
    dibao_standard=[
        {"from": since.isoformat(), "urban_rural": kind, "value": yuan}
        for kind, values in (("rural", STANDARDS.rural), ("urban", STANDARDS.urban))
        for since, yuan in zip(STANDARDS.since, values, strict=True)
    ]
)


@dataclass(frozen=True)
class Asked:
    """What was raised, what was planted, and how they compare."""

    leads: pl.DataFrame
    truth: pl.DataFrame
    table: pl.DataFrame


@pytest.fixture(scope="module", params=[True, False], ids=["delegated", "county"])
def asked(request: pytest.FixtureRequest) -> Asked:
    """Every variant and twin of every scheme in one township, asked every question."""
    site = trial(11, delegated=request.param, urban=not request.param)
    rows = []
    for name in sorted(info.name for info in pkgutil.iter_modules(schemes.__path__) if not info.name.startswith("_")):
        module = importlib.import_module(f"{schemes.__name__}.{name}")
        for twin, plants in ((False, module.VARIANTS), (True, module.TWINS)):
            for variant, plant in plants.items():
                for truth in plant(site):
                    fen = None if truth.amount is None else round(truth.amount * 100)
                    innocent = twin and truth.scheme == name
                    rows.append((truth.scheme, truth.subject_kind, truth.subject, innocent, variant, fen))
    data = world(site.as_of.isoformat(), **source(site))
    found = run(detectors, data, POLICY)
    identity = data.derived("identity", IDENTITY).select("person_id", "id_no").collect("polars").to_native()
    truth = as_in_snapshot(pl.DataFrame(rows, schema=TRUTH_SCHEMA, orient="row"), identity)
    ran = found.runs.filter(pl.col("status") != "not_run")["scheme"].to_list()
    truth = truth.filter(pl.col("scheme").is_in(ran))
    return Asked(found.leads, truth, evaluate(found.leads, truth, ran=ran, visits=200))


def test_everything_planted_is_found(asked: Asked) -> None:
    """But for exits, which are held against those of many other villages and townships, here all planted too."""
    left = missed(asked.leads, asked.truth).filter(~pl.col("scheme").is_in(["never_exit", "mass_exit"]))
    assert left.select("scheme", "variant").rows() == []


def test_no_innocent_look_alike_is_raised(asked: Asked) -> None:
    raised = asked.truth.filter("twin").join(asked.leads, on=KEY, how="semi")
    assert raised.select("scheme", "variant").rows() == []


def test_nothing_is_raised_that_was_not_planted(asked: Asked) -> None:
    assert unexplained(asked.leads, asked.truth).select("scheme", "part", "facts").rows() == []


def test_every_amount_the_contract_settles_is_right_to_the_fen(asked: Asked) -> None:
    whole = asked.table.filter(pl.col("variant") == "")
    wrong = whole.filter((pl.col("amounts") > 0) & (pl.col("amount_exact") < 1))
    assert wrong.select("scheme", "amount_exact", "amount_error").rows() == []


def test_the_two_children_of_zhang_meng_are_owed_22080_yuan_a_year(asked: Asked) -> None:
    children = asked.truth.filter(pl.col("variant") == "zhang_meng").join(asked.leads, on=KEY)
    assert children["amount_fen_right"].to_list() == [1_104_000, 1_104_000]
    assert children["amount_fen_right"].sum() == 2_208_000
