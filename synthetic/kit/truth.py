"""What does a world know of itself that no file tells?"""

from dataclasses import dataclass
from typing import Literal

SubjectKind = Literal["household", "person", "official", "application", "award", "account", "region", "complaint"]


@dataclass(frozen=True, slots=True)
class Truth:
    """One row of `truth.parquet` (contract §8): a planted case, or an innocent look-alike.

    `subject` is the number as in the files (persons and officials by id_no); `amount` in yuan, the part in doubt.
    Variant and twin are named by the world from the key under which the scheme lists them.
    """

    scheme: str
    subject_kind: SubjectKind
    subject: str
    amount: float | None = None


# What a variant or a twin returns: every truth it makes, its own scheme's first. A twin's rows of its own scheme name
# what must NOT be raised; rows of other schemes name what is truly met beside it.
Planted = list[Truth]
