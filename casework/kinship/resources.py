"""Which household has which phone, address and account, where that could tell of a tie between households?

What a member has, their household has: a phone, an account in their name. Left out are what more than `cluster_hub`
households have, and lawful collective accounts and homes (`collective_account`): they glue together whom nothing ties.
An address is one of its village: the same street and number are found in many.
"""

import re
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.accounts import account_awards
from casework.lead import first_rows
from casework.listed import names
from casework.policy import Policy
from casework.tables import AWARD, HOUSEHOLD, MEMBER, PAYMENT, PERSON

RESOURCE: Final = ("kind", "resource")
COLLECTIVE: Final = "collective_account"
NOTHING: Final = "^$"  # an address that no file holds


def at_home() -> nw.Expr:
    """A household's address in its village; null where either is unknown."""
    return nw.concat_str([nw.col("region_code"), nw.col("address")], separator=" ")


def household_resources(data: Tables, policy: Policy) -> Frame:
    """`household_id`, `kind` (phone, address, account), `resource` (its text, an account's id), each once."""
    return data.shared(f"household_resources:{policy.digest}", lambda: _household_resources(data, policy))


def person_resources(data: Tables, persons: Frame) -> Frame:
    """The same of persons (`person_id`) themselves, whether of a household or not; nothing is left out."""
    people = first_rows(data[PERSON]).join(persons, on="person_id", how="semi")
    held = account_awards(data).select(nw.col("holder_id").alias("person_id"), "account_id")
    held = held.join(persons, on="person_id", how="semi")
    account = nw.col("account_id").cast(nw.String)
    return _known(
        _of("phone", people, nw.col("phone"), "person_id"),
        _of("account", people, account, "person_id"),
        _of("account", held, account, "person_id"),
    )


def _household_resources(data: Tables, policy: Policy) -> Frame:
    members = data[MEMBER].select("household_id", "person_id").unique()
    theirs = person_resources(data, members.select("person_id").unique())
    homes, paid = _homes(data), _paid(data)
    account = nw.col("account_id").cast(nw.String)
    rows = nw.concat(
        [
            _of("phone", homes, nw.col("phone"), "household_id"),
            _of("address", homes, at_home(), "household_id"),
            _of("account", paid, account, "household_id"),
            theirs.join(members, on="person_id", how="inner").select("household_id", *RESOURCE),
        ]
    )
    rows = once(_known(rows).join(collective(data, policy), on=list(RESOURCE), how="anti"))
    most = int(str(policy.tuning("cluster_hub")))
    shared = rows.group_by(*RESOURCE).agg(nw.len().alias("homes")).filter(nw.col("homes") > most)
    return rows.join(shared, on=list(RESOURCE), how="anti")


def collective(data: Tables, policy: Policy) -> Frame:
    """Addresses, phones and accounts (`kind`, `resource`) of institutions."""
    homes, paid = _homes(data), _paid(data)
    words = "|".join(re.escape(word) for word in names(policy, COLLECTIVE, "words"))
    inside = nw.col("address").str.contains(words or NOTHING)
    kept = homes.filter(inside.fill_null(value=False))
    account = nw.col("account_id").cast(nw.String)
    accounts = names(policy, COLLECTIVE, "accounts")
    tables = (data[PAYMENT], data[PERSON]) if accounts else ()
    listed = [rows.filter(nw.col("account_no").is_in(accounts)) for rows in tables]
    of_kind = nw.col("programme").is_in(names(policy, COLLECTIVE, "programmes"))
    by_kind = paid.group_by("account_id").agg(
        nw.when(of_kind).then(nw.lit(0)).otherwise(nw.lit(1)).max().alias("other"),
        nw.when(nw.col("holder_id").is_null()).then(nw.lit(0)).otherwise(nw.lit(1)).max().alias("named"),
        nw.col("household_id").n_unique().alias("homes"),
    )
    unnamed = by_kind.filter((nw.col("other") == 0) & (nw.col("named") == 0) & (nw.col("homes") > 1))
    return nw.concat(
        [
            _of("address", kept, at_home()),
            _of("phone", kept, nw.col("phone")),
            _of("account", paid.join(kept, on="household_id", how="semi"), account),
            *(_of("account", rows, account) for rows in (*listed, unnamed)),
        ]
    ).unique()


def _homes(data: Tables) -> Frame:
    return first_rows(data[HOUSEHOLD]).select("household_id", "phone", "address", "region_code")


def _paid(data: Tables) -> Frame:
    awards = first_rows(data[AWARD]).select("award_id", "household_id", "programme")
    return account_awards(data).join(awards, on="award_id", how="inner")


def _of(kind: str, rows: Frame, value: nw.Expr, *key: str) -> Frame:
    return rows.select(*key, nw.lit(kind).alias("kind"), value.cast(nw.String).alias("resource"))


def _known(*rows: Frame) -> Frame:
    return nw.concat(list(rows)).filter(~nw.col("resource").is_null()).unique()
