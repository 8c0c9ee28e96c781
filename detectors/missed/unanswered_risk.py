"""Has something befallen a household, and has nobody visited it since?

Contract §5: a risk_event (a self-paid medical bill, a death at working age; policy `risk_event`) or an outreach row
without a visit, and no outreach visit on or after it, whatever its cause, within outreach_days. Households on aid too;
one not yet due is innocent, and so is one in which nobody is left. One lead a household, supportive: somebody should go
and ask how they are. Of several events the sentence tells of one day: the first without any visit, else the one visited
latest past its limit.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, Leads, evidence, first_rows, household_region, leads, open_cases
from casework.means.ages import years
from casework.means.hardship import with_hardship
from casework.means.members import DEATHS, deaths, members_on
from casework.policy import Policy
from casework.tables import HOUSEHOLD, MATCH, MEMBER, OUTREACH, PERSON, Table
from casework.text import Text

DAYS = Text("个工作日", "working days")
YUAN = Text("元", "yuan")
EVENTS = Text("件", "events")
DEATH: Final = "death"
FOUND: Final = "found"  # an outreach row: somebody reported the household
BILL: Final = "medical_bill"

ARITHMETIC = Text(
    "自 {event_on}({events})次日起计至首次走访({visited_on};未走访的至数据截止日),{days} 个工作日,期限 {limit} 个"
    "工作日;未按期走访的事件共 {count} 件,最近 {last_event_on};按困难指数 {points} 分排序",
    "From the day after {event_on} ({events}) to the first visit ({visited_on}; without one, to the day of the data):"
    " {days} working days, the limit being {limit}. {count} events without a visit in time, the latest on"
    " {last_event_on}; ordered by {points} points of hardship",
)

CARD = Card(
    scheme="unanswered_risk",
    family="missed",
    subject="household",
    title=Text("风险事件后未见走访(待核实)", "No visit after a blow (to verify)"),
    question=Text(
        "家庭遭遇重大变故后,是否在期限内有人上门走访?",
        "Has something befallen a household without anybody visiting it in time?",
    ),
    folk=Text("无人问津", "Left alone"),
    rule="risk_event",
    other_rules=("outreach_days", "hardship_weight"),
    needs=(needs(OUTREACH, "household_no", "found_at", "visited_at"), needs(HOUSEHOLD)),
    also_uses=(
        needs(MATCH, "id_no", "kind", "from_on", "value"),
        needs(PERSON, "born_on", "died_on"),
        needs(MEMBER, "joined_on"),
        needs(HOUSEHOLD, "region_code"),
    ),
    level="info",
    severity="person",
    confidence=0.8,
    reason=Text(
        "疑似需要关心的家庭:{event_on} {events},{days} 个工作日未见走访(期限 {limit} 个工作日),请尽快上门了解",
        "A household that may need somebody: {events} on {event_on}; {days} working days without a visit (the limit is"
        " {limit}). Please visit soon",
    ),
    facts={
        "case": Fact(
            Text("情形", "Case"),
            words={
                "none": Text("至今未走访", "nobody has visited"),
                "late": Text("走访晚于期限", "visited past the limit"),
            },
        ),
        "events": Fact(
            Text("事件", "Events"),
            words={
                **{option.code: option.label for option in MATCH["kind"].options},
                BILL: Text("大额自付医疗费用", "a high self-paid medical bill"),
                DEATH: Text("劳动年龄成员去世", "the death of a member of working age"),
                FOUND: Text("主动发现登记后未走访", "found by outreach and not visited"),
            },
            many=True,
        ),
        "count": Fact(Text("未回应事件数", "Events without an answer"), EVENTS),
        "event_on": Fact(Text("事件日期", "Date of the event")),
        "last_event_on": Fact(Text("最近事件日期", "Latest event")),
        "days": Fact(Text("已过时间", "Time gone by"), DAYS),
        "limit": Fact(Text("走访期限", "Limit"), DAYS),
        "visited_on": Fact(Text("其后首次走访", "First visit afterwards"), absent=Text("尚无", "none yet")),
        "bill_fen": Fact(Text("当日最高自付医疗费用", "Highest bill of that day"), YUAN, absent=Text("无", "none")),
        "points": Fact(Text("困难指数", "Hardship"), Text("分", "points")),
    },
    arithmetic=ARITHMETIC,
    cases={
        "late": Wording(
            Text(
                "疑似需要关心的家庭:{event_on} {events},{days} 个工作日后才有走访(期限 {limit} 个工作日),请了解近况",
                "A household that may need somebody: {events} on {event_on}; the visit came after {days} working days"
                " (the limit is {limit}). Please ask how they are",
            ),
            ARITHMETIC,
        )
    },
    innocent=(
        Innocent(Text("期限内已走访,原因登记不同", "Visited in time under another cause"), (needs(OUTREACH),)),
        Innocent(Text("走访期限未到", "The time to visit is not over"), (needs(OUTREACH, "found_at"),)),
        Innocent(Text("户内已无在世成员", "Nobody of the household is left"), (needs(MEMBER, "joined_on"),)),
        Innocent(Text("已走访而未登记,或由其他部门帮扶", "Visited without an entry, or helped by another office")),
        Innocent(Text("事发时当地尚未登记走访", "The county kept no register of visits yet")),
        Innocent(Text("费用已由保险或他人承担", "Insurance or others bore the cost")),
    ),
    verify=Text(
        "上门或电话了解近况;核对走访记录与医疗费用、死亡登记",
        "Call or visit and ask how they are; compare the visits with the bill or the register of deaths",
    ),
    protected={  # only in the order of hardship
        "person.disability_grade": "entitles",
        "person.health": "entitles",
        "person.status": "entitles",
    },
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per household with an event that nobody answered in time; ordered by hardship."""
    judged = once(_inhabited(data, once(_judged(data, policy))))
    unanswered = once(judged.filter(nw.col("late") & nw.col("risky")))
    found = (
        _told(unanswered)
        .group_by("household_id")
        .agg(
            *(nw.col(name).max() for name in ("count", "last_event_on", "event_on", "days", "limit", "visited_on")),
            nw.when(nw.col("event") == BILL).then(nw.col("value_fen")).max().cast(nw.Int64).alias("bill_fen"),
            *(_flag(nw.col("event") == name).max().alias(f"is__{name}") for name in _events(policy)),
        )
    )
    parts = [
        nw.when(nw.col(f"is__{name}") == 1).then(nw.lit(f"{name};")).otherwise(nw.lit("")) for name in _events(policy)
    ]
    case = nw.when(nw.col("visited_on").is_null()).then(nw.lit("none")).otherwise(nw.lit("late"))
    named = found.with_columns(nw.concat_str(parts).alias("events"), case.alias("case")).join(
        first_rows(data[HOUSEHOLD]).select("household_id", "household_no"), on="household_id", how="inner"
    )
    return leads(
        CARD,
        household_region(data, with_hardship(data, policy, once(named))),
        subject="household_no",
        facts=tuple(CARD.facts),
        score=nw.col("points"),
        since=nw.col("event_on"),
        until=nw.lit(data.as_of),
        keep=("household_id",),
        evidence=(
            _of_events(data, unanswered, MATCH, ("id_no", "kind", "source", "from_on", "value")),
            _of_events(data, unanswered, PERSON, ("died_on",)),
            evidence(data, OUTREACH, on="household_id", show=("household_no", "cause", "found_at", "visited_at")),
        ),
        undecidable=open_cases(
            unanswered,
            judged.filter(nw.col("late").is_null() | (nw.col("late") & nw.col("risky").is_null())),
            on="household_id",
        ),
    )


