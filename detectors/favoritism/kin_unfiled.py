"""Is near kin of an official in charge on the application, and was no filing made of it by the decision?

Contract §5 (最低生活保障审核确认办法 art. 11). A member of the household on the acceptance day, co-living or not, is or
is near kin of a handler or approver over the household's village, its township or county, of a cadre of that very
village, in post on that day, or of whoever acted in any step but the authorisation; and no filing of that official for
that household is dated on or before the decision (undecided: as_of), whatever relation it states. Being kin is no
breach, and nothing is said about whether the household is entitled. Withdrawn applications are not raised.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import once
from casework.kinship.evidence import KEEP, case_evidence, filing_evidence
from casework.kinship.filed import filings_due
from casework.kinship.words import NONE, PART_FACT, TIE_FACTS, by_part, part_in_case
from casework.lead import Leads, leads
from casework.policy import Policy
from casework.tables import APPLICATION, FILING, KIN, MEMBER, OFFICIAL, STEP
from casework.text import Text

REASON = Text(
    "疑似近亲属未备案:一名家庭成员与干部的关系为“{path}”,至 {due} 未见该干部对该户的备案",
    "Possibly not filed: a member's tie to the official is “{path}”, and no filing of that official for this"
    " household is dated by {due}",
)


def _arithmetic(part: Text) -> Text:
    return Text(
        f"受理日 {{accepted_at}}:{part.zh};"
        f"办结 {{decided_at}};{{due}} 及以前的备案 0 件,其后的备案:{{filed_on}};关系可信程度 {{certainty}}",
        f"On acceptance ({{accepted_at}}): {part.en}; decided:"
        f" {{decided_at}}; 0 filings dated by {{due}}, a later one: {{filed_on}}; certainty of the tie {{certainty}}",
    )


CASES = by_part(REASON, _arithmetic)

CARD = Card(
    scheme="kin_unfiled",
    family="favoritism",
    subject="application",
    title=Text("近亲属未备案(待核实)", "Near kin not filed (to verify)"),
    question=Text(
        "申请家庭成员是经办、审批人员或村(居)委会成员的近亲属的,办结前是否备案?",
        "Where a member is near kin of an official in charge, was that filed by the decision?",
    ),
    folk=Text("人情保、关系保", "Aid by connections"),
    rule="filing_programmes",
    other_rules=("near_kin", "kin_certainty"),
    needs=(
        needs(APPLICATION, "programme", "household_no", "accepted_at"),
        needs(MEMBER, "relation"),
        needs(FILING, "official_id_no", "household_no", "filed_on"),
    ),
    either=(needs(OFFICIAL), needs(STEP, "actor_id_no"), needs(STEP, "second_actor_id_no")),
    also_uses=(needs(KIN, "relation"), needs(OFFICIAL), needs(STEP, "actor_id_no")),
    level="verify",
    severity="procedure",
    confidence=0.95,
    reason=CASES["both"].reason,
    facts={
        "case": PART_FACT,
        **TIE_FACTS,
        "due": Fact(Text("备案应在此日或以前", "Filing due by")),
        "filed_on": Fact(Text("其后的备案", "Filed later"), absent=NONE),
    },
    arithmetic=CASES["both"].arithmetic,
    cases=CASES,
    innocent=(
        Innocent(
            Text("已在办结当日或以前备案", "Filed on or before the day of the decision"), (needs(FILING, "filed_on"),)
        ),
        Innocent(
            Text("干部在受理日之后才任职,且未经手", "The term began after acceptance, and no step was touched"),
            (needs(OFFICIAL, "from_on"), needs(STEP, "actor_id_no")),
        ),
        Innocent(
            Text("姻亲或更远的亲属,不属近亲属", "An in-law or a further relative: not near kin"),
            (needs(KIN, "relation"),),
        ),
        Innocent(
            Text("同姓同村而无亲属关系", "The same surname in one village, and no tie"), (needs(KIN, "relation"),)
        ),
        Innocent(Text("已书面备案而未录入系统", "Filed on paper and not entered")),
        Innocent(Text("亲属关系登记有误或已解除", "The register of ties errs, or the tie has ended")),
    ),
    verify=Text(
        "查阅近亲属备案登记簿和申请档案,请干部本人说明关系;只核对备案程序,不据此评价该户是否符合条件",
        "See the register of filings and the case file; ask the official about the tie. Only the filing is in question,"
        " not whether the household is entitled",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an application and official; who acted in more steps, and whose tie is surer, first."""
    judged = once(filings_due(data, policy))
    has_part, unfiled = nw.col("has_part"), nw.col("unfiled")
    due_unknown = nw.col("due_day").is_null() & ~nw.col("filed_day").is_null()
    place_unknown = ~has_part & (nw.col("perhaps") == 1)
    return leads(
        CARD,
        judged.filter(has_part & unfiled.fill_null(value=False)).with_columns(part_in_case()),
        subject="application_no",
        part=nw.col("official_id"),
        related=nw.col("official_id"),
        facts=tuple(CARD.facts),
        score=nw.col("acted") + nw.col("certainty"),
        confidence=nw.col("certainty"),
        since=nw.col("accepted_at"),
        until=nw.col("due"),
        keep=KEEP,
        evidence=(*case_evidence(data), filing_evidence(data)),
        undecidable=judged.filter((has_part & due_unknown) | (place_unknown & unfiled.fill_null(value=True))).select(
            "application_id", "official_id"
        ),
    )
