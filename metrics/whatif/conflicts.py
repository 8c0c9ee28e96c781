"""What should somebody know of a scenario before reading what it does?

Named, never silent: an unknown rule, two changes of one value, a change that changes nothing and why, a value outside
what is sensible. An error keeps the scenario from being reckoned; a warning is told beside the results.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal

from casework.errors import CaseworkError
from casework.policy import Change, Policy
from casework.policy.shape import token
from casework.text import Text
from metrics.coverage.eligible import DIBAO
from metrics.whatif import assumed
from metrics.whatif.population import Population
from metrics.whatif.readers import BESIDE, BY_MONTH, ELSEWHERE, GATHERED, OF_TIME
from metrics.whatif.scenario import Displaced, Scenario
from metrics.whatif.shares import Figures, amounts
from metrics.whatif.touched import Reach, months_of, reach

Kind = Literal[
    "unknown",  # no such rule, or not a change of it
    "no_figure",  # a share of a figure that nobody published
    "overlap",  # two changes of one value
    "nowhere",  # no village of the data lies there
    "outside_period",  # it ends before, or begins after, every day looked up
    "nothing_in_force",  # there is nothing to change
    "same_value",  # it equals what is in force
    "out_of_range",  # not what is sensible
    "whole_period",  # looked up once, so it counts for all months whenever it ends
    "no_figure_there",  # a share of a figure that some villages do not have
    "nobody",  # no household is ever judged by such a case: another programme, a key that is not asked
    "elsewhere",  # it acts on other numbers than those shown
    "displaced",  # an assumption that two stacked scenarios set to two values
    "unranked",  # unknown hardship stands last before a cut (`unranked`)
    "no_result",  # it moves no household (`idle`)
]
_ERRORS: Final = ("unknown", "no_figure")
_WITHOUT_EFFECT: Final = ("nowhere", "outside_period", "nothing_in_force", "same_value", "nobody", "no_result")
_WHERE: Final = {
    OF_TIME: Text("只影响办理时限,不影响金额与名单", "acts on time limits, on no amount and no roll"),
    BESIDE: Text(
        "只影响劳动激励、行为反应与误差的测算,不影响金额与名单",
        "acts on incentives, behaviour and doubt, on no amount and no roll",
    ),
    ELSEWHERE: Text(
        "本测算不读取这条规定,只影响线索、指标与界面",
        "no what-if reads it; it acts on leads, indicators and screens alone",
    ),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing to know, of the changes at these places (from 1 on, as a reader counts)."""

    kind: Kind
    changes: tuple[int, ...]
    message: Text

    @property
    def error(self) -> bool:
        """Does it keep the scenario from being reckoned?"""
        return self.kind in _ERRORS

    @property
    def without_effect(self) -> bool:
        """Does it say that a change changes nothing?"""
        return self.kind in _WITHOUT_EFFECT


def conflicts(
    scenario: Scenario, policy: Policy, population: Population, figures: Figures | None = None, *, months: int = 12
) -> list[Conflict]:
    """Everything to know of the scenario on these villages in these months, in the order of its changes.

    `figures` (`shares.figures`) where a change sets a share of a published figure.
    """
    found = [*_overlaps(scenario, policy), *map(_displaced, scenario.displaced)]
    rules = policy
    for place, change in enumerate(scenario.changes):
        try:
            real = amounts(scenario, place, figures or {}, population.as_of)
        except CaseworkError as error:
            found.append(Conflict("no_figure", (place + 1,), error.message))
            continue
        reached = []
        try:
            for one in real:
                reached.append(reach(rules, one, population, months=months))
                rules = rules.adjusted([one])
        except CaseworkError as error:
            found.append(Conflict("unknown", (place + 1,), error.message))
            continue
        if not any(one.changed for one in reached):
            found.append(_without_effect(place + 1, change, reached, policy, population, months))
        elif change.id not in (*BY_MONTH, *GATHERED):
            found.append(_elsewhere(place + 1, change, policy))
        elif asked := _unasked(change, policy):
            found.append(_nobody(place + 1, change, asked, policy))
        elif change.id in GATHERED and _ends_within(change, population, months):
            found.append(_whole_period(place + 1, change, policy, population))
        if scenario.share(place):
            found.extend(_without_figure(place + 1, change, real, policy, population))
        found.extend(_out_of_range(place + 1, change, reached, policy))
    return sorted(found, key=lambda one: (max(one.changes, default=0), one.kind))


