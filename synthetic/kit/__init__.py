"""With what are worlds and planted families built, row by row, clean by construction?

A *site* is one township with its rows. Whatever it makes is lawful; a planted variant is a lawful family with one
thing changed, by an argument or by changing a row (rows are dicts under the contract's column names, money in fen).

    def short_posting_three_days(site: Site) -> Planted:
        family = site.recipient(site.family(("head", 66)), accepted=date(2025, 3, 3))
        posting = family.case.step("posting")
        posting["finished_at"] = posting["started_at"] + timedelta(days=3)
        return [Truth("short_posting", "application", family.case.no)]

    VARIANTS: dict[str, Plant] = {"three_days": short_posting_three_days}
    TWINS: dict[str, Plant] = {"over_a_holiday": …}

`synthetic/schemes/<scheme>.py` has the two dicts; the world finds the file by walking the package and calls each plant
at least once a county, with `site.village` set to a village of the site, `site.as_of` 2025-12-31 and cases and payments
since `site.since` (2024-01-01); a module's `LEAST` says how many persons a county must have. A twin returns the
subjects that its scheme must NOT raise; both return all they truly meet of other schemes. Draw from `site.random` only
(also `site.chance`, `site.whole`).

Site
  place       county, township (delegated: confirms dibao itself), village (code, name, settlement), as_of, since
  people      person(age= | born=, sex=, surname=, **person cells) · household([(person, relation)…], joined=)
              family(("head", 61, "F"), ("child", 30)…)
              member(household, person, relation, joined=, left=, co_living=)
              kin(person, relative, "parent": the relative is the person's parent, source=, from_on=, to_on=)
              dead(person, on, household: gives the visit that an earner's death asks for)
  officials   officials (terms of this township, its villages and the county) · official(person, duty, region, since=,
              until=, post=) · kin_officials(household, on) · staff(household, duty, on, until, county=): no kin
  means       line(household, on) fen a month · statement(household, on, share=0.6 of the line | wage=… yuan a year)
              restate(household, on, share=): the newest statement carried on
              match(person, kind, compared=, since=, until=, value=, detail=) · clean_match(person, on)
  cases       case(household, programme, accepted=, decision=, delegated=, days= working days exactly, hours=, slack=,
              file=, visit=, democratic=, **application cells) -> Case: row, steps, step(name), without(names),
              add_step(…), accepted, decided, kin · filing(official, household, on, relation)
              Reads the newest statement nowhere: give one on or before acceptance.
  awards      award(household, programme, case= | from_month=, to_month=, members=, category=, **award cells) -> Award:
              row, beneficiaries, payments · beneficiary(award, person, first, last) · end(award, month, reason)
              pay(award, first, last, amount= fen, account=, holder=, beside=): what is due, to the fen, month by month
              payment(award, month, fen, on=, …) one row · pay_once(case, yuan) one-off aid · review(award, on, result)
              keep_up(award, since=, until=, share=): reviews in time, each with a new statement
  whole       recipient(household, programme, accepted=, share=, pay=, **application cells): statement, matches, case,
              award, reviews, payments · settled(household, since= month): an award older than the applications
              complaint(received, kind=, about_official=, about=, …) · outreach(household, found, cause=)
  places      villages_of_its_own(site, count) · township_of_its_own(site, count, delegated=) (synthetic.kit.settling):
              `with` them a pattern of a whole village or office is planted where nobody else lives
  months      month_of, shifted(month, n), months(first, last), same_day(day, n), age_on
  office      office.after(day, working_days) · office.between(a, b) · office.open_on(day) · office.moment(day, 9, 16)

`trial()` (synthetic.kit.trial) gives a staffed township with nobody on aid, `source(site)` its tables as files hold
them; the standard is STANDARDS there (policy `dibao_standard`, region 990101).

What the world expects of a planted family: its own persons and households (never a base family's, but base officials
may be kin); nobody of 80 or older without an old_age award, no grade 1-2 without disability_care (or destitute), no
disability and dibao without disability_living, no child whose parents are lost, no death at 18-59 without a visit,
unless that is what is planted.
"""

from collections.abc import Callable

from synthetic.kit.case import Award, Case
from synthetic.kit.months import age_on, month_of, months, same_day, shifted
from synthetic.kit.people import Household, Member, Official, Person
from synthetic.kit.places import County, Standards, Township, Village
from synthetic.kit.site import Recipient, Site
from synthetic.kit.truth import Planted, Truth

Plant = Callable[[Site], Planted]

__all__ = [
    "Award",
    "Case",
    "County",
    "Household",
    "Member",
    "Official",
    "Person",
    "Plant",
    "Planted",
    "Recipient",
    "Site",
    "Standards",
    "Township",
    "Truth",
    "Village",
    "age_on",
    "month_of",
    "months",
    "same_day",
    "shifted",
]
