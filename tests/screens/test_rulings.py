"""Does the dossier show the rules that a lead used, as they were on the days its arithmetic asked?"""

from datetime import date
from typing import Any

import polars as pl
import pytest

import detectors
from casework.policy import Policy
from casework.registry import found
from dashboard.queries import dossier
from dashboard.queries.rulings import Ruling, rulings
from tests.worlds import world

CARDS = {module.CARD.scheme: module.CARD for module in found(detectors)}
POLICY = Policy.of(
    dibao_standard=[
        {"from": date(2023, 7, 1), "value": 600},
        {"from": date(2024, 7, 1), "value": 650},
    ],
    disregard=0,
)
NO_PROOF = {"table": [], "column": [], "key": [], "source_file": [], "source_row": [], "value": []}


def asked(
    scheme: str, facts: dict[str, Any], *, proof: dict[str, list[Any]] | None = None, **lead: Any
) -> list[Ruling]:
    card = CARDS[scheme]
    data = world(
        application=[
            {"application_no": "A1", "programme": "dibao", "household_no": "H1", "accepted_at": "2024-05-06"},
            {
                "application_no": "A2",
                "programme": "dibao",
                "household_no": "H2",
                "accepted_at": "2024-05-06",
                "single_person_basis": "serious_illness",
            },
        ],
        award=[
            {
                "award_no": "W1",
                "application_no": "A1",
                "programme": "dibao",
                "household_no": "H1",
                "from_month": "2024-06",
            },
            {
                "award_no": "W2",
                "application_no": "A2",
                "programme": "dibao",
                "household_no": "H2",
                "from_month": "2024-06",
            },
        ],
    )
    said = {"scheme": scheme, "subject_kind": card.subject, "region_code": None, "since": None, "until": None, **lead}
    row = dossier.subject_row(data, said)
    evidence = pl.DataFrame(proof or NO_PROOF, schema_overrides=dict.fromkeys(NO_PROOF, pl.String))
    return rulings(data, POLICY, card, said, row, facts, evidence)


def values(found: list[Ruling], rule: str) -> list[tuple[str, str, Any]]:
    return [
        (f"{one.since:%Y-%m-%d}", f"{one.until:%Y-%m-%d}", one.entry and one.entry.fields.get("value"))
        for ruling in found
        if ruling.rule.id == rule
        for one in ruling.stretches
    ]


OVER = {"case": "statement", "taper": 6, "first_month": "2024-06", "last_month": "2024-08"}


@pytest.mark.parametrize(
    ("since", "until", "standards"),
    [
        ("2024-05-01", "2024-06-01", [("2024-05-01", "2024-06-01", 600)]),  # the last month before the new one
        ("2024-06-01", "2024-07-01", [("2024-06-01", "2024-06-01", 600), ("2024-07-01", "2024-07-01", 650)]),
        ("2024-07-01", "2024-09-01", [("2024-07-01", "2024-09-01", 650)]),
    ],
)
def test_pay_of_months_shows_each_standard_with_its_months(
    since: str, until: str, standards: list[tuple[str, str, int]]
) -> None:
    lead = {"subject": "W1", "since": date.fromisoformat(since), "until": date.fromisoformat(until)}
    assert values(asked("over_income", OVER, **lead), "dibao_standard") == standards


def test_an_application_is_judged_by_the_day_of_its_acceptance() -> None:
    lead = {"subject": "A1", "since": date(2024, 5, 6), "until": date(2024, 8, 1)}
    found = asked("approved_ineligible", {"case": "income", "programme": "dibao"}, **lead)
    assert values(found, "dibao_standard") == [("2024-05-06", "2024-05-06", 600)]


def test_an_exit_is_judged_by_the_month_after() -> None:
    lead = {"subject": "W1", "since": date(2024, 6, 1), "until": None}
    found = asked("wrong_exit", {"case": "income", "programme": "dibao"}, **lead)
    assert values(found, "dibao_standard") == [("2024-07-01", "2024-07-01", 650)]


def test_what_is_missing_is_judged_as_of_the_data() -> None:
    lead = {"subject": "H1", "subject_kind": "household"}
    found = asked("missed_entitlement", {"case": "income", "programme": "dibao"}, **lead)
    assert values(found, "dibao_standard") == [("2024-12-31", "2024-12-31", 650)]


@pytest.mark.parametrize(("award", "shown"), [("W1", False), ("W2", True)])
def test_the_edge_line_is_shown_for_single_person_entry_only(award: str, shown: bool) -> None:
    lead = {"subject": award, "since": date(2024, 6, 1), "until": date(2024, 6, 1)}
    assert bool(values(asked("over_income", OVER, **lead), "edge_multiplier")) is shown


def test_what_takes_nothing_off_is_not_shown() -> None:
    lead = {"subject": "W1", "since": date(2024, 6, 1), "until": date(2024, 6, 1)}
    rules = {ruling.rule.id for ruling in asked("over_income", OVER, **lead)}
    assert rules == {"dibao_standard", "taper_months"}


def test_of_the_vetoes_those_the_lead_met_are_shown_with_their_threshold() -> None:
    lead = {"subject": "W1", "since": date(2024, 6, 1), "until": date(2024, 6, 1)}
    facts = {"case": "verify", "item": "deposit", "first_month": "2024-06", "last_month": "2024-06"}
    proof = {
        "table": ["match"] * 4,
        "column": ["kind", "detail", "kind", "detail"],
        "key": ["M1", "M1", "M2", "M2"],
        "source_file": ["match.csv"] * 4,
        "source_row": ["2", "2", "3", "3"],
        "value": ["deposit", None, "vehicle", "motorcycle"],
    }
    found = [ruling for ruling in asked("veto_asset", facts, proof=proof, **lead) if ruling.rule.id == "veto"]
    over = [
        (one.entry.scope["kind"], one.entry.fields["over"]) for ruling in found for one in ruling.stretches if one.entry
    ]
    assert over == [("deposit", 30000.0), ("vehicle", 20000.0)]


def test_an_official_in_person_rests_on_no_certainty_of_kin() -> None:
    lead = {"subject": "A1", "since": date(2024, 5, 6), "until": None}
    own = asked("kin_handled", {"relation": "member", "path": "member", "certainty": 1.0, "weakest": None}, **lead)
    son = asked(
        "kin_handled", {"relation": "child", "path": "child", "certainty": 0.97, "weakest": "civil_registry"}, **lead
    )
    assert "kin_certainty" not in {ruling.rule.id for ruling in own}
    (weakest,) = [ruling.stretches[0].entry for ruling in son if ruling.rule.id == "kin_certainty"]
    assert weakest is not None
    assert dict(weakest.fields) == {"civil_registry": 0.97}
