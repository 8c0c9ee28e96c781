"""What is left of people's work when many write at once, processes are killed, and the database is tampered with?

`python -m benchmarks.faults [--kills 50] [--writers 8]`: for SQLite as chosen here, for the SQLite of this Python, and
for PostgreSQL where there is one. Latencies are those of one act, waiting for its turn included, while every writer is
busy (unpaced) or thinks 0.1 s between two acts (paced). The aims stand in the table's last column.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles

import psycopg

from casework.backup.restore import restore
from casework.backup.write import back_up
from casework.review.audit import audit
from casework.review.database import Database
from casework.review.journal import Head, Journal, link_hash, now
from casework.review.schema import JOURNAL
from casework.workspace import Workspace
from tests.faults import tampering
from tests.faults.writers import (
    Load,
    Note,
    account,
    ask_again,
    by_chance,
    decide_on,
    driver,
    kill,
    noted,
    opened,
    until,
    writing,
)
from tests.postgres import NoServerError, server

PAUSE = 0.1  # seconds that a paced writer thinks
BETWEEN_KILLS = 1_000  # acts acknowledged, on average
COUNTED = 200  # commits under strace
ROWS = 1_000  # of the journal that is tampered with


@dataclass(frozen=True)
class Place:
    """One kind of database, and a folder for it."""

    name: str
    folder: Path
    stdlib: bool
    cluster: str | None  # URL of PostgreSQL's own database

    def fresh(self, name: str) -> Path | str:
        """A new, empty database."""
        if self.cluster is None:
            return self.folder / f"{name}.sqlite"
        with psycopg.connect(self.cluster, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.cluster.replace("/postgres?", f"/{name}?")


def show(place: Place, what: str, figures: str, *, aim: str = "", met: bool = True) -> None:
    """One line of the table."""
    print(f"| {place.name} | {what} | {figures} | {aim}{'' if met else ' **missed**'} |", flush=True)


# -- (a) at once -------------------------------------------------------------------------------------------------------


def at_once(place: Place, writers: int, seconds: float) -> None:
    """Every writer busy, then every writer thinking."""
    for name, pause in (("unpaced", 0.0), ("paced", PAUSE)):
        where = place.fresh(f"at_once_{name}")
        opened(where).database.close()
        load = Load(where, place.folder / name, writers, pause=pause, stdlib=place.stdlib)
        with writing(load):
            time.sleep(seconds)
        notes = noted(load.notes)
        said = Counter(note.word for note in notes)
        waits = sorted(note.seconds * 1000 for note in notes if note.word == "ack")
        each = Counter(note.writer for note in notes if note.word == "ack")
        share = min(each[number] for number in range(writers)) / mean(each.values())
        cuts = quantiles(waits, n=100)
        found = account(where, notes)
        rate = len(waits) / seconds
        show(
            place,
            f"{writers} writers, {name}",
            f"{rate:.0f} commits/s; p50 {cuts[49]:.1f}, p99 {cuts[98]:.0f}, max {waits[-1]:.0f} ms;"
            f" slowest writer {share:.0%} of the mean",
            aim=">= 300/s; slowest >= 25 %" if not pause else "p99 < 150, max < 1000 ms",
            met=(rate >= 300 and share >= 0.25) if not pause else (cuts[98] < 150 and waits[-1] < 1000),  # noqa: PLR2004 - the aims
        )
        show(
            place,
            "",
            f"{found.acknowledged} acknowledged: lost {found.lost}, twice {found.doubled}, wrong versions"
            f" {found.wrong_versions}; lock errors {said['locked']}; told 已被处理 {said['handled']}",
            aim="0, 0, 0, 0",
            met=found.whole and not said["locked"],
        )


# -- (b) killed --------------------------------------------------------------------------------------------------------


def killed(place: Place, writers: int, kills: int) -> None:
    """All writers killed at a random moment, then asked again under the keys they held."""
    where, chance = place.fresh("killed"), by_chance("kills")
    opened(where).database.close()
    notes, broken, done = list[Note](), 0, 0
    for number in range(kills):
        load = Load(where, place.folder / f"killed {number}", writers, stdlib=place.stdlib)
        with writing(load) as running:
            until(load, chance.randrange(2 * BETWEEN_KILLS))
            time.sleep(chance.uniform(0, 0.02))
            kill(running)
        notes += noted(load.notes)
        done += ask_again(where, noted(load.notes))
        journal = Journal(Database(where))
        broken += not journal.verify().whole
        journal.database.close()
    found = account(where, notes)
    show(
        place,
        f"kill -9 of {writers} writers x {kills}",
        f"{found.acknowledged} acknowledged: lost {found.lost}, twice {found.doubled}; chain broken {broken} times;"
        f" replay, integrity: {len(found.problems)} problems; asked again under one key {kills * writers}, of which"
        f" {done} were done already: twice {found.doubled}",
        aim="0 everywhere",
        met=found.whole and not broken,
    )


# -- (c) tampered with -------------------------------------------------------------------------------------------------


def tampered(place: Place, places: int) -> None:
    """Every kind of change at random places: is the entry named that must be?"""
    where = place.fresh("tampered")
    decide_on(Load(where, place.folder, stdlib=place.stdlib), ROWS)
    rows = tampering.journal_rows(where)
    kept = Head(rows[-1][0], rows[-1][-1])
    named, missed, alarms = Counter[str](), 0, 0
    for kind in tampering.KINDS:
        chance = by_chance(kind.__name__)
        for _ in range(places):
            change = kind(rows, chance)
            right = tampering.named(where, change, rows, kept) == change.bad
            named[kind.__name__] += right
            missed += not right
        alarms += sum(tampering.alarmed(where, kept) for _ in range(10))
    show(
        place,
        f"tampering x {places} places",
        f"named: {', '.join(f'{kind} {number}' for kind, number in named.items())}; false alarms {alarms} of"
        f" {10 * len(tampering.KINDS)}",
        aim=f"{places} each, 0",
        met=not missed and not alarms,
    )


# -- (d) verified ------------------------------------------------------------------------------------------------------


def verified(place: Place, entries: int) -> None:
    """Seconds to compute a long journal anew."""
    where = place.fresh(f"long_{entries}")
    made = Database(where)
    with made.filling() as connection:
        batch: list[dict[str, object]] = []
        last = ""
        for seq in range(1, entries + 1):
            words = (
                seq,
                now(),
                f"示例员{seq % 20}",
                "visit",
                "facts_agree",
                f"{seq % 20_000:032x}",
                "assigned",
                "0" * 64,
                last,
            )
            last = link_hash(words)
            batch.append(dict(zip(JOURNAL.columns.keys(), (*words, last), strict=True)))
            if len(batch) == 10_000 or seq == entries:  # noqa: PLR2004 - rows at once
                connection.execute(JOURNAL.insert(), batch)
                batch.clear()
    begun, busy = time.perf_counter(), time.process_time()
    verdict = Journal(made).verify()
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    made.close()
    show(
        place,
        f"verify {entries:,} entries",
        f"{seconds:.2f} s, {busy:.2f} s of a processor",
        aim="< 5 s for a million",
        met=verdict.whole and seconds < 5,  # noqa: PLR2004 - the aim
    )


# -- (e) forced to the disk --------------------------------------------------------------------------------------------


def forced(place: Place) -> None:
    """Does every commit reach the disk: calls of fdatasync and fsync, or the server's own count?"""
    where = place.fresh("forced")
    opened(where).database.close()
    load = Load(where, place.folder, stdlib=place.stdlib)
    if place.cluster is not None:
        with psycopg.connect(place.cluster, autocommit=True) as connection:
            query = "SELECT wal_sync FROM pg_stat_wal"
            before = connection.execute(query).fetchone()
            decide_on(load, COUNTED)
            time.sleep(2)  # the statistics come a moment later
            after = connection.execute(query).fetchone()
        calls = after[0] - before[0] if before and after else 0
    elif shutil.which("strace") is None:
        show(place, "commits forced to the disk", "no strace here: not counted")
        return
    else:
        load_here = f"Load(Path({str(where)!r}), Path('.'), stdlib={place.stdlib})"
        words = f"from tests.faults.writers import *; decide_on({load_here}, {COUNTED})"
        told = place.folder / "strace"
        command = ["strace", "-f", "-e", "trace=fdatasync,fsync", "-o", str(told), sys.executable, "-c", words]
        subprocess.run(command, check=True)  # noqa: S603 - ourselves
        calls = len(re.findall(r"\bf(?:data)?sync\(", told.read_text()))
    show(
        place,
        "commits forced to the disk",
        f"{COUNTED} commits, {calls} times",
        aim=">= commits",
        met=calls >= COUNTED,
    )


