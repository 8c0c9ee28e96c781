"""Who shares a register with whom, and to whose account is lawfully paid?

Grown children elsewhere, accounts of others at home, months that the bank returned: none of it raises anything.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast

from synthetic.kit import Award, Household, Person, Site, age_on, month_of, shifted
from synthetic.kit.rows import Row

_BY_ANOTHER, _BY_A_CHILD = 0.15, 0.05  # awards paid to somebody else's account
_RETURNED: Final = 0.03  # of awards had a month returned by the bank and paid again
_LISTED: Final = 0.15  # of elders with a grown child elsewhere share the register with the child
_ADULT: Final = 18


def children(site: Site, households: Sequence[Household]) -> dict[str, Person]:
    """By household, a grown child who heads another one and whose parents both are known to be that couple."""
    heads = {household.head.id_no: household.head for household in households if household.head.died is None}
    found = {}
    for household in households:
        couple = {member.person.id_no for member in household.members if member.relation in {"head", "spouse"}}
        near = site.ties.near(household.head.id_no)
        for id_no in sorted(near):
            if near[id_no] == "child" and id_no in heads and couple <= set(site.ties.parents(id_no)):
                found[household.no] = heads[id_no]
                break
    return found


def listed(site: Site, households: Sequence[Household], away: Mapping[str, Person]) -> set[Person]:
    """Some elders share the register with a grown child who lives elsewhere, and is not covered; these children."""
    found = set()
    for household in households:
        child = away.get(household.no)
        if child is not None and child not in household.persons and site.chance(_LISTED):
            joined = max(child.born, min(cast("date", member.row["joined_on"]) for member in household.members))
            site.member(household, child, "child", joined=joined, co_living=False)
            found.add(child)
    return found


def keeper(site: Site, award: Award, away: Mapping[str, Person]) -> Person | None:
    """To whose account an award is lawfully paid, if not to the head's: another adult at home, or a child's."""
    home = [
        member.person
        for member in award.household.members[1:]
        if member.row["co_living"] and member.row.get("left_on") is None and member.person.died is None
    ]
    grown = [person for person in home if age_on(person.born, award.first) >= _ADULT]
    if grown and site.chance(_BY_ANOTHER):
        return grown[0]
    return away.get(award.household.no) if site.chance(_BY_A_CHILD) else None


def returned(site: Site, award: Award) -> None:
    """The bank returns a month (the account was closed); it is taken back and paid again, and so due but once."""
    early = [row for row in award.payments if cast("date", row["month"]) < shifted(month_of(site.as_of), -1)]
    if not early or any(person.died for person in award.household.persons) or not site.chance(_RETURNED):
        return
    row = early[site.whole(0, len(early) - 1)]
    fen, paid_on = cast("int", row["amount"]), cast("date", row["paid_on"])
    for sign, days in ((-1, site.whole(2, 5)), (1, site.whole(6, 12))):
        told: Row = {"payment_no": site.numbers.next("ZF"), "amount": sign * fen}
        again = site.rows.add("payment", row | told | {"paid_on": site.office.after(paid_on, days)})
        award.payments.append(again)
