"""May a sentence say that nothing was found?

Only of what the source carried: a table or column it lacked was not compared, and what stands in it is unknown, never
none.
"""

import narwhals as nw

from casework.card import Need
from casework.dataset import Tables


def compared(data: Tables, *registers: Need) -> nw.Expr:
    """The code `compared`, or `absent` where the source carried none of the registers; a fact's `words` say them."""
    return nw.lit("compared" if _any(data, registers) else "absent")


def known(data: Tables, count: str, *registers: Need) -> nw.Expr:
    """The Int64 column `count`; null where the source carried none of the registers it was counted in."""
    return nw.col(count) if _any(data, registers) else nw.lit(None).cast(nw.Int64).alias(count)


def _any(data: Tables, registers: tuple[Need, ...]) -> bool:
    return any(data.meets(one) for one in registers)
