"""Which names and kinds of acts does the journal know?"""

from threading import Lock

from casework.review.journal import Journal


class Known:
    """Every `who` and `what` of a journal. A journal only grows: each time only what is new is read."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._read = 0
        self._who: set[str] = set()
        self._what: set[str] = set()
        self._one_at_a_time = Lock()

    def of(self, journal: Journal) -> tuple[list[str], list[str]]:
        """The names and the kinds, sorted."""
        with self._one_at_a_time:
            head = journal.head().seq
            if head != self._read:
                who, what = journal.words(after=self._read)
                self._who |= who
                self._what |= what
                self._read = head
            return sorted(self._who), sorted(self._what)
