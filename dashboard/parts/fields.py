"""What are the fields of a rule, and the codes in them, called?"""

from typing import Final

from casework.tables import KIN, MATCH, MEANS, PERSON, STEP
from casework.text import Text

# Fields beside `value`, whose title is the rule's own; an empty title says its value alone.
FIELDS: Final = {
    "zh": Text("", ""),
    "en": Text("", ""),
    "action": Text("", ""),
    "unless": Text("例外", "except with"),
    "seconds": Text("秒数", "seconds"),
    "newborn": Text("新生儿(月)", "newborn (months)"),
    "joined": Text("新加入成员(月)", "who joined (months)"),
    "free": Text("先后不限", "at any time"),
    "since": Text("自", "from"),
    "until": Text("至", "to"),
    "age_from": Text("年满", "age from"),
    "age_below": Text("未满", "age below"),
    "age_to": Text("不满或等于", "age to"),
    "income": Text("收入", "income"),
    "veto": Text("否决", "veto"),
    "grades": Text("残疾等级", "grades of disability"),
    "covered_by": Text("须已享受", "covered by"),
    "not_covered_by": Text("未享受", "not covered by"),
    "each_parent": Text("父母各为", "each parent"),
    "not_both": Text("双方不同时为", "not both"),
    "custody_months": Text("在押满", "in custody for"),
    "income_below": Text("收入低于", "income below"),
    "over": Text("超过", "over"),
    "rows": Text("达到", "at least"),
    "at_least": Text("至少", "at least"),
    "quiet": Text("近期决定满", "quiet for"),
    "stale": Text("事实超过", "stale after"),
    "q": Text("错误发现率", "false discovery rate"),
    "lift": Text("倍数", "lift"),
    "minimum": Text("最少户数", "at least households"),
    "households": Text("户数", "households"),
    "share": Text("占比", "share"),
    "months": Text("月数", "months"),
    "awards": Text("最少在保数", "at least awards"),
    "civil_registry": Text("民政登记", "civil registry"),
    "hukou": Text("户籍", "household register"),
    "member": Text("家庭成员登记", "household members"),
    "declared": Text("申报", "declared"),
    "department": Text("部门", "department"),
    "kind": Text("发放方式", "paid"),
    "means_tested": Text("审查经济状况", "means-tested"),
    "weight": Text("权重", "weight"),
    "class": Text("类别", "class"),
    "persons": Text("成员数", "members"),
    "stage": Text("", ""),
}
DETAILS: Final = {  # what the detail of a finding means, by its kind (contract §2)
    "public_payroll": {"post": Text("在职", "in post"), "retired": Text("退休", "retired")},
    "vehicle": {
        "car": Text("汽车", "car"),
        "truck": Text("货车", "truck"),
        "motorcycle": Text("摩托车", "motorcycle"),
        "farm": Text("农用车", "farm vehicle"),
        "disability": Text("残疾人机动车", "disability vehicle"),
    },
    "real_estate": {
        "dwelling": Text("住房", "dwelling"),
        "shop": Text("商铺", "shop"),
        "ruined": Text("危房", "ruined dwelling"),
    },
    "business": {"active": Text("经营中", "active"), "dormant": Text("停业", "dormant")},
    "social_insurance": {
        "employee": Text("职工", "employee"),
        "flexible": Text("灵活就业", "flexible"),
        "resident": Text("居民", "resident"),
    },
    "custody": {
        "prison": Text("监狱", "prison"),
        "detox": Text("强制隔离戒毒", "detox"),
        "detention": Text("看守所", "detention"),
    },
    "enrolment": {option.code: option.label for option in PERSON["student_stage"].options},
}
VALUES: Final = {  # what the value of a finding is counted in, by its kind (contract §2)
    "public_payroll": Text("元/月", "yuan a month"),
    "vehicle": Text("元", "yuan"),
    "real_estate": Text("平方米", "square metres"),
    "business": Text("元(注册资本)", "yuan of capital"),
    "social_insurance": Text("元(缴费基数)", "yuan of base"),
}
UNITS_OF: Final = {
    "over": Text("元", "yuan"),
    "at_least": Text("元", "yuan"),
    "rows": Text("条登记", "entries"),
    "custody_months": Text("个月", "months"),
    "quiet": Text("个月", "months"),
    "stale": Text("个月", "months"),
    "age_from": Text("周岁", "years"),
    "age_below": Text("周岁", "years"),
    "age_to": Text("周岁", "years"),
}
SQUARE_METRES: Final = Text("平方米", "square metres")
CODES: Final = {
    **{option.code: option.label for option in MATCH["kind"].options},
    **{option.code: option.label for option in MEANS["item"].options},
    **{option.code: option.label for option in KIN["relation"].options},
    **{option.code: option.label for option in STEP["step"].options},
    **{
        f"{option.code}.finished_at": Text(f"{option.label.zh}结束", f"the end of: {option.label.en}")
        for option in STEP["step"].options
    },
    "accepted_at": Text("受理", "acceptance"),
    "decided_at": Text("办结", "the decision"),
    "started_at": Text("开始", "its start"),
    "finished_at": Text("结束", "its end"),
    "parent_sibling": Text("父母的兄弟姐妹", "parent's sibling"),
    "sibling_child": Text("兄弟姐妹的子女", "sibling's child"),
    "forbid": Text("不得同时享受", "not both"),
    "top_up_only": Text("只补差额", "only the difference"),
    "allow": Text("可以同时享受", "both allowed"),
    "below_standard": Text("低于标准", "below the standard"),
    "exclude": Text("无明显不符的财产或核对结果", "no excluding finding"),
    "dead": Text("死亡", "dead"),
    "missing": Text("失踪", "missing"),
    "custody": Text("在押", "in custody"),
    "disability_1": Text("一级残疾", "disability of grade 1"),
    "disability_2": Text("二级残疾", "disability of grade 2"),
    "intellectual_3": Text("三级智力残疾", "intellectual disability of grade 3"),
    "mental_3": Text("三级精神残疾", "mental disability of grade 3"),
    "gap": Text("补差", "the gap"),
    "bands": Text("分档", "bands"),
    "flat": Text("定额", "a fixed amount"),
    **{
        text.zh: text
        for text in (
            Text("民政", "civil affairs"),
            Text("医疗保障", "medical insurance"),
            Text("教育", "education"),
            Text("住房和城乡建设", "housing"),
            Text("人力资源和社会保障", "human resources and social security"),
            Text("应急管理", "emergency management"),
        )
    },
    "monthly": Text("按月", "by the month"),
    "one_off": Text("一次性", "once"),
    "household": Text("户籍", "household"),
    "income": Text("收入", "income"),
    "property": Text("财产", "property"),
    "told": Text("告知类", "what is told"),
    "verified": Text("核查类", "what is verified"),
    "approved": Text("审批类", "what is approved"),
    "managed": Text("管理类", "what is managed"),
    "supervised": Text("监督类", "what is supervised"),
}
