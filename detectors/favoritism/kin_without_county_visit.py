"""Was a household of an official's near kin approved without the county's own visit?

Contract §5 (最低生活保障审核确认办法 art. 20): near kin as in kin_unfiled, filed or not; approved; no county_visit
finished (without a finish: started) by the decision. Being kin is no breach, and the household may well be entitled.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import once
from casework.kinship.evidence import KEEP, case_evidence, filing_evidence
from casework.kinship.visited import visits_due
from casework.kinship.words import NONE, PART_FACT, TIE_FACTS, by_part, part_in_case
from casework.lead import Leads, leads
from casework.policy import Policy
from casework.tables import APPLICATION, FILING, KIN, MEMBER, OFFICIAL, STEP
from casework.text import Text

PERSONS = Text("人", "persons")

REASON = Text(
    "疑似未经县级入户:一名家庭成员与干部的关系为“{path}”,{decided_at} 获批,此前未见县级入户记录",
    "Possibly not visited: a member's tie to an official is “{path}”; approved {decided_at}, with no county visit"
    " on record before it",
)


def _arithmetic(part: Text) -> Text:
    return Text(
        f"受理日 {{accepted_at}}:{part.zh};{{decided_at}} 获批,"
        f"此前完成的县级入户 0 次,其后:{{visited_at}};备案:{{filed_on}};有此关系的干部 {{officials}} 人",
        f"On acceptance ({{accepted_at}}): {part.en}; approved {{decided_at}}, 0 county visits made by then, a later"
        f" one: {{visited_at}}; filed: {{filed_on}}; officials with such a tie: {{officials}}",
    )


CASES = by_part(REASON, _arithmetic)

CARD = Card(
    scheme="kin_without_county_visit",
    family="favoritism",
    subject="application",
    title=Text("近亲属家庭未经县级入户(待核实)", "Near kin approved without a county visit (to verify)"),
    question=Text(
        "干部近亲属家庭的申请获批之前,县级是否入户核查?",
        "Did the county visit the household of an official's near kin before it was approved?",
    ),
    folk=Text("人情保、关系保", "Aid by connections"),
    rule="county_visit_required",
    other_rules=("filing_programmes", "near_kin", "kin_certainty"),
    needs=(
        needs(APPLICATION, "programme", "household_no", "accepted_at", "decision"),
        needs(MEMBER, "relation"),
        needs(STEP),
    ),
    either=(needs(OFFICIAL), needs(STEP, "actor_id_no"), needs(STEP, "second_actor_id_no")),
    also_uses=(needs(KIN, "relation"), needs(FILING, "filed_on"), needs(OFFICIAL), needs(STEP, "actor_id_no")),
    level="verify",
    severity="procedure",
    confidence=0.95,
    reason=CASES["both"].reason,
    facts={
        "case": PART_FACT,
        **TIE_FACTS,
        "officials": Fact(Text("有此关系的干部", "Officials with such a tie"), PERSONS),
        "filed_on": Fact(Text("备案日期", "Filed"), absent=NONE),
        "visited_at": Fact(Text("获批之后的县级入户", "County visit after the approval"), absent=NONE),
    },
    arithmetic=CASES["both"].arithmetic,
    cases=CASES,
    innocent=(
        Innocent(Text("办结之前县级已入户", "The county had visited before the decision"), (needs(STEP),)),
        Innocent(
            Text("干部在受理日之后才任职,且未经手", "The term began after acceptance, and no step was touched"),
            (needs(OFFICIAL, "from_on"), needs(STEP, "actor_id_no")),
        ),
        Innocent(
            Text("姻亲或更远的亲属,不属近亲属", "An in-law or a further relative: not near kin"),
            (needs(KIN, "relation"),),
        ),
        Innocent(Text("县级已入户而未录入系统", "The county visited and did not enter it")),
        Innocent(Text("亲属关系登记有误或已解除", "The register of ties errs, or the tie has ended")),
    ),
    verify=Text(
        "向县级民政部门调取入户核查记录;如确未入户,补做核查,不因此停发",
        "Ask the county office for its record of the visit; if there was none, make it now. No aid stops for this",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an application, told by the official tied most surely; who acted in more steps first."""
    judged = once(visits_due(data, policy))
    has_part, unseen = nw.col("has_part"), nw.col("unseen")
    place_unknown = ~has_part & (nw.col("perhaps") == 1)
    found = (
        judged.filter(has_part & unseen.fill_null(value=False))
        .with_columns(
            (-nw.col("certainty")).alias("doubt"), nw.len().over("application_id").cast(nw.Int64).alias("officials")
        )
        .unique(["application_id"], keep="first", order_by=["doubt", "degree", "official_id"])
    )
    return leads(
        CARD,
        found.with_columns(part_in_case()),
        subject="application_no",
        related=nw.col("official_id"),
        facts=tuple(CARD.facts),
        score=nw.col("acted") + nw.col("certainty"),
        confidence=nw.col("certainty"),
        since=nw.col("accepted_at"),
        until=nw.col("decided_at"),
        keep=KEEP,
        evidence=(*case_evidence(data, step="county_visit"), filing_evidence(data)),
        undecidable=judged.filter(
            (has_part & unseen.is_null()) | (place_unknown & unseen.fill_null(value=True))
        ).select("application_id", "official_id"),
    )
