"""Who is covered from when, paid how much, and reviewed in time?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from synthetic.kit.case import Award, Case
from synthetic.kit.casework import Casework
from synthetic.kit.money import due
from synthetic.kit.months import month_of, months, same_day, shifted
from synthetic.kit.people import Household, Member, Person, Relation
from synthetic.kit.rows import Cell, Row

CYCLE: Final = {"A": 12, "B": 6, "C": 6}  # months between reviews (contract §3)
_EARLY: Final = 40  # days by which a review comes before its last day, at most
_DAY_OF_PAY: Final = 10


class Awarding(Casework):
    """Awards, beneficiaries, payments, reviews."""

    def award(
        self,
        household: Household,
        programme: str = "dibao",
        *,
        case: Case | None = None,
        from_month: date | None = None,
        to_month: date | None = None,
        end_reason: str | None = None,
        members: Sequence[Person] | None = None,
        category: str | None = None,
        **cells: Cell,
    ) -> Award:
        """An award from the month after the decision of `case` (or `from_month`) for all co-living members, or those.

        Category B for dibao unless said. Nothing is paid yet: `pay`, once everything else is as wanted.
        """
        first = from_month or shifted(month_of(case.decided_on), 1) if case else from_month
        if first is None:
            raise ValueError("an award needs a decided case or a first month")
        row: dict[str, Cell] = {
            "award_no": self.numbers.next("BZ"),
            "application_no": case.no if case else None,
            "programme": programme,
            "household_no": household.no,
            "from_month": first,
            "to_month": to_month,
            "end_reason": end_reason,
            "category": category or ("B" if programme == "dibao" else None),
            "single_person_basis": case.row.get("single_person_basis") if case else None,
        }
        row = self.rows.add("award", row | cells)
        award = Award(str(row["award_no"]), programme, household, row)
        for person in household.co_living(max(first, self._joined(household))) if members is None else members:
            self.beneficiary(award, person, first, to_month)
        return award

    def beneficiary(self, award: Award, person: Person, first: date, last: date | None = None) -> Row:
        """One person covered from and (if said) to a month, both included."""
        row = self.rows.add(
            "beneficiary",
            {"award_no": award.no, "id_no": person.id_no, "from_month": first, "to_month": last},
        )
        award.beneficiaries.append(row)
        return row

    def member(
        self,
        household: Household,
        person: Person,
        relation: Relation,
        *,
        joined: date,
        left: date | None = None,
        co_living: bool = True,
        tie: bool = True,
    ) -> Member:
        """One more member; `joined` inclusive, `left` exclusive. Reviews written before compare who joins, too."""
        member = super().member(household, person, relation, joined=joined, left=left, co_living=co_living, tie=tie)
        for day in household.reviewed:
            if co_living and member.there(day):
                self.clean_match(person, day)
        return member

    def end(self, award: Award, month: date, reason: str) -> None:
        """The award and all its open rows end with that month, the last one paid for."""
        award.row["to_month"] = month
        award.row["end_reason"] = reason
        for row in award.beneficiaries:
            last = row["to_month"]
            if last is None or str(last) > str(month):
                row["to_month"] = month

    def pay(
        self,
        award: Award,
        first: date | None = None,
        last: date | None = None,
        *,
        amount: int | None = None,
        account: str | None = None,
        holder: Person | None = None,
        beside: Sequence[Award] = (),
    ) -> None:
        """Pay each month from `first` to `last` (the award's own, within the world's two years) what is due to the fen.

        `amount`: fen, instead of what is due. To the household's account, or `account` held by `holder`. `beside`:
        awards of the household paid before, of which dibao is taken off a de facto orphan's amount.
        """
        begin = max(award.first, first or award.first, month_of(self.since))
        end = min(last or month_of(self.as_of), award.last or month_of(self.as_of), month_of(self.as_of))
        for month in months(begin, end):
            fen = due(award, month, self.county.standards, list(beside)) if amount is None else amount
            if fen:
                self.payment(award, month, fen, account=account, holder=holder)

    def payment(
        self,
        award: Award,
        month: date,
        fen: int,
        *,
        on: date | None = None,
        account: str | None = None,
        holder: Person | None = None,
    ) -> Row | None:
        """One payment (negative: a reversal), on the working day about the tenth; none where that is after as_of."""
        day = on or self.office.open_on(month.replace(day=_DAY_OF_PAY))
        if day > self.as_of:
            return None
        keeper = holder or self._keeper(award, month)
        if keeper.row["account_no"] is None:
            keeper.row["account_no"] = self.numbers.account()
        row = self.rows.add(
            "payment",
            {
                "payment_no": self.numbers.next("ZF"),
                "award_no": award.no,
                "month": month,
                "amount": fen,
                "paid_on": day,
                "account_no": account or keeper.row["account_no"],
                "account_holder_id_no": keeper.id_no,
                "department": "民政局",
            },
        )
        award.payments.append(row)
        return row

    def pay_once(self, case: Case, yuan: int) -> Award:
        """One-off aid: an award of the month of the decision, paid within days, the amount in the application too."""
        month = month_of(case.decided_on)
        award = self.award(
            case.household, case.programme, case=case, from_month=month, to_month=month, members=[case.applicant]
        )
        case.row["one_off"] = yuan * 100
        self.payment(award, month, yuan * 100, on=self.office.after(case.decided_on, 1))
        return award

    def review(self, award: Award, on: date, result: str = "keep", actor: Person | None = None) -> Row:
        """One review by a handler who is no kin; everybody at home is compared with the registers that day."""
        if actor is None:
            staff = self.staff(award.household, "handler", on, on)
            actor = staff[int(self.random.random() * len(staff))]
        self.recompare(award.household, on)
        award.household.reviewed.append(on)
        return self.rows.add(
            "review",
            {"award_no": award.no, "reviewed_on": on, "result": result, "actor_id_no": actor.id_no},
        )

    def keep_up(
        self, award: Award, *, since: date | None = None, until: date | None = None, share: float = 0.5
    ) -> None:
        """Reviews within the cycle from `since` (the award's first month) to `until` (as_of), each with a statement.

        The figures stay about `share` of the line, so that an award in force stays lawful; wage, support and bills
        stay what they were.
        """
        cycle = CYCLE[str(award.row["category"])]
        last = since or award.first
        end = until or (self.as_of if award.last is None else award.last)
        while True:
            latest = same_day(last, cycle)
            last = self.office.open_on(latest - timedelta(days=self.whole(14, _EARLY)))
            if last > end:
                return
            if last not in {as_of for as_of, _ in award.household.statements}:  # a change was just stated and reviewed
                self.review(award, last)
                self.restate(award.household, last, share=share * (0.95 + 0.1 * self.random.random()))

    def _keeper(self, award: Award, month: date) -> Person:
        """The head while alive, else the oldest member at home."""
        head = award.household.head
        if head.alive(month):
            return head
        home = award.household.co_living(month)
        return min(home, key=lambda person: (person.born, person.id_no)) if home else head

    def _joined(self, household: Household) -> date:
        return min((str(member.row["joined_on"]), member.row["joined_on"]) for member in household.members)[1]  # type: ignore[return-value]  # joined_on is a date
