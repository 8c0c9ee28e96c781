"""Did an official act in the case of a household they are a member of, or near kin to?

Contract §5, every programme, withdrawn applications too: first or second actor of any step but the authorisation is,
on the acceptance day, a member (co-living or not) of the household or near kin of one. Whether it was filed does not
matter: filing is no leave to decide. Nothing is said about whether the household is entitled.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.kinship.evidence import KEEP, case_evidence
from casework.kinship.staff import close_staff
from casework.kinship.words import TIE_FACTS
from casework.lead import Leads, leads
from casework.policy import Policy
from casework.tables import APPLICATION, KIN, MEMBER, OFFICIAL, STEP
from casework.text import Text

CARD = Card(
    scheme="kin_handled",
    family="favoritism",
    subject="application",
    title=Text("经手本人或近亲属的申请(待核实)", "Acted in the case of one's own or near kin (to verify)"),
    question=Text(
        "是否有干部经手了本人或近亲属家庭的申请?",
        "Did an official act in the case of a household of their own or of near kin?",
    ),
    folk=Text("自己人办自己事", "Deciding for one's own"),
    rule="near_kin",
    other_rules=("kin_certainty",),
    needs=(
        needs(APPLICATION, "household_no", "accepted_at"),
        needs(MEMBER, "relation"),
    ),
    either=(needs(STEP, "actor_id_no"), needs(STEP, "second_actor_id_no")),
    also_uses=(needs(KIN, "relation"), needs(OFFICIAL)),
    level="verify",
    severity="procedure",
    confidence=0.95,
    reason=Text(
        "疑似应回避未回避:经手 {acted} 个环节的干部与一名家庭成员的关系为“{path}”",
        "Possibly should have stood aside: the tie of an official who acted in {acted} steps to a member is “{path}”",
    ),
    facts={
        **TIE_FACTS,
        "acted": Fact(Text("经手环节数", "Steps acted in, number")),
    },
    arithmetic=Text(
        "受理日 {accepted_at},办结 {decided_at};授权以外由该干部经手的环节:{steps},共 {acted} 个;"
        "关系最弱一环来自{weakest},可信程度 {certainty}",
        "Accepted {accepted_at}, decided {decided_at}; steps this official acted in, authorisation apart: {steps},"
        " {acted} in all; weakest tie from {weakest}, certainty {certainty}",
    ),
    innocent=(
        Innocent(Text("仅经手授权环节", "Acted only in the authorisation"), (needs(STEP, "actor_id_no"),)),
        Innocent(
            Text("姻亲或更远的亲属,不属近亲属", "An in-law or a further relative: not near kin"),
            (needs(KIN, "relation"),),
        ),
        Innocent(Text("婚姻在受理日之前已解除", "The marriage had ended before acceptance"), (needs(KIN, "to_on"),)),
        Innocent(Text("以本人账号代他人录入", "Entered for a colleague under the official's account")),
        Innocent(Text("全所仅一人经办,已由他人复核", "The only clerk of the office; another checked the case")),
        Innocent(Text("亲属关系登记有误", "The register of ties errs")),
    ),
    verify=Text(
        "核对各环节签字与系统登录记录,请干部说明是否回避;不据此评价该户是否符合条件",
        "Compare the signatures of each step with the log-ins; ask whether the official stood aside. Whether the"
        " household is entitled is not in question",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an application and official; who acted in more steps, and whose tie is surer, first."""
    return leads(
        CARD,
        close_staff(data, policy).filter(nw.col("acted") > 0),
        subject="application_no",
        part=nw.col("official_id"),
        related=nw.col("official_id"),
        facts=tuple(CARD.facts),
        score=nw.col("acted") + nw.col("certainty"),
        confidence=nw.col("certainty"),
        since=nw.col("accepted_at"),
        until=nw.col("decided_at"),
        keep=KEEP,
        evidence=case_evidence(data),
    )
