"""Who is kinder to own kin than to others of the same village, band and year, and who is so to everybody?

All cases of a village are confirmed by one approver, filed and visited by the county. The approver's own kin among them
are kin_handled besides: that cannot be otherwise where somebody is lenient to own kin.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, cast

from synthetic.kit import Case, Household, Official, Person, Plant, Planted, Recipient, Site, Truth
from synthetic.kit.moves import yuan
from synthetic.kit.settling import township_of_its_own
from synthetic.schemes._clan import clan
from synthetic.schemes._kin import acts, serving
from synthetic.schemes._kin import truth as of_case
from synthetic.schemes._means import granted, steady
from synthetic.schemes._means import truth as of_award
from synthetic.schemes._village import home, home_of, usual_ends

LEAST: Final = 10_000  # persons of a county: two townships at least
SETTLERS: Final = 340  # persons in villages of their own, about
SCHEME: Final = "kin_lenience"
_KIN, _OTHERS = 6, 16  # households
_POOR, _ABOVE = 0.5, 1.15  # of the line
_SPAN: Final = 5  # months until as_of: all paid months lie in the taper
_AMOUNT: Final = 15_000  # fen a month, where nothing would be due
_MORE: Final = 4_000  # fen a month and person, above what is due
_SLOW: Final = 19  # working days; the kin's cases take as many as their steps need, about thirteen
_SLOWER: Final = 27
Handled = Callable[[Household], Case | Recipient]


def _told(approver: Official | Person, *truths: Truth) -> Planted:
    person = approver.person if isinstance(approver, Official) else approver
    return [Truth(SCHEME, "official", person.id_no), *truths]


def _office(site: Site, kin: int = _KIN) -> tuple[Official, list[Household], list[Household]]:
    """An approver, own kin's households, and the others of the village."""
    person, families = clan(site, kin)
    approver = serving(site, person, "approver")
    usual_ends(site)
    own = [home_of(site, persons[0], married=False) for persons in families]
    return approver, own, [home(site, place) for place in range(_OTHERS)]


def _confirmed(approver: Official, households: list[Household], handled: Handled) -> list[Case | Recipient]:
    """Each household's case, confirmed by that approver."""
    found = [handled(household) for household in households]
    for one in found:
        acts(one.case if isinstance(one, Recipient) else one, "confirm", approver.person)
    return found


def _handled(found: list[Case | Recipient]) -> Planted:
    """What confirming for one's own kin is in any case."""
    return [of_case("kin_handled", one) for one in found]


def _day(site: Site) -> date:
    """A day of the first ten of the first month of the taper."""
    return site.office.open_on(steady(site, _SPAN).replace(day=site.whole(1, 9)))


def _approved_above(site: Site) -> Handled:
    """Approved with an income above the line."""

    def handle(household: Household) -> Recipient:
        recipient = granted(site, household, accepted=_day(site), share=_ABOVE)
        site.pay(recipient.award, amount=_AMOUNT)
        return recipient

    return handle


def _refused_above(site: Site) -> Handled:
    """Refused for the same income."""

    def handle(household: Household) -> Case:
        day = _day(site)
        site.statement(household, day, share=_ABOVE)
        return site.case(household, accepted=day, decision="refused")

    return handle


def _poor(site: Site, *, days: int | None = None, delegated: bool = True) -> Handled:
    """Lawfully on aid, decided as soon as the steps allow or after just so many working days."""

    def handle(household: Household) -> Recipient:
        day = site.office.open_on(date(2024, site.whole(3, 8), site.whole(8, 20)))
        recipient = granted(site, household, accepted=day, share=_POOR, days=days, delegated=delegated)
        site.pay(recipient.award)
        return recipient

    return handle


def refused_but_for_kin(site: Site) -> Planted:
    """Above the line everybody is refused, except the approver's kin: so they alone are on aid, and barred from it."""
    with township_of_its_own(site):
        approver, kin, others = _office(site)
        own = _confirmed(approver, kin, _approved_above(site))
        _confirmed(approver, others, _refused_above(site))
    follows = (Truth(scheme, "official", approver.person.id_no) for scheme in ("kin_excess", "favored_cluster"))
    return _told(approver, *_handled(own), *(of_case("approved_ineligible", one) for one in own), *follows)


