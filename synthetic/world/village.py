"""Who lives in a village, who is kin to whom and to its officials, and who of them is on aid?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal

from synthetic.kit import Award, Household, Official, Person, Site, Village, age_on
from synthetic.kit.names import surname
from synthetic.kit.staffing import seat_committee
from synthetic.world import accounts, aid, allowances, families, lookalikes, needs, unusual

Regime = Literal["capture", "clean", "needy_kin", "one_surname"]
# Shares of the residents, domain.md §4: rural dibao 7.4 %, urban 0.62 %; destitute about 1 % of the rural.
_DIBAO: Final = {"rural": 0.1, "urban": 0.0068}
_DESTITUTE: Final = {"rural": 0.0098, "urban": 0.0007}
_EDGE: Final = {"rural": 0.010, "urban": 0.002}
_RIGID: Final = 0.0015
_NOT_GRANTED: Final = {"rural": 0.0034, "urban": 0.0004}  # applications without an approval, of residents
_SINGLE: Final = 0.0004  # single-person entries, of residents
_TOPPED_UP: Final = 0.4  # of de facto orphans are on dibao as well
_ORPHANS: Final = 0.0003
_LOST: Final = 0.3  # of them have lost both parents
_TEMPORARY: Final = 0.0118
_RISKS, _FOUND = 0.0012, 0.004
_WELL_OFF: Final = 0.03  # households of which a register tells what would shut them out, if they asked
_AIDED: Final = 0.48  # of those found get temporary aid
_VOICES: Final = 0.047  # complaints in two years a recipient
_POORER: Final = 0.18  # villages differ by about that much
_PAYROLL: Final = 0.03  # heads of households on the public payroll
_VILLAGE_KIN: Final = 0.056  # households on dibao that are near kin of the committee, and of the offices above
_OFFICE_KIN: Final = 0.02
_NEEDY: Final = 4  # times as many where the officials' kin are the poor ones, and the poorer the more
_WATCHED: Final = 0.045  # of the rural live in households as poor, never on aid, and risen since
_NEARLY: Final = 0.95  # of the line, at most, and at least a fifth: the neediest are all on aid
_LEAST: Final = 0.2
_COMMITTEE: Final = 8  # who might sit on it
_WORKING: Final = (30, 58)
_PARENT: Final = 20  # years between parent and child, at least
_NEXT: Final = 12  # of a clan looked at for one's next brother or sister, or child


@dataclass(eq=False)
class Census:
    """What a village came to, for what is drawn from all of a township."""

    households: list[Household] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    elsewhere: set[Person] = field(default_factory=set)  # who is a member of the parents' household, too


def people(site: Site, village: Village, regime: Regime) -> Census:
    """Everybody of one village, their ties, their aid."""
    site.village = village
    site.surname = surname(site.random) if regime == "one_surname" else None
    census = Census()
    poorness = site.random.lognormvariate(-(_POORER**2) / 2, _POORER)
    on_dibao = _households(site, village.persons * _DIBAO[village.settlement] * poorness)
    destitute = [
        families.settle(site, (("head", 60, 89),))
        for _ in range(_count(site, village.persons * _DESTITUTE[village.settlement]))
    ]
    census.households = [*on_dibao, *destitute]
    _orphans(site, village, census)
    general = _general(site, village, census)
    census.households += general
    seats = seat_committee(site, village, _willing(site, general))
    watched = _watched(site, village, general, seats)
    need = {household: aid.POOREST + (aid.NEAREST - aid.POOREST) * site.random.random() for household in on_dibao}
    need |= {household: _LEAST + (_NEARLY - _LEAST) * site.random.random() ** 0.5 for household in watched}
    families.relate(site, [*general, *on_dibao])
    if regime == "one_surname":
        _one_clan(site, census.households)
    _tie_officials(site, need, seats, regime)
    rest = [household for household in general if household not in need]
    _tie_general(site, rest, seats)
    _payroll(site, rest, seats)
    away = accounts.children(site, census.households)
    census.elsewhere = accounts.listed(site, census.households, away)
    for household in watched:
        needs.risen(site, household, need[household])
    for award in _aid(site, census, {household: need[household] for household in on_dibao}, destitute):
        site.pay(award, holder=accounts.keeper(site, award, away))
        accounts.returned(site, award)
        census.awards.append(award)
    _drawn(site, village, census, rest)
    return census


def _aid(
    site: Site, census: Census, on_dibao: Mapping[Household, float], destitute: Sequence[Household]
) -> list[Award]:
    """The awards of those on dibao or destitute, and the allowances of everybody; nothing is paid yet."""
    paid: list[Award] = []
    excluded: set[Person] = set()
    for household, share in on_dibao.items():
        award = aid.dibao(site, household, share)
        lookalikes.known(site, household, award)
        paid.append(award)
        covered = {row["id_no"] for row in award.beneficiaries}
        paid += [
            found
            for person in household.persons
            if person.id_no in covered and (found := allowances.living(site, award, person))
        ]
    for household in destitute:
        paid.append(aid.destitute(site, household))
        excluded.update(household.at_home)
    for household in census.households:
        for person in household.at_home:
            if (age := allowances.old_age(site, household, person)) is not None:
                paid.append(age)
            if person not in excluded and (care := allowances.care(site, household, person)) is not None:
                paid.append(care)
    return paid


def _drawn(site: Site, village: Village, census: Census, general: Sequence[Household]) -> None:
    """The edge, rigid expenses, refusals, sudden needs, risks: households drawn, each for one thing."""
    pool = [  # not who is listed in two households: a visit to one might not do for the other
        household
        for household in general
        if household.head not in census.elsewhere and not any(person.died for person in household.persons)
    ]
    site.random.shuffle(pool)
    _alone(site, village, census, pool)
    free = iter(pool)
    edge = _count(site, village.persons * _EDGE[village.settlement] / 2.4)
    for programme, count in (("dibao_edge", edge), ("rigid_expense", _count(site, village.persons * _RIGID / 2.4))):
        for household in islice(free, count):
            aid.edge(site, household, programme)
    for household in islice(free, _count(site, village.persons * _NOT_GRANTED[village.settlement])):
        aid.not_granted(site, household)
    for household in islice(free, _count(site, village.persons * (_TEMPORARY * 0.75 - _FOUND * _AIDED))):
        needs.temporary(site, household)
    for household in islice(free, _count(site, village.persons * _RISKS)):
        needs.risk(site, household)
    for household in islice(free, _count(site, village.persons * _FOUND)):
        needs.found(site, household)
    for household in islice(free, _count(site, village.persons * _WELL_OFF)):
        lookalikes.well_off(site, household)
    poor = [one.household for one in census.awards if one.programme == "dibao" and not one.household.moved_away]
    site.random.shuffle(poor)
    for household in islice(poor, _count(site, village.persons * _TEMPORARY * 0.25)):
        needs.temporary(site, household)
    recipients = sum(len(award.beneficiaries) for award in census.awards if award.programme in {"dibao", "destitute"})
    for _ in range(_count(site, recipients * _VOICES)):
        needs.voice(site, poor[site.whole(0, len(poor) - 1)] if poor else None)


def _alone(site: Site, village: Village, census: Census, pool: list[Household]) -> None:
    """Single-person entries, taken out of the pool."""
    fit = [household for household in pool if unusual.alone(site, household) is not None]
    for household in fit[: _count(site, village.persons * _SINGLE)]:
        pool.remove(household)
        if (award := unusual.single(site, household)) is not None:
            census.awards.append(award)


def _households(site: Site, persons: float) -> list[Household]:
    """Poor households until so many persons live in them."""
    found: list[Household] = []
    left = _count(site, persons)
    while left > 0:
        found.append(aid.poor(site))
        left -= len(found[-1].members)
    return found


def _orphans(site: Site, village: Village, census: Census) -> None:
    for _ in range(_count(site, village.persons * _ORPHANS)):
        lost = site.chance(_LOST)
        household, child, award = allowances.orphans(site, lost=lost)
        if not lost and site.chance(_TOPPED_UP):
            unusual.topped_up(site, household, child, award)
        else:
            site.pay(award)
        census.households.append(household)
        census.awards.append(award)


def _general(site: Site, village: Village, census: Census) -> list[Household]:
    """Everybody else, until the village is full."""
    general: list[Household] = []
    room = village.persons - sum(len(household.members) for household in census.households)
    while room > 0:
        general.append(families.family(site, room))
        room -= len(general[-1].members)
    return general


def _willing(site: Site, general: Sequence[Household]) -> list[Person]:
    """Who might sit on the committee: heads of working age, each of a household of their own."""
    first, last = _WORKING
    fit = [h.head for h in general if h.head.died is None and first <= age_on(h.head.born, site.as_of) <= last]
    site.random.shuffle(fit)
    return fit[:_COMMITTEE]


def _watched(site: Site, village: Village, general: Sequence[Household], seats: Sequence[Person]) -> list[Household]:
    """Households that were poor and known to be, and never asked; as they were since before their means were stated."""
    found: list[Household] = []
    room = _count(site, village.persons * _WATCHED) if village.settlement == "rural" else 0
    for household in general:
        steady = not any(person.died or person.born >= needs.KNOWN for person in household.persons)
        if room > 0 and steady and household.head not in seats:
            found.append(household)
            room -= len(household.members)
    return found


def _tie_officials(site: Site, need: Mapping[Household, float], seats: Sequence[Person], regime: Regime) -> None:
    """Some poor households, on aid or not, are near kin of who sits on the committee, or serves at an office.

    By need alone, so that kin are on aid as often as others as poor: also where they are needier.
    """
    serving = [one.person for one in site.officials if _may_be_kin(site, one, regime)]
    for household, share in need.items():
        poorer = 2 * max(0.0, aid.NEAREST - share) / (aid.NEAREST - aid.POOREST)  # one on the average of those on aid
        times = _NEEDY * poorer if regime == "needy_kin" else 1
        if seats and site.chance(_VILLAGE_KIN * times):
            _tie_one_of(site, household.head, seats)
        elif serving and site.chance(_OFFICE_KIN * times):
            _tie_one_of(site, household.head, serving)


def _may_be_kin(site: Site, official: Official, regime: Regime) -> bool:
    """An official at an office, and in one township only for the county's, which do not see one another.

    Where a village has one surname, kin bear it.
    """
    return (
        official.duty in {"handler", "approver"}
        and official.in_post(site.as_of)
        and (
            official.region != site.county.code
            or official.person.born.day % len(site.county.townships) == site.township.place
        )
        and (regime != "one_surname" or official.person.surname == site.surname)
    )


def _tie_general(site: Site, general: Sequence[Household], seats: Sequence[Person]) -> None:
    """The committee's kin among those who need nothing."""
    heads = [household.head for household in general if household.head not in seats]
    for seat in seats:
        for _ in range(3):
            if heads:
                _tie(site, heads.pop(site.whole(0, len(heads) - 1)), seat)


