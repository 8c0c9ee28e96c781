"""The contract: every case table, one file each; and the leads, which lie beside them."""

from collections.abc import Mapping

from casework.tables.application import APPLICATION
from casework.tables.award import AWARD
from casework.tables.beneficiary import BENEFICIARY
from casework.tables.complaint import COMPLAINT
from casework.tables.filing import FILING
from casework.tables.household import HOUSEHOLD
from casework.tables.kin import KIN
from casework.tables.lead import LEAD
from casework.tables.match import MATCH
from casework.tables.means import MEANS
from casework.tables.member import MEMBER
from casework.tables.official import OFFICIAL
from casework.tables.outreach import OUTREACH
from casework.tables.payment import PAYMENT
from casework.tables.person import PERSON
from casework.tables.reference import REFERENCE
from casework.tables.region import REGION
from casework.tables.review import REVIEW
from casework.tables.schema import Column, Option, Table
from casework.tables.step import STEP

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        REGION,
        REFERENCE,
        PERSON,
        HOUSEHOLD,
        MEMBER,
        KIN,
        OFFICIAL,
        FILING,
        APPLICATION,
        STEP,
        AWARD,
        BENEFICIARY,
        PAYMENT,
        MEANS,
        MATCH,
        REVIEW,
        COMPLAINT,
        OUTREACH,
    )
}

__all__ = [
    "APPLICATION",
    "AWARD",
    "BENEFICIARY",
    "COMPLAINT",
    "FILING",
    "HOUSEHOLD",
    "KIN",
    "LEAD",
    "MATCH",
    "MEANS",
    "MEMBER",
    "OFFICIAL",
    "OUTREACH",
    "PAYMENT",
    "PERSON",
    "REFERENCE",
    "REGION",
    "REVIEW",
    "STEP",
    "TABLES",
    "Column",
    "Option",
    "Table",
]
