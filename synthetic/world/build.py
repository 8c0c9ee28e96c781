"""How is a whole world made, in a folder or in memory?"""

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from synthetic.kit import County, Site
from synthetic.kit.ground import TruthRow
from synthetic.kit.places import Founded
from synthetic.kit.rows import Row, Rows, table_of
from synthetic.world.boundaries import features
from synthetic.world.calibration import Tally
from synthetic.world.geography import living, references, regions
from synthetic.world.placing import FOLDER, META, SEED, WORLD, Place, placed
from synthetic.world.plan import AS_OF, PERSONS, Plan, Scale, plan, with_founded
from synthetic.world.planting import settlers, sown
from synthetic.world.township import office, township
from synthetic.world.village import Regime
from synthetic.world.writing import Files, Form, convert, refuse_large

Told = Callable[[str], None]
_SCHEMA: Final = {
    "scheme": pl.String(),
    "subject_kind": pl.String(),
    "subject": pl.String(),
    "twin": pl.Boolean(),
    "variant": pl.String(),
    "amount": pl.Float64(),
}


@dataclass(eq=False)
class World:
    """What was built."""

    plan: Plan
    rows: dict[str, int] = field(default_factory=dict)
    truth: list[TruthRow] = field(default_factory=list, repr=False)
    tally: Tally = field(default_factory=Tally)
    residents: Counter[str] = field(default_factory=Counter, repr=False)  # who lives in each village at as_of

    @property
    def truth_frame(self) -> pl.DataFrame:
        """Contract §8: scheme, subject_kind, subject, twin, variant, amount."""
        said = [
            (row.truth.scheme, row.truth.subject_kind, row.truth.subject, row.twin, row.variant, row.truth.amount)
            for row in self.truth
        ]
        return pl.DataFrame(said, schema=_SCHEMA, orient="row").sort("scheme", "twin", "variant", "subject")


def build(
    folder: Path,
    *,
    seed: int = 1,
    scale: Scale = "county",
    persons: int | None = None,
    regime: Regime = "capture",
    form: Form = "csv",
    told: Told | None = None,
) -> World:
    """Write a source folder: tables, `meta.toml`, `policy/`, `boundaries.geojson`; `truth.parquet` lies beside it.

    An earlier world in the folder stays as it is until the new one is finished.

    Raises:
        WrongUsageError: too few persons for the scale, too many rows for a workbook, or something else lies there.
        CaseworkError: nothing can be written there.
    """
    many = persons or PERSONS[scale]
    world = World(_planned(scale, many, seed, regime))
    refuse_large(many, form)
    with placed(folder) as place:
        _write(place, world, regime, form, told or (lambda _stage: None))
    return world


def _planned(scale: Scale, persons: int, seed: int, regime: Regime) -> Plan:
    """The plan, less by those who will live in villages founded for plants: together they are as many as asked for."""
    whole = plan(scale, persons, seed)
    each = [sum(village.persons for town in county.townships for village in town.villages) for county in whole.counties]
    apart = sum(settlers(living, regime) for living in each)
    return plan(scale, persons - apart, seed) if apart else whole


def _write(place: Place, world: World, regime: Regime, form: Form, tell: Told) -> None:
    """Everything of a world, into the folder where it is built."""
    folder, seed = place.folder, world.plan.seed
    with Files(folder) as files:
        for site in _sites(world, seed, regime, tell):
            files.take(site if isinstance(site, Rows) else site.rows)
            if isinstance(site, Site):
                world.tally.count(site)
        world.rows = files.counts
    for name in convert(folder, form, files.counts):
        tell(name)
    _meta(folder, world, regime)
    _policy(folder / "policy", world.plan.counties)
    tell("boundaries")
    shapes = {"type": "FeatureCollection", "features": list(features(world.plan))}
    (folder / "boundaries.geojson").write_text(json.dumps(shapes, ensure_ascii=False), encoding="utf-8")
    of = {WORLD: _name(world, regime), FOLDER: folder.name, SEED: str(seed)}
    world.truth_frame.write_parquet(place.truth, metadata=of)


def source(
    *, seed: int = 1, scale: Scale = "township", persons: int | None = None, regime: Regime = "capture"
) -> tuple[dict[str, list[dict[str, str]]], World]:
    """The same world in memory: each table's rows as cells of a file (columns that some row fills), and its truth."""
    world = World(_planned(scale, persons or PERSONS[scale], seed, regime))
    whole = Rows()
    for site in _sites(world, seed, regime, lambda _stage: None):
        rows = site if isinstance(site, Rows) else site.rows
        if isinstance(site, Site):
            world.tally.count(site)
        for name, found in rows.tables.items():
            whole.tables[name] += found
    world.rows = {name: len(rows) for name, rows in whole.tables.items()}
    return {name: table_of(whole, name) for name, rows in whole.tables.items() if rows}, world


def _sites(world: World, seed: int, regime: Regime, tell: Told) -> Iterator[Site | Rows]:
    """Each county's office and its townships, one at a time; then the places, with who was found to live there."""
    founded: list[Founded] = []
    for county in world.plan.counties:
        seat = office(county, seed)
        where = sown(county, seed, regime)
        world.residents += living(seat)
        yield seat
        for town in county.townships:
            tell(f"{county.name}{town.name}")
            with _still():
                site = township(county, town, seed, regime, seat.officials, where)
            world.truth += site.truth
            founded.append(site.founded)
            world.residents += living(site)
            yield site
    world.plan = with_founded(world.plan, founded)
    places = Rows()
    places.tables["region"] = list[Row](regions(world.plan, world.residents))
    places.tables["reference"] = list[Row](references(world.plan, world.residents))
    yield places


@contextmanager
def _still() -> Iterator[None]:
    """Leave out the search for rings of garbage while a township fills: it would look through it again and again."""
    were = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if were:
            gc.enable()


def _name(world: World, regime: Regime) -> str:
    """What the world is called, in its meta.toml and in its truth."""
    place = {"province": world.plan.province[1], "city": world.plan.cities[0][1]}.get(
        world.plan.scale, world.plan.counties[0].name
    )
    return f"{place}(合成,{regime},种子 {world.plan.seed})"


def _meta(folder: Path, world: World, regime: Regime) -> None:
    lines = (
        f'name = "{_name(world, regime)}"',
        f"as_of = {AS_OF}",
        "synthetic = true",
        "",
        "[totals]",
        f"payment.amount = {world.tally.paid_fen / 100:.2f}",
        f"person.id_no = {world.rows['person']}",
        f"application.application_no = {world.rows['application']}",
    )
    (folder / META).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _policy(folder: Path, counties: tuple[County, ...]) -> None:
    """Each county's dibao standard, with its yearly steps."""
    folder.mkdir(exist_ok=True)
    lines = ["# Made up: yuan a person a month.", 'id = "dibao_standard"']
    for county in counties:
        for place, since in enumerate(county.standards.since):
            for settlement, yuan in (("rural", county.standards.rural), ("urban", county.standards.urban)):
                lines += [
                    "",
                    "[[value]]",
                    f"from = {since}",
                    f'region = "{county.code[:6]}"',
                    f'urban_rural = "{settlement}"',
                    f"value = {yuan[place]}",
                    f'source = "{county.name}(合成){since.year}年标准"',
                ]
    (folder / "dibao_standard.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
