"""Which leads were found untrue, and what did they say then?"""

from typing import Final

from casework.review import identity
from casework.review.store import Review
from casework.review.vocabulary import REFUTED
from casework.run import lead_id

WHATEVER: Final = ""  # instead of a digest: untrue, whatever the lead says


def refuted(review: Review) -> frozenset[tuple[str, str]]:
    """`lead_id` and `content_digest` of each; a lead that says something else by now is another lead.

    Two persons whom two people judged not to be one are not, WHATEVER else is found of them.
    """
    found = {(one.lead_id, one.digest) for one in review.standings().values() if one.outcome in REFUTED}
    for one, other in identity.settled(review.database):
        found |= {(lead_id(identity.SCHEME, str(a), str(b)), WHATEVER) for a, b in ((one, other), (other, one))}
    return frozenset(found)
