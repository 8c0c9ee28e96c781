"""Are a reader's officials those of their area and of their leads, and never their own kin?"""

import json

import polars as pl

from casework.review.scope import Scope
from dashboard.queries import officials, rings
from dashboard.queries.officials import POSTS
from tests.families import VILLAGE, household, no, person
from tests.worlds import world

HERE, THERE = "990101001000", "990202002000"


def posts(*rows: tuple[int, str]) -> pl.DataFrame:
    told = [{"person_id": one, "duty": "handler", "region_code": region} for one, region in rows]
    return pl.DataFrame(told, schema=POSTS)


def leads(*rows: tuple[str, str, str, list[str]], conduct: bool = True, **more: str) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "lead_id": lead_id,
                "scheme": more.get("scheme", "kin_handled"),
                "subject_kind": kind,
                "subject": subject,
                "part": more.get("part", ""),
                "related": json.dumps(related),
                "facts": more.get("facts", "{}"),
                "conduct": conduct,
            }
            for lead_id, kind, subject, related in rows
        ]
    )


def test_the_staff_is_who_has_a_duty_in_cases_and_not_who_is_only_paid_by_the_state() -> None:
    post = {"region_code": VILLAGE, "from_on": "2018-01-01"}
    data = world(
        household=[household()],
        person=[person("示例甲"), person("示例乙")],
        official=[
            {"id_no": no("示例甲"), "duty": "handler", **post},
            {"id_no": no("示例乙"), "duty": "public_payroll", **post},
        ],
    )
    assert officials.posts(data)["duty"].to_list() == ["handler"]
    assert officials.posts(world(household=[household()])).is_empty()


def test_a_lead_names_the_official_it_is_about_and_those_on_whose_part_a_case_rests() -> None:
    found = officials.naming(
        leads(
            ("L1", "official", "7", ["8", "H1"]),  # 8 has a post, a household is nobody
            ("L2", "application", "A1", ["9"]),
            ("L3", "account", "622", ["10"]),  # whoever else an account relates to is no official
        ),
        staff=[7, 8],
    )
    assert set(found.iter_rows()) == {("L1", 7), ("L1", 8), ("L2", 9)}
    assert officials.naming(leads(("L1", "official", "7", []), conduct=False), staff=[7]).is_empty()


def test_the_list_is_of_the_area_and_of_the_leads_most_named_first_without_the_readers_kin() -> None:
    known = posts((1, HERE), (2, THERE), (3, HERE), (4, HERE))
    named = officials.naming(leads(("L1", "official", "3", []), ("L2", "official", "2", [])), staff=[1, 2, 3, 4])
    mine = officials.listed(known, named, Scope("990101"), recused=[4])
    assert mine.rows() == [(2, 1), (3, 1), (1, 0)]  # 2 is elsewhere, but one of the reader's leads names them


# -- rings -------------------------------------------------------------------------------------------------------------


def arcs(part: str, related: list[str], facts: str = "{}") -> list[tuple[int, int, int | None]]:
    told = leads(("L1", "official", "-7", related), scheme=rings.MUTUAL, part=part, facts=facts)
    return [(one.giver, one.taker, one.count) for one in rings.arcs(told, -7)]


def test_a_ring_of_two_has_two_arcs_and_one_of_three_has_three() -> None:
    assert arcs("-7+8", ["8"]) == [(-7, 8, None), (8, -7, None)]
    assert arcs("-7+8+9", ["8", "9"]) == [(-7, 8, None), (8, 9, None), (9, -7, None)]
    assert arcs("", ["8"]) == [(-7, 8, None), (8, -7, None)]  # without a part, whom the lead relates to


def test_how_often_is_told_where_the_lead_says_so_and_else_unknown() -> None:
    assert arcs("-7+8", ["8"], '{"given": 3, "received": 2, "between": null}') == [(-7, 8, 3), (8, -7, 2)]
    assert arcs("-9+-7+8", ["-9", "8"], '{"given": 3, "received": 2, "between": 4}') == [
        (-9, -7, 2),
        (-7, 8, 3),
        (8, -9, 4),
    ]
    assert arcs("-7+8", ["8"], '{"received": 2}') == [(-7, 8, None), (8, -7, 2)]


def test_other_officials_and_other_schemes_have_no_arcs_here() -> None:
    told = leads(("L1", "official", "8", ["-7"]), scheme=rings.MUTUAL)
    assert rings.arcs(told, -7) == []
    assert rings.members(told, 8) == frozenset()
    assert rings.members(leads(("L1", "official", "8", ["H1", "5"]), scheme=rings.CLUSTER), 8) == {"H1", "5"}
