"""Does a run keep every lead, say what did not run, and fail by name?"""

import dataclasses
import hashlib
import json
import types
from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

import detectors
from casework import written
from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.errors import CaseworkError, WrongUsageError
from casework.lead import EVIDENCE_SCHEMA, LEAD_SCHEMA, Leads, evidence, leads
from casework.policy import Policy
from casework.registry import found
from casework.run import RUNS_SCHEMA, Run, lead_id, run
from casework.tables import APPLICATION, LEAD, PAYMENT
from casework.text import Text
from tests.worlds import Row, world

SAY = Text("示例", "an example")
CARD = Card(
    scheme="example",
    family="delay",
    subject="application",
    title=SAY,
    question=SAY,
    folk=SAY,
    rule="decision_days",
    needs=(needs(APPLICATION, "accepted_at"),),
    level="verify",
    severity="procedure",
    confidence=0.5,
    reason=SAY,
    facts={name: Fact(SAY) for name in ("accepted_at", "days", "names", "first_month", "share")}
    | {"names": Fact(SAY, many=True)},
    arithmetic=SAY,
    innocent=(Innocent(SAY), Innocent(SAY, (needs(APPLICATION, "accepted_at"),)), Innocent(SAY, (needs(PAYMENT),))),
    verify=SAY,
    also_uses=(needs(APPLICATION, "decided_at"),),
)

BARE = dataclasses.replace(CARD, facts={})


def detect(data: Tables, policy: Policy) -> Leads:
    """Every application is a lead."""
    del policy
    rows = data[APPLICATION].with_columns(
        nw.lit(3).alias("days"),
        nw.lit(";b;a").alias("names"),
        nw.lit(date(2024, 5, 1)).alias("first_month"),
        (nw.lit(1) / nw.lit(3)).alias("share"),
    )
    shown = evidence(data, APPLICATION, on="application_id", show=("programme", "accepted_at", "one_off"))
    return leads(
        CARD,
        rows,
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.col("days") / 7,
        amount_fen=nw.col("one_off_fen"),
        related=nw.lit("b;a"),
        keep=("application_id",),
        evidence=(shown,),
        undecidable=rows.filter(nw.col("programme") == "permit"),
    )


def package(**names: object) -> types.ModuleType:
    """A package whose only module is this file with some names changed."""
    module = types.ModuleType("example")
    module.__dict__.update({"CARD": CARD, "detect": detect, "__file__": __file__, **names})
    made = types.ModuleType("package")
    made.__path__ = []
    made.__dict__["example"] = module
    return made


