"""How poor and how unequal do people stay?"""

from casework.text import Text
from metrics.whatif.cards.card import FGT, LAEKEN, RAVALLION, THEIL, Better, Measure, Unit


def poverty() -> tuple[Measure, ...]:
    """At a fixed line."""
    note = Text(
        "按人计,收入加补助后人均严格低于固定贫困线;没有申报的家庭不计",
        "of persons, income with aid a head strictly below a fixed line; households without a statement left out",
    )

    def one(name: str, zh: str, en: str, how: Text, unit: Unit = "share") -> Measure:
        said = Text(f"{how.zh};{note.zh}", f"{how.en}; {note.en}")
        return Measure(name, Text(zh, en), said, unit, FGT, "lower", ("households",))

    return (
        one("fgt0", "贫困发生率", "Poverty headcount (FGT 0)", Text("贫困人口占比", "share of persons below the line")),
        one(
            "fgt1",
            "贫困深度",
            "Poverty gap (FGT 1)",
            Text("缺口占贫困线之比的平均", "mean gap as a share of the line, 0 for those not below"),
        ),
        one(
            "fgt2",
            "贫困强度",
            "Squared poverty gap (FGT 2)",
            Text("缺口占比平方的平均", "mean square of the gap as a share of the line"),
        ),
        one(
            "poverty_gap",
            "贫困缺口总额",
            "Total poverty gap",
            Text("补到贫困线所差金额,一年", "money a year that would lift all to the line"),
            "fen",
        ),
        one("fgt0_before", "救助前贫困发生率", "Poverty headcount before aid", Text("不计补助", "without the aid")),
    )


def inequality() -> tuple[Measure, ...]:
    """Gini, concentration, Theil, within and between villages."""

    def one(name: str, title: Text, how: Text, source: Text, better: Better = "neither") -> Measure:
        return Measure(name, title, how, "index", source, better, ("households",), above_village=True)

    after = Text("收入加补助后的人均", "income with aid a head")
    within, between = Text("村内部分", "within villages"), Text("村际部分", "between villages")
    floor = Text("最低按平均数的 1% 计", "the lowest set to 1 % of the mean")
    return (
        one("gini", Text("基尼系数", "Gini"), Text(f"{after.zh},按人计", f"{after.en}, of persons"), LAEKEN, "lower"),
        one(
            "gini_before",
            Text("救助前基尼系数", "Gini before aid"),
            Text("不计补助的人均收入,按人计", "income a head without the aid, of persons"),
            LAEKEN,
        ),
        one(
            "concentration",
            Text("补助集中系数", "Concentration of aid"),
            Text(
                "按救助前人均收入排序,−1 全归最穷者,0 人人相同,1 全归最富者",
                "by income before aid: −1 all to the poorest, 0 the same to all, 1 all to the richest",
            ),
            Text("Kakwani(1980)", "Kakwani (1980)"),
            "lower",
        ),
        *(
            one(
                f"{name}{suffix}",
                Text(f"{title}{part.zh and '(' + part.zh + ')'}", f"{title}{part.en and ', ' + part.en}"),
                Text(f"{after.zh};{floor.zh}", f"{after.en}; {floor.en}"),
                THEIL,
                "lower",
            )
            for name, title in (("theil_l", "Theil L"), ("theil_t", "Theil T"))
            for suffix, part in (("", Text("", "")), ("_within", within), ("_between", between))
        ),
        *(
            one(
                f"targeting_differential_{suffix}",
                Text(f"瞄准差({part.zh})", f"Targeting differential, {part.en}"),
                Text("两部分之和为瞄准差(Ravallion)", "the two parts make the targeting differential (Ravallion)"),
                RAVALLION,
            )
            for suffix, part in (("within", within), ("between", between))
        ),
    )