def kin_come_first(site: Site) -> Planted:
    """The kin's cases take about thirteen working days, the others' nineteen: all in time."""
    with township_of_its_own(site):
        approver, kin, others = _office(site)
        own = _confirmed(approver, kin, _poor(site))
        _confirmed(approver, others, _poor(site, days=_SLOW))
    return _told(approver, *_handled(own))


def paid_above_the_due(site: Site) -> Planted:
    """The kin get forty yuan a head more than is due, the others what is due."""
    with township_of_its_own(site):
        approver, kin, others = _office(site)
        own = _confirmed(approver, kin, _poor(site))
        _confirmed(approver, others, _poor(site))
        over = [_raised(one) for one in own if isinstance(one, Recipient)]
    return _told(approver, *_handled(own), *over)


def _raised(recipient: Recipient) -> Truth:
    """Each payment a little higher; what is above the due is in doubt."""
    more = []
    for row in recipient.award.payments:
        heads = len(recipient.award.covered(cast("date", row["month"])))
        row["amount"] = cast("int", row["amount"]) + _MORE * heads
        more.append(_MORE * heads)
    return of_award("overpaid", recipient.award, yuan(more))


def lenient_to_all(site: Site) -> Planted:
    """No kin at all: one approver grants what a colleague in the same village refuses."""
    with township_of_its_own(site):
        lenient = serving(site, site.person(age=47), "approver")
        strict = serving(site, site.person(age=44), "approver")
        usual_ends(site)
        homes = [home(site, place) for place in range(_KIN + 2 + _OTHERS)]
        granted_to = _confirmed(lenient, homes[: _KIN + 2], _approved_above(site))
        _confirmed(strict, homes[_KIN + 2 :], _refused_above(site))
    return _told(lenient, *(of_case("approved_ineligible", one) for one in granted_to))


def as_quick_with_all(site: Site) -> Planted:
    """Quick with own kin, and just as quick with everybody."""
    with township_of_its_own(site):
        approver, kin, others = _office(site)
        own = _confirmed(approver, kin, _poor(site))
        _confirmed(approver, others, _poor(site))
    return _told(approver, *_handled(own))


def delegated_village(site: Site) -> Planted:
    """Where the kin live the township decides alone, quicker for everybody than in the village beyond."""
    with township_of_its_own(site, 2) as (here, beyond):
        approver, kin, others = _office(site, 4)
        own = _confirmed(approver, kin, _poor(site))
        _confirmed(approver, others[:8], _poor(site))
        site.village = beyond
        far = [home(site, place) for place in range(8)]
        _confirmed(approver, far, _poor(site, days=_SLOWER, delegated=False))
        site.village = here
    return _told(approver, *_handled(own))


def urgent_cases(site: Site) -> Planted:
    """The kin were in an emergency, decided within hours; the others asked for help that could wait."""
    with township_of_its_own(site):
        approver, kin, others = _office(site, 4)
        own = _confirmed(approver, kin, _once(site, "temporary_emergency"))
        _confirmed(approver, others[:10], _once(site, "temporary_expenditure"))
    return _told(approver, *_handled(own))


def _once(site: Site, programme: str) -> Handled:
    """Temporary aid, paid once."""

    def handle(household: Household) -> Case:
        day = site.office.open_on(date(2024, site.whole(3, 8), site.whole(8, 20)))
        case = site.case(household, programme, accepted=day, cause="serious_illness")
        site.pay_once(case, 900)
        return case

    return handle


VARIANTS: dict[str, Plant] = {
    "refused_but_for_kin": refused_but_for_kin,
    "kin_come_first": kin_come_first,
    "paid_above_the_due": paid_above_the_due,
    "lenient_to_all": lenient_to_all,
}
TWINS: dict[str, Plant] = {
    "as_quick_with_all": as_quick_with_all,
    "delegated_village": delegated_village,
    "urgent_cases": urgent_cases,
}