@pytest.fixture(autouse=True)
def only_the_packages_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package made here carries its module with it; others are walked."""
    monkeypatch.setattr("casework.run.found", lambda one: getattr(one, "modules", None) or _walked(one))


def _walked(one: types.ModuleType) -> list[types.ModuleType]:
    return [one.example] if hasattr(one, "example") else found(one)


def case(no: str, accepted: str = "2024-03-04", **cells: str | None) -> Row:
    return {"application_no": no, "programme": "dibao", "accepted_at": accepted, "one_off": "12.50", **cells}


def ran(*rows: Row, **names: object) -> Run:
    return run(package(**names), world(application=list(rows)), Policy.shipped())


def test_writes_the_contracts_columns() -> None:
    result = ran(case("A1"))
    assert result.leads.schema == LEAD_SCHEMA
    assert result.evidence.schema == EVIDENCE_SCHEMA
    assert result.runs.schema == RUNS_SCHEMA


def test_a_lead_id_depends_on_scheme_subject_and_part_only() -> None:
    expected = hashlib.blake2b(b"example|A1|", digest_size=8).hexdigest()
    assert ran(case("A1")).leads["lead_id"].item() == expected == lead_id("example", "A1")
    assert lead_id("example", "A1", "p") != expected


def test_facts_are_sorted_json_of_plain_values() -> None:
    said = ran(case("A1", "2024-03-04 09:30:00.25")).leads["facts"].item()
    assert said == (
        '{"accepted_at":"2024-03-04 09:30:00.25","days":3,"first_month":"2024-05","names":["b","a"],"share":0.333333}'
    )
    assert json.loads(ran(case("A1")).leads["facts"].item())["accepted_at"] == "2024-03-04"


def test_a_cause_is_checked_only_in_leads_in_which_it_could_be() -> None:
    everywhere = Innocent(SAY, (needs(APPLICATION, "accepted_at"),))
    sometimes = dataclasses.replace(everywhere, text=Text("有时", "sometimes"))
    innocent = (Innocent(SAY), everywhere, sometimes)
    card = dataclasses.replace(CARD, facts={"cause": Fact(SAY)}, innocent=innocent)

    def ask(data: Tables, policy: Policy) -> Leads:
        del policy
        score = nw.lit(1.0)
        open_here = [(sometimes, nw.col("cause").fill_null("") != "accident")]
        rows = data[APPLICATION]
        return leads(card, rows, subject="application_no", facts=("cause",), score=score, unchecked=open_here)

    rows = [case("A1", cause="accident"), case("A2", cause="disaster"), case("A3")]
    seen = ran(*rows, CARD=card, detect=ask).leads.sort("subject")
    assert seen["checked_innocent"].to_list() == ["[1, 2]", "[1]", "[1]"]


def test_a_lead_says_where_it_comes_from() -> None:
    data = world(application=[case("A1")])
    (row,) = run(package(), data, Policy.shipped()).leads.rows(named=True)
    assert row["checked_innocent"] == "[1]"
    assert row["sources"] == '{"application": "2024-12-31"}'
    assert row["related"] == '["b","a"]'
    assert (row["score"], row["amount_fen"]) == (0.428571, 1250)
    assert row["policy"] == Policy.shipped().digest
    assert row["detector"] == hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def test_a_changed_rule_changes_its_version_and_another_rule_does_not() -> None:
    def version(policy: Policy) -> str:
        return str(run(package(), world(application=[case("A1")]), policy).leads["rule_version"].item())

    plain = version(Policy.shipped())
    assert len(plain) == 12
    assert version(Policy.of(posting_days=9)) == plain
    assert version(Policy.of(decision_days=9)) != plain


def test_evidence_is_one_line_a_column_in_the_words_of_the_files() -> None:
    result = ran(case("A1", "2024-03-04 09:30:00"))
    assert result.evidence.drop("lead_id").rows() == [
        ("application", "A1", column, value, "application.csv", 2)
        for column, value in (
            ("accepted_at", "2024-03-04 09:30:00"),
            ("application_no", "A1"),
            ("one_off", "12.50"),
            ("programme", "dibao"),
        )
    ]


def test_the_content_digest_follows_the_content_and_not_its_place() -> None:
    def digest(*rows: Row) -> str:
        leads = ran(*rows).leads
        return str(leads.filter(pl.col("subject") == "A1")["content_digest"].item())

    plain = digest(case("A1"))
    assert digest(case("A0"), case("A1")) == plain  # another line of the file
    assert digest(case("A1", "2024-03-05")) != plain
    assert digest(case("A1", one_off="12.51")) != plain
    assert digest(case("A1", programme="old_age")) != plain  # seen in the evidence only


def test_a_subject_filed_twice_is_one_lead() -> None:
    result = ran(case("A1"), case("A1", "2024-03-05", one_off="99"))
    assert result.leads.select("subject", "amount_fen").rows() == [("A1", 9900)]


def test_leads_stand_in_the_order_of_their_ids() -> None:
    ids = ran(*(case(f"A{n}") for n in range(20))).leads["lead_id"]
    assert ids.to_list() == sorted(ids)


def test_what_could_not_be_decided_is_counted() -> None:
    result = ran(case("A1", programme="permit"), case("A2"), case("A3", programme="permit"))
    assert result.runs["undecidable"].to_list() == [2]


def test_a_column_it_could_do_with_makes_the_run_partial() -> None:
    assert ran(case("A1")).runs.select("status", "reason").row(0) == ("partly", "lacks application.decided_at")
    assert ran(case("A1", decided_at=None)).runs.select("status", "reason").row(0) == ("ran", "")


def test_a_question_without_its_data_is_not_run() -> None:
    result = run(package(), world(household=[{"household_no": "H1", "region_code": "990101001001"}]), Policy.shipped())
    assert result.runs.drop("seconds").row(0) == ("example", "not_run", "needs application", 0, 0)


def test_a_question_that_fails_ends_the_run_by_name() -> None:
    def broken(data: Tables, policy: Policy) -> Leads:
        raise ZeroDivisionError(data.as_of, policy.digest)

    with pytest.raises(CaseworkError, match="example could not run"):
        ran(case("A1"), detect=broken)


def test_an_unknown_scheme_is_wrong_usage_and_names_the_known() -> None:
    with pytest.raises(WrongUsageError, match="late_decision"):
        run(detectors, world(application=[case("A1")]), Policy.shipped(), only=["late_decisions"])


def test_only_and_progress() -> None:
    seen: list[tuple[str, int, int]] = []
    chosen = ["open_overdue", "late_decision"]
    result = run(
        detectors,
        world(application=[case("A1", decided_at=None)]),
        Policy.shipped(),
        only=chosen,
        progress=lambda *said: seen.append(said),
    )
    assert seen == [("late_decision", 0, 2), ("open_overdue", 1, 2)]
    assert result.runs["scheme"].to_list() == ["late_decision", "open_overdue"]


def test_finds_every_detector_by_walking_the_package() -> None:
    schemes = {module.CARD.scheme for module in found(detectors)}
    assert {"late_decision", "open_overdue", "impossible_timing", "late_complaint"} <= schemes
    assert {"deceased_paid", "exclusive_programmes"} <= schemes


def test_hundredths_are_written_with_two_decimals() -> None:
    fen = pl.DataFrame({"fen": [0, 5, -5, 123450, -123456, None]})
    assert fen.select(written.hundredths(pl.col("fen")).alias("yuan"))["yuan"].to_list() == [
        *("0.00", "0.05", "-0.05", "1234.50", "-1234.56", None)
    ]


def test_a_row_may_say_what_its_subject_is() -> None:
    def of_both(data: Tables, policy: Policy) -> Leads:
        del policy
        of = nw.when(nw.col("application_no") == "A1").then(nw.lit("household")).otherwise(nw.lit("person"))
        return leads(BARE, data[APPLICATION], subject="application_no", facts=(), score=nw.lit(1), kind=of)

    result = ran(case("A1"), case("A2"), detect=of_both, CARD=BARE)
    assert sorted(result.leads.select("subject", "subject_kind").rows()) == [("A1", "household"), ("A2", "person")]
    assert set(ran(case("A1")).leads["subject_kind"]) == {"application"}


# -- questions that read leads -----------------------------------------------------------------------------------------


def listens(data: Tables, policy: Policy) -> Leads:
    """One lead an application that another question raised."""
    del policy
    seen = data[LEAD].filter(nw.col("subject_kind") == "application").select("subject", "region_code")
    return leads(LISTENER, seen, subject="subject", facts=(), score=nw.lit(1))


LISTENER = dataclasses.replace(BARE, scheme="a_listener", reads_leads=True)


def both(**names: object) -> types.ModuleType:
    """The question that listens, first by name, the example, and a third."""
    made = types.ModuleType("package")
    listener = package(CARD=LISTENER, detect=listens, **names).__dict__["example"]
    third = package(CARD=dataclasses.replace(CARD, scheme="third"), detect=nothing).__dict__["example"]
    made.__dict__["modules"] = [listener, package().__dict__["example"], third]
    return made


def nothing(data: Tables, policy: Policy) -> Leads:
    """Nobody is raised."""
    del policy
    rows = data[APPLICATION].filter(nw.col("application_no") == "")
    return leads(BARE, rows, subject="application_no", facts=(), score=nw.lit(1))


def heard(*rows: Row, **how: object) -> Run:
    return run(both(), world(application=list(rows)), Policy.shipped(), **how)  # type: ignore[arg-type]


def test_a_question_that_reads_leads_is_asked_last_and_sees_those_of_the_run() -> None:
    seen: list[tuple[str, int, int]] = []
    result = heard(case("A1"), case("A2"), progress=lambda *said: seen.append(said))
    assert [name for name, _, _ in seen] == ["example", "third", "a_listener"]
    assert sorted(result.leads.filter(scheme="a_listener")["subject"]) == ["A1", "A2"]


def test_it_sees_no_lead_that_was_refuted_and_still_says_the_same() -> None:
    first = ran(case("A1"), case("A2")).leads.filter(subject="A1").row(0, named=True)
    said = (first["lead_id"], first["content_digest"])
    assert heard(case("A1"), case("A2"), refuted=[said]).leads.filter(scheme="a_listener")["subject"].to_list() == [
        "A2"
    ]
    changed = heard(case("A1", one_off="13"), case("A2"), refuted=[said]).leads.filter(scheme="a_listener")
    assert sorted(changed["subject"]) == ["A1", "A2"]


def test_without_a_digest_it_is_refuted_whatever_it_says() -> None:
    ((one, _),) = heard(case("A1")).leads.filter(scheme="example").select("lead_id", "content_digest").rows()
    for always in (heard(case("A1"), refuted=[(one, "")]), heard(case("A1", one_off="13"), refuted=[(one, "")])):
        assert always.leads.filter(scheme="a_listener").is_empty()


def test_a_refuted_lead_itself_is_raised_as_before() -> None:
    whole = ran(case("A1")).leads
    said = [(str(whole["lead_id"].item()), str(whole["content_digest"].item()))]
    assert heard(case("A1"), refuted=said).leads.filter(scheme="example").equals(whole)


def test_what_it_says_does_not_depend_on_which_questions_are_chosen() -> None:
    whole = heard(case("A1"))
    alone = heard(case("A1"), only=["a_listener"])
    assert alone.leads.equals(whole.leads.filter(scheme="a_listener"))
    assert alone.runs["scheme"].to_list() == ["a_listener"]
    assert set(alone.evidence["lead_id"]) <= set(alone.leads["lead_id"])
    assert heard(case("A1"), only=["third"]).runs["scheme"].to_list() == ["third"]


def test_nobody_else_is_asked_for_one_that_cannot_be() -> None:
    asked: list[str] = []
    home = world(household=[{"household_no": "H1", "region_code": "990101001001"}])
    tell = lambda scheme, _place, _all: asked.append(scheme)  # noqa: E731 - a line that says all
    result = run(both(), home, Policy.shipped(), only=["a_listener"], progress=tell)
    assert (asked, result.runs["status"].to_list()) == (["a_listener"], ["not_run"])
