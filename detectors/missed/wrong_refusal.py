"""Was an application refused although the facts of the acceptance day entitled?

Contract §5: by policy `entitlement` on the day of acceptance, with the statement that governed then (single-person
entry by the edge line). Of a person's programme an applicant whose own facts meet it, whatever covers them, asked for
themself alone; one whose facts do not, for those who live in the household: a guardian applies for a child. Who already
had the programme, or one that excludes it, then or from the month after, was rightly refused. Ordered by hardship.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, first_rows, household_region, leads
from casework.means.entitled_persons import PERSON_KEY, persons_entitled
from casework.means.entitlement import programmes
from casework.means.grounds import FACTS, KEEP, OF_INCOME, of_households, of_persons, proof, shaped, worded
from casework.means.hardship import with_hardship
from casework.means.hindsight import PROTECTED, households_then, met, persons_then, undecided
from casework.means.members import members_on
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, KIN, MATCH, MEANS, MEMBER, PERSON
from casework.text import Text


def _reason(grounds: Text) -> Text:
    return Text(
        f"疑似误拒:{{programme}}申请 {{accepted_on}} 受理、{{decided_on}} 不予同意,"
        f"而受理日{{who}}的事实为:{grounds.zh}",
        f"Possibly refused in error: the application for {{programme}}, accepted on {{accepted_on}}, was refused on"
        f" {{decided_on}}; the facts of the acceptance day about {{who}}: {grounds.en}",
    )


def _arithmetic(sums: Text) -> Text:
    return Text(
        f"受理日 {{accepted_on}}:{sums.zh};按困难指数 {{points}} 分排序",
        f"On {{accepted_on}}: {sums.en}; ordered by {{points}} points of hardship",
    )


OWN: Final = (*PERSON_KEY, "region_code")
CASES: Final = worded(_reason, _arithmetic)

HELD: Final = (needs(AWARD, "programme", "from_month"), needs(BENEFICIARY, "from_month"))

CARD = Card(
    scheme="wrong_refusal",
    family="missed",
    subject="application",
    title=Text("符合条件未予同意(待核实)", "Refused though entitled (to verify)"),
    question=Text("受理日事实符合条件的申请是否被不予同意?", "Was an application refused although the facts entitled?"),
    folk=Text("该保未保", "Turned away"),
    rule="entitlement",
    other_rules=("dibao_standard", "edge_multiplier", "veto", "exclusive", "hardship_weight"),
    needs=(needs(APPLICATION, "programme", "accepted_at", "decision"), needs(PERSON, "born_on")),
    also_uses=(
        needs(APPLICATION, "household_no", "applicant_id_no", "decided_at"),
        needs(PERSON, "disability_grade"),
        needs(HOUSEHOLD, "region_code"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(KIN, "relation"),
        needs(MATCH, "kind", "from_on", "to_on", "value", "detail"),
        needs(MEANS, "item", "as_of"),
        needs(AWARD, "programme", "from_month"),
        needs(BENEFICIARY, "id_no", "from_month"),
    ),
    level="verify",
    severity="person",
    confidence=0.7,
    reason=CASES["age"].reason,
    facts={
        **FACTS,
        "who": Fact(
            Text("所指何人", "About whom"),
            words={
                "applicant": Text("申请人本人", "the applicant"),
                "another": Text("该户另一名成员", "another member of the household"),
                "member": Text("该户一名成员", "a member of the household"),  # nobody knows who applied
                "household": Text("该户", "the household"),
            },
        ),
        "accepted_on": Fact(Text("受理日期", "Accepted on")),
        "decided_on": Fact(Text("不予同意日期", "Refused on")),
    },
    arithmetic=CASES["age"].arithmetic,
    cases=CASES,
    rests_on={"income": OF_INCOME},
    innocent=(
        Innocent(Text("当时已享受该项救助", "Had the programme already"), HELD),
        Innocent(Text("当时已享受不得兼领的救助", "Had one that excludes it"), HELD),
        Innocent(
            Text("家庭收入或财产不符", "Income or property did not fit"), (needs(MEANS, "item"), needs(MATCH, "kind"))
        ),
        Innocent(Text("申请人未配合核对或提供虚假材料", "The applicant did not let the office compare, or misstated")),
        Innocent(Text("核对数据在受理之后已更正", "The compared data were corrected after acceptance")),
    ),
    verify=Text(
        "调阅申请卷宗与不予同意理由,核对受理日收入财产、残疾证与父母情况,符合的重新受理",
        "Read the file and the reason given; compare income, property, certificates and the parents on the day of"
        " acceptance; take the application up again where they entitle",
    ),
    protected=PROTECTED,
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per refused application whose facts entitled; ordered by hardship."""
    refused = once(_refused(data))
    people = once(_of_persons(data, policy, refused))
    homes = once(_of_households(data, policy, refused))
    entitled = nw.concat([_shaped(of_persons(policy, _one_each(people))), _shaped(of_households(data, met(homes)))])
    named = once(
        entitled.join(
            refused.select("application_id", "application_no", "accepted_on", "decided_on", "applicant_id"),
            on="application_id",
            how="inner",
        )
    )
    who = (
        nw.when(nw.col("person_id").is_null())
        .then(nw.lit("household"))
        .when(nw.col("applicant_id").is_null())
        .then(nw.lit("member"))
        .when(nw.col("person_id") == nw.col("applicant_id"))
        .then(nw.lit("applicant"))
        .otherwise(nw.lit("another"))
    )
    return leads(
        CARD,
        with_hardship(data, policy, named.with_columns(who.alias("who"))),
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.col("points"),
        since=nw.col("accepted_on"),
        until=nw.col("decided_on"),
        related=nw.when(nw.col("who").is_in(["another", "member"])).then(nw.col("person_id").cast(nw.String)),
        keep=(*KEEP, "application_id"),
        evidence=(
            evidence(
                data,
                APPLICATION,
                on="application_id",
                show=("programme", "household_no", "accepted_at", "decided_at", "decision", "refusal_reason"),
            ),
            *proof(data),
        ),
        undecidable=undecided(named, people, homes, by="application_id"),
    )


