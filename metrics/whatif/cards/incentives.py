"""What does a household on aid keep of what it earns?"""

from casework.text import Text
from metrics.whatif.cards.card import CLIFF, POLICYENGINE, RULES, Better, Measure, Unit


def incentives() -> tuple[Measure, ...]:
    """What more earnings leave, and the cliff."""
    asked = Text("有劳动年龄成员的符合条件在保户", "eligible households on the roll with somebody of working age")
    later = Text("渐退期满后计:渐退只推迟悬崖,不消除", "once a taper has run out, which only delays the cliff")
    linked = Text(
        "含挂钩救助(调参 linked_benefit,演示值)", "linked benefits included (tuning linked_benefit, demo values)"
    )

    def one(name: str, title: Text, how: Text, unit: Unit, source: Text, better: Better = "lower") -> Measure:
        said = Text(f"{asked.zh}:{how.zh}", f"{asked.en}: {how.en}")
        if name != "asked_households":
            said = Text(f"{said.zh};{later.zh}", f"{said.en}; {later.en}")
        return Measure(name, title, said, unit, source, better, ("asked_households",))

    return (
        one(
            "asked_households", Text("激励测算户数", "Households asked"), Text("户数", "how many"), "households", RULES
        ),
        one(
            "marginal_rate",
            Text("有效边际税率", "Marginal effective rate"),
            Text(
                "每月多挣 100 元所减少的低保金占比,平均",
                "share of 100 yuan a month more of earnings that the aid falls by, on average",
            ),
            "share",
            POLICYENGINE,
        ),
        one(
            "cliff_share",
            Text("悬崖户占比", "On a cliff"),
            Text(
                f"每月多挣 100 元反而合计更少的占比,{linked.zh}",
                f"share that would have less in all for earning 100 yuan a month more, {linked.en}",
            ),
            "share",
            POLICYENGINE,
        ),
        one(
            "cliff_gap",
            Text("悬崖缺口", "Cliff gap"),
            Text(f"这些户一年共少得的钱,{linked.zh}", f"what they would have less in a year, {linked.en}"),
            "fen",
            POLICYENGINE,
        ),
        one(
            "cliff_size",
            Text("悬崖高度", "Size of the cliff"),
            Text(
                f"收入刚到线时一下失去的部分占标准之比,平均,{linked.zh}",
                f"what is lost at once on reaching the line, by the standard, on average, {linked.en}",
            ),
            "share",
            CLIFF,
        ),
    )
