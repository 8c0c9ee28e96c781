"""Who is reckoned with, from the case tables of a snapshot?

Everything that no scenario changes is read once; what hangs on rules that are looked up in whole tables (GATHERED) is
read anew where a scenario changes one of them.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import polars as pl

from casework.dataset import Tables
from casework.policy import Policy
from casework.tables import REGION
from metrics.whatif import reference
from metrics.whatif.draws import draws
from metrics.whatif.groups import grouped, of_kin
from metrics.whatif.population import HEALTH, ITEMS, UNKNOWN, Persons, Population, Real, Whole
from metrics.whatif.readers import GATHERED
from metrics.whatif.records import aid
from metrics.whatif.records.homes import homes, listed, stated
from metrics.whatif.records.kept_out import hardships, kept_out, near_officials
from metrics.whatif.records.people import people

ABSENT: Final = ("wage", "land", "support")
OF_FINDINGS: Final = ("veto", "entitlement")  # what bars or shuts out
OF_HARDSHIP: Final = ("hardship_weight",)
OF_KIN: Final = ("near_kin", "wider_kin")


def gather(data: Tables, policy: Policy) -> Population:
    """Every household with a statement or an award of dibao, as `Population` says. Same snapshot, same arrays."""
    rows = homes(data, policy)
    asked = data.engine.place(rows.select("household_id", "region_code"))
    told = rows.join(stated(data, asked), on="household_id", how="left", maintain_order="left")
    told = told.join(aid.terms(data), on="household_id", how="left", maintain_order="left")
    for found in (kept_out, hardships, near_officials):
        told = told.join(found(data, policy, asked), on="household_id", how="left", maintain_order="left")
    place = rows.select("household_id", pl.int_range(pl.len(), dtype=pl.Int32).alias("home"))
    who = people(data, policy, asked).join(place, on="household_id").sort("home", "person_id")
    villages = _villages(data, rows)
    codes = tuple(villages["region_code"])
    sums = _heads(who, told.height)
    return Population(
        as_of=data.as_of,
        snapshot=data.digest,
        gathered=gathered(policy),
        village_code=codes,
        village_name=tuple(villages["name"]),
        urban_rural=tuple(villages["urban_rural"]),
        village=np.searchsorted(np.array(codes), rows["region_code"].to_numpy()).astype(np.int32),
        weight=np.ones(told.height),
        n=sums["n"],
        covered=np.where(told["own"].to_numpy(), sums["covered"], 0),
        own=told["own"].to_numpy(),
        single=told["single"].to_numpy(),
        stated=told["unclear"].is_not_null().to_numpy(),
        unclear=told["unclear"].fill_null(value=False).to_numpy(),
        items={item: told[item].fill_null(0).to_numpy() for item in ITEMS},
        absent={item: told[item].is_null().to_numpy() for item in ABSENT},
        barred=told["barred"].to_numpy(),
        shut=told["shut"].to_numpy(),
        above_months=told["above_months"].fill_null(UNKNOWN).to_numpy(),
        award_months=told["award_months"].fill_null(UNKNOWN).to_numpy(),
        paid_fen=told["paid_fen"].fill_null(UNKNOWN).to_numpy(),
        hardship=_points(told),
        kin=told["kin"].to_numpy(),
        groups=grouped(told, who, sums["n"]),
        draws=draws(rows["household_no"]),
        persons=_persons(who),
        figures=reference.figures(data, codes),
    )


def gathered(policy: Policy) -> str:
    """What the rules say that were looked up in whole tables."""
    return ";".join(f"{name}:{policy.rule(name).digest}" for name in GATHERED)


def regathered(population: Population, data: Tables, policy: Policy) -> Population:
    """The same population where its policy says the same of GATHERED rules, else with what they decide read anew.

    Raises:
        ValueError: the population was not gathered from these tables.
    """
    if population.snapshot != data.digest:
        raise ValueError(f"gathered from snapshot {population.snapshot}, these are the tables of {data.digest}")
    said = gathered(policy)
    if population.gathered == said:
        return population
    rows = listed(data)
    asked = data.engine.place(rows.select("household_id", "region_code"))
    changed: dict[str, Any] = {"gathered": said, "kept": {}}
    if _differ(population.gathered, said, OF_FINDINGS):
        told = _beside(rows, kept_out(data, policy, asked))
        changed |= {"barred": told["barred"].to_numpy(), "shut": told["shut"].to_numpy()}
    if _differ(population.gathered, said, OF_HARDSHIP):
        changed["hardship"] = _points(_beside(rows, hardships(data, policy, asked)))
    if _differ(population.gathered, said, OF_KIN):
        kin = _beside(rows, near_officials(data, policy, asked))["kin"].to_numpy()
        changed |= {"kin": kin, "groups": {**population.groups, "kin": of_kin(kin)}}
    return replace(population, **changed)


def _differ(before: str, after: str, names: tuple[str, ...]) -> bool:
    old = set(before.split(";"))
    return any(said not in old for said in after.split(";") if said.partition(":")[0] in names)


def _beside(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    return rows.select("household_id").join(found, on="household_id", how="left", maintain_order="left")


def _points(told: pl.DataFrame) -> Real:
    return told["hardship"].fill_null(float("nan")).to_numpy()


def _villages(data: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """The villages of these households in the order of their codes, with name and urban or rural."""
    regions = data.engine.collect(data[REGION].select("region_code", "name", "source_row"))
    names = regions.sort("source_row").unique("region_code", keep="first")
    own = rows.group_by("region_code").agg(pl.col("urban_rural").first())
    return (
        own.join(names, on="region_code", how="left")
        .with_columns(pl.coalesce("name", "region_code").alias("name"))
        .sort("region_code")
    )


def _heads(who: pl.DataFrame, households: int) -> dict[str, Whole]:
    home = who["home"].to_numpy()
    counted, covered = who["counted"].to_numpy() == 1, who["covered"].to_numpy() == 1
    return {
        "n": np.bincount(home[counted], minlength=households).astype(np.int64),
        "covered": np.bincount(home[covered], minlength=households).astype(np.int64),
    }


def _persons(who: pl.DataFrame) -> Persons:
    health = who["health"].replace_strict({name: place for place, name in enumerate(HEALTH)}, default=UNKNOWN)
    helped = who["has_children"].fill_null(value=False)
    return Persons(
        home=who["home"].to_numpy(),
        age=who["age"].cast(pl.Int64).fill_null(UNKNOWN).to_numpy(),
        health=health.cast(pl.Int8).fill_null(UNKNOWN).to_numpy(),
        disability=who["disability_grade"].cast(pl.Int8).fill_null(0).to_numpy(),
        covered=who["covered"].to_numpy() == 1,
        counted=who["counted"].to_numpy() == 1,
        supporter_fen=who["supporter_fen"].fill_null(0).to_numpy(),
        supporter_known=(~helped | who["supporter_fen"].is_not_null()).to_numpy(),
    )
