"""Which words can a decision be made of? Closed lists, each with what it is called.

Outcomes: of households and payments one list, of officials' conduct another, seen by inspectors only. 容错: an honest
deviation that is not held against anyone. Actions record what the competent office did; nothing here does them.
"""

from typing import Final, Literal, get_args

from casework.text import Text

State = Literal["new", "assigned", "verifying", "decided", "acted", "closed"]
Outcome = Literal[
    "confirmed",
    "confirmed_intentional",
    "confirmed_negligent",
    "objective_deviation",
    "data_error",
    "unfounded",
    "inconclusive",
]
Action = Literal["stop", "adjust", "recover", "re_admit", "rectify", "hand_over"]
Stated = Literal["given", "refused", "not_reached"]
Step = Literal["look_again", "visit", "documents"]
Attached = Literal["photo", "form", "slip", "other"]
Origin = Literal["complaint", "inspection", "audit", "transfer", "sample"]
Identity = Literal["same", "not_same", "unsure"]

STATES: Final[dict[State, Text]] = {
    "new": Text("待领取", "New"),
    "assigned": Text("已分派", "Assigned"),
    "verifying": Text("核实中", "Being verified"),
    "decided": Text("已有结论", "Decided"),
    "acted": Text("已记处理", "Action recorded"),
    "closed": Text("已办结", "Closed"),
}
OUTCOMES: Final[dict[Outcome, Text]] = {
    "confirmed": Text("属实", "Confirmed"),
    "confirmed_intentional": Text("属实(故意)", "Confirmed, intentional"),
    "confirmed_negligent": Text("属实(过失)", "Confirmed, negligent"),
    "objective_deviation": Text("客观偏差(容错)", "Honest deviation"),
    "data_error": Text("数据有误", "Error in the data"),
    "unfounded": Text("不属实", "Unfounded"),
    "inconclusive": Text("无法查清", "Inconclusive"),
}
OF_CASES: Final[tuple[Outcome, ...]] = (
    "confirmed",
    "objective_deviation",
    "data_error",
    "unfounded",
    "inconclusive",
)
OF_CONDUCT: Final[tuple[Outcome, ...]] = (
    "confirmed_intentional",
    "confirmed_negligent",
    "objective_deviation",
    "data_error",
    "unfounded",
    "inconclusive",
)
CONFIRMED: Final[frozenset[Outcome]] = frozenset({"confirmed", "confirmed_intentional", "confirmed_negligent"})
REFUTED: Final[frozenset[Outcome]] = frozenset({"unfounded", "data_error"})
REASONS: Final[dict[str, Text]] = {
    "facts_agree": Text("核实的事实与线索一致", "The facts found agree with the lead"),
    "partly_agree": Text("部分事实与线索一致", "Part of the facts agree with the lead"),
    "innocent": Text("属于所列正常情形", "One of the innocent explanations listed"),
    "lawful_exception": Text("政策允许的特殊情形", "An exception the rules allow"),
    "wrong_person": Text("认错人(同名、号码有误)", "Another person (same name, wrong number)"),
    "stale_data": Text("数据过时或未更新", "The data were out of date"),
    "entry_error": Text("录入或比对错误", "An error of entry or matching"),
    "already_mended": Text("事前已自行纠正", "Put right before it was raised"),
    "small_slip": Text("程序瑕疵,不影响结果", "A slip of procedure without consequence"),
    "no_evidence": Text("未找到支持的证据", "No evidence was found for it"),
    "not_reachable": Text("当事人或材料无法找到", "The person or the papers cannot be reached"),
    "other": Text("其他(请写明)", "Other (say which)"),
}
FITTING: Final[dict[Outcome, tuple[str, ...]]] = {  # which reasons go with which outcome
    "confirmed": ("facts_agree", "partly_agree", "other"),
    "confirmed_intentional": ("facts_agree", "partly_agree", "other"),
    "confirmed_negligent": ("facts_agree", "partly_agree", "other"),
    "objective_deviation": ("small_slip", "already_mended", "lawful_exception", "other"),
    "data_error": ("wrong_person", "stale_data", "entry_error", "other"),
    "unfounded": ("innocent", "lawful_exception", "already_mended", "no_evidence", "other"),
    "inconclusive": ("not_reachable", "no_evidence", "other"),
}
ACTIONS: Final[dict[Action, Text]] = {
    "stop": Text("停发", "Stopped"),
    "adjust": Text("调整金额", "Adjusted"),
    "recover": Text("追回", "Recovered"),
    "re_admit": Text("纳入或恢复保障", "Admitted or readmitted"),
    "rectify": Text("责令整改", "Put right"),
    "hand_over": Text("移交", "Handed over"),
}
STATED: Final[dict[Stated, Text]] = {
    "given": Text("已陈述", "Given"),
    "refused": Text("拒绝陈述", "Refused"),
    "not_reached": Text("未能联系到", "Not reached"),
}
STEPS: Final[dict[Step, Text]] = {
    "look_again": Text("再看材料", "Look again"),
    "visit": Text("入户核查", "Visit"),
    "documents": Text("调取资料", "Ask for papers"),
}
ATTACHED: Final[dict[Attached, Text]] = {
    "photo": Text("照片", "Photo"),
    "form": Text("表格", "Form"),
    "slip": Text("票据", "Slip"),
    "other": Text("其他", "Other"),
}
ORIGINS: Final[dict[Origin, Text]] = {
    "complaint": Text("信访举报", "Complaint"),
    "inspection": Text("监督检查", "Inspection"),
    "audit": Text("审计移送", "Audit"),
    "transfer": Text("其他部门转来", "Transfer from another office"),
    "sample": Text("随机对照样本", "Random control sample"),
}
IDENTITIES: Final[dict[Identity, Text]] = {  # of two persons; says nothing of a lead's outcome
    "same": Text("同一人", "The same person"),
    "not_same": Text("不是同一人", "Not the same person"),
    "unsure": Text("暂不确定", "Not sure yet"),
}
KINDS: Final[dict[str, Text]] = {  # what someone did, as the history and the journal call it
    "record": Text("手工登记线索", "Lead recorded by hand"),
    "take": Text("领取", "Taken"),
    "assign": Text("分派", "Assigned"),
    "undo": Text("撤销分派", "Assignment undone"),
    "release": Text("退回待领取", "Put back"),
    "plan": Text("确定下一步", "Next step chosen"),
    "visit": Text("记录入户", "Visit recorded"),
    "document": Text("记录资料", "Paper recorded"),
    "statement": Text("记录本人陈述", "Own statement recorded"),
    "attach": Text("添加附件", "Attachment added"),
    "snooze": Text("暂缓", "Put off"),
    "wake": Text("取消暂缓", "Taken up again"),
    "decide": Text("作出结论", "Decided"),
    "action": Text("记录处理结果", "Action recorded"),
    "ask_close": Text("申请办结", "Closing asked for"),
    "close": Text("复核同意办结", "Closed by a second person"),
    "ask_reopen": Text("申请重开", "Reopening asked for"),
    "reopen": Text("复核同意重开", "Reopened by a second person"),
    "decline": Text("复核退回", "Second person declined"),
    "enrol": Text("登记人员", "Person registered"),
    "retire": Text("停用人员", "Person retired"),
    "restore": Text("规则恢复显示", "Scheme shown again"),
    "judge": Text("判断是否同一人", "Judged whether two persons are one"),
    "withdraw": Text("撤回是否同一人的判断", "Judgement on two persons withdrawn"),
}
ENTRIES: Final[dict[str, Text]] = {  # every `what` of the journal: the acts, and what leaves no act
    **KINDS,
    "enter": Text("进入", "Came in"),
    "leave": Text("离开", "Left"),
    "import": Text("导入数据", "Data imported"),
    "detect": Text("运行规则", "Schemes run"),
    "look": Text("查看", "Looked at"),
    "search": Text("查找", "Searched"),
    "notice": Text("超时通报", "Overdue notice"),
    "unmask": Text("解除遮盖", "Unmasked"),
    "export": Text("导出", "Exported"),
    "sample": Text("抽取对照样本", "Control sample drawn"),
    "reveal": Text("导出原始号码", "Exported with source numbers"),
    "backup": Text("备份", "Backed up"),
    "restore_backup": Text("从备份恢复", "Restored from a backup"),
}


def is_in(word: object, kind: object) -> bool:
    """Is this one of the words of a Literal?"""
    return word in get_args(kind)


__all__ = [
    "ACTIONS",
    "ATTACHED",
    "CONFIRMED",
    "ENTRIES",
    "FITTING",
    "IDENTITIES",
    "KINDS",
    "OF_CASES",
    "OF_CONDUCT",
    "ORIGINS",
    "OUTCOMES",
    "REASONS",
    "REFUTED",
    "STATED",
    "STATES",
    "STEPS",
    "Action",
    "Attached",
    "Identity",
    "Origin",
    "Outcome",
    "State",
    "Stated",
    "Step",
    "is_in",
]
