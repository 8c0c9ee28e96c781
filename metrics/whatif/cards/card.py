"""What must every number of a what-if say about itself, and on whose authority?"""

from dataclasses import dataclass
from typing import Final, Literal

from casework.text import Text

Unit = Literal["households", "persons", "fen", "share", "index", "times"]
Better = Literal["higher", "lower", "neither"]

UNITS: Final[dict[Unit, Text]] = {
    "households": Text("户", "households"),
    "persons": Text("人", "persons"),
    "fen": Text("分", "fen"),
    "share": Text("占比", "share"),
    "index": Text("指数", "index"),
    "times": Text("倍", "times"),
}
RULES: Final = Text("本系统按规则测算", "reckoned here by the rules")
WORLD_BANK: Final = Text(
    "世界银行《Revisiting Targeting in Social Assistance》(2022)第7章",
    "World Bank, Revisiting Targeting in Social Assistance (2022), ch. 7",
)
FGT: Final = Text(
    "Foster、Greer、Thorbecke,Econometrica 52 (1984)", "Foster, Greer and Thorbecke, Econometrica 52 (1984)"
)
RAVALLION: Final = Text(
    "Galasso、Ravallion,Journal of Public Economics 89 (2005)",
    "Galasso and Ravallion, Journal of Public Economics 89 (2005)",
)
CGH: Final = Text(
    "Coady、Grosh、Hoddinott,《Targeting of Transfers in Developing Countries》(2004)",
    "Coady, Grosh and Hoddinott, Targeting of Transfers in Developing Countries (2004)",
)
ASPIRE: Final = Text("世界银行 ADePT、ASPIRE 指标说明", "World Bank, ADePT and ASPIRE indicator notes")
LAEKEN: Final = Text(
    "R 软件包 laeken(Alfons、Templ,2013)", "the R package laeken (Alfons and Templ, J. Stat. Software 54(15), 2013)"
)
THEIL: Final = Text("Theil (1967);Shorrocks,Econometrica 48 (1980)", "Theil (1967); Shorrocks, Econometrica 48 (1980)")
POLICYENGINE: Final = Text("PolicyEngine 的定义", "as PolicyEngine defines it")
CLIFF: Final = Text("郭忠兴(2023)", "Guo Zhongxing (2023)")


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: what it is called, how it is made, and by whose definition."""

    id: str
    title: Text
    definition: Text
    unit: Unit
    source: Text = RULES
    better: Better = "neither"
    counts: tuple[str, ...] = ()  # measures in households
    between: bool = False  # of two outcomes: told in the rows of a difference only
    above_village: bool = False  # not told of a village or a group
