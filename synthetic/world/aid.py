"""Who in a village is lawfully on aid, since when, and what happened to them within the two years?

Dibao, destitute, edge and rigid-expense households. Every change of a household on dibao (a death, an exit) comes with
the statement, review and amount that the rules ask for, so that nothing here could rightly be raised.
"""

from datetime import date, timedelta
from typing import Final

from synthetic.kit import Award, Case, Household, Person, Site, Truth, age_on, month_of, shifted
from synthetic.kit.ground import TruthRow
from synthetic.kit.process import limit
from synthetic.world import allowances, families, lookalikes, unusual
from synthetic.world.means import state

_Kind = families.Ages
# Sizes come to about 1.7 persons a household on dibao (1.72 rural in 2015), a quarter elders, a sixth minors.
POOR: Final[tuple[tuple[int, _Kind], ...]] = (
    (22, (("head", 60, 86),)),
    (22, (("head", 44, 59),)),
    (6, (("head", 25, 50),)),
    (8, (("head", 64, 82), ("spouse", 62, 80))),
    (10, (("head", 48, 59), ("spouse", 47, 58))),
    (10, (("head", 34, 50), ("child", 4, 16))),
    (6, (("head", 62, 78), ("child", 24, 44))),
    (8, (("head", 34, 50), ("spouse", 33, 49), ("child", 4, 16))),
    (4, (("head", 34, 46), ("spouse", 33, 45), ("child", 10, 16), ("child", 3, 9))),
)
_DISABLED_THIRD: Final = 2  # place of the kind that is poor for a disability
_WITH_CHILD: Final = 6  # place of elders who care for a disabled child
_OLDER: Final = 0.83  # on aid since before the two years
_EXTENDED, _DEMOCRATIC, _RETURNED = 0.1, 0.15, 0.04
_TAPERED: Final = 0.3
_EXITS: Final = 0.245  # leave within the two years
POOREST, NEAREST = 0.12, 0.75  # income as a share of the line
_ABOVE: Final = (1.3, 2.1)
_EDGE: Final = (1.22, 1.4)
_ABOVE_EDGE: Final = (1.65, 2.2)
_EDGE_OLDER: Final = 0.7
_DISABLED: Final = 0.2
_WOMEN: Final = 0.45  # of heads
_ADULT: Final = 18
_CATEGORY_A: Final = 60  # years of age from which income is stable


def poor(site: Site) -> Household:
    """A household that could be on dibao: few members, some of them disabled."""
    place = _drawn(site)
    household = families.settle(site, POOR[place][1], _WOMEN)
    for member in household.members:
        age = age_on(member.person.born, site.as_of)
        if place == _DISABLED_THIRD or (place == _WITH_CHILD and member.relation == "child"):
            families.disable(site, member.person, site.whole(1, 4))
        elif age >= _ADULT and not any(age_on(p.born, site.as_of) < _ADULT for p in household.persons):
            families.certify(site, member.person, age, _DISABLED)
    return household


def dibao(site: Site, household: Household, share: float) -> Award:
    """On dibao for years or since an application of the two years; with deaths, exits, reviews, money.

    `share`: of the line, about which the income stays.
    """
    deaths = sorted(person.died for person in household.at_home if person.died)
    older = bool(deaths) or site.chance(_OLDER)
    category = (
        "A" if all(age_on(p.born, site.as_of) >= _CATEGORY_A for p in household.at_home) else "BC"[site.chance(0.2)]
    )
    if older:
        award = _older(site, household, share, category)
        reviewed = families.some_day(site, site.since - timedelta(days=150), site.since - timedelta(days=20))
    else:
        award, reviewed = _newer(site, household, share, category)
    alive = [person for person in household.at_home if person.died is None]
    if not alive:
        last = max(deaths)
        _part(site, household, award, share)
        site.end(award, month_of(last), "death")
        site.keep_up(award, since=reviewed, until=last - timedelta(days=35), share=share)
        if month_of(last) == month_of(site.as_of):  # in force to the end: its next review could not wait
            day = site.office.open_on(last - timedelta(days=30))
            site.review(award, day)
            site.restate(household, day, share=share)
    elif not deaths and site.chance(_EXITS) and shifted(award.first, 9) < site.as_of:
        site.keep_up(award, since=reviewed, until=_leaves(site, household, award), share=share)
    else:
        _part(site, household, award, share)
        site.keep_up(award, since=reviewed, share=share)
    return award


def _older(site: Site, household: Household, share: float, category: str) -> Award:
    """An award of earlier years, with the filing of kin that was due then."""
    youngest = max(person.born for person in household.persons)
    first = max(shifted(month_of(site.since), -site.whole(3, 40)), shifted(month_of(youngest), 1))
    state(site, household, site.since - timedelta(days=site.whole(160, 330)), share)
    award = site.award(household, from_month=first, category=category)
    for official, relation in site.kin_officials(household, first):
        site.filing(official, household, first - timedelta(days=site.whole(10, 40)), relation)
    return award


