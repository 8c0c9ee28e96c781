"""How do relations, their paths and their sources read?"""

from collections.abc import Callable, Mapping
from typing import Final

import narwhals as nw

from casework.card import Fact, Wording
from casework.kinship.jurisdiction import DUTIES
from casework.kinship.relation import THREE, TWO
from casework.kinship.staff import MEMBER_THEMSELF
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
    MEMBER_THEMSELF: Text("本人(该户成员)", "Self (a member of the household)"),
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

_PARTS: Final[Mapping[str, tuple[Text, Text]]] = {  # by `part_in_case`: what it is called, and the facts of it
    "post": (
        Text("在辖区任职", "a post over the village"),
        Text("任职 {duties}({post_from} 至 {post_to})", "posts {duties} ({post_from} to {post_to})"),
    ),
    "acted": (Text("经手环节", "steps of the case"), Text("经办环节:{steps}", "steps acted in: {steps}")),
    "both": (
        Text("在辖区任职并经手环节", "a post over the village, and steps of the case"),
        Text(
            "任职 {duties}({post_from} 至 {post_to}),经办环节:{steps}",
            "posts {duties} ({post_from} to {post_to}), steps acted in: {steps}",
        ),
    ),
}
PART_FACT: Final = Fact(
    Text("干部的涉及方式", "The official's part"), words={part: word for part, (word, _) in _PARTS.items()}
)

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


def by_part(reason: Text, arithmetic: Callable[[Text], Text]) -> dict[str, Wording]:
    """A card's `cases`: the arithmetic tells of the posts, of the steps, or of both, as there are."""
    return {part: Wording(reason, arithmetic(told)) for part, (_, told) in _PARTS.items()}


def part_in_case() -> nw.Expr:
    """The fact `case` of rows of `close_staff`: `post`, `acted` or `both`."""
    in_post, acted = ~nw.col("duties").is_null(), nw.col("acted") > 0
    case = nw.when(in_post & acted).then(nw.lit("both")).when(in_post).then(nw.lit("post")).otherwise(nw.lit("acted"))
    return case.alias("case")
