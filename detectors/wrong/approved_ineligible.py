"""Was an application approved although the facts of its acceptance day shut the household out?

Contract §5, programmes with an income line (dibao, dibao_edge): Y at or above the line in the newest statement on or
before the acceptance day, or an exclude veto of an owner on that day. Single-person entry is judged by the edge line.
Half-known is undecidable: no statement, no standard in force, a finding without the value its limit asks for.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import once
from casework.lead import Leads, evidence, first_rows, leads
from casework.means.acceptance import ITEM_FACT, ineligible, on_acceptance
from casework.means.figures import YEAR
from casework.means.test import WITH_LINE
from casework.policy import Policy
from casework.proof import of_statement
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, MATCH, MEANS, MEMBER, REGION
from casework.text import Text

YUAN_YEAR = Text("元/年", "yuan a year")
YUAN_MONTH = Text("元/人·月", "yuan a person a month")
PERSONS = Text("人", "persons")
ROWS = Text("条", "findings")
NONE = Text("无", "none")

CARD = Card(
    scheme="approved_ineligible",
    family="wrong",
    subject="application",
    title=Text("不符合条件而获批(待核实)", "Approved though ineligible (to verify)"),
    question=Text(
        "受理当日收入不低于保障线或有一票否决事项,是否仍予批准?",
        "Was an application approved although the facts of its acceptance day shut the household out?",
    ),
    folk=Text("错保", "Wrongly covered"),
    rule="dibao_standard",
    other_rules=("edge_multiplier", "veto", "deduction_cap", "disregard", "job_cost"),
    needs=(
        needs(APPLICATION, "programme", "household_no", "accepted_at", "decision"),
        needs(MEMBER, "joined_on", "co_living"),
    ),
    either=(needs(MEANS), needs(MATCH, "id_no", "kind")),
    also_uses=(
        needs(MEANS),
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
        needs(MATCH, "id_no", "kind", "from_on", "value", "detail"),
        needs(AWARD, "application_no", "single_person_basis"),
        needs(BENEFICIARY, "id_no", "from_month"),
    ),
    level="exclude",
    severity="procedure",
    confidence=0.9,
    reason=Text(
        "疑似不符合条件而获批:受理日 {accepted_at} 适用 {as_of} 核定,人均月收入 {head_fen} 元,"
        "不低于保障线 {line_fen} 元",
        "Possibly approved though ineligible: on acceptance ({accepted_at}) the statement of {as_of} says {head_fen}"
        " yuan a person a month, not below the line of {line_fen}",
    ),
    facts={
        "case": Fact(
            Text("情形", "Ground"),
            words={
                "income": Text("收入不低于保障线", "income not below the line"),
                "veto": Text("一票否决事项", "a veto item"),
                "both": Text("收入与一票否决事项", "income and a veto item"),
            },
        ),
        "programme": Fact(Text("救助类型", "Programme")),
        "accepted_at": Fact(Text("受理时间", "Accepted")),
        "decided_at": Fact(Text("审批时间", "Decided")),
        "as_of": Fact(Text("核定日期", "Statement of"), absent=NONE),
        "y_fen": Fact(Text("家庭年收入", "Income of the household"), YUAN_YEAR),
        "n": Fact(Text("共同生活人数", "Living together"), PERSONS),
        "head_fen": Fact(Text("人均月收入", "A person a month"), YUAN_MONTH),
        "line_fen": Fact(Text("保障线", "Line"), YUAN_MONTH),
        "single": Fact(Text("单人纳入", "Single-person entry")),
        "item": ITEM_FACT,
        "found": Fact(Text("登记条数", "Findings"), ROWS),
    },
    arithmetic=Text(
        "家庭年收入 {y_fen} 元 ÷ {n} 人 ÷ 12 = {head_fen} 元,保障线 {line_fen} 元(单人纳入:{single});"
        "受理日有效的一票否决登记条数:{found}({item})",
        "{y_fen} yuan a year ÷ {n} persons ÷ 12 = {head_fen}, the line is {line_fen} (single-person entry: {single});"
        " veto findings held on acceptance: {found} ({item})",
    ),
    cases={
        "veto": Wording(
            Text(
                "疑似不符合条件而获批:受理日 {accepted_at} 名下有{item}等 {found} 条一票否决登记",
                "Possibly approved though ineligible: on acceptance ({accepted_at}) they owned {item}"
                " ({found} findings that exclude)",
            ),
            Text(
                "受理日有效的一票否决登记条数:{found}({item});人均月收入 {head_fen} 元,保障线 {line_fen} 元",
                "Veto findings held on acceptance: {found} ({item}); {head_fen} yuan a person a month, the line is"
                " {line_fen}",
            ),
        ),
        "both": Wording(
            Text(
                "疑似不符合条件而获批:受理日 {accepted_at} 人均月收入 {head_fen} 元,不低于保障线 {line_fen} 元,"
                "名下另有{item}等 {found} 条一票否决登记",
                "Possibly approved though ineligible: on acceptance ({accepted_at}) {head_fen} yuan a person a month,"
                " not below the line of {line_fen}, and {item} ({found} findings that exclude)",
            ),
            Text(
                "家庭年收入 {y_fen} 元 ÷ {n} 人 ÷ 12 = {head_fen} 元,保障线 {line_fen} 元(单人纳入:{single});"
                "受理日有效的一票否决登记条数:{found}({item})",
                "{y_fen} yuan a year ÷ {n} persons ÷ 12 = {head_fen}, the line is {line_fen} (single-person entry:"
                " {single}); veto findings held on acceptance: {found} ({item})",
            ),
        ),
    },
    innocent=(
        Innocent(
            Text("单人纳入保障,按边缘线衡量", "Single-person entry, judged by the edge line"),
            (needs(APPLICATION, "single_person_basis"),),
        ),
        Innocent(
            Text("残疾人机动车、农用车或危房", "A disability or farm vehicle, or a ruined dwelling"),
            (needs(MATCH, "detail"),),
        ),
        Innocent(Text("受理日之后才取得财产或增加收入", "Income or property came after acceptance"), (needs(MEANS),)),
        Innocent(Text("审批时采用了更新的核定,未录入系统", "A newer statement was used and not entered")),
        Innocent(Text("登记在他人名下的借名财产已说明", "A borrowed name, explained at the time")),
    ),
    verify=Text(
        "调阅审批卷宗中的核对报告与入户调查表,核对收入、人口和财产的取得日期",
        "Read the file's register report and home-visit form; check income, members and when property was acquired",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per application approved so, ordered by how many times the line; a veto item counts as once the line."""
    approved = first_rows(data[APPLICATION]).filter(
        (nw.col("decision") == "approved") & nw.col("programme").is_in(WITH_LINE)
    )
    columns = ("application_id", "application_no", "programme", "household_id", "region_code", "single_person_basis")
    moments = [f"{name}{tail}" for name in ("accepted_at", "decided_at") for tail in ("", "_dated", "_day")]
    known, findings = on_acceptance(data, policy, approved.select(*columns, *moments))
    judged = once(known).with_columns(ineligible().alias("ineligible"))
    over, barred = nw.col("over").fill_null(value=False), nw.col("veto_state") == 1
    case = nw.when(over & barred).then(nw.lit("both")).when(over).then(nw.lit("income")).otherwise(nw.lit("veto"))
    heads = nw.when(nw.col("n") > 0).then(nw.col("n") * YEAR)
    found = judged.filter(nw.col("ineligible")).with_columns(
        case.alias("case"), (nw.col("y_fen") // heads).alias("head_fen")
    )
    line = nw.when(nw.col("line_fen") > 0).then(nw.col("line_fen"))
    above = nw.when(over).then(nw.col("head_fen") / line).otherwise(nw.lit(0.0)).fill_null(0.0)
    return leads(
        CARD,
        found,
        subject="application_no",
        facts=tuple(CARD.facts),
        score=nw.when(barred).then(above + 1).otherwise(above),
        since=nw.col("accepted_at"),
        until=nw.col("decided_at"),
        keep=("application_id", "household_id", "statement_as_of_day"),
        evidence=(
            evidence(
                data,
                APPLICATION,
                on="application_id",
                show=("programme", "household_no", "accepted_at", "decided_at", "decision", "single_person_basis"),
            ),
            of_statement(data),
            evidence(data, MEMBER, on="household_id", show=("relation", "co_living", "left_on")),
            findings,
        ),
        undecidable=judged.filter(nw.col("ineligible").is_null()).select("application_id"),
    )
