"""Which records of a plain frame are one person?"""

import polars as pl

from casework.identity.judging import judged
from casework.identity.limits import Limits
from casework.identity.people import plain
from casework.policy import Policy


def linked(persons: pl.DataFrame, keys: pl.DataFrame | None = None, *, limits: Limits | None = None) -> pl.DataFrame:
    """Pairs of records that are one person: `person_a`, `person_b` (the smaller first), `bits` (Float64), sorted.

    `persons` is one row a record; a column that is absent is unknown:

    - `person_id` Int64: the record's own id, unique;
    - `number` Int64: token of the citizen number after 15 → 18, equal where the numbers are equal; null: none given;
    - `name`, `sex` (M, F), `born_on` (Date);
    - `phone`, `account_no`, `address` (String); `place` (String): the village's code, if the address alone is not
      enough to find the house;
    - `household` (String): records of one household are listed together, so never one person;
    - `county` (String): the six digits inside which everything is estimated; null: a county of its own;
    - `id_state` (valid, upgraded15, bad_check) and `id_area_birth` (token of digits 1 to 14) of the number.

    `keys`: `number`, `key` (Int64): tokens under which a number that is not valid meets those one digit or one swap of
    neighbours away. `casework.intake.persons` makes all of these of written numbers: `read_numbers(cells, as_of, key)`
    gives `person_id` (here `number`), `state` and `number` (its first 14 digits, by `tokens(…, key, "area_birth")`);
    `keys(frame of person_id, number, state, key)` the keys (rename `person_id` to `number`).

    A pair has one number; or an agreeing name (the same, a variant, or one that sounds the same), birth (equal, or the
    month and day and two years at most), and a phone, account or house of few households, or numbers one slip apart
    (beside which the name may sound nearly the same); the bits that `limits` ask for, which are the shipped tuning's
    if left out; and nothing that says the two are two persons.
    """
    limits = limits or Limits.of(Policy.shipped())
    found = judged(plain(persons, keys, limits), limits).pairs
    return found.select("person_a", "person_b", "bits").sort("person_a", "person_b")
