"""Who is kin to whom, how, how surely, and from when to when?

Primitive ties (spouse, parent, child, and what a source asserts outright) come from the kin table and from the
relations of household members to their head; all else is composed from them, outward from the persons asked about.
Contract §4 "Kin"; near kin: 民法典第一千零四十五条.
"""

from casework.kinship.composed import kin_of
from casework.kinship.policy import near, wider
from casework.kinship.relation import DEGREES, INVERSE
from casework.kinship.ties import direct_ties, parents_of

__all__ = ["DEGREES", "INVERSE", "direct_ties", "kin_of", "near", "parents_of", "wider"]
