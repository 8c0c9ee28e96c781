"""Is every planted family complete: variants, twins, importable rows, and a truth that names somebody?"""

import importlib
import pkgutil
from types import ModuleType

import polars as pl
import pytest

from casework.tables import TABLES
from synthetic import schemes
from synthetic.kit import Plant, Site
from synthetic.kit.trial import source, trial
from tests.worlds import world

LEAST = 3  # variants of a scheme
KEYS = {
    "application": "application_no",
    "award": "award_no",
    "household": "household_no",
    "complaint": "complaint_no",
    "region": "region_code",
    "person": "id_no",
    "official": "id_no",
}


def modules() -> list[ModuleType]:
    names = sorted(info.name for info in pkgutil.iter_modules(schemes.__path__) if not info.name.startswith("_"))
    return [importlib.import_module(f"{schemes.__name__}.{name}") for name in names]


def name(module: ModuleType) -> str:
    return module.__name__.rsplit(".", 1)[1]


def plants() -> list[object]:
    return [
        pytest.param(name(module), kind, plant, id=f"{name(module)}-{kind}-{word}")
        for module in modules()
        for kind, group in (("variant", module.VARIANTS), ("twin", module.TWINS))
        for word, plant in group.items()
    ]


def has(site: Site, kind: str, subject: str) -> bool:
    """Does the site's own source name that subject?"""
    if kind == "account":
        return any(subject == row.get("account_no") for row in site.rows.tables["payment"])
    table = {"official": "official", "region": "region"}.get(kind, kind)
    rows = source(site)["region"] if table == "region" else site.rows.tables[table]
    return any(subject == row.get(KEYS[kind]) for row in rows)


@pytest.mark.parametrize("module", modules(), ids=name)
def test_a_scheme_has_three_variants_and_an_innocent_twin(module: ModuleType) -> None:
    assert len(module.VARIANTS) >= LEAST
    assert module.TWINS
    assert not set(module.VARIANTS) & set(module.TWINS)


@pytest.mark.parametrize(("scheme", "kind", "plant"), plants())
def test_its_truth_names_its_own_scheme_and_subjects_of_the_files(scheme: str, kind: str, plant: Plant) -> None:
    for delegated in (True, False):
        site = trial(delegated=delegated)
        planted = plant(site)
        assert planted
        assert planted[0].scheme == scheme
        if kind == "twin":
            assert {truth.scheme for truth in planted} == {scheme}
        for truth in planted:
            assert has(site, truth.subject_kind, truth.subject), truth


@pytest.mark.parametrize(("scheme", "kind", "plant"), plants())
def test_its_rows_are_importable_and_nothing_happens_after_as_of(scheme: str, kind: str, plant: Plant) -> None:
    site = trial()
    plant(site)
    data = world(site.as_of.isoformat(), **source(site))  # a cell that import would reject fails here
    for table in ("step", "payment", "review", "match", "outreach", "complaint", "filing", "application"):
        frame = data[TABLES[table]].to_native().collect()  # type: ignore[union-attr]
        days = [column for column in frame.columns if column in {"accepted_at", "started_at", "paid_on", "reviewed_on"}]
        days += [column for column in frame.columns if column in {"compared_on", "found_at", "received_at", "filed_on"}]
        for column in days:
            late = frame.filter(pl.col(column).cast(pl.Date) > site.as_of)
            assert late.is_empty(), (scheme, kind, table, column)


@pytest.mark.parametrize(("scheme", "kind", "plant"), plants())
def test_the_same_seed_plants_the_same(scheme: str, kind: str, plant: Plant) -> None:
    one, two = trial(7), trial(7)
    assert plant(one) == plant(two), (scheme, kind)
    assert source(one) == source(two)