def _displaced(one: Displaced) -> Conflict:
    label = assumed.LABELS[one.assumption]
    old, new = assumed.value(one.old), assumed.value(one.new)
    return Conflict(
        "displaced",
        (),
        Text(
            f"{label.zh}:“{one.first}”为 {old.zh},“{one.later}”为 {new.zh},按后者计;"
            f'有意取代的,请在后者的 [assumptions] 中写 reset = ["{one.assumption}"]',
            f"{label.en}: {old.en} in “{one.first}”, {new.en} in “{one.later}”; the latter counts; if that is meant, "
            f'write reset = ["{one.assumption}"] into its [assumptions]',
        ),
    )


def _elsewhere(place: int, change: Change, policy: Policy) -> Conflict:
    where = next((text for ids, text in _WHERE.items() if change.id in ids), _WHERE[ELSEWHERE])
    return Conflict("elsewhere", (place,), _of(place, policy.rule(change.id).label, where.zh, where.en))


def _unasked(change: Change, policy: Policy) -> list[str]:
    """Which keys of the change's scope keep every household out of it?"""
    asked = {*policy.rule(change.id).scope, "urban_rural"}
    return [
        f"{key}={token(said)}"
        for key, said in sorted(change.scope.items())
        if said is not False and (key not in asked or (key == "programme" and said != DIBAO))
    ]


def _nobody(place: int, change: Change, keys: list[str], policy: Policy) -> Conflict:
    said = ", ".join(keys)
    return Conflict(
        "nobody",
        (place,),
        _of(
            place,
            policy.rule(change.id).label,
            f"测算只按低保、按户查这条规定,没有一户属于 {said},未起作用",
            f"a what-if asks this rule of dibao and of whole households; none is a case of {said}: no effect",
        ),
    )


def _without_effect(
    place: int, change: Change, reached: list[Reach], policy: Policy, population: Population, months: int
) -> Conflict:
    """Why does the change change nothing?"""
    name = policy.rule(change.id).label
    ahead = months_of(population.as_of, months)
    if not any(one.somewhere for one in reached):
        where = ", ".join(filter(None, (change.region, str(change.scope.get("urban_rural", "")))))
        return Conflict(
            "nowhere",
            (place,),
            _of(
                place,
                name,
                f"数据中没有属于 {where} 的村(居),未起作用",
                f"no village of the data is in {where}: no effect",
            ),
        )
    if not any(one.sometime for one in reached):
        monthly = change.id in BY_MONTH
        zh = f"测算期 {ahead[0]:%Y-%m} 至 {ahead[-1]:%Y-%m}" if monthly else f"截至 {population.as_of} 受理的案件"
        en = f"the months {ahead[0]:%Y-%m} to {ahead[-1]:%Y-%m}" if monthly else f"cases up to {population.as_of}"
        if change.id in GATHERED:
            zh = f"查定之日 {population.as_of}(此类规定只在该日查一次,请去掉生效日)"
            en = f"{population.as_of}, the one day on which such a rule is looked up (leave `from` out)"
        after = Text("对测算未起作用", "no effect on the months reckoned") if monthly else Text("未起作用", "no effect")
        return Conflict(
            "outside_period",
            (place,),
            _of(
                place,
                name,
                f"生效时间与{zh}没有交集,{after.zh}",
                f"its time has no day in common with {en}: {after.en}",
            ),
        )
    if not any(one.values for one in reached):
        return Conflict(
            "nothing_in_force",
            (place,),
            _of(
                place,
                name,
                "所及范围没有有效的规定可改(请先在 policy/ 中写入),未起作用",
                "nothing is in force there that could be changed (write it into policy/ first): no effect",
            ),
        )
    return Conflict(
        "same_value",
        (place,),
        _of(place, name, "改后与现行规定相同,未起作用", "it equals what is in force: no effect"),
    )