def _tie_one_of(site: Site, person: Person, officials: Sequence[Person]) -> None:
    """Kin of some official, the first of whom that can be true."""
    first = site.whole(0, len(officials) - 1)
    for official in (*officials[first:], *officials[:first]):
        if _tie(site, person, official):
            return


def _tie(site: Site, person: Person, official: Person) -> bool:
    """By their ages: brother or sister, parent, or child; was it told? Nobody gets a third parent."""
    apart = official.born.year - person.born.year
    if abs(apart) < _PARENT:
        return families.related(site, person, official, "sibling")
    child, elder = (official, person) if apart > 0 else (person, official)
    if site.ties.parents(child.id_no):
        return False
    return families.related(site, child, elder, "parent", source="hukou")


def _one_clan(site: Site, households: Sequence[Household]) -> None:
    """One surname: heads of about one age are brothers and sisters in groups, elders the parents of younger heads."""
    heads = sorted((household.head for household in households), key=lambda head: (head.born, head.id_no))
    for place, one in enumerate(heads):
        if site.chance(0.75):
            any(families.related(site, one, other, "sibling") for other in heads[place + 1 : place + _NEXT])
    for place, elder in enumerate(heads):
        later = heads[min(len(heads) - 1, place + len(heads) // 3) :][:_NEXT]
        any(
            families.related(site, child, elder, "parent", source="hukou")
            for child in later
            if not site.ties.parents(child.id_no)
        )


def _payroll(site: Site, general: Sequence[Household], seats: Sequence[Person]) -> None:
    """Teachers, nurses and others paid by the public purse; none of them needs aid."""
    first, last = _WORKING
    for household in general:
        head = household.head
        if head.row.get("disability_grade") is not None:
            continue  # may enter dibao alone, which nobody on a payroll does
        if head not in seats and first <= age_on(head.born, site.as_of) <= last and site.chance(_PAYROLL):
            site.official(head, "public_payroll", site.county.code, since=site.since.replace(year=2015), post="教师")


def _count(site: Site, expected: float) -> int:
    """A whole number that is right on average."""
    return int(expected) + site.chance(expected % 1)