def _newer(site: Site, household: Household, share: float, category: str) -> tuple[Award, date]:
    """An award upon an application of the two years, decided by the end of November."""
    day = site.office.open_on(families.some_day(site, site.since, site.as_of - timedelta(days=75)))
    state(site, household, day, share)
    compared(site, household, site.office.after(day, 1))
    case = _applied(site, household, day)
    award = site.award(household, case=case, category=category)
    return award, award.first


def _applied(site: Site, household: Household, day: date) -> Case:
    """Mostly plainly handled, sometimes extended, sometimes given back once for a missing paper."""
    if site.chance(_EXTENDED):
        return unusual.extended(site, household, day)
    if site.chance(site.breach):
        return _late(site, household, day)
    channel = ("window", "village_agent", "online", "discovery")[_weighted(site, (5, 3, 1, 1))]
    case = site.case(household, accepted=day, slack=_slack(site), democratic=site.chance(_DEMOCRATIC), channel=channel)
    lookalikes.tag(site, case)
    if site.chance(_RETURNED):
        back = case.accepted + timedelta(minutes=30)
        case.add_step("return", back, back + timedelta(minutes=5), place="township")
    return case


def _late(site: Site, household: Household, day: date) -> Case:
    """Decided some working days past its limit, as happens everywhere; its truth says so."""
    delegated = site.township.delegated
    allowed = limit("dibao", delegated=delegated, extended=False) or 0
    case = site.case(household, accepted=day, delegated=delegated, days=allowed + site.whole(1, 8))
    site.truth.append(TruthRow(Truth("late_decision", "application", case.no), twin=False, variant="as_everywhere"))
    return case


def _leaves(site: Site, household: Household, award: Award) -> date:
    """An exit with its reason: the household has risen above the line, has bought a car, or has moved away."""
    first = max(shifted(award.first, 6), month_of(site.since))
    months = max(1, (site.as_of.year - first.year) * 12 + site.as_of.month - first.month)
    month = shifted(first, site.whole(0, months - 1))
    day = site.office.open_on(month.replace(day=site.whole(4, 20)))
    reason = ("income", "voluntary", "moved", "assets")[_weighted(site, (70, 14, 10, 6))]
    if reason == "moved" and any(allowances.owed(site, person) for person in household.persons):
        reason = "voluntary"  # who moves away takes no allowance along: what is due to them would seem forgotten
    if reason == "income" and site.chance(_TAPERED) and shifted(first, 5) <= month:
        risen = site.office.open_on(shifted(month, -site.whole(2, 5)).replace(day=site.whole(4, 20)))
        site.review(award, risen, "decrease")
        state(site, household, risen, _between(site, _ABOVE))
        unusual.taper(site, award, risen, month)
        site.end(award, month, reason)
        return month_of(risen) - timedelta(days=20)
    if reason == "assets":
        bought = day - timedelta(days=2)  # not on the first of the month, which was lawfully paid for
        site.match(
            household.head, "vehicle", compared=day, since=bought, value=site.whole(4, 12) * 10_000, detail="car"
        )
    site.review(award, day, "stop")
    if reason in {"income", "voluntary"}:
        state(site, household, day, _between(site, _ABOVE))
    elif reason == "moved":
        for member in household.members:
            member.row["left_on"] = shifted(month, 1)
    else:
        state(site, household, day, 0.8)
    site.end(award, month, reason)
    return month - timedelta(days=20)


def _part(site: Site, household: Household, award: Award, share: float) -> None:
    """Members who died end with the month of death; the rest state anew and are reviewed the same month."""
    for person in household.persons:
        died = person.died
        if died is None or died < award.first:
            continue
        for row in award.beneficiaries:
            if row["id_no"] == person.id_no:
                row["to_month"] = month_of(died)
        if household.co_living(died + timedelta(days=1)):
            last = shifted(month_of(died), 1) - timedelta(days=1)
            day = min(last, died + timedelta(days=site.whole(1, 6)))
            state(site, household, day, share)
            site.review(award, day, "decrease")


def destitute(site: Site, household: Household) -> Award:
    """Supported for years, or since an application of the two years; ends with death."""
    died = household.head.died
    if died or site.chance(_OLDER):
        award = site.award(household, "destitute", from_month=shifted(month_of(site.since), -site.whole(3, 60)))
        for official, relation in site.kin_officials(household, award.first):
            site.filing(official, household, award.first - timedelta(days=site.whole(10, 40)), relation)
    else:
        day = site.office.open_on(families.some_day(site, site.since, site.as_of - timedelta(days=75)))
        state(site, household, day, 0.2)
        case = site.case(household, "destitute", accepted=day, slack=_slack(site))
        award = site.award(household, "destitute", case=case)
    if died:
        site.end(award, month_of(died), "death")
    return award


