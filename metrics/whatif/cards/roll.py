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
            Text("测算末月在保的家庭", "on the roll in the last month reckoned"),
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
            "cost",
            Text("支出", "Cost"),
            Text("测算各月发放之和", "what is paid over all months reckoned"),
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
            Text("不符合而在保的户", "Households on the roll without being eligible"),
            Text("能判定且不符合条件、末月在保,含渐退期内的家庭", "judged not eligible, on the roll; a taper included"),
            "households",
            counts=("included_households",),
        ),
    )


def moves() -> tuple[Measure, ...]:
    """What lies between two outcomes."""

    def one(name: str, title: Text, definition: Text, unit: Unit, *counted: str) -> Measure:
        return Measure(name, title, definition, unit, counts=counted, between=True)

    parts = ("newly_in_tapering_households", "newly_in_entitled_households")  # either less the whole tells the other

    came = Text(
        "在前者末月在保、在后者不在保;人数为保障人数", "on the roll in the first of the two only; persons paid for"
    )
    went = Text(
        "在后者末月在保、在前者不在保;人数为保障人数", "on the roll in the second of the two only; persons paid for"
    )
    more = Text("人均收入(含补助)前者高于后者", "income a head with aid is higher in the first of the two")
    less = Text("人均收入(含补助)前者低于后者", "income a head with aid is lower in the first of the two")
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
    )
