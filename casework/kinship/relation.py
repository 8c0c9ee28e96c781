"""Which relations are there, what is each one's inverse, and which two in a row make a third?"""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from casework.engine import Frame

INVERSE: Final[Mapping[str, str]] = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "parent_in_law": "child_in_law",
    "child_in_law": "parent_in_law",
    "sibling_in_law": "sibling_in_law",
    "parent_sibling": "sibling_child",
    "sibling_child": "parent_sibling",
}
DEGREES: Final[Mapping[str, int]] = {  # births and marriages between the two
    "spouse": 1,
    "parent": 1,
    "child": 1,
    "sibling": 2,
    "grandparent": 2,
    "grandchild": 2,
    "parent_in_law": 2,
    "child_in_law": 2,
    "sibling_in_law": 3,
    "parent_sibling": 3,
    "sibling_child": 3,
}
BY_MARRIAGE: Final = ("spouse", "parent_in_law", "child_in_law", "sibling_in_law")

# What the relative's relative is. Left out is what would be a guess: a spouse's child, a child's other parent, a
# sibling's parent or sibling (half siblings), a grandparent's child.
TWO: Final[Mapping[tuple[str, str], str]] = {
    ("parent", "parent"): "grandparent",
    ("child", "child"): "grandchild",
    ("parent", "child"): "sibling",
    ("parent", "sibling"): "parent_sibling",
    ("sibling", "child"): "sibling_child",
    ("spouse", "parent"): "parent_in_law",
    ("child", "spouse"): "child_in_law",
    ("spouse", "sibling"): "sibling_in_law",
    ("sibling", "spouse"): "sibling_in_law",
}
THREE: Final[Mapping[tuple[str, str], str]] = {  # by the path of the first two
    ("parent>parent", "child"): "parent_sibling",
    ("parent>child", "child"): "sibling_child",
    ("parent>child", "spouse"): "sibling_in_law",
    ("spouse>parent", "child"): "sibling_in_law",
}


def chosen(column: str, values: Mapping[str, str]) -> nw.Expr:
    """Another word for each value of a column; null where it has none."""
    said: nw.Expr = nw.lit(None).cast(nw.String)
    for old, new in values.items():
        said = nw.when(nw.col(column) == old).then(nw.lit(new)).otherwise(said)
    return said


def inverted(ties: Frame) -> Frame:
    """The same ties seen from the relative."""
    return ties.with_columns(
        nw.col("relative_id").alias("person_id"),
        nw.col("person_id").alias("relative_id"),
        chosen("relation", INVERSE).alias("relation"),
    )
