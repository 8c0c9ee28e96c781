"""How does a test say a county: villages of so many households of such a size, and how each one's aid went?"""

from dataclasses import dataclass, field

from casework.dataset import Tables
from tests.worlds import Row, person_no, world

COUNTY = "990101000000"


@dataclass
class County:
    """Rows of a county in the making; the data end with 2024."""

    code: str = "990101"
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The county itself."""
        self.region(self.code.ljust(12, "0"), "county")

    def add(self, table: str, row: Row) -> None:
        """One more row."""
        self.rows.setdefault(table, []).append(row)

    def region(self, code: str, tier: str, **cells: str | None) -> str:
        """One region; its code."""
        said = {"urban_rural": None, "valid_to": None, "successor_code": None}
        self.add("region", {"region_code": code, "name": code, "tier": tier, **said, **cells})
        return code

    def township(self, number: int = 1) -> str:
        """A township."""
        return self.region(f"{self.code}{number:03d}000", "township")

    def village(self, number: int, township: int = 1, setting: str | None = "rural") -> str:
        """A village."""
        return self.region(f"{self.code}{township:03d}{number:03d}", "village", urban_rural=setting)

    def award(
        self,
        place: str,
        *,
        living: int = 1,
        covered: int = 1,
        since: str = "2020-01",
        until: str | None = None,
        reason: str | None = None,
        basis: str | None = None,
        home: str | None = None,
        address: str | None = None,
    ) -> str:
        """A household of so many, with an award that covers so many of them; the number of the household."""
        number = f"H{self.code}{len(self.rows.get('award', [])):05d}"
        if home is None:
            self.add("household", {"household_no": number, "region_code": place, "address": address})
            for one in range(living):
                self.lives(number, f"{number}-{one}")
        household = home or number
        self.add(
            "award",
            {
                "award_no": f"W{number}",
                "programme": "dibao",
                "household_no": household,
                "from_month": since,
                "to_month": until,
                "end_reason": reason,
                "single_person_basis": basis,
            },
        )
        for one in range(covered):
            row = {"award_no": f"W{number}", "id_no": _number(f"{household}-{one}"), "from_month": since}
            self.add("beneficiary", {**row, "to_month": None})
        return household

    def lives(self, household: str, name: str, left: str | None = None) -> None:
        """Somebody lives in a household."""
        row = {"household_no": household, "id_no": _number(name), "joined_on": "2015-01-01", "relation": "head"}
        self.add("member", {**row, "co_living": "true", "left_on": left})

    def data(self, *others: "County", turned: bool = False, **changed: list[Row]) -> Tables:
        """As tables, beside other counties; `turned`: every table from its last row to its first."""
        rows = {name: list(of) for name, of in self.rows.items()}
        for other in others:
            for name, of in other.rows.items():
                rows.setdefault(name, []).extend(of)
        if turned:
            rows = {name: of[::-1] for name, of in rows.items()}
        return world("2024-12-31", on="polars", synthetic=True, **{**rows, **changed})


def _number(name: str) -> str:
    """A number that no two of so many names share."""
    place = sum(ord(sign) * 257**at for at, sign in enumerate(name)) % 8_999_999
    year, rest = 1930 + place % 70, place // 70
    born = f"{year}-{rest % 12 + 1:02d}-{rest // 12 % 28 + 1:02d}"
    return person_no(str(rest), born, area=f"99{rest // 336 % 9999:04d}")


LIVING = (1, 1, 2, 3, 3, 4)  # together in a household, over and over


def with_quiet_village(
    awards: int = 30,
    *,
    ends: int = 0,
    when: str = "2024-06",
    reason: str | None = "income",
    peers: int = 11,
    peer_ends: int = 6,
    setting: str | None = "rural",
    code: str = "990101",
) -> County:
    """A village of so many awards, so many of which ended, and peers of thirty awards, of which six or so did."""
    made = County(code)
    made.township()
    quiet = made.village(1)
    for one in range(awards):
        made.award(quiet, until=when if one < ends else None, reason=reason if one < ends else None)
    for number in range(2, peers + 2):
        place = made.village(number, setting=setting)
        own = peer_ends + (number % 3 - 1 if peer_ends else 0)
        for one in range(30):
            made.award(
                place, until=f"2024-{one % 12 + 1:02d}" if one < own else None, reason="death" if one < own else None
            )
    return made


def with_split_village(
    awards: int = 36,
    *,
    short: int = 17,
    peers: int = 11,
    peer_short: int = 1,
    setting: str | None = "rural",
    code: str = "990101",
) -> County:
    """A village in which so many awards of larger households cover one person, and peers in which hardly any do."""
    made = County(code)
    made.township()
    fill(made, made.village(1), awards, short)
    for number in range(2, peers + 2):
        fill(made, made.village(number, setting=setting), 36, peer_short if number % 2 else 2 * peer_short)
    return made


def fill(made: County, place: str, awards: int, short: int) -> None:
    """So many awards; of those of larger households the first `short` cover one person."""
    left = short
    for one in range(awards):
        living = LIVING[one % len(LIVING)]
        cut = living > 1 and left > 0
        left -= cut
        made.award(place, living=living, covered=1 if cut else living)


def with_mass_exit(
    awards: int = 50,
    ended: int = 12,
    *,
    months: tuple[str, ...] = ("2024-04", "2024-05", "2024-06"),
    reason: str | None = "income",
    usual: int = 3,
    townships: int = 4,
    code: str = "990101",
) -> County:
    """A township of so many awards, so many of which ended in these months; in the others few end, month by month."""
    made = County(code)
    for number in range(1, townships + 1):
        made.township(number)
        place = made.village(1, township=number)
        for one in range(awards if number == 1 else 120):
            if number == 1:
                gone = one < ended
                made.award(place, until=months[one % len(months)] if gone else None, reason=reason if gone else None)
            else:
                gone = one < usual * 12
                at = one % 36
                until = f"{2022 + at // 12}-{at % 12 + 1:02d}" if gone else None
                made.award(place, until=until, reason="income" if gone else None)
    return made
