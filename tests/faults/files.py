"""Which faulty and hostile files must an import survive, and with which word?

`HOSTILE` is the whole list: each case builds its source in a folder, returns it, and names its code and kind. `reader`
says whether the reading half finds the fault; the others pass it, marked, to the checks.
"""

from tests.faults import sources, texts, workbooks
from tests.faults.case import FIRST, GOOD, HEADER, HOSTILE, SECOND, Hostile, put

__all__ = ["FIRST", "GOOD", "HEADER", "HOSTILE", "SECOND", "Hostile", "put", "sources", "texts", "workbooks"]
