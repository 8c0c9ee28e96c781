"""Which recipients, and which statements to the fen, do several planted schemes begin with?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, cast

from synthetic.kit import Award, Household, Person, Recipient, Site, Truth, month_of, shifted
from synthetic.kit.rows import Cell, Row

DAY: Final = timedelta(days=1)
LINE_YEAR: Final = 12  # the line is a month's, Y is a year's


def granted(
    site: Site,
    household: Household,
    programme: str = "dibao",
    *,
    accepted: date,
    share: float = 0.5,
    fen: int | None = None,
    items: dict[str, int] | None = None,
    members: Sequence[Person] | None = None,
    **cells: Cell,
) -> Recipient:
    """A lawful recipient with one statement only (`share` of the line, or Y of just `fen`), no category, not yet paid.

    Without a category no review is due (contract §5, late_review), so that no later statement speaks.
    """
    day = site.office.open_on(accepted)
    if fen is None:
        site.statement(household, day, share=share, **(items or {}))
    else:
        told(site, household, day, fen)
    for person in household.co_living(day):
        site.clean_match(person, site.office.after(day, 1))
    case = site.case(household, programme, accepted=day, **cells)  # type: ignore[arg-type]  # columns of application
    award = site.award(household, programme, case=case, members=members)
    award.row["category"] = None
    return Recipient(household, case, award)


def told(site: Site, household: Household, on: date, fen: int, declared: int | None = None) -> None:
    """A statement of one line, so that Y is exactly that many fen a year; `declared` where the family said another."""
    site.rows.add(
        "means",
        {
            "household_no": household.no,
            "as_of": on,
            "item": "transfer",
            "declared": fen if declared is None else declared,
            "verified": fen,
        },
    )
    household.statements.append((on, fen))


def on_the_line(site: Site, household: Household, on: date) -> int:
    """Y in fen that lies exactly on the standard: 12 x co-living members x standard."""
    return LINE_YEAR * len(household.co_living(on)) * site.line(household, on)


def steady(site: Site, months: int) -> date:
    """The newest month from which the standard stays the same for so many months, all of them past."""
    month = shifted(month_of(site.as_of), -months)
    steps = [month_of(step) for step in site.county.standards.since]
    while any(month < step <= shifted(month, months) for step in steps):
        month = shifted(month, -1)
    return month


def ended_for_income(site: Site, award: Award, last: date) -> None:
    """Ended with that month, in which a statement of twice the line was filed."""
    day = last.replace(day=20)
    told(site, award.household, day, 2 * on_the_line(site, award.household, day))
    site.end(award, last, "income")


def paid(award: Award, first: date, last: date | None = None) -> list[int]:
    """Fen of every payment row of the months from `first` on (to `last`, included)."""
    return [
        cast("int", row["amount"])
        for row in award.payments
        if first <= cast("date", row["month"]) and (last is None or cast("date", row["month"]) <= last)
    ]


def row_of(award: Award, person: Person) -> Row:
    """The beneficiary row of that person."""
    return next(row for row in award.beneficiaries if row["id_no"] == person.id_no)


def truth(scheme: str, award: Award, amount: float | None = None) -> Truth:
    """A truth about an award."""
    return Truth(scheme, "award", award.no, amount)


def last_day(month: date) -> date:
    """The last day of a month."""
    return shifted(month, 1) - DAY