# -- (f) backed up -----------------------------------------------------------------------------------------------------


def backed_up(place: Place, writers: int, backups: int) -> None:
    """Backups while others write, each restored and audited."""
    folder = place.folder / "workspace"
    folder.mkdir()
    if place.cluster is not None:
        (folder / "database").write_text(str(place.fresh("backed_up")), encoding="utf-8")
    workspace = Workspace(folder)
    load = Load(workspace.database.where, place.folder / "meanwhile", writers, stdlib=place.stdlib)
    made = []
    with writing(load):
        for number in range(backups):
            time.sleep(0.3)
            made.append(back_up(workspace, place.folder / f"{number}.zip", who="示例员"))
    whole = 0
    for one in made:
        again = restore(one.path, place.folder / "again", who="示例员")
        whole += not audit(again).problems
        again.database.close()
        shutil.rmtree(again.path)
    show(
        place,
        f"{backups} backups under {writers} writers",
        f"{whole} restored and whole; the last of {made[-1].manifest.counts['journal']:,} entries",
        aim=f"{backups}",
        met=whole == backups,
    )


@contextmanager
def places() -> Iterator[list[Place]]:
    """Every database to be had here."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        found = [("sqlite", False, None), ("stdlib sqlite", True, None)]
        try:
            running = stack.enter_context(server(durable=True))
            found.append(("postgresql", False, running.url()))
        except NoServerError as error:
            print(f"no PostgreSQL: {error}")
        made = [Place(name, Path(folder) / f"{number}", *rest) for number, (name, *rest) in enumerate(found)]
        for place in made:
            place.folder.mkdir()
        yield made


def main() -> None:
    """Print a table for each database."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=50)
    words.add_argument("--writers", type=int, default=8)
    words.add_argument("--seconds", type=float, default=10)
    words.add_argument("--places", type=int, default=100, help="of each kind of tampering")
    words.add_argument("--backups", type=int, default=20)
    words.add_argument("--entries", type=int, nargs="*", default=[200_000, 1_000_000])
    words.add_argument("--only", nargs="*", help="databases whose name begins so")
    said = words.parse_args()
    with places() as found:
        for place in found:
            if said.only and not place.name.startswith(tuple(said.only)):
                continue
            with driver(stdlib=place.stdlib):
                print(f"\n{Database(place.fresh('promise')).promise()}\n")
                print("| database | what | measured | aim |\n|---|---|---|---|")
                at_once(place, said.writers, said.seconds)
                killed(place, said.writers, said.kills)
                tampered(place, said.places)
                for entries in said.entries:
                    verified(place, entries)
                forced(place)
                backed_up(place, said.writers, said.backups)


if __name__ == "__main__":
    main()
