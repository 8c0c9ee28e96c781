"""Which leads were found untrue, and what did they say then?"""

from casework.review.store import Review
from casework.review.vocabulary import REFUTED


def refuted(review: Review) -> frozenset[tuple[str, str]]:
    """`lead_id` and `content_digest` of each; a lead that says something else by now is another lead."""
    return frozenset((one.lead_id, one.digest) for one in review.standings().values() if one.outcome in REFUTED)
