"""One file a step; the newest is `casework.review.database.NEWEST`."""
