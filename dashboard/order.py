"""Which made-up world does a reader order, what will it be about, and how is it made again?

Figures about a world that is not made yet are measured on two shared cores; they only tell what to wait for.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Final, Self, get_args

from casework.errors import WrongUsageError
from casework.text import Text
from synthetic.world import PERSONS, Form, Regime, Scale

SCALES: Final[tuple[Scale, ...]] = ("village", "township", "county")  # larger ones take the command line
REGIMES: Final[tuple[Regime, ...]] = get_args(Regime)
FORMS: Final[tuple[Form, ...]] = get_args(Form)
FEWEST, MOST = 1_000, 100_000  # persons: the least of a county; as many as are made while somebody waits
SEEDS: Final = 999_999_999
SOURCE: Final = "source"
_STARTING: Final = 1.5  # seconds
_A_SECOND: Final[dict[Form, int]] = {"csv": 12_000, "parquet": 12_000, "xlsx": 4_000}  # persons
_PLANTED: Final = 1_150  # persons of planted cases and look-alikes, with the dead and those who left
_LOOKALIKES: Final = 600  # the same where nothing but look-alikes is planted
_PARTED: Final = 1_000  # persons an estimate is rounded to


@dataclass(frozen=True, slots=True)
class Order:
    """A world by what it depends on: the same order is the same bytes."""

    scale: Scale = "county"
    persons: int = PERSONS["county"]
    seed: int = 1
    regime: Regime = "capture"
    form: Form = "csv"

    def __post_init__(self) -> None:
        """Refuse what a page does not make.

        Raises:
            WrongUsageError: a scale, regime or form that is none, or a number out of its bounds.
        """
        known = self.scale in SCALES and self.regime in REGIMES and self.form in FORMS
        if not (known and FEWEST <= self.persons <= MOST and 1 <= self.seed <= SEEDS):
            raise WrongUsageError(
                Text(
                    f"网页生成至多一县、{FEWEST} 至 {MOST} 人;更大的请用命令行",
                    f"a page makes at most a county, of {FEWEST} to {MOST} persons; larger ones take the command line",
                )
            )

    @classmethod
    def read(cls, text: str) -> Self:
        """What `text` wrote."""
        return cls(**json.loads(text))

    @property
    def text(self) -> str:
        """The order as one line, for another process."""
        return json.dumps(asdict(self))

    @property
    def name(self) -> str:
        """What the folder of the world is called."""
        return f"mingcha-synthetic-{self.scale}-{self.regime}-{self.persons}-seed{self.seed}-{self.form}"

    @property
    def command(self) -> str:
        """What makes the same world again."""
        return (
            f"mingcha synthesize {PurePosixPath(self.name, SOURCE)} --scale {self.scale} --persons {self.persons}"
            f" --seed {self.seed} --regime {self.regime} --format {self.form}"
        )

    @property
    def about(self) -> int:
        """Persons that its tables will list, about."""
        more = _PLANTED if self.regime == "capture" else _LOOKALIKES
        return round((self.persons + more) / _PARTED) * _PARTED

    @property
    def seconds(self) -> int:
        """How long it takes, about."""
        return round(_STARTING + self.persons / _A_SECOND[self.form])
