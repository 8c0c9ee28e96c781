"""Which phone, house or account does a text name, however it is written?

As identities are told apart (`casework/identity/addresses.py`): one phone with and without spaces is one, and a mark
for none (00000000) is none. Texts are judged once each, and only those that may not name just themselves.
"""

from collections.abc import Callable
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.identity.addresses import accounts, houses, phones
from casework.lead import first_rows
from casework.tables import HOUSEHOLD, PAYMENT, PERSON

PLAIN: Final = {"phone": "^1[0-9]{10}$", "account_no": "^[1-9][0-9]*$"}  # texts that name just themselves
ONE_DIGIT: Final = "^1{11}$"  # no phone


def with_phone(data: Tables, rows: Frame) -> Frame:
    """Add `named_phone` of the column `phone`; null where it names none."""
    return rows.join(data.shared("named_phones", lambda: _phones(data)), on="phone", how="left")


def with_account(data: Tables, rows: Frame) -> Frame:
    """Add `named_account` of the column `account_id`; null where it names none."""
    return rows.join(data.shared("named_accounts", lambda: _accounts(data)), on="account_id", how="left")


def with_house(data: Tables, rows: Frame) -> Frame:
    """Add `named_house` of the columns `address` and `region_code`; null where no house is named, or the village not.

    The same street and number are found in many villages: a house is one of its village.
    """
    return rows.join(data.shared("named_houses", lambda: _houses(data)), on=["address", "region_code"], how="left")


def _phones(data: Tables) -> Frame:
    texts = nw.concat([data[PERSON].select("phone"), data[HOUSEHOLD].select("phone")]).unique()
    return _named(data, texts, "phone", phones).rename({"named": "named_phone"})


def _accounts(data: Tables) -> Frame:
    rows = [data[table].select("account_id", "account_no") for table in (PERSON, PAYMENT)]
    known = _named(data, nw.concat(rows).unique(), "account_no", accounts)
    return known.select("account_id", nw.col("named").alias("named_account")).unique()


def _named(data: Tables, texts: Frame, name: str, judged: Callable[[pl.Expr], pl.Expr]) -> Frame:
    """Add `named` to the texts that there are."""
    known = texts.filter(~nw.col(name).is_null())
    plain = nw.col(name).str.contains(PLAIN[name]) & ~nw.col(name).str.contains(ONE_DIGIT)
    other = data.engine.collect(known.filter(~plain).select(name).unique())
    judged_ones = data.engine.place(other.with_columns(judged(pl.col(name)).cast(pl.String).alias("named")))
    itself = known.filter(plain).with_columns(nw.col(name).alias("named"))
    return nw.concat([itself, known.join(judged_ones, on=name, how="inner").select(itself.collect_schema().names())])


def _houses(data: Tables) -> Frame:
    known = first_rows(data[HOUSEHOLD]).filter(~nw.col("address").is_null() & ~nw.col("region_code").is_null())
    texts = data.engine.collect(known.select("address", nw.col("region_code").alias("place")).unique())
    return data.engine.place(houses(texts).rename({"place": "region_code", "value": "named_house"}))
