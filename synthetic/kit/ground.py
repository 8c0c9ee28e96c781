"""What does everything that happens in one township stand on?"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from synthetic.kit.numbers import Numbers
from synthetic.kit.office import Office
from synthetic.kit.people import Official
from synthetic.kit.places import County, Founded, Township, Village
from synthetic.kit.rows import Rows
from synthetic.kit.ties import Ties
from synthetic.kit.truth import Truth


@dataclass(slots=True, eq=False)
class TruthRow:
    """One truth with what the world calls it."""

    truth: Truth
    twin: bool
    variant: str


@dataclass(eq=False)
class Ground:
    """One township of a county, its rows, its officials, and one generator from which everything is drawn."""

    county: County
    township: Township
    village: Village  # where the next family lives, unless said otherwise
    as_of: date
    since: date  # first day of the two years of cases and payments
    random: Random = field(repr=False)
    office: Office = field(repr=False)
    numbers: Numbers = field(repr=False)
    rows: Rows = field(default_factory=Rows, repr=False)
    ties: Ties = field(default_factory=Ties, repr=False)
    officials: list[Official] = field(default_factory=list, repr=False)
    surname: str | None = None  # every new family's, where a village has only one
    truth: list[TruthRow] = field(default_factory=list, repr=False)
    breach: float = 0.0  # share of ordinary cases decided past their limit, each told in the truth
    founded: Founded = field(init=False)  # villages and townships of plants, beside the township's own
    filed: set[tuple[str, str]] = field(default_factory=set, repr=False)
    before: dict[str, int] = field(default_factory=dict, repr=False)  # rows a table had before anything was planted
    _answering: dict[tuple[str, str, int], list[Official]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Nothing is founded yet."""
        self.founded = Founded(self.county.code, self.township.code)

    def chance(self, share: float) -> bool:
        """True for that share of draws."""
        return self.random.random() < share

    def whole(self, first: int, last: int) -> int:
        """A whole number from first to last, both included."""
        return first + int(self.random.random() * (last - first + 1))
