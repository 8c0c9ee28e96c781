"""Is every planted family complete: variants, twins, importable rows, and a truth that names somebody?"""

from collections.abc import Iterator
from datetime import date, datetime

from synthetic.kit import Site
from synthetic.kit.trial import source, trial
from tests.synthetic.schemes.tried import Tried, modules, plant_all, plants, tried
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
DAYS = {
    "application": "accepted_at",
    "step": "started_at",
    "payment": "paid_on",
    "review": "reviewed_on",
    "match": "compared_on",
    "outreach": "found_at",
    "complaint": "received_at",
    "filing": "filed_on",
}


def has(site: Site, kind: str, subject: str) -> bool:
    """Does the site's own source name that subject?"""
    if kind == "account":
        return any(subject == row.get("account_no") for row in site.rows.tables["payment"])
    rows = source(site)["region"] if kind == "region" else site.rows.tables[kind]
    return any(subject == row.get(KEYS[kind]) for row in rows)


def late(site: Site) -> Iterator[str]:
    """Whatever happens after as_of."""
    for table, column in DAYS.items():
        for row in site.rows.tables[table]:
            cell = row.get(column)
            day = cell.date() if isinstance(cell, datetime) else cell
            if isinstance(day, date) and day > site.as_of:
                yield f"{table}.{column} {day}"


def test_a_scheme_has_three_variants_and_an_innocent_twin() -> None:
    assert [name for name, module in modules() if len(module.VARIANTS) < LEAST] == []
    assert [name for name, module in modules() if not module.TWINS] == []
    assert [name for name, module in modules() if set(module.VARIANTS) & set(module.TWINS)] == []


def _wrong_truth(one: Tried) -> Iterator[str]:
    """What is amiss with what a plant says of itself?"""
    said = [truth.scheme for truth in one.planted]
    if said[:1] != [one.scheme]:
        yield f"its own scheme is not the first of {said}"
    for truth in one.planted:
        if not has(one.site, truth.subject_kind, truth.subject):
            yield f"no file names {truth}"


def test_the_truth_names_its_own_scheme_and_subjects_of_the_files() -> None:
    wrong = [
        f"{one}: {what}"
        for delegated in (True, False)
        for one in tried(1, delegated=delegated)
        for what in _wrong_truth(one)
    ]
    assert wrong == []


def test_nothing_happens_after_as_of() -> None:
    assert [f"{one}: {what}" for one in tried(1, delegated=True) for what in late(one.site)] == []


def test_the_rows_of_every_plant_are_importable() -> None:
    site = trial()
    for _, _, _, plant in plants():
        plant(site)
    rows = source(site)
    tables = world(site.as_of.isoformat(), **rows)  # a cell that import would reject fails here, by its row
    assert tables.manifest.rows == {name: len(found) for name, found in rows.items()}


def test_the_same_seed_plants_the_same() -> None:
    again = zip(tried(1, delegated=True), plant_all(1, delegated=True), strict=True)
    assert [str(one) for one, two in again if (one.planted, source(one.site)) != (two.planted, source(two.site))] == []
