"""Which household has which phone, address and account, where that could tell of a tie between households?

What a member has, their household has: a phone, an account in their name. Left out are what more than `cluster_hub`
households have, and lawful collective accounts and homes (`collective_account`): they glue together whom nothing ties.
However a phone, a house or an account is written, it is one, and a mark for none is none (`written`).
"""

import re
from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.accounts import account_awards
from casework.kinship.written import with_account, with_house, with_phone
from casework.lead import first_rows
from casework.listed import names
from casework.policy import Policy
from casework.tables import AWARD, HOUSEHOLD, MEMBER, PAYMENT, PERSON

RESOURCE: Final = ("kind", "resource")
COLLECTIVE: Final = "collective_account"
NOTHING: Final = "^$"  # an address that no file holds


def household_resources(data: Tables, policy: Policy) -> Frame:
    """`household_id`, `kind` (phone, address, account), `resource` (what it names), each once."""
    return data.shared(f"household_resources:{policy.digest}", lambda: _household_resources(data, policy))


def person_resources(data: Tables, persons: Frame) -> Frame:
    """The same of persons (`person_id`) themselves, whether of a household or not; nothing is left out."""
    people = first_rows(data[PERSON]).join(persons, on="person_id", how="semi")
    held = account_awards(data).select(nw.col("holder_id").alias("person_id"), "account_id")
    held = held.join(persons, on="person_id", how="semi")
    return _known(
        _phone(data, people, "person_id"), _account(data, people, "person_id"), _account(data, held, "person_id")
    )


def _household_resources(data: Tables, policy: Policy) -> Frame:
    members = data[MEMBER].select("household_id", "person_id").unique()
    theirs = person_resources(data, members.select("person_id").unique())
    homes, paid = _homes(data), _paid(data)
    rows = nw.concat(
        [
            _phone(data, homes, "household_id"),
            _house(data, homes, "household_id"),
            _account(data, paid, "household_id"),
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
    accounts = names(policy, COLLECTIVE, "accounts")
    tables = (data[PAYMENT], data[PERSON]) if accounts else ()
    listed = [rows.filter(nw.col("account_no").is_in(accounts)) for rows in tables]
    of_kind = nw.col("programme").is_in(names(policy, COLLECTIVE, "programmes"))
    by_kind = (
        with_account(data, paid)
        .group_by("named_account")
        .agg(
            nw.when(of_kind).then(nw.lit(0)).otherwise(nw.lit(1)).max().alias("other"),
            nw.when(nw.col("holder_id").is_null()).then(nw.lit(0)).otherwise(nw.lit(1)).max().alias("named"),
            nw.col("household_id").n_unique().alias("homes"),
        )
    )
    unnamed = by_kind.filter((nw.col("other") == 0) & (nw.col("named") == 0) & (nw.col("homes") > 1))
    return nw.concat(
        [
            _house(data, kept),
            _phone(data, kept),
            *(_account(data, rows) for rows in (paid.join(kept, on="household_id", how="semi"), *listed)),
            _of("account", unnamed, nw.col("named_account")),
        ]
    ).unique()


def _homes(data: Tables) -> Frame:
    return first_rows(data[HOUSEHOLD]).select("household_id", "phone", "address", "region_code")


def _paid(data: Tables) -> Frame:
    awards = first_rows(data[AWARD]).select("award_id", "household_id", "programme")
    return account_awards(data).join(awards, on="award_id", how="inner")


def _phone(data: Tables, rows: Frame, *key: str) -> Frame:
    return _of("phone", with_phone(data, rows), nw.col("named_phone"), *key)


def _house(data: Tables, rows: Frame, *key: str) -> Frame:
    return _of("address", with_house(data, rows), nw.col("named_house"), *key)


def _account(data: Tables, rows: Frame, *key: str) -> Frame:
    return _of("account", with_account(data, rows), nw.col("named_account"), *key)


def _of(kind: str, rows: Frame, value: nw.Expr, *key: str) -> Frame:
    return rows.select(*key, nw.lit(kind).alias("kind"), value.cast(nw.String).alias("resource"))


def _known(*rows: Frame) -> Frame:
    return nw.concat(list(rows)).filter(~nw.col("resource").is_null()).unique()
