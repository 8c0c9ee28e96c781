"""Was the complainant told, and the matter closed, in time?

One lead per request, petition or report whose named sender was told after complaint_told_days, or which was closed
after complaint_closed_days (an extension added), counted in calendar days by date; what has not happened yet is counted
to the day of `as_of` (contract §5). A matter withdrawn in the end had its time all the same.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.complaints import timed
from casework.dataset import Tables
from casework.lead import Leads, evidence, leads
from casework.policy import Policy
from casework.tables import COMPLAINT
from casework.text import Text

DAYS = Text("天", "days")
NOT_YET = Text("尚未", "not yet")
NOT_SEEN = Text("未见", "not on record")  # of an unnamed complaint nobody was to be told
NOT_ASKED = Text("不适用", "does not apply")
UNNAMED = Innocent(Text("匿名来信,无从告知", "Unnamed: nobody to tell"), (needs(COMPLAINT, "named"),))

_TOLD = Text(
    "疑似告知超时:收到后 {told_days} 天告知(未告知的计至办结日或数据截止日),规定 {told_limit} 天",
    "Possibly told late: {told_days} days from receipt (untold: to closing or the data's day); the"
    " limit is {told_limit}",
)
_CLOSED = Text(
    "疑似办理超时:收到后 {closed_days} 天办结(未办结的计至数据截止日),规定 {closed_limit} 天",
    "Possibly closed late: {closed_days} days from receipt (open: as of the data's day); the limit is {closed_limit}",
)
_TOLD_SUM = Text(
    "{received_at} 收到,{told_at} 告知,相隔 {told_days} 天;规定 {told_limit} 天;{told_days} > {told_limit}",
    "Received {received_at}, told {told_at}: {told_days} days; the limit is {told_limit}; {told_days} > {told_limit}",
)
_CLOSED_SUM = Text(
    "{received_at} 收到,{closed_at} 办结,相隔 {closed_days} 天;规定 {closed_limit} 天(延期:{extended});"
    "{closed_days} > {closed_limit}",
    "Received {received_at}, closed {closed_at}: {closed_days} days; the limit is {closed_limit}"
    " (extended: {extended}); {closed_days} > {closed_limit}",
)

CARD = Card(
    scheme="late_complaint",
    family="delay",
    subject="complaint",
    title=Text("信访件逾期(待核实)", "Complaint past its limit (to verify)"),
    question=Text("信访件是否按期告知、按期办结?", "Was the complainant told, and the matter closed, in time?"),
    folk=Text("石沉大海", "No answer"),
    rule="complaint_closed_days",
    other_rules=("complaint_told_days", "complaint_extension_days"),
    needs=(needs(COMPLAINT, "received_at", "kind"),),
    either=(needs(COMPLAINT, "told_at"), needs(COMPLAINT, "closed_at")),
    also_uses=(needs(COMPLAINT, "named", "extended"),),
    level="verify",
    severity="procedure",
    confidence=1.0,
    reason=_CLOSED,
    facts={
        "case": Fact(
            Text("超期事项", "What was late"),
            words={
                "told": Text("告知", "telling"),
                "closed": Text("办结", "closing"),
                "both": Text("告知和办结", "telling and closing"),
            },
        ),
        "received_at": Fact(Text("收到", "Received")),
        "told_at": Fact(Text("告知", "Told"), absent=NOT_SEEN),
        "told_days": Fact(Text("告知用时", "Time to telling"), DAYS, absent=NOT_ASKED),
        "told_limit": Fact(Text("告知期限", "Limit of telling"), DAYS, absent=NOT_ASKED),
        "closed_at": Fact(Text("办结", "Closed"), absent=NOT_YET),
        "closed_days": Fact(Text("办理用时", "Time to closing"), DAYS),
        "closed_limit": Fact(Text("办理期限", "Limit of closing"), DAYS),
        "extended": Fact(Text("已延期", "Extended")),
    },
    arithmetic=_CLOSED_SUM,
    cases={
        "told": Wording(_TOLD, _TOLD_SUM),
        "both": Wording(
            Text(f"{_TOLD.zh};{_CLOSED.zh}", f"{_TOLD.en}. {_CLOSED.en}"),
            Text(f"{_TOLD_SUM.zh};{_CLOSED_SUM.zh}", f"{_TOLD_SUM.en}. {_CLOSED_SUM.en}"),
        ),
    },
    innocent=(
        Innocent(Text("已依规延期", "The time was lawfully extended"), (needs(COMPLAINT, "extended"),)),
        UNNAMED,
        Innocent(Text("信访人已撤回,此后无须办理", "Withdrawn by the sender: nothing more to do")),
        Innocent(Text("已当面或电话告知而未登记", "Told in person or by phone, not recorded")),
        Innocent(Text("转送其他部门办理,由其答复", "Passed on to another office, which answers")),
    ),
    verify=Text(
        "核对受理告知书、延期审批单与答复意见书的送达日期",
        "Compare the dates of delivery of the notice of acceptance, the extension form and the reply",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per complaint told or closed past its limit; score grows with the longer overrun."""
    judged = timed(data, policy, data[COMPLAINT])
    late = judged.filter(nw.col("told_late") | nw.col("closed_late"))
    shown = late.with_columns(
        nw.when(nw.col("told_late") & nw.col("closed_late"))
        .then(nw.lit("both"))
        .when(nw.col("told_late"))
        .then(nw.lit("told"))
        .otherwise(nw.lit("closed"))
        .alias("case"),
        nw.when(nw.col("told_late")).then(_multiple("told")).otherwise(nw.lit(0.0)).alias("told_share"),
        nw.when(nw.col("closed_late")).then(_multiple("closed")).otherwise(nw.lit(0.0)).alias("closed_share"),
        nw.when(nw.col("told_late")).then(_end(data, "told")).otherwise(nw.col("received_at").cast(nw.Date)).alias("a"),
        nw.when(nw.col("closed_late"))
        .then(_end(data, "closed"))
        .otherwise(nw.col("received_at").cast(nw.Date))
        .alias("b"),
        *(nw.when(nw.col("told_applies")).then(nw.col(name)).alias(name) for name in ("told_days", "told_limit")),
    )
    return leads(
        CARD,
        shown,
        subject="complaint_no",
        facts=tuple(CARD.facts),
        score=nw.max_horizontal("told_share", "closed_share"),
        since=nw.col("received_at").cast(nw.Date),
        until=nw.max_horizontal("a", "b"),
        keep=("complaint_no",),
        evidence=(
            evidence(
                data,
                COMPLAINT,
                on="complaint_no",
                show=("received_at", "kind", "level", "named", "told_at", "closed_at", "extended", "outcome"),
            ),
        ),
        undecidable=judged.filter(
            (nw.col("told_applies") & nw.col("told_late").is_null())
            | (nw.col("closed_applies") & nw.col("closed_late").is_null())
        ),
        unchecked=[(UNNAMED, ~nw.col("named").fill_null(value=False))],
    )


def _multiple(clock: str) -> nw.Expr:
    limit = nw.col(f"{clock}_limit")
    return nw.col(f"{clock}_days") / nw.when(limit > 0).then(limit).otherwise(nw.lit(1))


def _end(data: Tables, clock: str) -> nw.Expr:
    heard = nw.coalesce(nw.col(f"{clock}_at"), nw.col("closed_at")).cast(nw.Date)
    return nw.coalesce(heard, nw.lit(data.as_of))
