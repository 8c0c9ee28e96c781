"""How does a test say applications, who confirmed them, whose kin applied, and how they fared?"""

from collections.abc import Sequence
from typing import Any

from casework.policy import Policy
from tests.worlds import Row, person_no

VILLAGE = "990101001001"
NEXT_VILLAGE = "990101001002"
ELSEWHERE = "990201001001"  # another county
ABOVE, HIGHER, BELOW = "8000", "9800", "5000"  # yuan a year of one person; the line is 12 x 632 = 7584
DUE = 216  # 632 - 5000 / 12, rounded up
LATE, SOON = "2024-03-28", "2024-03-11"  # 18 and 5 working days after acceptance
RULES: dict[str, Any] = {"dibao_standard": 632, "need_band": ["0.2", "0.4", "0.6", "0.8", "0.9", "1", "1.1", "1.25"]}
POLICY = Policy.of(**RULES)
BORN = {"甲": "1961-01-01", "乙": "1962-01-01", "远": "1963-01-01", "丙": "1964-01-01"}

Case = dict[str, Any]


def case(number: int, **said: Any) -> Case:
    """An application of a household of one, confirmed by 甲, of no kin, not below the line, refused in 18 days."""
    plain = {
        "by": "甲",
        "second": None,
        "kin": None,
        "of": None,
        "village": VILLAGE,
        "wage": ABOVE,
        "decision": "refused",
    }
    return (
        {"number": number, "decided": LATE, "delegated": "false", "extended": "false", "urgency": None, "paid": None}
        | plain
        | said
    )


def cases(count: int, since: int, **said: Any) -> list[Case]:
    return [case(since + place, **said) for place in range(count)]


def ours(number: int, salt: str) -> str:
    return person_no(f"示例{salt}{number}", f"{1930 + number // 300}-{1 + number // 28 % 11:02d}-{1 + number % 28:02d}")


def theirs(name: str, salt: str) -> str:
    return person_no(f"干部{salt}{name}", BORN[name])


def tables(said: Sequence[Case], *, salt: str = "", surname: str = "示") -> dict[str, list[Row]]:
    """The rows of a world in which these applications were decided; the household's number is the application's."""
    who = {one["number"]: ours(one["number"], salt) for one in said}
    staff = {name: theirs(name, salt) for name in BORN}
    found: dict[str, list[Row]] = {
        "person": [
            {"id_no": id_no, "name": f"{surname}例", "sex": "M", "born_on": "1970-01-01", "hukou": "rural"}
            | {"region_code": VILLAGE}
            for id_no in [*who.values(), *staff.values()]
        ],
        "region": [
            {"region_code": code, "name": "示例村", "tier": "village", "urban_rural": "rural"}
            for code in (VILLAGE, NEXT_VILLAGE, ELSEWHERE)
        ],
        "kin": [{"id_no": staff["远"], "relative_id_no": staff["乙"], "relation": "sibling_in_law", "source": "hukou"}],
    }
    names = ("household", "member", "means", "application", "step", "award", "beneficiary", "payment")
    found |= {name: [] for name in names}
    for one in said:
        _add(found, one, who[one["number"]], staff)
    return {name: rows for name, rows in found.items() if rows}


def _add(found: dict[str, list[Row]], one: Case, id_no: str, staff: dict[str, str]) -> None:
    number = f"N{one['number']}"
    found["household"].append({"household_no": number, "region_code": one["village"]})
    lives = {"household_no": number, "id_no": id_no, "joined_on": "2015-01-01", "co_living": "true"}
    found["member"].append({**lives, "relation": "head"})
    if one["wage"] is not None:
        stated = {"household_no": number, "as_of": "2024-02-01", "item": "wage", "verified": one["wage"]}
        found["means"].append(stated)
    apply = {"application_no": number, "programme": "dibao", "household_no": number, "channel": "window"}
    apply |= {"region_code": one["village"][:9] + "000", "accepted_at": "2024-03-04", "decided_at": one["decided"]}
    apply |= {name: one[name] for name in ("decision", "delegated", "extended", "urgency")}
    found["application"].append(apply)
    for step, actor, second in (("data_check", "远", None), ("confirm", one["by"], one["second"])):
        acted = {"actor_id_no": staff.get(str(actor)), "second_actor_id_no": staff.get(str(second))}
        when = {"started_at": one["decided"], "finished_at": one["decided"]}
        found["step"].append({"application_no": number, "step": step} | when | acted)
    if one["kin"] is not None:
        tie = {
            "id_no": staff[one["of"] or one["by"]],
            "relative_id_no": id_no,
            "relation": one["kin"],
            "source": "hukou",
        }
        found["kin"].append(tie)
    if one["paid"] is not None:
        award = {"award_no": number, "application_no": number, "programme": "dibao", "household_no": number}
        found["award"].append({**award, "from_month": "2024-04"})
        found["beneficiary"].append({"award_no": number, "id_no": id_no, "from_month": "2024-04"})
        for place, yuan in enumerate(one["paid"]):
            paid = {"payment_no": f"{number}-{place}", "award_no": number, "amount": str(yuan)}
            found["payment"].append({**paid, "month": f"2024-{4 + place:02d}"})
