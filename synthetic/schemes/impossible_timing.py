"""Steps whose times cannot be true, or hardly, and times that are merely close."""

from datetime import datetime, time, timedelta

from synthetic.kit import Case, Plant, Planted, Site, Truth
from synthetic.kit.moves import finished, move, some_day, working_days_before

SCHEME = "impossible_timing"
BURST = 8
DAYS = 18
SHORT = timedelta(minutes=40)


def _approved(site: Site, *, slack: int = 3) -> Case:
    family = site.family(("head", 59), ("spouse", 57))
    return site.recipient(family, accepted=some_day(site), slack=slack).case


def _truth(*cases: Case) -> Planted:
    return [Truth(SCHEME, "application", case.no) for case in cases]


def _confirmed_by_one(site: Site, many: int, *, hour: int, apart: float) -> list[Case]:
    """So many families' cases confirmed by one approver in the evening, when nobody else does, seconds apart."""
    accepted = some_day(site)
    cases = []
    for _ in range(many):
        family = site.family(("head", site.whole(35, 50)), ("child", site.whole(8, 15)))
        cases.append(site.recipient(family, accepted=accepted, days=DAYS).case)
    base = datetime.combine(cases[0].decided_on, time(hour, site.whole(0, 50), 0))
    actor = cases[0].step("confirm")["actor_id_no"]
    for place, case in enumerate(cases):
        end = base + timedelta(seconds=apart * place)
        case.step("confirm").update(started_at=end - timedelta(seconds=2), finished_at=end, actor_id_no=actor)
        case.row["decided_at"] = end
    return cases


def visited_before_acceptance(site: Site) -> Planted:
    """The home visit is dated the day before the case was accepted."""
    case = _approved(site)
    move(case.step("home_visit"), working_days_before(site, case.accepted.date(), 1))
    return _truth(case)


def decided_before_the_posting_ended(site: Site) -> Planted:
    """Decided two days before the notice came down."""
    case = _approved(site)
    end = datetime.combine(case.decided_on + timedelta(days=2), time(17))
    case.step("posting")["finished_at"] = end
    return _truth(case)


def decided_before_accepted(site: Site) -> Planted:
    """Emergency aid accepted two hours after it was decided."""
    family = site.family(("head", 46), ("child", 10))
    accepted = datetime.combine(some_day(site), time(9, site.whole(0, 59)))
    case = site.case(family, "temporary_emergency", accepted=accepted, hours=3, cause="accident")
    site.pay_once(case, 1200)
    case.row["accepted_at"] = case.row["submitted_at"] = accepted + timedelta(hours=5)
    return _truth(case)


def eight_in_fifty_seconds(site: Site) -> Planted:
    """Eight families confirmed by one approver within fifty seconds."""
    return _truth(*_confirmed_by_one(site, BURST, hour=19, apart=7))


def visit_and_opinion_at_once(site: Site) -> Planted:
    """The opinion written by the visitor three minutes after the visit ended."""
    case = _approved(site)
    visit, opinion = case.step("home_visit"), case.step("preliminary")
    end = finished(visit)
    opinion |= {"started_at": end, "finished_at": end + timedelta(minutes=3), "actor_id_no": visit["actor_id_no"]}
    return _truth(case)


def equal_moments(site: Site) -> Planted:
    """The check began the moment the case was accepted; the notice came down the moment it was decided."""
    case = _approved(site)
    case.step("data_check")["started_at"] = case.accepted
    case.step("posting")["finished_at"] = case.decided
    return _truth(case)


def authorised_before_acceptance(site: Site) -> Planted:
    """The authorisation was signed a day before acceptance: a free step."""
    case = _approved(site)
    move(case.step("authorise"), working_days_before(site, case.accepted.date(), 1))
    return _truth(case)


def checked_after_the_emergency(site: Site) -> Planted:
    """Emergency aid: visited and checked days after the money was given."""
    family = site.family(("head", 42), ("spouse", 41))
    case = site.case(family, "temporary_emergency", accepted=some_day(site), hours=4, cause="disaster")
    site.pay_once(case, 1800)
    for step in ("data_check", "home_visit"):
        late = site.office.moment(site.office.after(case.decided_on, 3 if step == "home_visit" else 1))
        case.add_step(step, late, late + SHORT)
    return _truth(case)


def seven_in_a_minute(site: Site) -> Planted:
    """One family short of a burst."""
    return _truth(*_confirmed_by_one(site, BURST - 1, hour=20, apart=8))


def eight_in_more_than_a_minute(site: Site) -> Planted:
    """Eight families, eleven seconds apart."""
    return _truth(*_confirmed_by_one(site, BURST, hour=21, apart=11))


def visit_and_opinion_six_minutes_apart(site: Site) -> Planted:
    """Quick, by one person, but not within five minutes."""
    case = _approved(site)
    visit, opinion = case.step("home_visit"), case.step("preliminary")
    end = finished(visit)
    opinion |= {"started_at": end, "finished_at": end + timedelta(minutes=6), "actor_id_no": visit["actor_id_no"]}
    return _truth(case)


def visit_and_opinion_by_two(site: Site) -> Planted:
    """Within two minutes, but by two people."""
    case = _approved(site)
    visit, opinion = case.step("home_visit"), case.step("preliminary")
    end = finished(visit)
    others = site.staff(case.household, "handler", end.date(), end.date())
    busy = {visit["actor_id_no"], visit["second_actor_id_no"]}
    other = next((one.id_no for one in others if one.id_no not in busy), None)
    opinion |= {"started_at": end, "finished_at": end + timedelta(minutes=2), "actor_id_no": other}
    return _truth(case)


def side_by_side(site: Site) -> Planted:
    """Visit and data check at the same time, the opinion before the answer: order within the case is free."""
    case = _approved(site)
    first = site.office.after(case.accepted.date(), 2)
    move(case.step("data_check"), site.office.after(case.accepted.date(), 1), days=6)
    move(case.step("home_visit"), first)
    move(case.step("preliminary"), site.office.after(first, 1))
    return _truth(case)


VARIANTS: dict[str, Plant] = {
    "visited_before_acceptance": visited_before_acceptance,
    "decided_before_the_posting_ended": decided_before_the_posting_ended,
    "decided_before_accepted": decided_before_accepted,
    "eight_in_fifty_seconds": eight_in_fifty_seconds,
    "visit_and_opinion_at_once": visit_and_opinion_at_once,
}
TWINS: dict[str, Plant] = {
    "equal_moments": equal_moments,
    "authorised_before_acceptance": authorised_before_acceptance,
    "checked_after_the_emergency": checked_after_the_emergency,
    "seven_in_a_minute": seven_in_a_minute,
    "eight_in_more_than_a_minute": eight_in_more_than_a_minute,
    "visit_and_opinion_six_minutes_apart": visit_and_opinion_six_minutes_apart,
    "visit_and_opinion_by_two": visit_and_opinion_by_two,
    "side_by_side": side_by_side,
}