def _events(policy: Policy) -> list[str]:
    """Every event that the rule names anywhere, and the outreach row itself."""
    return sorted({*(str(entry.scope["event"]) for entry in policy.rule("risk_event").entries), FOUND})


def _flag(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _told(unanswered: Frame) -> Frame:
    """Each household's events of the one day its lead tells of: of one day all have the same visit, days and limit.

    Adds `count` and `last_event_on` of all its unanswered events.
    """
    past = nw.col("days") - nw.col("limit")
    whole = unanswered.group_by("household_id").agg(
        nw.len().cast(nw.Int64).alias("count"),
        nw.col("event_on").max().alias("last_event_on"),
        nw.when(nw.col("visit_day").is_null()).then(nw.col("event_day")).min().alias("open_day"),
        past.max().alias("longest"),
    )
    told = unanswered.join(whole, on="household_id", how="inner").filter(
        nw.when(nw.col("open_day").is_null())
        .then(past == nw.col("longest"))
        .otherwise(nw.col("event_day") == nw.col("open_day"))
    )
    first = told.group_by("household_id").agg(nw.col("event_day").min().alias("told_day"))
    return told.join(first, on="household_id", how="inner").filter(nw.col("event_day") == nw.col("told_day"))


def _judged(data: Tables, policy: Policy) -> Frame:
    """Every event of a household up to `as_of`.

    Is it `risky` (null: amount or birth unknown), when was the next visit, and was that, or is `as_of`, too `late`
    (null: the calendar or the limit does not reach back to it)?
    """
    columns = ("household_id", "person_id", "event", "event_on", "event_day", "value_fen")
    reports = (
        data[OUTREACH]
        .filter(nw.col("visited_at_day").is_null() & (nw.col("found_at_day") <= data.as_of_day))
        .select(
            "household_id",
            nw.lit(FOUND).alias("event"),
            nw.col("found_at").cast(nw.Date).alias("event_on"),
            nw.col("found_at_day").alias("event_day"),
            nw.lit(value=True).alias("risky"),
            nw.lit(None).cast(nw.Int64).alias("person_id"),
            nw.lit(None).cast(nw.Int64).alias("value_fen"),
        )
    )
    blows = _risky(policy, household_region(data, nw.concat([_findings(data, policy), _deaths(data)])))
    events = once(nw.concat([blows.select(*columns, "risky"), reports.select(*columns, "risky")]))
    visits = (
        data[OUTREACH]
        .filter(nw.col("visited_at_day") <= data.as_of_day)
        .select(
            "household_id",
            nw.col("visited_at").cast(nw.Date).alias("visited_on"),
            nw.col("visited_at_day").alias("visit_day"),
        )
    )
    answers = (
        events.select("household_id", "event_day")
        .unique()
        .join(visits, on="household_id", how="inner")
        .filter(nw.col("visit_day") >= nw.col("event_day"))
        .group_by("household_id", "event_day")
        .agg(nw.col("visit_day").min(), nw.col("visited_on").min())
    )
    rows = household_region(data, events.join(answers, on=["household_id", "event_day"], how="left"))
    rows = rows.with_columns(nw.coalesce(nw.col("visit_day"), nw.lit(data.as_of_day)).cast(nw.Int32).alias("until_day"))
    rows = data.calendar.working_days(rows, "event", "until", into="days")
    rows = policy.in_force(rows, "outreach_days", on="event", into="limit")
    late = nw.col("days") > nw.col("limit")
    return rows.filter(nw.col("limit_state") != -1).with_columns(late.alias("late"))


def _findings(data: Tables, policy: Policy) -> Frame:
    """Dated findings of other registers about a living member, of the kinds that the rule names."""
    kinds = [name for name in _events(policy) if name not in {DEATH, FOUND}]
    dated = (
        data[MATCH]
        .filter(nw.col("kind").is_in(kinds) & (nw.col("from_on_day") <= data.as_of_day))
        .select(
            "person_id",
            nw.col("kind").alias("event"),
            nw.col("from_on").alias("event_on"),
            nw.col("from_on_day").alias("event_day"),
            nw.col("value_hundredths").alias("value_fen"),
        )
    )
    dead = deaths(data).select("person_id", "death_day")
    alive = nw.col("death_day").is_null() | (nw.col("event_day") <= nw.col("death_day"))
    dated = dated.join(dead, on="person_id", how="left").filter(alive).drop("death_day")
    return _at_home(data, dated, nw.col("event_day") < nw.col("left_on_day"))


def _deaths(data: Tables) -> Frame:
    """Deaths of members; one whose membership ended on the day of death was a member."""
    dated = (
        deaths(data)
        .filter(nw.col("death_day") <= data.as_of_day)
        .select(
            "person_id",
            nw.lit(DEATH).alias("event"),
            nw.col("death").alias("event_on"),
            nw.col("death_day").alias("event_day"),
            nw.lit(None).cast(nw.Int64).alias("value_fen"),
        )
    )
    return _at_home(data, dated, nw.col("event_day") <= nw.col("left_on_day"))


def _at_home(data: Tables, dated: Frame, before_leaving: nw.Expr) -> Frame:
    """The events with the households of which the person was then a member, and the person's birth."""
    spells = data[MEMBER].select("household_id", "person_id", "joined_on_day", "left_on_day")
    born = first_rows(data[PERSON]).select("person_id", "born_on")
    return (
        dated.join(spells, on="person_id", how="inner")
        .filter((nw.col("joined_on_day") <= nw.col("event_day")) & (nw.col("left_on_day").is_null() | before_leaving))
        .join(born, on="person_id", how="left")
        .select("household_id", "person_id", "event", "event_on", "event_day", "value_fen", "born_on")
        .unique()
    )


def _risky(policy: Policy, events: Frame) -> Frame:
    """The events of which the rule speaks on their day and there, with `risky` (null where it cannot be told)."""
    for name in ("at_least", "age_from", "age_to"):
        events = policy.in_force(events, "risk_event", on="event", into=name, field=name)
    age = years("born_on", "event_on")
    enough = nw.col("at_least").is_null() | (nw.col("value_fen") >= (nw.col("at_least") * 100).round().cast(nw.Int64))
    old_enough = nw.col("age_from").is_null() | (age >= nw.col("age_from"))
    young_enough = nw.col("age_to").is_null() | (age <= nw.col("age_to"))
    judged = events.with_columns((enough & old_enough & young_enough).alias("risky"))
    return judged.filter((nw.col("at_least_state") == 1) & (nw.col("risky").is_null() | nw.col("risky")))


def _inhabited(data: Tables, events: Frame) -> Frame:
    """Without households whose members have all died or left; one whose members nobody lists stays."""
    homes = once(events.select("household_id").unique())
    today = homes.with_columns(nw.lit(data.as_of_day).cast(nw.Int32).alias("day"))
    living = members_on(data, today).select("household_id").unique()
    listed = data[MEMBER].join(homes, on="household_id", how="semi").select("household_id").unique()
    empty = listed.join(living, on="household_id", how="anti")
    return events.join(empty, on="household_id", how="anti")


def _of_events(data: Tables, events: Frame, table: Table, show: tuple[str, ...]) -> Evidence:
    """The rows of a table that tell of the unanswered events of the found households."""

    def gather(found: Frame) -> Frame:
        wanted = events.join(
            found.select("subject", "part", nw.col(f"{KEPT}household_id").alias("household_id")),
            on="household_id",
            how="inner",
        ).select("subject", "part", "person_id", "event", "event_day")
        told = data[table].join(wanted, on="person_id", how="inner")
        if table is PERSON:
            told = told.filter((nw.col("event") == DEATH) & (nw.col("died_on_day") == nw.col("event_day")))
        else:
            same_kind = (nw.col("kind") == nw.col("event")) | (
                nw.col("kind").is_in(DEATHS) & (nw.col("event") == DEATH)
            )
            told = told.filter(same_kind & (nw.col("from_on_day") == nw.col("event_day")))
        columns = dict.fromkeys([*(part.main for part in table.key), *(table[name].main for name in show)])
        return told.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, show, gather)
