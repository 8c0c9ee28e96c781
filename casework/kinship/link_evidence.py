"""Which rows stand behind the links from an official to households two steps away?

Of a link of kin the ties and memberships of its path; of a shared phone, address or account the rows of either end that
carry it. Nobody else who happens to have it is shown.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.evidence import path_evidence
from casework.kinship.written import with_account, with_house, with_phone
from casework.lead import KEPT, Evidence, first_rows
from casework.tables import AWARD, HOUSEHOLD, MEMBER, PAYMENT, PERSON, Table

KEY: Final = ("subject", "part")
KIN: Final = "kin"
SHOWN: Final = {
    HOUSEHOLD: ("phone", "address"),
    PERSON: ("phone", "account_no"),
    PAYMENT: ("award_no", "month", "account_no", "account_holder_id_no"),
}


def link_evidence(data: Tables, ways: Frame) -> tuple[Evidence, ...]:
    """Evidence of those ways (as `circles`, with `subject` and `part`), of leads whose subject and part they name."""
    links = once(_links(ways))
    shared = once(links.filter(nw.col("kind") != KIN))
    paths = links.filter(nw.col("kind") == KIN).select(
        *KEY,
        nw.col("from_person").alias(KEPT + "official_id"),
        nw.col("to_person").alias(KEPT + "member_id"),
        nw.col("home").alias(KEPT + "household_id"),
        *(nw.col(name).alias(KEPT + name) for name in ("via_1", "via_2")),
    )
    return (
        *(_among(paths, piece.table, piece.show, piece.gather) for piece in path_evidence(data)),
        *(
            _among(shared, table, SHOWN[table], partial(_carrying, data, table))
            for table in (HOUSEHOLD, PERSON, PAYMENT)
        ),
    )


def _among(links: Frame, table: Table, show: tuple[str, ...], gather: Callable[[Frame], Frame]) -> Evidence:
    """What `gather` makes of the links of the leads that were found."""

    def gathered(found: Frame) -> Frame:
        return gather(links.join(found.select(*KEY), on=list(KEY), how="semi"))

    return Evidence(table, show, gathered)


def _carrying(data: Tables, table: Table, shared: Frame) -> Frame:
    """The rows of the table that carry what is shared."""
    rows = {"household": _households, "person": _persons, "payment": _payments}[table.name](data, shared)
    names = [*(column.main for column in table.key), *(table[name].main for name in SHOWN[table])]
    return rows.select(*KEY, *dict.fromkeys(names), "source_file", "source_row")


def _links(ways: Frame) -> Frame:
    """Each link once: `home` where it ends, and of what is shared a second row with `home` where it begins."""
    names = ("kind", "resource", "from_person", "via_1", "via_2", "to_person")
    first = ways.select(*KEY, nw.col("through").alias("home"), *names)
    second = ways.filter(nw.col("steps") > 1)
    onward = [
        second.select(*KEY, nw.col(end).alias("home"), *(nw.col(f"next_{name}").alias(name) for name in names))
        for end in ("household_id", "through")
    ]
    begins = onward[1].filter(nw.col("kind") != KIN)
    return nw.concat([first, onward[0], begins]).unique()


def _households(data: Tables, shared: Frame) -> Frame:
    rows = first_rows(data[HOUSEHOLD]).join(shared, left_on="household_id", right_on="home", how="inner")
    rows = with_house(data, with_phone(data, rows))
    same = [nw.col("kind") == kind for kind in ("phone", "address")]
    named = [nw.col(name) == nw.col("resource") for name in ("named_phone", "named_house")]
    return rows.filter((same[0] & named[0]) | (same[1] & named[1]))


def _persons(data: Tables, shared: Frame) -> Frame:
    members = data[MEMBER].select(nw.col("household_id").alias("home"), "person_id").unique()
    people = nw.concat(
        [
            shared.join(members, on="home", how="inner").select(*KEY, "person_id", "kind", "resource"),
            shared.select(*KEY, nw.col("from_person").alias("person_id"), "kind", "resource"),
        ]
    ).unique()
    rows = first_rows(data[PERSON]).join(people, on="person_id", how="inner")
    rows = with_account(data, with_phone(data, rows))
    phone = (nw.col("kind") == "phone") & (nw.col("named_phone") == nw.col("resource"))
    return rows.filter(phone | ((nw.col("kind") == "account") & (nw.col("named_account") == nw.col("resource"))))


def _payments(data: Tables, shared: Frame) -> Frame:
    """The first payment of each household to the account."""
    awards = first_rows(data[AWARD]).select("award_id", nw.col("household_id").alias("home"))
    accounts = shared.filter(nw.col("kind") == "account").join(awards, on="home", how="inner")
    rows = with_account(data, data[PAYMENT].join(accounts.select("award_id").unique(), on="award_id", how="semi"))
    rows = rows.join(accounts.rename({"resource": "named_account"}), on=["award_id", "named_account"], how="inner")
    key = [*KEY, "home", "named_account"]
    return rows.unique(key, keep="first", order_by=["month_index", "payment_no", "source_file", "source_row"])