def _shaped(rows: Frame) -> Frame:
    return shaped(rows, application_id=nw.Int64)


def _refused(data: Tables) -> Frame:
    """Refused applications with the day that governs; the household's village, else the application's region."""
    rows = first_rows(data[APPLICATION]).filter(
        (nw.col("decision") == "refused").fill_null(value=False) & ~nw.col("accepted_at_day").is_null()
    )
    return household_region(data, rows, otherwise="region_code").select(
        "application_id",
        "application_no",
        "programme",
        "household_id",
        "region_code",
        nw.col("applicant_person_id").alias("applicant_id"),
        nw.col("accepted_at_day").alias("day"),
        nw.col("accepted_at").cast(nw.Date).alias("on"),
        nw.col("accepted_at").cast(nw.Date).alias("accepted_on"),
        nw.col("decided_at").cast(nw.Date).alias("decided_on"),
        (~nw.col("single_person_basis").is_null()).alias("single"),
    )


def _of_persons(data: Tables, policy: Policy, refused: Frame) -> Frame:
    """Each refused application of a person's programme with whom it may have been for: `meets` (null: unknown)."""
    own, _ = programmes(policy)
    columns = ("application_id", "programme", "household_id", "region_code", "day", "on", "applicant_id")
    rows = refused.filter(nw.col("programme").is_in(own)).select(*columns)
    applicants = rows.filter(~nw.col("applicant_id").is_null()).with_columns(nw.col("applicant_id").alias("person_id"))
    members = members_on(data, rows).filter(nw.col("co_living").fill_null(value=False))
    asked = once(nw.concat([applicants.select(*columns, "person_id"), members.select(*columns, "person_id")]).unique())
    own_facts = persons_entitled(data, policy, applicants.select(*OWN, "on").unique()).select(*OWN, "fits")
    whose = applicants.select("application_id", *OWN).join(own_facts, on=list(OWN), how="left")
    asked = once(asked.join(whose.select("application_id", "fits"), on="application_id", how="left"))
    themself = nw.col("applicant_id").is_null() | (nw.col("person_id") == nw.col("applicant_id"))
    judged = persons_then(
        data,
        policy,
        asked.filter(themself | ~nw.col("fits").fill_null(value=False)).rename({"fits": "own"}),
        by="application_id",
        ahead=1,
    )
    # whether somebody else was asked for at all hangs on what the applicant's own facts say
    return judged.with_columns(
        nw.when(themself | ~nw.col("own") | ~nw.col("meets")).then(nw.col("meets")).alias("meets")
    )


def _one_each(people: Frame) -> Frame:
    """Of those of an application who meet it the applicant, else the least number."""
    each = met(people).with_columns(
        nw.when(nw.col("person_id") == nw.col("applicant_id")).then(nw.col("person_id")).alias("self")
    )
    chosen = each.group_by("application_id").agg(nw.col("self").min(), nw.col("person_id").min().alias("least"))
    first = chosen.select("application_id", nw.coalesce(nw.col("self"), nw.col("least")).alias("person_id"))
    return each.join(first, on=["application_id", "person_id"], how="semi")


def _of_households(data: Tables, policy: Policy, refused: Frame) -> Frame:
    """Each refused application of a household's programme: `meets`."""
    _, shared = programmes(policy)
    rows = refused.filter(nw.col("programme").is_in(shared) & ~nw.col("household_id").is_null())
    dated = rows.with_columns(nw.col("day").alias("statement_day"))
    return households_then(data, policy, dated, by="application_id", ahead=1)
