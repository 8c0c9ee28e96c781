"""How well does aid reach those it is for, group by group?"""

from casework.text import Text
from metrics.whatif.cards.card import ASPIRE, CGH, RAVALLION, WORLD_BANK, Better, Measure


def targeting() -> tuple[Measure, ...]:
    """Errors, coverage, incidence, each with its denominator."""
    left, wrong = ("eligible_households", "excluded_households"), ("roll_households", "included_households")

    def one(name: str, title: Text, how: Text, source: Text, counts: tuple[str, ...], better: Better) -> Measure:
        return Measure(name, title, how, "share", source, better, counts)

    return (
        one(
            "exclusion",
            Text("漏保率(户)", "Exclusion, households"),
            Text("符合而不在保 ÷ 符合", "eligible and not on the roll ÷ eligible"),
            WORLD_BANK,
            left,
            "lower",
        ),
        one(
            "exclusion_persons",
            Text("漏保率(人)", "Exclusion, persons"),
            Text("同上,按人计", "the same of persons"),
            WORLD_BANK,
            left,
            "lower",
        ),
        one(
            "inclusion",
            Text("错保率(户)", "Inclusion, households"),
            Text(
                "不应保而在保 ÷ 在保;分母为能判定的在保户,渐退期内和单人保的在分母、不在分子",
                "on the roll, due nothing ÷ on the roll; the denominator is the recipients who can be judged:"
                " a taper and single-person entry are in it, and not in the numerator",
            ),
            WORLD_BANK,
            wrong,
            "lower",
        ),
        one(
            "inclusion_persons",
            Text("错保率(人)", "Inclusion, persons"),
            Text("同上,按人计", "the same of persons"),
            WORLD_BANK,
            wrong,
            "lower",
        ),
        one(
            "false_positive_rate",
            Text("误纳率(占不应保者)", "False-positive rate, of those due nothing"),
            Text(
                "不应保而在保 ÷ 全部不应保(能判定者,不含渐退期内和单人保);分母不同,不是错保率",
                "on the roll, due nothing ÷ all judged to be due nothing; another denominator than inclusion",
            ),
            WORLD_BANK,
            wrong,
            "lower",
        ),
        one(
            "leaked_money",
            Text("发给不应保者的资金占比", "Share of money to those due nothing"),
            Text(
                "不应保家庭所得 ÷ 能判定家庭所得", "paid to households judged to be due nothing ÷ paid to those judged"
            ),
            WORLD_BANK,
            wrong,
            "lower",
        ),
        one(
            "coverage_of_poor",
            Text("贫困人口覆盖率", "Coverage of the poor"),
            Text("救助前低于固定线的人中在保者", "of persons below the fixed line before aid, those on the roll"),
            ASPIRE,
            ("roll_households",),
            "higher",
        ),
        Measure(
            "targeting_differential",
            Text("瞄准差(Ravallion)", "Targeting differential (Ravallion)"),
            Text(
                "符合者在保率 − 不应保者在保率,按人计;渐退期内和单人保的不计;人人都有为 0",
                "share on the roll of the eligible less that of those due nothing, persons; without a taper or"
                " single-person entry; 0 where all have it",
            ),
            "share",
            RAVALLION,
            "higher",
            (*left, *wrong),
        ),
        Measure(
            "net_of_errors",
            Text("1 − 漏保率 − 错保率", "1 − exclusion − inclusion"),
            Text(
                "按人计;世界银行 2022 表 7.4 所称“瞄准差”,与 Ravallion 的不同",
                "persons; called a targeting differential in table 7.4 of World Bank 2022, not Ravallion's",
            ),
            "share",
            WORLD_BANK,
            "higher",
            (*left, *wrong),
        ),
        *(
            Measure(
                f"cgh_{percent}",
                Text(f"CGH 指数({percent}%)", f"CGH index, {percent} %"),
                Text(
                    f"最穷 {percent}% 的人所得补助份额 ÷ {percent}%;1 为平均分配",
                    f"share of aid of the poorest {percent} % of persons ÷ {percent} %; 1 is the same to all",
                ),
                "times",
                CGH,
                "higher",
                ("roll_households",),
                above_village=True,
            )
            for percent in (20, 40)
        ),
        one(
            "generosity",
            Text("慷慨度", "Generosity"),
            Text("补助 ÷ 受助家庭收入(含补助)", "aid ÷ income with aid of the households paid"),
            ASPIRE,
            ("roll_households",),
            "neither",
        ),
        Measure(
            "adequacy",
            Text("充足度(最穷 20%)", "Adequacy, poorest 20 %"),
            Text("最穷 20% 中受助者:补助 ÷ 收入(含补助)", "generosity among the poorest 20 % of persons"),
            "share",
            ASPIRE,
            counts=("roll_households",),
            above_village=True,
        ),
        one(
            "cost_benefit",
            Text("减贫效益成本比", "Cost-benefit ratio"),
            Text("贫困缺口减少额 ÷ 补助额", "fall of the poverty gap ÷ aid paid"),
            Text(f"{WORLD_BANK.zh},第 489 页", f"{WORLD_BANK.en}, p. 489"),
            ("roll_households",),
            "higher",
        ),
    )


def equity() -> tuple[Measure, ...]:
    """Each group by the best of its kind."""
    return tuple(
        Measure(
            f"{name}_to_best",
            Text(f"{title.zh}与最好组之比", f"{title.en} by the best group's"),
            Text(
                "该组的比率 ÷ 同类各组中最低者;差异是问题,不是结论",
                "the group's share ÷ the lowest among groups of its kind; a difference is a question, no finding",
            ),
            "times",
            counts=counts,
            better="lower",
        )
        for name, title, counts in (
            ("exclusion", Text("漏保率", "Exclusion"), ("eligible_households", "excluded_households")),
            ("inclusion", Text("错保率", "Inclusion"), ("roll_households", "included_households")),
        )
    )
