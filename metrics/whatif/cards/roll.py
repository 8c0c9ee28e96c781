"""Who is on the roll, at what cost, and who comes, goes, gains and loses?"""

from casework.text import Text
from metrics.whatif.cards.card import Measure, Unit


def roll() -> tuple[Measure, ...]:
    """Households, persons and money of one outcome."""
    on = ("roll_households",)
    return (
        Measure(
            "households",
            Text("户数", "Households"),
            Text("快照中的全部家庭(加权)", "all households of the snapshot, weighted"),
            "households",
            counts=("households",),
        ),
        Measure(
            "persons",
            Text("人数", "Persons"),
            Text("共同生活的家庭成员", "living in these households"),
            "persons",
            counts=("households",),
        ),
        Measure(
            "unjudged_households",
            Text("无法判定的户", "Households that cannot be judged"),
            Text(
                "没有申报或核对结果、无标准或不明:既不算符合,也不算不符合",
                "no statement, no standard or something unknown: neither eligible nor not",
            ),
            "households",
            counts=("unjudged_households",),
        ),
        Measure(
            "roll_households",
            Text("在保户数", "Households on the roll"),
            Text(
                "测算末月在保的家庭,含渐退期内的家庭;假设名额时,渐退户不占名额,另行计入",
                "on the roll in the last month reckoned, tapers included; a quota limits the others, tapers stand"
                " beside it",
            ),
            "households",
            counts=on,
        ),
        Measure(
            "roll_persons",
            Text("在保人数", "Persons on the roll"),
            Text("测算末月享受的人", "persons paid for in the last month reckoned"),
            "persons",
            counts=on,
        ),
        Measure(
            "unpriced_households",
            Text("金额不明的户", "Households of unknown amount"),
            Text(
                "测算期内在保,但发放记录和规则都说不出金额:未计入支出",
                "on the roll in some month for an amount that neither payments nor rules tell: in no cost",
            ),
            "households",
            better="lower",
            counts=("unpriced_households",),
        ),
        Measure(
            "cost",
            Text("支出", "Cost"),
            Text("测算各月发放之和,不含金额不明的户", "what is paid over all months reckoned, as far as it is known"),
            "fen",
            counts=on,
        ),
        Measure(
            "month_cost",
            Text("末月支出", "Cost of the last month"),
            Text("测算末月发放", "what is paid in the last month reckoned"),
            "fen",
            counts=on,
        ),
        Measure(
            "eligible_households",
            Text("符合条件的户", "Eligible households"),
            Text(
                "家庭人均收入严格低于标准且无排除情形",
                "income strictly below the line and nothing that excludes",
            ),
            "households",
            counts=("eligible_households",),
        ),
        Measure(
            "excluded_households",
            Text("符合而未保的户", "Eligible households not on the roll"),
            Text("符合条件、末月不在保", "eligible, not on the roll in the last month"),
            "households",
            better="lower",
            counts=("excluded_households",),
        ),
        Measure(
            "included_households",
            Text("不应保而在保的户", "Households on the roll that the rules do not pay"),
            Text(
                "能判定、末月在保、按规则不该发;渐退期内和单人保的家庭不在内",
                "judged, on the roll, and paid nothing by the rules; a taper and single-person entry are none of them",
            ),
            "households",
            counts=("included_households",),
        ),
    )


def moves() -> tuple[Measure, ...]:
    """What lies between two outcomes."""

    def one(name: str, title: Text, definition: Text, unit: Unit, *counted: str) -> Measure:
        return Measure(name, title, definition, unit, counts=counted, between=True)

    parts = ("newly_in_tapering_households", "newly_in_entitled_households")  # either less the whole tells the other

    both = Text(";只有一方能判定的户不计", "; without households that only one can judge")
    came = Text(
        f"在前者末月在保、在后者不在保;人数为保障人数{both.zh}",
        f"on the roll in the first of the two only; persons paid for{both.en}",
    )
    went = Text(
        f"在后者末月在保、在前者不在保;人数为保障人数{both.zh}",
        f"on the roll in the second of the two only; persons paid for{both.en}",
    )
    more = Text(
        f"人均收入(含补助)前者高于后者{both.zh}",
        f"income a head with aid is higher in the first of the two{both.en}",
    )
    less = Text(
        f"人均收入(含补助)前者低于后者{both.zh}",
        f"income a head with aid is lower in the first of the two{both.en}",
    )
    apart = ("untold_households", "newly_told_households")
    return (
        one("newly_in_households", Text("新进户数", "Households newly in"), came, "households", "newly_in_households"),
        one("newly_in_persons", Text("新进人数", "Persons newly in"), came, "persons", "newly_in_households"),
        one(
            "newly_in_tapering_households",
            Text("新进户中因渐退仍在保的", "Of them kept by a taper only"),
            Text(
                "新进户中收入已不低于标准、只因渐退期未满而在领的:不是新符合条件",
                "of the households newly in those no longer below the line whose taper runs: not newly eligible",
            ),
            "households",
            *parts,
        ),
        one(
            "newly_in_entitled_households",
            Text("新进户中新符合条件的", "Of them newly entitled"),
            Text("新进户中不在渐退期内的", "of the households newly in those that are in no taper"),
            "households",
            *parts,
        ),
        one(
            "newly_out_households", Text("新出户数", "Households newly out"), went, "households", "newly_out_households"
        ),
        one("newly_out_persons", Text("新出人数", "Persons newly out"), went, "persons", "newly_out_households"),
        one("gaining_households", Text("受益户数", "Households that gain"), more, "households", "gaining_households"),
        one("losing_households", Text("受损户数", "Households that lose"), less, "households", "losing_households"),
        one(
            "changed_households",
            Text("有变化的户数", "Households with any change"),
            Text("受益、受损或变化不明的户", "that gain, lose, or of which nobody knows which"),
            "households",
            "changed_households",
        ),
        one(
            "untold_households",
            Text("变为无法判定的户", "Households that can no longer be judged"),
            Text(
                "后者能判定、前者不能;未计入新进、新出、受益、受损",
                "the second can judge them, the first cannot; counted as neither in nor out, gaining nor losing",
            ),
            "households",
            "untold_households",
        ),
        one(
            "newly_told_households",
            Text("变为能判定的户", "Households that can now be judged"),
            Text(
                "前者能判定、后者不能;未计入新进、新出、受益、受损",
                "the first can judge them, the second cannot; counted as neither in nor out, gaining nor losing",
            ),
            "households",
            "newly_told_households",
        ),
        one(
            "untold_month_cost",
            Text("变为无法判定的户的月支出", "Month's cost of those no longer judged"),
            Text("变为无法判定的户在后者末月的发放", "what they are paid in the last month of the second"),
            "fen",
            "untold_households",
        ),
        *(
            Measure(name, title, how, "fen", counts=apart, between=True)
            for name, title, how in (
                (
                    "judged_cost",
                    Text("支出变化:能判定的户", "Change in cost, households judged"),
                    Text(
                        "支出变化减去只有一方能判定的户的部分",
                        "of the change in cost what is not of households that only one can judge",
                    ),
                ),
                (
                    "untold_cost",
                    Text("支出变化:一方无法判定的户", "Change in cost, households only one can judge"),
                    Text(
                        "支出变化中出自只有一方能判定的户;不是规定使然的节省或增支",
                        "of the change in cost what is of households that only one can judge; no saving of the rules",
                    ),
                ),
            )
        ),
    )
