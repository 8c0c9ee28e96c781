"""Does a world look like the counties whose figures domain.md §4 gathers?

Counted from the rows as written, township by township, before anything is planted.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from synthetic.kit import Site, age_on, month_of
from synthetic.kit.rows import Row

_SHARES: Final = ("%", "‰")
_ERRORS: Final = 2
_BY_REGISTER: Final = ("deceased_paid", "payroll_member", "veto_asset", "hidden_wage", "custody_member")
_SPREAD: Final = 0.36  # the square of six tenths


class Part(NamedTuple):
    """One count for every so many of another, perhaps a year."""

    part: str
    whole: str
    times: float = 100
    yearly: bool = False


class Target(NamedTuple):
    """One figure to reach."""

    id: str
    zh: str
    en: str
    aim: float
    low: float
    high: float
    counts: Part
    unit: str = "%"

    def of(self, tally: "Tally") -> float | None:
        """The figure reached; None where there is nobody to count."""
        part, whole, times, yearly = self.counts
        return (tally.yearly if yearly else tally.share)(part, whole, times)

    def n(self, tally: "Tally") -> int:
        """Of how many the figure speaks."""
        return tally.counts[self.counts.whole]

    def few(self, tally: "Tally") -> bool:
        """Are there too few to judge: would two standard errors of chance alone reach beyond the bounds?

        A share is taken as drawn one by one, a mean to spread by six tenths of its aim.
        """
        room = min(self.aim - self.low, self.high - self.aim) / self.aim
        n = self.n(tally) * (tally.counts["years_times_100"] / 100 if self.counts.yearly else 1)
        share = self.aim / self.counts.times
        spread = (1 - share) / share if self.unit in _SHARES else _SPREAD
        return n * (room / _ERRORS) ** 2 < spread


@dataclass(eq=False)
class Tally:
    """Sums from which the figures are made."""

    counts: Counter[str] = field(default_factory=Counter)
    paid_fen: int = 0

    def count(self, site: Site) -> None:
        """Add what a township has."""
        if not site.township.villages or site.township.code == site.county.code:
            return
        self.paid_fen += sum(fen for row in site.rows.tables["payment"] if isinstance(fen := row["amount"], int))
        self.counts["years_times_100"] = (site.as_of - site.since).days * 100 // 365
        self._people(site)
        self._aid(site)
        self._cases(site)
        self._flows(site)
        self._doubts(site)

    def _people(self, site: Site) -> None:
        for village in site.township.villages:
            self.counts[f"residents_{village.settlement}"] += village.persons
        self.counts["persons"] += len(_base(site, "person"))
        for row in _base(site, "person"):
            died = row["died_on"]
            self.counts["deaths"] += isinstance(died, date) and died >= site.since
            self.counts["elders"] += died is None and age_on(_day(row["born_on"]), site.as_of) >= _ELDER

    def _aid(self, site: Site) -> None:
        month = month_of(site.as_of)
        people = {str(row["id_no"]): row for row in _base(site, "person")}
        homes = {str(row["household_no"]): str(row["region_code"]) for row in _base(site, "household")}
        settlements = {village.code: village.settlement for village in site.township.villages}
        awards = {str(row["award_no"]): row for row in _base(site, "award")}
        near = self._near(site)
        dibao: dict[str, str] = {}  # person covered now -> household
        for row in _base(site, "beneficiary"):
            award = awards[str(row["award_no"])]
            at_first = award["programme"] == "dibao" and _day(row["from_month"]) <= site.since
            self.counts["dibao_at_first"] += at_first
            ends = [day for day in (row["to_month"], award["to_month"]) if isinstance(day, date)]
            if _day(row["from_month"]) <= month and (not ends or month <= min(ends)):
                self.counts[f"on_{award['programme']}"] += 1
                if award["programme"] == "dibao":
                    dibao[str(row["id_no"])] = str(award["household_no"])
        for id_no, household in dibao.items():
            self._recipient(site, people[id_no], settlements.get(homes[household], "rural"))
            for way in near.get(household, ()):
                self.counts[f"kin_{way}"] += 1
            self.counts["kin"] += household in near
        self.counts["households_dibao"] += len(set(dibao.values()))
        for row in _base(site, "payment"):
            fen = row["amount"]
            if row["month"] == month and awards[str(row["award_no"])]["programme"] == "dibao":
                self.counts["dibao_fen"] += fen if isinstance(fen, int) else 0

    def _recipient(self, site: Site, person: Row, settlement: str) -> None:
        age = age_on(_day(person["born_on"]), site.as_of)
        self.counts["recipients"] += 1
        self.counts[f"recipients_{settlement}"] += 1
        self.counts["recipients_elder"] += age >= _ELDER
        self.counts["recipients_minor"] += age < _MINOR
        self.counts["recipients_disabled"] += person.get("disability_grade") is not None
        self.counts["recipients_female"] += person["sex"] == "F"

    def _near(self, site: Site) -> dict[str, tuple[str, ...]]:
        """Households with a member who is near kin of an official in post, by the officials' tiers."""
        serving: dict[str, str] = {}
        for official in site.officials:
            if official.duty != "public_payroll" and official.in_post(site.as_of):
                serving[official.person.id_no] = "village" if official.duty == "village_committee" else "office"
        found: dict[str, set[str]] = {}
        where: dict[str, list[str]] = {}
        for row in _base(site, "member"):
            where.setdefault(str(row["id_no"]), []).append(str(row["household_no"]))
        for id_no, way in serving.items():
            for relative in (id_no, *site.ties.near(id_no)):
                for household in where.get(relative, ()):
                    found.setdefault(household, set()).add(way)
        return {household: tuple(sorted(ways)) for household, ways in found.items()}

    def _flows(self, site: Site) -> None:
        """Dibao awards that began and that ended within the two years, and those on record."""
        for row in _base(site, "award"):
            if row["programme"] == "dibao":
                self.counts["entries"] += _day(row["from_month"]) > site.since
                ends = row["to_month"]
                self.counts["exits"] += isinstance(ends, date) and ends < month_of(site.as_of)
        on_dibao = {str(row["household_no"]) for row in _base(site, "award") if row["programme"] == "dibao"}
        self.counts["ever_on_dibao"] += len(on_dibao)
        self.counts["filed"] += len(on_dibao & {str(row["household_no"]) for row in _base(site, "filing")})

    def _doubts(self, site: Site) -> None:
        """Where something was planted: persons compared, subjects that a register contradicts, cases past the limit."""
        told = [row for row in site.truth if not row.twin]
        if told:
            self.counts["compared"] += len({row["id_no"] for row in site.rows.tables["match"]})
            self.counts["doubtful"] += sum(row.truth.scheme in _BY_REGISTER for row in told)
            ordinary = [row for row in _base(site, "application") if row["programme"] == "dibao" and row["decided_at"]]
            late = {row.truth.subject for row in told if row.truth.scheme == "late_decision"}
            self.counts["ordinary"] += len(ordinary)
            self.counts["late"] += sum(row["application_no"] in late for row in ordinary)

    def _cases(self, site: Site) -> None:
        for row in _base(site, "complaint"):
            self.counts["complaints"] += 1
            self.counts["complaints_official"] += row["about_official_id_no"] is not None
        for row in _base(site, "application"):
            programme = str(row["programme"])
            self.counts["temporary"] += programme.startswith("temporary_") and row["decision"] == "approved"
            if programme.startswith("temporary_") and isinstance(row.get("one_off"), int):
                self.counts["temporary_fen"] += int(str(row["one_off"]))

    def share(self, part: str, whole: str, times: float = 100) -> float | None:
        """Part / whole, times so much; None where the whole is nothing."""
        return times * self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def yearly(self, part: str, whole: str, times: float) -> float | None:
        """The same a year."""
        found = self.share(part, whole, times)
        return None if found is None else found * 100 / self.counts["years_times_100"]


