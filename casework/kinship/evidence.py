"""Which rows stand behind an official's part in a case, and a path of kin from them to a member of the household?"""

from collections.abc import Sequence

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, evidence, kept
from casework.tables import APPLICATION, FILING, KIN, MEMBER, OFFICIAL, STEP, Table

MEMBERSHIP = ("relation", "co_living", "left_on")
TIE = ("relation", "source", "from_on", "to_on")
HEAD = "head"
KEEP = ("application_id", "household_id", "official_id", "member_id", "via_1", "via_2")


def case_evidence(data: Tables, *, step: str = "") -> tuple[Evidence, ...]:
    """The application, the official's posts, the steps they acted in and those called `step`, and the path of kin.

    The leads keep `KEEP`.
    """
    acted = (nw.col("actor_person_id") == kept("official_id")) | (
        nw.col("second_actor_person_id") == kept("official_id")
    )
    return (
        evidence(
            data,
            APPLICATION,
            on="application_id",
            show=("programme", "household_no", "accepted_at", "decided_at", "decision"),
        ),
        evidence(data, OFFICIAL, on="person_id", key="official_id", show=("post", "to_on")),
        evidence(
            data,
            STEP,
            on="application_id",
            show=("finished_at", "actor_id_no", "second_actor_id_no"),
            where=(nw.col("step") == step) | acted if step else acted,
        ),
        *path_evidence(data),
    )


def filing_evidence(data: Tables) -> Evidence:
    """Every filing of the official for the household."""
    return evidence(
        data,
        FILING,
        on="official_person_id",
        key="official_id",
        show=("official_id_no", "household_no", "relation", "filed_on"),
        where=nw.col("household_id") == kept("household_id"),
    )


def path_evidence(data: Tables) -> tuple[Evidence, ...]:
    """Kin rows of each tie of the path, member rows of a household where both ends of a tie were, with its head's.

    The leads keep `official_id`, `via_1`, `via_2`, `member_id`, `household_id`; the member's own row in the household
    is there too.
    """
    return (
        Evidence(KIN, TIE, lambda found: _kin(data, found)),
        Evidence(MEMBER, MEMBERSHIP, lambda found: _members(data, found)),
    )


def _ties(found: Frame) -> Frame:
    """`subject`, `part`, `one`, `other`: the persons at both ends of each tie of the path."""
    official, first, second, member = (nw.col(KEPT + name) for name in ("official_id", "via_1", "via_2", "member_id"))
    key = ("subject", "part")
    after = nw.coalesce(first, member)
    return nw.concat(
        [
            found.select(*key, official.alias("one"), after.alias("other")),
            found.filter(~first.is_null()).select(*key, first.alias("one"), nw.coalesce(second, member).alias("other")),
            found.filter(~second.is_null()).select(*key, second.alias("one"), member.alias("other")),
        ]
    ).filter(nw.col("one") != nw.col("other"))


def _kin(data: Tables, found: Frame) -> Frame:
    ties = _ties(found)
    names = _shown(KIN, TIE)
    turned = ties.select("subject", "part", nw.col("one").alias("other"), nw.col("other").alias("one"))
    both = nw.concat([ties, turned.select(*ties.collect_schema().names())])
    rows = data[KIN].join(both, left_on=["person_id", "relative_person_id"], right_on=["one", "other"], how="inner")
    return rows.select("subject", "part", *names, "source_file", "source_row")


def _members(data: Tables, found: Frame) -> Frame:
    """The member's rows in the household of the lead; of each tie, both ends' rows where they shared a household."""
    names = _shown(MEMBER, MEMBERSHIP)
    own = found.select(
        "subject",
        "part",
        nw.col(KEPT + "household_id").alias("home__"),
        nw.col(KEPT + "member_id").alias("person__"),
    )
    ties = once(_ties(found))
    people = nw.concat([ties.select(person__=end) for end in ("one", "other")]).unique()
    lived = data[MEMBER].join(people, left_on="person_id", right_on="person__", how="semi")
    homes = once(lived.select(nw.col("household_id").alias("home__"), nw.col("person_id").alias("lived__")).unique())
    shared = ties.join(homes, left_on="one", right_on="lived__", how="inner").join(
        homes.rename({"home__": "home_2__"}), left_on="other", right_on="lived__", how="inner"
    )
    shared = once(shared.filter(nw.col("home__") == nw.col("home_2__")))
    heads = data[MEMBER].filter(nw.col("relation") == HEAD)
    heads = heads.join(shared, left_on="household_id", right_on="home__", how="semi")
    heads = heads.select(nw.col("household_id").alias("home__"), nw.col("person_id").alias("person__")).unique()
    wanted = nw.concat(
        [
            own,
            *(shared.select("subject", "part", "home__", nw.col(end).alias("person__")) for end in ("one", "other")),
            shared.select("subject", "part", "home__").join(heads, on="home__", how="inner"),
        ]
    ).unique()
    rows = data[MEMBER].join(
        wanted, left_on=["household_id", "person_id"], right_on=["home__", "person__"], how="inner"
    )
    return rows.select("subject", "part", *names, "source_file", "source_row")


def _shown(table: Table, show: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*(column.main for column in table.key), *(table[name].main for name in show)]))
