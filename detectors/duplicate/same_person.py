"""Do two identities belong to one person?

Contract §5: one number under two names (the exact lane); or two numbers whose names (the same, a variant, one that
sounds the same) and births (equal, or month and day and two years at most) agree and who share a phone, an account or a
house; or whose numbers are one slip apart, one of them not valid (then the name may sound nearly the same). At least
one is covered or applying. Two numbers count only from the bits of evidence that `same_person` asks for, of all and of
what is shared alone (`casework.identity`): how rare is what agrees in the county? What more than `cluster_hub`
households have, or an institution, or an address without a house, is not shared. Never raised: members listed together,
twins, namesakes who share nothing.

Both were covered in one month: the records contradict (unless the pair is only for a second look), and the lower of the
two benefits is in doubt. One number was covered twice where two households had it in the month. Else: to verify. Nobody
is raised through a third person.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.identity.raising import raised
from casework.identity.words import AGAINST, FIELDS, FOUND_BY
from casework.lead import KEPT, Evidence, Leads, first_rows, household_region, leads
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, KIN, MEMBER, PAYMENT, PERSON, Table
from casework.text import Text

BITS: Final = Text("比特", "bits")
MONTHS: Final = Text("个月", "months")
YUAN: Final = Text("元", "yuan")
NONE: Final = Text("无", "none")
SURE, LIKELY, DOUBTFUL = 0.95, 0.8, 0.5  # one number; more likely one than two in the county; a second look

LISTED: Final = Innocent(
    Text("同一户同时登记的两名成员", "Two members listed together in one household"), (needs(MEMBER, "joined_on"),)
)
TWINS: Final = Innocent(
    Text(
        "双胞胎:两个号码同地同日出生,或有号码未通过校验", "Twins: numbers of one area and birth date, or one not valid"
    ),
    (needs(PERSON, "id_no", "name"),),
)
NAMESAKE: Final = Innocent(
    Text(
        "同名同日出生的另一人,无共用电话、账户或门牌住址(公用的不算)",
        "A namesake of one birth date who shares no phone, account or house (what many have is not shared)",
    ),
    (needs(PERSON, "name", "born_on"),),
)

CARD = Card(
    scheme="same_person",
    family="duplicate",
    subject="person",
    title=Text("两个身份或为同一人(待核实)", "Two identities that may be one person (to verify)"),
    question=Text("两个身份是否为同一人?", "Do two identities belong to one person?"),
    folk=Text("双重户口、一人两号", "A double registration"),
    rule="same_person",
    other_rules=("cluster_hub", "collective_account"),
    needs=(needs(PERSON, "id_no", "name", "born_on"),),
    either=(needs(BENEFICIARY, "id_no", "from_month"), needs(APPLICATION, "applicant_id_no")),
    also_uses=(
        needs(PERSON, "sex", "died_on", "region_code", "phone", "account_no"),
        needs(MEMBER, "joined_on", "left_on"),
        needs(KIN),
        needs(HOUSEHOLD, "region_code", "address", "phone"),
        needs(AWARD, "household_no", "to_month", "programme"),
        needs(BENEFICIARY, "to_month"),
        needs(PAYMENT, "award_no", "month", "amount", "account_no", "account_holder_id_no"),
        needs(APPLICATION, "accepted_at", "decision"),
    ),
    protected={"person.name": "identity", "person.sex": "identity"},
    level="verify",
    severity="money",
    confidence=LIKELY,
    reason=Text(
        "疑似一人两号:两个号码的姓名、出生相同或相近,共有:{found_by};证据 {bits} 比特,下限 {limit}",
        "Possibly one person under two numbers: name and birth are the same or nearly so, shared are: {found_by};"
        " {bits} bits of evidence, the least is {limit}",
    ),
    facts={
        "case": Fact(
            Text("情形", "What was seen"),
            words={
                "number": Text("一个号码,两个姓名", "one number, two names"),
                "slip": Text("两个号码仅差一处笔误", "numbers one slip apart"),
                "pair": Text("两个号码", "two numbers"),
            },
        ),
        "grade": Fact(
            Text("把握", "Grade"),
            words={
                "a": Text("甲:号码相同", "A: one number"),
                "b": Text("乙:在本县更可能是一人", "B: in the county more likely one person"),
                "c": Text("丙:仅供复看", "C: for a second look only"),
            },
        ),
        "bits": Fact(Text("证据", "Evidence"), BITS),
        "limit": Fact(Text("下限", "Least evidence"), BITS),
        "prior": Fact(Text("起点", "Start"), BITS, absent=Text("不适用", "not applicable")),
        "balance": Fact(Text("连同起点", "With the start"), BITS, absent=Text("不适用", "not applicable")),
        "fields": Fact(Text("逐项", "Field by field"), words=FIELDS, many=True),
        "field_bits": Fact(Text("逐项比特", "Bits field by field"), many=True),
        "found_by": Fact(Text("由何发现", "Found by"), words=FOUND_BY, many=True),
        "against": Fact(Text("相反迹象", "Against it"), words=AGAINST, many=True),
        "sharing": Fact(
            Text("共用者(最少的一项)", "Who have it (the rarest)"),
            Text("人", "persons"),
            absent=Text("无共用", "nothing shared"),
        ),
        "covered": Fact(
            Text("保障情况", "Covered"),
            words={
                "both": Text("两个身份都曾在保", "both were covered"),
                "one": Text("一个身份曾在保", "one was covered"),
                "none": Text("正在申请", "applying"),
            },
        ),
        "months": Fact(Text("同月在保", "Months of both"), MONTHS),
        "first_month": Fact(Text("首个同月", "First month of both"), absent=NONE),
        "last_month": Fact(Text("末个同月", "Last month of both"), absent=NONE),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN, absent=Text("无或未知", "none or unknown")),
    },
    arithmetic=Text(
        "逐项({fields})依次为 {field_bits} 比特,起点以外合计 {bits};一县任意两人为一人的可能作起点 {prior},合计"
        " {balance};同月在保 {months} 个月({first_month} 至 {last_month}),逐月取较低一份,存疑金额(元):{amount_fen}",
        "Field by field ({fields}): {field_bits}; without the start {bits} bits; the start is how likely any two of the"
        " county are one, {prior}; with it {balance}. Both were covered in {months} months ({first_month} to"
        " {last_month}); month by month the lower benefit is in doubt, in yuan: {amount_fen}",
    ),
    cases={
        "slip": Wording(
            Text(
                "疑似一人两号:姓名、出生相同或相近,两个号码仅差一位或相邻两位颠倒,其中有号码未通过校验;"
                "证据 {bits} 比特,下限 {limit}",
                "Possibly one person under two numbers: name and birth are the same or nearly so, and the numbers are"
                " one digit or one swap apart, one of them not valid; {bits} bits of evidence, the least is {limit}",
            ),
            Text(
                "逐项({fields})依次为 {field_bits} 比特,起点以外合计 {bits};起点 {prior},合计 {balance};"
                "同月在保 {months} 个月({first_month} 至 {last_month}),逐月取较低一份,存疑金额(元):{amount_fen}",
                "Field by field ({fields}): {field_bits}; without the start {bits} bits; the start is {prior}, with it"
                " {balance}. Both were covered in {months} months ({first_month} to {last_month}); month by month the"
                " lower benefit is in doubt, in yuan: {amount_fen}",
            ),
        ),
        "number": Wording(
            Text(
                "疑似一号两名:同一公民身份号码登记在两个姓名之下",
                "Possibly one person twice: one citizen number stands under two names",
            ),
            Text(
                "号码相同,姓名为两个;由两户同月在保 {months} 个月({first_month} 至 {last_month}),"
                "逐月取较低一份,存疑金额(元):{amount_fen}",
                "The number is one, the names are two; covered in two households in {months} months ({first_month} to"
                " {last_month}); month by month all but the higher benefit is in doubt, in yuan: {amount_fen}",
            ),
        ),
    },
    innocent=(
        LISTED,
        TWINS,
        NAMESAKE,
        Innocent(
            Text("亲属或邻居共用电话、账户或住址", "Kin or neighbours who share a phone, an account or an address")
        ),
        Innocent(
            Text("号码依法更正或合并,旧号未注销", "A number lawfully corrected or merged, the old one not cancelled")
        ),
        Innocent(Text("号码或姓名录入有误,另有其人", "A number or a name was mistyped: it is somebody else's")),
    ),
    verify=Text(
        "请公安机关核对两个号码与照片,核对两份户口簿原件,并请当事人到场说明;核实之前不影响待遇",
        "Ask the police to compare both numbers and photographs, see both household registers, hear the person; until"
        " then nothing changes",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead a pair, the heaviest evidence first."""
    limit = float(str(policy.tuning("same_person")))
    least = int(limit) if limit.is_integer() else limit  # said as 20, not 20.0
    found = raised(data, policy)
    village = first_rows(data[PERSON]).select(
        nw.col("person_id").alias("subject_id"), nw.col("region_code").alias("village")
    )
    likely = (nw.col("balance") >= 0) & ~nw.col("doubtful")
    grade = nw.when(nw.col("case") == "number").then(nw.lit("a")).when(likely).then(nw.lit("b")).otherwise(nw.lit("c"))
    pairs = data.engine.place(found.pairs).with_columns(grade.alias("grade"), nw.lit(least).alias("limit"))
    rows = household_region(data, pairs.join(village, on="subject_id", how="left"), otherwise="village")
    contradict = (nw.col("months") > 0) & (nw.col("grade") != "c")
    one = nw.col("case") == "number"
    return leads(
        CARD,
        rows.with_columns(
            nw.col("bits").alias("weight"),
            nw.col("bits").round(2),
            nw.when(contradict).then(nw.col("amount_fen")).alias("amount_fen"),  # only what the records contradict
        ),
        subject="subject_id",
        part=nw.when(one).then(nw.lit("")).otherwise(nw.col("other_id").cast(nw.String)),
        related=nw.when(~one).then(nw.col("other_id").cast(nw.String)),
        facts=tuple(CARD.facts),
        score=nw.col("weight"),
        level=nw.when(contradict).then(nw.lit("exclude")).otherwise(nw.lit("verify")),
        confidence=nw.when(one)
        .then(nw.lit(SURE))
        .when(nw.col("grade") == "b")
        .then(nw.lit(LIKELY))
        .otherwise(nw.lit(DOUBTFUL)),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("subject_id", "other_id"),
        evidence=(
            _of_both(data, PERSON, ("name", "sex", "born_on", "phone", "account_no")),
            _of_both(data, MEMBER, ("relation", "left_on")),
            _of_both(data, HOUSEHOLD, ("address", "phone")),
            _of_both(data, BENEFICIARY, ("award_no", "to_month")),
        ),
        undecidable=data.engine.place(found.undecided),
        unchecked=[(TWINS, ~nw.col("no_twins"))],
    )


def _of_both(data: Tables, table: Table, show: tuple[str, ...]) -> Evidence:
    """The rows of a table about either of the two; of households those they were members of."""

    def gather(found: Frame) -> Frame:
        sides = [
            found.select("subject", "part", nw.col(f"{KEPT}{side}").alias("person_id"))
            for side in ("subject_id", "other_id")
        ]
        persons = nw.concat(sides).unique()
        columns = dict.fromkeys([*(column.main for column in table.key), *(table[name].main for name in show)])
        if table is HOUSEHOLD:
            homes = data[MEMBER].join(persons, on="person_id", how="inner").select("subject", "part", "household_id")
            rows = data[HOUSEHOLD].join(homes.unique(), on="household_id", how="inner")
        else:
            rows = data[table].join(persons, on="person_id", how="inner")
        return rows.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, show, gather)