def _ends_within(change: Change, population: Population, months: int) -> bool:
    return change.to is not None and change.to < months_of(population.as_of, months)[-1]


def _whole_period(place: int, change: Change, policy: Policy, population: Population) -> Conflict:
    return Conflict(
        "whole_period",
        (place,),
        _of(
            place,
            policy.rule(change.id).label,
            f"此类规定只在 {population.as_of} 查一次,按整个测算期计,{change.to} 之后也算",
            f"such a rule is looked up once, on {population.as_of}: it counts for all months, also after {change.to}",
        ),
    )


def _without_figure(
    place: int, change: Change, real: list[Change], policy: Policy, population: Population
) -> Iterator[Conflict]:
    """Villages whose region published no figure keep the value that they have: said, not passed over."""
    wanted = change.scope.get("urban_rural")
    there = [
        code
        for code, kind in zip(population.village_code, population.urban_rural, strict=True)
        if code.startswith(change.region) and wanted in (None, kind)
    ]
    without = [code for code in there if not any(code.startswith(one.region) for one in real)]
    if without:
        yield Conflict(
            "no_figure_there",
            (place,),
            _of(
                place,
                policy.rule(change.id).label,
                f"{len(there)} 个村(居)中有 {len(without)} 个没有公布的数,仍按现行规定",
                f"{len(without)} of {len(there)} villages have no published figure and keep what is in force",
            ),
        )


def _out_of_range(place: int, change: Change, reached: list[Reach], policy: Policy) -> Iterator[Conflict]:
    rule = policy.rules.get(change.id)
    span = rule.ranges.get(change.which or rule.number_field) if rule else None
    if rule is None or span is None:
        return
    low, high = span
    values = {one.new for found in reached for one in found.changed if isinstance(one.new, int | float)}
    if beyond := sorted(value for value in values if not low <= value <= high):
        said = ", ".join(f"{value:g}" for value in beyond)
        yield Conflict(
            "out_of_range",
            (place,),
            _of(
                place,
                rule.label,
                f"改后为 {said},超出合理范围 {low:g} 至 {high:g},请核对",
                f"it becomes {said}, outside {low:g} to {high:g}; check it",
            ),
        )


def _overlaps(scenario: Scenario, policy: Policy) -> Iterator[Conflict]:
    for (first, one), (second, other) in combinations(enumerate(scenario.changes, 1), 2):
        if one.id in policy.rules and _meet(one, other, policy):
            label = policy.rules[one.id].label
            yield Conflict(
                "overlap",
                (first, second),
                Text(
                    f"第 {first}、{second} 项改动({label.zh})范围重叠,按先后叠加",
                    f"changes {first} and {second} ({label.en}) overlap; they are applied in order",
                ),
            )


def _meet(one: Change, other: Change, policy: Policy) -> bool:
    """Can one case fall under both?"""
    field = policy.rules[one.id].number_field
    if one.id != other.id or (one.which or field) != (other.which or field):
        return False
    nested = one.region.startswith(other.region) or other.region.startswith(one.region)
    ours, theirs = ({"extended": False, **change.scope} for change in (one, other))
    apart = any(token(ours[key]) != token(theirs[key]) for key in ours.keys() & theirs.keys())
    begins = max(one.from_ or date.min, other.from_ or date.min)
    return nested and not apart and begins <= min(one.to or date.max, other.to or date.max)


def _of(place: int, rule: Text, zh: str, en: str) -> Text:
    return Text(f"第 {place} 项改动({rule.zh}):{zh}", f"change {place} ({rule.en}): {en}")
