"""How large a world do the benchmarks ask? Written straight as a snapshot lies, not by the synthetic package.

Persons in households of two or three; applications with their steps, awards with their months of pay, deaths and
complaints, in the proportions of a Chinese province. A few cases in a hundred break each rule. The same seed gives the
same bytes.
"""

import json
from datetime import date, datetime
from pathlib import Path

import narwhals as nw
import numpy as np
import polars as pl

from casework.calendar import Calendar
from casework.dataset import Manifest, Tables
from casework.engine import engine
from casework.intake.layout import lay_out
from casework.milestone import milestones
from casework.tables import TABLES

AS_OF = date(2024, 12, 31)
START = datetime(2021, 7, 1, 9)  # noqa: DTZ001 - stored moments are naive Shanghai time
MINUTE, DAY = 60_000_000, 86_400_000_000  # microseconds
STEPS = ("accept", "authorise", "data_check", "home_visit", "preliminary", "posting", "confirm", "notice")
PROGRAMMES = ("dibao", "destitute", "dibao_edge", "disability_living", "disability_care", "de_facto_orphan", "old_age")
SHARES = (0.45, 0.06, 0.08, 0.12, 0.12, 0.04, 0.13)
GROUP = 1 << 18  # rows of a row group, as in a snapshot


def ids(numbers: np.ndarray) -> np.ndarray:
    """64-bit tokens without order, as keyed hashes are."""
    mixed = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(31)
    return (mixed * np.uint64(0xBF58476D1CE4E5B9)).view(np.int64)


