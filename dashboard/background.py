"""How does long work run beside the pages, once for all who ask, and stop when nobody asks any more?

Work is named by the digest of what goes in: two readers who ask the same share one run and its answer. It runs in a
thread, not a process: what takes long here are sums of large columns, during which numpy and polars let other threads
run, and a population of a million households need not be copied. Whoever waits asks again and again; work for which
nobody asked for a while is given up at its next step.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final, Generic, TypeVar, cast

Answer = TypeVar("Answer")
PATIENCE: Final = 20.0  # seconds without a question after which nobody waits; a page asks every second
_KEPT: Final = 16  # answers; each is a few tables, of a province some hundred thousand rows
_AT_ONCE: Final = 1  # runs: one leaves a core for the pages


class GivenUpError(Exception):
    """Nobody asks for this work any more."""


@dataclass
class Progress:
    """How far a run has come; its steps are where it may be given up."""

    share: float = 0.0  # done, 0 to 1
    asked_at: float = field(default_factory=monotonic)

    def step(self, share: float) -> None:
        """Say how much is done.

        Raises:
            GivenUpError: nobody asked for a while.
        """
        if monotonic() - self.asked_at > PATIENCE:
            raise GivenUpError
        self.share = share


@dataclass(frozen=True)
class Run(Generic[Answer]):
    """One piece of work, running or done."""

    future: "Future[Answer]"
    progress: Progress

    def wait(self, seconds: float) -> bool:
        """Is it done, at the latest after so long?"""
        try:
            self.future.exception(timeout=seconds)
        except NotYetError:
            return False
        except CancelledError:
            return True
        return True

    @property
    def answer(self) -> Answer:
        """What came of it; what the work raised is raised here."""
        return self.future.result()

    @property
    def given_up(self) -> bool:
        """Did it end without an answer because nobody asked?"""
        return self.future.done() and (self.future.cancelled() or isinstance(self.future.exception(), GivenUpError))


class Background:
    """The runs of one server, newest last."""

    def __init__(self) -> None:
        """One thread for all."""
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="background")
        self._runs: OrderedDict[str, Run[object]] = OrderedDict()
        self._lock = Lock()

    def ask(self, key: str, make: Callable[[Progress], Answer]) -> Run[Answer]:
        """The run of that key: the one that is there, else a new one.

        What was given up begins anew; what was refused stays refused, for the same inputs would be refused again.
        """
        with self._lock:
            found = self._runs.get(key)
            if found is None or found.given_up:
                found = self._begin(key, make)
            found.progress.asked_at = monotonic()
            self._runs.move_to_end(key)
            self._forget()
        return cast("Run[Answer]", found)  # a key names inputs, and inputs one kind of answer

    def _begin(self, key: str, make: Callable[[Progress], object]) -> Run[object]:
        progress = Progress()

        def work() -> object:
            progress.step(0.0)  # it may have waited long for its turn
            return make(progress)

        begun = Run(self._pool.submit(work), progress)
        self._runs[key] = begun
        return begun

    def _forget(self) -> None:
        """The oldest answers go; what still runs stays, its thread ends by itself."""
        done = [key for key, run in self._runs.items() if run.future.done()]
        for key in done[: max(0, len(self._runs) - _KEPT)]:
            del self._runs[key]


SHARED: Final = Background()
