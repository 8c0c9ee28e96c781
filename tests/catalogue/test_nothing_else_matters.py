"""Are a county's leads the same whoever is called what, whatever stands where, and whatever happens elsewhere?"""

import json
import re
from collections import Counter
from random import Random

import polars as pl

import detectors
from casework.dataset import Tables
from casework.intake.persons import IDENTITY
from casework.registry import found
from casework.run import Run, run
from tests.detectors.patterned import joined, leads_of_all, made, patterned, policy, rows

SCHEMES = [module.CARD.scheme for module in found(detectors)]
FAVORITISM = [module.CARD.scheme for module in found(detectors) if module.CARD.family == "favoritism"]
PERSON = re.compile(r"-?\d{12,19}")  # a person_id in decimal, in a lead or a line of evidence
Said = list[tuple[object, ...]]


def same(one: Run, other: Run) -> None:
    """Every lead and all its evidence but where the rows were read from; and what could not be decided."""
    assert one.leads.rows() == other.leads.rows()
    assert lines(one) == lines(other)
    assert one.runs.drop("seconds").rows() == other.runs.drop("seconds").rows()


def lines(result: Run) -> Said:
    return sorted(result.evidence.drop("source_file", "source_row").unique().rows(), key=str)


def test_every_question_finds_something_here() -> None:
    assert sorted(set(leads_of_all().leads["scheme"])) == sorted(SCHEMES)


def named(result: Run, data: Tables) -> Counter[str]:
    """Leads, persons by their numbers in the files, each with how many lines of evidence of which table and column.

    In the order of person_ids stand the others to whom a lead is related, the part of a ring, and, where both were
    covered as long, the two of `same_person` (contract §5). Which of both parents is shown to make two persons brothers
    is all the same, so ties are not counted.
    """
    identity = data.engine.collect(data.derived("identity", IDENTITY))
    numbers = dict(identity.select(pl.col("person_id").cast(pl.String), "id_no").rows())
    shown = (
        result.evidence.filter(pl.col("table") != "kin")
        .group_by("lead_id", "table", "column")
        .len()
        .sort("table", "column")
    )
    proof: dict[str, Said] = {}
    for lead, *line in shown.rows():
        proof.setdefault(lead, []).append(tuple(line))
    leads: Counter[str] = Counter()
    for row in result.leads.drop("content_digest").iter_rows(named=True):
        ids = [row.pop("subject"), *json.loads(row.pop("related")), *row.pop("part").split("+")]
        subject, *others = (PERSON.sub(lambda hit: numbers.get(hit[0], hit[0]), one) for one in ids)
        if row["scheme"] == "same_person":
            subject, *others = sorted((subject, *others))
        facts = PERSON.sub(lambda hit: numbers.get(hit[0], hit[0]), row.pop("facts"))
        leads[str((subject, sorted(others), facts, proof.get(row.pop("lead_id")), row))] += 1
    return leads


def test_who_is_relabelled_is_the_same_person() -> None:
    data, other = patterned(), patterned(key=b"the key of another workspace")
    assert named(run(detectors, other, policy()), other) == named(leads_of_all(), data)


def test_the_order_of_rows_changes_nothing() -> None:
    shuffled = {name: Random(name).sample(of, len(of)) for name, of in rows().items()}  # noqa: S311 - no secret
    same(run(detectors, patterned(**shuffled), policy()), leads_of_all())


def test_an_unrelated_county_changes_nothing() -> None:
    both = run(detectors, patterned(**joined(rows(), made(1)[0])), policy())
    mine = pl.col("lead_id").is_in(leads_of_all().leads["lead_id"].to_list())
    assert both.leads.filter(mine).rows() == leads_of_all().leads.rows()
    elsewhere = both.leads.filter(~mine)
    assert set(elsewhere["region_code"].str.slice(0, 6)) <= {"990102", "9901", "99"}
    assert set(elsewhere["scheme"]) >= {"kin_excess", "kin_lenience", "mutual_favor", "favored_cluster", "same_person"}


def test_other_surnames_change_no_question_about_kin() -> None:
    borne = sorted({str(row["name"])[0] for row in rows()["person"] if row["name"]})
    other = dict(zip(borne, [*borne[1:], borne[0]], strict=True))
    renamed = [{**row, "name": row["name"] and other[row["name"][0]] + row["name"][1:]} for row in rows()["person"]]
    told, before = (
        one.leads.filter(pl.col("scheme").is_in(FAVORITISM)).drop("content_digest")  # names are part of the evidence
        for one in (run(detectors, patterned(person=renamed), policy()), leads_of_all())
    )
    assert told.rows() == before.rows()