def edge(site: Site, household: Household, programme: str) -> None:
    """Registered as of the edge for years, or upon an application of the two; of rigid expense within the last one."""
    if programme == "dibao_edge" and site.chance(_EDGE_OLDER):
        _long_on_the_edge(site, household)
        return
    first = date(site.as_of.year, 1, 6) if programme == "rigid_expense" else site.since
    day = site.office.open_on(families.some_day(site, first, site.as_of - timedelta(days=75)))
    if any(person.died or person.born > day for person in household.persons):  # a birth would change the figures
        return
    if programme == "rigid_expense":
        bill = site.whole(12, 28) * 1000
        site.statement(household, day, share=_between(site, (1.55, 2.0)), medical_expense=bill, wage=bill + 4000)
    else:
        state(site, household, day, _between(site, _EDGE))
    case = site.case(household, programme, accepted=day, slack=_slack(site))
    award = site.award(household, programme, case=case)
    if programme == "rigid_expense":
        award.row["to_month"] = shifted(award.first, 11)
        for row in award.beneficiaries:
            row["to_month"] = shifted(award.first, 11)


def _long_on_the_edge(site: Site, household: Household) -> None:
    """Since before the two years; some have risen above the edge and were taken off the list."""
    youngest = max(person.born for person in household.persons)
    first = max(shifted(month_of(site.since), -site.whole(1, 40)), shifted(month_of(youngest), 1))
    if first >= site.since:  # a birth would change the figures
        return
    state(site, household, site.since - timedelta(days=site.whole(160, 330)), _between(site, _EDGE))
    award = site.award(household, "dibao_edge", from_month=first)
    for official, relation in site.kin_officials(household, first):
        site.filing(official, household, first - timedelta(days=site.whole(10, 40)), relation)
    if site.chance(_EXITS):
        day = site.office.open_on(families.some_day(site, site.since, site.as_of - timedelta(days=40)))
        state(site, household, day, _between(site, _ABOVE_EDGE))
        site.end(award, month_of(day), "income")


def not_granted(site: Site, household: Household) -> None:
    """An application refused for income or a car, or withdrawn; or one still open at as_of."""
    fate = ("refused", "withdrawn", "open")[_weighted(site, (80, 10, 10))]
    if fate == "open":
        day = site.office.open_on(site.as_of - timedelta(days=site.whole(4, 12)))
    else:
        day = site.office.open_on(families.some_day(site, site.since, site.as_of - timedelta(days=75)))
    if any(person.died or person.born > day for person in household.persons):  # a birth would change the figures
        return
    car = fate == "refused" and site.chance(0.2)
    state(site, household, day, 0.8 if car or fate == "open" else _between(site, _ABOVE))
    if car:
        since = day - timedelta(days=site.whole(100, 900))
        bought = site.whole(3, 12) * 10_000
        site.match(
            household.head, "vehicle", compared=site.office.after(day, 2), since=since, value=bought, detail="car"
        )
    else:
        compared(site, household, site.office.after(day, 1))
    decision = fate if fate != "open" else "approved"
    case = site.case(household, accepted=day, decision=decision, slack=1 if fate == "open" else _slack(site))
    lookalikes.tag(site, case)


def compared(site: Site, household: Household, day: date) -> None:
    """Every member at home compared with the registers; what is found is harmless."""
    for person in household.co_living(day):
        if site.chance(0.75):
            site.clean_match(person, day)
        else:
            _harmless(site, person, day, owner=person is household.head)


def _harmless(site: Site, person: Person, day: date, *, owner: bool) -> None:
    """A find that is exempt, below its limit, or no asset at all; the one dwelling is the head's."""
    since = max(person.born, day - timedelta(days=site.whole(300, 3000)))
    grown = age_on(person.born, since) >= _ADULT  # only who was grown then has bought anything, or saved
    match _weighted(site, (3, 2, 2, 2, 1) if grown else (1,)):
        case 0:
            site.match(person, "social_insurance", compared=day, since=since, value=400, detail="resident")
        case 1 if owner:
            site.match(person, "real_estate", compared=day, since=since, value=site.whole(40, 110), detail="dwelling")
        case 2:
            site.match(
                person, "vehicle", compared=day, since=since, value=site.whole(2, 15) * 1000, detail="motorcycle"
            )
        case 3:
            site.match(person, "deposit", compared=day, since=day, value=site.whole(1, 25) * 1000)
        case _:
            site.match(person, "vehicle", compared=day, since=since, value=site.whole(5, 30) * 1000, detail="farm")


def _drawn(site: Site) -> int:
    return _weighted(site, tuple(weight for weight, _ in POOR))


def _weighted(site: Site, weights: tuple[int, ...]) -> int:
    aim = site.random.random() * sum(weights)
    for place, weight in enumerate(weights):
        aim -= weight
        if aim < 0:
            return place
    return len(weights) - 1


def _between(site: Site, bounds: tuple[float, float]) -> float:
    return bounds[0] + (bounds[1] - bounds[0]) * site.random.random()


def _slack(site: Site) -> int:
    """Waiting is skewed: mostly none, sometimes three working days."""
    return min(3, int(site.random.lognormvariate(-0.3, 0.8)))