_ELDER, _MINOR = 60, 18
TARGETS: Final = (
    Target(
        "rural_coverage",
        "农村低保覆盖率",
        "rural dibao coverage",
        7.4,
        6.6,
        8.2,
        Part("recipients_rural", "residents_rural"),
    ),
    Target(
        "urban_coverage",
        "城市低保覆盖率",
        "urban dibao coverage",
        0.62,
        0.4,
        0.85,
        Part("recipients_urban", "residents_urban"),
    ),
    Target(
        "household_size",
        "低保户均人数",
        "persons a dibao household",
        1.72,
        1.55,
        1.85,
        Part("recipients", "households_dibao", 1),
        "",
    ),
    Target(
        "dibao_elders",
        "低保对象老年人占比",
        "elders among recipients",
        26.4,
        21,
        33,
        Part("recipients_elder", "recipients"),
    ),
    Target(
        "dibao_minors",
        "低保对象未成年人占比",
        "minors among recipients",
        15.9,
        12,
        20,
        Part("recipients_minor", "recipients"),
    ),
    Target(
        "dibao_disabled",
        "低保对象残疾人占比",
        "disabled among recipients",
        20.8,
        16,
        26,
        Part("recipients_disabled", "recipients"),
    ),
    Target(
        "dibao_women",
        "低保对象女性占比",
        "women among recipients",
        44.4,
        40,
        52,
        Part("recipients_female", "recipients"),
    ),
    Target(
        "dibao_pay",
        "低保人均月补助",
        "dibao a person a month",
        351,
        290,
        400,
        Part("dibao_fen", "recipients", 0.01),
        "元/yuan",
    ),
    Target(
        "near_kin",
        "近亲属占低保对象",
        "near kin among recipients",
        6.6,
        5.0,
        8.5,
        Part("kin", "recipients"),
    ),
    Target("near_kin_village", "其中村级", "of them of the village", 79, 66, 90, Part("kin_village", "kin")),
    Target("filed", "已备案占低保户", "households filed as near kin", 6.6, 5.2, 8.2, Part("filed", "ever_on_dibao")),
    Target("out_by_in", "退出与新增之比", "exits by entries", 1.25, 0.95, 1.55, Part("exits", "entries", 1), ""),
    Target("doubtful", "比对疑点率", "doubtful by register", 0.47, 0.3, 0.7, Part("doubtful", "compared")),
    Target("late", "超时办结占比", "decided past the limit", 8.0, 5.5, 10.5, Part("late", "ordinary")),
    Target(
        "destitute_rural",
        "特困占农村人口",
        "destitute of rural residents",
        1.0,
        0.7,
        1.3,
        Part("on_destitute", "residents_rural"),
    ),
    Target("elders", "六十岁以上占比", "aged 60 and over", 23.0, 19, 27, Part("elders", "persons")),
    Target("deaths", "年死亡率", "deaths a year", 8.04, 6.5, 9.6, Part("deaths", "persons", 1000, yearly=True), "‰"),
    Target(
        "temporary",
        "临时救助人次率",
        "temporary aid a year",
        5.3,
        4.2,
        6.5,
        Part("temporary", "persons", 1000, yearly=True),
        "‰",
    ),
    Target(
        "temporary_mean",
        "临时救助次均",
        "temporary aid each time",
        1676,
        1400,
        1950,
        Part("temporary_fen", "temporary", 0.01),
        "元/yuan",
    ),
    Target(
        "complaints",
        "信访每千名对象",
        "complaints a thousand recipients a year",
        34.7,
        28,
        42,
        Part("complaints", "recipients", 1000, yearly=True),
        "‰",
    ),
    Target(
        "against_officials",
        "反映干部占比",
        "against officials",
        28.4,
        18,
        39,
        Part("complaints_official", "complaints"),
    ),
)


def table(tally: Tally) -> list[tuple[Target, float | None]]:
    """Each target with the figure reached."""
    return [(target, target.of(tally)) for target in TARGETS]


def _base(site: Site, table: str) -> list[Row]:
    return site.rows.tables[table][: site.before.get(table)]


def _day(cell: object) -> date:
    if not isinstance(cell, date):
        raise TypeError(f"not a day: {cell!r}")
    return cell
