"""Does long work run once for all who ask, tell how far it is, and end when nobody asks?"""

from threading import Event, Lock

import pytest

from casework.errors import WrongUsageError
from casework.text import Text
from dashboard import background
from dashboard.background import Background, GivenUpError, Progress

LONG = 5.0  # seconds: never reached, it only keeps a broken test from waiting for ever


def test_two_who_ask_the_same_share_one_run() -> None:
    times, go = [], Event()

    def make(_: Progress) -> int:
        go.wait(LONG)
        times.append(1)
        return 7

    runs = Background()
    first, second = runs.ask("a", make), runs.ask("a", make)
    assert first is second
    assert not first.wait(0)
    go.set()
    assert first.wait(LONG)
    assert (first.answer, second.answer, times) == (7, 7, [1])


def test_other_inputs_are_another_run() -> None:
    runs = Background()
    assert runs.ask("a", lambda _: 1).answer == 1
    assert runs.ask("b", lambda _: 2).answer == 2


def test_what_a_run_raises_reaches_whoever_asks() -> None:
    def make(_: Progress) -> int:
        raise WrongUsageError(Text("无此规则", "no such rule"))

    run = Background().ask("a", make)
    assert run.wait(LONG)
    assert not run.given_up
    with pytest.raises(WrongUsageError):
        _ = run.answer


def test_progress_is_seen_while_it_runs() -> None:
    at, go = Event(), Event()

    def make(progress: Progress) -> int:
        progress.step(0.5)
        at.set()
        go.wait(LONG)
        return 1

    run = Background().ask("a", make)
    assert at.wait(LONG)
    assert run.progress.share == 0.5
    go.set()


def test_work_for_which_nobody_asks_is_given_up_at_its_next_step_and_begins_anew_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go, began, lock = Event(), [], Lock()

    def make(progress: Progress) -> str:
        with lock:
            began.append(1)
        go.wait(LONG)
        progress.step(0.9)
        return "done"

    runs = Background()
    run = runs.ask("a", make)
    monkeypatch.setattr(background, "PATIENCE", -1.0)  # everybody went away
    go.set()
    assert run.wait(LONG)
    assert run.given_up
    with pytest.raises(GivenUpError):
        _ = run.answer
    monkeypatch.setattr(background, "PATIENCE", LONG)
    assert runs.ask("a", make).answer == "done"


def test_old_answers_are_forgotten_and_running_work_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_KEPT", 2)
    runs = Background()
    for name in ("a", "b", "c"):
        runs.ask(name, lambda _: 1).wait(LONG)
    runs.ask("d", lambda _: 1).wait(LONG)
    assert len(runs._runs) <= 3
    assert "a" not in runs._runs
