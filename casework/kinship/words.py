"""How do relations, their paths and their sources read?"""

from collections.abc import Mapping
from typing import Final

from casework.card import Fact
from casework.kinship.relation import THREE, TWO
from casework.kinship.staff import DUTIES, MEMBER_THEMSELF
from casework.tables import KIN, OFFICIAL, STEP
from casework.text import Text

SOURCES: Final[Mapping[str, Text]] = {
    **{option.code: option.label for option in KIN["source"].options},
    "member": Text("家庭成员登记", "Household members"),
}
RELATIONS: Final[Mapping[str, Text]] = {
    **{option.code: option.label for option in KIN["relation"].options if option.code != "other"},
    "parent_sibling": Text("父母的兄弟姐妹", "Parent's sibling"),
    "sibling_child": Text("兄弟姐妹的子女", "Sibling's child"),
    MEMBER_THEMSELF: Text("本人即成员", "Is a member"),
}


def _path(ties: tuple[str, ...]) -> Text:
    said = [RELATIONS[tie] for tie in ties]
    return Text("的".join(text.zh for text in said), "'s ".join(text.en.lower() for text in said))


PATHS: Final[Mapping[str, Text]] = {
    **RELATIONS,
    **{f"{one}>{other}": _path((one, other)) for one, other in TWO},
    **{f"{path}>{last}": _path((*path.split(">"), last)) for path, last in THREE},
}
STEPS: Final[Mapping[str, Text]] = {option.code: option.label for option in STEP["step"].options}
DUTY: Final[Mapping[str, Text]] = {
    option.code: option.label for option in OFFICIAL["duty"].options if option.code in DUTIES
}
NONE: Final = Text("无", "none")

# The facts of a tie between an official and a household, alike in every question that asks about one.
TIE_FACTS: Final[dict[str, Fact]] = {
    "relation": Fact(Text("成员是干部的", "The member is the official's"), words=RELATIONS),
    "path": Fact(Text("亲属路径(由干部起)", "Path of kin, from the official"), words=PATHS),
    "certainty": Fact(Text("关系可信程度(最弱一环)", "Certainty of the weakest tie")),
    "weakest": Fact(Text("最弱一环来源", "Source of the weakest tie"), words=SOURCES),
    "duties": Fact(
        Text("受理日在辖区任职", "Posts over the village on the acceptance day"), words=DUTY, many=True, absent=NONE
    ),
    "posts": Fact(Text("职务", "Post"), absent=NONE),
    "post_from": Fact(Text("任职起", "In post from"), absent=NONE),
    "post_to": Fact(Text("任职止", "In post to"), absent=Text("在任或未载", "in post, or not stated")),
    "steps": Fact(Text("经办环节", "Steps acted in"), words=STEPS, many=True, absent=NONE),
    "accepted_at": Fact(Text("受理日期", "Accepted")),
    "decided_at": Fact(Text("办结日期", "Decided"), absent=Text("未办结或未载", "open, or not stated")),
}
