"""Approvals in which a required step is missing, and approvals that may do without it."""

from datetime import date, timedelta

from synthetic.kit import Case, Plant, Planted, Recipient, Site, Truth
from synthetic.kit.moves import finished, move, some_day

SCHEME = "skipped_step"


def _approved(site: Site, programme: str = "dibao", *, share: float = 0.55) -> Recipient:
    family = site.family(("head", 56, "M"), ("spouse", 54), ("child", 26))
    return site.recipient(family, programme, accepted=some_day(site), share=share)


def _truth(case: Case, *, times: int = 1) -> Planted:
    return [Truth(SCHEME, "application", case.no)] * times


def no_home_visit(site: Site) -> Planted:
    """Nobody came to the house."""
    return _truth(_approved(site).case.without("home_visit"))


def no_posting(site: Site) -> Planted:
    """Never posted in the village."""
    return _truth(_approved(site).case.without("posting"))


def no_authorisation_nor_check(site: Site) -> Planted:
    """Neither authorised nor checked: two steps, two leads."""
    return _truth(_approved(site).case.without("authorise", "data_check"), times=2)


def one_investigator(site: Site) -> Planted:
    """Visited, but by one investigator alone."""
    case = _approved(site).case
    case.step("home_visit")["second_actor_id_no"] = None
    return _truth(case)


def edge_without_check(site: Site) -> Planted:
    """A family at the edge of dibao, nothing compared."""
    return _truth(_approved(site, "dibao_edge", share=1.2).case.without("data_check"))


def temporary_without_visit(site: Site) -> Planted:
    """Expenditure aid without a look at the house."""
    family = site.family(("head", 48), ("child", 19))
    case = site.case(family, "temporary_expenditure", accepted=some_day(site), cause="serious_illness")
    site.pay_once(case, 3000)
    return _truth(case.without("home_visit"))


def edge_without_posting(site: Site) -> Planted:
    """The edge of dibao needs no posting."""
    return _truth(_approved(site, "dibao_edge", share=1.2).case)


def emergency_with_papers(site: Site) -> Planted:
    """Emergency aid: no check, no visit, no posting, the papers in time."""
    family = site.family(("head", 37), ("child", 12))
    case = site.case(family, "temporary_emergency", accepted=some_day(site), cause="disaster")
    site.pay_once(case, 1000)
    return _truth(case)


def refused_without_posting(site: Site) -> Planted:
    """Refused after the check, never visited or posted."""
    family = site.family(("head", 51), ("spouse", 50))
    accepted = some_day(site)
    site.statement(family, accepted, share=1.6)
    case = site.case(family, accepted=accepted, decision="refused")
    return _truth(case.without("home_visit", "preliminary"))


def child_without_posting(site: Site) -> Planted:
    """A de facto orphan's case must not be posted at all."""
    return _truth(_child(site, some_day(site)).case)


def in_another_order(site: Site) -> Planted:
    """Visited while the data were being compared; the opinion was written before the answer came."""
    found = _approved(site)
    case = found.case
    accepted = case.accepted.date()
    move(case.step("data_check"), site.office.after(accepted, 1), days=7)
    move(case.step("home_visit"), site.office.after(accepted, 2))
    opinion = site.office.after(accepted, 3)
    move(case.step("preliminary"), opinion)
    last = finished(case.step("confirm"))
    if finished(case.step("data_check")) >= last:  # the answer came before the decision all the same
        case.step("data_check")["finished_at"] = last - timedelta(days=1)
    return _truth(case)


def _child(site: Site, accepted: date) -> Recipient:
    """A child of nobody known, with a grandmother, on the child's own programme."""
    family = site.family(("head", 64, "F"), ("grandchild", 11))
    site.statement(family, accepted, share=1.3)
    case = site.case(family, "de_facto_orphan", accepted=accepted)
    award = site.award(family, "de_facto_orphan", case=case, members=[family.persons[1]])
    site.pay(award)
    return Recipient(family, case, award)


VARIANTS: dict[str, Plant] = {
    "no_home_visit": no_home_visit,
    "no_posting": no_posting,
    "no_authorisation_nor_check": no_authorisation_nor_check,
    "one_investigator": one_investigator,
    "edge_without_check": edge_without_check,
    "temporary_without_visit": temporary_without_visit,
}
TWINS: dict[str, Plant] = {
    "edge_without_posting": edge_without_posting,
    "emergency_with_papers": emergency_with_papers,
    "refused_without_posting": refused_without_posting,
    "child_without_posting": child_without_posting,
    "in_another_order": in_another_order,
}
