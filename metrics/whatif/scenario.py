"""What is a scenario: which rules it changes, and what it assumes that no rule says?"""

from dataclasses import dataclass, field, fields, replace

from casework.policy.change import Change

FULL, FALLING = "full", "falling"  # how a taper is paid


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What no rule says. None is "as the records show it"."""

    take_up: float | None = None  # share of the eligible without award who would come; by their stored draw
    leak: float | None = None  # share of the not eligible who are paid all the same
    pay_ratio: float | None = None  # paid / due of whoever comes newly
    taper: str = FULL  # FULL: the last amount each month; FALLING: less by equal steps to nothing
    quota: int | None = None  # households on the roll at most, hardest first (rank and cut)
    budget_fen: int | None = None  # a month's money at most, hardest first
    removed: tuple[str, ...] = ()  # steps left out, of time-limit scenarios
    parallel: tuple[str, ...] = ()  # steps done beside one another
    staff: float = 1.0  # times as many


@dataclass(frozen=True, slots=True)
class Displaced:
    """An assumption that two stacked scenarios set, each to another value: the later one counts."""

    assumption: str
    first: str  # the scenarios' names
    old: object
    later: str
    new: object


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, changes in order, assumptions; `sources` says for each change on whose authority (依据).

    `shares` says for each change of which reference figure its `set` is a share ("" of none): of last year's figure
    of the region, a twelfth a month. `shares.settled` puts the amounts in their place.
    """

    name: str
    changes: tuple[Change, ...] = ()
    assumptions: Assumptions = field(default_factory=Assumptions)
    sources: tuple[str, ...] = ()
    note: str = ""
    shares: tuple[str, ...] = ()
    reset: tuple[str, ...] = ()  # assumptions of scenarios below it that no longer count, on purpose
    displaced: tuple[Displaced, ...] = ()  # what `stacked` found set twice

    def source(self, place: int) -> str:
        """On whose authority the change at that place is; "" where nobody said."""
        return self.sources[place] if place < len(self.sources) else ""

    def without(self, place: int) -> "Scenario":
        """The same less the change at that place."""
        kept = [one for one in range(len(self.changes)) if one != place]
        return replace(
            self,
            changes=tuple(self.changes[one] for one in kept),
            sources=tuple(self.source(one) for one in kept),
            shares=tuple(self.share(one) for one in kept) if self.shares else (),
        )

    def share(self, place: int) -> str:
        """Of which figure the change at that place sets a share; "" an amount as it stands."""
        return self.shares[place] if place < len(self.shares) else ""


def stacked(first: Scenario, *others: Scenario) -> Scenario:
    """One scenario of several, in order: later changes work on what earlier ones made.

    Of assumptions the last scenario that says something else than the records counts; where it displaces another
    value that it did not `reset`, `displaced` says so.
    """
    every = (first, *others)
    plain = Assumptions()
    assumed: dict[str, tuple[str, object]] = {}
    displaced = [one for scenario in every for one in scenario.displaced]
    for scenario in every:
        for name in scenario.reset:
            assumed.pop(name, None)
        for name in (one.name for one in fields(Assumptions)):
            said = getattr(scenario.assumptions, name)
            if said == getattr(plain, name):
                continue
            if name in assumed and assumed[name][1] != said:
                displaced.append(Displaced(name, *assumed[name], scenario.name, said))
            assumed[name] = scenario.name, said
    pairs = [(scenario, place) for scenario in every for place in range(len(scenario.changes))]
    return Scenario(
        name=" + ".join(scenario.name for scenario in every),
        changes=tuple(scenario.changes[place] for scenario, place in pairs),
        assumptions=replace(plain, **{name: said for name, (_, said) in assumed.items()}),  # type: ignore[arg-type]  # each value was read from the same field
        sources=tuple(scenario.source(place) for scenario, place in pairs),
        note="\n".join(filter(None, (scenario.note for scenario in every))),
        shares=tuple(scenario.share(place) for scenario, place in pairs),
        reset=tuple(dict.fromkeys(name for scenario in every for name in scenario.reset)),
        displaced=tuple(displaced),
    )
