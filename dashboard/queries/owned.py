"""Which rows of the case tables are this reader's?

One row an object, the first of its key. An object lies where its household's village is; where nobody knows that, an
application lies with the office in charge, and what has no region at all with the root of the tree, as its leads do.
A person is the reader's by their own region or by that of any of their households.
"""

from collections.abc import Collection
from dataclasses import dataclass

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows, household_region
from casework.review.scope import Scope
from casework.tables import APPLICATION, AWARD, BENEFICIARY, COMPLAINT, HOUSEHOLD, MEMBER, PAYMENT, PERSON


@dataclass(frozen=True, slots=True)
class Owned:
    """The tables of one snapshot as far as one reader may see them."""

    tables: Tables
    scope: Scope
    root: str  # of the tree of regions
    hears: bool  # may read complaints
    recused: frozenset[int] = frozenset()  # officials of whom the reader may read no complaint: themself, their kin

    def households(self) -> Frame:
        """Their households."""
        return first_rows(self.tables[HOUSEHOLD]).filter(self._mine())

    def applications(self) -> Frame:
        """Their applications; `office` is the region in charge, `region_code` the household's village, else that."""
        rows = first_rows(self.tables[APPLICATION]).with_columns(nw.col("region_code").alias("office"))
        return household_region(self.tables, rows, otherwise="office").filter(self._mine())

    def awards(self) -> Frame:
        """Their awards, with `region_code` of the household."""
        return household_region(self.tables, first_rows(self.tables[AWARD])).filter(self._mine())

    def payments(self) -> Frame:
        """The payments of their awards, with `household_no` and `region_code`."""
        awards = self.awards().select("award_id", "household_no", "household_id", "programme", "region_code")
        return self.tables[PAYMENT].join(awards, on="award_id", how="inner")

    def covered(self) -> Frame:
        """Who their awards cover."""
        return self.tables[BENEFICIARY].join(self.awards().select("award_id"), on="award_id", how="inner")

    def members(self) -> Frame:
        """The members of their households, with `village` of the household."""
        homes = self.households().select("household_id", nw.col("region_code").alias("village"))
        return self.tables[MEMBER].join(homes, on="household_id", how="inner")

    def persons(self, wanted: Frame) -> Frame:
        """Of the wanted `person_id`s theirs: `name`, `region_code`, `id_state`, each null where unknown."""
        known = first_rows(self.tables[PERSON]).select("person_id", "name", "region_code", "id_state")
        housed = self.members().select("person_id", nw.lit(value=True).alias("housed")).unique()
        joined = wanted.select("person_id").unique().join(known, on="person_id", how="left")
        placed = joined.join(housed, on="person_id", how="left")
        return placed.filter(nw.col("housed").fill_null(value=False) | self._mine()).drop("housed")

    def complaints(self) -> Frame:
        """Their complaints; none for those who hear none, never one about the reader or their kin."""
        about = nw.col("about_official_person_id").is_in(sorted(self.recused)).fill_null(value=False)
        heard = nw.lit(value=self.hears)
        return self.tables[COMPLAINT].filter(heard, ~about, self._mine())

    def _mine(self) -> nw.Expr:
        return self.scope.within(nw.col("region_code").fill_null(self.root))


def complained_of(tables: Tables, officials: Collection[int]) -> list[str]:
    """The numbers of the complaints about one of these officials."""
    rows = tables[COMPLAINT].filter(nw.col("about_official_person_id").is_in(sorted(officials))).select("complaint_no")
    return tables.engine.collect(rows)["complaint_no"].drop_nulls().to_list()