def build(folder: Path, persons: int, seed: int = 1) -> Tables:
    """Write the world where it is not there yet, and open it."""
    if not (folder / "world.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        columns = {}
        for name, frame in _tables(persons, np.random.default_rng(seed)).items():
            table = TABLES[name]
            columns[name] = [column.name for column in table.columns if column.main in frame.columns]
            stored = lay_out(
                table,
                frame.with_columns(
                    source_file=pl.lit(f"{name}.csv"), source_row=pl.int_range(2, frame.height + 2, dtype=pl.Int32)
                ),
            )
            _write(stored, folder / f"{name}.parquet")
            if name == "step":
                wide: pl.LazyFrame = milestones(nw.from_native(stored.lazy())).to_native()
                _write(wide.collect().sort("application_id"), folder / "milestone.parquet")
        _write(Calendar.load().frame, folder / "calendar.parquet")
        (folder / "world.json").write_text(json.dumps(columns), encoding="utf-8")
    return opened(folder)


def opened(folder: Path) -> Tables:
    """A written world on the engine of one machine."""
    columns = json.loads((folder / "world.json").read_text(encoding="utf-8"))
    carried = {name: tuple(names) for name, names in columns.items()}
    return Tables(
        folder, Manifest("", AS_OF, "", synthetic=True, columns=carried, rows={}), engine("polars"), Calendar.load()
    )


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd", statistics=True, row_group_size=GROUP)


def _numbers(prefix: str, count: int) -> pl.Series:
    return pl.Series([prefix]).new_from_index(0, count) + pl.int_range(count, eager=True).cast(pl.String).str.zfill(8)


def _moments(micros: np.ndarray) -> pl.Series:
    return pl.Series(micros.astype("datetime64[us]"))


def _some(random: np.random.Generator, share: float, count: int) -> np.ndarray:
    """That share of so many, at random."""
    return random.random(count) < share


def _months(index: np.ndarray) -> pl.Series:
    years, months = np.divmod(index, 12)
    return pl.DataFrame({"y": years, "m": months + 1}).select(pl.date("y", "m", 1)).to_series()


def _tables(persons: int, random: np.random.Generator) -> dict[str, pl.DataFrame]:
    homes = persons * 2 // 5
    villages = np.array(
        [
            f"99{county:04d}{town:03d}{village:03d}"
            for county in range(1, 21)
            for town in range(1, 11)
            for village in range(1, 21)
        ]
    )
    region_of = villages[random.integers(0, len(villages), homes)]
    home_of = random.integers(0, homes, persons)
    person_id, home_id = ids(np.arange(persons)), ids(np.arange(homes) + 10**9)
    died = _some(random, 0.02, persons)
    death = np.datetime64("2023-01-01") + random.integers(0, 730, persons)
    tables = {
        "region": pl.DataFrame({"region_code": villages}).with_columns(
            name=pl.lit("示例村"),
            tier=pl.lit("village"),
            urban_rural=pl.when(pl.int_range(pl.len()) % 4 == 0).then(pl.lit("urban")).otherwise(pl.lit("rural")),
        ),
        "person": pl.DataFrame(
            {
                "person_id": person_id,
                "died_on": np.where(died, death, np.datetime64("NaT")),
                "region_code": region_of[home_of],
            }
        ).with_columns(name=pl.lit("示例"), sex=pl.lit("F"), hukou=pl.lit("rural"), repeat=pl.lit(0, pl.Int32)),
        "household": pl.DataFrame(
            {"household_no": _numbers("H", homes), "household_id": home_id, "region_code": region_of}
        ).with_columns(repeat=pl.lit(0, pl.Int32)),
    }
    tables |= _cases(persons, random, home_id, region_of)
    tables |= _aid(random, person_id, home_of, home_id, death, died)
    return tables | {"complaint": _complaints(persons // 20, random, villages)}


def _cases(
    persons: int, random: np.random.Generator, home_id: np.ndarray, region_of: np.ndarray
) -> dict[str, pl.DataFrame]:
    """Three applications to ten persons, eight steps each, done by two thousand officials to a million."""
    count = persons * 3 // 10
    home = random.integers(0, len(home_id), count)
    accepted = (
        np.datetime64(START).astype(np.int64)
        + random.integers(0, 1240, count) * DAY
        + random.integers(0, 480, count) * MINUTE
    )
    decided = accepted + random.gamma(9, 3.2 * DAY, count).astype(np.int64)
    is_open = (_some(random, 0.02, count)) | (decided > np.datetime64(AS_OF).astype("datetime64[us]").astype(np.int64))
    stated = _some(random, 0.05, count)
    no, token = _numbers("A", count), ids(np.arange(count) + 2 * 10**9)
    extended = _some(random, 0.1, count)
    reasons = np.array(["posting_objection", "residence_split", "other"])[random.integers(0, 3, count)]
    cases = pl.DataFrame(
        {
            "application_no": no,
            "application_id": token,
            "household_no": _numbers("H", len(home_id)).gather(home),
            "household_id": home_id[home],
            "region_code": region_of[home],
            "programme": np.array(["dibao", "destitute", "temporary_expenditure", "temporary_emergency", "old_age"])[
                random.choice(5, count, p=[0.6, 0.1, 0.1, 0.1, 0.1])
            ],
            "delegated": _some(random, 0.6, count),
            "extended": extended,
            "extension_reason": np.where(extended, reasons, ""),
            "accepted_at": _moments(accepted),
            "decided_at": _moments(np.where(is_open, np.iinfo(np.int64).min, decided)),
            "due_at": _moments(np.where(stated, accepted + 30 * DAY, np.iinfo(np.int64).min)),
            "decision": np.where(
                is_open,
                "",
                np.array(["approved", "refused", "withdrawn"])[random.choice(3, count, p=[0.7, 0.27, 0.03])],
            ),
        }
    ).with_columns(
        pl.col("extension_reason", "decision").replace("", None),
        accepted_at_dated=pl.lit(value=False),
        decided_at_dated=pl.when(pl.col("decided_at").is_not_null()).then(pl.lit(value=False)),
        due_at_dated=pl.when(pl.col("due_at").is_not_null()).then(pl.lit(value=False)),
        repeat=pl.lit(0, pl.Int32),
    )
    return {"application": cases, "step": _steps(random, no, token, accepted, decided, is_open, persons)}


def _steps(
    random: np.random.Generator,
    no: pl.Series,
    token: np.ndarray,
    accepted: np.ndarray,
    decided: np.ndarray,
    is_open: np.ndarray,
    persons: int,
) -> pl.DataFrame:
    count, officials = len(token), max(persons // 500, 16)
    clerk = ids(random.integers(0, officials, count) + 3 * 10**9)
    span = (decided - accepted) / len(STEPS)
    parts = []
    for place, step in enumerate(STEPS):
        started = accepted + (span * place).astype(np.int64) + MINUTE
        finished = accepted + (span * (place + 1)).astype(np.int64) - MINUTE
        if step == "home_visit":
            started = np.where(_some(random, 0.01, count), accepted - DAY, started)  # dated before acceptance
        if step == "posting":
            finished = np.where(_some(random, 0.01, count), decided + DAY, finished)  # still up at the decision
        if step == "preliminary":
            finished = np.where(
                _some(random, 0.005, count), accepted + (span * 4).astype(np.int64), finished
            )  # with the visit
        if step == "confirm":
            desk = np.arange(count) < count // 100  # ten at a desk within a minute
            minute = np.datetime64("2024-06-03T16:00:00").astype("datetime64[us]").astype(np.int64)
            finished = np.where(
                desk, minute + np.arange(count) // 10 * DAY // 100 + np.arange(count) % 10 * 5_000_000, finished
            )
        parts.append(
            pl.DataFrame(
                {
                    "application_no": no,
                    "application_id": token,
                    "started_at": _moments(started),
                    "finished_at": _moments(
                        np.where(is_open & (step in {"posting", "confirm", "notice"}), np.iinfo(np.int64).min, finished)
                    ),
                    "actor_person_id": np.where(desk, ids(np.arange(count) // 10 % officials + 3 * 10**9), clerk)
                    if step == "confirm"
                    else clerk,
                }
            ).with_columns(step=pl.lit(step))
        )
    few = _some(random, 0.03, count)
    parts.append(
        pl.DataFrame(
            {
                "application_no": no.filter(pl.Series(few)),
                "application_id": token[few],
                "started_at": _moments(accepted[few] + 5 * DAY),
                "finished_at": _moments(accepted[few] + 12 * DAY),
                "actor_person_id": clerk[few],
            }
        ).with_columns(step=pl.lit("objection"))
    )
    return pl.concat(parts).with_columns(
        started_at_dated=pl.lit(value=False),
        finished_at_dated=pl.when(pl.col("finished_at").is_not_null()).then(pl.lit(value=False)),
    )


def _aid(
    random: np.random.Generator,
    person_id: np.ndarray,
    home_of: np.ndarray,
    home_id: np.ndarray,
    death: np.ndarray,
    died: np.ndarray,
) -> dict[str, pl.DataFrame]:
    """Half of the households with an award in three years: whom it covers, its pay, and deaths known elsewhere."""
    count, end = len(home_id) // 2, AS_OF.year * 12 + AS_OF.month - 1
    home = random.permutation(count)
    home = np.where(_some(random, 0.15, count), home[::-1], home)  # some households draw two awards, some none
    since = end - random.integers(1, 40, count)
    until = np.where(_some(random, 0.4, count), np.minimum(since + random.integers(1, 30, count), end), end + 1)
    programme = random.choice(len(PROGRAMMES), count, p=SHARES)
    no, token = _numbers("W", count), ids(np.arange(count) + 4 * 10**9)
    awards = pl.DataFrame(
        {
            "award_no": no,
            "award_id": token,
            "household_no": _numbers("H", len(home_id)).gather(home),
            "household_id": home_id[home],
            "programme": np.array(PROGRAMMES)[programme],
            "from_month": _months(since),
            "to_month": _months(until),
        }
    ).with_columns(
        pl.when(pl.Series(until <= end)).then(pl.col("to_month")).alias("to_month"), repeat=pl.lit(0, pl.Int32)
    )
    members = pl.DataFrame({"home": home_of, "person": np.arange(len(person_id))})
    whole = pl.Series(np.isin(programme, [0, 2]))  # dibao covers the household, other programmes one person of it
    rows = pl.DataFrame({"award": np.arange(count), "home": home, "since": since, "until": until, "whole": whole}).join(
        members, on="home"
    )
    rows = rows.filter(pl.col("whole") | (pl.col("person") == pl.col("person").min().over("award")))
    buried = pl.DataFrame(
        {
            "person": np.arange(len(person_id)),
            "dead": np.where(died, death.astype("datetime64[M]").astype(np.int64) + 1970 * 12, 10**6),
        }
    )
    rows = rows.join(buried, on="person").with_columns(noticed=pl.Series(_some(random, 0.8, rows.height)))
    last = pl.when(pl.col("noticed")).then(pl.min_horizontal("until", "dead")).otherwise("until")
    rows = rows.with_columns(last=last).filter(pl.col("last") >= pl.col("since"))
    covered = pl.DataFrame(
        {
            "award_no": no.gather(rows["award"]),
            "award_id": token[rows["award"].to_numpy()],
            "person_id": person_id[rows["person"].to_numpy()],
            "from_month": _months(rows["since"].to_numpy()),
            "to_month": _months(rows["last"].to_numpy()),
        }
    ).with_columns(pl.when(rows["last"] <= end).then(pl.col("to_month")).alias("to_month"))
    known = rows.filter((pl.col("dead") < 10**6) & (pl.col("award") % 4 == 0))["person"].unique().to_numpy()
    matches = pl.DataFrame(
        {"match_no": _numbers("M", len(known)), "person_id": person_id[known], "from_on": death[known]}
    ).with_columns(kind=pl.lit("death"), source=pl.lit("示例"), compared_on=pl.lit(AS_OF))
    paid = awards.select("award_no", "award_id", programme=pl.Series(programme)).with_columns(
        since=pl.Series(since), until=pl.Series(np.minimum(until, end))
    )
    paid = paid.with_columns(month=pl.int_ranges("since", pl.col("until") + 1)).explode("month")
    payments = pl.DataFrame(
        {"payment_no": _numbers("P", paid.height), "month": _months(paid["month"].to_numpy())}
    ).with_columns(paid["award_no"], paid["award_id"], amount_fen=60_000 + paid["programme"].cast(pl.Int64) * 4_000)
    return {"award": awards, "beneficiary": covered, "payment": payments, "match": matches}


def _complaints(count: int, random: np.random.Generator, villages: np.ndarray) -> pl.DataFrame:
    received = (
        np.datetime64("2023-01-01").astype("datetime64[us]").astype(np.int64) + random.integers(0, 700, count) * DAY
    )
    never = np.iinfo(np.int64).min
    return pl.DataFrame(
        {
            "complaint_no": _numbers("C", count),
            "region_code": villages[random.integers(0, len(villages), count)],
            "received_at": _moments(received),
            "told_at": _moments(
                np.where(_some(random, 0.1, count), never, received + random.integers(1, 18, count) * DAY)
            ),
            "closed_at": _moments(
                np.where(_some(random, 0.1, count), never, received + random.integers(5, 70, count) * DAY)
            ),
            "kind": np.array(["enquiry", "help", "petition", "report"])[random.integers(0, 4, count)],
            "named": _some(random, 0.8, count),
            "extended": _some(random, 0.1, count),
        }
    ).with_columns(
        received_at_dated=pl.lit(value=True),
        told_at_dated=pl.when(pl.col("told_at").is_not_null()).then(pl.lit(value=True)),
        closed_at_dated=pl.when(pl.col("closed_at").is_not_null()).then(pl.lit(value=True)),
        level=pl.lit("county"),
        channel=pl.lit("letter"),
    )
